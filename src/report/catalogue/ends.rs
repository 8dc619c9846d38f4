//! Where a flow's first packet comes from and where it goes, in a cell.

use crate::intake::{Format, read};
use crate::plan::{Ends, Flow, Id, Plan, Reference, Text};
use crate::report::words::{Names, answer, catalogue as told};
use std::collections::BTreeMap;

/// So many prefixes or sets are named in a cell.
const NAMED: usize = 3;

/// The ends of flows, each list read once.
pub(super) struct EndsTold<'a> {
    plan: &'a Plan,
    names: &'a Names<'a>,
    known: BTreeMap<Id, String>,
}

impl<'a> EndsTold<'a> {
    pub(super) fn new(plan: &'a Plan, names: &'a Names<'a>) -> Self {
        Self { plan, names, known: BTreeMap::new() }
    }

    /// Source and destination of the first packet.
    pub(super) fn of(&mut self, flow: &Flow) -> (String, String) {
        match &flow.ends {
            Ends::Outbound(ends) => {
                let source = if ends.sources.is_empty() {
                    told::all_of(self.names.site(&ends.site))
                } else {
                    listed(&ends.sources, Vec::new())
                };
                (source, self.service(ends.service.as_ref()))
            }
            Ends::Inbound(ends) => {
                let published = self.plan.published.iter().find(|own| own.id == ends.published);
                let to = published.map_or(String::new(), |own| listed(&own.published, Vec::new()));
                (self.service(ends.from.as_ref()), to)
            }
        }
    }

    fn service(&mut self, id: Option<&Id>) -> String {
        let Some(id) = id else { return answer::EVERYWHERE.to_owned() };
        if let Some(known) = self.known.get(id) {
            return known.clone();
        }
        let found = self.plan.services.iter().find(|own| own.id == *id);
        let told = found.map_or_else(String::new, |service| {
            listed(&service.destinations, self.sets(&service.destinations_from))
        });
        self.known.insert(id.clone(), told.clone());
        told
    }

    fn sets(&self, from: &[Reference]) -> Vec<String> {
        let of = |reference: &Reference| -> Vec<String> {
            let source = self.names.source(&reference.source);
            match reference.sets.as_slice() {
                [] => vec![source.to_owned()],
                sets => sets.iter().map(|set| told::set_of(set, source)).collect(),
            }
        };
        from.iter().flat_map(of).collect()
    }
}

/// The first of a list's prefixes, then sets, and how many more there are.
fn listed(text: &Text, sets: Vec<String>) -> String {
    let reading = read(text.as_str(), Some(Format::Plain));
    let v4 = reading.v4.iter().map(|entry| entry.prefix.to_string());
    let v6 = reading.v6.iter().map(|entry| entry.prefix.to_string());
    let all: Vec<String> = v4.chain(v6).chain(sets).collect();
    let mut named: Vec<String> = all.iter().take(NAMED).cloned().collect();
    if all.len() > NAMED {
        named.push(told::and_more(all.len() - NAMED));
    }
    named.join(", ")
}
