//! The cut-over checklist: for each flow, and for each service from each site that no flow goes from, an address to
//! trace, the exit and the return that the plan predicts, and the hop to look for.

use crate::journey::{Direction, Part, Row, Verdict, World};
use crate::pace::{Pace, Phase};
use crate::plan::{Ends, Exit, Id, Link, ListId, Plan, Side, Text};
use crate::space::{Share, SpacePartition};
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
    let mut writer = Writer { world, pace, behind: plan.exits.iter().map(|_| None).collect(), checks: Vec::new() };
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
        writer.write(&whose, &row.parts).await;
    }
    for (done, service) in plan.services.iter().enumerate() {
        pace.at(Phase::Studying, done as u64, plan.services.len() as u64);
        for site in &plan.sites {
            if covered.contains(&(&service.id, &site.id)) {
                continue;
            }
            let whose =
                Whose { flow: None, service: Some(&service.id), direction: Direction::Outbound, site: &site.id };
            writer.write(&whose, &world.between(&site.id, &service.id)).await;
        }
    }
    writer.checks
}

/// Whose addresses are checked.
struct Whose<'a> {
    flow: Option<&'a Id>,
    service: Option<&'a Id>,
    direction: Direction,
    site: &'a Id,
}

/// Writes checks, and remembers what is behind each exit.
struct Writer<'a> {
    world: &'a World,
    pace: &'a Pace,
    /// By exit, once one of its checks was written.
    behind: Vec<Option<Behind>>,
    checks: Vec<Check>,
}

impl Writer<'_> {
    /// A check for each part.
    async fn write(&mut self, whose: &Whose<'_>, parts: &[Part]) {
        for part in parts {
            // Inbound, the far side begins, and what it meets first are our own exits.
            let far = if whose.direction == Direction::Inbound { part.from } else { part.to };
            let hops = self.hops(&part.out, far).await;
            self.checks.push(Check {
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
                hops,
            });
        }
        self.pace.work(64 + 64 * parts.len() as u64).await;
    }

    async fn hops(&mut self, out: &[Id], far: IpAddr) -> Vec<Hop> {
        let mut hops = Vec::new();
        let exits = &self.world.ground.plan().exits;
        for (exit, behind) in exits.iter().zip(&mut self.behind).filter(|(exit, _)| out.contains(&exit.id)) {
            let behind = match behind {
                Some(known) => known,
                None => behind.insert(Behind::of(self.world, exit, self.pace).await),
            };
            hops.extend(behind.hop(far).map(|(address, known_by)| Hop {
                exit: exit.id.clone(),
                address,
                known_by,
            }));
        }
        hops
    }
}

/// How the hop behind an exit is known.
enum Behind {
    /// Microsoft's addresses on the subnets of the exit's peering.
    Peering(Vec<IpAddr>),
    /// The next hops that the exit's routes say, and which of them the longest route around each address says.
    Routes(Vec<IpAddr>, SpacePartition<u32>),
}

/// No route says a next hop.
const NONE: u32 = u32::MAX;

impl Behind {
    async fn of(world: &World, exit: &Exit, pace: &Pace) -> Self {
        if let Some(subnets) = subnets(world.ground.plan(), exit) {
            return Self::Peering(super::reality::nets(subnets).into_iter().filter_map(microsofts).collect());
        }
        let mut routes = Vec::new();
        let lists = std::iter::once(ListId::Learned(exit.id.clone()))
            .chain(exit.learned_from.iter().map(|from| ListId::Source(from.source.clone())));
        for list in lists {
            let Some(reading) = world.ground.network.lists.get(&list) else { continue };
            let rows = super::reality::rows(reading);
            routes.extend(rows.filter_map(|(net, _, attributes, _)| Some((net, attributes.next_hop?))));
            pace.work(reading.entries_read as u64).await;
        }
        // Of routes alike the first one says it.
        routes.reverse();
        let mut hops: Vec<IpAddr> = routes.iter().map(|(_, hop)| *hop).collect();
        crate::sort::up(&mut hops);
        hops.dedup();
        let at = |hop: &IpAddr| hops.binary_search(hop).map_or(NONE, |at| at as u32);
        let at = SpacePartition::from_nets(NONE, routes.iter().map(|(net, hop)| (*net, at(hop))));
        Self::Routes(hops, at)
    }

    fn hop(&self, far: IpAddr) -> Option<(IpAddr, KnownBy)> {
        match self {
            Self::Peering(hops) => {
                let hop = hops.iter().find(|hop| hop.is_ipv4() == far.is_ipv4());
                hop.map(|hop| (*hop, KnownBy::PeeringSubnet))
            }
            Self::Routes(hops, at) => hops.get(at.lookup(far) as usize).map(|hop| (*hop, KnownBy::NextHop)),
        }
    }
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
