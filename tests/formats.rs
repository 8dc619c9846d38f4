//! Formats where they meet the rest: their table in the documents, and prints as learned routes of a plan.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used)]

use twopath::desk::Solved;
use twopath::intake::Format;
use twopath::intake::config::ConfigFormat;
use twopath::intake::flows::LogFormat;
use twopath::plan::{Plan, Source, examples::EXAMPLES, load};
use twopath::routing::Scenario;

#[test]
fn every_format_has_its_row_in_the_documents() {
    let page = include_str!("../static/docs/formats.md");
    let (lists, rest) = page.split_once("## Configuration of devices").unwrap();
    let (configurations, logs) = rest.split_once("## Flow logs").unwrap();
    documented(lists, &Format::ALL.map(Format::name));
    documented(configurations, &ConfigFormat::ALL.map(ConfigFormat::name));
    documented(logs, &LogFormat::ALL.map(LogFormat::name));
}

/// The first table of this part of the page has a row for each.
fn documented(page: &str, names: &[&str]) {
    let in_table = |line: &&str| line.starts_with('|');
    let table = page.lines().skip_while(|line| !in_table(line)).take_while(in_table);
    let rows: Vec<&str> = table.skip(2).collect();
    assert_eq!(rows.len(), names.len());
    for (row, name) in rows.iter().zip(names) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(cells[1], format!("`{name}`"), "rows stand in the order of the formats");
        assert!(!cells[2].is_empty(), "{row}");
    }
}

/// The exits by which an address leaves the head office of an example, its ExpressRoute exit having learned this.
fn leaves_by(plan: &Plan, address: &str) -> Option<(String, Vec<String>)> {
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    let site = solved.site(&plan.sites[0].id).unwrap();
    let found = solved.lookup(site, address.parse().unwrap());
    Some((found.prefix?, found.exits.iter().map(ToString::to_string).collect()))
}

/// A device's print has passed the route filter already; what the device can't use, and what is its own, is nobody's
/// offer.
#[test]
fn a_print_is_what_an_exit_learned() {
    let example = EXAMPLES.iter().find(|example| example.json.contains("\"er-chicago\"")).unwrap();
    let mut plan = load(example.json).unwrap().plan;
    let print = "\
BGP table version is 412, local router ID is 192.0.2.1
     Network          Next Hop            Metric LocPrf Weight Path
 *>  20.60.28.0/23    192.0.2.9                0             0 12076 i
 d   20.150.17.0/25   192.0.2.9                0             0 12076 i
 *>  52.240.0.0/16    0.0.0.0                  0         32768 i
";
    let exit = plan.exits.iter().position(|exit| exit.id.as_str() == "er-chicago").unwrap();
    let internet = ("0.0.0.0/0".to_owned(), vec!["isp".to_owned()]);
    let learned = ("20.60.28.0/23".to_owned(), vec!["er-chicago".to_owned()]);
    let check = |plan: &Plan| {
        assert_eq!(leaves_by(plan, "20.60.28.1"), Some(learned.clone()));
        assert_eq!(leaves_by(plan, "20.150.17.1"), Some(internet.clone()), "damped");
        assert_eq!(leaves_by(plan, "52.240.0.1"), Some(internet.clone()), "the device's own");
    };
    plan.exits[exit].learned = print.into();
    check(&plan);
    // The same by way of a source that says its format.
    plan.exits[exit].learned = "".into();
    plan.sources.push(Source {
        id: "edge".into(),
        format: Some("ios-bgp".to_owned()),
        text: print.into(),
        ..Source::default()
    });
    plan.exits[exit].learned_from = vec![twopath::plan::Reference { source: "edge".into(), ..Default::default() }];
    assert_eq!(twopath::plan::validate(&plan), []);
    check(&plan);
}
