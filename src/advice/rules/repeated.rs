//! TP217: lines of a plain list say the same route more than once; they are taken as one.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(217), severity: Severity::Note, citation: Citation::BestPath, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for repeat in &case.network().offers.repeated {
        let Some(exit) = case.exit(repeat.exit) else { continue };
        let place = |at: u32| case.network().lists.place(repeat.list, at);
        let (first, again) = (place(repeat.first), place(repeat.again));
        let about = vec![(PartKind::Exit, exit.id.clone())];
        let args = vec![
            exit_arg(exit),
            Arg::Text(repeat.net.to_string()),
            Arg::Number(again.line.into()),
            Arg::Number(first.line.into()),
        ];
        out.say(about, args).prefixes([repeat.net]).places([first, again]);
    }
}
