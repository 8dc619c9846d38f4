//! The cut-over checklist: for each flow, and for each service from each site that no flow goes from, an address to
//! trace, the exit and the return that the plan predicts, and the hop to look for.

use crate::journey::{Direction, Part, Row, Verdict, World};
use crate::pace::{Pace, Phase};
use crate::plan::{Ends, Exit, Id, Link, ListId, Plan, Side, Text};
use crate::space::Share;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::collections::HashSet;
use std::net::IpAddr;

/// One thing to check.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Check {
    /// The flow; absent: none of the catalogue goes from this site to this service.
    pub flow: Option<Id>,
    /// The service at the far side; absent: everywhere.
    pub service: Option<Id>,
    /// Who begins.
    pub direction: Direction,
    /// Our site.
    pub site: Id,
    /// The source of the first packet.
    pub from: IpAddr,
    /// The address to trace: the destination of the first packet.
    pub to: IpAddr,
    /// How it ends by the plan.
    pub verdict: Verdict,
    /// The share of the flow's addresses that this one stands for.
    pub share: Share,
    /// The exits that it leaves by (inbound: comes in by); several are a tie.
    pub out: Vec<Id>,
    /// The exits that the answer returns by.
    pub back: Vec<Id>,
    /// The pools that our side is translated to.
    pub pools: Vec<Id>,
    /// The hops to look for, one for each exit of the first packet of which the plan knows it.
    pub hops: Vec<Hop>,
}

/// A hop that a trace shows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Hop {
    /// The exit that it stands for.
    pub exit: Id,
    /// Its address.
    pub address: IpAddr,
    /// How the plan knows it.
    pub known_by: KnownBy,
}

/// How a plan knows a hop.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KnownBy {
    /// It is Microsoft's address on the peering's subnet, the second usable one (Microsoft: routing requirements).
    PeeringSubnet,
    /// It is the next hop of the route that the exit learned.
    NextHop,
}

/// A check for each flow and each fate of its addresses, in the order of the rows; behind them the same for each service
/// from each site, in the order of the plan, where no flow goes from the one to the other. In steps.
pub async fn checklist(world: &World, rows: &[Row], pace: &Pace) -> Vec<Check> {
    let plan = world.ground.plan();
    let mut checks = Vec::new();
    let mut covered = HashSet::new();
    for row in rows {
        let flow = plan.flows.iter().find(|flow| flow.id == row.flow);
        let service = flow.and_then(|flow| match &flow.ends {
            Ends::Outbound(out) => out.service.as_ref(),
            Ends::Inbound(inbound) => inbound.from.as_ref(),
        });
        if let (Direction::Outbound, Some(service)) = (row.direction, service) {
            covered.insert((service, &row.site));
        }
        let whose = Whose { flow: Some(&row.flow), service, direction: row.direction, site: &row.site };
        checks.extend(row.parts.iter().map(|part| check(world, &whose, part)));
        pace.work(16 * row.parts.len() as u64).await;
    }
    for (done, service) in plan.services.iter().enumerate() {
        pace.at(Phase::Studying, done as u64, plan.services.len() as u64);
        for site in &plan.sites {
            if covered.contains(&(&service.id, &site.id)) {
                continue;
            }
            let whose =
                Whose { flow: None, service: Some(&service.id), direction: Direction::Outbound, site: &site.id };
            let parts = world.between(&site.id, &service.id);
            pace.work(64 + 64 * parts.len() as u64).await;
            checks.extend(parts.iter().map(|part| check(world, &whose, part)));
        }
    }
    checks
}

/// Whose addresses are checked.
struct Whose<'a> {
    flow: Option<&'a Id>,
    service: Option<&'a Id>,
    direction: Direction,
    site: &'a Id,
}

fn check(world: &World, whose: &Whose, part: &Part) -> Check {
    let plan = world.ground.plan();
    // Inbound, the far side begins, and what it meets first are our own exits.
    let far = if whose.direction == Direction::Inbound { part.from } else { part.to };
    let exits = part.out.iter().filter_map(|id| plan.exits.iter().find(|exit| exit.id == *id));
    Check {
        flow: whose.flow.cloned(),
        service: whose.service.cloned(),
        direction: whose.direction,
        site: whose.site.clone(),
        from: part.from,
        to: part.to,
        verdict: part.verdict,
        share: part.share,
        out: part.out.clone(),
        back: part.back.clone(),
        pools: part.pools.clone(),
        hops: exits.filter_map(|exit| hop(world, plan, exit, far)).collect(),
    }
}

fn hop(world: &World, plan: &Plan, exit: &Exit, far: IpAddr) -> Option<Hop> {
    let known = |address: IpAddr, known_by: KnownBy| Hop { exit: exit.id.clone(), address, known_by };
    if let Some(subnets) = subnets(plan, exit) {
        let mut nets =
            super::reality::nets(subnets).into_iter().filter(|net| net.addr().is_ipv4() == far.is_ipv4());
        return nets.find_map(microsofts).map(|address| known(address, KnownBy::PeeringSubnet));
    }
    // The longest route of the exit to it that says a next hop.
    let mut best: Option<(u8, IpAddr)> = None;
    let lists = std::iter::once(ListId::Learned(exit.id.clone()))
        .chain(exit.learned_from.iter().map(|from| ListId::Source(from.source.clone())));
    for list in lists {
        let Some(reading) = world.ground.network.lists.get(&list) else { continue };
        for (net, _, attributes, _) in super::reality::rows(reading) {
            if let Some(next) = attributes.next_hop
                && net.contains(&far)
                && best.is_none_or(|(length, _)| net.prefix_len() > length)
            {
                best = Some((net.prefix_len(), next));
            }
        }
    }
    best.map(|(_, address)| known(address, KnownBy::NextHop))
}

/// The subnets of the link of an ExpressRoute exit.
pub(super) fn subnets<'a>(plan: &'a Plan, exit: &Exit) -> Option<&'a Text> {
    let Link::ExpressRoute(link) = &exit.link else { return None };
    let circuit = plan.circuits.iter().find(|circuit| circuit.id == link.circuit)?;
    let peering = circuit.peering(link.peering)?;
    Some(match link.side {
        Side::Primary => &peering.primary_subnets,
        Side::Secondary => &peering.secondary_subnets,
    })
}

/// Microsoft's address on a /30 or /126: the second usable one.
fn microsofts(net: ipnet::IpNet) -> Option<IpAddr> {
    match net {
        ipnet::IpNet::V4(net) if net.prefix_len() == 30 => {
            net.network().to_bits().checked_add(2).map(|bits| std::net::Ipv4Addr::from(bits).into())
        }
        ipnet::IpNet::V6(net) if net.prefix_len() == 126 => {
            net.network().to_bits().checked_add(2).map(|bits| std::net::Ipv6Addr::from(bits).into())
        }
        _ => None,
    }
}
