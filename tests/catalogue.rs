//! The flow catalogue: how symmetry is kept, by kind; admission; its forms, also of plans with hostile names.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use twopath::desk::Solved;
use twopath::desk::door::{GroupBy, RowView};
use twopath::desk::table;
use twopath::journey::{Admitted, Facts, Kept, Standing};
use twopath::plan::{Plan, load};
use twopath::report::answers::Catalogued;
use twopath::report::words::Names;
use twopath::report::{catalogue, json};
use twopath::routing::Scenario;

/// A plan of the gallery (`04-…`) or of the rules.
fn plan(name: &str) -> Plan {
    let folder = if name.starts_with(|c: char| c.is_ascii_digit()) { "static/examples" } else { "tests/rules" };
    let text = std::fs::read_to_string(format!("{}/{folder}/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let own = if value.get("schema_version").is_some() { value } else { value["plan"].clone() };
    load(&own.to_string()).unwrap().plan
}

/// The facts of the parts of a flow, worst first.
fn facts(plan: &Plan, flow: &str) -> Vec<Facts> {
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    let row = solved.rows.iter().find(|row| row.flow.as_str() == flow).unwrap();
    solved.facts(row)
}

#[test]
fn how_symmetry_is_kept_is_what_decided_the_way_back() {
    let cases = [
        (Kept::SeparatePool, "04-separate-pools", "mail"),
        (Kept::SourceTranslation, "09-inbound-mail-mended", "mail-in-microsoft"),
        (Kept::MoreSpecific, "rule-05-more-specific-on-expressroute", "storage"),
        (Kept::SingleDevice, "rule-08-one-firewall-one-zone", "mail"),
        (Kept::AdvertisedHereOnly, "05-fallback-aggregate", "mail"),
        (Kept::InternetOnly, "rule-00-only-microsoft-sees-expressroute", "supplier"),
        (Kept::ExpressRoutePreferred, "rule-04-equal-length-expressroute", "storage"),
        (Kept::ShorterPath, "rule-10-path-length", "sql"),
        (Kept::SameExit, "01-field-report", "backup"),
        (Kept::OurRoutes, "rule-09-inbound", "plain-supplier"),
        (Kept::NothingStateful, "rule-08-stateless", "mail"),
    ];
    for (kept, name, flow) in cases {
        assert_eq!(facts(&plan(name), flow)[0].kept, [kept], "{name}, {flow}");
    }
    let shown: BTreeSet<Kept> = cases.iter().map(|(kept, ..)| *kept).collect();
    assert_eq!(shown, Kept::ALL.into_iter().collect(), "a case for every kind");
}

#[test]
fn a_pool_is_separate_only_where_no_other_exit_gives_it() {
    let mut plan = plan("04-separate-pools");
    assert_eq!(facts(&plan, "mail")[0].kept, [Kept::SeparatePool]);
    let pool = plan.devices.iter().flat_map(|device| &device.rules).find_map(|rule| {
        let solved = Solved::new(plan.clone(), Scenario::default(), false);
        let row = solved.rows.iter().find(|row| row.flow.as_str() == "mail").unwrap();
        rule.pool.clone().filter(|pool| row.parts[0].pools.contains(pool))
    });
    // The same pool is given at the other exit as well, for a destination that no flow has: the way back stays.
    for device in &mut plan.devices {
        device.rules.push(twopath::plan::TranslationRule {
            destinations: "198.18.0.0/15".into(),
            pool: pool.clone(),
            ..Default::default()
        });
    }
    assert_eq!(facts(&plan, "mail")[0].kept, [Kept::AdvertisedHereOnly]);
}

#[test]
fn what_does_not_work_is_not_kept_and_what_works_is() {
    for name in ["02-microsoft-peering", "03-one-pool-two-firewalls", "08-inbound-mail", "10-two-circuits"] {
        let plan = plan(name);
        let solved = Solved::new(plan.clone(), Scenario::default(), false);
        for row in &solved.rows {
            for (part, facts) in row.parts.iter().zip(solved.facts(row)) {
                assert_eq!(
                    facts.kept.is_empty(),
                    part.verdict.standing() != Standing::Works,
                    "{name}, {}",
                    row.flow
                );
            }
        }
    }
}

#[test]
fn a_split_pool_is_admitted_part_by_part() {
    let facts = facts(&plan("rule-07-advertised-is-not-accepted"), "half-admitted");
    let admitted: Vec<Admitted> = facts.iter().map(|facts| facts.admitted).collect();
    assert_eq!(admitted, [Admitted::Refused, Admitted::Admitted]);
}

/// The catalogue in all its forms: CSV, TSV, JSON, Markdown.
fn forms(plan: &Plan, group: GroupBy) -> [String; 4] {
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    let names = Names::of(plan);
    let order = table::view(plan, &solved.rows, &RowView { group, ..RowView::default() }, &|_| false);
    let rows = order.iter().map(|index| &solved.rows[*index as usize]);
    let rows = rows.map(|row| (row, solved.facts(row))).collect();
    let answer = Catalogued { plan, names: &names, scenario: &Scenario::default(), rows, group };
    let lines = catalogue::lines(&answer);
    [
        catalogue::csv(&lines),
        catalogue::tsv(&lines),
        json::catalogue(&answer),
        catalogue::markdown(&answer, &lines),
    ]
}

#[test]
fn hostile_names_are_no_formulas_and_break_no_form() {
    const HOSTILE: [&str; 8] = [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1:A9)",
        "\t=1",
        "\r\n=1",
        "\"=1\",\"x",
        "|<script>alert(1)</script> ![x](http://e.example)",
    ];
    let mut plan = plan("04-separate-pools");
    for (flow, name) in plan.flows.iter_mut().zip(HOSTILE) {
        flow.name = name.into();
        flow.ports = name.into();
    }
    for (number, part) in plan.services.iter_mut().enumerate() {
        part.name = HOSTILE[number % HOSTILE.len()].into();
    }
    for part in &mut plan.sites {
        part.name = "=1".into();
    }
    for part in &mut plan.pools {
        part.name = format!("@{}", part.id);
    }
    for part in &mut plan.exits {
        part.name = format!("-{}", part.id);
    }
    for part in &mut plan.devices {
        part.name = format!("={}", part.id);
    }
    let [csv, tsv, form, markdown] = forms(&plan, GroupBy::None);
    let columns = catalogue::Column::ALL.len();
    for (text, between, end) in [(&csv, ',', "\r\n"), (&tsv, '\t', "\n")] {
        let lines: Vec<&str> = text.split_terminator(end).collect();
        assert_eq!(lines.len(), 1 + plan.flows.len(), "{text}");
        for line in lines {
            let cells = cells(line, between);
            assert_eq!(cells.len(), columns, "{line}");
            for cell in cells {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?} in {line}");
            }
        }
    }
    let form: serde_json::Value = serde_json::from_str(&form).unwrap();
    assert_eq!(form["flows"][0]["name"], HOSTILE[0], "JSON says what the plan says");
    assert!(!markdown.contains('<'), "{markdown}");
    for line in markdown.lines().filter(|line| line.starts_with('|')) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert_eq!(bars, columns + 1, "{line}");
    }
}

/// The cells of a line, read as RFC 4180 says.
fn cells(line: &str, between: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cells.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            letter if letter == between && !quoted => cells.push(String::new()),
            letter => cells.last_mut().unwrap().push(letter),
        }
    }
    assert!(!quoted, "{line}");
    cells
}

#[test]
fn groups_stand_together_and_are_summed() {
    let plan = plan("10-two-circuits");
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    for group in [GroupBy::Site, GroupBy::Service] {
        let view = RowView { group, count: 200, ..RowView::default() };
        let order = table::view(&plan, &solved.rows, &view, &|_| false);
        let groups = table::groups(&plan, &solved.rows, &view, &order);
        let names: BTreeSet<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names.len(), groups.len(), "each group once");
        assert_eq!(groups.iter().map(|group| group.flows).sum::<u32>() as usize, plan.flows.len());
        assert!(groups.windows(2).all(|pair| pair[1].first == pair[0].first + pair[0].flows));
    }
    let [_, _, _, markdown] = forms(&plan, GroupBy::Site);
    assert_eq!(markdown.matches("\n## ").count(), plan.sites.len(), "{markdown}");
}
