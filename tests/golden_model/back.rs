//! Step 4: the way that the far side takes to an address of ours (domain rules 0 and 3 to 6).

use super::judge::Assumed;
use super::{Case, keep_least};
use std::cmp::Reverse;
use std::net::IpAddr;
use twopath::plan::*;
use twopath::routing::FarSide;

/// A far address, and the side that it lies on.
#[derive(Copy, Clone, Debug)]
pub struct Far {
    pub address: IpAddr,
    pub side: FarSide,
}

impl Far {
    pub fn new(case: &Case, address: IpAddr) -> Self {
        Self { address, side: case.far_side(address) }
    }
}

/// Someone who attracts the address.
#[derive(Clone, Debug)]
struct Candidate {
    by: By,
    express_route: bool,
    prefix_length: u8,
    as_path_length: u32,
}

/// Where a candidate leads to.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum By {
    /// In by this exit.
    Exit(usize),
    /// To a provider none of whose links is up, or in by an exit that is dead inside.
    Lost,
}

/// Where the answer of a far address may come in: several are a tie, none a black hole.
///
/// `out` is the exit by which the packet left that is answered; none for a packet that the far side begins with.
pub fn back(case: &Case, far: Far, ours: IpAddr, out: Option<usize>, assumed: Assumed) -> Vec<By> {
    let mut standing = internet(case, ours, assumed);
    if far.side == FarSide::Microsoft {
        if let Some(out) = out.filter(|out| is_sticky(case, *out)) {
            return vec![By::Exit(out)];
        }
        let express_route = express_route(case, far.address, ours, assumed);
        standing = microsofts_choice(standing, express_route, out, assumed);
    } else {
        keep_least(&mut standing, |one| Reverse(one.prefix_length));
    }
    let mut found: Vec<By> = standing.into_iter().map(|one| one.by).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn microsofts_choice(
    internet: Vec<Candidate>,
    express_route: Vec<Candidate>,
    out: Option<usize>,
    assumed: Assumed,
) -> Vec<Candidate> {
    let mut standing = internet;
    if let Some(longest) = express_route.iter().map(|one| one.prefix_length).max()
        && assumed.more_specific_internet == MoreSpecificInternet::ExpressRoute
    {
        standing.retain(|one| one.prefix_length <= longest);
    }
    standing.extend(express_route);
    keep_least(&mut standing, |one| Reverse(one.prefix_length));

    let shortest = |express_route| {
        let lengths = standing.iter().filter(|one| one.express_route == express_route);
        lengths.map(|one| one.as_path_length).min()
    };
    let internet_wins = match (shortest(false), shortest(true)) {
        (Some(internet), Some(express_route)) => {
            assumed.prepends_across == PrependsAcross::Counted && internet < express_route
        }
        (_, None) => true,
        (None, _) => false,
    };
    standing.retain(|one| one.express_route != internet_wins);
    if internet_wins {
        return standing;
    }
    keep_least(&mut standing, |one| one.as_path_length);
    if assumed.equal_express_route == EqualExpressRoute::SameAsOut
        && let Some(out) = out
        && standing.iter().any(|one| one.by == By::Exit(out))
    {
        standing.retain(|one| one.by == By::Exit(out));
    }
    standing
}

/// Internet advertisements, and what providers originate for us.
fn internet(case: &Case, ours: IpAddr, assumed: Assumed) -> Vec<Candidate> {
    let mut found = Vec::new();
    for exit in case.exits().filter(|exit| case.is_internet(*exit) && case.advertises(*exit)) {
        found.extend(attracts(case, exit, ours, assumed));
    }
    for block in &case.plan.provider_covered {
        let leads_to = |exit: &usize| {
            let id = &case.plan.exits[*exit].id;
            block.exits.contains(id) && case.is_internet(*exit) && case.advertises(*exit)
        };
        let mut leads_to: Vec<By> = case.exits().filter(leads_to).map(|exit| arrives(case, exit)).collect();
        if leads_to.is_empty() {
            leads_to.push(By::Lost);
        }
        for line in case.lists.of(&block.prefixes).iter().filter(|line| line.prefix.contains(&ours)) {
            let prefix_length = line.prefix.prefix_len();
            let candidate = |by| Candidate { by, express_route: false, prefix_length, as_path_length: 1 };
            found.extend(leads_to.iter().copied().map(candidate));
        }
    }
    found
}

/// Advertisements over ExpressRoute; sticky exits attract nothing.
fn express_route(case: &Case, far: IpAddr, ours: IpAddr, assumed: Assumed) -> Vec<Candidate> {
    let offers = |exit: usize| {
        let same_peering = |other: usize| match (&case.plan.exits[exit].link, &case.plan.exits[other].link) {
            (Link::ExpressRoute(one), Link::ExpressRoute(other)) => {
                one.circuit == other.circuit && one.peering == other.peering
            }
            _ => false,
        };
        case.exits().any(|other| same_peering(other) && case.lists_a_route_to(other, far))
    };
    let has_a_say = |exit: &usize| {
        case.is_express_route(*exit)
            && case.advertises(*exit)
            && !is_sticky(case, *exit)
            && (assumed.out_of_area == OutOfArea::NotLimited || offers(*exit))
    };
    case.exits().filter(has_a_say).flat_map(|exit| attracts(case, exit, ours, assumed)).collect()
}

/// What comes in by an exit that is dead inside is lost there.
fn arrives(case: &Case, exit: usize) -> By {
    if case.is_dead_inside(exit) { By::Lost } else { By::Exit(exit) }
}

fn attracts(case: &Case, exit: usize, ours: IpAddr, assumed: Assumed) -> Vec<Candidate> {
    let [dropped, spread] = &case.taken[exit];
    let taken = if assumed.long_prefixes == LongPrefixes::Spread { spread } else { dropped };
    let covering = taken.iter().filter(|one| one.prefix.contains(&ours));
    covering
        .map(|one| Candidate {
            by: arrives(case, exit),
            express_route: !case.is_internet(exit),
            prefix_length: one.prefix.prefix_len(),
            as_path_length: one.as_path_length + case.prepends(exit),
        })
        .collect()
}

/// Whether Microsoft answers what left by this exit over this exit.
pub fn is_sticky(case: &Case, exit: usize) -> bool {
    if !case.is_express_route(exit) {
        return false;
    }
    let sticky = case.peering(exit).is_some_and(|peering| peering.return_model == ReturnModel::Sticky);
    sticky != case.scenario.other_return_model
}
