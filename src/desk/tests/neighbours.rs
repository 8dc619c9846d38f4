//! A router's table longer than what goes in a reply: it is told apart by its neighbours as a short one is.

use super::preview::Both;
use crate::desk::door::INLINE_TEXT;
use crate::desk::import::{Outcome, Target, Turn};
use crate::plan::{Id, Link};
use crate::report::words::page::import as words;
use std::fmt::Write;

/// A table of so many routes, each offered by Microsoft and by so many providers of an AS each, and two that are nobody's.
fn table(routes: u32, providers: u8) -> String {
    let mut table = "     Network          Next Hop            Metric LocPrf Weight Path\n".to_owned();
    table.push_str(" *>  203.0.113.0      0.0.0.0                  0         32768 i\n");
    table.push_str(" *>i 10.0.0.0         10.9.9.9                 0    100      0 i\n");
    let mut line = |prefix: &str, hop: &str, path: &str| {
        let mark = if prefix.is_empty() { ' ' } else { '>' };
        let _ = writeln!(table, " *{mark}  {prefix:<17}{hop:<25}0             0 {path} i");
    };
    for nth in 0..routes {
        line(&format!("20.{}.{}.0/24", nth >> 8, nth & 255), "198.51.100.129", "12076");
        for provider in 1..=providers {
            line("", &format!("203.0.113.{provider}"), &format!("{} 8075", 64_495 + u32::from(provider)));
        }
    }
    table
}

fn learned(both: &Both, express: bool) -> (Id, String, usize) {
    let plan = &both.desk.plan;
    let exit = plan.exits.iter().find(|exit| matches!(exit.link, Link::ExpressRoute(_)) == express).unwrap();
    let [reference] = exit.learned_from.as_slice() else { panic!("{:?}", exit.learned_from) };
    let source = plan.sources.iter().find(|source| source.id == reference.source).unwrap();
    (exit.id.clone(), source.name.clone(), source.text.as_str().lines().count())
}

#[test]
fn a_table_of_megabytes_goes_neighbour_by_neighbour() {
    let mut both = Both::new();
    let long = table(12_000, 1);
    assert!(long.len() > INLINE_TEXT);
    both.give("table.txt", &long);
    let item = both.desk.preview.as_ref().unwrap().items.first().unwrap();
    let found = &item.imported.neighbours;
    let told: Vec<(u32, u32)> = found.all.iter().map(|own| (own.asn, own.routes)).collect();
    assert_eq!(told, [(12_076, 12_000), (64_496, 12_000)]);
    assert_eq!((found.own, found.inside, found.too_many), (1, 1, 0));
    assert_eq!((&item.target, item.outcome), (&Target::Neighbours, Outcome::Changes));
    assert!(words::inside_routes(found, &item.target).contains("1 route begins in the router's own AS"));
    assert!(
        words::takes_all(found, &Target::Learned("er-chicago".into()), &both.desk.plan).contains("12,000 routes")
    );
    both.turn(Turn::Apply);
    let (express, named, lines) = learned(&both, true);
    assert_eq!((express.as_str(), named.as_str(), lines), ("er-chicago", "table.txt, by 198.51.100.129", 12_000));
    assert_eq!(learned(&both, false).2, 12_000);
    assert!(!both.desk.stale(), "the engine has the lists: it is solved without asking for them");
    // The same again changes nothing; read as something else and back, it is as it was.
    both.give("table.txt", &long);
    let key = both.desk.preview.as_ref().unwrap().items[0].key;
    both.turn(Turn::Format(key, Some("plain".into())));
    assert!(both.desk.preview.as_ref().unwrap().items[0].lists.is_empty());
    both.turn(Turn::Format(key, None));
    assert_eq!(both.desk.preview.as_ref().unwrap().items[0].target, Target::Neighbours);
    assert_eq!(both.outcomes(), [Outcome::There]);
}

/// What a route server prints is no router's table with exits: it is said before one exit takes all of it.
#[test]
fn more_neighbours_than_a_router_has_exits_are_counted_and_said() {
    let mut both = Both::new();
    both.give("table.txt", &table(1, 40));
    let item = both.desk.preview.as_ref().unwrap().items.first().unwrap();
    let found = &item.imported.neighbours;
    assert!(found.all.is_empty() && found.too_many == 41, "{found:?}");
    let Target::Learned(exit) = &item.target else { panic!("{}", item.target) };
    let said = words::takes_all(found, &item.target, &both.desk.plan);
    assert!(said.contains("the routes of 41 neighbours. More than 16 aren't told apart"), "{said}");
    assert!(said.contains(&*both.desk.plan.exits.iter().find(|own| own.id == *exit).unwrap().name), "{said}");
    assert!(words::takes_all(found, &Target::Source, &both.desk.plan).is_empty());
    let mut few = Both::new();
    few.give("table.txt", &table(1, 15));
    assert_eq!(few.desk.preview.as_ref().unwrap().items[0].imported.neighbours.all.len(), 16);
}
