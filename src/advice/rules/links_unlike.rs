//! TP120: the two links of a circuit advertise different prefixes; Microsoft may use either, flow by flow.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(120),
    severity: Severity::Warning,
    citation: Citation::RoutingRequirements,
    fix: true,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for (index, exit, link) in case.microsoft() {
        let Some(other) = case.network().of_circuit(index).iter().find(|other| *other > index) else { continue };
        let Some(second) = case.exit(other) else { continue };
        let sent = |exit: &Exit| -> BTreeSet<IpNet> {
            case.entries(&ListId::Advertised(exit.id.clone())).into_iter().map(|(net, _, _)| net).collect()
        };
        let (one, two) = (sent(exit), sent(second));
        let unlike: Vec<IpNet> = one.symmetric_difference(&two).copied().collect();
        if !unlike.is_empty() {
            let texts = Arg::Texts(unlike.iter().map(ToString::to_string).collect());
            let circuit = Arg::Part(PartKind::Circuit, link.circuit.clone());
            let said = out.say(vec![(PartKind::Circuit, link.circuit.clone())], vec![circuit, texts]);
            let set = AddressSet::from_nets(unlike.iter().copied());
            let places = [exit, second].into_iter().flat_map(|exit| case.advertisements(exit, &set));
            said.prefixes(unlike).places(places);
        }
    }
}
