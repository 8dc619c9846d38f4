//! Differences between random plans: applied to the one they give the other, and all sums are exact.
//!
//! `TWOPATH_CASES` pairs of plans are tried (default 8), from seed `TWOPATH_SEED` on (default 0).

// Helpers outside of `#[test]` functions unwrap, too.
#![allow(clippy::unwrap_used)]
#![cfg(not(target_arch = "wasm32"))]

mod support;

use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use support::random_plan::{Rng, random_plan};
use support::rare::rare_plan;
use twopath::desk::Solved;
use twopath::intake::{Format, read};
use twopath::journey::everywhere;
use twopath::pace::{Job, at_once};
use twopath::plan::*;
use twopath::routing::{Part, Scenario};
use twopath::space::{AddressSet, Count, Family, Share};
use twopath::study::coverage::{Class, Coverage, SiteCoverage, Unjudged};
use twopath::study::difference::*;

fn solve(plan: &Plan) -> Solved {
    Solved::new(plan.clone(), Scenario::default(), false)
}

fn compare(before: &Solved, after: &Solved) -> Difference {
    at_once(|pace| async move { Difference::new(before.world(), after.world(), &pace).await })
}

fn cover(solved: &Solved) -> Coverage {
    at_once(|pace| async move { Coverage::new(solved.world(), &pace).await })
}

/// Pairs of plans whose parts are partly called alike: other plans altogether, and plans that were edited.
fn pairs() -> impl Iterator<Item = (String, Plan, Plan)> {
    let number = |name: &str, default| std::env::var(name).map_or(default, |value| value.parse().unwrap());
    let (first, pairs) = (number("TWOPATH_SEED", 0), number("TWOPATH_CASES", 8));
    (first..first + pairs).flat_map(|seed| {
        let plan = if seed % 3 == 0 { rare_plan(seed) } else { random_plan(seed) };
        let (other, edited) = (random_plan(seed + 1), edited(&plan, seed));
        let reordered = reordered(&edited);
        [("another", other), ("edited", edited), ("edited and reordered", reordered)]
            .map(|(kind, after)| (format!("seed {seed}, {kind}"), plan.clone(), after))
    })
}

/// The plan after some edits.
fn edited(plan: &Plan, seed: u64) -> Plan {
    let mut rng = Rng::from_seed(seed ^ 0x5eed);
    let mut plan = plan.clone();
    for _ in 0..3 {
        let exit = rng.below(plan.exits.len());
        match rng.below(6) {
            0 => plan.exits[exit].local_preference = Some(500),
            1 => plan.exits[exit].learned = fewer(&plan.exits[exit].learned, &mut rng),
            2 => plan.exits[exit].advertised = fewer(&plan.exits[exit].advertised, &mut rng),
            3 => plan.pools.iter_mut().for_each(|pool| pool.addresses = fewer(&pool.addresses, &mut rng)),
            4 => plan.exits[exit].path.clear(),
            _ => plan.flows.iter_mut().for_each(|flow| flow.mbps_out = Some(Mbps::whole(100))),
        }
    }
    plan
}

/// A list without some of its lines.
fn fewer(text: &Text, rng: &mut Rng) -> Text {
    let kept: Vec<&str> = text.as_str().lines().filter(|_| rng.chance(60)).collect();
    Text::from(kept.join("\n"))
}

/// The same plan, its parts the other way round.
fn reordered(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    plan.exits.reverse();
    plan.sites.reverse();
    plan.pools.reverse();
    plan.flows.reverse();
    plan.circuits.reverse();
    plan.devices.reverse();
    plan
}

fn whole(family: Family) -> Count {
    match family {
        Family::V4 => Count::from(1_u64 << 32),
        Family::V6 => Count::from(u128::MAX) + Count::ONE,
    }
}

fn size(set: &AddressSet) -> Count {
    set.count().v4 + set.count().v6
}

fn site<'a>(coverage: &'a Coverage, id: &Id) -> &'a SiteCoverage {
    coverage.sites().iter().find(|site| site.site == *id).unwrap()
}

/// A state in words that don't depend on the order in which a plan names its parts.
fn told(state: &State) -> String {
    let sorted = |ids: &[Id]| ids.iter().cloned().collect::<BTreeSet<Id>>();
    let parts: BTreeSet<String> = state
        .parts
        .iter()
        .map(|part| {
            let dropped: BTreeSet<_> = part.dropped.iter().collect();
            format!("{:?} {:?} {:?} {dropped:?}", part.verdict, sorted(&part.pools), sorted(&part.back))
        })
        .collect();
    format!("{:?} {:?} {:?} {parts:?}", state.unjudged, state.far_side, sorted(&state.out))
}

#[test]
fn applied_to_the_one_plan_it_gives_the_other() {
    let (mut changed, mut kinds) = (0, BTreeSet::new());
    for (name, before, after) in pairs() {
        let (was, is) = (solve(&before), solve(&after));
        let difference = compare(&was, &is);
        let (had, has) = (cover(&was), cover(&is));
        let sites: Vec<&Id> = after
            .sites
            .iter()
            .map(|site| &site.id)
            .filter(|id| before.sites.iter().any(|s| s.id == **id))
            .collect();
        for id in sites {
            let (had, has) = (site(&had, id), site(&has, id));
            let changes: Vec<&Change> = difference.changes().iter().filter(|change| change.site == *id).collect();
            let mut edges: BTreeSet<IpAddr> = BTreeSet::new();
            for coverage in [had, has] {
                let classes = coverage.classes().iter().flat_map(|class| coverage.prefixes(class.class).take(40));
                edges.extend(classes.flat_map(|net| [net.network(), net.broadcast()]));
            }
            for change in &changes {
                let set = difference.addresses(change.change).unwrap();
                edges.extend(set.nets().take(40).flat_map(|net| [net.network(), net.broadcast()]));
                kinds.extend(change.what.iter().copied());
            }
            for address in edges {
                let of = |change: &&&Change| difference.addresses(change.change).unwrap().contains(address);
                let mut of = changes.iter().filter(of);
                let (change, second) = (of.next(), of.next());
                assert!(second.is_none(), "{name}: {address} changes once");
                let (a, b) =
                    (State::from(had.class_of(address).unwrap()), State::from(has.class_of(address).unwrap()));
                match change {
                    // Where nothing was sent and nothing is, nothing changes.
                    None if a.unjudged == Some(Unjudged::NoSources) => {
                        assert_eq!(a.unjudged, b.unjudged, "{name}")
                    }
                    None => assert_eq!(told(&a), told(&b), "{name}: from {id} to {address}"),
                    Some(change) => {
                        assert_eq!((&change.before, &change.after), (&a, &b), "{name}: from {id} to {address}");
                        let shares_alone = change.what == [What::Parts].into();
                        assert!(shares_alone || told(&a) != told(&b), "{name}: {change:#?}");
                        changed += 1;
                    }
                }
            }
        }
    }
    println!("{changed} changed, {kinds:?}");
    assert!(changed > 1000 && kinds.len() >= 5, "{changed} {kinds:?}");
}

#[test]
fn sums_are_exact_and_lists_the_shortest() {
    for (name, before, after) in pairs() {
        let difference = compare(&solve(&before), &solve(&after));
        for change in difference.changes() {
            let set = difference.addresses(change.change).unwrap();
            assert!(!change.what.is_empty() && !change.addresses.is_zero(), "{name}: {change:#?}");
            assert_eq!(size(set), change.addresses, "{name}");
            assert_eq!(set.nets().count() as u64, change.prefixes, "{name}");
            assert_eq!(set.first_address(), Some(change.first), "{name}");
            assert_eq!(change.share, change.addresses.share_of(whole(change.family)), "{name}");
        }
        let (common, mut listed) = (common(&before, &after), Vec::new());
        for totals in &difference.summary().sites {
            listed.push((totals.site.clone(), totals.family));
            assert_eq!(totals.changed.0 + totals.same, whole(totals.family), "{name}");
            let own = difference.changes().iter().filter(|c| c.site == totals.site && c.family == totals.family);
            let sum = |what: &[What]| -> Count {
                let of = |change: &&Change| what.iter().any(|what| change.what.contains(what));
                own.clone().filter(of).map(|change| change.addresses).sum()
            };
            assert_eq!(sum(&What::ALL), totals.changed.0, "{name}");
            assert_eq!(
                (sum(&[What::Exits]), sum(&[What::Verdict])),
                (totals.exits.0, totals.verdicts.0),
                "{name}"
            );
            assert_eq!(totals.moves.iter().map(|moved| moved.addresses).sum::<Count>(), totals.exits.0, "{name}");
        }
        assert_eq!(listed.len(), 2 * common, "{name}");
    }
}

fn common(before: &Plan, after: &Plan) -> usize {
    after.sites.iter().filter(|site| before.sites.iter().any(|other| other.id == site.id)).count()
}

#[test]
fn with_itself_in_any_order_it_is_empty() {
    for (name, _, plan) in pairs() {
        let difference = compare(&solve(&plan), &solve(&plan));
        assert!(difference.is_empty(), "{name}: {difference:#?}");
        let difference = compare(&solve(&plan), &solve(&reordered(&plan)));
        assert!(difference.is_empty(), "{name}: {:#?}", difference.summary());
    }
}

#[test]
fn turned_round_it_says_the_same_turned_round() {
    for (name, before, after) in pairs() {
        let (was, is) = (solve(&before), solve(&after));
        let (there, back) = (compare(&was, &is), compare(&is, &was));
        let rows = |difference: &Difference, turned: bool| -> BTreeMap<String, (Count, Vec<IpNet>)> {
            let row = |change: &Change| {
                let (a, b) = (told(&change.before), told(&change.after));
                let (a, b) = if turned { (b, a) } else { (a, b) };
                let set = difference.addresses(change.change).unwrap();
                let key =
                    format!("{} {:?} {:?} {a} -> {b} {}", change.site, change.family, change.what, change.first);
                (key, (change.addresses, set.nets().collect()))
            };
            difference.changes().iter().map(row).collect()
        };
        assert_eq!(rows(&there, false), rows(&back, true), "{name}");
        let ways = |difference: &Difference, turned: bool| -> BTreeSet<String> {
            let row = |change: &BackChange| {
                let (a, b) = (&change.before, &change.after);
                let (a, b) = if turned { (b, a) } else { (a, b) };
                let set = difference.back_addresses(change.change).unwrap();
                format!("{:?} {:?} {:?} {a:?} {b:?} {set:?}", change.ours, change.far_side, change.offered)
            };
            difference.back().iter().map(row).collect()
        };
        assert_eq!(ways(&there, false), ways(&back, true), "{name}");
        let flows = |difference: &Difference, turned: bool| -> BTreeSet<String> {
            let verdict = |state: &Option<FlowState>| state.as_ref().map(|state| state.verdict);
            let row = |change: &FlowChange| {
                let (a, b) = (verdict(&change.before), verdict(&change.after));
                let (a, b) = if turned { (b, a) } else { (a, b) };
                format!("{} {a:?} {b:?} {:?}", change.flow, change.moved)
            };
            difference.flows().iter().map(row).collect()
        };
        assert_eq!(flows(&there, false), flows(&back, true), "{name}");
    }
}

#[test]
fn flows_say_what_their_rows_say() {
    let (mut moved, mut verdicts) = (0, 0);
    for (name, before, after) in pairs() {
        let (was, is) = (solve(&before), solve(&after));
        let difference = compare(&was, &is);
        let (had, has) = (cover(&was), cover(&is));
        let (mut least, mut most) = (0, 0);
        for flow in &after.flows {
            let change = difference.flows().iter().find(|change| change.flow == flow.id);
            let row = is.rows.iter().find(|row| row.flow == flow.id).unwrap();
            let Some(old) = was.rows.iter().find(|row| row.flow == flow.id) else {
                assert!(change.is_some_and(|change| change.before.is_none()), "{name}: {} is new", flow.id);
                continue;
            };
            let Some(change) = change else {
                assert_eq!(old.verdict, row.verdict, "{name} {}", flow.id);
                continue;
            };
            let (a, b) = (change.before.as_ref().unwrap(), change.after.as_ref().unwrap());
            assert_eq!((a.verdict, b.verdict), (old.verdict, row.verdict), "{name}");
            verdicts += usize::from(a.verdict != b.verdict);
            for (part, rate) in [(change.mbps_out, flow.mbps_out), (change.mbps_in, flow.mbps_in)] {
                let kbps = rate.map_or(0, |rate| u64::from(rate.kbps));
                assert!(part.least_kbps <= part.most_kbps && part.most_kbps <= kbps, "{name} {change:#?}");
            }
            least += change.mbps_out.least_kbps;
            most += change.mbps_out.most_kbps;
            // Counted anew, class by class.
            if let (Some(count), Ends::Outbound(ends)) = (change.moved, &flow.ends) {
                let (had, has) = (site(&had, &ends.site), site(&has, &ends.site));
                let to = destinations(&is, ends.service.as_ref());
                let mut expected = Count::ZERO;
                for (old, old_set) in sets(had) {
                    for (new, new_set) in sets(has) {
                        let (Some(old), Some(new)) = (&old, &new) else { continue };
                        if old.iter().collect::<BTreeSet<_>>() != new.iter().collect::<BTreeSet<_>>() {
                            expected += size(&old_set.intersection(&new_set).intersection(&to));
                        }
                    }
                }
                assert_eq!(count, expected, "{name} {change:#?}");
                if count.is_zero() {
                    assert_eq!(change.mbps_out, Moved::default(), "{name} {change:#?}");
                }
                moved += usize::from(!count.is_zero());
            }
        }
        for flow in before.flows.iter().filter(|flow| !after.flows.iter().any(|other| other.id == flow.id)) {
            let change = difference.flows().iter().find(|change| change.flow == flow.id).unwrap();
            assert!(change.after.is_none() && change.before.is_some(), "{name}");
        }
        let summary = difference.summary();
        assert_eq!((summary.mbps_out.least_kbps, summary.mbps_out.most_kbps), (least, most), "{name}");
    }
    println!("{moved} moved, {verdicts} verdicts");
    assert!(moved > 8 && verdicts > 20, "{moved} moved, {verdicts} verdicts");
}

/// The exits and the addresses of each class; no exits where nothing is sent.
fn sets(site: &SiteCoverage) -> Vec<(Option<Vec<Id>>, AddressSet)> {
    let out = |class: &Class| (class.unjudged != Some(Unjudged::NoSources)).then(|| class.out.clone());
    site.classes().iter().map(|class| (out(class), site.prefixes(class.class).collect())).collect()
}

fn destinations(solved: &Solved, service: Option<&Id>) -> AddressSet {
    service.map_or_else(|| everywhere().clone(), |id| solved.world().ground.network.service_addresses(id))
}

#[test]
fn ways_back_are_compared_address_by_address() {
    let mut compared = 0;
    for (name, before, after) in pairs() {
        let (was, is) = (solve(&before), solve(&after));
        let difference = compare(&was, &is);
        let (had, has) = (cover(&was), cover(&is));
        if had.back().iter().chain(has.back()).any(|row| row.offered.is_some()) {
            // Where geography decides, the plans may tell different senders apart.
            continue;
        }
        let way = |coverage: &Coverage, change: &BackChange, address: IpAddr| {
            let row = coverage.back().iter().find(|row| {
                let set: AddressSet = coverage.back_prefixes(row.row).collect();
                row.ours == change.ours && row.far_side == change.far_side && set.contains(address)
            });
            row.map(|row| {
                let mut ways = row.ways.clone();
                ways.iter_mut().for_each(|way| way.exits.sort());
                ways.sort();
                ways
            })
        };
        for change in difference.back() {
            let set = difference.back_addresses(change.change).unwrap();
            assert_eq!((size(set), set.nets().count() as u64), (change.addresses, change.prefixes), "{name}");
            assert_ne!(change.before, change.after, "{name}");
            for net in set.nets().take(3) {
                assert_eq!(way(&had, change, net.network()), change.before, "{name} {change:#?}");
                assert_eq!(way(&has, change, net.broadcast()), change.after, "{name} {change:#?}");
                compared += 1;
            }
        }
        // And nothing is missing: every first address of every way back before is the same after, or in a change.
        for row in had.back() {
            let address = had.back_prefixes(row.row).next().unwrap().network();
            let of = |change: &&BackChange| {
                let set = difference.back_addresses(change.change).unwrap();
                change.ours == row.ours && change.far_side == row.far_side && set.contains(address)
            };
            if difference.back().iter().find(of).is_none() {
                let like = BackChange { ours: row.ours.clone(), far_side: row.far_side, ..example() };
                assert_eq!(way(&had, &like, address), way(&has, &like, address), "{name} {row:#?}");
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

fn example() -> BackChange {
    BackChange {
        change: 0,
        ours: twopath::study::coverage::Ours::Pool(Id::default()),
        family: Family::V4,
        far_side: twopath::routing::FarSide::Internet,
        offered: None,
        before: None,
        after: None,
        addresses: Count::ZERO,
        share: Share::ZERO,
        prefixes: 0,
        first: String::new(),
    }
}

#[test]
fn windows_show_all_rows_in_order() {
    for (name, before, after) in pairs().step_by(5) {
        let difference = compare(&solve(&before), &solve(&after));
        let window = |show: Show, from, count| difference.window(View { show, from, count, ..View::default() });
        let Rows::Changes(rows) = window(Show::Changes, 1, 3).rows else { panic!("changes were asked") };
        assert_eq!(rows, difference.changes().iter().skip(1).take(3).cloned().collect::<Vec<_>>(), "{name}");
        for change in difference.changes() {
            let shown = window(Show::Change(change.change), 1, 2);
            let Rows::Prefixes(nets) = shown.rows else { panic!("prefixes were asked") };
            let all = difference.addresses(change.change).unwrap().nets().map(|net| net.to_string());
            assert_eq!(nets, all.skip(1).take(2).collect::<Vec<_>>(), "{name}");
            assert_eq!((u64::from(shown.total), shown.change.as_ref()), (change.prefixes, Some(change)), "{name}");
        }
        assert_eq!(window(Show::Flows, 0, 999).total as usize, difference.flows().len(), "{name}");
        assert_eq!(window(Show::Back, 0, 999).total as usize, difference.back().len(), "{name}");
    }
}

#[test]
fn steps_of_any_size_give_the_same() {
    let (_, before, after) = pairs().nth(1).unwrap();
    let worlds = std::rc::Rc::new((solve(&before), solve(&after)));
    let own = std::rc::Rc::clone(&worlds);
    let mut job = Job::new(|pace| async move { Difference::new(own.0.world(), own.1.world(), &pace).await });
    let mut steps = 0;
    let in_steps = loop {
        steps += 1;
        if let Some(difference) = job.step(300) {
            break difference;
        }
    };
    assert!(steps > 5, "{steps}");
    assert_eq!(format!("{in_steps:?}"), format!("{:?}", compare(&worlds.0, &worlds.1)));
}

#[test]
fn a_scenario_is_a_difference_too() {
    let plan = random_plan(3);
    let down = Part::Exit(plan.exits[0].id.clone());
    let scenario = Scenario { down: [down].into(), ..Scenario::default() };
    let (up, down) = (solve(&plan), Solved::new(plan.clone(), scenario, false));
    let difference = compare(&up, &down);
    let gone = &plan.exits[0].id;
    assert!(difference.changes().iter().all(|change| !change.after.out.contains(gone)));
    assert!(difference.changes().iter().any(|change| change.before.out.contains(gone)));
}

fn lists(before: &str, after: &str) -> ListDifference {
    let (was, is) = (read(before, None), read(after, None));
    at_once(|pace| async move { ListDifference::new(&was, &is, &pace).await })
}

#[test]
fn list_difference_applied_to_the_one_list_gives_the_other() {
    let mut rng = Rng::from_seed(11);
    let mut line = |rng: &mut Rng| match rng.below(3) {
        0 => format!("10.{}.0.0/{}", rng.below(6), rng.within(14, 18)),
        1 => format!("2001:db8:{}::/{} med={}", rng.below(6), rng.within(46, 50), rng.below(2)),
        _ => format!("10.{}.{}.0/24 localpref={}", rng.below(6), rng.below(4), 100 + rng.below(2)),
    };
    let mut seen = (0, 0, 0, 0);
    for _ in 0..200 {
        let make = |rng: &mut Rng, line: &mut dyn FnMut(&mut Rng) -> String| -> Vec<String> {
            (0..rng.below(40)).map(|_| line(rng)).collect()
        };
        let (before, after) = (make(&mut rng, &mut line).join("\n"), make(&mut rng, &mut line).join("\n"));
        let difference = lists(&before, &after);
        type Attributed = BTreeMap<IpNet, BTreeSet<Attributes>>;
        let all = |text: &str| -> Attributed {
            let reading = read(text, Some(Format::Plain));
            let mut all: Attributed = BTreeMap::new();
            for entry in &reading.v4 {
                all.entry(entry.prefix.into()).or_default().insert(reading.attributes_of(entry).clone());
            }
            for entry in &reading.v6 {
                all.entry(entry.prefix.into()).or_default().insert(reading.attributes_of(entry).clone());
            }
            all
        };
        let (mut was, is) = (all(&before), all(&after));
        let (had, has): (AddressSet, AddressSet) = (was.keys().copied().collect(), is.keys().copied().collect());
        assert_eq!((&difference.covered, &difference.uncovered), (&has.difference(&had), &had.difference(&has)));
        for net in &difference.removed {
            assert!(was.remove(net).is_some() && !is.contains_key(net));
        }
        for net in difference.added.iter().chain(&difference.changed) {
            assert_ne!(was.insert(*net, is[net].clone()).as_ref(), Some(&is[net]));
        }
        assert_eq!(was, is, "{before}\n\n{after}\n{difference:#?}");
        assert_eq!(difference.same as usize + difference.added.len() + difference.changed.len(), is.len());
        let turned = lists(&after, &before);
        assert_eq!((&turned.added, &turned.removed), (&difference.removed, &difference.added));
        assert_eq!((&turned.changed, &turned.covered), (&difference.changed, &difference.uncovered));
        assert!(lists(&after, &after).is_empty());
        seen.0 += difference.added.len();
        seen.1 += difference.removed.len();
        seen.2 += difference.changed.len();
        seen.3 += usize::from(!difference.covered.is_empty());
    }
    assert!(seen.0 > 100 && seen.1 > 100 && seen.2 > 20 && seen.3 > 20, "{seen:?}");
}

#[test]
fn named_sets_are_compared_by_name() {
    let tags = |storage: &str, extra: &str| {
        format!(
            r#"{{"changeNumber":1,"cloud":"Public","values":[{{"name":"Storage","id":"Storage","properties":{{"changeNumber":1,
            "region":"","platform":"Azure","systemService":"AzureStorage","addressPrefixes":[{storage}]}}}}{extra}]}}"#
        )
    };
    let sql = r#",{"name":"Sql","id":"Sql","properties":{"changeNumber":1,"region":"","platform":"Azure",
        "systemService":"AzureSQL","addressPrefixes":["20.60.0.0/24"]}}"#;
    let difference =
        lists(&tags(r#""20.60.0.0/24","20.61.0.0/24""#, ""), &tags(r#""20.61.0.0/24","20.62.0.0/24""#, sql));
    let texts = |nets: &[IpNet]| nets.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    assert_eq!(texts(&difference.added), "20.62.0.0/24");
    assert_eq!(texts(&difference.removed), "", "Sql still has it");
    let sets: Vec<_> = difference
        .sets
        .iter()
        .map(|set| (set.name.as_str(), set.there, texts(&set.added), texts(&set.removed)))
        .collect();
    let (storage, sql) = (sets.iter().find(|set| set.0 == "Storage"), sets.iter().find(|set| set.0 == "Sql"));
    assert_eq!(storage, Some(&("Storage", (true, true), "20.62.0.0/24".to_owned(), "20.60.0.0/24".to_owned())));
    assert_eq!(sql, Some(&("Sql", (false, true), "20.60.0.0/24".to_owned(), String::new())));
}
