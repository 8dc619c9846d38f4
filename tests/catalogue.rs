//! The flow catalogue: how symmetry is kept, by kind; admission; its forms, also of plans with hostile names.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use twopath::desk::Solved;
use twopath::desk::bulk::{self, Ask, EndpointSet, Which};
use twopath::desk::door::{GroupBy, RowView};
use twopath::desk::table;
use twopath::journey::{Admitted, Facts, Kept, Standing};
use twopath::plan::{Ends, Plan, load};
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
fn rows_are_found_by_how_they_are_kept() {
    let mut seen = BTreeSet::new();
    for (example, kept) in
        twopath::plan::examples::EXAMPLES.iter().flat_map(|one| Kept::ALL.map(|kept| (one, kept)))
    {
        let plan = example.plan();
        let solved = Solved::new(plan.clone(), Scenario::default(), false);
        let found = table::view(&plan, &solved.rows, &RowView { kept: vec![kept], ..RowView::default() }, &solved);
        for (index, row) in (0..).zip(&solved.rows) {
            let is = solved.facts(row).iter().any(|facts| facts.kept.contains(&kept));
            assert_eq!(found.contains(&index), is, "{kept:?}, {}", row.flow);
            seen.extend(is.then_some(kept));
        }
    }
    assert!(seen.len() > 1, "{seen:?}");
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
    let order = table::view(plan, &solved.rows, &RowView { group, ..RowView::default() }, &solved);
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
        let order = table::view(&plan, &solved.rows, &view, &solved);
        let groups = table::groups(&plan, &solved.rows, &view, &order);
        let names: BTreeSet<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names.len(), groups.len(), "each group once");
        assert_eq!(groups.iter().map(|group| group.flows).sum::<u32>() as usize, plan.flows.len());
        assert!(groups.windows(2).all(|pair| pair[1].first == pair[0].first + pair[0].flows));
    }
    let [_, _, _, markdown] = forms(&plan, GroupBy::Site);
    assert_eq!(markdown.matches("\n## ").count(), plan.sites.len(), "{markdown}");
}

/// Two endpoint sets that Microsoft offers over ExpressRoute, one of them without an address, and one that it doesn't.
const ENDPOINTS: &str = r#"[
  {"id": 1, "serviceArea": "Exchange", "serviceAreaDisplayName": "Exchange Online", "ips": ["13.107.6.152/31"],
   "tcpPorts": "80,443", "expressRoute": true, "category": "Optimize", "required": true},
  {"id": 2, "serviceArea": "Exchange", "urls": ["*.example.com"], "tcpPorts": "587", "expressRoute": true,
   "category": "Allow", "required": true},
  {"id": 46, "serviceArea": "Common", "ips": ["20.20.32.0/19"], "tcpPorts": "443", "expressRoute": false,
   "category": "Allow", "required": true}]"#;

/// The two circuits' plan with endpoint sets in a source, a service that allows ExpressRoute, and a published one.
fn many() -> Plan {
    let mut plan = plan("10-two-circuits");
    plan.sources.push(twopath::plan::Source {
        id: "m365".into(),
        name: "Endpoints".to_owned(),
        text: ENDPOINTS.into(),
        ..Default::default()
    });
    plan.services[0].express_route = Some(true);
    plan.published.push(twopath::plan::PublishedService {
        id: "fs".into(),
        name: "Federation".to_owned(),
        site: plan.sites[0].id.clone(),
        published: "198.51.100.7".into(),
        role: Some(twopath::plan::Role::Adfs),
        ports: "tcp 443".to_owned(),
        ..Default::default()
    });
    plan
}

fn everything(plan: &Plan, sets: &[EndpointSet], which: Which) -> Ask {
    let offers = bulk::offers(plan, sets);
    Ask {
        to: offers.into_iter().filter(|offer| which.takes(offer)).map(|offer| offer.to).collect(),
        sites: plan.sites.iter().map(|site| site.id.clone()).collect(),
        published: bulk::without_row(plan).into_iter().collect(),
    }
}

#[test]
fn every_endpoint_set_that_allows_expressroute_from_both_sites() {
    let mut plan = many();
    let before = plan.clone();
    let sets = bulk::all_endpoint_sets(&plan);
    assert_eq!(
        sets.iter().map(|set| set.name.as_str()).collect::<Vec<_>>(),
        ["Exchange 1 (Optimize)", "Common 46 (Allow)"]
    );
    let ask = everything(&plan, &sets, Which::ExpressRoute);
    let asked: Vec<(String, Option<String>)> = bulk::rows(&plan, &sets, &ask)
        .into_iter()
        .map(|row| (row.name, row.there.map(|flow| flow.to_string())))
        .collect();
    let wanted = [
        ("Chicago plant: Azure Storage, North Central US", Some("chi-backup")),
        ("Chicago plant: Exchange 1 (Optimize)", None),
        ("Dallas plant: Azure Storage, North Central US", None),
        ("Dallas plant: Exchange 1 (Optimize)", None),
        ("Federation: from outside", None),
    ];
    assert_eq!(asked, wanted.map(|(name, there)| (name.to_owned(), there.map(str::to_owned))));
    let added = bulk::add(&mut plan, &sets, &ask);
    let ids: Vec<&str> = added.iter().map(|id| id.as_str()).collect();
    assert_eq!(
        ids,
        ["chicago-exchange-1-optimize", "dallas-azure-storage", "dallas-exchange-1-optimize", "fs-inbound"]
    );
    // What was there stands as it was, and nothing is added for what the list doesn't offer over ExpressRoute.
    assert_eq!(plan.flows[..before.flows.len()], before.flows);
    assert_eq!(plan.services[..before.services.len()], before.services);
    let new = &plan.services[before.services.len()..];
    let of: Vec<_> =
        new.iter().map(|new| (new.id.as_str(), new.express_route, new.microsoft, new.ports.as_str())).collect();
    assert_eq!(of, [("exchange-1-optimize", Some(true), true, "tcp 80,443")]);
    assert_eq!(validate_all(&plan), validate_all(&before), "no new fault");
    // The new rows have addresses and a verdict.
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    for id in &added {
        let row = solved.rows.iter().find(|row| row.flow == *id).unwrap();
        assert!(row.verdict.is_some(), "{id}");
    }
    // The same again changes nothing.
    let once = plan.clone();
    let again =
        Ask { to: everything(&plan, &sets, Which::ExpressRoute).to, published: ["fs".into()].into(), ..ask };
    assert!(bulk::rows(&plan, &sets, &again).iter().all(|row| row.there.is_some()));
    assert_eq!(bulk::add(&mut plan, &sets, &again), []);
    assert_eq!(plan, once);
}

fn validate_all(plan: &Plan) -> Vec<twopath::plan::PlanFault> {
    load(&twopath::plan::save(plan)).unwrap().faults
}

#[test]
fn a_row_of_some_sources_is_not_the_row_of_the_site() {
    let mut plan = many();
    let (site, service) = (plan.sites[0].id.clone(), plan.services[0].id.clone());
    let ask = Ask {
        to: [bulk::To::Service(service.clone())].into(),
        sites: [site.clone()].into(),
        published: Default::default(),
    };
    plan.flows.clear();
    assert!(bulk::rows(&plan, &[], &ask)[0].there.is_none());
    let ends = twopath::plan::Outbound { site, sources: "10.1.2.0/24".into(), service: Some(service) };
    plan.flows.push(twopath::plan::Flow { id: "some".into(), ends: Ends::Outbound(ends), ..Default::default() });
    assert!(bulk::rows(&plan, &[], &ask)[0].there.is_none());
    // An identifier that is taken is not given again.
    let added = bulk::add(&mut plan, &[], &ask);
    plan.flows[0].id = added[0].clone();
    plan.flows.truncate(1);
    assert_eq!(bulk::add(&mut plan, &[], &ask), [format!("{}-2", added[0]).as_str().into()]);
}

#[test]
fn a_published_service_has_one_row_from_outside() {
    let mut plan = plan("08-inbound-mail");
    assert_eq!(bulk::without_row(&plan), [], "its mail has rows");
    plan.flows.retain(|flow| matches!(flow.ends, Ends::Outbound(_)));
    assert_eq!(bulk::without_row(&plan), ["smtp".into()]);
    let ask = Ask { published: bulk::without_row(&plan).into_iter().collect(), ..Ask::default() };
    assert_eq!(bulk::add(&mut plan, &[], &ask), ["smtp-inbound".into()]);
    let flow = plan.flows.last().unwrap();
    assert_eq!(flow.name, "Mail gateway: from outside");
    assert_eq!(bulk::without_row(&plan), []);
    // Judged like the rows that were written by hand: mail by the Internet is answered over ExpressRoute.
    let solved = Solved::new(plan, Scenario::default(), false);
    assert_eq!(solved.rows.last().unwrap().verdict.map(|verdict| verdict.standing()), Some(Standing::Fails));
}

#[test]
fn microsofts_whole_list_from_both_sites() {
    let file = format!("{}/../shared/data/m365/endpoints-worldwide.json", env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = std::fs::read_to_string(file) else { return };
    let mut plan = many();
    plan.sources.last_mut().unwrap().text = text.as_str().into();
    let sets = bulk::all_endpoint_sets(&plan);
    let allowed = sets.iter().filter(|set| set.express_route == Some(true)).count();
    assert!(allowed > 5, "{allowed}");
    let ask = everything(&plan, &sets, Which::ExpressRoute);
    let wanted = bulk::rows(&plan, &sets, &ask).iter().filter(|row| row.there.is_none()).count();
    let (flows, services) = (plan.flows.len(), plan.services.len());
    assert_eq!(bulk::add(&mut plan, &sets, &ask).len(), wanted);
    assert_eq!((plan.flows.len(), plan.services.len()), (flows + wanted, services + allowed));
    let ids: BTreeSet<_> = plan.flows.iter().map(|flow| &flow.id).collect();
    assert_eq!(ids.len(), plan.flows.len(), "no two are the same");
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    assert!(solved.rows[flows..].iter().all(|row| row.verdict.is_some()), "none is empty");
}
