//! Step 1: the exits that a site chooses for a destination (domain rules 1 and 2).

use super::{Case, keep_least, lists::Line};
use ipnet::IpNet;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::net::IpAddr;
use twopath::plan::communities::{Area, area_of, needs_microsoft_365_authorisation, region_digits};
use twopath::plan::*;

/// A route that stands for the decision, with the values it is compared by.
#[derive(Debug)]
struct Candidate {
    exit: usize,
    prefix: IpNet,
    protocol: Protocol,
    weight: u32,
    local_preference: u32,
    as_path_length: u32,
    origin: Origin,
    med: u32,
    neighbour: Neighbour,
    ebgp: bool,
    cost: u32,
    distance: u8,
}

/// The AS that a route was learned from; where nothing tells, the exit stands for it.
#[derive(PartialEq, Eq, Debug)]
enum Neighbour {
    As(u32),
    Of(usize),
}

/// The prefix that matched, and the exits chosen, in the plan's order; several are a tie.
pub fn forward(case: &Case, site: &Id, destination: IpAddr) -> Option<(IpNet, Vec<usize>)> {
    let site = case.site(site)?;
    if case.is_site_dead(&site.id) {
        return None;
    }
    let covers = |line: &Line| line.prefix.contains(&destination);
    let mut standing: Vec<Candidate> =
        case.exits().flat_map(|exit| candidates(case, site, exit, covers)).collect();
    keep_least(&mut standing, |route| Reverse(route.prefix.prefix_len()));
    let prefix = standing.first()?.prefix;
    Some((prefix, winners(standing)))
}

/// The whole table of a site: each prefix with the exits that win it. What no longest match has looked at yet.
pub fn table(case: &Case, site: &Site) -> BTreeMap<IpNet, Vec<usize>> {
    let mut by_prefix: BTreeMap<IpNet, Vec<Candidate>> = BTreeMap::new();
    if !case.is_site_dead(&site.id) {
        for route in case.exits().flat_map(|exit| candidates(case, site, exit, |_| true)) {
            by_prefix.entry(route.prefix).or_default().push(route);
        }
    }
    by_prefix.into_iter().map(|(prefix, standing)| (prefix, winners(standing))).collect()
}

/// Of the routes of one prefix, the exits of those that win, in the plan's order.
fn winners(standing: Vec<Candidate>) -> Vec<usize> {
    let (bgp, mut winners): (Vec<_>, Vec<_>) =
        standing.into_iter().partition(|route| route.protocol == Protocol::Bgp);
    winners.extend(best_path(bgp));
    keep_least(&mut winners, |route| route.distance);
    let mut exits: Vec<usize> = winners.iter().map(|route| route.exit).collect();
    exits.sort_unstable();
    exits.dedup();
    exits
}

/// RFC 4271 9.1.2.2, with weight and local preference before it.
fn best_path(mut standing: Vec<Candidate>) -> Vec<Candidate> {
    keep_least(&mut standing, |route| Reverse(route.weight));
    keep_least(&mut standing, |route| Reverse(route.local_preference));
    keep_least(&mut standing, |route| route.as_path_length);
    keep_least(&mut standing, |route| route.origin);
    let beaten: Vec<bool> = standing
        .iter()
        .map(|route| standing.iter().any(|other| other.neighbour == route.neighbour && other.med < route.med))
        .collect();
    let mut beaten = beaten.into_iter();
    standing.retain(|_| beaten.next() == Some(false));
    keep_least(&mut standing, |route| !route.ebgp);
    keep_least(&mut standing, |route| route.cost);
    standing
}

/// The routes of an exit that are asked for, as the site sees them.
fn candidates(case: &Case, site: &Site, exit: usize, asked: impl Fn(&Line) -> bool) -> Vec<Candidate> {
    let ebgp = case.plan.exits[exit].site == site.id;
    let cost = site.costs.get(&case.plan.exits[exit].id).copied().or(ebgp.then_some(0));
    let Some(cost) = cost else { return Vec::new() };
    if !case.is_up(exit) || case.kind(exit) == Some(PeeringKind::Private) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (lines, stage) in case.learned(exit) {
        for line in lines.iter().filter(|line| asked(line)) {
            if is_received(case, exit, line, stage) {
                found.extend(candidate(case, site, exit, cost, ebgp, line));
            }
        }
    }
    found
}

/// What a route is compared by after the exit's incoming policy; none where that denies it.
fn candidate(case: &Case, site: &Site, exit: usize, cost: u32, ebgp: bool, line: &Line) -> Option<Candidate> {
    let plan = &case.plan.exits[exit];
    let said = &line.attributes;
    let set = match action(case, &plan.policy_in, Some(&site.id), line) {
        Some(Action::Deny) => return None,
        Some(Action::Accept(settings)) => settings.clone(),
        None => Settings::default(),
    };
    let own_distances = &case.plan.distances;
    let protocol = said.protocol.unwrap_or(Protocol::Bgp);
    let distance = said.distance.unwrap_or(match protocol {
        Protocol::Bgp if ebgp => own_distances.ebgp,
        Protocol::Bgp => own_distances.ibgp,
        Protocol::Static => own_distances.static_,
        Protocol::Igp => own_distances.igp,
    });
    let unsaid_neighbour = match &plan.link {
        Link::ExpressRoute(_) => Neighbour::As(MICROSOFT_ASN),
        Link::Internet(link) => link.provider_asn.map_or(Neighbour::Of(exit), Neighbour::As),
    };
    Some(Candidate {
        exit,
        prefix: line.prefix,
        protocol,
        weight: if ebgp { said.weight.or(set.weight).unwrap_or(0) } else { 0 },
        local_preference: said.local_preference.or(set.local_preference).or(plan.local_preference).unwrap_or(100),
        as_path_length: said.as_path.as_ref().map_or(1, AsPath::length)
            + set.prepend.unwrap_or(0)
            + case.prepends(exit),
        origin: said.origin.unwrap_or_default(),
        med: said.med.unwrap_or(0),
        neighbour: said.as_path.as_ref().and_then(AsPath::neighbour).map_or(unsaid_neighbour, Neighbour::As),
        ebgp,
        cost,
        distance,
    })
}

/// What the first policy that matches does with a route.
pub fn action<'p>(case: &Case, policies: &'p [Policy], site: Option<&Id>, line: &Line) -> Option<&'p Action> {
    let matches = |policy: &&Policy| {
        let here = policy.sites.is_empty() || site.is_some_and(|site| policy.sites.contains(site));
        let prefix = policy.prefixes.is_empty()
            || case.lists.of(&policy.prefixes).iter().any(|pattern| fits(pattern, line.prefix));
        let community = policy.communities.is_empty()
            || policy.communities.iter().any(|community| line.attributes.communities.contains(community));
        here && prefix && community
    };
    policies.iter().find(matches).map(|policy| &policy.action)
}

/// A pattern matches its prefix and all more specific ones, unless `ge` or `le` say otherwise.
fn fits(pattern: &Line, prefix: IpNet) -> bool {
    let shortest = pattern.attributes.ge.unwrap_or(pattern.prefix.prefix_len());
    let longest = pattern.attributes.le.unwrap_or(pattern.prefix.max_prefix_len());
    pattern.prefix.contains(&prefix) && (shortest..=longest).contains(&prefix.prefix_len())
}

/// Whether Microsoft sends a route: the route filter, Microsoft 365's authorisation, the SKU's regions.
fn is_received(case: &Case, exit: usize, line: &Line, stage: Stage) -> bool {
    if case.is_internet(exit) {
        return true;
    }
    if line.prefix.prefix_len() == 0 {
        return false;
    }
    if stage == Stage::Received {
        return true;
    }
    if case.kind(exit) == Some(PeeringKind::LegacyPublic) {
        return true;
    }
    let (Some(circuit), Some(peering)) = (case.circuit(exit), case.peering(exit)) else { return false };
    let Some(filter) = peering.route_filter.as_ref().filter(|filter| !filter.is_empty()) else { return false };
    let marks: Vec<Community> = line
        .attributes
        .communities
        .iter()
        .copied()
        .filter(|community| u32::from(community.asn) == MICROSOFT_ASN)
        .collect();
    if marks.is_empty() {
        return true;
    }
    // The SKU asks for the regions that the route belongs to, the filter and Microsoft 365 for one mark that passes.
    let regions: Vec<u16> = marks.iter().filter_map(|mark| region_digits(*mark)).collect();
    let in_reach = regions.is_empty() || regions.iter().any(|region| reaches(circuit, *region));
    let authorised = circuit.sku == Sku::Premium && circuit.microsoft_365_authorised;
    let passes =
        |mark: &Community| filter.contains(mark) && (authorised || !needs_microsoft_365_authorisation(*mark));
    in_reach && marks.iter().any(passes)
}

/// Whether a circuit's SKU reaches a region; where that can't be told, it does.
fn reaches(circuit: &Circuit, region: u16) -> bool {
    let local = &circuit.local_regions;
    let areas: Vec<Area> = local.iter().filter_map(|region| area_of(*region)).collect();
    match circuit.sku {
        Sku::Premium => true,
        Sku::Local => local.is_empty() || local.contains(&region),
        Sku::Standard => areas.is_empty() || area_of(region).is_none_or(|area| areas.contains(&area)),
    }
}
