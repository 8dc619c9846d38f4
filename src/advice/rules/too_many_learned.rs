//! TP215: more prefixes of a family are expected over private peering than virtual networks may announce to a circuit.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(215), severity: Severity::Warning, citation: Citation::Limits, fix: false, check };

/// Prefixes that virtual networks announce to a circuit at most, IPv4 (Microsoft: subscription limits).
const FROM_NETWORKS: u64 = 1_000;
/// The same, IPv6.
const FROM_NETWORKS_V6: u64 = 100;

fn check(case: &Case<'_>, out: &mut Findings) {
    for (_, exit, _) in case.express_routes().filter(|(_, _, link)| link.peering == PeeringKind::Private) {
        // Of sources only those that are taken as a whole: that is what a router's print is.
        let whole = exit.learned_from.iter().filter(|own| own.sets.is_empty());
        let sources = whole.map(|own| ListId::Source(own.source.clone()));
        let lists = std::iter::once(ListId::Learned(exit.id.clone())).chain(sources);
        let entries = lists.flat_map(|list| case.entries(&list));
        let nets: BTreeSet<IpNet> = entries.map(|(net, _, _)| net).collect();
        let v6 = nets.iter().filter(|net| matches!(net, IpNet::V6(_))).count() as u64;
        let v4 = nets.len() as u64 - v6;
        for (number, limit) in [(v4, FROM_NETWORKS), (v6, FROM_NETWORKS_V6)] {
            if number > limit {
                let args = vec![exit_arg(exit), Arg::Number(number), Arg::Number(limit)];
                let said = out.say(vec![(PartKind::Exit, exit.id.clone())], args);
                said.places(case.list(ListId::Learned(exit.id.clone())));
            }
        }
    }
}
