//! The map held against look-ups, against the golden model and against itself at every zoom, over random plans.

// Helpers outside of `#[test]` functions unwrap, too.
#![allow(clippy::unwrap_used)]
#![cfg(not(target_arch = "wasm32"))]

mod golden_model;
mod support;

use golden_model::Case;
use golden_model::forward::forward;
use golden_model::lists::Lists;
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use support::random_plan::{Rng, random_plan};
use support::rare::rare_plan;
use twopath::desk::Solved;
use twopath::pace::at_once;
use twopath::plan::{Id, Plan};
use twopath::routing::Scenario;
use twopath::space::{Count, Family, Share};
use twopath::study::coverage::{Class, Coverage};
use twopath::study::difference::Difference;
use twopath::study::map::{Before, CELLS, Fare, ORDER, View, Window, deepest, whole, window};

fn cover(solved: &Solved) -> Coverage {
    at_once(|pace| async move { Coverage::new(solved.world(), &pace).await })
}

fn plans() -> impl Iterator<Item = (String, Plan)> {
    (0..3).flat_map(|seed| {
        [(format!("random {seed}"), random_plan(seed)), (format!("rare {seed}"), rare_plan(seed))]
    })
}

/// Where something changes: the first addresses of some classes of each site, of both families.
fn spots(coverage: &Coverage, each: usize) -> Vec<(Id, IpAddr)> {
    let mut spots = Vec::new();
    for site in coverage.sites() {
        for family in [Family::V4, Family::V6] {
            let own: Vec<_> = site.classes().iter().filter(|class| class.family == family).collect();
            let some = own.iter().step_by((own.len() / each).max(1));
            spots.extend(some.map(|class| (site.site.clone(), class.first)));
        }
    }
    spots
}

fn size(net: IpNet) -> Count {
    let bits = Family::of(net.addr()).bits() - net.prefix_len();
    if bits == 128 { Count::from(u128::MAX) + Count::ONE } else { Count::from(1_u128 << bits) }
}

fn last(net: IpNet) -> IpAddr {
    match net {
        IpNet::V4(net) => net.broadcast().into(),
        IpNet::V6(net) => net.broadcast().into(),
    }
}

/// What must hold of any window.
fn is_sound(name: &str, shown: &Window) {
    assert_eq!(shown.begins.len(), CELLS as usize + 1, "{name}");
    for cell in 0..CELLS {
        let parts = shown.cell(cell);
        assert!(!parts.is_empty(), "{name}: cell {cell} is of nothing");
        let sum: Share = parts.iter().map(|part| part.share).sum();
        assert_eq!(sum, Share::ONE, "{name}: cell {cell}");
        assert!(parts.is_sorted_by_key(|part| std::cmp::Reverse(part.share)), "{name}: the largest first");
        let kinds: BTreeSet<u32> = parts.iter().map(|part| part.kind).collect();
        assert_eq!(kinds.len(), parts.len(), "{name}: a kind twice in cell {cell}");
    }
    let block = size(shown.view.block());
    assert_eq!(shown.all.iter().map(|amount| amount.addresses).sum::<Count>(), block, "{name}");
    let told = shown.blocks.iter().flatten().map(|amount| amount.addresses).sum::<Count>();
    assert_eq!(told, block, "{name}: in words as in the picture");
    let used: BTreeSet<u32> = shown.parts.iter().map(|part| part.kind).collect();
    assert!(used.into_iter().eq(0..shown.kinds.len() as u32), "{name}: every kind occurs");
    let kinds: BTreeSet<_> = shown.kinds.iter().collect();
    assert_eq!(kinds.len(), shown.kinds.len(), "{name}: a kind twice");
}

#[test]
fn at_the_nearest_each_cell_is_an_address_and_says_what_a_look_up_says() {
    for (name, plan) in plans() {
        let scenario = Scenario::default();
        let solved = Solved::new(plan.clone(), scenario.clone(), false);
        let coverage = cover(&solved);
        let lists = Lists::default();
        let case = Case::new(&plan, &scenario, &lists);
        for (site, at) in spots(&coverage, 3) {
            let view = View { site: Some(site.clone()), at, length: 128, compare: false };
            assert_eq!(view.block().prefix_len(), deepest(Family::of(at)));
            let shown = window(&coverage, None, view);
            is_sound(&name, &shown);
            let own = coverage.sites().iter().find(|own| own.site == site).unwrap();
            for cell in 0..CELLS {
                let address = shown.view.cell(cell).addr();
                let [part] = shown.cell(cell) else { panic!("{name}: {address} is of several kinds") };
                let class: &Class = own.class_of(address).unwrap();
                assert_eq!(shown.kinds[part.kind as usize].now, Fare::from(class), "{name}: {address}");
            }
            // The slow model, at this address and at some around it.
            for address in
                [0, 1, CELLS / 2, CELLS - 1].map(|cell| shown.view.cell(cell).addr()).into_iter().chain([at])
            {
                let class = own.class_of(address).unwrap();
                if class.is_public() {
                    let wins = forward(&case, &site, address).map(|(_, exits)| exits).unwrap_or_default();
                    let wins: BTreeSet<Id> = wins.into_iter().map(|exit| plan.exits[exit].id.clone()).collect();
                    let cell = (0..CELLS).find(|cell| shown.view.cell(*cell).contains(&address)).unwrap();
                    let kind = &shown.kinds[shown.cell(cell)[0].kind as usize];
                    assert_eq!(kind.now.out.iter().cloned().collect::<BTreeSet<_>>(), wins, "{name}: {address}");
                }
            }
        }
    }
}

/// How much of each kind there is in a block within a window.
fn amounts(shown: &Window, within: IpNet) -> BTreeMap<String, Share> {
    let each = size(shown.view.cell(0)).share_of(size(within));
    let mut sums = vec![Share::ZERO; shown.kinds.len()];
    for cell in (0..CELLS).filter(|cell| within.contains(&shown.view.cell(*cell))) {
        for part in shown.cell(cell) {
            sums[part.kind as usize] += part.share * each;
        }
    }
    let there = sums.iter().zip(&shown.kinds).filter(|(sum, _)| **sum > Share::ZERO);
    there.map(|(sum, kind)| (format!("{kind:?}"), *sum)).collect()
}

#[test]
fn farther_off_a_cell_is_the_sum_of_its_cells_nearer_by() {
    for (name, plan) in plans() {
        let solved = Solved::new(plan, Scenario::default(), false);
        let coverage = cover(&solved);
        let mut rng = Rng::from_seed(7);
        for (site, at) in spots(&coverage, 1) {
            // From the whole down to this address, each step held against the one before.
            let mut far =
                window(&coverage, None, View { site: Some(site.clone()), at, length: 0, compare: false });
            is_sound(&name, &far);
            for _ in 0..3 {
                let mixed: Vec<u32> = (0..CELLS).filter(|cell| far.cell(*cell).len() > 1).collect();
                let cell = if mixed.is_empty() { break } else { *rng.pick(&mixed) };
                let whole = far.view.cell(cell);
                // The same cell as a block of its own, of 128 by 128 cells where it has so many addresses.
                let near = window(&coverage, None, far.view.of(whole));
                is_sound(&name, &near);
                let nearer = amounts(&near, whole);
                for part in far.cell(cell) {
                    let kind = format!("{:?}", far.kinds[part.kind as usize]);
                    let sum = nearer.get(&kind).copied().unwrap_or(Share::ZERO);
                    let close = sum.millionths().abs_diff(part.share.millionths()) <= 1;
                    assert!(close, "{name}: {whole}: {kind}: {sum} nearer by, {} farther off", part.share);
                }
                assert_eq!(nearer.len(), far.cell(cell).len(), "{name}: {whole}");
                far = near;
            }
        }
    }
}

#[test]
fn what_changed_is_what_the_difference_says() {
    for (name, plan) in plans() {
        let before = Solved::new(plan.clone(), Scenario::default(), false);
        let mut changed = plan;
        let exit = changed.exits[0].id.clone();
        changed.exits[0].learned = "0.0.0.0/1\n2000::/4".into();
        let after = Solved::new(changed, Scenario::default(), false);
        let coverage = cover(&after);
        let was = at_once(|pace| {
            let before = before.world();
            async move { Before::new(before, &pace).await }
        });
        let difference = at_once(|pace| {
            let (before, after) = (before.world(), after.world());
            async move { Difference::new(before, after, &pace).await }
        });
        for site in coverage.sites() {
            for family in [Family::V4, Family::V6] {
                let at = whole(family).addr();
                let view = View { site: Some(site.site.clone()), at, length: 0, compare: true };
                let shown = window(&coverage, Some(&was), view.clone());
                is_sound(&name, &shown);
                assert!(shown.compared);
                let moved: Count = shown
                    .all
                    .iter()
                    .filter(|amount| shown.kinds[amount.kind as usize].before.is_some())
                    .map(|amount| amount.addresses)
                    .sum();
                let totals = difference.summary().sites.iter();
                let totals = totals.clone().find(|own| own.site == site.site && own.family == family).unwrap();
                assert_eq!(moved, totals.changed.0, "{name}: {exit} at {}", site.site);
                let alone = window(&coverage, None, view);
                assert!(!alone.compared && alone.kinds.iter().all(|kind| kind.before.is_none()));
            }
        }
    }
}

#[test]
fn one_comes_nearer_and_farther_and_to_what_lies_beside() {
    let view = View::default();
    assert_eq!(view.block(), whole(Family::V4));
    assert_eq!(view.farther(), None);
    let nearer = view.nearer(CELLS - 1).unwrap();
    assert_eq!(nearer.block().to_string(), "192.0.0.0/2");
    assert_eq!(nearer.farther().unwrap().block(), view.block());
    // The four quarters lie top left, bottom left, bottom right, top right.
    assert_eq!(nearer.beside(-1, 0).unwrap().block().to_string(), "0.0.0.0/2");
    assert_eq!(nearer.beside(0, 1).unwrap().block().to_string(), "128.0.0.0/2");
    assert_eq!((nearer.beside(1, 0), nearer.beside(0, -1)), (None, None));
    assert_eq!(view.beside(1, 0), None);
    let mut deep = view;
    let mut steps = 0;
    while let Some(next) = deep.nearer(5) {
        (deep, steps) = (next, steps + 1);
    }
    assert_eq!((steps, deep.block().to_string().as_str()), (9, "0.0.0.0/18"));
    assert_eq!(deep.cell(5).to_string(), "0.0.0.5/32");
    let odd = View { at: "2001:db8::1".parse().unwrap(), length: 33, ..View::default() };
    assert_eq!(odd.block().to_string(), "2001:db8::/32");
    assert_eq!(odd.cell(1).to_string(), "2001:db8:4::/46");
    assert_eq!(odd.sixteenth(15).to_string(), "2001:db8:f000::/36");
    assert_eq!(u32::from(odd.cell(0).prefix_len()), 32 + 2 * u32::from(ORDER));
    assert!(odd.block().contains(&last(odd.cell(CELLS - 1))));
}
