//! How a device's own choices compare with ours.

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
