//! TP123: a path is made longer on Microsoft peering by private AS numbers, which Microsoft removes before it counts:
//! the prepend moves nothing.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(123),
    severity: Severity::Warning,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for (index, exit, _) in case.microsoft() {
        let own_private =
            case.peering_of(index).and_then(|(_, peering)| peering.customer_asn).is_some_and(is_private_asn);
        let prepends =
            |action: &Action| matches!(action, Action::Accept(settings) if settings.prepend.unwrap_or(0) > 0);
        let by_policy = own_private && exit.policy_out.iter().any(|policy| prepends(&policy.action));
        let list = ListId::Advertised(exit.id.clone());
        let longer = |attributes: &Attributes| {
            let named = attributes
                .as_path
                .as_ref()
                .is_some_and(|path| path.length() > 1 && path.asns().any(is_private_asn));
            named || own_private && attributes.prepend.unwrap_or(0) > 0
        };
        for (net, attributes, at) in case.entries(&list) {
            if by_policy || longer(attributes) {
                let said = out.say(vec![(PartKind::Exit, exit.id.clone())], vec![exit_arg(exit)]);
                said.prefixes([net]).places(case.place(&list, at));
            }
        }
    }
}
