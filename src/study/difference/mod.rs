//! Difference: what changes from one plan to another.
//!
//! Plans are compared by what their parts are called, never by their order: a site, exit, pool or flow is the same
//! where its identifier is. Every address of every site that both plans have is compared, none is sampled.

mod back;
mod change;
mod flows;
mod lists;
mod view;

pub use back::BackChange;
pub use change::{Change, Move, SiteTotals, State, What};
pub use flows::{FlowChange, FlowState, Moved};
pub use lists::{ListDifference, SetDifference};
pub use view::{PartChange, PartKind, Rows, Show, Summary, View, Window};

use super::MAX_ROWS;
use super::coverage::Tags;
use crate::journey::World;
use crate::pace::{Pace, Phase};
use crate::plan::{Id, Plan};
use crate::space::AddressSet;
use back::BackChanges;
pub(crate) use change::told_apart;
use change::{SiteChanges, classes};
use flows::MovedOut;
use ipnet::IpNet;
use std::collections::BTreeMap;

/// What differs between two plans.
#[derive(Clone, Debug)]
pub struct Difference {
    summary: Summary,
    changes: Vec<Change>,
    sets: Vec<AddressSet>,
    flows: Vec<FlowChange>,
    back: BackChanges,
}

impl Difference {
    /// Works it out, in steps.
    pub async fn new(before: &World, after: &World, pace: &Pace) -> Self {
        let (old, new) = (before.ground.plan(), after.ground.plan());
        let (old_tags, new_tags) = (Tags::new(before, pace).await, Tags::new(after, pace).await);
        let mut found = Self {
            summary: Summary {
                parts: parts(old, new),
                sites: Vec::new(),
                changes: 0,
                back: 0,
                flows: 0,
                verdicts: 0,
                mbps_out: Moved::default(),
                mbps_in: Moved::default(),
            },
            changes: Vec::new(),
            sets: Vec::new(),
            flows: Vec::new(),
            back: BackChanges::default(),
        };
        let mut moved: BTreeMap<Id, MovedOut> = BTreeMap::new();
        let all = new.sites.len() as u64 + 1;
        for (done, site) in new.sites.iter().enumerate() {
            pace.at(Phase::Studying, done as u64, all);
            if moved.contains_key(&site.id) {
                continue;
            }
            let Some(was) = classes(before, &site.id, &old_tags, pace).await else { continue };
            let Some(is) = classes(after, &site.id, &new_tags, pace).await else { continue };
            let own = SiteChanges::new(&site.id, &was, &is, pace).await;
            moved.insert(site.id.clone(), moved_out(&own));
            found.add(own);
        }
        pace.at(Phase::Studying, all - 1, all);
        found.flows = flows::flows(before, after, &moved, pace).await;
        found.back = BackChanges::new(before, after, pace).await;
        found.sum();
        found
    }

    fn add(&mut self, own: SiteChanges) {
        for mut change in own.changes {
            change.change = self.changes.len() as u32;
            self.changes.push(change);
        }
        self.sets.extend(own.sets);
        self.summary.sites.extend(own.totals);
    }

    fn sum(&mut self) {
        let summary = &mut self.summary;
        summary.changes = self.changes.len() as u32;
        summary.back = self.back.changes.len() as u32;
        summary.flows = self.flows.len() as u32;
        let verdict = |change: &&FlowChange| match (&change.before, &change.after) {
            (Some(before), Some(after)) => before.verdict != after.verdict,
            _ => false,
        };
        summary.verdicts = self.flows.iter().filter(verdict).count() as u32;
        for flow in &self.flows {
            summary.mbps_out = summary.mbps_out.plus(flow.mbps_out);
            summary.mbps_in = summary.mbps_in.plus(flow.mbps_in);
        }
    }

    /// The difference in short.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Whether nothing differs that this study compares.
    pub fn is_empty(&self) -> bool {
        self.summary.parts.is_empty()
            && self.changes.is_empty()
            && self.flows.is_empty()
            && self.back.changes.is_empty()
    }

    /// Destinations that fare otherwise: site by site, at each what gets worse first.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The addresses of a change, by its number.
    pub fn addresses(&self, change: u32) -> Option<&AddressSet> {
        self.sets.get(change as usize)
    }

    /// Flows that fare otherwise: in the order of the plan after, then those that are gone.
    pub fn flows(&self) -> &[FlowChange] {
        &self.flows
    }

    /// Addresses of ours that are sent to another way.
    pub fn back(&self) -> &[BackChange] {
        &self.back.changes
    }

    /// The addresses of a change of a way back, by its number.
    pub fn back_addresses(&self, change: u32) -> Option<&AddressSet> {
        self.back.sets.get(change as usize)
    }

    /// What a view shows.
    pub fn window(&self, view: View) -> Window {
        let (from, count) = (view.from as usize, view.count.min(MAX_ROWS) as usize);
        let total = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let nets = |set: Option<&AddressSet>| -> Vec<String> {
            let nets = set.into_iter().flat_map(|set| set.nets());
            nets.skip(from).take(count).map(|net: IpNet| net.to_string()).collect()
        };
        let (mut shown_change, mut shown_back) = (None, None);
        let (total, rows) = match &view.show {
            Show::Changes => {
                let of_site = |change: &&Change| view.site.as_ref().is_none_or(|site| *site == change.site);
                let own = self.changes.iter().filter(of_site);
                let rows = own.clone().skip(from).take(count).cloned().collect();
                (own.count() as u32, Rows::Changes(rows))
            }
            Show::Change(number) => {
                shown_change = self.changes.get(*number as usize).cloned();
                let all = shown_change.as_ref().map_or(0, |change| total(change.prefixes));
                (all, Rows::Prefixes(nets(self.addresses(*number))))
            }
            Show::Flows => {
                let rows = self.flows.iter().skip(from).take(count).cloned().collect();
                (self.flows.len() as u32, Rows::Flows(rows))
            }
            Show::Back => {
                let rows = self.back.changes.iter().skip(from).take(count).cloned().collect();
                (self.back.changes.len() as u32, Rows::Back(rows))
            }
            Show::BackChange(number) => {
                shown_back = self.back.changes.get(*number as usize).cloned();
                let all = shown_back.as_ref().map_or(0, |change| total(change.prefixes));
                (all, Rows::Prefixes(nets(self.back_addresses(*number))))
            }
        };
        Window { view, summary: self.summary.clone(), change: shown_change, back: shown_back, total, rows }
    }
}

/// The addresses at a site that are left for by other exits, or may be answered by others.
fn moved_out(own: &SiteChanges) -> MovedOut {
    let mut moved = MovedOut::default();
    for (change, set) in own.changes.iter().zip(&own.sets) {
        if change.what.contains(&What::Exits) {
            moved.any = moved.any.union(set);
            if change.before.out.iter().all(|exit| !change.after.out.contains(exit)) {
                moved.surely = moved.surely.union(set);
            }
        }
        if !change.answers_alike() {
            moved.back = moved.back.union(set);
        }
    }
    moved
}

/// The parts that only one of the plans has.
fn parts(before: &Plan, after: &Plan) -> Vec<PartChange> {
    fn ids<T>(parts: &[T], id: fn(&T) -> &Id) -> Vec<&Id> {
        parts.iter().map(id).collect()
    }
    type Kind = (PartKind, fn(&Plan) -> Vec<&Id>);
    let kinds: [Kind; 8] = [
        (PartKind::Site, |plan| ids(&plan.sites, |part| &part.id)),
        (PartKind::Circuit, |plan| ids(&plan.circuits, |part| &part.id)),
        (PartKind::Exit, |plan| ids(&plan.exits, |part| &part.id)),
        (PartKind::Device, |plan| ids(&plan.devices, |part| &part.id)),
        (PartKind::Pool, |plan| ids(&plan.pools, |part| &part.id)),
        (PartKind::Service, |plan| ids(&plan.services, |part| &part.id)),
        (PartKind::Published, |plan| ids(&plan.published, |part| &part.id)),
        (PartKind::Flow, |plan| ids(&plan.flows, |part| &part.id)),
    ];
    let mut changes = Vec::new();
    for (kind, of) in kinds {
        let (was, is) = (of(before), of(after));
        let change = |id: &&Id, added| PartChange { kind, id: (*id).clone(), added };
        let only = |these: &[&Id], others: &[&Id], added| -> Vec<PartChange> {
            let others: std::collections::BTreeSet<&Id> = others.iter().copied().collect();
            these.iter().filter(|id| !others.contains(**id)).map(|id| change(id, added)).collect()
        };
        changes.extend(only(&is, &was, true));
        changes.extend(only(&was, &is, false));
    }
    changes
}
