//! Plan against reality: what Microsoft's route table and our router's say, beside what the plan predicts.

use crate::intake::{Choice, Kind, Mark, Reading, Via};
use crate::journey::World;
use crate::plan::{Attributes, Circuit, Exit, Id, Link, MICROSOFT_ASN, PeeringKind, Plan, Text};
use crate::routing::Refused;
use ipnet::IpNet;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// How reality differs from the plan.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Reality {
    /// What Microsoft's table says of our advertisements; absent where no such table was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub microsoft: Option<Advertisements>,
    /// What our router's table says of its choices; absent where no such table was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub router: Option<Choices>,
}

impl Reality {
    /// Whether nothing differs from the plan.
    pub fn is_as_planned(&self) -> bool {
        let accepted = |found: &Advertisements| found.missing.is_empty() && found.unplanned.is_empty();
        let chosen =
            |found: &Choices| found.unused.is_empty() && found.other.is_empty() && found.not_learned.is_empty();
        self.microsoft.as_ref().is_none_or(accepted) && self.router.as_ref().is_none_or(chosen)
    }
}

/// Our advertisements in Microsoft's table.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Advertisements {
    /// How many prefixes are there as the plan predicts.
    pub as_planned: u32,
    /// Advertised by the plan, and not there.
    pub missing: Vec<Missing>,
    /// There, and not predicted.
    pub unplanned: Vec<Unplanned>,
}

/// A prefix that the plan advertises and Microsoft's table lacks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Missing {
    /// The prefix.
    pub prefix: IpNet,
    /// The exits that the plan advertises it over.
    pub exits: Vec<Id>,
    /// Why the plan too predicts that it isn't accepted; absent: the plan predicts that it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predicted: Option<Refused>,
    /// A shorter prefix of ours that is there and covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covered_by: Option<IpNet>,
}

/// A prefix of ours in Microsoft's table that the plan doesn't predict.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Unplanned {
    /// The prefix.
    pub prefix: IpNet,
    /// Why the plan predicts that it isn't accepted; absent: the plan doesn't advertise it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
    /// A shorter prefix that the plan advertises and that covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<IpNet>,
    /// The exits of other circuits that the plan advertises it over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<Id>,
    /// Where it stands in Microsoft's table, in bytes.
    pub at: u32,
}

/// The choices of our router.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Choices {
    /// For how many prefixes the router chose as the plan does.
    pub as_planned: u32,
    /// Learned over ExpressRoute, and not used for its prefix.
    pub unused: Vec<Chosen>,
    /// Another best path than the plan's.
    pub other: Vec<Chosen>,
    /// Prefixes that the plan says are learned over ExpressRoute, and that the router doesn't have.
    pub not_learned: Vec<IpNet>,
    /// How many prefixes' next hops lead to no exit that the plan knows.
    pub unknown: u32,
}

/// A prefix with the router's choice and the plan's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Chosen {
    /// The prefix.
    pub prefix: IpNet,
    /// The exits that the router's choice may lead to; none: to none that the plan knows.
    pub router: Vec<Id>,
    /// The exits that the plan chooses.
    pub plan: Vec<Id>,
    /// Where it stands in the router's table, in bytes.
    pub at: u32,
}

/// Compares the plan with the tables, as seen from a site by its index.
pub fn reality(world: &World, site: usize, microsoft: Option<&Reading>, router: Option<&Reading>) -> Reality {
    Reality {
        microsoft: microsoft.map(|reading| advertisements(world, reading)),
        router: router.map(|reading| choices(world, site, reading)),
    }
}

/// The rows of a reading: prefix, place, attributes, mark.
pub(super) fn rows(reading: &Reading) -> impl Iterator<Item = (IpNet, u32, &Attributes, Mark)> {
    let v4 = reading.v4.iter().enumerate().map(|(nth, entry)| {
        (IpNet::from(entry.prefix), entry.at, reading.attributes_of(entry), reading.mark_v4(nth))
    });
    let v6 = reading.v6.iter().enumerate().map(|(nth, entry)| {
        (IpNet::from(entry.prefix), entry.at, reading.attributes_of(entry), reading.mark_v6(nth))
    });
    v4.chain(v6)
}

/// The prefixes of a plain list.
pub(super) fn nets(text: &Text) -> Vec<IpNet> {
    let reading = crate::intake::read(text.as_str(), Some(crate::intake::Format::Plain));
    rows(&reading).map(|(net, ..)| net).collect()
}

fn is_microsoft_peering(exit: &Exit) -> bool {
    matches!(&exit.link, Link::ExpressRoute(link) if link.peering == PeeringKind::Microsoft)
}

fn circuit_of(exit: &Exit) -> Option<&Id> {
    let Link::ExpressRoute(link) = &exit.link else { return None };
    Some(&link.circuit)
}

/// The circuits whose table has these next hops: ours on the subnets of their Microsoft peerings. A table is of one
/// circuit, and what another one advertises isn't missing from it. None: the table doesn't tell, so it may be of any.
fn circuits_of<'a>(plan: &'a Plan, hops: &BTreeSet<IpAddr>) -> BTreeSet<&'a Id> {
    let meets = |circuit: &&Circuit| {
        let Some(peering) = circuit.peering(PeeringKind::Microsoft) else { return false };
        // Either link's, also where the plan draws an exit for one alone.
        let mut subnets = [&peering.primary_subnets, &peering.secondary_subnets].into_iter().flat_map(nets);
        subnets.any(|net| hops.iter().any(|hop| net.contains(hop)))
    };
    plan.circuits.iter().filter(meets).map(|circuit| &circuit.id).collect()
}

fn cover(nets: &BTreeSet<IpNet>, net: IpNet) -> Option<IpNet> {
    let shorter = (0..net.prefix_len()).rev().filter_map(|length| IpNet::new(net.addr(), length).ok());
    shorter.map(|above| above.trunc()).find(|above| nets.contains(above))
}

fn advertisements(world: &World, reading: &Reading) -> Advertisements {
    // Of Microsoft's own rows nothing is ours; a list of another kind has nothing else.
    let ours = |mark: Mark| reading.kind != Kind::Accepted || mark.via == Some(Via::External);
    // Of several rows of one prefix the first stands for all.
    let mut there: BTreeMap<IpNet, u32> = BTreeMap::new();
    let mut hops: BTreeSet<IpAddr> = BTreeSet::new();
    for (net, at, attributes, _) in rows(reading).filter(|(.., mark)| ours(*mark)) {
        there.entry(net).or_insert(at);
        hops.extend(attributes.next_hop);
    }
    let shown: BTreeSet<IpNet> = there.keys().copied().collect();
    let network = &world.ground.network;
    let mut planned: BTreeMap<IpNet, (Vec<Id>, Option<Refused>)> = BTreeMap::new();
    let circuits = circuits_of(&network.plan, &hops);
    let (here, others): (Vec<_>, Vec<_>) = network
        .plan
        .exits
        .iter()
        .zip(&network.advertised)
        .filter(|(exit, _)| is_microsoft_peering(exit))
        .partition(|(exit, _)| circuits.is_empty() || circuit_of(exit).is_some_and(|id| circuits.contains(id)));
    for (exit, sent) in here {
        let accepted = sent.v4.iter().map(|one| IpNet::from(one.prefix));
        for net in accepted.chain(sent.v6.iter().map(|one| IpNet::from(one.prefix))) {
            let entry = planned.entry(net).or_default();
            entry.0.push(exit.id.clone());
            // Taken over one link it is there, whatever the other does.
            entry.1 = None;
        }
        if sent.over_limit(exit).is_some()
            && let Some(list) = network.lists.get(&crate::plan::ListId::Advertised(exit.id.clone()))
        {
            for (net, ..) in rows(list) {
                let new = !planned.contains_key(&net);
                let entry = planned.entry(net).or_default();
                entry.0.push(exit.id.clone());
                if new {
                    entry.1 = Some(Refused::SessionDown);
                }
            }
            continue;
        }
        for refusal in &sent.refused {
            let Ok(net) = refusal.prefix.parse::<IpNet>() else { continue };
            let new = !planned.contains_key(&net);
            let entry = planned.entry(net).or_default();
            entry.0.push(exit.id.clone());
            if new {
                entry.1 = Some(refusal.why);
            }
        }
    }
    let mut elsewhere: BTreeMap<IpNet, Vec<Id>> = BTreeMap::new();
    for (exit, sent) in others {
        let v4 = sent.v4.iter().map(|one| IpNet::from(one.prefix));
        for net in v4.chain(sent.v6.iter().map(|one| IpNet::from(one.prefix))) {
            elsewhere.entry(net).or_default().push(exit.id.clone());
        }
    }
    let advertised: BTreeSet<IpNet> = planned.keys().copied().collect();
    let mut found = Advertisements::default();
    for (net, (exits, refused)) in &planned {
        match (shown.contains(net), refused) {
            (true, None) => found.as_planned += 1,
            (true, Some(_)) => {}
            (false, refused) => found.missing.push(Missing {
                prefix: *net,
                exits: exits.clone(),
                predicted: *refused,
                covered_by: cover(&shown, *net),
            }),
        }
    }
    for (net, at) in &there {
        let refused = planned.get(net).map(|(_, refused)| *refused);
        if refused != Some(None) {
            let (refused, within) = (refused.flatten(), cover(&advertised, *net));
            let elsewhere = elsewhere.get(net).cloned().unwrap_or_default();
            found.unplanned.push(Unplanned { prefix: *net, refused, within, elsewhere, at: *at });
        }
    }
    found
}

/// The exits that a row of a table may lead to, by their places in the plan, and where the row stands.
type Led = (Vec<usize>, u32);

/// Leads rows of a router's table to exits.
struct Leads<'a> {
    exits: &'a [Exit],
    subnets: Vec<Vec<IpNet>>,
}

impl Leads<'_> {
    /// The exits that a row may lead to, by their places.
    fn of(&self, attributes: &Attributes) -> Vec<usize> {
        let all = || self.exits.iter().enumerate();
        if let Some(hop) = attributes.next_hop {
            let by_hop: Vec<usize> = all()
                .filter(|(index, _)| {
                    self.subnets.get(*index).is_some_and(|nets| nets.iter().any(|net| net.contains(&hop)))
                })
                .map(|(index, _)| index)
                .collect();
            if !by_hop.is_empty() {
                return by_hop;
            }
        }
        let Some(asn) = attributes.as_path.as_ref().and_then(|path| path.neighbour()) else { return Vec::new() };
        let of_as = |exit: &Exit| match &exit.link {
            Link::ExpressRoute(_) => asn == MICROSOFT_ASN,
            Link::Internet(link) => link.provider_asn == Some(asn),
        };
        all().filter(|(_, exit)| of_as(exit)).map(|(index, _)| index).collect()
    }
}

fn choices(world: &World, site: usize, reading: &Reading) -> Choices {
    let plan = world.ground.plan();
    let subnets =
        plan.exits.iter().map(|exit| super::checklist::subnets(plan, exit).map(nets).unwrap_or_default());
    let leads = Leads { exits: &plan.exits, subnets: subnets.collect() };
    let ids = |places: &[usize]| -> Vec<Id> {
        places.iter().filter_map(|place| plan.exits.get(*place)).map(|exit| exit.id.clone()).collect()
    };
    let express = |places: &[usize]| {
        !places.is_empty()
            && places
                .iter()
                .all(|place| plan.exits.get(*place).is_some_and(|exit| matches!(exit.link, Link::ExpressRoute(_))))
    };
    // Each prefix with the rows that are in use, and with those that aren't.
    let mut by_prefix: BTreeMap<IpNet, (Vec<Led>, Vec<Led>)> = BTreeMap::new();
    for (net, at, attributes, mark) in rows(reading) {
        if matches!(mark.via, Some(Via::Own | Via::Connected)) || mark.choice == Some(Choice::Unusable) {
            continue;
        }
        let (used, unused) = by_prefix.entry(net).or_default();
        let row = (leads.of(attributes), at);
        // A routing table without marks holds nothing but what is in use.
        match mark.choice {
            None | Some(Choice::Best | Choice::Multipath) => used.push(row),
            Some(_) => unused.push(row),
        }
    }
    let mut found = Choices::default();
    for (net, (used, unused)) in &by_prefix {
        let router: BTreeSet<usize> = used.iter().flat_map(|(places, _)| places).copied().collect();
        let router: Vec<usize> = router.into_iter().collect();
        let chosen = world.lookup(site, net.addr()).map(|(_, exits)| world.exit_ids(exits)).unwrap_or_default();
        let at = used.first().or(unused.first()).map_or(0, |(_, at)| *at);
        let one = || Chosen { prefix: *net, router: ids(&router), plan: chosen.clone(), at };
        if !express(&router)
            && let Some((_, at)) = unused.iter().find(|(places, _)| express(places))
        {
            found.unused.push(Chosen { at: *at, ..one() });
            continue;
        }
        if router.is_empty() {
            found.unknown += 1;
            continue;
        }
        // What the plan chooses must be among what the router's choice may lead to.
        let same = !chosen.is_empty() && chosen.iter().all(|exit| ids(&router).contains(exit));
        if same { found.as_planned += 1 } else { found.other.push(one()) }
    }
    // What the plan not only lists but takes: filter, SKU and policies have their say in that.
    let lists = &world.ground.network.lists;
    let taken = |net: IpNet, exit: usize| {
        world.lookup(site, net.addr()).is_some_and(|(matched, exits)| matched == net && exits.contains(exit))
    };
    let mut said: BTreeSet<IpNet> = BTreeSet::new();
    for (index, exit) in plan.exits.iter().enumerate() {
        if matches!(exit.link, Link::ExpressRoute(_))
            && let Some(learned) = lists.get(&crate::plan::ListId::Learned(exit.id.clone()))
        {
            said.extend(rows(learned).map(|(net, ..)| net).filter(|net| taken(*net, index)));
        }
    }
    found.not_learned = said.into_iter().filter(|net| !by_prefix.contains_key(net)).collect();
    found
}
