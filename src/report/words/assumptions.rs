//! Assumptions: the undocumented choices, as questions with their answers.

use super::verdicts;
use crate::journey::{Assumption, Flip};
use crate::plan::{Assumptions, Setting};
use serde::Serialize;

/// Its name, as a label.
pub fn name(assumption: Assumption) -> &'static str {
    match assumption {
        Assumption::MoreSpecificInternet => "More specific on the Internet",
        Assumption::OutOfArea => "Answers from out of area",
        Assumption::PrependsAcross => "Prepends against the Internet",
        Assumption::EqualExpressRoute => "Equal ExpressRoute exits",
        Assumption::LongPrefixes => "Long prefixes on the Internet",
        Assumption::UnsaidZones => "Zones not said",
    }
}

/// What it asks.
pub fn question(assumption: Assumption) -> &'static str {
    match assumption {
        Assumption::MoreSpecificInternet => {
            "The Internet has a more specific prefix than ExpressRoute: which way does Microsoft answer?"
        }
        Assumption::OutOfArea => {
            "Does ExpressRoute also attract answers from services that the circuit doesn't offer?"
        }
        Assumption::PrependsAcross => "Do prepends on ExpressRoute make the Internet win for an equal prefix?",
        Assumption::EqualExpressRoute => "Which of several equal ExpressRoute exits does a Microsoft server use?",
        Assumption::LongPrefixes => "Does a prefix longer than /24 or /48 spread on the Internet?",
        Assumption::UnsaidZones => {
            "Does a firewall take a known session on another interface, where the plan doesn't say their zones?"
        }
    }
}

/// Its values as the plan writes them, the usual one first, `unknown` last.
pub fn values(assumption: Assumption) -> &'static [&'static str] {
    match assumption {
        Assumption::MoreSpecificInternet => &["internet", "express_route", "unknown"],
        Assumption::OutOfArea => &["not_limited", "limited", "unknown"],
        Assumption::PrependsAcross => &["ignored", "counted", "unknown"],
        Assumption::EqualExpressRoute => &["any", "same_as_out", "unknown"],
        Assumption::LongPrefixes => &["dropped", "spread", "unknown"],
        Assumption::UnsaidZones => &["dropped", "passed", "unknown"],
    }
}

/// What a value says, as a clause that may follow "assume that"; `None` for `unknown` and what isn't a value.
fn clause(assumption: Assumption, value: &str) -> Option<&'static str> {
    Some(match (assumption, value) {
        (Assumption::MoreSpecificInternet, "internet") => {
            "Microsoft answers by the Internet: the longest prefix holds"
        }
        (Assumption::MoreSpecificInternet, "express_route") => {
            "Microsoft answers over ExpressRoute, whatever the length on the Internet"
        }
        (Assumption::OutOfArea, "not_limited") => "every server in Microsoft's network answers over ExpressRoute",
        (Assumption::OutOfArea, "limited") => {
            "only servers whose routes the circuit offers answer over ExpressRoute"
        }
        (Assumption::PrependsAcross, "ignored") => "prepends move nothing between ExpressRoute and the Internet",
        (Assumption::PrependsAcross, "counted") => {
            "for an equal prefix the Internet wins over a longer AS path on ExpressRoute"
        }
        (Assumption::EqualExpressRoute, "any") => "the answer may take any of the equal ExpressRoute exits",
        (Assumption::EqualExpressRoute, "same_as_out") => {
            "among equal ExpressRoute exits the answer takes the one that the first packet took"
        }
        (Assumption::LongPrefixes, "dropped") => "prefixes longer than /24 or /48 don't spread on the Internet",
        (Assumption::LongPrefixes, "spread") => {
            "prefixes longer than /24 or /48 spread on the Internet all the same"
        }
        (Assumption::UnsaidZones, "dropped") => "a firewall drops a known session on another interface",
        (Assumption::UnsaidZones, "passed") => "a firewall takes a known session on another interface",
        _ => return None,
    })
}

/// What a value, as the plan writes it, says: a sentence.
pub fn value(assumption: Assumption, value: &str) -> String {
    match clause(assumption, value) {
        Some(clause) => super::sentence(clause),
        None => "Not known: an answer that hangs on it is uncertain.".to_owned(),
    }
}

/// A value in a word or two, for a choice.
pub fn value_label(assumption: Assumption, value: &str) -> &'static str {
    match (assumption, value) {
        (Assumption::MoreSpecificInternet, "internet") => "By the Internet",
        (Assumption::MoreSpecificInternet, "express_route") => "Over ExpressRoute",
        (Assumption::OutOfArea, "not_limited") => "From everywhere",
        (Assumption::OutOfArea, "limited") => "Only from what it offers",
        (Assumption::PrependsAcross, "ignored") => "No",
        (Assumption::PrependsAcross, "counted") => "Yes",
        (Assumption::EqualExpressRoute, "any") => "Any of them",
        (Assumption::EqualExpressRoute, "same_as_out") => "The one it left by",
        (Assumption::LongPrefixes | Assumption::UnsaidZones, "dropped") => "No",
        (Assumption::LongPrefixes, "spread") | (Assumption::UnsaidZones, "passed") => "Yes",
        _ => "Not known",
    }
}

/// What would follow if the assumption were otherwise.
pub fn flip(flip: &Flip) -> String {
    let verdict = verdicts::title(flip.verdict);
    match clause(flip.assumption, &flip.instead) {
        Some(clause) => format!("Assume instead that {clause}: then the verdict is “{verdict}”."),
        None => format!("Leave open “{}”: then the verdict is “{verdict}”.", name(flip.assumption)),
    }
}

/// The value that a plan gives an assumption, as the plan writes it.
pub fn current(assumptions: &Assumptions, assumption: Assumption) -> String {
    match assumption {
        Assumption::MoreSpecificInternet => code(&assumptions.more_specific_internet),
        Assumption::OutOfArea => code(&assumptions.out_of_area),
        Assumption::PrependsAcross => code(&assumptions.prepends_across),
        Assumption::EqualExpressRoute => code(&assumptions.equal_express_route),
        Assumption::LongPrefixes => code(&assumptions.long_prefixes),
        Assumption::UnsaidZones => code(&assumptions.unsaid_zones),
    }
}

fn code<T: Serialize>(setting: &Setting<T>) -> String {
    match serde_json::to_value(setting) {
        Ok(serde_json::Value::String(code)) => code,
        _ => "unknown".to_owned(),
    }
}
