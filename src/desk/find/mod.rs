//! The ask box without a screen: what a question means in a plan, and where each of its answers leads.
//!
//! A question is an address, two addresses, a prefix, or words; words are looked for in the names of all parts, of
//! the verdicts and of the views. The plan alone is looked at, so an answer comes with the letter that was typed.

mod lead;
mod names;

pub use lead::{Lead, Place};

use super::state::Tab;
use crate::intake;
use crate::journey::Verdict;
use crate::plan::{ListId, Plan, Text};
use ipnet::IpNet;
use std::net::IpAddr;

/// At most so many answers are given; how many more there would be is said.
pub const MAX_LEADS: usize = 12;

/// Lists of more bytes aren't read for an address that is typed: the coverage finds it in any.
const SHORT: usize = 16_384;

/// All lists that are read have at most so many bytes together.
const ALL_SHORT: usize = 131_072;

/// What is found for a question.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Found {
    /// The answers, best first.
    pub leads: Vec<Lead>,
    /// How many more there would be.
    pub left_off: usize,
}

/// What a question means in a plan, best answer first; empty where it means nothing, or nothing is asked.
///
/// `verdicts` says how many flows have each verdict, as the engine counted them last.
pub fn find(plan: &Plan, verdicts: &[(Verdict, u32)], question: &str) -> Found {
    let question = question.trim();
    let mut leads = if question.is_empty() {
        Vec::new()
    } else if let Some((from, to)) = pair(question) {
        of_pair(plan, from, to)
    } else if let Ok(address) = question.parse::<IpAddr>() {
        of_address(plan, address)
    } else if let Ok(net) = question.parse::<IpNet>() {
        of_prefix(plan, net.trunc())
    } else {
        names::of_words(plan, verdicts, question)
    };
    let left_off = leads.len().saturating_sub(MAX_LEADS);
    leads.truncate(MAX_LEADS);
    Found { leads, left_off }
}

/// Two addresses of one family with a blank, a comma, an arrow or "to" between them.
fn pair(question: &str) -> Option<(IpAddr, IpAddr)> {
    let mut addresses = Vec::new();
    for word in question.split(|letter: char| letter.is_whitespace() || letter == ',') {
        if !matches!(word, "" | "to" | "->" | "→") {
            addresses.push(word.parse::<IpAddr>().ok()?);
        }
    }
    match *addresses.as_slice() {
        [from, to] if from.is_ipv4() == to.is_ipv4() => Some((from, to)),
        _ => None,
    }
}

fn of_pair(plan: &Plan, from: IpAddr, to: IpAddr) -> Vec<Lead> {
    let mut leads = Vec::new();
    if !plan.sites.is_empty() {
        leads.push(Lead::Trace { site: None, from: Some(from), to });
    }
    leads.extend(coverage(plan, to, None));
    leads
}

fn of_address(plan: &Plan, to: IpAddr) -> Vec<Lead> {
    let trace = |site: &crate::plan::Site| Lead::Trace { site: Some(site.id.clone()), from: None, to };
    let mut traces = plan.sites.iter().map(trace);
    // The first site's answers, then what the plan's own lists say of the address, then the other sites.
    let mut leads: Vec<Lead> = traces.next().into_iter().collect();
    leads.extend(coverage(plan, to, None));
    leads.extend(lines(plan, IpNet::from(to)));
    leads.extend(traces);
    leads
}

fn of_prefix(plan: &Plan, net: IpNet) -> Vec<Lead> {
    let mut leads: Vec<Lead> = coverage(plan, net.network(), Some(net)).collect();
    leads.extend(lines(plan, net));
    if let Some(site) = plan.sites.first() {
        leads.push(Lead::Trace { site: Some(site.id.clone()), from: None, to: net.network() });
    }
    leads
}

/// The row of the first site's decision table; the table itself switches to another.
fn coverage(plan: &Plan, address: IpAddr, net: Option<IpNet>) -> impl Iterator<Item = Lead> {
    plan.sites.first().map(|site| Lead::Decision { site: site.id.clone(), address, net }).into_iter()
}

/// Lines of the plan's short lists that hold an address or a prefix: in each list the longest, the first of equals.
fn lines(plan: &Plan, net: IpNet) -> Vec<Lead> {
    let mut budget = ALL_SHORT;
    let mut leads = Vec::new();
    for (list, text) in plan.lists() {
        if matches!(list, ListId::Source(_)) || text.is_empty() || text.len() > SHORT.min(budget) {
            continue;
        }
        budget -= text.len();
        if let Some((prefix, at)) = longest(text, net) {
            leads.push(Lead::Line { list, at, prefix });
        }
    }
    leads
}

fn longest(text: &Text, net: IpNet) -> Option<(IpNet, u32)> {
    let reading = intake::read(text.as_str(), None);
    let v4 = reading.v4.iter().map(|entry| (IpNet::from(entry.prefix), entry.at));
    let v6 = reading.v6.iter().map(|entry| (IpNet::from(entry.prefix), entry.at));
    let holding = v4.chain(v6).filter(|(prefix, _)| prefix.contains(&net));
    holding.max_by_key(|(prefix, at)| (prefix.prefix_len(), std::cmp::Reverse(*at)))
}

/// Whether an address that is asked for leads to a view at all, so that "nothing found" can say why not.
pub fn is_address(question: &str) -> bool {
    let question = question.trim();
    pair(question).is_some() || question.parse::<IpAddr>().is_ok() || question.parse::<IpNet>().is_ok()
}

/// All views that words may lead to.
const TABS: [Tab; 9] = Tab::ALL;

#[cfg(test)]
mod tests;
