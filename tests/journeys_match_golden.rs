//! The engine held against the golden model, over random plans, scenarios and pairs of addresses.
//!
//! `TWOPATH_CASES` plans of each kind are tried (default 30, and 20 with rarities), from seed `TWOPATH_SEED` on (default 0).

// Helpers outside of `#[test]` functions unwrap, too.
#![allow(clippy::unwrap_used)]

mod golden_model;
mod support;

use golden_model::forward::forward;
use golden_model::judge::{Fate, inbound, outbound};
use golden_model::lists::Lists;
use golden_model::{Case, same_family};
use ipnet::IpNet;
use std::collections::BTreeSet;
use std::net::IpAddr;
use support::random_plan::{Rng, random_plan};
use support::rare::rare_plan;
use twopath::desk::Solved;
use twopath::journey::{Assumption, Row, Stage, Step, Trace, TraceQuery, Verdict};
use twopath::plan::*;
use twopath::routing::{Part, Scenario};
use twopath::space::Family;

#[test]
fn on_random_plans() {
    compare_all(random_plan, 30);
}

#[test]
fn on_random_plans_with_rarities() {
    compare_all(rare_plan, 20);
}

/// How much was compared, so that a comparison of nothing doesn't pass.
#[derive(Default, Debug)]
struct Tally {
    scenarios: usize,
    pairs: usize,
    parts: usize,
    splits: usize,
    ties: usize,
    verdicts: BTreeSet<Verdict>,
}

fn compare_all(plan_of: fn(u64) -> Plan, plans: u64) {
    let number = |name: &str, default| std::env::var(name).map_or(default, |value| value.parse().unwrap());
    let (first, plans) = (number("TWOPATH_SEED", 0), number("TWOPATH_CASES", plans));
    let mut tally = Tally::default();
    for seed in first..first + plans {
        let plan = plan_of(seed);
        let lists = Lists::default();
        let mut rng = Rng::from_seed(seed);
        for scenario in scenarios(&plan, &mut rng) {
            let solved = Solved::new(plan.clone(), scenario.clone(), false);
            let case = Case::new(&plan, &scenario, &lists);
            let name = format!("seed {seed}, {scenario:?}");
            let mut compare = Compare { case, solved: &solved, rng: &mut rng, tally: &mut tally, name };
            compare.lookups();
            (0..plan.flows.len()).for_each(|flow| compare.flow(flow));
            tally.scenarios += 1;
        }
    }
    println!("{tally:?}");
    assert!(plans < 20 || tally.verdicts.len() == Verdict::ALL.len(), "{tally:?}");
    assert!(plans < 20 || tally.splits > 100 && tally.ties > 100, "{tally:?}");
}

/// Nothing down, the other return model, each exit down, and something else.
fn scenarios(plan: &Plan, rng: &mut Rng) -> Vec<Scenario> {
    let down = |parts: Vec<Part>| Scenario { down: parts.into_iter().collect(), ..Scenario::default() };
    let mut scenarios = vec![Scenario::default(), Scenario { other_return_model: true, ..Scenario::default() }];
    scenarios.extend(plan.exits.iter().map(|exit| down(vec![Part::Exit(exit.id.clone())])));
    let mut others: Vec<Part> = Vec::new();
    others.extend(plan.circuits.iter().map(|circuit| Part::Circuit(circuit.id.clone())));
    others.extend(plan.devices.iter().map(|device| Part::Device(device.id.clone())));
    others.extend(plan.sites.iter().map(|site| Part::Site(site.id.clone())));
    scenarios.push(down(vec![rng.pick(&others).clone()]));
    let both = rng.some(&others, 40);
    scenarios.push(Scenario { other_return_model: rng.chance(50), ..down(both) });
    others.extend(plan.exits.iter().map(|exit| Part::Exit(exit.id.clone())));
    scenarios.push(Scenario { inside_dead: [rng.pick(&others).clone()].into(), ..Scenario::default() });
    let exits: Vec<Id> = plan.exits.iter().map(|exit| exit.id.clone()).collect();
    scenarios.push(Scenario { prepended: rng.some(&exits, 50).into_iter().collect(), ..Scenario::default() });
    scenarios.push(Scenario {
        inside_dead: rng.some(&others, 15).into_iter().collect(),
        prepended: rng.some(&exits, 30).into_iter().collect(),
        ..down(rng.some(&others, 15))
    });
    scenarios
}

struct Compare<'a> {
    case: Case<'a>,
    solved: &'a Solved,
    rng: &'a mut Rng,
    tally: &'a mut Tally,
    name: String,
}

impl Compare<'_> {
    /// Where destinations go from each site.
    fn lookups(&mut self) {
        for (index, site) in self.case.plan.sites.iter().enumerate() {
            for _ in 0..12 {
                let address = self.address(&everywhere());
                let found = self.solved.lookup(index, address);
                let (prefix, exits) = forward(&self.case, &site.id, address).unzip();
                let context = format!("{} {address} from {}", self.name, site.id);
                assert_eq!(found.prefix, prefix.map(|prefix| prefix.to_string()), "{context}");
                assert_eq!(found.exits, self.ids(&exits.unwrap_or_default()), "{context}");
            }
        }
    }

    fn flow(&mut self, index: usize) {
        let flow = &self.case.plan.flows[index];
        let row = &self.solved.rows[index];
        assert_eq!(row.flow, flow.id);
        assert_eq!(row.verdict, row.parts.iter().map(|part| part.verdict).min());
        let (ours, far) = self.ends(flow);
        self.examples(flow, row);
        for family in [Family::V4, Family::V6] {
            let of_family = |nets: &[IpNet]| -> Vec<IpNet> {
                nets.iter().copied().filter(|net| net.addr().is_ipv4() == (family == Family::V4)).collect()
            };
            let (ours, far) = (of_family(&ours), of_family(&far));
            let has_parts = row.parts.iter().any(|part| part.family == family);
            assert_eq!(has_parts, !ours.is_empty() && !far.is_empty(), "{} {} {family:?}", self.name, flow.id);
            for _ in 0..if has_parts { 6 } else { 0 } {
                let (ours, far) = (self.address(&ours), self.address(&far));
                self.pair(flow, row, ours, far);
            }
        }
    }

    /// The addresses on our side and on the far one.
    fn ends(&self, flow: &Flow) -> (Vec<IpNet>, Vec<IpNet>) {
        let nets = |text| -> Vec<IpNet> { self.case.lists.of(text).iter().map(|line| line.prefix).collect() };
        let (ours, service) = match &flow.ends {
            Ends::Outbound(ends) if ends.sources.is_empty() => {
                (nets(&self.case.site(&ends.site).unwrap().inside), &ends.service)
            }
            Ends::Outbound(ends) => (nets(&ends.sources), &ends.service),
            Ends::Inbound(ends) => (nets(&published(self.case.plan, &ends.published).published), &ends.from),
        };
        let service = service.as_ref().and_then(|id| self.case.plan.services.iter().find(|one| one.id == *id));
        (ours, service.map_or(everywhere(), |service| self.case.destinations(service)))
    }

    /// An address of these, clustered where something may change.
    fn address(&mut self, nets: &[IpNet]) -> IpAddr {
        let net = *self.rng.pick(nets);
        let random = random_within(self.rng, net);
        if self.rng.chance(25) {
            return random;
        }
        let mut edges: Vec<IpAddr> =
            self.case.cuts.iter().copied().filter(|cut| same_family(&net, *cut) && net.contains(cut)).collect();
        edges.extend([net.network(), net.broadcast()]);
        if self.rng.chance(20) {
            let builtin = self.case.lists.builtin();
            edges.push(self.rng.pick(&builtin).prefix.network());
            edges.push(self.rng.pick(&builtin).prefix.broadcast());
            edges.retain(|edge| net.contains(edge));
        }
        let edge = *self.rng.pick(&edges);
        let edge = if self.rng.chance(40) { before(edge) } else { edge };
        if net.contains(&edge) { edge } else { random }
    }

    fn query(&self, flow: &Flow, ours: IpAddr, far: IpAddr) -> TraceQuery {
        match &flow.ends {
            Ends::Outbound(ends) => {
                TraceQuery::Outbound { site: Some(ends.site.clone()), from: Some(ours), to: far }
            }
            Ends::Inbound(ends) => {
                TraceQuery::Inbound { published: ends.published.clone(), from: far, to: Some(ours) }
            }
        }
    }

    /// Each part's example has that part's fate.
    fn examples(&mut self, flow: &Flow, row: &Row) {
        for part in &row.parts {
            let (ours, far) = match &flow.ends {
                Ends::Outbound(_) => (part.from, part.to),
                Ends::Inbound(_) => (part.to, part.from),
            };
            let fates = golden(&self.case, flow, ours, far);
            let context = format!("{} {} {part:#?} {fates:#?}", self.name, flow.id);
            assert!(fates.iter().any(|fate| self.is_of(fate, far, part)), "{context}");
            self.tally.parts += 1;
            self.tally.verdicts.insert(part.verdict);
        }
    }

    /// Whether a fate is a part's.
    fn is_of(&self, fate: &Fate, far: IpAddr, part: &twopath::journey::Part) -> bool {
        let back: Vec<usize> = fate.back.iter().copied().collect();
        fate.verdict == part.verdict
            && self.ids(&fate.out) == part.out
            && self.ids(&back) == part.back
            && self.case.far_side(far) == part.far_side
            && far.is_ipv4() == (part.family == Family::V4)
    }

    /// One pair: its trace, and its place in the row.
    fn pair(&mut self, flow: &Flow, row: &Row, ours: IpAddr, far: IpAddr) {
        let fates = golden(&self.case, flow, ours, far);
        let query = self.query(flow, ours, far);
        let trace = self.solved.trace(&query).unwrap();
        let context = format!("{} {} ours {ours} far {far}\n{fates:#?}", self.name, flow.id);
        for fate in &fates {
            let found = row.parts.iter().any(|part| self.is_of(fate, far, part));
            assert!(found, "{context}\nnot a part: {fate:#?}\n{:#?}", row.parts);
        }
        let worst = fates.first().unwrap();
        assert!(Some(worst.verdict) >= row.verdict, "{context}");
        assert_eq!(trace.verdict, worst.verdict, "{context}\n{trace:#?}");
        assert_eq!(trace.far_side, self.case.far_side(far), "{context}");
        self.steps(&trace, flow, &fates, &context);
        self.flips(&trace, flow, ours, far, worst.verdict, &context);
        self.tally.pairs += 1;
        self.tally.splits += usize::from(fates.len() > 1);
        self.tally.ties += usize::from(worst.out.len() > 1 || worst.back.len() > 1);
    }

    /// The exits of each step.
    fn steps(&self, trace: &Trace, flow: &Flow, fates: &[Fate], context: &str) {
        let mut seen = Seen::default();
        seen.gather(&trace.first);
        let out = self.ids(&fates[0].out);
        let back: BTreeSet<Id> =
            fates.iter().flat_map(|fate| &fate.back).map(|exit| self.case.plan.exits[*exit].id.clone()).collect();
        let lost = fates.iter().any(|fate| fate.lost);
        let known = !self.has_unknown();
        match &flow.ends {
            Ends::Outbound(_) => {
                assert_eq!(seen.forward, out.into_iter().collect(), "{context}\n{trace:#?}");
                if known {
                    assert_eq!(seen.back, back, "{context}\n{trace:#?}");
                    // Addresses that end alike share a branch, explained by the first of them.
                    assert!(lost || !seen.lost, "{context}\n{trace:#?}");
                }
            }
            Ends::Inbound(_) if known => {
                assert_eq!(seen.back, out.into_iter().collect(), "{context}\n{trace:#?}");
                assert!(seen.forward.is_subset(&back), "{context}\n{trace:#?}");
            }
            Ends::Inbound(_) => {}
        }
    }

    fn has_unknown(&self) -> bool {
        golden_model::judge::combinations(&self.case.plan.assumptions).len() > 1
    }

    /// Each assumption whose flip alone would change whether it works or fails.
    fn flips(&mut self, trace: &Trace, flow: &Flow, ours: IpAddr, far: IpAddr, verdict: Verdict, context: &str) {
        if !self.rng.chance(30) || self.has_unknown() {
            return;
        }
        let mut expected = Vec::new();
        for assumption in Assumption::ALL {
            let mut plan = self.case.plan.clone();
            flip(&mut plan.assumptions, assumption);
            let case = Case::new(&plan, self.case.scenario, self.case.lists);
            let then = golden(&case, flow, ours, far)[0].verdict;
            if then.standing() != verdict.standing() {
                expected.push((assumption, then));
            }
        }
        let said: Vec<_> = trace.decisive.iter().map(|flip| (flip.assumption, flip.verdict)).collect();
        assert_eq!(said, expected, "{context}\n{:#?}", self.case.plan.assumptions);
    }

    fn ids(&self, exits: &[usize]) -> Vec<Id> {
        exits.iter().map(|exit| self.case.plan.exits[*exit].id.clone()).collect()
    }
}

/// The exits that the steps of a trace name.
#[derive(Default)]
struct Seen {
    forward: BTreeSet<Id>,
    back: BTreeSet<Id>,
    lost: bool,
}

impl Seen {
    fn gather(&mut self, stage: &Stage) {
        match &stage.step {
            Step::Forward(step) => self.forward.extend(step.chosen.iter().cloned()),
            Step::Return(step) => {
                self.back.extend(step.chosen.iter().cloned());
                self.lost |= step.lost;
            }
            _ => {}
        }
        stage.then.iter().for_each(|branch| self.gather(&branch.stage));
    }
}

fn flip(assumptions: &mut Assumptions, which: Assumption) {
    fn other<T: PartialEq + Default>(setting: &mut Setting<T>, other: T) {
        *setting = if *setting == Setting::default() { Setting::Value(other) } else { Setting::default() };
    }
    match which {
        Assumption::MoreSpecificInternet => {
            other(&mut assumptions.more_specific_internet, MoreSpecificInternet::ExpressRoute);
        }
        Assumption::OutOfArea => other(&mut assumptions.out_of_area, OutOfArea::Limited),
        Assumption::PrependsAcross => other(&mut assumptions.prepends_across, PrependsAcross::Counted),
        Assumption::EqualExpressRoute => {
            other(&mut assumptions.equal_express_route, EqualExpressRoute::SameAsOut);
        }
        Assumption::LongPrefixes => other(&mut assumptions.long_prefixes, LongPrefixes::Spread),
        Assumption::UnsaidZones => other(&mut assumptions.unsaid_zones, UnsaidZones::Passed),
    }
}

fn golden(case: &Case, flow: &Flow, ours: IpAddr, far: IpAddr) -> Vec<Fate> {
    match &flow.ends {
        Ends::Outbound(ends) => outbound(case, &ends.site, ours, far),
        Ends::Inbound(ends) => {
            inbound(case, published(case.plan, &ends.published), far, ours).into_iter().collect()
        }
    }
}

fn published<'p>(plan: &'p Plan, id: &Id) -> &'p PublishedService {
    plan.published.iter().find(|one| one.id == *id).unwrap()
}

fn everywhere() -> Vec<IpNet> {
    vec!["0.0.0.0/0".parse().unwrap(), "::/0".parse().unwrap()]
}

fn random_within(rng: &mut Rng, net: IpNet) -> IpAddr {
    match net {
        IpNet::V4(net) => {
            IpAddr::V4((net.network().to_bits() | (rng.next() as u32 & net.hostmask().to_bits())).into())
        }
        IpNet::V6(net) => {
            let random = u128::from(rng.next()) << 64 | u128::from(rng.next());
            IpAddr::V6((net.network().to_bits() | (random & net.hostmask().to_bits())).into())
        }
    }
}

fn before(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(address) => IpAddr::V4(address.to_bits().saturating_sub(1).into()),
        IpAddr::V6(address) => IpAddr::V6(address.to_bits().saturating_sub(1).into()),
    }
}
