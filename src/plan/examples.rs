//! The gallery: plans that each teach one thing, carried by the program.
//!
//! The organisation is invented. Its prefixes are those kept for documentation (RFC 5737, RFC 3849), which Twopath
//! takes for ordinary public space in plans; Microsoft's are real, from its service tags of 2024-05-06 and the
//! Office 365 endpoints. AS 1000000001 stands for the customer: a public number that nobody has been given, since
//! Microsoft refuses those kept for documentation and strips private ones.

use super::{Plan, load};

/// A plan of the gallery; its `name` and `notes` say what it teaches.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Example {
    /// The file's name in `static/examples/`; they are shown in its order.
    pub file: &'static str,
    /// The plan, as JSON.
    pub json: &'static str,
}

macro_rules! examples {
    ($($file:literal),* $(,)?) => {
        &[$(Example { file: $file, json: include_str!(concat!("../../static/examples/", $file)) }),*]
    };
}

/// All of them; the page opens on the first.
pub const EXAMPLES: &[Example] = examples![
    "01-field-report.json",
    "02-microsoft-peering.json",
    "03-one-pool-two-firewalls.json",
    "04-separate-pools.json",
    "05-fallback-aggregate.json",
    "06-not-admitted.json",
    "07-elsewhere-on-the-internet.json",
    "08-inbound-mail.json",
    "09-inbound-mail-mended.json",
    "10-two-circuits.json",
    "11-dual-stack.json",
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
    use crate::plan::save;

    fn plans() -> Vec<(&'static str, Plan)> {
        EXAMPLES
            .iter()
            .map(|example| {
                let loaded = load(example.json).unwrap_or_else(|error| panic!("{}: {error}", example.file));
                assert_eq!(loaded.faults, [], "{}", example.file);
                (example.file, loaded.plan)
            })
            .collect()
    }

    #[test]
    fn each_loads_without_a_fault_and_says_what_it_teaches() {
        for (file, plan) in plans() {
            assert!(!plan.name.is_empty() && plan.name.len() <= 60, "{file}: {}", plan.name);
            assert!(
                (40..=240).contains(&plan.notes.len()) && !plan.notes.contains('\n'),
                "{file}: {}",
                plan.notes
            );
            assert!((4..=10).contains(&plan.flows.len()), "{file}");
            assert!(plan.flows.iter().all(|flow| !flow.name.is_empty()), "{file}");
        }
    }

    #[test]
    fn the_first_is_the_field_report_with_its_128_prefixes() {
        let plan = &plans()[0].1;
        let prefixes: Vec<ipnet::Ipv4Net> = plan.exits[1]
            .learned
            .as_str()
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.parse().unwrap())
            .collect();
        assert_eq!(prefixes.len(), 128);
        assert_eq!(prefixes.iter().map(|prefix| prefix.prefix_len()).min(), Some(17));
        assert_eq!(prefixes.iter().filter(|prefix| prefix.prefix_len() == 29).count(), 2);
    }

    /// `UPDATE_EXPECT=1 cargo test --lib plan::examples` brings an edited file into the form that is saved.
    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn each_is_saved_as_the_same_bytes_and_none_is_forgotten() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("static/examples");
        let mut files: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        assert_eq!(files, EXAMPLES.iter().map(|example| example.file).collect::<Vec<_>>());
        for (file, plan) in plans() {
            expect_test::expect_file![folder.join(file)].assert_eq(&save(&plan));
        }
    }
}
