//! TP110: a default route is advertised over ExpressRoute, where it is refused.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(110),
    severity: Severity::Error,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    refused(case, out, Refused::DefaultRoute, is_express_route);
}
