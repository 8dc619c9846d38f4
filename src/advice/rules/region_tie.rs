//! TP208: several circuits are equal for the same destinations: which one carries a region is left to chance.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(208), severity: Severity::Warning, citation: Citation::OptimizeRouting, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for (site, classes) in case.plan().sites.iter().zip(&case.world.classes) {
        let circuits = |exits: ExitSet| -> Vec<Id> {
            let over = case.express_routes().filter(|(index, _, _)| exits.contains(*index));
            let mut ids: Vec<Id> = over.map(|(_, _, link)| link.circuit.clone()).collect();
            ids.dedup();
            crate::sort::up(&mut ids);
            ids.dedup();
            ids
        };
        let tied = |exits: ExitSet| exits.len() > 1 && circuits(exits).len() > 1;
        let set = Dual {
            v4: classes.v4.set_where(|class| tied(class.exits)),
            v6: classes.v6.set_where(|class| tied(class.exits)),
        };
        let v4 = classes.v4.iter().map(|(_, class)| class.exits);
        let all = v4.chain(classes.v6.iter().map(|(_, class)| class.exits)).filter(|exits| tied(*exits));
        let exits = all.fold(ExitSet::NONE, ExitSet::union);
        if !exits.is_empty() {
            let args =
                vec![Arg::Part(PartKind::Site, site.id.clone()), Arg::Parts(PartKind::Circuit, circuits(exits))];
            let names = exits.ids(&case.plan().exits);
            let rows = case.rows.iter().filter(|row| {
                row.site == site.id
                    && row.parts.iter().any(|part| part.out.iter().filter(|id| names.contains(id)).count() > 1)
            });
            let rows: Vec<Id> = rows.map(|row| row.flow.clone()).collect();
            out.say(vec![(PartKind::Site, site.id.clone())], args).prefixes(set.nets()).rows(rows);
        }
    }
}
