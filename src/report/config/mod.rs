//! What a plan says as configuration of devices, a vendor a file: prefix lists, pools, advertisements, policies.
//!
//! Each is written so that `intake` reads the same from it again.

mod bird;
mod ios;
mod junos;
mod merged;
mod xr;

pub use merged::merged;

use crate::intake::config::{PrefixListEntry, RoutePolicy};
use crate::space::AddressSet;
use ipnet::IpNet;

/// Whose configuration is written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Vendor {
    /// Cisco IOS and IOS-XE.
    Ios,
    /// Cisco IOS-XR.
    Xr,
    /// Cisco NX-OS.
    Nxos,
    /// Arista EOS.
    Eos,
    /// Junos.
    Junos,
    /// FRR.
    Frr,
    /// BIRD.
    Bird,
    /// Prefixes alone, one a line; they have no place for bounds of lengths.
    Cidr,
}

impl Vendor {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Ios, Self::Xr, Self::Nxos, Self::Eos, Self::Junos, Self::Frr, Self::Bird, Self::Cidr];

    /// Its name, as `--as` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ios => "ios",
            Self::Xr => "xr",
            Self::Nxos => "nxos",
            Self::Eos => "eos",
            Self::Junos => "junos",
            Self::Frr => "frr",
            Self::Bird => "bird",
            Self::Cidr => "cidr",
        }
    }
}

/// A prefix list. One that takes the place of another of its name, where the vendor has a way to say so.
///
/// Entries that deny, which no list of a plan has, are written where a list has place for them: IOS, NX-OS, EOS and FRR.
pub fn prefix_list(vendor: Vendor, name: &str, entries: &[PrefixListEntry]) -> String {
    match vendor {
        Vendor::Ios | Vendor::Nxos | Vendor::Frr => ios::prefix_list(name, entries, false),
        Vendor::Eos => ios::prefix_list(name, entries, true),
        Vendor::Xr => xr::prefix_list(name, entries),
        Vendor::Junos => junos::prefix_list(name, entries),
        Vendor::Bird => bird::prefix_list(name, entries),
        Vendor::Cidr => entries.iter().map(|entry| format!("{}\n", entry.prefix)).collect(),
    }
}

/// A pool for translation; `None` where we don't write it for this vendor.
pub fn pool(vendor: Vendor, name: &str, addresses: &AddressSet) -> Option<String> {
    match vendor {
        Vendor::Ios => Some(ios::pool(name, addresses)),
        Vendor::Junos => Some(junos::pool(name, addresses)),
        _ => None,
    }
}

/// Statements that originate these prefixes; `None` where we don't write them for this vendor.
pub fn networks(vendor: Vendor, local_as: Option<u32>, nets: &[IpNet]) -> Option<String> {
    match vendor {
        Vendor::Ios => Some(ios::networks(local_as, nets)),
        Vendor::Junos => Some(junos::networks(nets)),
        _ => None,
    }
}

/// A route policy; `None` where we don't write it for this vendor. What is prepended is this AS, or where none is given
/// the last one of the path. Junos has no weight.
pub fn policy(vendor: Vendor, policy: &RoutePolicy, prepended: Option<u32>) -> Option<String> {
    match vendor {
        Vendor::Ios => Some(ios::policy(policy, prepended)),
        Vendor::Junos => Some(junos::policy(policy, prepended)),
        _ => None,
    }
}

/// A name as every vendor takes it: blanks and signs become hyphens.
pub fn safe_name(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
    let name = name.trim_matches('-');
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name.to_owned(),
        Some(_) => format!("L-{name}"),
        None => "LIST".to_owned(),
    }
}
