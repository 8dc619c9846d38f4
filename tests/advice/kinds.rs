//! Each kind of change that may mend a plan is proposed where it does.

use super::{Change, base, both, dallas, many, read, set};
use serde_json::{Value, json};
use twopath::advice::fix::{self, Fixes, Proposal};
use twopath::desk::Solved;
use twopath::pace::at_once;
use twopath::plan::{Community, Plan};
use twopath::routing::Scenario;

fn fixes(plan: Plan) -> Fixes {
    let solved = Solved::new(plan, Scenario::default(), false);
    let (world, rows) = (solved.world(), solved.rows.as_slice());
    at_once(|pace| async move { Fixes::of(world, rows, &pace).await })
}

/// A second circuit of which nothing is told apart from the first: which takes a packet is left to chance.
fn tie(plan: &mut Value) {
    dallas(plan, "20.60.28.0/23 community=12076:51007 aspath=12076", "198.18.7.0/24");
}

/// The Internet has a longer prefix of the pool than ExpressRoute.
fn longer_on_the_internet(plan: &mut Value) {
    both(plan, "advertised", &json!(["198.51.0.0/16"]));
    set(plan, "/circuits/0/peerings/0/admitted", json!(["198.51.0.0/16"]));
    set(plan, "/exits/0/advertised/-", json!("198.51.100.0/24"));
}

#[test]
fn each_kind_of_change_is_proposed_where_it_mends() {
    type Is = fn(&fix::Change) -> bool;
    let cases: [(&str, Change, Is); 8] = [
        (
            "advertise here",
            |p| both(p, "advertised", &json!(["198.51.100.128/25"])),
            |change| matches!(change, fix::Change::Advertise { prefixes, .. } if prefixes == &["198.51.100.16/28"]),
        ),
        (
            "withdraw there",
            longer_on_the_internet,
            |change| matches!(change, fix::Change::Withdraw { exits, .. } if exits == &["isp".into()]),
        ),
        (
            "a pool of its own for this exit",
            |p| set(p, "/devices/1/rules/0/pool", json!("internet")),
            |change| matches!(change, fix::Change::OwnPool { .. }),
        ),
        (
            "a more specific",
            longer_on_the_internet,
            |change| matches!(change, fix::Change::Advertise { prefixes, .. } if prefixes == &["198.51.100.16/28"]),
        ),
        (
            "source translation at the entry",
            |p| {
                set(p, "/flows/3/ends/inbound/from", json!("storage"));
                set(p, "/published/0/entries/0", json!({"exit": "isp", "device": "fw-isp"}));
            },
            |change| matches!(change, fix::Change::TranslateEntry { .. }),
        ),
        (
            "preference by community",
            tie,
            |change| matches!(change, fix::Change::Prefer { communities, .. } if communities == &[Community::microsoft(51007)]),
        ),
        (
            "hide routes from a segment",
            |p| {
                set(p, "/flows/3/ends/inbound/from", json!("storage"));
                set(p, "/published/0/entries/0", json!({"exit": "isp", "device": "fw-isp"}));
            },
            |change| matches!(change, fix::Change::Hide { .. }),
        ),
        (
            "fewer and larger prefixes",
            |p| both(p, "advertised", &many(201)),
            |change| matches!(change, fix::Change::Aggregate { .. }),
        ),
    ];
    for (name, change, is) in cases {
        let mut plan = base();
        change(&mut plan);
        let found = fixes(read(&plan));
        let own = |proposal: &&Proposal| matches!(proposal.changes.as_slice(), [one] if is(one));
        let proposal = found.proposals.iter().find(own);
        let Some(proposal) = proposal else { panic!("{name}: {:?} of {:?}", found.proposals, found.candidates) };
        let effect = &proposal.effect;
        assert!(!effect.mends.is_empty() || !effect.findings_gone.is_empty(), "{name}");
    }
}

#[test]
fn many_changes_of_one_kind_do_not_keep_out_another() {
    let mut plan = base();
    set(&mut plan, "/flows/3/ends/inbound/from", json!("storage"));
    set(&mut plan, "/published/0/entries/0", json!({"exit": "isp", "device": "fw-isp"}));
    // Pools that would do for what leaves by ExpressRoute with a pool that nobody answers.
    both(&mut plan, "advertised", &json!(["198.51.100.128/25"]));
    for index in 0..20 {
        let addresses = format!("198.51.100.{}/31", 128 + 4 * index);
        set(&mut plan, "/pools/-", json!({"id": format!("more{index:02}"), "addresses": [addresses]}));
    }
    let found = fixes(read(&plan));
    assert_eq!(found.candidates.len(), fix::MAX_CANDIDATES);
    let has = |is: fn(&fix::Change) -> bool| found.candidates.iter().any(is);
    assert!(has(|change| matches!(change, fix::Change::UsePool { .. })), "{:?}", found.candidates);
    assert!(has(|change| matches!(change, fix::Change::Hide { .. })), "{:?}", found.candidates);
}
