//! TP306: the far side is led to a published address by an exit that doesn't publish the service.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(306), severity: Severity::Error, citation: Citation::NatRequirements, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for published in &case.plan().published {
        let list = ListId::Published(published.id.clone());
        for (set, around) in case.attracted(&case.network().addresses(&list)) {
            let (internet, over) = lengths(case, &around);
            // What Microsoft follows, and what the rest of the Internet does.
            let follows = |one: &&Attracted| {
                let length = Some(one.net.prefix_len());
                if one.express_route {
                    over >= internet && length == over
                } else {
                    length == internet && !one.long
                }
            };
            for one in around.iter().filter(follows) {
                for exit in one.exits.iter().filter_map(|exit| case.exit(exit)) {
                    if one.express_route
                        && !case.network().exit(&exit.id).is_some_and(|index| case.attracts(index))
                    {
                        continue;
                    }
                    if published.entries.iter().any(|entry| entry.exit == exit.id) {
                        continue;
                    }
                    let about =
                        vec![(PartKind::Published, published.id.clone()), (PartKind::Exit, exit.id.clone())];
                    let args = vec![Arg::Part(PartKind::Published, published.id.clone()), exit_arg(exit)];
                    let said = out.say(about, args).rows(case.rows_to(&published.id));
                    said.prefixes(set.nets()).places([one.place.clone()]);
                }
            }
        }
    }
}
