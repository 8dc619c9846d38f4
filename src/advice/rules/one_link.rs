//! TP407: a circuit of which only one link is planned. Microsoft promises its availability for both together, and takes
//! down one at a time for maintenance. Of the retired public peering TP213 says enough.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(407), severity: Severity::Note, citation: Citation::HighAvailability, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for circuit in &case.plan().circuits {
        let links: BTreeSet<Side> = case
            .express_routes()
            .filter(|(_, _, link)| link.circuit == circuit.id && link.peering != PeeringKind::LegacyPublic)
            .map(|(_, _, link)| link.side)
            .collect();
        if links.len() == 1 {
            let about = (PartKind::Circuit, circuit.id.clone());
            out.say(vec![about.clone()], vec![Arg::Part(about.0, about.1)]);
        }
    }
}
