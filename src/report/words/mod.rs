//! All sentences in one place, by code and arguments, for the page and the command line alike.
//!
//! One file a subject. A sentence names the thing, then the reason; names come from the plan by way of [`Names`].

pub mod advice;
pub mod answer;
pub mod assumptions;
pub mod bulk;
pub mod capacity;
pub mod catalogue;
pub mod citations;
pub mod coverage;
pub mod device_choice;
pub mod difference;
mod door;
pub mod export;
pub mod failures;
pub mod faults;
pub mod fixes;
pub mod flows;
pub mod lists;
pub mod marks;
mod names;
pub mod page;
pub mod parts;
pub mod picture;
mod plan_faults;
pub mod reality;
pub mod rollout;
mod rollout_values;
mod routes;
mod scenario;
pub mod setup;
pub mod steps;
pub mod verdicts;

pub use door::trace_error;
pub use names::Names;
pub use plan_faults::{link_side, load_error, part_kind, peering_kind, plan_fault};
pub use scenario::{part as scenario_part, scenario};

/// `A`, `A or B`, `A, B or C`: a list as people write it, with this word before the last.
pub fn listing<S: AsRef<str>>(items: &[S], word: &str) -> String {
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 && index + 1 == items.len() {
            text.push_str(&format!(" {word} "));
        } else if index > 0 {
            text.push_str(", ");
        }
        text.push_str(item.as_ref());
    }
    text
}

/// `1 flow`, `1,204 flows`: a number with its noun, whose plural is its singular and an `s`.
pub fn count(number: u64, noun: &str) -> String {
    let digits = crate::space::Count::from(number).grouped();
    if number == 1 { format!("{digits} {noun}") } else { format!("{digits} {noun}s") }
}

/// `1 address`, `256 addresses`.
pub fn addresses(number: crate::space::Count) -> String {
    let noun = if number == crate::space::Count::ONE { "address" } else { "addresses" };
    format!("{} {noun}", number.grouped())
}

/// `1 prefix`, `201 prefixes`.
pub fn prefixes(number: u64) -> String {
    let noun = if number == 1 { "prefix" } else { "prefixes" };
    format!("{} {noun}", crate::space::Count::from(number).grouped())
}

/// A clause as a sentence: its first letter large, a full stop behind it.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
