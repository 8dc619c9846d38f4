//! Coverage held against the golden model and against flow rows, over random plans, and its sums.
//!
//! `TWOPATH_CASES` plans are tried (default 8), from seed `TWOPATH_SEED` on (default 0).

// Helpers outside of `#[test]` functions unwrap, too.
#![allow(clippy::unwrap_used)]
#![cfg(not(target_arch = "wasm32"))]

mod golden_model;
mod support;

use golden_model::back::{By, Far, back};
use golden_model::forward::forward;
use golden_model::judge::{combinations, outbound};
use golden_model::lists::Lists;
use golden_model::{Case, same_family};
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use support::random_plan::{Rng, random_plan};
use support::rare::rare_plan;
use twopath::desk::Solved;
use twopath::journey::{Verdict, everywhere};
use twopath::pace::{Job, at_once};
use twopath::plan::*;
use twopath::routing::{Part, Scenario};
use twopath::space::{AddressSet, Count, Family, Share};
use twopath::study::coverage::*;

/// Worked out in one go.
fn cover(solved: &Solved) -> Coverage {
    at_once(|pace| async move { Coverage::new(solved.world(), &pace).await })
}

/// Random plans of both kinds, each as it is and with something down.
fn cases() -> impl Iterator<Item = (String, Plan, Scenario)> {
    let number = |name: &str, default| std::env::var(name).map_or(default, |value| value.parse().unwrap());
    let (first, plans) = (number("TWOPATH_SEED", 0), number("TWOPATH_CASES", 8));
    (first..first + plans).flat_map(|seed| {
        [random_plan(seed), rare_plan(seed)].into_iter().flat_map(move |plan| {
            let mut rng = Rng::from_seed(seed);
            let down = Part::Exit(rng.pick(&plan.exits).id.clone());
            let some_down = Scenario { down: [down].into(), ..Scenario::default() };
            let dead = Part::Exit(rng.pick(&plan.exits).id.clone());
            let some_dead = Scenario { inside_dead: [dead].into(), ..Scenario::default() };
            [Scenario::default(), some_down, some_dead]
                .map(|scenario| (format!("seed {seed}, {scenario:?}"), plan.clone(), scenario))
        })
    })
}

fn whole(family: Family) -> Count {
    match family {
        Family::V4 => Count::from(1_u64 << 32),
        Family::V6 => Count::from(u128::MAX) + Count::ONE,
    }
}

fn set_of(nets: impl Iterator<Item = IpNet>) -> AddressSet {
    nets.collect()
}

fn size(set: &AddressSet) -> Count {
    set.count().v4 + set.count().v6
}

#[test]
fn every_address_is_in_exactly_one_class_and_all_sums_are_exact() {
    for (name, plan, scenario) in cases() {
        let solved = Solved::new(plan, scenario, false);
        let coverage = cover(&solved);
        assert_eq!(coverage.sites().len(), solved.plan().sites.len());
        for site in coverage.sites() {
            let mut seen = AddressSet::empty();
            let mut fates = BTreeSet::new();
            for (number, class) in site.classes().iter().enumerate() {
                assert_eq!(class.class as usize, number, "{name}");
                let nets: Vec<IpNet> = site.prefixes(class.class).collect();
                let set = set_of(nets.iter().copied());
                assert!(!set.is_empty() && !set.intersects(&seen), "{name}: {class:#?}");
                assert!(set.nets().eq(nets.iter().copied()), "{name}: the shortest list, in order: {class:#?}");
                assert_eq!((size(&set), nets.len() as u64), (class.addresses, class.prefixes), "{name}");
                assert_eq!(set.first_address(), Some(class.first), "{name}");
                assert_eq!(class.addresses.share_of(whole(class.family)), class.share, "{name}");
                let judged = class.verdict.is_some();
                assert_eq!(class.unjudged.is_none(), judged, "{name}");
                assert_eq!(class.verdict, class.parts.iter().map(|part| part.verdict).min(), "{name}");
                assert!(class.parts.is_sorted_by_key(|part| part.verdict), "{name}: worst first");
                let shares: Share = class.parts.iter().map(|part| part.share).sum();
                assert_eq!(shares, if judged { Share::ONE } else { Share::ZERO }, "{name}");
                // Classes that say the same would be one.
                let parts: Vec<_> =
                    class.parts.iter().map(|p| (p.verdict, p.share, &p.pools, &p.back, &p.dropped)).collect();
                let told = format!("{:?}", (class.family, class.unjudged, class.far_side, &class.out, parts));
                assert!(fates.insert(told), "{name}: twice: {class:#?}");
                seen = seen.union(&set);
            }
            assert_eq!(seen, AddressSet::all(), "{name}");
            assert!(site.classes().is_sorted_by_key(|class| (class.verdict.is_none(), class.verdict)), "{name}");
            let special: AddressSet = set_of(
                site.classes()
                    .iter()
                    .filter(|class| !class.is_public())
                    .flat_map(|class| site.prefixes(class.class)),
            );
            assert_eq!(special, everywhere().complement(), "{name}");
            for totals in &site.totals {
                let exits: Count = totals.exits.iter().map(|total| total.addresses).sum();
                assert_eq!(exits + totals.special, whole(totals.family), "{name}");
                let verdicts: Count = totals.verdicts.iter().map(|total| total.addresses).sum();
                assert_eq!(verdicts + totals.special + totals.no_sources, whole(totals.family), "{name}");
            }
        }
    }
}

#[test]
fn a_class_says_what_a_flow_row_to_it_says() {
    for (name, mut plan, scenario) in cases().step_by(3) {
        let coverage = cover(&Solved::new(plan.clone(), scenario.clone(), false));
        plan.flows.clear();
        let mut asked = Vec::new();
        for site in coverage.sites() {
            for class in site.classes().iter().filter(|class| class.is_public()) {
                let id = Id::from(format!("class-{}-{}", site.site, class.class));
                let nets: Vec<String> = site.prefixes(class.class).map(|net| net.to_string()).collect();
                let destinations = Text::from(nets.join("\n"));
                plan.services.push(Service { id: id.clone(), destinations, ..Service::default() });
                let (site, service) = (site.site.clone(), Some(id.clone()));
                let ends = Ends::Outbound(Outbound { site, service, ..Outbound::default() });
                plan.flows.push(Flow { id, ends, ..Flow::default() });
                asked.push(class.clone());
            }
        }
        let solved = Solved::new(plan, scenario, false);
        for (class, row) in asked.iter().zip(&solved.rows) {
            assert_eq!(row.verdict, class.verdict, "{name}: {class:#?}");
            // A row of many addresses may be cut where the far side offers them by different circuits, and told alike.
            let parts: BTreeSet<_> =
                row.parts.iter().map(|p| (p.verdict, &p.pools, &p.back, &p.dropped)).collect();
            let own: BTreeSet<_> =
                class.parts.iter().map(|p| (p.verdict, &p.pools, &p.back, &p.dropped)).collect();
            assert_eq!(parts, own, "{name}");
            for part in &row.parts {
                assert_eq!((&part.out, Some(part.far_side)), (&class.out, class.far_side), "{name}");
                assert_eq!(part.far_addresses, class.addresses, "{name}");
                let like = class.parts.iter().find(|own| {
                    (own.verdict, &own.pools, &own.back, &own.dropped)
                        == (part.verdict, &part.pools, &part.back, &part.dropped)
                });
                // Shares are added up in another order: the last bits may differ.
                let difference = like.unwrap().share.millionths().abs_diff(part.share.millionths());
                assert!(difference <= 1, "{name}: {class:#?} {row:#?}");
            }
        }
    }
}

#[test]
fn classes_say_what_the_golden_model_says() {
    let (mut pairs, mut verdicts) = (0, BTreeSet::new());
    for (name, plan, scenario) in cases() {
        let lists = Lists::default();
        let case = Case::new(&plan, &scenario, &lists);
        let coverage = cover(&Solved::new(plan.clone(), scenario.clone(), false));
        let ids = |exits: &[usize]| -> Vec<Id> { exits.iter().map(|exit| plan.exits[*exit].id.clone()).collect() };
        let mut rng = Rng::from_seed(7);
        for (site, definition) in coverage.sites().iter().zip(&plan.sites) {
            let inside: Vec<IpNet> = lists.of(&definition.inside).iter().map(|line| line.prefix).collect();
            for cut in case.cuts.iter().copied().filter(|_| rng.chance(40)) {
                let class = site.class_of(cut).unwrap();
                let context = format!("{name}: from {} to {cut}: {class:#?}", site.site);
                assert_eq!(class.is_public(), everywhere().contains(cut), "{context}");
                if !class.is_public() {
                    continue;
                }
                let out = forward(&case, &site.site, cut).map(|(_, exits)| exits).unwrap_or_default();
                assert_eq!(class.out, ids(&out), "{context}");
                assert_eq!(class.far_side, Some(case.far_side(cut)), "{context}");
                let near: Vec<IpNet> = inside.iter().copied().filter(|net| same_family(net, cut)).collect();
                assert_eq!(class.parts.is_empty(), near.is_empty(), "{context}");
                let mut sources: Vec<IpAddr> =
                    near.iter().flat_map(|net| [net.network(), net.broadcast()]).collect();
                sources.extend(case.cuts.iter().copied().filter(|cut| near.iter().any(|net| net.contains(cut))));
                for source in sources.into_iter().take(6) {
                    for fate in outbound(&case, &site.site, source, cut) {
                        let back = ids(&fate.back.iter().copied().collect::<Vec<_>>());
                        let has = class.parts.iter().any(|part| part.verdict == fate.verdict && part.back == back);
                        assert!(has, "{context}\nfrom {source}: {fate:#?}");
                        verdicts.insert(fate.verdict);
                        pairs += 1;
                    }
                }
                for part in &class.parts {
                    let fates = outbound(&case, &site.site, part.from, class.first);
                    let has = |fate: &golden_model::judge::Fate| {
                        fate.verdict == part.verdict
                            && ids(&fate.back.iter().copied().collect::<Vec<_>>()) == part.back
                    };
                    assert!(fates.iter().any(has), "{context}\n{part:#?}\n{fates:#?}");
                }
            }
        }
    }
    println!("{pairs} pairs, {verdicts:?}");
    assert!(pairs > 1000 && verdicts.len() > 6, "{pairs} pairs, {verdicts:?}");
}

/// Whose addresses, of which family, asked by whom.
type Asked = (Ours, Family, bool, Option<Vec<Id>>);

#[test]
fn the_way_back_says_what_the_golden_model_says() {
    let (mut asked, mut split, mut lost, mut geography) = (0, 0, 0, 0);
    for (name, plan, scenario) in cases() {
        let lists = Lists::default();
        let case = Case::new(&plan, &scenario, &lists);
        let solved = Solved::new(plan.clone(), scenario.clone(), false);
        let coverage = cover(&solved);
        let mut sums: BTreeMap<Asked, (Count, AddressSet)> = BTreeMap::new();
        for row in coverage.back() {
            let context = format!("{name}: {row:#?}");
            let set = set_of(coverage.back_prefixes(row.row));
            assert_eq!((size(&set), set.nets().count() as u64), (row.addresses, row.prefixes), "{context}");
            let microsoft = row.far_side == twopath::routing::FarSide::Microsoft;
            let key = (row.ours.clone(), row.family, microsoft, row.offered.clone());
            let sum = sums.entry(key).or_default();
            assert!(!sum.1.intersects(&set), "{context}");
            *sum = (sum.0 + row.addresses, sum.1.union(&set));
            // A far address of the side; where geography may decide, one that no circuit offers.
            if row.offered.as_ref().is_some_and(|offered| !offered.is_empty()) {
                geography += 1;
                continue;
            }
            let far = if microsoft { "52.200.0.1" } else { "9.9.9.9" }.parse().unwrap();
            let mut far = Far::new(&case, far);
            far.side = row.far_side;
            let edges = case.cuts.iter().copied().filter(|cut| set.contains(*cut)).take(4);
            for address in edges.chain(set.first_address()) {
                let mut expected = Vec::new();
                for assumed in combinations(&plan.assumptions) {
                    let by = back(&case, far, address, None, assumed);
                    let exit = |by: &By| match by {
                        By::Exit(exit) => Some(plan.exits[*exit].id.clone()),
                        By::Lost => None,
                    };
                    let way = Way { exits: by.iter().filter_map(exit).collect(), lost: by.contains(&By::Lost) };
                    if !expected.contains(&way) {
                        expected.push(way);
                    }
                }
                expected.sort_unstable();
                let mut ways = row.ways.clone();
                ways.sort_unstable();
                assert_eq!(ways, expected, "{context} {address}");
                asked += 1;
                lost += usize::from(row.ways.iter().any(|way| way.lost));
            }
            split += usize::from(row.share < Share::ONE);
        }
        for ((ours, family, ..), (sum, set)) in &sums {
            let of_family = |set: &AddressSet| match family {
                Family::V4 => AddressSet { v4: set.v4.clone(), ..AddressSet::empty() },
                Family::V6 => AddressSet { v6: set.v6.clone(), ..AddressSet::empty() },
            };
            if let Ours::Pool(id) = ours {
                let pool = plan.pools.iter().find(|pool| pool.id == *id).unwrap();
                let all = set_of(lists.of(&pool.addresses).iter().map(|line| line.prefix));
                assert_eq!((set, *sum), (&of_family(&all), size(&of_family(&all))), "{name} {ours:?}");
            }
        }
    }
    println!("{asked} asked, {split} split, {lost} lost, {geography} by geography");
    assert!(asked > 300 && split > 30 && lost > 10 && geography > 0, "{asked} {split} {lost} {geography}");
}

/// All rows of a view, window by window.
fn all_rows(coverage: &Coverage, solved: &Solved, site: &Id, filter: &Filter) -> Vec<TableRow> {
    let mut all = Vec::new();
    loop {
        let show = Show::Prefixes(filter.clone());
        let view = View { site: Some(site.clone()), show, from: all.len() as u32, count: 150 };
        let window = coverage.window(solved.world(), view);
        let Rows::Table(rows) = window.rows else { panic!("a table was asked") };
        let last = rows.len() < 150;
        all.extend(rows);
        if last {
            assert_eq!(all.len() as u32, window.total);
            return all;
        }
    }
}

#[test]
fn the_decision_table_covers_the_space_row_by_row_wherever_one_jumps() {
    let mut longest = 0;
    for (name, plan, scenario) in cases().step_by(4) {
        let solved = Solved::new(plan, scenario, false);
        let coverage = cover(&solved);
        let mut rng = Rng::from_seed(3);
        for (index, site) in coverage.sites().iter().enumerate() {
            let rows = all_rows(&coverage, &solved, &site.site, &Filter::default());
            longest = longest.max(rows.len());
            let mut next: Option<IpAddr> = None;
            let mut before: Option<&TableRow> = None;
            for row in &rows {
                let first = if row.first.is_ipv4() { "0.0.0.0" } else { "::" }.parse().unwrap();
                assert_eq!(row.first, next.unwrap_or(first), "{name}: no gap, no overlap");
                if let Some(before) = before.filter(|before| before.first.is_ipv4() == row.first.is_ipv4()) {
                    assert!(
                        (&before.prefix, before.class) != (&row.prefix, row.class),
                        "{name}: neighbours differ"
                    );
                }
                let found = solved.lookup(index, row.first);
                assert_eq!(found.prefix, row.prefix, "{name} {row:?}");
                let class = site.class_of(row.last).unwrap();
                assert_eq!((class.class, class.verdict), (row.class, row.verdict), "{name} {row:?}");
                if class.is_public() {
                    assert_eq!(found.exits, row.out, "{name} {row:?}");
                }
                next = after(row.last);
                before = Some(row);
            }
            assert_eq!(next, None);
            let mut filters = vec![Filter { family: Some(Family::V6), ..Filter::default() }];
            filters.extend(
                site.classes().iter().take(3).map(|c| Filter { class: Some(c.class), ..Filter::default() }),
            );
            filters.extend(
                solved.plan().exits.iter().map(|e| Filter { exit: Some(e.id.clone()), ..Filter::default() }),
            );
            filters.push(Filter { verdict: Some(Verdict::Symmetric), ..Filter::default() });
            for filter in filters {
                let shown: Vec<TableRow> =
                    rows.iter().filter(|row| filter.shows(&site.classes()[row.class as usize])).cloned().collect();
                assert_eq!(all_rows(&coverage, &solved, &site.site, &filter), shown, "{name} {filter:?}");
                for _ in 0..5 {
                    let find = rng.pick(&rows).last;
                    let show = Show::Prefixes(Filter { find: Some(find), ..filter.clone() });
                    let view = View { site: Some(site.site.clone()), show, from: 0, count: 1 };
                    let at = coverage.window(solved.world(), view).at.unwrap() as usize;
                    let row_of = |row: &TableRow| (row.first.is_ipv6(), row.last) < (find.is_ipv6(), find);
                    assert_eq!(at, shown.iter().filter(|row| row_of(row)).count(), "{name} {find}");
                }
            }
        }
    }
    assert!(longest > 150, "{longest}: more than one window");
}

fn after(address: IpAddr) -> Option<IpAddr> {
    match address {
        IpAddr::V4(ip) => ip.to_bits().checked_add(1).map(|bits| IpAddr::V4(bits.into())),
        IpAddr::V6(ip) => ip.to_bits().checked_add(1).map(|bits| IpAddr::V6(bits.into())),
    }
}

#[test]
fn services_are_counted_whole() {
    for (name, plan, scenario) in cases().step_by(3) {
        let solved = Solved::new(plan.clone(), scenario, false);
        let coverage = cover(&solved);
        for site in coverage.sites() {
            let rows: Vec<ServiceRow> = site.services().collect();
            assert_eq!(rows.len(), plan.services.len());
            assert!(rows.is_sorted_by_key(|row| (row.verdict.is_none(), row.verdict)), "{name}: worst first");
            for row in &rows {
                for (family, all) in [(Family::V4, row.addresses.0), (Family::V6, row.addresses.1)] {
                    let own = row.ways.iter().filter(|way| way.class.family == family);
                    let sum: Count = own.clone().map(|way| way.addresses).sum();
                    assert_eq!(sum, all, "{name} {row:#?}");
                    assert!(own.clone().all(|way| way.share == way.addresses.share_of(all)), "{name}");
                }
                // What a flow from all inside addresses to the service says, where all of it is public.
                let flow = plan.flows.iter().zip(&solved.rows).find(|(flow, _)| {
                    matches!(&flow.ends, Ends::Outbound(ends) if ends.site == site.site
                        && ends.sources.is_empty() && ends.service.as_ref() == Some(&row.service))
                });
                if let Some((_, said)) = flow.filter(|_| row.ways.iter().all(|way| way.class.is_public())) {
                    assert_eq!(said.verdict, row.verdict, "{name} {row:#?}");
                }
            }
        }
    }
}

#[test]
fn steps_of_any_size_give_the_same() {
    let (_, plan, scenario) = cases().nth(1).unwrap();
    let solved = std::rc::Rc::new(Solved::new(plan, scenario, false));
    let own = std::rc::Rc::clone(&solved);
    let mut job = Job::new(|pace| async move { Coverage::new(own.world(), &pace).await });
    let mut steps = 0;
    let in_steps = loop {
        steps += 1;
        if let Some(coverage) = job.step(500) {
            break coverage;
        }
    };
    assert!(steps > 5, "{steps}");
    assert_eq!(format!("{in_steps:?}"), format!("{:?}", cover(&solved)));
}
