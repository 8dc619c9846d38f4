//! What a plan still lacks before it says anything: the steps of the guide, in the order in which one builds a network.

use super::focus::{Spot, Target};
use crate::plan::{Id, Link, ListId, PartKind, Plan};

/// A step of the guide.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// A site.
    Site,
    /// Its inside prefixes.
    Inside,
    /// An Internet link.
    Internet,
    /// What it learns.
    Default,
    /// A circuit.
    Circuit,
    /// One of its links.
    ExpressRoute,
    /// A firewall or NAT.
    Device,
    /// An exit crosses it.
    Path,
    /// Addresses to translate to.
    Pool,
    /// A rule that does so.
    Rule,
    /// Where packets go.
    Service,
    /// A flow.
    Flow,
}

/// What a step's button does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Does {
    /// Adds a part and leads to its name.
    Add(PartKind),
    /// Adds a link of this circuit.
    AddLink(Id),
    /// Leads to what has to be written.
    Show(Target),
}

/// A step, and what does it; `None` where it is done, or can't be done yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Begun {
    /// The step.
    pub step: Step,
    /// Whether it is done.
    pub done: bool,
    /// What does it.
    pub does: Option<Does>,
}

/// The steps from an empty plan to one that answers; nothing once it does.
pub fn steps(plan: &Plan) -> Vec<Begun> {
    let internet = plan.exits.iter().find(|exit| matches!(exit.link, Link::Internet(_)));
    let empty_site = plan.sites.iter().find(|site| site.inside.is_empty());
    let silent = |exit: &&crate::plan::Exit| exit.learned.is_empty() && exit.learned_from.is_empty();
    if !plan.flows.is_empty() && !plan.sites.is_empty() && empty_site.is_none() && !plan.exits.is_empty() {
        return Vec::new();
    }
    let list = |list: ListId| Does::Show(Target::List(list, Spot::Whole));
    let part = |kind: PartKind, id: &Id| Does::Show(Target::Part(kind, id.clone()));
    let add = |kind: PartKind| Some(Does::Add(kind));
    let begun = |step: Step, done: bool, does: Option<Does>| Begun { step, done, does: does.filter(|_| !done) };
    let express = plan.exits.iter().any(|exit| matches!(exit.link, Link::ExpressRoute(_)));
    let crossed = plan.exits.iter().any(|exit| !exit.path.is_empty());
    let empty_pool = plan.pools.iter().find(|pool| pool.addresses.is_empty());
    let ruled = plan.devices.iter().any(|device| !device.rules.is_empty());
    vec![
        begun(Step::Site, !plan.sites.is_empty(), add(PartKind::Site)),
        begun(
            Step::Inside,
            !plan.sites.is_empty() && empty_site.is_none(),
            empty_site.map(|site| list(ListId::Inside(site.id.clone()))),
        ),
        begun(Step::Internet, internet.is_some(), add(PartKind::Exit)),
        begun(
            Step::Default,
            internet.is_some_and(|exit| !silent(&exit)),
            internet.map(|exit| list(ListId::Learned(exit.id.clone()))),
        ),
        begun(Step::Circuit, !plan.circuits.is_empty(), add(PartKind::Circuit)),
        begun(Step::ExpressRoute, express, plan.circuits.first().map(|circuit| Does::AddLink(circuit.id.clone()))),
        begun(Step::Device, !plan.devices.is_empty(), add(PartKind::Device)),
        begun(
            Step::Path,
            crossed,
            plan.exits.first().filter(|_| !plan.devices.is_empty()).map(|exit| part(PartKind::Exit, &exit.id)),
        ),
        begun(
            Step::Pool,
            !plan.pools.is_empty() && empty_pool.is_none(),
            empty_pool.map(|pool| list(ListId::Pool(pool.id.clone()))).or(add(PartKind::Pool)),
        ),
        begun(Step::Rule, ruled, plan.devices.first().map(|device| part(PartKind::Device, &device.id))),
        begun(Step::Service, !plan.services.is_empty(), add(PartKind::Service)),
        begun(Step::Flow, !plan.flows.is_empty(), add(PartKind::Flow)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::parts;
    use crate::plan::{Crossing, ExpressRouteLink, TranslationRule, examples};

    /// The first step that is open and can be done.
    fn next(plan: &Plan) -> Option<(Step, Does)> {
        steps(plan).into_iter().find_map(|begun| begun.does.map(|does| (begun.step, does)))
    }

    #[test]
    fn each_step_leads_to_the_next_until_the_plan_answers() {
        let mut plan = Plan::default();
        let mut told = Vec::new();
        while let Some((step, does)) = next(&plan) {
            told.push(step);
            assert!(told.len() <= 13, "{told:?}");
            match does {
                Does::Add(kind) => drop(parts::add(&mut plan, kind, "Part")),
                Does::AddLink(circuit) => {
                    let id = parts::add(&mut plan, PartKind::Exit, "Part");
                    let link = ExpressRouteLink { circuit, ..ExpressRouteLink::default() };
                    parts::exit(&mut plan, &id).unwrap().link = Link::ExpressRoute(link);
                }
                Does::Show(Target::List(list, _)) => *plan.list_mut(&list).unwrap() = "10.0.0.0/8".into(),
                Does::Show(Target::Part(PartKind::Exit, id)) => {
                    let device = plan.devices[0].id.clone();
                    parts::exit(&mut plan, &id).unwrap().path.push(Crossing { device, zone: String::new() });
                }
                Does::Show(Target::Part(_, id)) => {
                    parts::device(&mut plan, &id).unwrap().rules.push(TranslationRule::default());
                }
                Does::Show(Target::Assumptions) => panic!("no step is about assumptions"),
            }
        }
        use Step::*;
        // The pool comes twice: it is added, then its addresses are written.
        assert_eq!(
            told,
            [
                Site,
                Inside,
                Internet,
                Default,
                Circuit,
                ExpressRoute,
                Device,
                Path,
                Pool,
                Pool,
                Rule,
                Service,
                Flow
            ]
        );
        assert!(steps(&plan).is_empty());
    }

    #[test]
    fn a_plan_that_answers_is_left_alone() {
        for example in examples::EXAMPLES {
            assert!(steps(&example.plan()).is_empty(), "{}", example.file);
        }
    }
}
