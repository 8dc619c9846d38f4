//! TP109: a private or reserved prefix is advertised.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(109),
    severity: Severity::Error,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    refused(case, out, Refused::NotPublic, |_| true);
}
