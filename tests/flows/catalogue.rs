//! Logs and the catalogue: which row a record belongs to, what changes, and that it changes once.

use std::rc::Rc;
use twopath::desk::flows::{
    Apart, FlowChange, LogChoice, Measure, Measured, Rate, Taking, apply, ends_of, remember,
};
use twopath::intake::flows::{Record, Sessions};
use twopath::pace::Job;
use twopath::plan::{Ends, Plan, load, validate};

const PLAN: &str = r#"{
  "schema_version": 1,
  "sites": [{"id": "hq", "name": "Head office", "inside": ["10.1.0.0/16"]}, {"id": "lab", "inside": ["10.2.0.0/16"]}],
  "exits": [
    {"id": "isp", "site": "hq", "link": {"internet": {}}, "path": [{"device": "fw"}]},
    {"id": "isp-lab", "site": "lab", "link": {"internet": {}}, "path": [{"device": "fw"}]}
  ],
  "devices": [{"id": "fw", "rules": [{"exits": ["isp"], "pool": "hq-pool"}, {"pool": "both"}]}],
  "pools": [{"id": "hq-pool", "addresses": ["203.0.113.16/28"]}, {"id": "both", "addresses": ["203.0.113.32/28"]}],
  "services": [{"id": "mail", "name": "Mail", "destinations": ["192.0.2.0/24"]}, {"id": "web", "destinations": ["198.51.100.0/24"]}],
  "published": [
    {"id": "smtp", "site": "hq", "published": ["203.0.113.10"], "inside": ["10.1.5.25"], "ports": "tcp 25"},
    {"id": "portal", "site": "hq", "published": ["203.0.113.10"], "inside": ["10.1.5.80"], "ports": "tcp 8443"}
  ],
  "flows": [
    {"id": "backup", "ends": {"outbound": {"site": "hq", "sources": ["10.1.9.0/24"], "service": "web"}}},
    {"id": "mail-in", "ends": {"inbound": {"published": "smtp", "from": "mail"}}}
  ]
}"#;

fn plan() -> Plan {
    let loaded = load(PLAN).unwrap();
    assert_eq!(loaded.faults, []);
    loaded.plan
}

fn record(source: (&str, u16), destination: (&str, u16), began: bool) -> Record {
    Record {
        from: 1_794_816_000_000,
        to: 1_794_816_060_000,
        source: source.0.parse().unwrap(),
        destination: destination.0.parse().unwrap(),
        source_port: source.1,
        destination_port: destination.1,
        sent: 6_000_000,
        received: 0,
        sessions: Sessions::Flows(1),
        source_began: began,
        denied: false,
    }
}

/// Where a record goes: the ends of its row, or why it belongs to none and by what.
fn goes(record: Record) -> String {
    let plan = plan();
    let mut measure = Measure::new(Rc::new(ends_of(&plan)), 1);
    measure.add(&record);
    let measured = Measured::of(&measure, &plan);
    match (measured.rows.as_slice(), measured.apart.as_slice()) {
        ([row], []) => match (&row.ends, row.row) {
            (Ends::Outbound(_), Some(row)) => format!("row {}", plan.flows[row as usize].id),
            (Ends::Outbound(outbound), None) => {
                format!("{} to {}", outbound.site, outbound.service.as_ref().unwrap())
            }
            (Ends::Inbound(inbound), _) => match &inbound.from {
                Some(from) => format!("{} from {from}", inbound.published),
                None => inbound.published.to_string(),
            },
        },
        ([], [total]) => format!("{:?} {}", total.why, total.most[0].0),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_record_has_its_row() {
    let high = 50_000;
    for (source, destination, began, expected) in [
        (("10.1.2.3", high), ("192.0.2.9", 443), false, "hq to mail"),
        (("192.0.2.9", 443), ("10.1.2.3", high), false, "hq to mail"),
        (("10.2.2.3", high), ("198.51.100.9", 443), false, "lab to web"),
        // Rows of some sources come before that of the whole site.
        (("10.1.9.3", high), ("198.51.100.9", 443), false, "row backup"),
        (("10.1.8.3", high), ("198.51.100.9", 443), false, "hq to web"),
        (("198.51.100.9", 443), ("10.1.9.3", high), false, "row backup"),
        // A pool is a site's where the rules say so.
        (("203.0.113.17", high), ("192.0.2.9", 443), false, "hq to mail"),
        (("203.0.113.33", high), ("192.0.2.9", 443), false, "SharedPool 203.0.113.33"),
        // Who publishes has the lower port, whichever that is; of one address the port decides.
        (("100.64.0.1", high), ("203.0.113.10", 25), false, "smtp"),
        (("203.0.113.10", 25), ("100.64.0.1", high), false, "smtp"),
        (("100.64.0.1", high), ("203.0.113.10", 8443), false, "portal"),
        (("100.64.0.1", high), ("10.1.5.80", 8443), false, "portal"),
        // A row for one service takes what comes from there.
        (("192.0.2.77", high), ("10.1.5.25", 25), false, "smtp from mail"),
        (("198.51.100.7", high), ("10.1.5.25", 25), false, "smtp"),
        // The server sends mail as well.
        (("10.1.5.25", high), ("192.0.2.77", 25), false, "hq to mail"),
        // A log that says who began is believed.
        (("10.1.5.25", 25), ("192.0.2.77", high), true, "hq to mail"),
        (("192.0.2.77", 25), ("10.1.5.25", high), true, "smtp from mail"),
        (("192.0.2.77", 443), ("10.1.2.3", high), true, "NotPublished 10.1.2.3"),
        (("100.64.0.1", high), ("10.1.2.3", 80), false, "NotPublished 10.1.2.3"),
        (("10.1.2.3", high), ("100.64.7.1", 443), false, "NoService 100.64.7.0/24"),
        (("10.1.2.3", high), ("10.2.2.3", 443), false, "Inside 10.2.2.0/24"),
        (("100.64.7.1", high), ("192.0.2.1", 443), false, "NoSite 100.64.7.0/24"),
    ] {
        assert_eq!(goes(record(source, destination, began)), expected, "{source:?} to {destination:?}");
    }
    let denied = Record { denied: true, ..record(("10.1.2.3", high), ("192.0.2.9", 443), true) };
    assert_eq!(goes(denied), "Denied 192.0.2.0/24");
}

const LOG: &str = "\
ts,te,sa,da,sp,dp,ibyt
2026-11-16 08:00:00,2026-11-16 08:05:00,10.1.2.3,192.0.2.9,50000,443,75000000
2026-11-16 08:00:00,2026-11-16 08:05:00,192.0.2.9,10.1.2.3,443,50000,750000
2026-11-16 08:10:00,2026-11-16 08:15:00,10.1.9.3,198.51.100.9,50001,443,37500000
2026-11-16 08:19:59,2026-11-16 08:20:00,10.1.2.3,100.64.0.1,50000,443,1000
";

fn taken(plan: &Plan, logs: &[(&str, &str)], choice: LogChoice) -> Taking {
    let mut taking = Taking::new(plan, ends_of(plan), choice);
    for (name, log) in logs {
        taking.begin(name);
        taking.feed(log.as_bytes());
        taking.end();
    }
    taking
}

#[test]
fn the_same_log_taken_twice_changes_nothing() {
    let mut plan = plan();
    let before = plan.clone();
    let measured = taken(&plan, &[("a", LOG)], LogChoice::default()).measured(&plan);
    let changes = apply(&mut plan, &measured, Rate::P95);
    let told: Vec<_> = changes.iter().map(|row| (row.id.as_str(), row.name.as_str(), row.change)).collect();
    assert_eq!(
        told,
        [("head-office-mail", "Head office: Mail", FlowChange::Added), ("backup", "backup", FlowChange::Changed)]
    );
    assert_eq!(validate(&plan), []);
    assert_eq!(plan.flows.len(), 3);
    // 75 MB in the first of five buckets: two Mbps then, a quarter of that in the mean.
    assert_eq!(plan.flows[2].mbps_out.unwrap().to_string(), "2");
    assert_eq!(plan.flows[2].sessions, Some(1));
    assert_eq!(plan.flows[1], before.flows[1], "what the log says nothing of stays");
    assert!(measured.apart.iter().any(|total| total.why == Apart::NoService && total.all.bytes == 1000));
    let once = plan.clone();
    // Whatever it is called now, it is found by what it connects.
    plan.flows[2].name = "Post".to_owned();
    let again = taken(&plan, &[("a", LOG)], LogChoice::default()).measured(&plan);
    assert_eq!(again, measured);
    let changes = apply(&mut plan, &again, Rate::P95);
    assert!(changes.iter().all(|row| row.change == FlowChange::Same));
    plan.flows[2].name = once.flows[2].name.clone();
    assert_eq!(plan, once);
    // The same content under another name counts once.
    let twice = taken(&plan, &[("a", LOG), ("b", LOG)], LogChoice::default());
    assert_eq!(twice.measured(&plan), measured);
    assert_eq!(twice.logs[1].same_as.as_deref(), Some("a"));
}

#[test]
fn rates_are_those_that_were_asked_for() {
    let plan = plan();
    let measured = taken(&plan, &[("a", LOG)], LogChoice::default()).measured(&plan);
    let rates = measured.rows.iter().find(|row| row.row.is_none()).unwrap().out.unwrap();
    // 600 Mbit in twenty minutes.
    assert_eq!((rates.mean.kbps, rates.peak.unwrap().kbps), (500, 2000));
    assert_eq!(Rate::Mean.of(&rates).kbps, 500);
    assert_eq!(Rate::Peak.of(&rates).kbps, 2000);
    // A log of a week with one busy quarter of an hour: the percentile is nothing, so the mean stands.
    let quiet = format!("{LOG}2026-11-23 08:00:00,2026-11-23 08:00:01,10.1.2.3,100.64.0.1,50000,443,1000\n");
    let measured = taken(&plan, &[("a", &quiet)], LogChoice::default()).measured(&plan);
    let rates = measured.rows.iter().find(|row| row.row.is_none()).unwrap().out.unwrap();
    assert_eq!((rates.p95.unwrap().kbps, rates.mean.kbps), (0, 1));
    assert_eq!(Rate::P95.of(&rates).kbps, 1);
}

#[test]
fn samples_count_as_often_as_they_stand_for() {
    let plan = plan();
    let choice = LogChoice { sampling: 100, ..LogChoice::default() };
    let measured = taken(&plan, &[("a", LOG)], choice).measured(&plan);
    assert_eq!(measured.all.bytes, 100 * 113_251_000);
    assert!(measured.rows.iter().all(|row| row.sessions.is_none()), "most sessions weren't looked at");
}

#[test]
fn the_plan_remembers_how_columns_are_called() {
    let mut plan = plan();
    let log = "who;whom;volume;when\n10.1.2.3;192.0.2.9;500;2026-11-16 08:00\n";
    assert_eq!(taken(&plan, &[("a", log)], LogChoice::default()).logs[0].read.format, None);
    let columns = twopath::plan::LogColumns {
        source: "who".into(),
        destination: "whom".into(),
        bytes: "volume".into(),
        end: "when".into(),
        ..Default::default()
    };
    let named = LogChoice { columns: Some(columns.clone()), ..LogChoice::default() };
    let taking = taken(&plan, &[("a", log)], named);
    assert_eq!(taking.measured(&plan).all.records, 1);
    assert_eq!(taking.new_columns(&plan), std::slice::from_ref(&columns));
    assert!(remember(&mut plan, &columns) && !remember(&mut plan, &columns));
    let json = twopath::plan::save(&plan);
    assert_eq!(load(&json).unwrap().plan, plan);
    let unasked = taken(&plan, &[("a", log)], LogChoice::default());
    assert_eq!((unasked.measured(&plan).all.records, unasked.new_columns(&plan)), (1, Vec::new()));
}

/// In steps it is the same, it says how far it is, and it can be left at any step.
#[test]
fn logs_are_read_in_steps() {
    let plan = plan();
    let log = format!("{LOG}{}", LOG.repeat(3000));
    let whole = taken(&plan, &[("a", &log)], LogChoice::default()).measured(&plan);
    let (own, bytes) = (plan.clone(), log.clone().into_bytes());
    let mut job = Job::new(move |pace| async move {
        let mut taking = Taking::new(&own, ends_of(&own), LogChoice::default());
        let mut log = taking.open("a", None, None);
        log.feed_in_steps(&bytes, 0, bytes.len() as u64, &pace).await;
        taking.close(log);
        taking.measured(&own)
    });
    let (mut steps, mut last) = (0, 0);
    let measured = loop {
        if let Some(measured) = job.step(1) {
            break measured;
        }
        assert!(job.progress().1 >= last);
        last = job.progress().1;
        steps += 1;
    };
    assert_eq!(measured, whole);
    assert!(steps >= 10 && last > 900, "{steps} steps to {last}");
}
