//! What terminals, pagers, mails and copies do to configuration changes nothing of what is read.

#[path = "../support/mess.rs"]
mod shapes;

use shapes::MESSES;
use std::ops::Range;
use twopath::intake::config::{Setup, What, read, what};
use twopath::intake::decode;

/// Everything that was read, without its places.
fn placeless(mut setup: Setup) -> String {
    let none: Range<u32> = 0..0;
    setup.lines = 0;
    setup.pools.iter_mut().for_each(|found| found.span = none.clone());
    setup.rules.iter_mut().for_each(|found| found.span = none.clone());
    setup.published.iter_mut().for_each(|found| found.span = none.clone());
    setup.advertised.iter_mut().for_each(|found| found.span = none.clone());
    setup.prefix_lists.iter_mut().for_each(|found| found.span = none.clone());
    for policy in &mut setup.policies {
        policy.span = none.clone();
        policy.terms.iter_mut().for_each(|term| term.span = none.clone());
    }
    setup.neighbours.iter_mut().for_each(|found| found.span = none.clone());
    setup.peerings.iter_mut().for_each(|found| found.span = none.clone());
    setup.route_filters.iter_mut().for_each(|found| found.span = none.clone());
    setup.left_out.iter_mut().for_each(|found| found.span = none.clone());
    setup.faults = Default::default();
    format!("{setup:#?}")
}

#[test]
fn a_mess_changes_nothing() {
    let mut changed = String::new();
    for (path, text) in super::inputs("config") {
        let name = path.file_name().unwrap().to_str().unwrap();
        let What::Config(format) = what(&text) else { panic!("{path:?}") };
        let clean = placeless(read(&text, format));
        for (mess, make) in MESSES {
            let text = decode(make(&text)).unwrap().text;
            if what(&text) != What::Config(format) {
                changed.push_str(&format!("{name}, {mess}: taken for {:?}\n", what(&text)));
                continue;
            }
            let messy = placeless(read(&text, format));
            if messy != clean {
                let first = clean.lines().zip(messy.lines()).find(|(a, b)| a != b);
                changed.push_str(&format!("{name}, {mess}: {first:?}\n"));
            }
        }
    }
    assert!(changed.is_empty(), "{changed}");
}
