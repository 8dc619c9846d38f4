//! The Linux kernel as an outside judge: a plan's routes in a network namespace of the test's own, and
//! `ip route get fibmatch` against the engine's lookup, prefix and exits, address by address.
//!
//! Each prefix's winners come from the golden model, which knows nothing of the engine's partitions; the longest match
//! is the kernel's. The namespace is that of one `ip` process, which is told everything on its input: when it ends,
//! nothing is left. Where that isn't permitted the test says so and skips.

#![cfg(target_os = "linux")]
#![allow(clippy::expect_used)]

mod golden_model;
mod support;

use flate2::read::GzDecoder;
use golden_model::{Case, forward, lists::Lists};
use ipnet::IpNet;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use support::random_plan::Rng;
use twopath::desk::Solved;
use twopath::plan::{Plan, Text, examples::EXAMPLES, load};
use twopath::routing::Scenario;

/// How many addresses of each family the large plan is asked about.
const MANY: usize = 100_000;
/// And each site of an example.
const SOME: usize = 2_000;

/// Where the kernel's tables refuse routes or treat them apart.
const APART: [&str; 6] = ["0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3", "::/127", "fe80::/10", "ff00::/8"];

/// The link of addresses that no route of the plan covers: behind a default route that every other beats.
const NOWHERE: &str = "nowhere";

/// A table for the kernel: each prefix with its exits, by their index in the plan.
type Table = BTreeMap<IpNet, Vec<usize>>;

fn permitted() -> bool {
    let tried = Command::new("unshare")
        .args(["--net", "ip", "link", "add", "probe", "type", "veth", "peer", "name", "other"])
        .stderr(Stdio::null())
        .status();
    let works = tried.is_ok_and(|status| status.success());
    if !works {
        eprintln!("!!! SKIPPED: the kernel is not asked; that takes root, `unshare` and iproute2 !!!");
    }
    works
}

fn apart(address: IpAddr) -> bool {
    APART.iter().any(|net| net.parse::<IpNet>().expect("a prefix").contains(&address))
}

#[test]
fn every_example_forwards_as_the_kernel_does() {
    if !permitted() {
        return;
    }
    for example in EXAMPLES {
        let plan = load(example.json).expect("an example loads").plan;
        compare(example.file, &plan, SOME);
    }
}

#[test]
fn a_large_plan_forwards_as_the_kernel_does() {
    if permitted() {
        compare("a large plan", &large(), MANY);
    }
}

fn compare(name: &str, plan: &Plan, count: usize) {
    let (scenario, lists) = (Scenario::default(), Lists::default());
    let case = Case::new(plan, &scenario, &lists);
    let solved = Solved::new(plan.clone(), scenario.clone(), false);
    for (index, site) in plan.sites.iter().enumerate() {
        let table = forward::table(&case, site);
        let addresses = addresses(&table, count);
        let answers = kernel(plan.exits.len(), &table, &addresses);
        assert_eq!(answers.len(), addresses.len(), "{name}: the kernel leaves none out");
        let mut matched = 0;
        for (address, answer) in addresses.iter().zip(answers) {
            let ours = solved.matched(index, *address).map(|(prefix, exits)| (prefix, exits.iter().collect()));
            assert_eq!(ours, answer, "{name}: {address} from {}: ours, and the kernel's", site.id);
            matched += usize::from(ours.is_some());
        }
        println!("{name}, {}: {} routes, {} addresses, {matched} matched", site.id, table.len(), addresses.len());
        assert!(table.is_empty() || matched * 3 > addresses.len(), "{name}: most are somewhere in the table");
    }
}

/// Addresses of both families: at the edges of prefixes, within them, and anywhere.
fn addresses(table: &Table, count: usize) -> Vec<IpAddr> {
    let mut rng = Rng::from_seed(11);
    let mut all = Vec::new();
    for v6 in [false, true] {
        let nets: Vec<&IpNet> = table.keys().filter(|net| net.addr().is_ipv6() == v6).collect();
        let mut left = count;
        while left > 0 {
            let bits = (u128::from(rng.next()) << 64) | u128::from(rng.next());
            let address = match nets.get(rng.below(nets.len())) {
                Some(net) if !rng.chance(10) => near(&mut rng, net, bits),
                _ => address(v6, if v6 && rng.chance(80) { bits >> 3 | 1 << 125 } else { bits }),
            };
            if !apart(address) {
                all.push(address);
                left -= 1;
            }
        }
    }
    all
}

fn near(rng: &mut Rng, net: &IpNet, bits: u128) -> IpAddr {
    let v6 = net.addr().is_ipv6();
    let (first, last) = (number(net.network()), number(net.broadcast()));
    let chosen = match rng.below(6) {
        0 => first,
        1 => last,
        2 => first.saturating_sub(1),
        3 => last.saturating_add(1),
        _ => first | (bits & (last - first)),
    };
    address(v6, chosen)
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_bits().into(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn address(v6: bool, bits: u128) -> IpAddr {
    if v6 { Ipv6Addr::from_bits(bits).into() } else { Ipv4Addr::from_bits(bits as u32).into() }
}

/// What the kernel says of each address: the prefix matched and the exits, or nothing.
fn kernel(exits: usize, table: &Table, addresses: &[IpAddr]) -> Vec<Option<(IpNet, Vec<usize>)>> {
    let mut script = String::new();
    let mut say = |line: String| script.push_str(&(line + "\n"));
    for link in (0..exits).map(|exit| format!("e{exit}")).chain([NOWHERE.to_owned()]) {
        // Both ends stay in the namespace; without addresses of its own it has no route of its own.
        say(format!("link add {link} type veth peer name p-{link}"));
        for end in [link.clone(), format!("p-{link}")] {
            say(format!("link set {end} addrgenmode none"));
            say(format!("link set {end} up"));
        }
    }
    for all in ["0.0.0.0/0", "::/0"] {
        say(format!("route add {all} dev {NOWHERE} metric 4000000"));
    }
    for (net, exits) in table.iter().filter(|(net, _)| !apart(net.network()) || net.prefix_len() == 0) {
        let mut line = format!("route add {net}");
        match exits.as_slice() {
            [] => continue,
            [exit] => write!(line, " dev e{exit}").expect("a string takes it"),
            // IPv6 wants a next hop with several; nobody is asked whether it is there.
            several => several.iter().for_each(|exit| {
                let via = if net.addr().is_ipv6() { " via fe80::1" } else { "" };
                write!(line, " nexthop{via} dev e{exit}").expect("a string takes it");
            }),
        }
        say(line);
    }
    addresses.iter().for_each(|address| say(format!("route get fibmatch {address}")));

    let mut ip = Command::new("unshare")
        .args(["--net", "ip", "-oneline", "-batch", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("unshare starts");
    let mut input = ip.stdin.take().expect("its input");
    let writing = std::thread::spawn(move || input.write_all(script.as_bytes()));
    let output = ip.wait_with_output().expect("it ends");
    assert!(writing.join().expect("no panic").is_ok() && output.status.success(), "ip stopped: see above");
    String::from_utf8_lossy(&output.stdout).lines().map(answer).collect()
}

/// `1.0.0.0/24 dev e0 scope link`, or with ` nexthop dev e0 … nexthop dev e1 …` for several.
fn answer(line: &str) -> Option<(IpNet, Vec<usize>)> {
    let mut words = line.split([' ', '\t', '\\']).filter(|word| !word.is_empty());
    let prefix = words.next().expect("a prefix");
    let mut exits = Vec::new();
    while let Some(word) = words.next() {
        if word == "dev" {
            match words.next().expect("a link").strip_prefix('e') {
                Some(exit) => exits.push(exit.parse().expect("the number of an exit")),
                None => return None,
            }
        }
    }
    exits.sort_unstable();
    let v6 = line.contains("pref medium");
    let net = match (prefix, v6) {
        ("default", false) => "0.0.0.0/0".parse(),
        ("default", true) => "::/0".parse(),
        (net, _) if net.contains('/') => net.parse(),
        (host, _) => Ok(IpNet::from(host.parse::<IpAddr>().expect("an address"))),
    };
    Some((net.expect("a prefix"), exits))
}

/// Four Internet links that learn much of a full table, in ways that differ: alone, tied, by preference, by path
/// length, by a static route; and an IPv4 default over one of them.
fn large() -> Plan {
    let mut texts = ["0.0.0.0/0\n".to_owned(), String::new(), String::new(), String::new()];
    for (at, net) in prefixes().iter().enumerate() {
        let mut line = |exit: usize, more: &str| writeln!(texts[exit % 4], "{net}{more}").expect("it takes it");
        line(at, "");
        if at % 3 == 0 {
            line(at + 1, "");
        }
        if at % 5 == 0 {
            line(at + 2, " localpref=200");
        }
        if at % 7 == 0 {
            line(at + 3, " aspath=65010 65020 65030");
        }
        if at % 11 == 0 {
            line(at + 1, " protocol=static");
        }
    }
    let exit = |at| serde_json::json!({"id": format!("isp-{at}"), "site": "hq", "link": {"internet": {}}});
    let exits = [0, 1, 2, 3].map(exit);
    let mut plan: Plan = serde_json::from_value(serde_json::json!({
        "schema_version": 1,
        "sites": [{"id": "hq", "inside": "10.0.0.0/8"}],
        "exits": exits,
    }))
    .expect("a plan");
    for (exit, text) in plan.exits.iter_mut().zip(texts) {
        exit.learned = Text::from(text);
    }
    plan
}

/// A tenth of the real full table of IPv4, a fourth of IPv6; made up where it isn't there.
fn prefixes() -> Vec<IpNet> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/bgp/full-table.txt.gz");
    let Ok(file) = std::fs::File::open(&path) else {
        eprintln!("!!! NOT ON REAL DATA: {} is not there, so made-up prefixes stand in !!!", path.display());
        let mut rng = Rng::from_seed(5);
        let net = |at: usize, rng: &mut Rng| {
            let v6 = at.is_multiple_of(3);
            let bits = (u128::from(rng.next()) << 64 | u128::from(rng.next())) >> 3 | 1 << 125;
            let length = if v6 { rng.within(20, 64) } else { rng.within(8, 32) } as u8;
            IpNet::new_assert(address(v6, if v6 { bits } else { 0x1000_0000 | bits >> 100 }), length).trunc()
        };
        let all: std::collections::BTreeSet<IpNet> = (0..100_000).map(|at| net(at, &mut rng)).collect();
        return all.into_iter().collect();
    };
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).expect("a gzipped text");
    let all = text.lines().filter_map(|line| line.parse::<IpNet>().ok()).enumerate();
    // Runs of neighbours, so that prefixes and what they cover come together.
    let kept = all.filter(|(at, net)| (at / 64) % if net.addr().is_ipv6() { 4 } else { 10 } == 0);
    kept.map(|(_, net)| net).collect()
}
