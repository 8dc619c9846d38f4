//! What remains of our advertisements on the other side (domain rules 7 and 10).

use super::{Case, forward::action, lists::Line};
use ipnet::IpNet;
use twopath::plan::*;
use twopath::space::not_public;

/// The most prefixes of a family that Microsoft takes on a session (domain, limits).
const MOST: usize = 200;

/// An advertisement that the other side has taken.
#[derive(Debug)]
pub struct Accepted {
    pub prefix: IpNet,
    pub as_path_length: u32,
}

/// What of an exit's advertisements the other side takes.
pub fn accepted(case: &Case, exit: usize, long_prefixes: LongPrefixes) -> Vec<Accepted> {
    let sent = sent(case, exit);
    let taken = sent.into_iter().filter(|(line, _)| is_taken(case, exit, line, long_prefixes));
    taken
        .map(|(line, prepends)| {
            let as_path_length = as_path_length(case, exit, &line, prepends);
            Accepted { prefix: line.prefix, as_path_length }
        })
        .collect()
}

/// What leaves our router: advertisements that our own policy doesn't deny, with their prepends.
fn sent(case: &Case, exit: usize) -> Vec<(Line, u32)> {
    let plan = &case.plan.exits[exit];
    let mut sent = Vec::new();
    for line in case.lists.of(&plan.advertised).iter() {
        let by_policy = match action(case, &plan.policy_out, None, line) {
            Some(Action::Deny) => continue,
            Some(Action::Accept(settings)) => settings.prepend.unwrap_or(0),
            None => 0,
        };
        sent.push((line.clone(), line.attributes.prepend.unwrap_or(0) + by_policy));
    }
    sent
}

/// Over 200 prefixes of a family, Microsoft peering drops the session.
pub fn session_is_down(case: &Case, exit: usize) -> bool {
    if case.kind(exit) != Some(PeeringKind::Microsoft) {
        return false;
    }
    let mut prefixes: Vec<IpNet> = sent(case, exit).into_iter().map(|(line, _)| line.prefix).collect();
    prefixes.sort_unstable();
    prefixes.dedup();
    let v4 = prefixes.iter().filter(|prefix| prefix.addr().is_ipv4()).count();
    v4 > MOST || prefixes.len() - v4 > MOST
}

fn is_taken(case: &Case, exit: usize, line: &Line, long_prefixes: LongPrefixes) -> bool {
    let overlaps = |block: IpNet| block.contains(&line.prefix) || line.prefix.contains(&block);
    if line.prefix.prefix_len() == 0 || not_public().nets().any(overlaps) {
        return false;
    }
    match case.kind(exit) {
        Some(PeeringKind::Private) => false,
        Some(PeeringKind::LegacyPublic) => line.prefix.addr().is_ipv4(),
        Some(PeeringKind::Microsoft) => {
            let peering = case.peering(exit);
            let admitted = peering.map(|peering| case.lists.of(&peering.admitted)).unwrap_or_default();
            // Two halves admit the whole.
            let admitted = IpNet::aggregate(&admitted.iter().map(|line| line.prefix).collect());
            let path = line.attributes.as_path.iter().flat_map(AsPath::asns);
            let mut asns = path.chain(peering.and_then(|peering| peering.customer_asn));
            admitted.iter().any(|prefix| prefix.contains(&line.prefix))
                && !asns.any(|asn| (64_496..=64_511).contains(&asn))
        }
        None => {
            let longest = if line.prefix.addr().is_ipv4() { 24 } else { 48 };
            line.prefix.prefix_len() <= longest || long_prefixes == LongPrefixes::Spread
        }
    }
}

/// As the other side counts it: Microsoft peering removes private AS numbers first.
fn as_path_length(case: &Case, exit: usize, line: &Line, prepends: u32) -> u32 {
    let microsoft = case.kind(exit) == Some(PeeringKind::Microsoft);
    let ours = case.peering(exit).and_then(|peering| peering.customer_asn);
    let ours = if microsoft && ours.is_some_and(is_private_asn) { 0 } else { 1 };
    let path = match &line.attributes.as_path {
        Some(path) if microsoft => path.without(is_private_asn).length(),
        Some(path) => path.length(),
        None => ours,
    };
    path + prepends * ours
}
