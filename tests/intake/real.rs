//! The real data beside the project, where it is there.

use std::path::PathBuf;
use twopath::intake::{Format, Reading, decode, read, recognise};
use twopath::plan::Community;

/// The text of a shared file; `None`, said aloud, where the folder is absent.
pub fn shared(file: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(file);
    match std::fs::read(&path) {
        Ok(bytes) => Some(decode(bytes).unwrap().text),
        Err(_) => {
            eprintln!("skipped: ../shared/data/{file} is not there");
            None
        }
    }
}

fn faultless(file: &str, format: Format) -> Option<(String, Reading)> {
    let text = shared(file)?;
    let guesses = recognise(&text);
    assert_eq!(guesses[0].format, format, "{guesses:?}");
    let reading = read(&text, None);
    assert!(reading.faults.is_empty(), "{:?}", reading.faults);
    assert_eq!((reading.format, reading.skipped), (format, 0));
    Some((text, reading))
}

#[test]
fn the_full_table() {
    let Some((text, reading)) = faultless("bgp/full-table.txt.gz", Format::Plain) else { return };
    assert_eq!((reading.v4.len(), reading.v6.len()), (901_899, 160_147));
    assert_eq!(reading.lines, 901_899 + 160_147);
    assert_eq!(reading.sets.len(), 1);
    // Every line by the standard library.
    let mut lines = text.lines();
    for entry in &reading.v4 {
        let net: ipnet::Ipv4Net = lines.next().unwrap().parse().unwrap();
        let read = (entry.prefix.address(), entry.prefix.length());
        assert_eq!(read, (net.network().to_bits(), net.prefix_len()));
    }
    for entry in &reading.v6 {
        let net: ipnet::Ipv6Net = lines.next().unwrap().parse().unwrap();
        let read = (entry.prefix.address(), entry.prefix.length());
        assert_eq!(read, (net.network().to_bits(), net.prefix_len()));
    }
}

#[test]
fn service_tags() {
    let file = "azure/ServiceTags_Public_20240506.json.gz";
    let Some((text, reading)) = faultless(file, Format::ServiceTags) else { return };
    assert_eq!((reading.v4.len(), reading.v6.len(), reading.sets.len()), (57_400, 19_393, 2_601));
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    for (tag, set) in json["values"].as_array().unwrap().iter().zip(&reading.sets) {
        assert_eq!(tag["name"], set.name.as_str());
        assert_eq!(tag["properties"]["region"], set.details.region.as_str());
        assert_eq!(tag["properties"]["systemService"], set.details.category.as_str());
        let prefixes = tag["properties"]["addressPrefixes"].as_array().unwrap();
        let mut read: Vec<(u32, String)> = Vec::new();
        read.extend(reading.v4_of(set).iter().map(|entry| (entry.at, entry.prefix.to_string())));
        read.extend(reading.v6_of(set).iter().map(|entry| (entry.at, entry.prefix.to_string())));
        read.sort_by_key(|(at, _)| *at);
        assert_eq!(prefixes.len(), read.len(), "{}", set.name);
        for (json, (at, prefix)) in prefixes.iter().zip(read) {
            let written = json.as_str().unwrap();
            assert!(text[at as usize..].starts_with(written));
            assert_eq!(written.parse::<ipnet::IpNet>().unwrap(), prefix.parse::<ipnet::IpNet>().unwrap());
        }
    }
}

#[test]
fn microsoft_365() {
    let Some((_, reading)) = faultless("m365/endpoints-worldwide.json", Format::Microsoft365) else { return };
    assert_eq!(reading.sets.len(), 107);
    let with_ips = reading.sets.iter().filter(|set| !set.v4.is_empty() || !set.v6.is_empty()).count();
    assert_eq!(with_ips, 15);
    let first = reading.set("Exchange 1 (Optimize)").unwrap();
    assert_eq!((first.v4.len(), first.v6.len()), (11, 27));
    assert_eq!(first.details.express_route, Some(true));
    assert_eq!(first.details.ports, "tcp 80,443");
    assert_eq!(first.title, "Exchange Online");
    assert!(reading.sets.iter().any(|set| set.details.ports == "udp 3478,3479,3480,3481"));
}

#[test]
fn bgp_service_communities() {
    let file = "azure/Get-AzBgpServiceCommunity-sample.txt";
    let Some((_, reading)) = faultless(file, Format::BgpCommunityPrint) else { return };
    assert_eq!((reading.v4.len(), reading.sets.len()), (23, 1));
    assert_eq!(reading.sets[0].name, "12076:51017");
    assert_eq!(reading.sets[0].title, "Azure Central India");
    for entry in &reading.v4 {
        assert_eq!(reading.attributes_of(entry).communities, [Community::microsoft(51017)]);
    }
}

/// The prints of routers: the file, its format, and how many routes it has.
const PRINTS: [(&str, Format, usize); 15] = [
    ("arista_eos_show_ip_bgp.txt", Format::EosBgp, 9),
    ("cisco_ios_show_ip_bgp.txt", Format::IosBgp, 12),
    ("cisco_ios_show_ip_bgp1.txt", Format::IosBgp, 5),
    ("cisco_ios_show_ip_bgp2.txt", Format::IosBgp, 8),
    ("cisco_ios_show_ip_bgp3.txt", Format::IosBgp, 58),
    ("cisco_nxos_show_ip_bgp.txt", Format::NxosBgp, 41),
    ("cisco_xr_show_bgp.txt", Format::XrBgp, 24),
    ("arista_eos_show_ip_route.txt", Format::EosRoute, 19),
    ("arista_eos_show_ip_route5.txt", Format::EosRoute, 7),
    ("cisco_ios_show_ip_route.txt", Format::IosRoute, 35),
    ("cisco_nxos_show_ip_route.txt", Format::NxosRoute, 37),
    ("cisco_xr_show_ip_route.txt", Format::XrRoute, 34),
    ("fortinet_get_router_info_routing-table_all.txt", Format::FortigateRoute, 10),
    ("paloalto_panos_show_routing_route.txt", Format::PanosRoute, 28),
    ("checkpoint_gaia_show_route.txt", Format::CheckpointRoute, 3),
];

#[test]
fn every_print_of_a_router_is_read_without_a_fault() {
    for (file, format, routes) in PRINTS {
        let Some((text, reading)) = faultless(&format!("routers/{file}"), format) else { continue };
        assert_eq!(reading.v4.len() + reading.v6.len(), routes, "{file}");
        for entry in &reading.v4 {
            let written = &text[entry.at as usize..];
            let word = written.split([' ', '\n', '\r', ',']).next().unwrap();
            let prefix = entry.prefix.to_string();
            let address = prefix.split('/').next().unwrap();
            assert!(word.starts_with(address), "{file}: {word} is read as {prefix}");
        }
    }
}

#[test]
fn trimmed_at_either_end_real_files_are_still_recognised() {
    for (file, format) in [
        ("azure/ServiceTags_Public_20240506.json.gz", Format::ServiceTags),
        ("m365/endpoints-worldwide.json", Format::Microsoft365),
        ("azure/Get-AzBgpServiceCommunity-sample.txt", Format::BgpCommunityPrint),
        ("bgp/full-table.txt.gz", Format::Plain),
    ] {
        let Some(text) = shared(file) else { continue };
        for part in 1..20 {
            // All but one twentieth of the last, which is all prefixes, is cut from the short print.
            let cut = text.floor_char_boundary(text.len() * part / 20);
            assert_eq!(recognise(&text[..cut.max(700.min(text.len()))])[0].format, format, "{file} up to {cut}");
            let from = cut.min(text.len() * 9 / 10);
            assert_eq!(recognise(&text[text.floor_char_boundary(from)..])[0].format, format, "{file} from {from}");
        }
    }
}

/// Translation is read as configuration, and must not be taken for routes.
#[test]
fn prints_of_translation_are_no_routes() {
    for file in ["cisco_asa_show_nat.txt", "paloalto_panos_show_running_nat-policy.txt"] {
        let Some(text) = shared(&format!("routers/{file}")) else { continue };
        assert_eq!(recognise(&text)[0].format, Format::Plain, "{file}");
    }
}

/// ASA shows names in the place of addresses, which can't be known here, and this print has a mask that is none.
#[test]
fn a_print_with_names_says_which_rows_are_lost() {
    let Some(text) = shared("routers/cisco_asa_show_route.txt") else { return };
    let reading = read(&text, None);
    let codes: Vec<_> = reading.faults.kept.iter().map(|fault| fault.code.code()).collect();
    assert_eq!((reading.format, reading.v4.len(), reading.skipped), (Format::AsaRoute, 25, 6));
    assert_eq!(codes.iter().filter(|code| **code == "not-an-address").count(), 5);
    assert_eq!(codes.iter().filter(|code| **code == "mask-not-contiguous").count(), 1);
}

/// On every real BGP table our best path is the device's, a tie that the device broke by what it doesn't print, or a
/// difference that something not in the print explains.
#[test]
fn what_devices_chose_is_what_we_choose() {
    let mut compared = 0;
    for (file, format, _) in PRINTS {
        let Some(text) = shared(&format!("routers/{file}")) else { continue };
        let choices = twopath::routing::device_choices(&read(&text, None));
        // Routing tables show what was chosen, not among what.
        assert_eq!(choices.is_some(), format.name().ends_with("-bgp"), "{file}");
        let Some(choices) = choices else { continue };
        assert!(choices.prefixes > 0, "{file}");
        println!("{file}: {}", twopath::report::words::device_choice::summary(&choices));
        compared += choices.prefixes;
        assert_eq!(choices.same + choices.tied + choices.differing, choices.prefixes, "{file}");
        for difference in &choices.differences {
            assert!(difference.unseen.is_some(), "{file}: {difference:?}");
        }
    }
    println!("{compared} prefixes compared");
}

/// Without its first lines, or its last, a table is still known for what it is, as long as rows are left of it.
#[test]
fn trimmed_at_either_end_prints_are_still_recognised() {
    for (file, format, _) in PRINTS {
        let Some(text) = shared(&format!("routers/{file}")) else { continue };
        let lines: Vec<&str> = text.lines().collect();
        for part in 1..10 {
            let cut = lines.len() * part / 10;
            if part >= 5 {
                assert_eq!(recognise(&lines[..cut].join("\n"))[0].format, format, "{file} up to line {cut}");
            }
            if part <= 7 {
                assert_eq!(recognise(&lines[cut..].join("\n"))[0].format, format, "{file} from line {cut}");
            }
        }
    }
}

/// Seconds that this thread has run, so that other work on the machine doesn't count.
fn busy() -> f64 {
    let nanoseconds = std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
}

/// The fewest seconds of five that reading took, and what was read.
fn measured(text: &str, format: Option<Format>) -> (f64, Reading) {
    let mut best = f64::MAX;
    let mut reading = None;
    for _ in 0..5 {
        drop(reading.take());
        let start = busy();
        reading = Some(read(text, format));
        best = best.min(busy() - start);
    }
    (best, reading.unwrap())
}

/// Every golden file repeated to about 8 MB, as a table for the documents:
/// `cargo test --release --test intake -- --ignored --nocapture every_format`
#[test]
#[ignore = "a measurement"]
fn speed_of_every_format() {
    println!("| input | read as | MB/s | prefixes/s |\n|---|---|--:|--:|");
    for (name, text) in crate::properties::named_samples() {
        let format = recognise(&text)[0].format;
        let long = format!("{}\n", text.trim_end()).repeat((8 << 20) / text.len().max(1));
        let (seconds, reading) = measured(&long, Some(format));
        let entries = (reading.v4.len() + reading.v6.len()) as f64;
        println!(
            "| {name} | {format} | {:.0} | {:.1} million |",
            long.len() as f64 / 1e6 / seconds,
            entries / 1e6 / seconds
        );
    }
}

/// `cargo test --release --test intake -- --ignored --nocapture speed`
#[test]
#[ignore = "a measurement"]
fn speed() {
    let table = shared("bgp/full-table.txt.gz");
    let print = shared("azure/Get-AzBgpServiceCommunity-sample.txt");
    let inputs = [
        ("full table", table.clone()),
        ("the same on one line", table.clone().map(|text| text.replace('\n', ", "))),
        (
            "the same with attributes",
            table
                .clone()
                .map(|text| text.replace('\n', " localpref=150 aspath=64700 64701 community=12076:51004\n")),
        ),
        (
            "the same, every line's attributes new",
            table.map(|text| {
                let lines =
                    text.lines().enumerate().map(|(n, line)| format!("{line} lp={n} aspath=64700 64701\n"));
                lines.collect()
            }),
        ),
        ("service tags", shared("azure/ServiceTags_Public_20240506.json.gz")),
        ("endpoints, 100 times", shared("m365/endpoints-worldwide.json").map(|text| text.repeat(100))),
        ("community print, 2,000 times", print.map(|text| text.repeat(2_000))),
        ("nothing but faults", Some("10.0.0.999 bad line\n".repeat(500_000))),
    ];
    for (name, text) in inputs {
        let Some(text) = text else { continue };
        let (best, reading) = measured(&text, None);
        let mut longest = 0.0f64;
        let mut reader = twopath::intake::Reader::new(&text, None);
        loop {
            let start = busy();
            let progress = reader.step(256 << 10);
            longest = longest.max(busy() - start);
            if progress.done {
                break;
            }
        }
        let megabytes = text.len() as f64 / 1e6;
        println!(
            "{name}: {} as {}, {megabytes:.1} MB in {:.1} ms, {:.0} MB/s; longest step of 256 KiB {:.2} ms",
            reading.v4.len() + reading.v6.len(),
            reading.format,
            best * 1e3,
            megabytes / best,
            longest * 1e3
        );
    }
}
