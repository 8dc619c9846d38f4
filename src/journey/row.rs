//! The answer for one flow of the catalogue: its parts, worst first.

use super::{Direction, Dropped, Flip, Verdict};
use crate::plan::Id;
use crate::routing::FarSide;
use crate::space::{Count, Family, Share};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;
use std::net::IpAddr;

/// The answer for one flow.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Row {
    /// The flow.
    pub flow: Id,
    /// Who begins.
    pub direction: Direction,
    /// Our site.
    pub site: Id,
    /// The worst part's verdict; absent: the flow has no addresses to judge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Each class of addresses that share one fate, worst first.
    pub parts: Vec<Part>,
    /// Each assumption whose flip alone would change whether the row works or fails.
    pub decisive: Vec<Flip>,
}

/// The addresses of a flow that share one fate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Part {
    /// IPv4 or IPv6.
    pub family: Family,
    /// How it ends.
    pub verdict: Verdict,
    /// Its share of the family's pairs of addresses (sources, translated sources, far addresses); of addresses, not
    /// of traffic.
    pub share: Share,
    /// How many addresses of the far side have this fate for some of ours.
    pub far_addresses: Count,
    /// On which side the far addresses lie.
    pub far_side: FarSide,
    /// The exits of the first packet; several are a tie; none: no route.
    pub out: Vec<Id>,
    /// The pools that our side is translated to (inbound: the far side's sources); empty: untranslated.
    pub pools: Vec<Id>,
    /// The exits of the answer; several are a tie; none: it doesn't get that far, or is lost.
    pub back: Vec<Id>,
    /// What stopped the answer, where it was dropped.
    pub dropped: Vec<Dropped>,
    /// A pair of addresses with this fate, to trace: the source of the first packet,
    pub from: IpAddr,
    /// and its destination.
    pub to: IpAddr,
}

impl Part {
    /// The exits of the packets that leave our site, or of those that come in: inbound, the first packet comes in.
    pub fn exits(&self, direction: Direction, leaving: bool) -> &[Id] {
        if leaving == (direction == Direction::Outbound) { &self.out } else { &self.back }
    }
}
