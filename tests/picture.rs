//! The picture: golden files to look at, and the promises that hold for every one of them.
#![allow(clippy::unwrap_used)]

use expect_test::expect_file;
use serde_json::json;
use std::net::IpAddr;
use twopath::desk::Solved;
use twopath::journey::{Bundle, Direction, Dropped, Part, Row, Verdict, bundles};
use twopath::plan::examples::EXAMPLES;
use twopath::plan::{Id, Plan};
use twopath::report::picture::{Course, Label, Scene, Shape, Stroke, Way, draw, draw_traffic, to_svg};
use twopath::routing::{FarSide, Part as Down, Scenario};
use twopath::space::{Count, Family, Share};

/// One site, two firewalls: the Internet by one, a circuit's two links by the other.
fn plan() -> Plan {
    let er = |side: &str| json!({"express_route": {"circuit": "chi", "peering": "microsoft", "side": side}});
    let crossing = |device: &str| json!([{"device": device, "zone": "outside"}]);
    serde_json::from_value(json!({
        "schema_version": 1,
        "sites": [{"id": "hq", "name": "Head office"}],
        "circuits": [{"id": "chi", "name": "Chicago", "peerings": [{"kind": "microsoft"}]}],
        "exits": [
            {"id": "inet", "name": "Internet A", "site": "hq", "link": {"internet": {}}, "path": crossing("fw-a")},
            {"id": "er1", "name": "ER Chicago primary", "site": "hq", "link": er("primary"), "path": crossing("fw-b")},
            {"id": "er2", "name": "ER Chicago secondary", "site": "hq", "link": er("secondary"),
             "path": crossing("fw-b")},
        ],
        "devices": [
            {"id": "fw-a", "name": "Firewall A", "stateful": true, "rules": [{"pool": "shared"}]},
            {"id": "fw-b", "name": "Firewall B", "stateful": true, "rules": [{"pool": "shared"}]},
        ],
        "pools": [{"id": "shared", "name": "Shared pool"}],
    }))
    .unwrap()
}

fn ids(ids: &[&str]) -> Vec<Id> {
    ids.iter().map(|id| Id::from(*id)).collect()
}

fn course(
    plan: &Plan,
    direction: Direction,
    verdict: Verdict,
    out: &[&str],
    back: &[&str],
    dropped: &[Dropped],
) -> Course {
    let part = Part {
        family: Family::V4,
        verdict,
        share: Share::ONE,
        far_addresses: Count::ONE,
        far_side: FarSide::Microsoft,
        out: ids(out),
        pools: ids(&["shared"]),
        back: ids(back),
        dropped: dropped.to_vec(),
        from: IpAddr::from([10, 0, 0, 1]),
        to: IpAddr::from([13, 64, 0, 1]),
    };
    let row = Row {
        flow: "backup".into(),
        direction,
        site: plan.sites[0].id.clone(),
        verdict: Some(verdict),
        parts: vec![],
        decisive: vec![],
    };
    Course::of_part(plan, &row, &part)
}

fn down(parts: impl IntoIterator<Item = Down>) -> Scenario {
    Scenario { down: parts.into_iter().collect(), ..Scenario::default() }
}

fn hold(scene: &Scene) {
    let labels: Vec<&Label> = scene
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Label(label) => Some(label),
            _ => None,
        })
        .collect();
    let span = |label: &Label| {
        let left = if label.centred { label.at.x - label.width / 2 } else { label.at.x };
        (left, left + label.width, label.at.y - 11, label.at.y + 3)
    };
    for (index, label) in labels.iter().enumerate() {
        let a = span(label);
        assert!(a.0 >= 0 && a.1 <= scene.width && a.2 >= 0 && a.3 <= scene.height, "{label:?} leaves {scene:?}");
        for other in &labels[index + 1..] {
            let b = span(other);
            assert!(a.1 <= b.0 || b.1 <= a.0 || a.3 <= b.2 || b.3 <= a.2, "{label:?} on {other:?}");
        }
    }
    for (index, shape) in scene.shapes.iter().enumerate() {
        let Shape::Node(a) = shape else { continue };
        assert!(a.corner.x >= 0 && a.corner.x + a.width <= scene.width && a.corner.y + a.height <= scene.height);
        for other in &scene.shapes[index + 1..] {
            let Shape::Node(b) = other else { continue };
            assert!(
                a.corner.x + a.width <= b.corner.x
                    || b.corner.x + b.width <= a.corner.x
                    || a.corner.y + a.height <= b.corner.y
                    || b.corner.y + b.height <= a.corner.y,
                "{a:?} on {b:?}"
            );
        }
    }
}

fn golden(name: &str, scene: &Scene) {
    hold(scene);
    expect_file![format!("{}/tests/golden/picture/{name}.svg", env!("CARGO_MANIFEST_DIR"))]
        .assert_eq(&to_svg(scene));
}

#[test]
fn the_plan_alone() {
    golden("plain", &draw(&plan(), &Scenario::default(), None, 620));
}

#[test]
fn all_flows_together_the_more_traffic_the_thicker() {
    let bundle = |exits: &[&str], leaving, flows, kbps| Bundle {
        site: "hq".into(),
        ways: exits.iter().map(|exit| ((*exit).into(), FarSide::Microsoft)).collect(),
        leaving,
        flows,
        kbps,
    };
    let bundles = [
        bundle(&["inet"], true, 1, 0),
        bundle(&["er1"], true, 3, 100_000),
        bundle(&["er1", "er2"], true, 1, 25_000),
        bundle(&["er1"], false, 3, 900_000),
    ];
    for width in [240, 320, 480, 620, 900, 1200] {
        let scene = draw_traffic(&plan(), &Scenario::default(), &bundles, width);
        hold(&scene);
        if width < 480 {
            // There is no room for each exit.
            continue;
        }
        let strokes = scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Stroke(stroke) => stroke.traffic.as_ref(),
            _ => None,
        });
        let told: Vec<(&str, u8)> = strokes.map(|traffic| (traffic.told.as_str(), traffic.thickness)).collect();
        // A flow that goes by two exits is one flow where they share a way, and on each of its own.
        let of = |text: &str| {
            told.iter().filter(|(told, _)| *told == text).map(|(_, thick)| *thick).collect::<Vec<_>>()
        };
        assert_eq!(of("Out: 4 flows, 125 Mbps"), [2, 2, 2], "{told:?}");
        assert_eq!(of("Out: 1 flow, 25 Mbps"), [1, 1], "{told:?}");
        assert_eq!(of("Out: 1 flow"), [1, 1, 1], "{told:?}");
        assert_eq!(of("In: 3 flows, 900 Mbps"), [6, 6, 6], "{told:?}");
        assert!(scene.alternative.contains("ER Chicago primary: Out: 4 flows, 125 Mbps; In: 3 flows, 900 Mbps."));
    }
    golden("traffic", &draw_traffic(&plan(), &Scenario::default(), &bundles, 620));
}

#[test]
fn a_row_is_carried_by_the_lines_that_its_flow_alone_would_have() {
    for example in EXAMPLES {
        let plan = example.plan();
        let solved = Solved::new(plan.clone(), Scenario::default(), false);
        let lines = |scene: &Scene, of: &dyn Fn(&Stroke) -> bool| -> Vec<(Way, String)> {
            let strokes = scene.shapes.iter().filter_map(|shape| match shape {
                Shape::Stroke(stroke) if stroke.traffic.is_some() && of(stroke) => Some(stroke),
                _ => None,
            });
            let mut lines: Vec<_> = strokes.map(|stroke| (stroke.way, stroke.path.svg())).collect();
            lines.sort();
            lines
        };
        for width in [320, 800] {
            let draw = |bundles: &[Bundle]| draw_traffic(&plan, &Scenario::default(), bundles, width);
            let together = draw(&bundles(&plan, &solved.rows));
            for (row, flow) in solved.rows.iter().zip(&plan.flows) {
                let alone = Plan { flows: vec![flow.clone()], ..plan.clone() };
                let whole = std::iter::once(row.parts.as_slice());
                for parts in whole.chain(row.parts.iter().map(std::slice::from_ref)) {
                    let shown = Row { parts: parts.to_vec(), ..row.clone() };
                    let wanted = lines(&draw(&bundles(&alone, &[shown])), &|_| true);
                    assert_eq!(lines(&together, &|stroke| stroke.carries(row, parts)), wanted, "{}", row.flow);
                }
            }
        }
    }
}

#[test]
fn out_by_one_firewall_and_back_by_the_other() {
    let plan = plan();
    let dropped = [Dropped::NoSession("fw-b".into())];
    let course =
        course(&plan, Direction::Outbound, Verdict::AsymmetricDropped, &["inet"], &["er1", "er2"], &dropped);
    for (name, width) in [("dropped", 620), ("dropped-narrow", 320), ("dropped-wide", 1100)] {
        golden(name, &draw(&plan, &Scenario::default(), Some(&course), width));
    }
}

#[test]
fn equal_paths_out_and_back() {
    let plan = plan();
    let course = course(&plan, Direction::Outbound, Verdict::Symmetric, &["er1", "er2"], &["er1", "er2"], &[]);
    golden("tie", &draw(&plan, &Scenario::default(), Some(&course), 620));
}

#[test]
fn a_circuit_down_is_struck_through() {
    let plan = plan();
    let course = course(&plan, Direction::Outbound, Verdict::NoReturn, &["inet"], &[], &[]);
    let scenario = down([Down::Circuit("chi".into())]);
    for (name, width) in [("down", 620), ("down-narrow", 360)] {
        golden(name, &draw(&plan, &scenario, Some(&course), width));
    }
}

#[test]
fn inbound_answers_by_the_other_way() {
    let plan = plan();
    let dropped = [Dropped::MissesTranslation("fw-a".into())];
    let course = course(&plan, Direction::Inbound, Verdict::AsymmetricDropped, &["inet"], &["er1"], &dropped);
    golden("inbound", &draw(&plan, &Scenario::default(), Some(&course), 620));
}

#[test]
fn every_verdict_says_its_word() {
    use Verdict::*;
    let plan = plan();
    for (verdict, direction, out, back, word) in [
        (NoRoute, Direction::Outbound, vec![], vec![], "no route"),
        (NotTranslated, Direction::Outbound, vec!["inet"], vec![], "private source"),
        (NotAdmitted, Direction::Outbound, vec!["er1"], vec![], "not admitted"),
        (NotPublished, Direction::Inbound, vec!["er1"], vec![], "not published"),
        (NoReturn, Direction::Outbound, vec!["inet"], vec![], "no way back"),
    ] {
        let course = course(&plan, direction, verdict, &out, &back, &[]);
        for width in [320, 480, 620, 900] {
            let scene = draw(&plan, &Scenario::default(), Some(&course), width);
            hold(&scene);
            let says = |shape: &Shape| match shape {
                Shape::Cross(cross) => cross.word == word,
                _ => false,
            };
            assert!(scene.shapes.iter().any(says), "{verdict:?} at {width}: {}", scene.alternative);
            assert!(scene.alternative.contains(word), "{}", scene.alternative);
        }
    }
}

/// Two sites with links of their own, a router before one firewall, ten exits and names of every length.
fn large() -> Plan {
    let mut plan = plan();
    plan.sites[0].name = "Verwaltungsgebäude Süd mit einem sehr langen Namen".into();
    let mut other = plan.sites[0].clone();
    other.id = "dc".into();
    other.name = "データセンター東京第二".into();
    other.costs.insert("inet".into(), 10);
    plan.sites.push(other);
    let router = serde_json::from_value(json!({"id": "rt", "name": "Edge router", "stateful": false})).unwrap();
    plan.devices.push(router);
    plan.exits[0].path.push(serde_json::from_value(json!({"device": "rt"})).unwrap());
    for index in 0..11 {
        let mut exit = plan.exits[index % 3].clone();
        exit.id = format!("x{index}").into();
        exit.name = format!("Exit number {index} WWWWWWWWWW MMMMMMM");
        exit.site = "dc".into();
        if index % 2 == 0 {
            exit.path.clear();
        }
        plan.exits.push(exit);
    }
    plan
}

#[test]
fn a_large_plan_fits_any_width() {
    let plan = large();
    let dropped = [Dropped::OtherZone("fw-b".into())];
    let course =
        course(&plan, Direction::Outbound, Verdict::AsymmetricDropped, &["inet", "x10"], &["er1"], &dropped);
    for width in (240..1400).step_by(52) {
        for scenario in [Scenario::default(), down([Down::Site("dc".into()), Down::Device("fw-b".into())])] {
            hold(&draw(&plan, &scenario, Some(&course), width));
            hold(&draw(&plan, &scenario, None, width));
        }
    }
    golden("large", &draw(&plan, &Scenario::default(), Some(&course), 900));
    golden("large-narrow", &draw(&plan, &Scenario::default(), Some(&course), 390));
}

#[test]
fn an_empty_plan_and_odd_names_are_drawn() {
    hold(&draw(&Plan::default(), &Scenario::default(), None, 400));
    let mut plan = plan();
    plan.sites[0].name = "<b>&\"\u{1}".into();
    let svg = to_svg(&draw(&plan, &Scenario::default(), None, 620));
    assert!(svg.contains("&lt;b&gt;&amp;&quot;<") && !svg.contains('\u{1}'));
}
