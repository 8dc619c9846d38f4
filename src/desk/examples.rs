//! The gallery: whole plans, each with one line on what it teaches (its `notes`).

use crate::plan::{Plan, load};

/// A plan of the gallery.
#[derive(Copy, Clone, Debug)]
pub struct Example {
    /// Its short name, as its file's.
    pub slug: &'static str,
    /// The plan as JSON.
    pub json: &'static str,
}

macro_rules! example {
    ($slug:literal) => {
        Example { slug: $slug, json: include_str!(concat!("../../static/examples/", $slug, ".json")) }
    };
}

/// All of them; the page opens on the first.
pub const EXAMPLES: &[Example] = &[
    example!("01-field-report"),
    example!("02-microsoft-peering"),
    example!("03-one-pool-two-firewalls"),
    example!("04-separate-pools"),
    example!("05-fallback-aggregate"),
    example!("06-not-admitted"),
    example!("07-elsewhere-on-the-internet"),
    example!("08-inbound-mail"),
    example!("09-inbound-mail-mended"),
    example!("10-two-circuits"),
    example!("11-dual-stack"),
];

impl Example {
    /// The plan. An example that can't be read would be an empty plan; a test sees to it that there is none.
    pub fn plan(self) -> Plan {
        load(self.json).map(|loaded| loaded.plan).unwrap_or_default()
    }
}

/// The plan that the page opens on.
pub fn first() -> Plan {
    EXAMPLES.first().map(|example| example.plan()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_read_whole_and_says_what_it_teaches() {
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/static/examples")).unwrap().count();
        assert_eq!(files, EXAMPLES.len());
        for example in EXAMPLES {
            let loaded = load(example.json).unwrap();
            assert!(loaded.faults.is_empty(), "{}: {:?}", example.slug, loaded.faults);
            assert!(!loaded.plan.name.is_empty() && !loaded.plan.notes.contains('\n'), "{}", example.slug);
            assert!(loaded.plan.notes.len() > 20, "{}", example.slug);
        }
    }
}
