//! TP307: a service is published over ExpressRoute, and the sources of what comes in there aren't translated.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(307),
    severity: Severity::Warning,
    citation: Citation::Microsoft365Implementing,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for published in &case.plan().published {
        for entry in published.entries.iter().filter(|entry| entry.source_pool.is_none()) {
            let Some(exit) = case.plan().exits.iter().find(|exit| exit.id == entry.exit) else { continue };
            if is_express_route(exit) {
                let about = vec![(PartKind::Published, published.id.clone()), (PartKind::Exit, exit.id.clone())];
                let args = vec![Arg::Part(PartKind::Published, published.id.clone()), exit_arg(exit)];
                out.say(about, args).rows(case.rows_to(&published.id));
            }
        }
    }
}
