//! Cisco IOS-XR: `prefix-set`, which takes both families.

use crate::intake::config::PrefixListEntry;
use std::fmt::Write;

pub(super) fn prefix_list(name: &str, entries: &[PrefixListEntry]) -> String {
    let mut out = format!("prefix-set {name}\n");
    let permitted: Vec<&PrefixListEntry> = entries.iter().filter(|entry| entry.permit).collect();
    for (nth, entry) in permitted.iter().enumerate() {
        let (length, most) = (entry.prefix.prefix_len(), entry.prefix.max_prefix_len());
        let mut said = entry.prefix.to_string();
        if entry.shortest > length {
            // Writing to a string can't fail.
            let _ = write!(said, " ge {}", entry.shortest);
        }
        if entry.longest != if entry.shortest > length { most } else { length } {
            let _ = write!(said, " le {}", entry.longest);
        }
        let _ = writeln!(out, "  {said}{}", if nth + 1 < permitted.len() { "," } else { "" });
    }
    out.push_str("end-set\n");
    out
}
