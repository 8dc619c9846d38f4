//! What it would take for one of those that attract an address of ours to be the only one chosen: one change, all else
//! as it is, tried with the decision itself.

use super::attraction::{Asked, Attractor, Standing, judge};
use super::levers::{Lever, MOST_RIVALS, least, most};
use crate::space::{Address, Prefix};

/// Of the one at `own` of those that stand.
pub(super) fn return_levers<A: Address>(
    attractors: &[Attractor<A>],
    standing: &[Standing],
    own: usize,
    address: A,
    asked: &Asked,
) -> Vec<Lever> {
    if standing.len() > MOST_RIVALS {
        return Vec::new();
    }
    let ours: Option<Vec<Attractor<A>>> = standing.iter().map(|one| attractors.get(one.index).cloned()).collect();
    let (Some(attractors), Some(now)) = (ours, standing.get(own).copied()) else { return Vec::new() };
    let mut standing = standing.to_vec();
    for (index, one) in standing.iter_mut().enumerate() {
        one.index = index;
    }
    if now.exits.is_empty() || wins(&attractors, &standing, own, asked) {
        return Vec::new();
    }
    let Some(prefix) = attractors.get(own).map(|attractor| attractor.prefix) else { return Vec::new() };
    let others = || (0..standing.len()).filter(|at| *at != own);
    let mut levers = Vec::new();
    // On the Internet longer ones generally don't spread (domain rule 7).
    let spreads = match (attractors[own].express_route, A::BITS) {
        (true, bits) => bits,
        (false, 32) => 24,
        (false, _) => 48,
    };
    let with_length = |length: u32| {
        let length = u8::try_from(length).ok().filter(|length| *length <= spreads);
        let Some(prefix) = length.and_then(|length| Prefix::truncating(address, length)) else { return false };
        let mut changed = attractors.clone();
        changed[own].prefix = prefix;
        wins(&changed, &standing, own, asked)
    };
    let lengths = others().map(|at| attractors[at].prefix.length().into());
    let longer = least(lengths, prefix.length().into(), with_length);
    levers.extend(longer.and_then(|length| u8::try_from(length).ok()).map(Lever::PrefixLength));
    let with_path = |as_path_length: u32| {
        let mut changed = standing.clone();
        changed[own].as_path_length = as_path_length;
        wins(&attractors, &changed, own, asked)
    };
    let paths = others().map(|at| standing[at].as_path_length);
    levers.extend(most(paths, now.as_path_length, with_path).map(Lever::AsPathLength));
    let with_others = |least: u32| {
        let mut changed = standing.clone();
        let rivals = changed.iter_mut().enumerate().filter(|(at, _)| *at != own);
        rivals.for_each(|(_, rival)| rival.as_path_length = rival.as_path_length.max(least));
        wins(&attractors, &changed, own, asked)
    };
    let enough = now.as_path_length.saturating_add(1);
    levers.extend(with_others(enough).then_some(Lever::OthersAsPathLength(enough)));
    levers
}

/// Whether all that is chosen leads to the exits of one, and none of it is lost at a provider.
fn wins<A: Address>(attractors: &[Attractor<A>], standing: &[Standing], own: usize, asked: &Asked) -> bool {
    let (lost, _) = judge(attractors, standing, asked);
    let Some(exits) = standing.get(own).map(|own| own.exits) else { return false };
    let mut chosen = standing.iter().zip(&lost).filter(|(_, lost)| lost.is_none());
    chosen.all(|(one, _)| !one.exits.is_empty() && one.exits.intersection(exits) == one.exits)
}
