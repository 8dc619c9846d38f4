//! Policies: ordered matches on prefix and community, the first that matches decides.

use super::lists::Lists;
use super::sided::Sided;
use crate::plan::{Action, Community, ListId, Plan, Policy, Settings};
use crate::space::{Dual, Prefix};
use std::ops::RangeInclusive;

/// The policies of an exit in one direction, ready to be asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Policies {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Rule {
    /// `None` matches every prefix.
    prefixes: Option<Matches>,
    communities: Vec<Community>,
    /// Site indexes; `None` is all.
    sites: Option<Vec<usize>>,
    action: Action,
}

/// A prefix, and the lengths of the more specific ones that it matches.
pub(crate) type Match<A> = (Prefix<A>, RangeInclusive<u8>);

/// The matches of a rule.
pub(crate) type Matches = Dual<Vec<Match<u32>>, Vec<Match<u128>>>;

/// What a policy makes of a route.
pub(crate) enum Outcome<'a> {
    Deny,
    Accept(Option<&'a Settings>),
}

impl Policies {
    pub(crate) fn new(plan: &Plan, lists: &Lists, policies: &[Policy], list_of: impl Fn(usize) -> ListId) -> Self {
        let rule = |(index, policy): (usize, &Policy)| {
            let prefixes = lists
                .get(&list_of(index))
                .map(|reading| Dual { v4: matches::<u32>(reading), v6: matches::<u128>(reading) });
            let site = |id: &crate::plan::Id| plan.sites.iter().position(|site| site.id == *id);
            let sites =
                (!policy.sites.is_empty()).then(|| policy.sites.iter().filter_map(site).collect::<Vec<_>>());
            Rule { prefixes, communities: policy.communities.clone(), sites, action: policy.action.clone() }
        };
        Self { rules: policies.iter().enumerate().map(rule).collect() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What becomes of a route, at a site where the policy is asked there.
    pub(crate) fn ask<A: Sided>(
        &self,
        prefix: Prefix<A>,
        communities: &[Community],
        site: Option<usize>,
    ) -> Outcome<'_> {
        let matching = self.rules.iter().find(|rule| {
            rule.prefixes.as_ref().is_none_or(|both| {
                A::matches(both)
                    .iter()
                    .any(|(within, lengths)| within.covers(&prefix) && lengths.contains(&prefix.length()))
            }) && (rule.communities.is_empty() || rule.communities.iter().any(|mark| communities.contains(mark)))
                && rule.sites.as_ref().is_none_or(|sites| site.is_some_and(|site| sites.contains(&site)))
        });
        match matching.map(|rule| &rule.action) {
            Some(Action::Deny) => Outcome::Deny,
            Some(Action::Accept(settings)) => Outcome::Accept(Some(settings)),
            None => Outcome::Accept(None),
        }
    }
}

/// Each prefix matches itself and all more specific ones, unless `ge` or `le` say otherwise.
fn matches<A: Sided>(reading: &crate::intake::Reading) -> Vec<Match<A>> {
    A::entries(reading)
        .iter()
        .map(|entry| {
            let attributes = reading.attributes_of(entry);
            let shortest = attributes.ge.unwrap_or(entry.prefix.length());
            (entry.prefix, shortest..=attributes.le.unwrap_or(A::BITS))
        })
        .collect()
}
