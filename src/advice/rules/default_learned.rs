//! TP206: a default route is expected over Microsoft peering, where Microsoft sends none.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(206),
    severity: Severity::Error,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for learned in &case.defaults {
        let Some(exit) = case.exit(learned.exit) else { continue };
        if case.network().admits_only(learned.exit).is_some() {
            let said = out.say(vec![(PartKind::Exit, exit.id.clone())], vec![exit_arg(exit)]);
            said.prefixes([learned.net]).places([learned.place.clone()]);
        }
    }
}
