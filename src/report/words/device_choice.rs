//! How a device's own choices compare with ours.

use crate::desk::import::{DeviceRow, DeviceShown, RouteShown};
use crate::routing::{DeviceChoices, Differing, ForwardRule, Unseen};

/// In one sentence: how many prefixes, how many alike.
pub fn summary(choices: &DeviceChoices) -> String {
    let of = match choices.prefixes {
        1 => "1 prefix".to_owned(),
        count => format!("{} prefixes", crate::space::Count::from(u64::from(count)).grouped()),
    };
    let mut said = format!("Of {of} with a route in use, our best path is the device's for {}", choices.same);
    if choices.tied > 0 {
        said.push_str(&format!(
            "; {} are a tie for us, of which the device took one by what the print doesn't show (next-hop metric, \
             age, router id)",
            choices.tied
        ));
    }
    match choices.differing {
        0 => said.push_str("; none differs."),
        1 => said.push_str("; 1 differs."),
        count => said.push_str(&format!("; {count} differ.")),
    }
    said
}

/// A prefix for which we would choose another route than the device did: by which rule, and what may explain it.
pub fn difference(difference: &Differing) -> String {
    let table = match difference.table.as_str() {
        "" => String::new(),
        table => format!(" in {table}"),
    };
    let because = difference.unseen.map_or("nothing in the print explains it", unseen);
    format!(
        "For {}{table} the device's route loses by {}: {because}.",
        difference.prefix,
        rule(difference.decided_by)
    )
}

/// The same as a heading: `The router chose otherwise for 3 of 214 prefixes, decided by MED.`
pub fn headline(shown: &DeviceShown) -> String {
    let of = super::prefixes(u64::from(shown.prefixes));
    if shown.differing == 0 {
        return match shown.tied {
            0 => format!("The router's own choice is ours for all of {of}."),
            tied => format!(
                "The router's own choice is ours for {of}; {tied} are a tie that it broke by what it doesn't print."
            ),
        };
    }
    let number = crate::space::Count::from(u64::from(shown.differing)).grouped();
    let mut rules: Vec<&str> = shown.rows.iter().map(|row| rule(row.decided_by)).collect();
    crate::sort::up(&mut rules);
    rules.dedup();
    format!("The router chose otherwise for {number} of {of}, decided by {}.", super::listing(&rules, "and"))
}

/// A prefix with both choices and the step that decides: the prefix, what the router took, what we take, and why.
pub fn row(row: &DeviceRow) -> (String, String, String, String) {
    let table = match row.table.as_str() {
        "" => String::new(),
        table => format!(" in {table}"),
    };
    let why = match row.unseen {
        Some(unexplained) => format!("Decided by {}; {}.", rule(row.decided_by), unseen(unexplained)),
        None => format!("Decided by {}; nothing in the print explains it.", rule(row.decided_by)),
    };
    let took = format!("The router took {}", routes(&row.device));
    (format!("{}{table}", row.prefix), took, format!("Twopath takes {}", routes(&row.ours)), why)
}

fn routes(routes: &[RouteShown]) -> String {
    let one = |route: &RouteShown| match (route.next_hop.as_str(), route.as_path.as_str()) {
        ("", "") => "its own".to_owned(),
        ("", path) => format!("path {path}"),
        (hop, "") => hop.to_owned(),
        (hop, path) => format!("{hop}, path {path}"),
    };
    super::listing(&routes.iter().map(one).collect::<Vec<_>>(), "and")
}

/// What a rule compares, in a sentence.
fn rule(rule: ForwardRule) -> &'static str {
    match rule {
        ForwardRule::OnlyCandidate | ForwardRule::LongestPrefix => "prefix length",
        ForwardRule::Weight => "weight",
        ForwardRule::LocalPreference => "local preference",
        ForwardRule::AsPathLength => "AS-path length",
        ForwardRule::Origin => "origin",
        ForwardRule::Med => "MED",
        ForwardRule::EbgpOverIbgp => "eBGP over iBGP",
        ForwardRule::Cost => "cost",
        ForwardRule::Distance => "administrative distance",
        ForwardRule::Tie => "nothing",
    }
}

/// What explains a difference.
fn unseen(unseen: Unseen) -> &'static str {
    match unseen {
        Unseen::SeveralBest => "the print marks several routes to it as best",
        Unseen::Own => "it is the device's own, which some devices prefer before all else",
        Unseen::LocalPreference => "a local preference isn't shown, and the device's default may not be 100",
        Unseen::PathCut => "an AS path is cut off, so its length isn't known",
        Unseen::Via => "the print doesn't tell eBGP from iBGP",
        Unseen::MedOrder => "some devices compare MED in the order of age, or also between neighbour ASes",
    }
}
