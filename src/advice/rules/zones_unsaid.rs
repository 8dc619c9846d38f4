//! TP308: several exits cross a stateful device, and the plan doesn't say all their zones.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(308), severity: Severity::Warning, citation: Citation::Inference, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    // What the plan assumes of every device is said.
    if !case.plan().assumptions.unsaid_zones.is_unknown() {
        return;
    }
    for device in case.plan().devices.iter().filter(|device| device.stateful) {
        let exits: Vec<Id> = unsaid_zones(case.plan(), &device.id).into_iter().cloned().collect();
        if exits.is_empty() {
            continue;
        }
        let hangs = |row: &&Row| row.decisive.iter().any(|flip| flip.assumption == Assumption::UnsaidZones);
        let rows = case.rows.iter().filter(hangs).map(|row| row.flow.clone());
        let args = vec![Arg::Part(PartKind::Device, device.id.clone()), Arg::Parts(PartKind::Exit, exits)];
        out.say(vec![(PartKind::Device, device.id.clone())], args).rows(rows);
    }
}
