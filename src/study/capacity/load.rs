//! Loads as ranges: what certainly goes a way, and what may.

use crate::plan::{Flow, Id, Link, Mbps, PeeringKind, Plan};
use crate::routing::{ExitSet, Part};
use crate::study::failures::Told;
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

/// From least to most. A flow that goes one way only counts in both; of one that is split only shares of addresses are
/// known, which are not shares of traffic: all of it may go each way, or none.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
pub struct Range {
    /// What is there in any case.
    pub least: u64,
    /// What there is at most.
    pub most: u64,
}

impl Range {
    /// Adds what is there in any case, or may be.
    pub(super) fn add(&mut self, amount: u64, certainly: bool, maybe: bool) {
        self.least = self.least.saturating_add(if certainly { amount } else { 0 });
        self.most = self.most.saturating_add(if maybe { amount } else { 0 });
    }

    /// Whether it is one number.
    pub fn is_exact(self) -> bool {
        self.least == self.most
    }

    /// How it fits into what there is room for.
    pub fn fit(self, room: Option<u64>) -> Fit {
        match room {
            None => Fit::Unknown,
            Some(room) if self.least > room => Fit::Over,
            Some(room) if self.most > room => Fit::MayBeOver,
            Some(_) => Fit::Within,
        }
    }
}

/// How a load fits, worst first.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// It doesn't, in any case.
    Over,
    /// It may not: that depends on how traffic is spread over addresses.
    MayBeOver,
    /// It does, in any case.
    Within,
    /// The plan doesn't say how much room there is.
    Unknown,
}

/// What goes over a link or circuit each way, in kbps.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
pub struct Load {
    /// From us.
    pub out: Range,
    /// To us.
    #[serde(rename = "in")]
    pub back: Range,
}

impl Load {
    /// How the worse way fits: a bandwidth holds each way.
    pub fn fit(self, kbps: Option<u64>) -> Fit {
        self.out.fit(kbps).min(self.back.fit(kbps))
    }
}

/// What has a bandwidth, or is a link of it.
pub(super) struct Carrier {
    pub(super) part: Part,
    pub(super) exits: ExitSet,
    pub(super) kbps: Option<u64>,
    /// The circuit that a link belongs to.
    pub(super) circuit: Option<Id>,
    /// Private peering runs over it as well, which isn't analysed.
    pub(super) private: bool,
}

/// All circuits, Internet links and links of circuits of a plan, in its order.
pub(super) fn carriers(plan: &Plan) -> Vec<Carrier> {
    let kbps = |bandwidth: Option<Mbps>| bandwidth.map(|mbps| u64::from(mbps.kbps));
    let private = |part: &Part| {
        let is = |link: &Link| matches!(link, Link::ExpressRoute(link) if link.peering == PeeringKind::Private);
        plan.exits.iter().any(|exit| part.carries(exit) && is(&exit.link))
    };
    let mut all = Vec::new();
    for circuit in &plan.circuits {
        let part = Part::Circuit(circuit.id.clone());
        let exits = plan.exits.iter().enumerate().filter(|(_, exit)| part.carries(exit)).map(|(index, _)| index);
        let exits: ExitSet = exits.collect();
        if !exits.is_empty() {
            let private = private(&part);
            all.push(Carrier { part, exits, kbps: kbps(circuit.bandwidth), circuit: None, private });
        }
    }
    for (index, exit) in plan.exits.iter().enumerate() {
        let part = Part::Exit(exit.id.clone());
        if private(&part) {
            continue;
        }
        let (kbps, circuit) = match &exit.link {
            Link::Internet(link) => (kbps(link.bandwidth), None),
            Link::ExpressRoute(link) => (None, Some(link.circuit.clone())),
        };
        all.push(Carrier { part, exits: ExitSet::one(index), kbps, circuit, private: false });
    }
    all
}

/// What every carrier has to carry in one scenario, and what doesn't flow any more.
#[derive(Clone, Debug, Default)]
pub(super) struct Loads {
    /// A carrier each.
    pub(super) each: Vec<Load>,
    /// Of flows that fail, and at most of those of which some addresses do.
    pub(super) lost: Load,
}

pub(super) fn loads(flows: &[Flow], carriers: &[Carrier], told: &[Told]) -> Loads {
    let mut loads = Loads { each: vec![Load::default(); carriers.len()], lost: Load::default() };
    for (flow, told) in flows.iter().zip(told).filter(|(_, told)| told.verdict.is_some()) {
        let kbps = |rate: Option<Mbps>| rate.map_or(0, |rate| u64::from(rate.kbps));
        let (out, back) = (kbps(flow.mbps_out), kbps(flow.mbps_in));
        if out == 0 && back == 0 {
            continue;
        }
        for (carrier, load) in carriers.iter().zip(&mut loads.each) {
            let goes = |exits: ExitSet| {
                let only = told.works && !exits.is_empty() && exits.without(carrier.exits).is_empty();
                (only, !exits.intersection(carrier.exits).is_empty())
            };
            let (certainly, maybe) = goes(told.out);
            load.out.add(out, certainly, maybe);
            let (certainly, maybe) = goes(told.back);
            load.back.add(back, certainly, maybe);
        }
        loads.lost.out.add(out, told.fails, !told.works);
        loads.lost.back.add(back, told.fails, !told.works);
    }
    loads
}
