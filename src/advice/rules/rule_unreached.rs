//! TP301: no packet ever reaches a translation rule: its sources set out nowhere, the rules before it take all, or its
//! exits don't cross the device. A rule that gives a server the address it is published by is not among them: what
//! comes in to that address is translated by it, whoever takes what goes out.

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
        let unreached: Vec<usize> = (0..device.rules.len())
            .filter(|rule| !case.reached.contains(&(index, *rule)) && !publishes(case, device, *rule))
            .collect();
        if !unreached.is_empty() {
            let about = (PartKind::Device, device.id.clone());
            let lists = unreached.iter().map(|rule| ListId::RuleSources(device.id.clone(), *rule));
            let places: Vec<Place> = lists.filter_map(|list| case.list(list)).collect();
            let args = vec![Arg::Part(about.0, about.1.clone()), Arg::Rules(device.id.clone(), unreached)];
            out.say(vec![about], args).places(places);
        }
    }
}

/// Whether a rule is the other half of a published service: its sources are the server, its pool what it is known by.
fn publishes(case: &Case<'_>, device: &Device, rule: usize) -> bool {
    let Some(pool) = device.rules.get(rule).and_then(|rule| rule.pool.as_ref()) else { return false };
    let of = |list: ListId| case.network().addresses(&list);
    let (sources, given) = (of(ListId::RuleSources(device.id.clone(), rule)), of(ListId::Pool(pool.clone())));
    case.plan().published.iter().any(|own| {
        own.entries.iter().any(|entry| entry.device == device.id)
            && sources.intersects(&of(ListId::PublishedInside(own.id.clone())))
            && given.intersects(&of(ListId::Published(own.id.clone())))
    })
}
