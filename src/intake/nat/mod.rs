//! Translation, a vendor a file: pools, rules in the order in which the device tries them, published services.
//!
//! A rule of a plan matches sources, destinations and exits. What a device matches besides (ports, users, hosts by name)
//! makes a rule that isn't modelled, and it is named as such. Rules for a part of the ports would otherwise be read as
//! rules for all of them.

pub(crate) mod asa;
pub(crate) mod asa_show;
mod chains;
pub(crate) mod fortigate;
pub(crate) mod ios;
pub(crate) mod iptables;
pub(crate) mod junos;
pub(crate) mod nftables;
pub(crate) mod panos;
pub(crate) mod panos_show;
mod pieces;
mod small;

use super::recognise::{Reason, Sample};

/// A guess by lines that begin like this, of which each is configuration of one vendor alone.
fn by_lines(sample: &Sample<'_>, confidence: u8, like: impl Fn(&str) -> bool) -> Option<(u8, Reason)> {
    let reason = sample.line(like)?;
    Some((confidence, reason))
}

/// Whether a line begins with these words, whatever their case and the blanks between.
fn begins(line: &str, words: &[&str]) -> bool {
    let mut said = line.split_ascii_whitespace();
    words.iter().all(|word| said.next().is_some_and(|said| said.eq_ignore_ascii_case(word)))
}
