//! Every case has its words, and no two cases the same.

use super::*;
use crate::journey::{Assumption, Direction, Dropped, FarSideBecause, Flip, Standing, Verdict};
use crate::plan::{Assumptions, Id, ListId, PeeringKind, Plan};
use crate::routing::{ForwardRule, NoSay, Refused, ReturnRule};
use std::collections::BTreeSet;

/// Sentences, each unlike the others and properly ended.
fn sentences(all: impl IntoIterator<Item = String>) {
    let mut seen = BTreeSet::new();
    for text in all {
        assert!(text.len() > 10, "{text:?}");
        assert!(text.ends_with('.') || text.ends_with('?'), "{text:?}");
        assert!(text.chars().next().is_some_and(|c| !c.is_lowercase()), "{text:?}");
        assert!(!text.contains("{}") && !text.contains("  ") && !text.contains(".."), "{text:?}");
        assert!(seen.insert(text.clone()), "said twice: {text:?}");
    }
}

/// Labels, each unlike the others, without a full stop.
fn labels<'a>(all: impl IntoIterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for text in all {
        assert!(!text.is_empty() && !text.ends_with('.') && text.len() < 60, "{text:?}");
        assert!(seen.insert(text), "said twice: {text:?}");
    }
}

const FORWARD: [ForwardRule; 11] = [
    ForwardRule::OnlyCandidate,
    ForwardRule::LongestPrefix,
    ForwardRule::Weight,
    ForwardRule::LocalPreference,
    ForwardRule::AsPathLength,
    ForwardRule::Origin,
    ForwardRule::Med,
    ForwardRule::EbgpOverIbgp,
    ForwardRule::Cost,
    ForwardRule::Distance,
    ForwardRule::Tie,
];

const RETURN: [ReturnRule; 11] = [
    ReturnRule::NoCandidate,
    ReturnRule::OnlyCandidate,
    ReturnRule::Sticky,
    ReturnRule::InternetOnly,
    ReturnRule::LongestPrefix,
    ReturnRule::ExpressRouteWhateverLength,
    ReturnRule::ExpressRouteOverInternet,
    ReturnRule::PrependsAcross,
    ReturnRule::AsPathLength,
    ReturnRule::SameAsOut,
    ReturnRule::Tie,
];

const REFUSED: [Refused; 8] = [
    Refused::DeniedByPolicy,
    Refused::DefaultRoute,
    Refused::NotPublic,
    Refused::NotAdmitted,
    Refused::DocumentationAsn,
    Refused::TooLong,
    Refused::Ipv6OnPublicPeering,
    Refused::SessionDown,
];

fn no_says() -> [NoSay; 12] {
    [
        NoSay::Down,
        NoSay::InsideDead,
        NoSay::SessionDown { advertised: 201, limit: 200 },
        NoSay::NotSeen,
        NoSay::NotAnalysed,
        NoSay::NoRoute,
        NoSay::Denied,
        NoSay::NoRouteFilter,
        NoSay::NotInRouteFilter,
        NoSay::OutsideSku,
        NoSay::NotAuthorised,
        NoSay::DefaultNotSent,
    ]
}

#[test]
fn every_verdict_has_its_words() {
    sentences(Verdict::ALL.map(|verdict| verdicts::sentence(verdict).to_owned()));
    labels(Verdict::ALL.map(verdicts::title));
    let standings = [Standing::Fails, Standing::Depends, Standing::Works];
    labels(standings.map(verdicts::standing));
    sentences(standings.map(|standing| verdicts::standing_sentence(standing).to_owned()));
    for (one, other) in [(Verdict::Symmetric, Verdict::Uncertain), (Verdict::Uncertain, Verdict::NoRoute)] {
        assert_ne!(verdicts::mark(one), verdicts::mark(other));
    }
}

#[test]
fn every_rule_has_its_words() {
    labels(FORWARD.map(steps::forward_rule));
    sentences(FORWARD.map(|rule| steps::forward_rule_sentence(rule).to_owned()));
    labels(RETURN.map(steps::return_rule));
    sentences(RETURN.map(|rule| steps::return_rule_sentence(rule).to_owned()));
    labels(REFUSED.map(steps::refused));
    sentences(REFUSED.map(|why| steps::refused_sentence(why).to_owned()));
    labels(no_says().iter().map(steps::no_say_label));
    sentences(no_says().iter().map(|why| steps::no_say("ER Chicago", why)));
}

#[test]
fn every_reason_has_its_words() {
    let names = Names::default();
    let id = || Id::from("fw");
    let dropped = [
        Dropped::NoSession(id()),
        Dropped::OtherZone(id()),
        Dropped::MissesTranslation(id()),
        Dropped::UnsaidZone(id()),
    ];
    labels(dropped.iter().map(steps::dropped_label));
    sentences(dropped.iter().map(|dropped| steps::dropped(dropped, &Names::default()).replacen("fw", "Fw", 1)));
    let because = [
        FarSideBecause::LearnedOverExpressRoute(id()),
        FarSideBecause::Service(id()),
        FarSideBecause::BuiltInList("2024-05-06".to_owned()),
        FarSideBecause::OwnList(id()),
        FarSideBecause::NotListed,
    ];
    sentences(because.iter().map(|because| steps::far_side_because(because, &names)));
}

#[test]
fn every_assumption_has_its_words() {
    labels(Assumption::ALL.map(assumptions::name));
    sentences(Assumption::ALL.map(|assumption| assumptions::question(assumption).to_owned()));
    let mut said = Vec::new();
    for assumption in Assumption::ALL {
        let default = match assumption {
            Assumption::UnsaidZones => "unknown",
            _ => assumptions::values(assumption)[0],
        };
        assert_eq!(assumptions::current(&Assumptions::default(), assumption), default);
        for value in assumptions::values(assumption) {
            let instead = (*value).to_owned();
            said.push(assumptions::flip(&Flip { assumption, instead, verdict: Verdict::NoReturn }));
            if *value != "unknown" {
                said.push(assumptions::value(assumption, value));
                assert_ne!(assumptions::value_label(assumption, value), "Not known");
            }
        }
    }
    sentences(said);
}

#[test]
fn every_citation_can_be_read_somewhere() {
    labels(citations::ALL.map(citations::short));
    let mut urls = BTreeSet::new();
    for citation in citations::ALL {
        assert!(citations::title(citation).len() > 10);
        match citations::url(citation) {
            Some(url) => {
                assert!(url.starts_with("https://") && !url.contains(' '), "{url}");
                assert!(urls.insert(url), "{url}");
            }
            None => assert_eq!(citation, crate::plan::Citation::Inference),
        }
    }
}

#[test]
fn every_list_has_a_name() {
    let id = || Id::from("x");
    let kind = PeeringKind::Microsoft;
    let all = [
        ListId::Source(id()),
        ListId::Inside(id()),
        ListId::Learned(id()),
        ListId::Advertised(id()),
        ListId::PolicyIn(id(), 0),
        ListId::PolicyOut(id(), 0),
        ListId::Admitted(id(), kind),
        ListId::PrimarySubnets(id(), kind),
        ListId::SecondarySubnets(id(), kind),
        ListId::RuleSources(id(), 1),
        ListId::RuleDestinations(id(), 1),
        ListId::Pool(id()),
        ListId::Destinations(id()),
        ListId::Published(id()),
        ListId::PublishedInside(id()),
        ListId::FlowSources(id()),
        ListId::ProviderCovered(id()),
    ];
    let names = Names::default();
    let said: Vec<String> = all.iter().map(|list| lists::list(list, &names)).collect();
    labels(said.iter().map(String::as_str));
}

#[test]
fn names_fall_back_to_identifiers() {
    let plan: Plan = serde_json::from_str(
        r#"{"schema_version": 1,
            "sites": [{"id": "a", "name": "Chicago"}, {"id": "b", "name": " "}, {"id": "c", "name": "Twin"},
                      {"id": "d", "name": "Twin"}],
            "devices": [{"id": "fw", "name": "Firewall", "rules": [{}, {"name": "Backup"}]}]}"#,
    )
    .unwrap();
    let names = Names::of(&plan);
    for (id, name) in [("a", "Chicago"), ("b", "b"), ("c", "c"), ("d", "d"), ("nobody", "nobody")] {
        assert_eq!(names.site(&Id::from(id)), name);
    }
    assert_eq!(names.rule(&"fw".into(), 0), "rule 1");
    assert_eq!(names.rule(&"fw".into(), 1), "rule 2 “Backup”");
    assert_eq!(names.rule(&"nobody".into(), 7), "rule 8");
}

#[test]
fn the_headline_counts() {
    use Verdict::{AsymmetricDropped, NoReturn, Symmetric, Uncertain};
    for (verdicts, empty, said) in [
        (vec![], 0, "The plan has no flows to judge."),
        (vec![], 2, "No flow can be judged. 2 flows have no addresses to judge."),
        (vec![(Symmetric, 1)], 0, "The flow works."),
        (vec![(NoReturn, 1)], 0, "The flow fails."),
        (vec![(Uncertain, 1)], 0, "Whether the flow works can't be told."),
        (vec![(Symmetric, 1204)], 1, "All 1,204 flows work. 1 flow has no addresses to judge."),
        (vec![(NoReturn, 1), (AsymmetricDropped, 1)], 0, "All 2 flows fail."),
        (vec![(NoReturn, 1), (Symmetric, 4)], 0, "1 of 5 flows fails and 4 work."),
        (
            vec![(NoReturn, 1), (AsymmetricDropped, 1), (Uncertain, 1), (Symmetric, 1)],
            0,
            "2 of 4 flows fail, 1 can't be told and 1 works.",
        ),
        (vec![(Uncertain, 2), (Symmetric, 1)], 0, "2 of 3 flows can't be told and 1 works."),
    ] {
        assert_eq!(verdicts::headline(&verdicts, empty), said);
    }
}

#[test]
fn directions_differ_in_their_labels() {
    let step = crate::journey::Step::Forward(crate::routing::ForwardStep {
        site: "a".into(),
        candidates: Vec::new(),
        chosen: Vec::new(),
        decided_by: ForwardRule::OnlyCandidate,
        no_say: Vec::new(),
    });
    assert_ne!(steps::label(&step, Direction::Outbound), steps::label(&step, Direction::Inbound));
    assert_eq!(steps::step(&step, &Names::default()), "a has no route to it: no exit that is up offers one here.");
}
