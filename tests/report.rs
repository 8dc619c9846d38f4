//! The report: golden files in both forms, the same bytes again, hostile names, headings and tables.
//!
//! `UPDATE_EXPECT=1 cargo test --test report` writes the golden files anew.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use expect_test::expect_file;
use twopath::desk::Solved;
use twopath::desk::report::{fingerprint, report};
use twopath::pace::{Pace, at_once};
use twopath::plan::{AcceptedFinding, Plan, load};
use twopath::report::paper::{html, markdown};
use twopath::routing::Scenario;

fn plan(name: &str) -> Plan {
    let text =
        std::fs::read_to_string(format!("{}/static/examples/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    load(&text).unwrap().plan
}

/// HTML and Markdown.
fn written(plan: &Plan, baseline: Option<&Plan>) -> [String; 2] {
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    let before = baseline.map(|plan| Solved::new(plan.clone(), Scenario::default(), false));
    let (solved, before, summary) = (&solved, before.as_ref(), solved.summary());
    let summary = &summary;
    let paper =
        at_once(|pace: Pace| async move { report(solved, summary, before, "26 November 2026", &pace).await });
    [html(&paper), markdown(&paper)]
}

#[test]
fn reports_are_what_they_were() {
    for (name, baseline) in [
        ("02-microsoft-peering", None),
        ("09-inbound-mail-mended", Some("08-inbound-mail")),
        ("10-two-circuits", None),
    ] {
        let [html, markdown] = written(&plan(name), baseline.map(plan).as_ref());
        expect_file![format!("golden/report/{name}.html")].assert_eq(&html);
        expect_file![format!("golden/report/{name}.md")].assert_eq(&markdown);
        sound(&html);
    }
}

#[test]
fn what_went_in_can_be_checked_on_paper() {
    for example in twopath::plan::examples::EXAMPLES {
        let own = load(example.json).unwrap().plan;
        let [html, markdown] = written(&own, None);
        sound(&html);
        // Every line of every list stands in it, or the count and the fingerprint of what is too long for paper.
        for (list, text) in own.lists() {
            let lines: Vec<&str> = text.as_str().lines().collect();
            let shown = if lines.len() > 50 { 20 } else { lines.len() };
            for line in lines.iter().take(shown).map(|line| line.trim()) {
                let mut escaped = String::new();
                twopath::report::escape::html(line, &mut escaped);
                assert!(html.contains(&escaped), "{}: {list:?}: {line}", own.name);
            }
            if shown < lines.len() {
                assert!(html.contains(&format!("{:032x}", text.content_hash())), "{}: {list:?}", own.name);
                assert!(
                    html.contains(&format!("And {} more line", lines.len() - shown)),
                    "{}: {list:?}",
                    own.name
                );
            }
        }
        for table in
            ["Sites", "Exits", "Routes of each exit", "Pools", "Translation rules; the first that matches decides"]
        {
            assert!(markdown.contains(&format!("**{table}**")), "{}: {table}", own.name);
        }
    }
    let [html, markdown] = written(&plan("02-microsoft-peering"), None);
    for said in ["zone internet", "12076:51007"] {
        assert!(html.contains(said), "{said}");
        assert!(markdown.contains(said), "{said}");
    }
}

/// A list of hundreds of lines is cut, and says so; one of a very long line too.
#[test]
fn long_lists_are_cut_and_say_so() {
    let mut own = plan("02-microsoft-peering");
    let lines: Vec<String> = (0..200).map(|n| format!("20.0.{n}.0/24")).collect();
    own.exits[0].learned = lines.join("\n").into();
    own.exits[0].advertised = "x".repeat(10_000).into();
    let [html, markdown] = written(&own, None);
    let hash = format!("{:032x}", own.exits[0].learned.content_hash());
    for text in [&html, &markdown] {
        assert!(text.contains(".0.19.0/24") && !text.contains(".0.20.0/24"));
        assert!(text.contains(&format!("And 180 more lines. The whole has the fingerprint {hash}.")));
        assert!(!text.contains(&"x".repeat(500)) && text.contains(&"x".repeat(400)));
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes_and_another_another_fingerprint() {
    let own = plan("10-two-circuits");
    let again = load(&twopath::plan::save(&own)).unwrap().plan;
    assert_eq!(written(&own, None), written(&again, None), "also when it was saved and read again");
    assert!(written(&own, None)[0].contains(&fingerprint(&own)));
    let mut other = own.clone();
    other.sites[0].name.push('x');
    assert_ne!(fingerprint(&own), fingerprint(&other));
}

/// What a reader, a screen reader and a closed machine need of every report.
fn sound(html: &str) {
    for never in [
        "<script",
        "http-equiv=\"refresh",
        " onload",
        " onerror=",
        "<img",
        "<link",
        "<iframe",
        "<a ",
        "url(",
        "@import",
        " src=",
    ] {
        assert!(!html.contains(never), "{never}");
    }
    assert_eq!(html.matches("<h1>").count(), 1);
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    let levels: Vec<u8> = html
        .match_indices("<h")
        .filter_map(|(at, _)| html[at + 2..].chars().next())
        .filter_map(|c| c.to_digit(10))
        .map(|d| d as u8)
        .collect();
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "headings skip no level: {levels:?}");
    let count = |tag: &str| html.matches(tag).count();
    assert_eq!(count("<table>"), count("<caption>"), "every table says what it is");
    assert_eq!(count("<table>"), count("<thead>"));
    assert_eq!(count("<th>"), 0, "every heading of a table has a scope");
    assert_eq!(count("<svg"), count("role=\"img\""));
    for tag in [
        "table", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd", "section", "figure", "svg", "main",
        "header", "p", "h2", "h3",
    ] {
        let open = count(&format!("<{tag}>")) + count(&format!("<{tag} "));
        assert_eq!(open, count(&format!("</{tag}>")), "{tag}");
    }
}

#[test]
fn hostile_names_are_text_everywhere() {
    const HOSTILE: &str = "</style></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)> [a](javascript:1) | # \u{202e}x\u{0}\n\n# h";
    let mut own = plan("08-inbound-mail");
    own.name = HOSTILE.into();
    let names = own
        .sites
        .iter_mut()
        .map(|part| &mut part.name)
        .chain(own.circuits.iter_mut().map(|part| &mut part.name))
        .chain(own.exits.iter_mut().map(|part| &mut part.name))
        .chain(own.pools.iter_mut().map(|part| &mut part.name))
        .chain(own.services.iter_mut().map(|part| &mut part.name))
        .chain(own.published.iter_mut().map(|part| &mut part.name))
        .chain(own.devices.iter_mut().map(|part| &mut part.name))
        .chain(own.flows.iter_mut().map(|part| &mut part.name));
    for (number, name) in names.enumerate() {
        *name = format!("{number}{HOSTILE}");
    }
    for flow in &mut own.flows {
        flow.ports = HOSTILE.into();
    }
    own.accepted_findings.push(AcceptedFinding {
        code: "TP999".into(),
        about: vec![HOSTILE.into()],
        reason: HOSTILE.into(),
    });
    let [html, markdown] = written(&own, Some(&plan("08-inbound-mail")));
    sound_of_names(&html);
    assert_eq!(html.matches("<style>").count(), 1);
    assert_eq!(html.matches("</style>").count(), 1);
    assert!(!markdown.contains('<'), "no HTML in Markdown");
    assert!(!markdown.lines().any(|line| line == "# h"), "no heading of theirs");
    assert!(!markdown.replace("\\]", "").contains("](javascript"), "no link of theirs");
}

/// As [`sound`], but words of the names may be there, as text.
fn sound_of_names(html: &str) {
    for never in ["<script", "<img", "\"'>", "\u{202e}", "\u{0}"] {
        assert!(!html.contains(never), "{never:?}");
    }
}

#[test]
fn an_empty_plan_has_a_report() {
    let [html, markdown] = written(&Plan::default(), None);
    sound(&html);
    assert!(markdown.starts_with("# Report: "));
}

#[test]
fn the_engines_door_writes_the_same() {
    use twopath::desk::Engine;
    use twopath::desk::door::{Form, PaperForm, Reply, Request, RowView, Writing};
    let own = plan("08-inbound-mail");
    let mut engine = Engine::default();
    let mut replies = engine.handle(
        Request::Solve {
            generation: 1,
            plan: Box::new(own.clone()),
            kept: Vec::new(),
            scenario: Scenario::default(),
            compare: false,
        },
        None,
    );
    let written_text = |replies: Vec<Reply>| {
        replies.into_iter().find_map(|reply| match reply {
            Reply::Written { generation: 1, text, .. } => Some(text),
            _ => None,
        })
    };
    // Asked for while the plan is still being solved, it waits.
    replies.extend(engine.handle(
        Request::Write { generation: 1, what: Writing::Report(PaperForm::Html, "26 November 2026".into()) },
        None,
    ));
    replies.extend(engine.finish());
    assert_eq!(written_text(replies), Some(written(&own, None)[0].clone()));
    let what = Writing::Catalogue(Form::Csv, RowView { filter: "mail".into(), ..RowView::default() });
    assert_eq!(engine.handle(Request::Write { generation: 1, what: what.clone() }, None).len(), 0);
    // Small steps give the same.
    let mut replies = Vec::new();
    while engine.busy() {
        replies.extend(engine.step(1));
    }
    let csv = written_text(replies).unwrap();
    assert_eq!(
        csv.lines().count(),
        1 + own.flows.iter().filter(|flow| flow.name.to_lowercase().contains("mail")).count()
    );
    assert!(matches!(
        engine.handle(Request::Write { generation: 2, what }, None)[..],
        [Reply::Stale { generation: 2 }]
    ));
}

/// So many sites, each with an Internet link, a flow, and addresses of its own that are advertised there.
fn many_sites(number: usize) -> Plan {
    let sites: Vec<String> = (0..number)
        .map(|n| format!(r#"{{"id": "s{n}", "name": "Site {n}", "inside": ["60.{}.{}.0/24"]}}"#, n / 200, n % 200))
        .collect();
    let exits: Vec<String> = (0..number)
        .map(|n| {
            format!(
                r#"{{"id": "e{n}", "name": "Link {n}", "site": "s{n}", "link": {{"internet": {{"bandwidth_mbps": 100}}}},
                     "learned": ["0.0.0.0/0"], "advertised": ["60.{}.{}.0/24"]}}"#,
                n / 200,
                n % 200
            )
        })
        .collect();
    let flows: Vec<String> = (0..number)
        .map(|n| format!(r#"{{"id": "f{n}", "name": "Flow {n}", "ends": {{"outbound": {{"site": "s{n}"}}}}}}"#))
        .collect();
    let json = format!(
        r#"{{"schema_version": 1, "name": "Many", "sites": [{}], "exits": [{}], "flows": [{}]}}"#,
        sites.join(","),
        exits.join(","),
        flows.join(",")
    );
    load(&json).unwrap().plan
}

#[test]
fn nothing_is_left_out_of_a_long_report_without_being_told() {
    const SITES: usize = 60;
    let plan = many_sites(SITES);
    let [html, markdown] = written(&plan, None);
    sound(&html);
    // Each flow has two journeys, to Microsoft and elsewhere: a picture each up to the hundredth, then a row.
    assert_eq!(html.matches("<figure").count(), 100);
    // The rows of a table, by its caption; head and line below it aren't counted.
    let rows = |caption: &str| {
        let table = markdown.split_once(&format!("**{caption}**\n\n")).unwrap().1;
        table.lines().take_while(|line| line.starts_with("| ")).count() - 2
    };
    assert_eq!(rows("Journeys that aren't drawn"), 2 * SITES - 100);
    // Every failure that does harm, beyond one window of the page's table: a link down breaks the flow of its site.
    for n in 0..SITES {
        assert!(markdown.contains(&format!("| Link {n} down | 1 |")), "{n}");
    }
    // And what was too many to be worked out is told.
    assert!(markdown.contains("Not worked out, for there are too many: "));
    // Every link stands in the capacity.
    assert_eq!(rows("Circuits and links"), SITES);
}
