//! TP108: private sources leave by an exit untranslated.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(108), severity: Severity::Error, citation: Citation::PrivateSpace, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for one in case.uses.iter().filter(|one| matches!(one.owner, Owner::Site(_))) {
        let Some(exit) = case.exit(one.exit) else { continue };
        let hidden = one.set.intersection(not_public());
        if !hidden.is_empty() {
            let about = vec![case.owner(one.owner), (PartKind::Exit, exit.id.clone())];
            let said = out.say(about, vec![case.owner_arg(one.owner), exit_arg(exit)]);
            let places = case.list(case.owner_list(one.owner));
            said.prefixes(hidden.nets()).places(places).rows(case.rows_by(one.exit, one.owner));
        }
    }
}
