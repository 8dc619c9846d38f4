//! TP218: a circuit that isn't Premium says nothing of its own regions, and its route filter names regions of several
//! geopolitical areas: it reaches one of them at most, and the plan believes all.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(218), severity: Severity::Error, citation: Citation::Faq, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    let one_area = |circuit: &Circuit| circuit.sku != Sku::Premium && circuit.local_regions.is_empty();
    for (circuit, peering) in case.peerings().filter(|(circuit, _)| one_area(circuit)) {
        let area = |mark: &Community| area_of(region_digits(*mark)?);
        let marks = peering.route_filter.iter().flatten();
        let named: Vec<_> = marks.filter_map(|mark| area(mark).map(|area| (*mark, area))).collect();
        let areas: BTreeSet<_> = named.iter().map(|(_, area)| area).collect();
        if areas.len() > 1 && peering.kind == PeeringKind::Microsoft {
            let named = named.iter().map(|(mark, area)| format!("{mark} ({})", area.name())).collect();
            let about = (PartKind::Circuit, circuit.id.clone());
            out.say(vec![about.clone()], vec![Arg::Part(about.0, about.1), Arg::Texts(named)]);
        }
    }
}
