//! The way from one plan to another: steps that end at the plan whatever their order, states judged like plans, the
//! best order against brute force.
//!
//! `TWOPATH_CASES` raises how many random pairs of plans are tried.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;
use support::random_plan::{Rng, random_plan};
use twopath::desk::Solved;
use twopath::journey::{Row, Sessions, Standing};
use twopath::pace::at_once;
use twopath::plan::*;
use twopath::routing::Scenario;
use twopath::space::Family;
use twopath::study::rollout::{Effective, Rollout, Stage, states};

fn cases() -> u64 {
    std::env::var("TWOPATH_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12)
}

fn rows(plan: &Plan) -> Vec<Row> {
    Solved::new(plan.clone(), Scenario::default(), false).rows
}

fn rollout(before: &Plan, after: &Plan) -> Rollout {
    let solved = Solved::new(after.clone(), Scenario::default(), false);
    let (before, world) = (&Arc::new(before.clone()), solved.world());
    at_once(|pace| async move { Rollout::new(before, world, &pace).await })
}

fn plans(before: &Plan, after: &Plan) -> Vec<(Option<String>, Plan)> {
    states(&Arc::new(before.clone()), &Arc::new(after.clone()))
}

/// A plan as today's: one Internet link behind a firewall that translates, and then what is said.
fn plan(more: &str) -> Plan {
    let json = format!(r#"{{"schema_version": 1, {more}}}"#);
    load(&json).unwrap().plan
}

const SITE: &str = r#""sites": [{"id": "hq", "inside": ["10.0.0.0/16"]}]"#;
const FLOWS: &str = r#""services": [{"id": "ms", "destinations": ["20.60.28.0/23"], "microsoft": true}],
    "flows": [{"id": "ms", "ends": {"outbound": {"site": "hq", "service": "ms"}}}]"#;
const ISP: &str = r#"{"id": "isp", "site": "hq", "link": {"internet": {}}, "path": [{"device": "fw", "zone": "isp"}],
    "learned": ["0.0.0.0/0"], "advertised": ["198.51.100.0/24"]}"#;

fn today() -> Plan {
    plan(&format!(
        r#"{SITE}, {FLOWS}, "exits": [{ISP}], "pools": [{{"id": "old", "addresses": ["198.51.100.8/29"]}}],
        "devices": [{{"id": "fw", "stateful": true, "rules": [{{"pool": "old"}}]}}]"#
    ))
}

/// The same with a circuit, and a pool of its own for what leaves there.
fn with_circuit() -> Plan {
    let er = r#"{"id": "er", "site": "hq", "link": {"express_route": {"circuit": "c"}},
        "path": [{"device": "fw", "zone": "er"}], "learned": ["20.60.28.0/23 community=12076:51007"],
        "advertised": ["203.0.113.0/28"]}"#;
    plan(&format!(
        r#"{SITE}, {FLOWS}, "exits": [{ISP}, {er}],
        "circuits": [{{"id": "c", "peerings": [{{"kind": "microsoft", "admitted": ["203.0.113.0/28"],
            "route_filter": ["12076:51007"]}}]}}],
        "pools": [{{"id": "old", "addresses": ["198.51.100.8/29"]}}, {{"id": "new", "addresses": ["203.0.113.0/28"]}}],
        "devices": [{{"id": "fw", "stateful": true,
            "rules": [{{"exits": ["er"], "pool": "new"}}, {{"pool": "old"}}]}}]"#
    ))
}

fn keys(rollout: &Rollout) -> Vec<&str> {
    rollout.stages.iter().map(|stage| stage.step.key.as_str()).collect()
}

fn stage<'a>(rollout: &'a Rollout, key: &str) -> &'a Stage {
    rollout.stages.iter().find(|stage| stage.step.key == key).unwrap()
}

#[test]
fn a_filter_attached_too_early_breaks_until_the_rule_and_a_better_order_is_offered() {
    let (before, mut after) = (today(), with_circuit());
    // The usual order attaches the filter when all is ready: that moves the traffic.
    let found = rollout(&before, &after);
    assert_eq!(keys(&found), ["admit:c", "up:er", "advertise:er", "rule:fw:1", "filter:c"]);
    assert_eq!((found.score.broken, &found.better), (0, &None));
    assert_eq!(stage(&found, "filter:c").effective, Effective::ByMicrosoft);
    after.rollout = ["admit:c", "filter:c", "up:er", "advertise:er", "rule:fw:1"].map(str::to_owned).into();
    let found = rollout(&before, &after);
    assert_eq!(found.order(), after.rollout);
    // Up: what leaves by it is still translated to the old pool, which its peering doesn't admit.
    let up = stage(&found, "up:er");
    let [broken] = up.breaks.as_slice() else { panic!("{up:?}") };
    assert_eq!((broken.flow.as_str(), broken.verdict), ("ms", Some(twopath::journey::Verdict::NotAdmitted)));
    assert_eq!(broken.until, 4, "the rule mends it");
    assert_eq!(stage(&found, "advertise:er").still, ["ms".into()]);
    assert_eq!(stage(&found, "rule:fw:1").mends, ["ms".into()]);
    assert_eq!(up.resets[0].sessions, Sessions::Lost);
    assert_eq!((found.score.broken, found.score.unsettled), (2, 0));
    let better = found.better.as_ref().expect("a better order");
    assert!(found.proved);
    assert_eq!((better.score.broken, better.score.unsettled), (0, 0));
    // The plan keeps it, and then it is the order judged.
    let kept = Plan { rollout: better.order.clone(), ..after };
    let again = rollout(&before, &kept);
    assert_eq!(again.order(), better.order);
    assert_eq!(again.score, better.score);
    assert_eq!(again.better, None);
    assert!(again.stages.iter().all(|stage| stage.breaks.is_empty()), "{again:?}");
    // The session moves to another pool all the same, at the step that moves the traffic.
    let moved: Vec<_> = again.stages.iter().filter(|stage| !stage.resets.is_empty()).collect();
    assert_eq!(moved.len(), 1, "{moved:?}");
    assert_eq!(moved[0].resets[0].sessions, Sessions::AnotherPool);
}

#[test]
fn a_pool_moves_without_harm_only_where_the_new_one_is_advertised_first() {
    let before = today();
    let mut after = before.clone();
    after.pools[0].addresses = "203.0.113.0/29".into();
    after.exits[0].advertised = "203.0.113.0/24".into();
    let found = rollout(&before, &after);
    assert_eq!(keys(&found), ["advertise:isp", "pool:old", "withdraw:isp"]);
    assert_eq!((found.score.broken, &found.better), (0, &None));
    assert_eq!(stage(&found, "pool:old").resets[0].sessions, Sessions::AnotherPool);
    assert!(stage(&found, "withdraw:isp").resets.is_empty());
    let hasty = Plan { rollout: vec!["withdraw:isp".into(), "pool:old".into()], ..after };
    let found = rollout(&before, &hasty);
    // What isn't named comes behind what usually goes before it, here at the beginning.
    assert_eq!(keys(&found), ["advertise:isp", "withdraw:isp", "pool:old"]);
    let broken = &stage(&found, "withdraw:isp").breaks[0];
    assert_eq!((broken.flow.as_str(), broken.until), ("ms", 2));
    assert_eq!(found.better.unwrap().order, ["advertise:isp", "pool:old", "withdraw:isp"]);
}

#[test]
fn what_the_plan_makes_worse_for_good_does_not_break_on_the_way() {
    let before = today();
    let mut after = before.clone();
    after.exits[0].advertised = "".into();
    let found = rollout(&before, &after);
    assert_eq!(keys(&found), ["withdraw:isp"]);
    assert_eq!((found.score.broken, found.stages[0].for_good.as_slice()), (0, ["ms".into()].as_slice()));
    assert!(found.stages[0].breaks.is_empty() && found.better.is_none() && found.proved);
}

#[test]
fn a_link_is_replaced_by_another_beside_it() {
    let mut before = today();
    before.exits[0].path[0].zone = "out".into();
    let mut after = before.clone();
    after.exits[0].id = "other".into();
    after.exits[0].advertised = "203.0.113.0/24".into();
    after.pools[0].addresses = "203.0.113.0/29".into();
    let found = rollout(&before, &after);
    assert_eq!(keys(&found), ["up:other", "advertise:other", "pool:old", "withdraw:isp", "down:isp"]);
    // A tie of two exits in one zone tolerates either way back; the pool is answered by who advertises it.
    assert!(found.proved);
    assert_eq!(found.score.broken, 0, "{found:?}");
    let down = stage(&found, "down:isp");
    assert_eq!(down.effective, Effective::After { milliseconds: 180_000, bfd: false });
    assert_eq!(stage(&found, "up:other").effective, Effective::ByBgp);
}

#[test]
fn a_filter_takes_more_before_it_takes_fewer() {
    let before = with_circuit();
    let mut after = before.clone();
    after.circuits[0].peerings[0].route_filter = Some(vec![Community::microsoft(51008)]);
    let found = rollout(&before, &after);
    assert_eq!(keys(&found), ["filter:c", "unfilter:c"]);
    let filters: Vec<_> = plans(&before, &after)
        .into_iter()
        .map(|(_, plan)| plan.circuits[0].peerings[0].route_filter.clone().unwrap().len())
        .collect();
    assert_eq!(filters, [1, 2, 1]);
    let back = found.stages[0].step.inverse();
    assert_eq!(back.key, "unfilter:c");
    assert_eq!(back.inverse(), found.stages[0].step);
}

/// A plan changed here and there: nothing of what is asked, only of the network.
fn mutated(plan: &Plan, rng: &mut Rng) -> Plan {
    let mut plan = plan.clone();
    for _ in 0..rng.within(1, 4) {
        let exit = rng.below(plan.exits.len());
        match rng.below(11) {
            0 => {
                let text = plan.exits[exit].advertised.as_str().to_owned();
                let lines: Vec<&str> = text.split('\n').collect();
                let drop = rng.below(lines.len());
                let kept = lines.iter().enumerate().filter(|(index, _)| *index != drop).map(|(_, line)| *line);
                plan.exits[exit].advertised = kept.collect::<Vec<_>>().join("\n").into();
            }
            1 => {
                let more = rng.pick(&["203.0.113.0/24", "198.51.100.0/25", "2001:db8::/32"]);
                let text = format!("{}\n{more}", plan.exits[exit].advertised.as_str());
                plan.exits[exit].advertised = text.into();
            }
            2 if !plan.pools.is_empty() => {
                let pool = rng.below(plan.pools.len());
                plan.pools[pool].addresses =
                    (*rng.pick(&["203.0.113.64/28", "198.51.100.32-198.51.100.40", "2001:db8:1::/64"])).into();
            }
            3 => plan.exits[exit].local_preference = Some(*rng.pick(&[90, 100, 150])),
            4 if !plan.devices.is_empty() => {
                let device = rng.below(plan.devices.len());
                let rules = &mut plan.devices[device].rules;
                if rules.len() > 1 && rng.chance(50) {
                    rules.swap(0, 1);
                } else if !rules.is_empty() {
                    rules.remove(0);
                }
            }
            5 if plan.exits.len() > 1 => {
                plan.exits.remove(exit);
            }
            6 if !plan.circuits.is_empty() => {
                let circuit = rng.below(plan.circuits.len());
                for peering in &mut plan.circuits[circuit].peerings {
                    peering.route_filter = rng.chance(60).then(|| vec![Community::microsoft(51007)]);
                }
            }
            7 if !plan.circuits.is_empty() => {
                let circuit = rng.below(plan.circuits.len());
                for peering in &mut plan.circuits[circuit].peerings {
                    peering.admitted = (*rng.pick(&["203.0.112.0/23", "198.51.100.0/24", ""])).into();
                }
            }
            8 => {
                let policy = Policy { action: Action::Deny, ..Policy::default() };
                plan.exits[exit].policy_in.insert(0, policy);
            }
            9 => {
                let mut new = plan.exits[exit].clone();
                new.id = format!("new{}", rng.below(1000)).into();
                plan.exits.push(new);
            }
            _ => plan.multipath = !plan.multipath,
        }
    }
    plan
}

/// Everything that a row says, whatever the order of exits in the plan.
fn told(row: &Row) -> Vec<String> {
    let mut parts: Vec<String> = row
        .parts
        .iter()
        .map(|part| {
            let sorted = |ids: &[Id]| {
                let mut ids = ids.to_vec();
                ids.sort();
                ids
            };
            let (out, back) = (sorted(&part.out), sorted(&part.back));
            format!("{:?} {:?} {out:?} {:?} {back:?}", part.family, part.verdict, sorted(&part.pools))
        })
        .collect();
    parts.sort();
    parts.push(format!("{} {:?}", row.flow, row.verdict));
    parts
}

/// A share as it is kept, in 2^-62.
fn exact(share: twopath::space::Share) -> u128 {
    format!("{share:?}").trim_end_matches("/2^62").parse().unwrap()
}

/// The shares of a row's addresses that fail, and that don't work, by family; in 2^-62.
fn harm(row: &Row) -> Option<[u128; 4]> {
    row.verdict?;
    let share = |family: Family, standings: &[Standing]| -> u128 {
        let own =
            |part: &&twopath::journey::Part| part.family == family && standings.contains(&part.verdict.standing());
        row.parts.iter().filter(own).map(|part| exact(part.share)).sum()
    };
    let (fails, not) = ([Standing::Fails], [Standing::Fails, Standing::Depends]);
    Some([share(Family::V4, &fails), share(Family::V6, &fails), share(Family::V4, &not), share(Family::V6, &not)])
}

fn is_more(one: u128, other: u128) -> bool {
    // Something is more than nothing; else sums differ by their roundings.
    if other == 0 { one > 0 } else { one > other + other / 500_000 + (1 << 62) / 1_000_000_000_000 }
}

fn more(one: [u128; 4], other: [u128; 4]) -> bool {
    one.into_iter().zip(other).any(|(one, other)| is_more(one, other))
}

/// How many flows fail, and how many are only unsettled, more than today and in the end.
fn broken(now: &[Row], today: &[Row], end: &[Row]) -> (u32, u32) {
    let mut sum = (0, 0);
    for ((now, today), end) in now.iter().zip(today).zip(end) {
        let (Some(now), Some(today), Some(end)) = (harm(now), harm(today), harm(end)) else { continue };
        if more(now, today) && more(now, end) {
            if is_more(now[0], today[0].max(end[0])) || is_more(now[1], today[1].max(end[1])) {
                sum.0 += 1;
            } else {
                sum.1 += 1;
            }
        }
    }
    sum
}

fn permutations(of: &[String]) -> Vec<Vec<String>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for index in 0..of.len() {
        let mut rest = of.to_vec();
        let first = rest.remove(index);
        for mut tail in permutations(&rest) {
            tail.insert(0, first.clone());
            all.push(tail);
        }
    }
    all
}

#[test]
fn every_state_is_judged_as_a_plan_and_the_best_order_is_the_best() {
    let (mut pairs, mut steps, mut harmed, mut better) = (0, 0, 0, 0);
    for seed in 0..cases() {
        let mut rng = Rng::from_seed(seed ^ 0x726f_6c6c);
        let before = random_plan(seed);
        let mut after = mutated(&before, &mut rng);
        if rng.chance(60) {
            // The usual order is made to do little harm.
            after.rollout = plans(&before, &after).into_iter().rev().filter_map(|(key, _)| key).collect();
        }
        let found = rollout(&before, &after);
        let order = found.order();
        let all = plans(&before, &after);
        // Nothing done is the network as it is; all done is the plan after, to the letter.
        assert_eq!(all.last().unwrap().1, after, "seed {seed}");
        let (start, was) = (rows(&all[0].1), rows(&before));
        let of = |rows: &[Row]| rows.iter().map(told).collect::<Vec<_>>();
        assert_eq!(of(&start), of(&was), "seed {seed}: {order:?}");
        for (one, other) in start.iter().zip(&was) {
            let (one, other) = (harm(one), harm(other));
            let alike = |one, other| !more(one, other) && !more(other, one);
            assert!(one.zip(other).is_none_or(|(one, other)| alike(one, other)), "seed {seed}");
        }
        assert_eq!(all.iter().skip(1).filter_map(|(key, _)| key.clone()).collect::<Vec<_>>(), order);
        // Each state judged anew.
        let judged: Vec<Vec<Row>> = all.iter().map(|(_, plan)| rows(plan)).collect();
        let (today, end) = (judged.first().unwrap(), judged.last().unwrap());
        let mut sum = (0, 0);
        for (index, now) in judged.iter().enumerate().skip(1) {
            let own = broken(now, today, end);
            sum = (sum.0 + own.0, sum.1 + own.1);
            let stage = &found.stages[index - 1];
            assert_eq!((own.0 + own.1) as usize, stage.breaks.len() + stage.still.len(), "seed {seed} {index}");
            for one in &stage.breaks {
                let at = today.iter().position(|row| row.flow == one.flow).unwrap();
                assert_eq!(judged[index][at].verdict, one.verdict);
                let those = |rows: &[Row]| {
                    let only = |rows: &[Row]| vec![rows[at].clone()];
                    broken(&only(rows), &only(today), &only(end)) != (0, 0)
                };
                let until = one.until as usize + 1;
                assert!((index..until).all(|between| those(&judged[between])) && !those(&judged[until]));
            }
            for flow in &stage.mends {
                let at = today.iter().position(|row| row.flow == *flow).unwrap();
                let (old, new) = (harm(&judged[index - 1][at]).unwrap(), harm(&now[at]).unwrap());
                assert!(more(old, new) && !more(new, old), "seed {seed}");
            }
        }
        assert_eq!(sum, (found.score.broken, found.score.unsettled), "seed {seed}: {order:?}");
        pairs += 1;
        steps += order.len();
        harmed += usize::from(sum != (0, 0));
        better += usize::from(found.better.is_some());
        if order.len() > 5 {
            continue;
        }
        // The best of all orders, each state solved once.
        let mut known: BTreeMap<Vec<String>, (u32, u32)> = BTreeMap::new();
        let mut best = sum;
        for permutation in permutations(&order) {
            after.rollout.clone_from(&permutation);
            let mut own = (0, 0);
            let mut done: Vec<String> = Vec::new();
            for (key, plan) in plans(&before, &after).into_iter().skip(1).take(order.len().saturating_sub(1)) {
                done.push(key.unwrap());
                let mut set = done.clone();
                set.sort();
                let harm = *known.entry(set).or_insert_with(|| broken(&rows(&plan), today, end));
                own = (own.0 + harm.0, own.1 + harm.1);
            }
            assert_eq!(done.len(), order.len().saturating_sub(1));
            best = best.min(own);
        }
        let offered = found.better.as_ref().map_or(found.score, |better| better.score);
        assert!(found.proved);
        assert_eq!(best, (offered.broken, offered.unsettled), "seed {seed}: {order:?}");
    }
    println!("{pairs} pairs, {steps} steps, {harmed} with harm on the way, {better} with a better order");
    assert!(pairs > 0 && steps > 0);
}

#[test]
fn any_two_plans_have_a_way_between_them() {
    for seed in 0..cases() {
        let (before, mut after) = (random_plan(seed), random_plan(seed + 1));
        after.rollout = plans(&before, &after).into_iter().filter_map(|(key, _)| key).collect();
        after.rollout.reverse();
        for (_, plan) in plans(&before, &after) {
            // Each state is sound as a document.
            assert_eq!(load(&save(&plan)).unwrap().plan, plan, "seed {seed}");
        }
        assert_eq!(plans(&before, &after).last().unwrap().1, after);
        // Nothing to do, nothing done.
        assert!(rollout(&after, &after).stages.is_empty(), "seed {seed}");
    }
}

#[test]
fn with_too_many_steps_the_rest_is_one() {
    let before = today();
    let mut after = before.clone();
    for index in 0..120 {
        let mut exit = before.exits[0].clone();
        exit.id = format!("isp{index}").into();
        exit.advertised = "".into();
        after.exits.push(exit);
    }
    let all = plans(&before, &after);
    assert_eq!(all.len(), twopath::study::rollout::MAX_STEPS + 1);
    assert_eq!(all.last().unwrap().1, after);
    assert_eq!(all[all.len() - 2].1.exits.len(), 1 + 99);
}

#[test]
fn sessions_end_where_their_translation_or_their_device_changes() {
    let before = with_circuit();
    type Change = fn(&mut Plan);
    let cases: [(&str, Change, Option<Sessions>); 6] = [
        (
            "the filter goes: by the Internet, another pool",
            |plan| plan.circuits[0].peerings[0].route_filter = None,
            Some(Sessions::AnotherPool),
        ),
        (
            "the pool is other addresses",
            |plan| plan.pools[1].addresses = "203.0.113.8/29".into(),
            Some(Sessions::AnotherPool),
        ),
        ("nothing about it", |plan| plan.exits[0].advertised = "198.51.100.0/24\n192.0.2.0/24".into(), None),
        (
            "the zone: the same device knows it",
            |plan| plan.exits[1].path[0].zone = "other".into(),
            Some(Sessions::NotKnown),
        ),
        ("no way back", |plan| plan.circuits[0].peerings[0].admitted = "".into(), Some(Sessions::Lost)),
        (
            "another device translates",
            |plan| {
                let mut device = plan.devices[0].clone();
                device.id = "fw2".into();
                plan.devices.push(device);
                plan.exits[1].path[0].device = "fw2".into();
            },
            Some(Sessions::OtherDevice),
        ),
    ];
    for (name, change, expected) in cases {
        let mut after = before.clone();
        change(&mut after);
        let found = rollout(&before, &after);
        assert_eq!(found.stages.len(), 1, "{name}: {:?}", keys(&found));
        let own = found.stages[0].resets.first().map(|reset| reset.sessions);
        assert_eq!(own, expected, "{name}");
    }
}

/// Every step says what to do with what: what a value was and what it becomes; nothing is "changed" and no more.
#[test]
fn steps_say_what_a_value_was_and_what_it_becomes() {
    let from = with_circuit();
    let mut to = from.clone();
    let said = |from: &Plan, to: &Plan| -> Vec<String> {
        let names = twopath::report::words::Names::of_both(from, to);
        let told = rollout(from, to);
        told.stages.iter().map(|stage| twopath::report::words::rollout::step(&stage.step, &names)).collect()
    };
    to.circuits[0].sku = Sku::Premium;
    to.circuits[0].bandwidth = Some(Mbps::whole(500));
    to.circuits[0].peerings[0].return_model = ReturnModel::Sticky;
    if let Link::ExpressRoute(link) = &mut to.exits[1].link {
        (link.peering, link.side) = (PeeringKind::LegacyPublic, Side::Secondary);
    }
    to.exits[0].path[0].zone = "outside".into();
    to.exits[0].detection.bfd = Some(Bfd::default());
    to.exits[1].learned = "20.60.28.0/23 community=12076:51007\n52.96.0.0/14 community=12076:5010".into();
    to.devices[0].rules[0].sources = "10.0.1.0/24".into();
    to.multipath = true;
    to.distances.ibgp = 190;
    let steps = said(&from, &to);
    for wanted in [
        "On c, change the SKU from Standard to Premium and the bandwidth from none to 500 Mbps",
        "On c, change Microsoft's way back from the longest prefix to the way it came",
        "On isp, change the zone on fw from isp to outside",
        "On er, change the peering from Microsoft peering to public peering and the circuit's link from primary to secondary",
        "Change how a failure of isp is noticed: BFD from none to 300 ms × 3",
        "On fw, change rule 1: what comes from 10.0.1.0/24 and leaves by er is translated to new; before, what leaves \
         by er is translated to new",
        "Expect other routes over er before you go on: 52.96.0.0/14 comes",
        "On the routers, change multipath from off to on and the distance of iBGP from 200 to 190",
    ] {
        assert!(steps.iter().any(|step| step == wanted), "{wanted}\nin {steps:#?}");
    }
    // And back the other way round.
    let back = said(&to, &from);
    assert!(back.iter().any(|step| step.contains("the SKU from Premium to Standard")), "{back:#?}");
    assert!(back.iter().any(|step| step.contains("52.96.0.0/14 goes")), "{back:#?}");
}
