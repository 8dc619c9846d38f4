//! TP402: the halves of one /29 or /125 are given to the wrong links: the first is the primary link's.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(402),
    severity: Severity::Warning,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for (circuit, peering) in case.peerings() {
        let all = case.subnet_entries(circuit, peering);
        for (list, net, at) in all.iter().filter(|(list, _, _)| matches!(list, ListId::PrimarySubnets(..))) {
            let whole = net.supernet();
            let other = all.iter().find(|(list, other, _)| {
                matches!(list, ListId::SecondarySubnets(..))
                    && other.supernet() == whole
                    && other.addr() < net.addr()
            });
            let halves = matches!(net.prefix_len(), 30 | 126);
            if let (Some((_, other, _)), true) = (other, halves) {
                let about = (PartKind::Circuit, circuit.id.clone());
                let args = vec![
                    Arg::Part(about.0, about.1.clone()),
                    Arg::Text(net.to_string()),
                    Arg::Text(other.to_string()),
                ];
                out.say(vec![about], args).prefixes([*net, *other]).places(case.place(list, *at));
            }
        }
    }
}
