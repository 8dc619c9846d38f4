//! The open choices: which are set, which are unknown, and which could matter in this plan at all.

use super::Assumption;
use super::state::has_unsaid_zones;
use crate::plan::{
    Assumptions, EqualExpressRoute, LongPrefixes, MoreSpecificInternet, OutOfArea, PrependsAcross, ReturnModel,
    Setting, UnsaidZones,
};
use crate::routing::{AttractorFacts, Network, Resolved, Scenario, Sides, Up, is_express_route};

/// The two values of an assumption as the plan writes them: the usual one first.
pub fn values(assumption: Assumption) -> [&'static str; 2] {
    match assumption {
        Assumption::MoreSpecificInternet => ["internet", "express_route"],
        Assumption::OutOfArea => ["not_limited", "limited"],
        Assumption::PrependsAcross => ["ignored", "counted"],
        Assumption::EqualExpressRoute => ["any", "same_as_out"],
        Assumption::LongPrefixes => ["dropped", "spread"],
        Assumption::UnsaidZones => ["dropped", "passed"],
    }
}

/// Which of the two values is set: 0 the usual, 1 the other; `None`: unknown.
fn set(assumptions: &Assumptions, assumption: Assumption) -> Option<usize> {
    fn which<T: PartialEq + Default>(setting: Setting<T>) -> Option<usize> {
        match setting {
            Setting::Unknown => None,
            Setting::Value(value) => Some(usize::from(value != T::default())),
        }
    }
    match assumption {
        Assumption::MoreSpecificInternet => which(assumptions.more_specific_internet),
        Assumption::OutOfArea => which(assumptions.out_of_area),
        Assumption::PrependsAcross => which(assumptions.prepends_across),
        Assumption::EqualExpressRoute => which(assumptions.equal_express_route),
        Assumption::LongPrefixes => which(assumptions.long_prefixes),
        Assumption::UnsaidZones => which(assumptions.unsaid_zones),
    }
}

fn with(mut resolved: Resolved, assumption: Assumption, value: usize) -> Resolved {
    fn pick<T>(value: usize, usual: T, other: T) -> T {
        if value == 0 { usual } else { other }
    }
    match assumption {
        Assumption::MoreSpecificInternet => {
            resolved.more_specific_internet =
                pick(value, MoreSpecificInternet::Internet, MoreSpecificInternet::ExpressRoute);
        }
        Assumption::OutOfArea => resolved.out_of_area = pick(value, OutOfArea::NotLimited, OutOfArea::Limited),
        Assumption::PrependsAcross => {
            resolved.prepends_across = pick(value, PrependsAcross::Ignored, PrependsAcross::Counted);
        }
        Assumption::EqualExpressRoute => {
            resolved.equal_express_route = pick(value, EqualExpressRoute::Any, EqualExpressRoute::SameAsOut);
        }
        Assumption::LongPrefixes => {
            resolved.long_prefixes = pick(value, LongPrefixes::Dropped, LongPrefixes::Spread);
        }
        Assumption::UnsaidZones => {
            resolved.unsaid_zones = pick(value, UnsaidZones::Dropped, UnsaidZones::Passed);
        }
    }
    resolved
}

/// The open choices of a plan in one scenario.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    /// All values that unknown assumptions may have, the others as set. At least one.
    pub(crate) as_set: Vec<Resolved>,
    /// For each flip of one assumption the same.
    pub(crate) flips: Vec<(Assumption, &'static str, Vec<Resolved>)>,
}

impl Open {
    pub(crate) fn new(network: &Network, up: &Up, sides: &Sides) -> Self {
        let assumptions = &network.plan.assumptions;
        let relevant = relevant(network, up, sides);
        let expand = |fixed| expand(assumptions, &relevant, fixed);
        let flips = relevant
            .iter()
            .flat_map(|assumption| [(*assumption, 0), (*assumption, 1)])
            .filter(|(assumption, value)| set(assumptions, *assumption) != Some(*value))
            .map(|(assumption, value)| (assumption, values(assumption)[value], expand(Some((assumption, value)))))
            .collect();
        Self { as_set: expand(None), flips }
    }
}

/// The open choices that matter in some scenario or other of one return model. More than matter in one of them: there
/// those that don't leave all answers alike.
pub(crate) fn ever_open(network: &Network, other_return_model: bool, sides: &Sides) -> Vec<Resolved> {
    // With all up most stands against each other, and with all drained all prepends that there may be.
    let prepended = network.plan.exits.iter().map(|exit| exit.id.clone()).collect();
    let up = Up::new(network, &Scenario { prepended, other_return_model, ..Scenario::default() });
    expand(&network.plan.assumptions, &relevant(network, &up, sides), None)
}

/// An assumption that can't matter is neither multiplied out nor flipped.
fn relevant(network: &Network, up: &Up, sides: &Sides) -> Vec<Assumption> {
    Assumption::ALL.into_iter().filter(|a| matters(*a, network, up, sides)).collect()
}

/// All values that unknown assumptions may have, the others as set, one of them fixed where asked.
fn expand(
    assumptions: &Assumptions,
    relevant: &[Assumption],
    fixed: Option<(Assumption, usize)>,
) -> Vec<Resolved> {
    let usual = Resolved::usual(assumptions);
    let mut all = vec![fixed.map_or(usual, |(assumption, value)| with(usual, assumption, value))];
    for assumption in relevant {
        let open = set(assumptions, *assumption).is_none();
        if open && fixed.is_none_or(|(fixed, _)| fixed != *assumption) {
            all = all.into_iter().flat_map(|r| [with(r, *assumption, 0), with(r, *assumption, 1)]).collect();
        }
    }
    all
}

/// Whether an assumption can change any answer in this scenario.
fn matters(assumption: Assumption, network: &Network, up: &Up, sides: &Sides) -> bool {
    let has = |found: fn(&[AttractorFacts]) -> bool| {
        network.attraction.v4.has(up, found) || network.attraction.v6.has(up, found)
    };
    let attracting = || {
        network
            .plan
            .exits
            .iter()
            .enumerate()
            .filter(|(index, exit)| is_express_route(exit) && up.advertising().contains(*index))
            .filter(|(index, _)| up.model(*index) == Some(ReturnModel::LongestPrefix))
    };
    match assumption {
        Assumption::MoreSpecificInternet => has(|all| {
            all.iter().any(|a| a.express_route && all.iter().any(|b| !b.express_route && b.length > a.length))
        }),
        Assumption::PrependsAcross => has(|all| {
            all.iter().any(|a| {
                a.express_route
                    && all
                        .iter()
                        .any(|b| !b.express_route && b.length == a.length && b.as_path_length < a.as_path_length)
            })
        }),
        Assumption::LongPrefixes => has(|all| all.iter().any(|a| a.long)),
        Assumption::EqualExpressRoute => attracting().count() > 1,
        Assumption::OutOfArea => attracting().next().is_some() && !sides.microsoft.is_empty(),
        Assumption::UnsaidZones => has_unsaid_zones(&network.plan),
    }
}
