//! TP216: a private prefix is expected over Microsoft's peering, where Microsoft sends public ones only.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(216),
    severity: Severity::Warning,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for learned in &case.private {
        let Some(exit) = case.exit(learned.exit) else { continue };
        let all = case.private.iter().filter(|own| own.exit == learned.exit);
        let texts = Arg::Texts(all.map(|own| own.net.to_string()).collect());
        let said = out.say(vec![(PartKind::Exit, exit.id.clone())], vec![exit_arg(exit), texts]);
        said.prefixes([learned.net]).places([learned.place.clone()]);
    }
}
