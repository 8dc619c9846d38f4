//! A million addresses, checked against the trace of some.

use super::{SMALL, file, json, run_with};
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Numbers without end, the same each time.
struct Numbers(u64);

impl Iterator for Numbers {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(self.0 >> 16)
    }
}

#[test]
fn a_million_addresses_go_where_their_traces_go() {
    let plan = "static/examples/11-dual-stack.json";
    let mut numbers = Numbers(7);
    let mut addresses: Vec<IpAddr> = Vec::new();
    while addresses.len() < 1_000_000 {
        let number = numbers.next().unwrap();
        addresses.push(match number % 4 {
            0 => Ipv4Addr::from(number as u32).into(),
            // Most of Microsoft's space begins so; elsewhere nearly all would go by the default route.
            1 => Ipv4Addr::from((13 << 24) | (number as u32 >> 8)).into(),
            2 => Ipv6Addr::from((0x2603_1000_u128 << 96) | (u128::from(number) << 64)).into(),
            _ => Ipv6Addr::from((0x2a01_0111_u128 << 96) | u128::from(number)).into(),
        });
    }
    let text: String = addresses.iter().map(|address| format!("{address}\n")).collect();
    let run = run_with(&["lookup", plan], text.as_bytes());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), addresses.len());
    for (index, (line, address)) in lines.iter().zip(&addresses).enumerate() {
        assert!(line.starts_with(&format!("{address} ")), "{line}");
        if index % 25_000 == 0 {
            let trace = json(&["trace", plan, "--to", &address.to_string(), "--json"]);
            assert_eq!(columns(line), expected(&trace), "{line}");
        }
    }
    // The same as JSON.
    let text: String = addresses.iter().step_by(25_000).map(|address| format!("{address}\n")).collect();
    let run = run_with(&["lookup", plan, "--json"], text.as_bytes());
    let form: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(form["addresses"], 40);
    for (found, line) in form["found"].as_array().unwrap().iter().zip(lines.iter().step_by(25_000)) {
        let names: Vec<&str> = found["exits"].as_array().unwrap().iter().map(|id| name(&form, id)).collect();
        let exits = if names.is_empty() { "no route".to_owned() } else { names.join(", ") };
        assert_eq!(columns(line), (found["prefix"].as_str().unwrap_or("-").to_owned(), exits));
    }
}

fn name<'a>(form: &'a Value, id: &Value) -> &'a str {
    form["exits"][id.as_str().unwrap()].as_str().unwrap()
}

/// Prefix and exits of a line.
fn columns(line: &str) -> (String, String) {
    let mut words = line.split_whitespace().skip(1);
    let prefix = words.next().unwrap().to_owned();
    (prefix, words.collect::<Vec<_>>().join(" "))
}

/// Prefix and exits as the first step of a trace has them.
fn expected(trace: &Value) -> (String, String) {
    let step = &trace["first"]["step"]["forward"];
    let candidates = step["candidates"].as_array().unwrap();
    let winner = candidates.iter().find(|candidate| candidate.get("lost_at").is_none());
    let prefix = winner.map_or("-", |winner| winner["prefix"].as_str().unwrap());
    let chosen = step["chosen"].as_array().unwrap();
    let exits: Vec<&str> =
        chosen.iter().map(|id| trace["names"]["exits"][id.as_str().unwrap()].as_str().unwrap()).collect();
    (prefix.to_owned(), if exits.is_empty() { "no route".to_owned() } else { exits.join(", ") })
}

#[test]
fn bad_lines_are_named_and_passed_over() {
    let plan = file("bad-lines.json", SMALL);
    let text =
        b"\xef\xbb\xbf8.8.8.8\n\n# a comment\nnonsense\n1.2.3.4.5\n8.8.8.8/24\n\xff\xfe\n::ffff:9.9.9.9\n9.9.9.9";
    let run = run_with(&["lookup", &plan], text);
    assert_eq!(run.code, 2);
    let firsts: Vec<&str> = run.out.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(firsts, ["8.8.8.8", "9.9.9.9", "9.9.9.9"]);
    let places: Vec<&str> = run.err.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["standard input:4", "standard input:5", "standard input:6", "standard input:7"]);
    assert!(run.err.contains("“nonsense” is not an address."), "{}", run.err);
    let many = run_with(&["lookup", &plan, "--json"], "x\n".repeat(1500).as_bytes());
    assert_eq!(many.code, 2);
    assert_eq!(many.err.lines().count(), 1001);
    assert!(many.err.ends_with("standard input: 1,500 lines aren't addresses; the first 1000 are named.\n"));
    let form: Value = serde_json::from_str(&many.out).unwrap();
    assert_eq!((form["bad"].as_u64(), form["bad_lines"].as_array().map(Vec::len)), (Some(1500), Some(1000)));
    let long = run_with(&["lookup", &plan], format!("{}\n8.8.8.8\n", "1".repeat(5_000_000)).as_bytes());
    assert_eq!((long.code, long.out.lines().count(), long.err.len() < 400), (2, 1, true));
}

#[test]
fn the_plan_and_the_addresses_cannot_both_come_from_standard_input() {
    let run = run_with(&["lookup", "-"], SMALL.as_bytes());
    assert_eq!(run.code, 2);
    assert!(run.err.contains("both"), "{}", run.err);
}
