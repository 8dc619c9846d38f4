//! Parts of a plan as configuration: what is offered, what can't be said, why nothing is written.

use super::{Names, count};
use crate::desk::export::{Note, Trouble, What};
use crate::report::config::Vendor;

/// What is written.
pub fn what(what: &What, names: &Names) -> String {
    match what {
        What::Inside(id) => format!("Inside prefixes of {}", names.site(id)),
        What::Learned(id) => format!("Learned routes of {}", names.exit(id)),
        What::Advertised(id) => format!("Advertised prefixes of {}", names.exit(id)),
        What::Admitted(id) => format!("Admitted prefixes of {}", names.circuit(id)),
        What::Service(id) => format!("Destinations of {}", names.service(id)),
        What::Source(id) => format!("Source {}", names.source(id)),
        What::Addresses(id) => format!("Addresses of pool {}", names.pool(id)),
        What::Pool(id) => format!("Pool {}, for translation", names.pool(id)),
        What::Networks(id) => format!("Statements that originate what {} advertises", names.exit(id)),
        What::PolicyIn(id) => format!("Incoming policy of {}", names.exit(id)),
        What::PolicyOut(id) => format!("Outgoing policy of {}", names.exit(id)),
    }
}

/// Whose configuration.
pub fn vendor(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Ios => "Cisco IOS and IOS-XE",
        Vendor::Xr => "Cisco IOS-XR",
        Vendor::Nxos => "Cisco NX-OS",
        Vendor::Eos => "Arista EOS",
        Vendor::Junos => "Junos",
        Vendor::Frr => "FRR",
        Vendor::Bird => "BIRD",
        Vendor::Cidr => "Prefixes alone",
    }
}

/// What can't be said.
pub fn note(note: Note) -> String {
    match note {
        Note::Bounds => "prefixes alone have no place for bounds of lengths; they were left out.".to_owned(),
        Note::Weight => "Junos has no weight of routes; it was left out.".to_owned(),
        Note::SiteRules(number) => {
            let rules = count(u64::from(number), "rule");
            format!("{rules} for some sites alone can't be said to one device, and were left out.")
        }
    }
}

/// Why nothing is written.
pub fn trouble(trouble: Trouble, asked: &str) -> String {
    match trouble {
        Trouble::NoWord => {
            let known = super::listing(&crate::desk::export::WORDS, "or");
            format!("“{asked}”: write WORD:ID, the word being {known}.")
        }
        Trouble::NoPart => format!("There is nothing called “{asked}” in it."),
        Trouble::OtherVendors => format!("“{asked}” is written for ios and junos only."),
        Trouble::Empty => format!("“{asked}” holds no prefix."),
        Trouble::TooLong(bytes) => format!(
            "It has {} bytes, too many for the page: `twopath export PLAN --what {asked}` writes it.",
            crate::space::Count::from(bytes).grouped()
        ),
    }
}
