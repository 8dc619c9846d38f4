//! TP204: a route filter names communities of Microsoft 365 on a circuit that isn't Premium, or that Microsoft hasn't
//! authorised.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(204),
    severity: Severity::Error,
    citation: Citation::Microsoft365Communities,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for (circuit, peering) in case.peerings() {
        let may = circuit.sku == Sku::Premium && circuit.microsoft_365_authorised;
        let needs = peering.route_filter.iter().flatten().filter(|mark| needs_microsoft_365_authorisation(**mark));
        let named: Vec<String> = needs.map(ToString::to_string).collect();
        if !may && !named.is_empty() && peering.kind == PeeringKind::Microsoft {
            let about = (PartKind::Circuit, circuit.id.clone());
            out.say(vec![about.clone()], vec![Arg::Part(about.0, about.1), Arg::Texts(named)]);
        }
    }
}
