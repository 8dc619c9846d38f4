//! TP122: a path that is sent to Microsoft names an AS number kept for documentation (64496 to 64511), which is
//! refused.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(122),
    severity: Severity::Error,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    refused(case, out, Refused::DocumentationAsn, is_express_route);
}
