//! `twopath.setup`.

use super::Head;
use crate::intake::config::{
    AdvertisedBy, ConfigFormat, Effect, LeftOut, LeftOutReason, PeeringObject, PrefixListEntry, RouteTerm, Setup,
    TermAction,
};
use crate::intake::{Fault, LineIndex, Note};
use crate::plan::{Community, PeeringKind};
use crate::report::answers::Configured;
use crate::report::words;
use serde::Serialize;
use std::net::IpAddr;

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    file: &'a str,
    read_as: ReadAs,
    notes: &'a [Note],
    lines: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    device: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    local_as: Option<u32>,
    pools: Vec<PoolForm<'a>>,
    rules: Vec<RuleForm<'a>>,
    published: Vec<PublishedForm<'a>>,
    advertised: Vec<AdvertisedForm<'a>>,
    prefix_lists: Vec<ListForm<'a>>,
    policies: Vec<PolicyForm<'a>>,
    neighbours: Vec<NeighbourForm<'a>>,
    peerings: Vec<PeeringForm<'a>>,
    route_filters: Vec<FilterForm<'a>>,
    left_out: Vec<LeftOutForm<'a>>,
    errors: u32,
    faults: Vec<FaultForm<'a>>,
}

#[derive(Serialize)]
struct ReadAs {
    name: ConfigFormat,
    title: &'static str,
}

#[derive(Serialize)]
struct PoolForm<'a> {
    name: &'a str,
    addresses: Vec<String>,
    line: u32,
}

#[derive(Serialize)]
struct RuleForm<'a> {
    name: &'a str,
    sources: Vec<String>,
    destinations: Vec<String>,
    to: &'a [String],
    pool: Option<&'a str>,
    line: u32,
}

#[derive(Serialize)]
struct PublishedForm<'a> {
    name: &'a str,
    published: Vec<String>,
    inside: Vec<String>,
    from: &'a [String],
    ports: &'a str,
    source_pool: Option<&'a str>,
    line: u32,
}

#[derive(Serialize)]
struct AdvertisedForm<'a> {
    prefix: ipnet::IpNet,
    by: AdvertisedBy,
    #[serde(skip_serializing_if = "str::is_empty")]
    policy: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct ListForm<'a> {
    name: &'a str,
    entries: Vec<EntryForm>,
    line: u32,
}

#[derive(Serialize)]
struct EntryForm {
    permit: bool,
    prefix: ipnet::IpNet,
    shortest: u8,
    longest: u8,
}

impl From<&PrefixListEntry> for EntryForm {
    fn from(entry: &PrefixListEntry) -> Self {
        let PrefixListEntry { permit, prefix, shortest, longest } = *entry;
        Self { permit, prefix, shortest, longest }
    }
}

#[derive(Serialize)]
struct PolicyForm<'a> {
    name: &'a str,
    terms: Vec<TermForm<'a>>,
    otherwise: ActionForm<'a>,
    line: u32,
}

#[derive(Serialize)]
struct TermForm<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    prefixes: Option<Vec<EntryForm>>,
    #[serde(skip_serializing_if = "<[Community]>::is_empty")]
    communities: &'a [Community],
    action: ActionForm<'a>,
    line: u32,
}

#[derive(Serialize)]
struct ActionForm<'a> {
    permit: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    local_preference: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prepend: Option<u32>,
    #[serde(skip_serializing_if = "<[Community]>::is_empty")]
    communities: &'a [Community],
}

impl<'a> From<&'a TermAction> for ActionForm<'a> {
    fn from(action: &'a TermAction) -> Self {
        Self {
            permit: action.permit,
            local_preference: action.local_preference,
            weight: action.weight,
            prepend: action.prepend,
            communities: &action.communities,
        }
    }
}

#[derive(Serialize)]
struct NeighbourForm<'a> {
    address: IpAddr,
    #[serde(skip_serializing_if = "Option::is_none")]
    remote_as: Option<u32>,
    policies_in: &'a [String],
    policies_out: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<u32>,
    line: u32,
}

#[derive(Serialize)]
struct PeeringForm<'a> {
    kind: PeeringKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    circuit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    peer_asn: Option<u32>,
    admitted: &'a [ipnet::IpNet],
    primary: &'a [ipnet::IpNet],
    secondary: &'a [ipnet::IpNet],
    #[serde(skip_serializing_if = "Option::is_none")]
    route_filter: Option<&'a str>,
    line: u32,
}

#[derive(Serialize)]
struct FilterForm<'a> {
    name: &'a str,
    communities: &'a [Community],
    circuits: &'a [String],
    line: u32,
}

#[derive(Serialize)]
struct LeftOutForm<'a> {
    effect: Effect,
    #[serde(flatten)]
    reason: &'a LeftOutReason,
    line: u32,
    column: u32,
    text: String,
    sentence: String,
}

#[derive(Serialize)]
struct FaultForm<'a> {
    #[serde(flatten)]
    code: &'a crate::intake::FaultCode,
    line: u32,
    column: u32,
    sentence: String,
}

/// What was read of configuration, as JSON on one line.
pub fn setup(answer: &Configured) -> String {
    let (setup, lines) = (answer.setup, answer.lines);
    super::line(&Form {
        head: Head::of("twopath.setup"),
        file: answer.file,
        read_as: ReadAs { name: setup.format, title: setup.format.title() },
        notes: answer.notes,
        lines: setup.lines,
        device: &setup.device,
        local_as: setup.local_as,
        pools: setup
            .pools
            .iter()
            .map(|pool| PoolForm { name: &pool.name, addresses: pool.shown(), line: at(lines, pool.span.start) })
            .collect(),
        rules: rules(setup, lines),
        published: published(setup, lines),
        advertised: setup
            .advertised
            .iter()
            .map(|found| AdvertisedForm {
                prefix: found.prefix,
                by: found.by,
                policy: &found.policy,
                line: at(lines, found.span.start),
            })
            .collect(),
        prefix_lists: setup
            .prefix_lists
            .iter()
            .map(|list| ListForm {
                name: &list.name,
                entries: list.entries.iter().map(EntryForm::from).collect(),
                line: at(lines, list.span.start),
            })
            .collect(),
        policies: policies(setup, lines),
        neighbours: setup
            .neighbours
            .iter()
            .map(|found| NeighbourForm {
                address: found.address,
                remote_as: found.remote_as,
                policies_in: &found.policies_in,
                policies_out: &found.policies_out,
                weight: found.weight,
                line: at(lines, found.span.start),
            })
            .collect(),
        peerings: setup.peerings.iter().map(|found| peering(found, lines)).collect(),
        route_filters: setup
            .route_filters
            .iter()
            .map(|found| FilterForm {
                name: &found.name,
                communities: &found.communities,
                circuits: &found.circuits,
                line: at(lines, found.span.start),
            })
            .collect(),
        left_out: setup.left_out.iter().map(|left| left_out(left, answer)).collect(),
        errors: setup.faults.errors,
        faults: setup.faults.kept.iter().map(|found| fault(found, lines)).collect(),
    })
}

fn at(lines: &LineIndex, byte: u32) -> u32 {
    lines.line_column(byte).line
}

fn rules<'a>(setup: &'a Setup, lines: &LineIndex) -> Vec<RuleForm<'a>> {
    let form = |rule: &'a crate::intake::config::NatRule| RuleForm {
        name: &rule.name,
        sources: rule.sources.shown(),
        destinations: rule.destinations.shown(),
        to: &rule.to,
        pool: setup.pool_of(rule.pool).map(|pool| pool.name.as_str()),
        line: at(lines, rule.span.start),
    };
    setup.rules.iter().map(form).collect()
}

fn published<'a>(setup: &'a Setup, lines: &LineIndex) -> Vec<PublishedForm<'a>> {
    let form = |found: &'a crate::intake::config::Published| {
        let (published, inside) = found.shown();
        PublishedForm {
            name: &found.name,
            published,
            inside,
            from: &found.from,
            ports: &found.ports,
            source_pool: setup.pool_of(found.source_pool).map(|pool| pool.name.as_str()),
            line: at(lines, found.span.start),
        }
    };
    setup.published.iter().map(form).collect()
}

fn policies<'a>(setup: &'a Setup, lines: &LineIndex) -> Vec<PolicyForm<'a>> {
    let term = |term: &'a RouteTerm| TermForm {
        prefixes: term.prefixes.as_ref().map(|entries| entries.iter().map(EntryForm::from).collect()),
        communities: &term.communities,
        action: (&term.action).into(),
        line: at(lines, term.span.start),
    };
    let form = |policy: &'a crate::intake::config::RoutePolicy| PolicyForm {
        name: &policy.name,
        terms: policy.terms.iter().map(term).collect(),
        otherwise: (&policy.otherwise).into(),
        line: at(lines, policy.span.start),
    };
    setup.policies.iter().map(form).collect()
}

fn peering<'a>(found: &'a PeeringObject, lines: &LineIndex) -> PeeringForm<'a> {
    PeeringForm {
        kind: found.kind,
        circuit: found.circuit.as_deref(),
        peer_asn: found.peer_asn,
        admitted: &found.admitted,
        primary: &found.primary,
        secondary: &found.secondary,
        route_filter: found.route_filter.as_deref(),
        line: at(lines, found.span.start),
    }
}

fn left_out<'a>(left: &'a LeftOut, answer: &Configured) -> LeftOutForm<'a> {
    let place = answer.lines.line_column(left.span.start);
    LeftOutForm {
        effect: left.effect,
        reason: &left.reason,
        line: place.line,
        column: place.column,
        text: answer.quoted(&left.span),
        sentence: words::setup::left_out(left),
    }
}

fn fault<'a>(fault: &'a Fault, lines: &LineIndex) -> FaultForm<'a> {
    let place = lines.line_column(fault.span.start);
    let sentence = words::faults::fault(&fault.code);
    FaultForm { code: &fault.code, line: place.line, column: place.column, sentence }
}
