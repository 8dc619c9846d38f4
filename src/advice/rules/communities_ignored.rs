//! TP124: communities are set on what is advertised over Microsoft peering, and Microsoft ignores customers' communities.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(124), severity: Severity::Note, citation: Citation::RoutingRequirements, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for (_, exit, _) in case.microsoft() {
        let list = ListId::Advertised(exit.id.clone());
        for (net, attributes, at) in case.entries(&list) {
            if !attributes.communities.is_empty() {
                let said = out.say(vec![(PartKind::Exit, exit.id.clone())], vec![exit_arg(exit)]);
                said.prefixes([net]).places(case.place(&list, at));
            }
        }
    }
}
