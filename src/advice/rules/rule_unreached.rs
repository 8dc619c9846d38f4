//! TP301: no packet ever reaches a translation rule: its sources set out nowhere, the rules before it take all, or its
//! exits don't cross the device.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(301),
    severity: Severity::Warning,
    citation: Citation::StatefulInspection,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for (index, device) in case.plan().devices.iter().enumerate() {
        let unreached: Vec<usize> =
            (0..device.rules.len()).filter(|rule| !case.reached.contains(&(index, *rule))).collect();
        if !unreached.is_empty() {
            let about = (PartKind::Device, device.id.clone());
            let lists = unreached.iter().map(|rule| ListId::RuleSources(device.id.clone(), *rule));
            let places: Vec<Place> = lists.filter_map(|list| case.list(list)).collect();
            let args = vec![Arg::Part(about.0, about.1.clone()), Arg::Rules(device.id.clone(), unreached)];
            out.say(vec![about], args).places(places);
        }
    }
}
