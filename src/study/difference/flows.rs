//! Flows that fare otherwise than before, and the Mbps that change exit with them.

use super::change::{alike, each, same};
use crate::journey::{Direction, Part, Row, Verdict, World};
use crate::pace::Pace;
use crate::plan::{Ends, Flow, Id, Mbps};
use crate::space::{AddressSet, Count, Share};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::collections::BTreeMap;

/// A flow that fares otherwise than before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct FlowChange {
    /// The flow.
    pub flow: Id,
    /// How it fared; absent: it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<FlowState>,
    /// How it fares; absent: it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<FlowState>,
    /// How many of its far addresses are left for by other exits than before, where we begin and both plans have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Count>,
    /// How much of what it sends changes exit.
    pub mbps_out: Moved,
    /// How much of what it receives changes exit.
    pub mbps_in: Moved,
}

/// How a flow fares.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct FlowState {
    /// The verdict of its worst part; absent: it has no addresses to judge.
    pub verdict: Option<Verdict>,
    /// Who begins.
    pub direction: Direction,
    /// Our site.
    pub site: Id,
    /// The exits of its first packets, over all parts.
    pub out: Vec<Id>,
    /// The pools, over all parts.
    pub pools: Vec<Id>,
    /// The exits of the answers, over all parts.
    pub back: Vec<Id>,
    /// What we send.
    pub mbps_out: Option<Mbps>,
    /// What we receive.
    pub mbps_in: Option<Mbps>,
}

/// How much changes exit, in kbps: exactly known where both are the same. Only shares of addresses are known, never of
/// traffic: where a part of a flow's addresses moves, it may be none of its traffic or all.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Moved {
    /// At least so much.
    pub least_kbps: u64,
    /// At most so much.
    pub most_kbps: u64,
}

impl Moved {
    fn of(rate: Option<Mbps>, moves: Moves) -> Self {
        let kbps = rate.map_or(0, |rate| u64::from(rate.kbps));
        match moves {
            Moves::None => Self::default(),
            Moves::Some => Self { least_kbps: 0, most_kbps: kbps },
            Moves::All => Self { least_kbps: kbps, most_kbps: kbps },
        }
    }

    /// Both.
    pub(super) fn plus(self, other: Self) -> Self {
        Self { least_kbps: self.least_kbps + other.least_kbps, most_kbps: self.most_kbps + other.most_kbps }
    }
}

/// How much of a flow changes exit.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Moves {
    None,
    Some,
    All,
}

/// The addresses at a site that are left for by other exits than before.
#[derive(Clone, Default)]
pub(super) struct MovedOut {
    /// All of them.
    pub(super) any: AddressSet,
    /// Those for which no exit is the same.
    pub(super) surely: AddressSet,
    /// Those whose answers may come back otherwise.
    pub(super) back: AddressSet,
}

/// Compares the flows of two worlds, in steps: changed ones in the order of the plan after, then those that are gone.
pub(super) async fn flows(
    before: &World,
    after: &World,
    moved: &BTreeMap<Id, MovedOut>,
    pace: &Pace,
) -> Vec<FlowChange> {
    let (old, new) = (&before.ground.plan().flows, &after.ground.plan().flows);
    // Only the first of several with one identifier.
    let index = |flows: &[Flow]| -> BTreeMap<Id, usize> {
        flows.iter().enumerate().rev().map(|(at, flow)| (flow.id.clone(), at)).collect()
    };
    let (old_index, new_index) = (index(old), index(new));
    let mut changes = Vec::new();
    let first = |index: &BTreeMap<Id, usize>, at: usize, flow: &Flow| index.get(&flow.id) == Some(&at);
    for (at, flow) in new.iter().enumerate() {
        if !first(&new_index, at, flow) {
            continue;
        }
        let row = after.row(flow);
        pace.work(64 + 64 * row.parts.len() as u64).await;
        let Some(was) = old_index.get(&flow.id).and_then(|at| old.get(*at)) else {
            changes.push(FlowChange {
                flow: flow.id.clone(),
                before: None,
                after: Some(state(flow, &row)),
                moved: None,
                mbps_out: Moved::default(),
                mbps_in: Moved::default(),
            });
            continue;
        };
        let old_row = before.row(was);
        pace.work(64 + 64 * old_row.parts.len() as u64).await;
        changes.extend(compare((before, was, &old_row), (after, flow, &row), moved));
    }
    for (at, flow) in old.iter().enumerate() {
        if first(&old_index, at, flow) && !new_index.contains_key(&flow.id) {
            let row = before.row(flow);
            pace.work(64 + 64 * row.parts.len() as u64).await;
            changes.push(FlowChange {
                flow: flow.id.clone(),
                before: Some(state(flow, &row)),
                after: None,
                moved: None,
                mbps_out: Moved::default(),
                mbps_in: Moved::default(),
            });
        }
    }
    changes
}

fn state(flow: &Flow, row: &Row) -> FlowState {
    FlowState {
        verdict: row.verdict,
        direction: row.direction,
        site: row.site.clone(),
        out: each(row.parts.iter().map(|part| &part.out)),
        pools: each(row.parts.iter().map(|part| &part.pools)),
        back: each(row.parts.iter().map(|part| &part.back)),
        mbps_out: flow.mbps_out,
        mbps_in: flow.mbps_in,
    }
}

/// A flow in one of the worlds.
type Side<'a> = (&'a World, &'a Flow, &'a Row);

fn compare(before: Side<'_>, after: Side<'_>, moved: &BTreeMap<Id, MovedOut>) -> Option<FlowChange> {
    let (was, is) = (state(before.1, before.2), state(after.1, after.2));
    let (mut first, mut answer) =
        (over_parts(before.2, after.2, |part| &part.out), over_parts(before.2, after.2, |part| &part.back));
    let mut addresses = None;
    // Which exits a packet of ours leaves by depends on its site and destination alone, so that is known exactly.
    if let (Some(to), Some(site)) =
        (destinations(before, after), moved.get(&is.site).filter(|_| was.site == is.site))
    {
        let own = count(&to);
        let any = count(&to.intersection(&site.any));
        addresses = Some(any);
        first = if any.is_zero() {
            Moves::None
        } else if count(&to.intersection(&site.surely)) == own {
            Moves::All
        } else {
            Moves::Some
        };
        if answer == Moves::None && to.intersects(&site.back) {
            answer = Moves::Some;
        }
    }
    let (out, back) = match is.direction {
        Direction::Outbound => (first, answer),
        Direction::Inbound => (answer, first),
    };
    let unchanged = was.verdict == is.verdict
        && was.direction == is.direction
        && was.site == is.site
        && same(&was.out, &is.out)
        && same(&was.pools, &is.pools)
        && same(&was.back, &is.back)
        && out == Moves::None
        && back == Moves::None
        && (was.mbps_out, was.mbps_in) == (is.mbps_out, is.mbps_in);
    (!unchanged).then(|| FlowChange {
        flow: after.1.id.clone(),
        mbps_out: Moved::of(is.mbps_out, out),
        mbps_in: Moved::of(is.mbps_in, back),
        moved: addresses,
        before: Some(was),
        after: Some(is),
    })
}

/// The destinations of a flow that we begin, where they are the same in both plans.
fn destinations(before: Side<'_>, after: Side<'_>) -> Option<AddressSet> {
    let of = |(world, flow, _): Side<'_>| match &flow.ends {
        Ends::Outbound(ends) => Some(world.ground.far_end(ends.service.as_ref())),
        Ends::Inbound(_) => None,
    };
    let (was, is) = (of(before)?, of(after)?);
    (was == is).then_some(is)
}

fn count(set: &AddressSet) -> Count {
    let count = set.count();
    count.v4 + count.v6
}

/// What the parts of two rows tell of the exits: none change where all have the same, or the same shares of addresses
/// end alike; all change where no exit is the same; else some may.
fn over_parts(before: &Row, after: &Row, of: fn(&Part) -> &Vec<Id>) -> Moves {
    let (was, is) = (each(before.parts.iter().map(of)), each(after.parts.iter().map(of)));
    let ends = |row: &Row| {
        let mut ends = BTreeMap::new();
        for part in &row.parts {
            let end = (part.family, part.verdict, sorted(&part.out), sorted(&part.pools), sorted(&part.back));
            *ends.entry(end).or_insert(Share::ZERO) += part.share;
        }
        ends
    };
    let all_the_same = same(&was, &is) && before.parts.iter().chain(&after.parts).all(|part| same(of(part), &was));
    if all_the_same || alike(&ends(before), &ends(after)) {
        Moves::None
    } else if was.iter().all(|exit| !is.contains(exit)) {
        Moves::All
    } else {
        Moves::Some
    }
}

fn sorted(ids: &[Id]) -> Vec<Id> {
    let mut ids = ids.to_vec();
    crate::sort::up(&mut ids);
    ids
}
