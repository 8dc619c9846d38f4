//! Sums against a slow model: every record by itself, second by second where that matters.

use proptest::prelude::*;
use std::rc::Rc;
use twopath::desk::flows::{BUCKET, Measure, Measured, ends_of};
use twopath::intake::flows::{Record, Sessions};
use twopath::plan::{Ends, Plan, load};

const PLAN: &str = r#"{
  "schema_version": 1,
  "sites": [{"id": "hq", "inside": ["10.1.0.0/16"]}, {"id": "lab", "inside": ["10.1.7.0/24", "2001:db8::/48"]}],
  "services": [
    {"id": "wide", "destinations": ["192.0.0.0/8"]},
    {"id": "narrow", "destinations": ["192.0.2.0/24", "2001:db8:1::/48"]},
    {"id": "web", "destinations": ["198.51.100.0/24"], "ports": "tcp 80,443"},
    {"id": "sql", "destinations": ["198.51.100.0/24"], "ports": "tcp 1433"}
  ]
}"#;

pub fn plan() -> Plan {
    let loaded = load(PLAN).unwrap();
    assert_eq!(loaded.faults, []);
    loaded.plan
}

/// The service of an address and port by a linear scan of what the plan above says.
fn service(address: &str, port: u16) -> Option<&'static str> {
    let of = |begin: &str| address.starts_with(begin);
    match () {
        () if of("192.0.2.") || of("2001:db8:1:") => Some("narrow"),
        () if of("192.") => Some("wide"),
        () if of("198.51.100.") && port == 1433 => Some("sql"),
        () if of("198.51.100.") => Some("web"),
        () => None,
    }
}

fn site(address: &str) -> Option<&'static str> {
    match () {
        () if address.starts_with("10.1.7.") || address.starts_with("2001:db8::") => Some("lab"),
        () if address.starts_with("10.1.") => Some("hq"),
        () => None,
    }
}

const OURS: [&str; 4] = ["10.1.2.3", "10.1.7.7", "10.1.255.1", "2001:db8::7"];
const THEIRS: [&str; 6] = ["192.0.2.9", "192.7.7.7", "198.51.100.1", "203.0.113.9", "2001:db8:1::9", "100.64.0.1"];
const START: u64 = 1_794_816_000_000;

fn record() -> impl Strategy<Value = (Record, &'static str, &'static str, bool)> {
    let port = prop::sample::select(vec![443_u16, 1433, 5060, 0]);
    (0..OURS.len(), 0..THEIRS.len(), 0..4_000_u64, 0..2_000_u64, port, 0..1_000_000_u64, any::<bool>(), 1..4_u32)
        .prop_map(|(ours, theirs, start, length, port, bytes, out, flows)| {
            let (ours, theirs) = (OURS[ours], THEIRS[theirs]);
            let from = START + start * 1000;
            let (source, destination) = if out { (ours, theirs) } else { (theirs, ours) };
            let record = Record {
                from,
                to: from + length * 1000,
                source: source.parse().unwrap(),
                destination: destination.parse().unwrap(),
                source_port: if out { 50_000 } else { port },
                destination_port: if out { port } else { 50_000 },
                sent: bytes,
                received: bytes / 7,
                sessions: Sessions::Flows(flows),
                source_began: false,
                denied: false,
            };
            (record, ours, theirs, out)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn sums_are_those_of_a_slow_model(records in prop::collection::vec(record(), 1..120), cut in 0..120_usize) {
        let plan = plan();
        let ends = Rc::new(ends_of(&plan));
        let mut all = Measure::new(ends.clone(), 1);
        records.iter().for_each(|(record, ..)| all.add(record));
        let measured = Measured::of(&all, &plan);
        // Two logs say what one says.
        let (one, other) = records.split_at(cut.min(records.len()));
        let mut first = Measure::new(ends.clone(), 1);
        one.iter().for_each(|(record, ..)| first.add(record));
        let mut second = Measure::new(ends, 1);
        other.iter().for_each(|(record, ..)| second.add(record));
        first.merge(second);
        prop_assert_eq!(&Measured::of(&first, &plan), &measured);
        // Nothing is lost.
        let in_rows: u64 = measured.rows.iter().map(|row| row.weight.bytes).sum();
        let apart: u64 = measured.apart.iter().map(|total| total.all.bytes).sum();
        let given: u64 = records.iter().map(|(record, ..)| record.sent + record.received).sum();
        prop_assert_eq!((in_rows + apart, measured.all.bytes), (given, given));
        let (begin, end) = measured.span.unwrap();
        prop_assert_eq!(begin, records.iter().map(|(record, ..)| record.from).min().unwrap());
        prop_assert_eq!(end, records.iter().map(|(record, ..)| record.to).max().unwrap());
        for row in &measured.rows {
            let Ends::Outbound(outbound) = &row.ends else { panic!("nothing is published") };
            let (site_id, service_id) = (outbound.site.as_str(), outbound.service.as_ref().unwrap().as_str());
            let own: Vec<_> = records.iter().filter(|(record, ours, theirs, out)| {
                let port = if *out { record.destination_port } else { record.source_port };
                site(ours) == Some(site_id) && service(theirs, port) == Some(service_id)
            }).collect();
            let ways = |out: bool| own.iter().map(move |(record, _, _, way)| if *way == out { record.sent } else { record.received });
            prop_assert_eq!(row.weight.records as usize, own.len());
            prop_assert_eq!(row.weight.bytes, ways(true).sum::<u64>() + ways(false).sum::<u64>());
            let millis = (end - begin).max(1000);
            let mean = |bytes: u64| (bytes * 8 + millis / 2) / millis;
            prop_assert_eq!(u64::from(row.out.unwrap().mean.kbps), mean(ways(true).sum()));
            prop_assert_eq!(u64::from(row.back.unwrap().mean.kbps), mean(ways(false).sum()));
            // Sessions by looking at every bucket of the log; those from who began.
            let buckets = begin / BUCKET..=end / BUCKET;
            let living = |bucket: u64| -> u64 {
                let lives = |record: &Record| record.from / BUCKET <= bucket && bucket <= record.to / BUCKET;
                own.iter().filter(|(record, _, _, out)| *out && lives(record)).map(|(record, ..)| match record.sessions {
                    Sessions::Flows(flows) => u64::from(flows),
                    _ => 0,
                }).sum()
            };
            let peak = buckets.clone().map(living).max().unwrap();
            prop_assert_eq!(row.sessions.unwrap_or(0), peak);
            // Rates of five minutes to the kbps, whatever was rounded on the way.
            let count = buckets.clone().count();
            if count >= 3 {
                let mut rates: Vec<f64> = buckets.map(|bucket| own.iter().map(|(record, _, _, out)| {
                    let bytes = if *out { record.sent } else { record.received } as f64;
                    let (from, to) = (record.from as f64, record.to as f64);
                    let (low, high) = ((bucket * BUCKET) as f64, ((bucket + 1) * BUCKET) as f64);
                    let within = (to.min(high) - from.max(low)).max(0.0);
                    if record.from == record.to { if record.from / BUCKET == bucket { bytes } else { 0.0 } }
                    else { bytes * within / (to - from) }
                }).sum::<f64>() * 8.0 / BUCKET as f64).collect();
                rates.sort_by(f64::total_cmp);
                let p95 = rates[(count * 95).div_ceil(100) - 1];
                let near = |kbps: u32, rate: f64| (f64::from(kbps) - rate).abs() < 1.6;
                prop_assert!(near(row.out.unwrap().p95.unwrap().kbps, p95), "{row:?} {p95}");
                let mean = f64::from(row.out.unwrap().mean.kbps);
                prop_assert!(near(row.out.unwrap().peak.unwrap().kbps, rates[count - 1].max(mean)));
            } else {
                prop_assert_eq!(row.out.unwrap().p95, None);
            }
        }
    }
}
