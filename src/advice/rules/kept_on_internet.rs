//! TP303: mail, federation or a hybrid service is published over ExpressRoute; Microsoft advises to keep it on the
//! Internet.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(303),
    severity: Severity::Warning,
    citation: Citation::Microsoft365Routing,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for published in case.plan().published.iter().filter(|published| published.role.is_some()) {
        let outside = case.network().addresses(&ListId::Published(published.id.clone()));
        for (index, exit, _) in case.express_routes() {
            let entered = published.entries.iter().any(|entry| entry.exit == exit.id);
            let attracted = case.attracts(index) && case.accepted(index).intersects(&outside);
            if entered || attracted {
                let about = vec![(PartKind::Published, published.id.clone()), (PartKind::Exit, exit.id.clone())];
                let args = vec![Arg::Part(PartKind::Published, published.id.clone()), exit_arg(exit)];
                let said = out.say(about, args).rows(case.rows_to(&published.id));
                said.prefixes(outside.nets()).places(case.advertisements(exit, &outside));
            }
        }
    }
}
