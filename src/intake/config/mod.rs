//! Configuration of devices: what it says of translation, advertisements and policy.
//!
//! A list holds prefixes in named sets and is a [`Reading`](super::Reading); configuration says what a device does,
//! in an order, and is a [`Setup`]: pools, translation rules, published services, advertisements, prefix lists, route
//! policies, neighbours and peerings, each with the bytes where it stands. What a device can do and a plan can't hold is
//! named as [`LeftOut`], with its place and reason: nothing is dropped in silence.
//!
//! [`recognise`] ranks the formats of configuration that a text may be in, [`read`] reads it. A format of
//! configuration is one line in the table of [`ConfigFormat`] and one file a subject: `nat` holds translation,
//! `policy` advertisements and route policies. What they share is here: statements (words with places, from lines or
//! from braces), names of addresses that lead to other names, access lists as exact sets.
//!
//! A configuration may be as long as a table, so it is read in steps ([`read_in_steps`]): every reader is an `async`
//! function that accounts for each statement, in each of its passes. [`read`] does the same in one go.

mod book;
pub(super) mod draft;
mod format;
mod setup;
mod statement;
mod tree;

pub use format::{ConfigFormat, UnknownConfigFormat};
pub use setup::{
    Advertised, AdvertisedBy, Effect, LeftOut, Matched, NatPool, NatRule, Neighbour, PeeringObject, PrefixList,
    PrefixListEntry, Published, Reason as LeftOutReason, RouteFilterObject, RoutePolicy, RouteTerm, Setup,
    TermAction,
};

pub(super) use book::Book;
pub(super) use draft::{Draft, MAX_WORDS_IN_ALL};
pub(super) use format::ConfigDefinition;
pub(super) use setup::Reason;
pub(super) use statement::{Statement, Statements, TakesWords, Word, statements, take_words};
pub(super) use tree::branches;

use super::recognise::{self as lists, Sample};
use super::{Format, MAX_TEXT};
use crate::pace::{Pace, at_once};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// A format of configuration that a text may be in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct ConfigGuess {
    /// The format.
    pub format: ConfigFormat,
    /// How sure that is, 1 to 100; only good for ranking.
    pub confidence: u8,
    /// What speaks for it.
    pub reason: lists::Reason,
}

/// What a text is: a list, or configuration.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// A list of prefixes, in its likeliest format.
    List(Format),
    /// Configuration, in its likeliest format.
    Config(ConfigFormat),
}

/// The formats of configuration that a text may be in, the likeliest first; empty where it looks like none.
pub fn recognise(text: &str) -> Vec<ConfigGuess> {
    let sample = Sample::new(text);
    let mut guesses: Vec<ConfigGuess> = ConfigFormat::ALL
        .into_iter()
        .filter_map(|format| {
            let (confidence, reason) = format.recognise(&sample)?;
            Some(ConfigGuess { format, confidence, reason })
        })
        .collect();
    crate::sort::by_key(&mut guesses, |guess| std::cmp::Reverse(guess.confidence));
    guesses
}

/// Whether a text is a list or configuration: whichever is surer, and of two as sure the list.
pub fn what(text: &str) -> What {
    let list = lists::recognise(text).into_iter().next();
    let config = recognise(text).into_iter().next();
    match (list, config) {
        (Some(list), Some(config)) if config.confidence > list.confidence => What::Config(config.format),
        (None, Some(config)) => What::Config(config.format),
        (Some(list), _) => What::List(list.format),
        (None, None) => What::List(Format::Plain),
    }
}

/// Reads configuration in this format. Of a text beyond [`MAX_TEXT`] bytes only the beginning is read, and it says so.
pub fn read(text: &str, format: ConfigFormat) -> Setup {
    at_once(|pace| async move { read_in_steps(text, format, &pace).await })
}

/// The same in steps.
pub async fn read_in_steps(text: &str, format: ConfigFormat, pace: &Pace) -> Setup {
    let kept = text.get(..text.floor_char_boundary(MAX_TEXT)).unwrap_or_default();
    let mut draft = Draft::new(kept, format);
    if kept.len() < text.len() {
        draft.cut(kept.len(), text.len());
    }
    // JSON is one line, and read whole.
    if format != ConfigFormat::AzurePeering {
        draft.long_lines(kept);
    }
    format.read(kept, &mut draft, pace).await;
    draft.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::FaultCode;

    /// A set of addresses on one line, as a script may write it.
    #[test]
    fn a_line_that_is_cut_is_named() {
        let set = |count: u32| {
            let elements: Vec<String> = (0..count).map(|n| format!("10.{}.{}.1", n >> 8, n & 255)).collect();
            format!("table ip nat {{\n set a {{\n elements = {{ {} }}\n }}\n}}\n", elements.join(", "))
        };
        let told = |text: &str| {
            let faults = read(text, ConfigFormat::Nftables).faults.kept;
            let too_long = |code: &FaultCode| matches!(code, FaultCode::LineTooLong { limit: 65_536, .. });
            faults
                .into_iter()
                .filter(|fault| too_long(&fault.code))
                .map(|fault| fault.span.start)
                .collect::<Vec<_>>()
        };
        assert!(told(&set(1_000)).is_empty());
        let start = "table ip nat {\n set a {\n".len() as u32;
        assert_eq!(told(&set(10_000)), [start + 65_536]);
    }
}
