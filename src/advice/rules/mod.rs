//! The rules, one a file. A rule reads the [`Case`] and says what it finds.
//!
//! A new rule takes the next free code of its hundred: 1 the way back, 2 the way out, 3 devices and published services,
//! 4 circuits and peerings, 5 capacity, 9 the plan itself. It needs words in `report::words::advice`, and three plans
//! in `tests/advice.rs`.

mod assumption;
mod changes_on_failover;
mod communities_ignored;
mod default_advertised;
mod default_learned;
mod dies_with_link;
mod documentation_asn;
mod drain_defeated;
mod inbound_untranslated;
mod internet_pool_attracted;
mod kept_on_internet;
mod legacy;
mod links_unlike;
mod may_be_over;
mod more_specific_internet;
mod near_limit;
mod never_over_expressroute;
mod never_used;
mod no_cover;
mod no_filter;
mod no_such_bandwidth;
mod not_accepted;
mod not_admitted;
mod not_advertised;
mod not_analysed;
mod not_authorised;
mod not_hidden;
mod not_published;
mod nothing_passes;
mod one_link;
mod others_advertised;
mod outside_sku;
mod over_capacity;
mod over_in_failure;
mod over_limit;
mod overlap;
mod partly_covered;
mod peering_advertised;
mod policy_unreached;
mod private_advertised;
mod private_asn;
mod private_learned;
mod private_pool;
mod region_tie;
mod repeated;
mod reply_elsewhere;
mod reserved_asn;
mod rule_unreached;
mod same_length;
mod several_areas;
mod sticky;
mod subnet_overlap;
mod subnet_private;
mod subnet_side;
mod subnet_size;
mod too_few_ports;
mod too_long;
mod too_many_learned;
mod untranslated;
mod unused;
mod wrong_asn;
mod zones_unsaid;

pub(super) use unused::unused;

use super::Rule;
use super::case::{Case, Owner, nets};
use super::finding::{Arg, Code, Finding, Findings, MAX_EVIDENCE, Severity};
use crate::journey::{Assumption, Row, Verdict, unsaid_zones};
use crate::plan::communities::{area_of, needs_microsoft_365_authorisation, region_digits};
use crate::plan::{
    AcceptedFinding, Action, Attributes, Circuit, Citation, Community, Device, Ends, Entry, Exit, Flow, Id,
    ListId, LongPrefixes, MICROSOFT_ASN, PartKind, PeeringKind, Policy, PublishedService, ReturnModel, Setting,
    Side, Sku, is_private_asn,
};
use crate::routing::{Attracted, ExitSet, Part, Place, Refusal, Refused, is_express_route, reaches};
use crate::space::{AddressSet, Dual, not_public};
use crate::study::capacity::Fit;
use crate::study::failures::Failure;
use ipnet::IpNet;
use std::collections::BTreeSet;

/// All rules, in the order of their codes.
pub(super) const ALL: &[Rule] = &[
    same_length::RULE,
    more_specific_internet::RULE,
    not_advertised::RULE,
    not_accepted::RULE,
    not_admitted::RULE,
    partly_covered::RULE,
    private_pool::RULE,
    untranslated::RULE,
    private_advertised::RULE,
    default_advertised::RULE,
    over_limit::RULE,
    near_limit::RULE,
    internet_pool_attracted::RULE,
    too_long::RULE,
    dies_with_link::RULE,
    no_cover::RULE,
    changes_on_failover::RULE,
    peering_advertised::RULE,
    others_advertised::RULE,
    links_unlike::RULE,
    overlap::RULE,
    documentation_asn::RULE,
    private_asn::RULE,
    communities_ignored::RULE,
    wrong_asn::RULE,
    no_filter::RULE,
    nothing_passes::RULE,
    not_authorised::RULE,
    outside_sku::RULE,
    default_learned::RULE,
    drain_defeated::RULE,
    region_tie::RULE,
    never_used::RULE,
    never_over_expressroute::RULE,
    assumption::RULE,
    sticky::RULE,
    legacy::RULE,
    not_analysed::RULE,
    too_many_learned::RULE,
    private_learned::RULE,
    repeated::RULE,
    several_areas::RULE,
    rule_unreached::RULE,
    policy_unreached::RULE,
    kept_on_internet::RULE,
    reply_elsewhere::RULE,
    not_hidden::RULE,
    not_published::RULE,
    inbound_untranslated::RULE,
    zones_unsaid::RULE,
    subnet_size::RULE,
    subnet_side::RULE,
    subnet_overlap::RULE,
    subnet_private::RULE,
    reserved_asn::RULE,
    no_such_bandwidth::RULE,
    one_link::RULE,
    over_capacity::RULE,
    over_in_failure::RULE,
    may_be_over::RULE,
    too_few_ports::RULE,
    unused::RULE,
];

/// An exit as an argument.
fn exit_arg(exit: &Exit) -> Arg {
    Arg::Part(PartKind::Exit, exit.id.clone())
}

/// What of a set the far side can answer.
fn public(set: &AddressSet) -> AddressSet {
    set.difference(not_public())
}

/// The longest prefix on the Internet that spreads, and the longest over ExpressRoute that attracts.
fn lengths(case: &Case<'_>, around: &[Attracted]) -> (Option<u8>, Option<u8>) {
    let longest = |over: bool| {
        let of = around.iter().filter(|one| one.express_route == over && !one.long);
        let attracts = |one: &&Attracted| !over || one.exits.iter().any(|exit| case.attracts(exit));
        of.filter(attracts).map(|one| one.net.prefix_len()).max()
    };
    (longest(false), longest(true))
}

/// The prefixes of a length.
fn nets_of(around: &[Attracted], length: Option<u8>) -> Arg {
    let of = around.iter().filter(|one| Some(one.net.prefix_len()) == length);
    let mut texts: Vec<String> = of.map(|one| one.net.to_string()).collect();
    texts.dedup();
    Arg::Texts(texts)
}

/// Where the prefixes of a length were written.
fn places(around: &[Attracted], length: Option<u8>) -> Vec<Place> {
    let of = around.iter().filter(|one| Some(one.net.prefix_len()) == length);
    of.map(|one| one.place.clone()).collect()
}

/// A circuit or an Internet link as what a finding is about.
fn carrier(part: &Part) -> (PartKind, Id) {
    match part {
        Part::Circuit(id) => (PartKind::Circuit, id.clone()),
        Part::Device(id) => (PartKind::Device, id.clone()),
        Part::Site(id) => (PartKind::Site, id.clone()),
        Part::Exit(id) => (PartKind::Exit, id.clone()),
    }
}

/// A finding for each exit of some kind over which advertisements are refused for a reason.
fn refused(case: &Case<'_>, out: &mut Findings, why: Refused, of: fn(&Exit) -> bool) {
    for (exit, sent) in case.plan().exits.iter().zip(&case.network().advertised) {
        let all: Vec<&Refusal> = sent.refused.iter().filter(|refusal| refusal.why == why).collect();
        if all.is_empty() || !of(exit) {
            continue;
        }
        let texts = Arg::Texts(all.iter().map(|refusal| refusal.prefix.clone()).take(MAX_EVIDENCE).collect());
        let said = out.say(vec![(PartKind::Exit, exit.id.clone())], vec![exit_arg(exit), texts]);
        let places = all.iter().map(|refusal| refusal.place.clone());
        said.prefixes(all.iter().map(|refusal| &refusal.prefix)).places(places);
    }
}
