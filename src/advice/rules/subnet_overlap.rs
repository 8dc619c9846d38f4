//! TP403: a peering's subnet overlaps another link's, another circuit's, or addresses of ours. One /29 or /125 written
//! for both links of a peering is one subnet.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(403),
    severity: Severity::Error,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    let mut all: Vec<(&Circuit, ListId, IpNet, u32)> = Vec::new();
    for (circuit, peering) in case.peerings() {
        let own = case.subnet_entries(circuit, peering).into_iter();
        all.extend(own.map(|(list, net, at)| (circuit, list, net, at)));
    }
    let ours = case.ours();
    for (index, (circuit, list, net, at)) in all.iter().enumerate() {
        let overlaps = |other: &IpNet| net.contains(other) || other.contains(net);
        let whole = |other: &(&Circuit, ListId, IpNet, u32)| {
            other.0.id == circuit.id && other.2 == *net && matches!(net.prefix_len(), 29 | 125)
        };
        let earlier = all.iter().take(index).find(|other| overlaps(&other.2) && !whole(other));
        if earlier.is_some() || ours.intersects(&AddressSet::from(*net)) {
            let about = (PartKind::Circuit, circuit.id.clone());
            let args = vec![Arg::Part(about.0, about.1.clone()), Arg::Text(net.to_string())];
            let said = out.say(vec![about], args).prefixes([*net]).places(case.place(list, *at));
            said.places(earlier.and_then(|(_, list, _, at)| case.place(list, *at)));
        }
    }
}
