//! `twopath add-flows`.

use crate::output::{Failure, note, plain, print};
use crate::{Outcome, args, down, input};
use std::collections::BTreeSet;
use twopath::desk::bulk::{self, Ask, Offer, To, Which};
use twopath::desk::parts;
use twopath::plan::{Id, Loaded, PartKind, Plan, save};
use twopath::report::words::bulk as words;

/// Adds rows to the catalogue, and writes the plan.
pub fn run(arguments: &args::AddFlows) -> Result<Outcome, Failure> {
    let Loaded { mut plan, faults } = input::plan(&arguments.plan)?;
    let unusable = input::is_cut(&faults);
    let sets = bulk::all_endpoint_sets(&plan);
    let offers = bulk::offers(&plan, &sets);
    let without = bulk::without_row(&plan);
    let ask = Ask {
        to: to(&offers, &arguments.sets)?,
        sites: sites(&plan, &arguments.sites)?,
        published: if arguments.inbound { without.iter().cloned().collect() } else { BTreeSet::new() },
    };
    let asked = bulk::rows(&plan, &sets, &ask);
    if asked.is_empty() {
        return Err(Failure(words::nothing(&arguments.sets, arguments.inbound)));
    }
    for row in &asked {
        match &row.there {
            None => note(&format!("added: {}", row.name)),
            Some(flow) => note(&format!("there already: {} ({flow})", row.name)),
        }
    }
    if !arguments.inbound && !without.is_empty() {
        let names: Vec<String> = without.iter().map(|id| parts::name_of(&plan, PartKind::Published, id)).collect();
        note(&format!("note: {}", words::inbound_offered(&names)));
    }
    let added = bulk::add(&mut plan, &sets, &ask);
    note(&words::sum(added.len(), asked.len() - added.len()));
    let written = save(&plan);
    match &arguments.output {
        None => print(&written)?,
        Some(file) => std::fs::write(file, written)
            .map_err(|error| Failure::of(file, &format!("Can't write it: {}.", plain(&error))))?,
    }
    Ok(if unusable { Outcome::Unusable } else { Outcome::Works })
}

/// The offers that words name: a few of them together, or one each.
fn to(offers: &[Offer], named: &[String]) -> Result<BTreeSet<To>, Failure> {
    let mut to = BTreeSet::new();
    for word in named {
        let which = Which::ALL.into_iter().find(|which| which.name() == word);
        let is = |offer: &&Offer| match (which, &offer.to) {
            (Some(which), _) => which.takes(offer),
            (None, To::Service(id)) => id.as_str() == word,
            (None, To::Set(set)) => set.name == *word,
        };
        let before = to.len();
        to.extend(offers.iter().filter(is).map(|offer| offer.to.clone()));
        if which.is_none() && to.len() == before && !offers.iter().any(|offer| is(&offer)) {
            let id = |offer: &Offer| match &offer.to {
                To::Service(id) => id.clone(),
                To::Set(set) => Id::from(set.name.as_str()),
            };
            let known: Vec<Id> = offers.iter().map(id).collect();
            let hint = down::hint(word, &known.iter().collect::<Vec<_>>());
            return Err(Failure(format!("--sets {word}: There is no service or endpoint set called so.{hint}")));
        }
    }
    Ok(to)
}

fn sites(plan: &Plan, named: &[String]) -> Result<BTreeSet<Id>, Failure> {
    let known: Vec<&Id> = plan.sites.iter().map(|site| &site.id).collect();
    let mut sites = BTreeSet::new();
    for word in named {
        match known.iter().find(|id| id.as_str() == word) {
            Some(id) => {
                sites.insert((*id).clone());
            }
            None if word == "all" => sites.extend(known.iter().map(|id| (*id).clone())),
            None => {
                let hint = down::hint(word, &known);
                return Err(Failure(format!("--sites {word}: There is no site with the id “{word}”.{hint}")));
            }
        }
    }
    Ok(sites)
}
