//! TP203: a route filter is attached, and nothing that Microsoft would offer over the exit passes it and the SKU.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(203),
    severity: Severity::Warning,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for (index, exit, _) in case.microsoft() {
        let filtered = case.peering_of(index).is_some_and(|(_, peering)| peering.route_filter.is_some());
        let (offered, received, _) = case.network().received(index);
        if filtered && offered > 0 && received == 0 {
            let args = vec![exit_arg(exit), Arg::Number(u64::from(offered))];
            let said = out.say(vec![(PartKind::Exit, exit.id.clone())], args);
            said.places(case.list(ListId::Learned(exit.id.clone())));
        }
    }
}
