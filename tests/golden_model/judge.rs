//! A pair's answer: every way that it may end.

use super::back::{By, Far, back};
use super::forward::forward;
use super::state::{answer_from_outside, reply_from_inside};
use super::translate::translate;
use super::{Case, is_not_public};
use ipnet::IpNet;
use std::collections::BTreeSet;
use std::net::IpAddr;
use twopath::journey::Verdict;
use twopath::plan::*;

/// The assumptions, each set.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Assumed {
    pub more_specific_internet: MoreSpecificInternet,
    pub out_of_area: OutOfArea,
    pub prepends_across: PrependsAcross,
    pub equal_express_route: EqualExpressRoute,
    pub long_prefixes: LongPrefixes,
    pub unsaid_zones: UnsaidZones,
}

/// One way that a pair may end, for one choice of the addresses that its pools may give.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fate {
    pub verdict: Verdict,
    /// The exits of the first packet; several are a tie.
    pub out: Vec<usize>,
    /// The exits of the answer, over all ties and unknown assumptions.
    pub back: BTreeSet<usize>,
    /// Whether it is lost at a provider for some of them.
    pub lost: bool,
}

/// What one path of a tie comes to under one set of assumptions.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct End {
    verdict: Verdict,
    back: Option<By>,
}

fn ends_with(verdict: Verdict) -> Vec<End> {
    vec![End { verdict, back: None }]
}

/// Every way that a packet from us may end, worst first.
pub fn outbound(case: &Case, site: &Id, source: IpAddr, destination: IpAddr) -> Vec<Fate> {
    let combinations = combinations(&case.plan.assumptions);
    let far = Far::new(case, destination);
    let out = forward(case, site, destination).map(|(_, exits)| exits).unwrap_or_default();
    // For each exit: for each address that it may give the source: for each set of assumptions: the ends.
    let mut exits: Vec<Vec<Vec<Vec<End>>>> = Vec::new();
    for exit in &out {
        let mut fates: Vec<Vec<Vec<End>>> = Vec::new();
        for packet in translate(case, *exit, source, destination) {
            let ends = |assumed: &Assumed| -> Vec<End> {
                if is_not_public(packet.source) {
                    return ends_with(Verdict::NotTranslated);
                }
                if !case.admits(*exit, packet.source) {
                    return ends_with(Verdict::NotAdmitted);
                }
                let answers = back(case, far, packet.source, Some(*exit), *assumed);
                if answers.is_empty() {
                    return ends_with(Verdict::NoReturn);
                }
                let end = |by: By| End {
                    back: Some(by),
                    verdict: match by {
                        By::Lost => Verdict::NoReturn,
                        By::Exit(by) => answer_from_outside(case, *exit, &packet, by, assumed.unsaid_zones),
                    },
                };
                answers.into_iter().map(end).collect()
            };
            let fate: Vec<Vec<End>> = combinations.iter().map(ends).collect();
            if !fates.contains(&fate) {
                fates.push(fate);
            }
        }
        exits.push(fates);
    }
    if exits.is_empty() {
        exits.push(vec![combinations.iter().map(|_| ends_with(Verdict::NoRoute)).collect()]);
    }
    // Which address a tied exit gives says nothing about which the other gives: every choice.
    let mut choices: Vec<Vec<Vec<End>>> = vec![combinations.iter().map(|_| Vec::new()).collect()];
    for fates in &exits {
        let mut longer: Vec<Vec<Vec<End>>> = Vec::new();
        for choice in &choices {
            for fate in fates {
                let mut both = choice.clone();
                both.iter_mut().zip(fate).for_each(|(ends, more)| ends.extend(more));
                longer.push(both);
            }
        }
        choices = longer;
    }
    let mut fates: Vec<Fate> = choices.iter().filter_map(|choice| over_all(case, out.clone(), choice)).collect();
    fates.sort_unstable();
    fates.dedup();
    fates
}

/// How a packet from outside to a published address of ours ends.
pub fn inbound(case: &Case, published: &PublishedService, far: IpAddr, address: IpAddr) -> Option<Fate> {
    let mut all: Vec<Vec<End>> = Vec::new();
    let mut out: Vec<usize> = Vec::new();
    let from = Far::new(case, far);
    for assumed in combinations(&case.plan.assumptions) {
        let mut ends: Vec<End> = Vec::new();
        let entries = back(case, from, address, None, assumed);
        for entry in &entries {
            match entry {
                By::Lost => ends.extend(ends_with(Verdict::NoRoute)),
                By::Exit(entry) => {
                    out.push(*entry);
                    ends.extend(entered(case, published, far, address, *entry));
                }
            }
        }
        if entries.is_empty() {
            ends = ends_with(Verdict::NoRoute);
        }
        all.push(ends);
    }
    out.sort_unstable();
    out.dedup();
    over_all(case, out, &all)
}

fn entered(case: &Case, published: &PublishedService, far: IpAddr, address: IpAddr, came: usize) -> Vec<End> {
    if !case.admits(came, address) {
        return ends_with(Verdict::NotAdmitted);
    }
    let exit = &case.plan.exits[came];
    let publishes = |entry: &&Entry| {
        let on_path = exit.path.iter().any(|crossing| crossing.device == entry.device);
        entry.exit == exit.id && (on_path || entry.device.is_empty())
    };
    let Some(entry) = published.entries.iter().find(publishes) else {
        return ends_with(Verdict::NotPublished);
    };
    // A server at a site that is down answers nobody.
    if case.is_site_dead(&published.site) {
        return ends_with(Verdict::NoReturn);
    }
    if entry.source_pool.as_ref().is_some_and(|pool| !case.pool(pool, far).is_empty()) {
        return vec![End { verdict: Verdict::Symmetric, back: Some(By::Exit(came)) }];
    }
    let Some((_, replies)) = forward(case, &published.site, far) else {
        return ends_with(Verdict::NoReturn);
    };
    let addresses = |text| IpNet::aggregate(&case.lists.of(text).iter().map(|line| line.prefix).collect());
    let readdressed = addresses(&published.published) != addresses(&published.inside);
    let translated = readdressed || entry.source_pool.is_some();
    let end = |by: usize| {
        let verdict = reply_from_inside(case, entry, translated, came, by);
        let verdict = match verdict {
            Verdict::AsymmetricDropped => verdict,
            _ if case.admits(by, address) => verdict,
            _ => Verdict::NotAdmitted,
        };
        End { verdict, back: Some(By::Exit(by)) }
    };
    replies.into_iter().map(end).collect()
}

/// Over the ties of each set of assumptions, and over the sets.
fn over_all(case: &Case, out: Vec<usize>, combinations: &[Vec<End>]) -> Option<Fate> {
    let tied = |ends: &Vec<End>| {
        let verdicts = ends.iter().map(|end| end.verdict);
        Verdict::over_ties(verdicts, case.plan.multipath)
    };
    let backs: Vec<By> = combinations.iter().flatten().filter_map(|end| end.back).collect();
    let exit = |by: &By| match by {
        By::Exit(exit) => Some(*exit),
        By::Lost => None,
    };
    Some(Fate {
        verdict: Verdict::over_ties(combinations.iter().filter_map(tied), false)?,
        out,
        back: backs.iter().filter_map(exit).collect(),
        lost: backs.contains(&By::Lost),
    })
}

/// Every set of assumptions that the plan leaves possible.
pub fn combinations(assumptions: &Assumptions) -> Vec<Assumed> {
    fn values<T: Copy>(setting: Setting<T>, all: [T; 2]) -> Vec<T> {
        match setting {
            Setting::Value(value) => vec![value],
            Setting::Unknown => all.to_vec(),
        }
    }
    use {EqualExpressRoute as Equal, LongPrefixes as Long, MoreSpecificInternet as More, OutOfArea as Area};
    let mut found = Vec::new();
    for more_specific_internet in values(assumptions.more_specific_internet, [More::Internet, More::ExpressRoute])
    {
        for out_of_area in values(assumptions.out_of_area, [Area::NotLimited, Area::Limited]) {
            let prepends = [PrependsAcross::Ignored, PrependsAcross::Counted];
            for prepends_across in values(assumptions.prepends_across, prepends) {
                for equal_express_route in values(assumptions.equal_express_route, [Equal::Any, Equal::SameAsOut])
                {
                    for long_prefixes in values(assumptions.long_prefixes, [Long::Dropped, Long::Spread]) {
                        let zones = [UnsaidZones::Dropped, UnsaidZones::Passed];
                        for unsaid_zones in values(assumptions.unsaid_zones, zones) {
                            found.push(Assumed {
                                more_specific_internet,
                                out_of_area,
                                prepends_across,
                                equal_express_route,
                                long_prefixes,
                                unsaid_zones,
                            });
                        }
                    }
                }
            }
        }
    }
    found
}
