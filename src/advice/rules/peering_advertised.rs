//! TP118: the addresses of the peering itself are advertised over it.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(118), severity: Severity::Error, citation: Citation::NatRequirements, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for (index, exit, _) in case.express_routes() {
        let Some((circuit, peering)) = case.peering_of(index) else { continue };
        let subnets = case.subnets(circuit, peering);
        let list = ListId::Advertised(exit.id.clone());
        for (net, _, at) in case.entries(&list) {
            if net.prefix_len() > 0 && AddressSet::from(net).intersects(&subnets) {
                let args = vec![exit_arg(exit), nets(&subnets)];
                let said = out.say(vec![(PartKind::Exit, exit.id.clone())], args);
                said.prefixes([net]).places(case.place(&list, at));
            }
        }
    }
}
