//! TP401: a peering's subnet has a size that Microsoft doesn't take: IPv4 is one /29 or two /30, IPv6 one /125 or two
//! /126.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(401),
    severity: Severity::Error,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for (circuit, peering) in case.peerings() {
        for (list, net, at) in case.subnet_entries(circuit, peering) {
            let fits = match net {
                IpNet::V4(net) => (29..=30).contains(&net.prefix_len()),
                IpNet::V6(net) => (125..=126).contains(&net.prefix_len()),
            };
            if !fits {
                let about = (PartKind::Circuit, circuit.id.clone());
                let args = vec![Arg::Part(about.0, about.1.clone()), Arg::Text(net.to_string())];
                out.say(vec![about], args).prefixes([net]).places(case.place(&list, at));
            }
        }
    }
}
