//! BIRD: a named prefix set for each family; that of IPv6 has `_v6` behind its name.

use crate::intake::config::PrefixListEntry;
use ipnet::IpNet;
use std::fmt::Write;

pub(super) fn prefix_list(name: &str, entries: &[PrefixListEntry]) -> String {
    let mut out = String::new();
    // A hyphen would be a minus.
    let name = name.replace('-', "_");
    for v6 in [false, true] {
        let own: Vec<String> = entries
            .iter()
            .filter(|entry| entry.permit && matches!(entry.prefix, IpNet::V6(_)) == v6)
            .map(|entry| {
                let length = entry.prefix.prefix_len();
                match (entry.shortest, entry.longest) {
                    (shortest, longest) if shortest == length && longest == length => entry.prefix.to_string(),
                    (shortest, longest) => format!("{}{{{shortest},{longest}}}", entry.prefix),
                }
            })
            .collect();
        if !own.is_empty() {
            let behind = if v6 { "_v6" } else { "" };
            // Writing to a string can't fail.
            let _ = writeln!(out, "define {name}{behind} = [\n    {}\n];", own.join(",\n    "));
        }
    }
    out
}
