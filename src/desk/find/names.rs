//! What words mean: parts by name, verdicts, views.

use super::{Lead, TABS};
use crate::desk::parts::parts;
use crate::journey::{Standing, Verdict};
use crate::plan::{Ends, Flow, Id, PartKind, Plan};
use crate::report::words::{page, verdicts as words};
use std::collections::BTreeSet;

/// Kinds of parts in the order in which equal matches are told: what people ask for most comes first.
const KINDS: [PartKind; 10] = [
    PartKind::Service,
    PartKind::Published,
    PartKind::Exit,
    PartKind::Site,
    PartKind::Pool,
    PartKind::Device,
    PartKind::Circuit,
    PartKind::Flow,
    PartKind::Source,
    PartKind::ProviderCovered,
];

/// How well a name fits a question: smaller is better. `question` is in small letters.
///
/// 0 it is the name, 1 the name begins so, 2 a word of it begins so, 3 it stands within, 4 each of its words does.
pub(super) fn fit(name: &str, question: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let name = name.trim();
    if name.is_empty() {
        return None;
    }
    if name == question {
        return Some(0);
    }
    if name.starts_with(question) {
        return Some(1);
    }
    let word = |(at, _): (usize, &str)| {
        let before = name.get(..at).and_then(|text| text.chars().next_back());
        before.is_none_or(|letter| !letter.is_alphanumeric())
    };
    if name.match_indices(question).any(word) {
        return Some(2);
    }
    if name.contains(question) {
        return Some(3);
    }
    question.split_whitespace().all(|word| name.contains(word)).then_some(4)
}

/// Every match, best first; of equals verdicts, then views, then parts kind by kind in the plan's order.
pub(super) fn of_words(plan: &Plan, counts: &[(Verdict, u32)], question: &str) -> Vec<Lead> {
    let question = question.to_lowercase();
    let mut found: Vec<(u8, Vec<Lead>)> = Vec::new();
    let best = |names: &[&str]| names.iter().filter_map(|name| fit(name, &question)).min();
    let flows = |verdicts: &[Verdict]| {
        counts.iter().filter(|(verdict, _)| verdicts.contains(verdict)).map(|(_, flows)| flows).sum()
    };
    for standing in [Standing::Fails, Standing::Depends, Standing::Works] {
        if let Some(fit) = best(words::standing_called(standing)) {
            let own: Vec<Verdict> = Verdict::ALL.into_iter().filter(|v| v.standing() == standing).collect();
            found.push((fit, vec![Lead::Standing { standing, flows: flows(&own) }]));
        }
    }
    for verdict in Verdict::ALL {
        let title = fit(words::title(verdict), &question);
        if let Some(fit) = title.into_iter().chain(best(words::also_called(verdict))).min() {
            found.push((fit, vec![Lead::Verdict { verdict, flows: flows(&[verdict]) }]));
        }
    }
    for tab in TABS {
        // A view is asked for by its own name, not by any letters in it.
        if let Some(fit) = fit(page::tabs::title(tab), &question).filter(|fit| *fit < 2) {
            found.push((fit, vec![Lead::Tab(tab)]));
        }
    }
    if let Some(digits) = question.strip_prefix("tp").filter(|digits| !digits.is_empty()) {
        let code = |rule: &&crate::advice::Rule| rule.code.to_string()[2..].starts_with(digits);
        let all = crate::advice::rules().iter().filter(code);
        found.extend(all.map(|rule| (0, vec![Lead::Rule(rule.code)])));
    }
    for kind in KINDS {
        for (id, name) in parts(plan, kind) {
            if let Some(fit) = best(&[name.as_str(), id.as_str()]) {
                let mut leads = of_service(plan, kind, &id);
                leads.extend(Lead::of_part(kind, id, &name));
                found.push((fit, leads));
            }
        }
    }
    found.sort_by_key(|(fit, _)| *fit);
    let mut all: Vec<Lead> = found.into_iter().flat_map(|(_, leads)| leads).collect();
    let mut told = BTreeSet::new();
    all.retain(|lead| if let Lead::Flow(flow) = lead { told.insert(flow.clone()) } else { true });
    all
}

/// The flows to or from a service, the first few: who asks for one wants to know how they fare.
fn of_service(plan: &Plan, kind: PartKind, id: &Id) -> Vec<Lead> {
    const FIRST: usize = 3;
    if kind != PartKind::Service {
        return Vec::new();
    }
    let uses = |flow: &&Flow| match &flow.ends {
        Ends::Outbound(ends) => ends.service.as_ref() == Some(id),
        Ends::Inbound(ends) => ends.from.as_ref() == Some(id),
    };
    plan.flows.iter().filter(uses).take(FIRST).map(|flow| Lead::Flow(flow.id.clone())).collect()
}
