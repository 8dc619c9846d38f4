//! TP119: a circuit's session advertises addresses that belong to another circuit: its peering's subnets, or a pool
//! that packets leave with over that circuit alone.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(119), severity: Severity::Warning, citation: Citation::NatRequirements, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for (index, exit, _) in case.express_routes() {
        let own = case.network().of_circuit(index);
        let listed = case.listed(index);
        for one in case.uses.iter().filter(|one| case.attracts(one.exit) && !own.contains(one.exit)) {
            let here = case.uses.iter().any(|other| other.owner == one.owner && own.contains(other.exit));
            let shared = public(&one.set).intersection(&listed);
            if here || shared.is_empty() {
                continue;
            }
            let about = vec![(PartKind::Exit, exit.id.clone()), case.owner(one.owner)];
            let said = out.say(about, vec![exit_arg(exit), case.owner_arg(one.owner)]);
            said.prefixes(shared.nets()).places(case.advertisements(exit, &shared));
        }
        for (circuit, peering) in case.peerings() {
            if case.peering_of(index).is_some_and(|(mine, _)| mine.id == circuit.id) {
                continue;
            }
            let shared = case.subnets(circuit, peering).intersection(&listed);
            if !shared.is_empty() {
                let about = vec![(PartKind::Exit, exit.id.clone()), (PartKind::Circuit, circuit.id.clone())];
                let said = out.say(about, vec![exit_arg(exit), Arg::Part(PartKind::Circuit, circuit.id.clone())]);
                said.prefixes(shared.nets()).places(case.advertisements(exit, &shared));
            }
        }
    }
}
