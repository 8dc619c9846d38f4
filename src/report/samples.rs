//! Hand-made answers for tests: not what the engine would say, but one of everything it may say.

use crate::advice::{Arg, Code, Finding};
use crate::desk::door::{ExitSummary, ListFault, ListFix, ListSummary, Summary};
use crate::intake::FaultCode;
use crate::journey::{
    Admission, AdmissionStep, Assumption, Branch, By, CrossingState, DeviceState, DeviceTranslation, Direction,
    Dropped, FarSideBecause, Flip, Part, PublicationStep, Row, Stage, StateStep, Step, Trace, TranslationStep,
    Verdict,
};
use crate::plan::{ListId, Origin, PartKind, PeeringKind, Plan, PlanFault, PlanFaultCode, Protocol, Severity};
use crate::routing::{
    FarSide, ForwardCandidate, ForwardRule, ForwardStep, NoSay, Place, Refusal, Refused, ReturnCandidate,
    ReturnRule, ReturnStep,
};
use crate::space::{Count, Family, Share};

pub(super) fn plan() -> Plan {
    serde_json::from_str(
        r##"{
          "schema_version": 1,
          "name": "One pool, two firewalls",
          "sites": [{"id": "chi", "name": "Chicago"}],
          "circuits": [{"id": "ckt", "name": "Circuit 1", "peerings": [
            {"kind": "microsoft", "admitted": ["198.51.100.0/24"]}]}],
          "exits": [
            {"id": "er", "name": "ER Chicago", "site": "chi", "link": {"express_route": {"circuit": "ckt"}},
             "learned": ["# services", "13.64.0.0/11 community=12076:5050"], "advertised": ["198.51.100.0/24"]},
            {"id": "net", "name": "Internet A", "site": "chi", "link": {"internet": {}},
             "learned": ["default"], "advertised": ["198.51.100.0/24", "10.0.0.0/8"]},
            {"id": "er2", "site": "chi", "link": {"express_route": {"circuit": "ckt", "side": "secondary"}}}],
          "devices": [{"id": "fw1", "name": "Firewall 1", "stateful": true, "rules": [{"name": "Out", "pool": "p"}]},
                      {"id": "fw2", "name": "Firewall 2", "stateful": true}],
          "pools": [{"id": "p", "name": "Pool"}],
          "services": [{"id": "storage", "name": "Azure Storage"}],
          "published": [{"id": "mail", "name": "Mail", "site": "chi"}],
          "flows": [
            {"id": "backup", "name": "Backup", "ends": {"outbound": {"site": "chi", "service": "storage"}}},
            {"id": "web", "name": "Web", "ends": {"outbound": {"site": "chi"}}},
            {"id": "mail in", "ends": {"inbound": {"published": "mail"}}},
            {"id": "nothing", "name": "Nothing", "ends": {"outbound": {"site": "chi"}}}]
        }"##,
    )
    .unwrap()
}

fn place(list: ListId, at: u32, line: u32) -> Place {
    Place { list, at, line }
}

fn part(verdict: Verdict, out: &str, back: &[&str]) -> Part {
    Part {
        family: Family::V4,
        verdict,
        share: Share::ONE,
        far_addresses: Count::from(2_097_152_u32),
        far_side: FarSide::Microsoft,
        out: vec![out.into()],
        pools: vec!["p".into()],
        back: back.iter().map(|exit| (*exit).into()).collect(),
        dropped: Vec::new(),
        from: [10, 0, 0, 1].into(),
        to: [13, 64, 0, 1].into(),
    }
}

pub(super) fn rows() -> Vec<Row> {
    let row = |flow: &str, direction, parts: Vec<Part>| Row {
        flow: flow.into(),
        direction,
        site: "chi".into(),
        verdict: parts.first().map(|part| part.verdict),
        parts,
        decisive: Vec::new(),
    };
    let mut dropped = part(Verdict::AsymmetricDropped, "net", &["er"]);
    dropped.dropped = vec![Dropped::NoSession("fw1".into()), Dropped::MissesTranslation("fw2".into())];
    dropped.share = Share::from_millionths(250_000).unwrap();
    let mut works = part(Verdict::Symmetric, "er", &["er"]);
    works.share = Share::from_millionths(750_000).unwrap();
    let mut first = row("backup", Direction::Outbound, vec![dropped, works]);
    first.decisive = vec![Flip {
        assumption: Assumption::MoreSpecificInternet,
        instead: "express_route".to_owned(),
        verdict: Verdict::Symmetric,
    }];
    let second = row("web", Direction::Outbound, vec![part(Verdict::Symmetric, "net", &["net"])]);
    let third = row("mail in", Direction::Inbound, vec![part(Verdict::NotPublished, "er", &[])]);
    vec![first, second, third, row("nothing", Direction::Outbound, Vec::new())]
}

pub(super) fn summary() -> Summary {
    let exit = |id: &str| ExitSummary {
        exit: id.into(),
        no_say: None,
        offered: 128,
        received: 128,
        withheld: Vec::new(),
        advertised: 1,
        accepted: 1,
        refused: Vec::new(),
    };
    let mut er = exit("er");
    er.received = 120;
    er.withheld = vec![(NoSay::OutsideSku, 8)];
    let mut net = exit("net");
    net.advertised = 2;
    net.refused = vec![refusal()];
    let mut er2 = exit("er2");
    er2.no_say = Some(NoSay::Down);
    Summary {
        verdicts: vec![(Verdict::NotPublished, 1), (Verdict::AsymmetricDropped, 1), (Verdict::Symmetric, 1)],
        empty: 1,
        other_verdicts: None,
        differs: Vec::new(),
        exits: vec![er, net, er2],
        lists: vec![ListSummary {
            list: ListId::Learned("er".into()),
            format: "plain".to_owned(),
            entries_v4: 1,
            entries_v6: 0,
            lines: 2,
            skipped: 0,
            errors: 0,
            warnings: 1,
            device: None,
            faults: vec![ListFault {
                error: false,
                code: FaultCode::DefaultIsIpv4,
                line: 1,
                column: 1,
                utf16: (0, 7),
                fix: Some(ListFix { utf16: (0, 7), replacement: "0.0.0.0/0".to_owned() }),
            }],
        }],
        traffic: Vec::new(),
        plan_faults: vec![PlanFault {
            severity: Severity::Error,
            code: PlanFaultCode::Dangling { kind: PartKind::Site, id: "x".into() },
            path: "flows[3].ends.outbound.site".to_owned(),
            about: Some("nothing".into()),
        }],
    }
}

fn refusal() -> Refusal {
    Refusal {
        exit: "net".into(),
        prefix: "10.0.0.0/8".to_owned(),
        why: Refused::NotPublic,
        place: place(ListId::Advertised("net".into()), 16, 2),
    }
}

fn candidate(exit: &str, prefix: &str, lost_at: Option<ForwardRule>, place: Place) -> ForwardCandidate {
    ForwardCandidate {
        exit: exit.into(),
        prefix: prefix.to_owned(),
        protocol: Protocol::Bgp,
        weight: 0,
        local_preference: 100,
        as_path_length: 1,
        as_path: "12076".to_owned(),
        origin: Origin::Igp,
        med: 0,
        ebgp: true,
        cost: 0,
        distance: 20,
        lost_at,
        levers: Vec::new(),
        place,
    }
}

fn stage(step: Step, then: Vec<Branch>, verdict: Verdict) -> Stage {
    Stage { step, then, verdict }
}

fn only(stage: Stage) -> Vec<Branch> {
    vec![Branch { by: By::Only, stage }]
}

fn state(answer: &str, dropped: Option<Dropped>) -> Stage {
    let verdict = if dropped.is_some() { Verdict::AsymmetricDropped } else { Verdict::Symmetric };
    let state = if dropped.is_some() { DeviceState::NoSession } else { DeviceState::TranslatedBack };
    let crossings = vec![CrossingState { device: "fw1".into(), zone: "outside".to_owned(), state }];
    let step = StateStep { first: "er".into(), answer: answer.into(), crossings, dropped };
    stage(Step::State(step), Vec::new(), verdict)
}

pub(super) fn forward() -> ForwardStep {
    ForwardStep {
        site: "chi".into(),
        candidates: vec![
            candidate("er", "13.64.0.0/11", None, place(ListId::Learned("er".into()), 11, 2)),
            candidate(
                "net",
                "0.0.0.0/0",
                Some(ForwardRule::LongestPrefix),
                place(ListId::Learned("net".into()), 0, 1),
            ),
        ],
        chosen: vec!["er".into()],
        decided_by: ForwardRule::LongestPrefix,
        no_say: vec![("er2".into(), NoSay::Down)],
    }
}

fn way_back() -> ReturnStep {
    let candidate = |exit: &str, express_route, at| ReturnCandidate {
        dead: Vec::new(),
        exits: vec![exit.into()],
        provider: None,
        express_route,
        prefix: "198.51.100.0/24".to_owned(),
        as_path_length: 1,
        lost_at: None,
        levers: Vec::new(),
        place: place(ListId::Advertised(exit.into()), at, 1),
    };
    let mut lost = candidate("net", false, 0);
    lost.lost_at = Some(ReturnRule::ExpressRouteOverInternet);
    ReturnStep {
        far_side: FarSide::Microsoft,
        candidates: vec![candidate("er", true, 0), lost],
        refused: vec![refusal()],
        chosen: vec!["er".into()],
        lost: false,
        decided_by: ReturnRule::ExpressRouteOverInternet,
    }
}

pub(super) fn trace() -> Trace {
    let translation = TranslationStep {
        exit: "er".into(),
        devices: vec![
            DeviceTranslation { device: "fw1".into(), rule: Some(0), pool: Some("p".into()) },
            DeviceTranslation { device: "fw2".into(), rule: None, pool: None },
        ],
        result: "198.51.100.0/24".to_owned(),
        count: Count::from(256_u32),
        not_public: false,
    };
    let admitted = Admission::Admitted {
        prefix: "198.51.100.0/24".to_owned(),
        place: place(ListId::Admitted("ckt".into(), PeeringKind::Microsoft), 0, 1),
    };
    let mut tie = way_back();
    tie.decided_by = ReturnRule::Tie;
    tie.chosen = vec!["er".into(), "net".into()];
    tie.candidates.iter_mut().for_each(|candidate| candidate.lost_at = None);
    let branches = vec![
        Branch { by: By::Exit("er".into()), stage: state("er", None) },
        Branch { by: By::Exit("net".into()), stage: state("net", Some(Dropped::NoSession("fw2".into()))) },
    ];
    let half = |text: &str, stage| Branch {
        by: By::Addresses {
            text: text.to_owned(),
            count: Count::from(128_u32),
            share: Share::from_millionths(500_000).unwrap(),
        },
        stage,
    };
    let second = stage(Step::Return(way_back()), only(state("er", None)), Verdict::Symmetric);
    let back = vec![
        half("198.51.100.0/25", stage(Step::Return(tie), branches, Verdict::Uncertain)),
        half("198.51.100.128/25", second),
    ];
    let admission = AdmissionStep { exit: "er".into(), admission: admitted };
    let admission = stage(Step::Admission(admission), back, Verdict::Uncertain);
    let translation = stage(Step::Translation(translation), only(admission), Verdict::Uncertain);
    Trace {
        direction: Direction::Outbound,
        site: "chi".into(),
        published: None,
        from: [10, 0, 0, 1].into(),
        to: [13, 64, 0, 1].into(),
        far_side: FarSide::Microsoft,
        far_side_because: FarSideBecause::LearnedOverExpressRoute("er".into()),
        verdict: Verdict::Uncertain,
        first: stage(Step::Forward(forward()), only(translation), Verdict::Uncertain),
        decisive: vec![Flip {
            assumption: Assumption::EqualExpressRoute,
            instead: "same_as_out".to_owned(),
            verdict: Verdict::Symmetric,
        }],
    }
}

pub(super) fn inbound() -> Trace {
    let publication = PublicationStep {
        exit: "er".into(),
        device: Some("fw1".into()),
        inside: "10.0.0.25".to_owned(),
        source_pool: Some("p".into()),
    };
    let refused = AdmissionStep { exit: "er".into(), admission: Admission::Refused };
    let refused = stage(Step::Admission(refused), Vec::new(), Verdict::NotAdmitted);
    let reply = stage(Step::Forward(forward()), only(refused), Verdict::NotAdmitted);
    let publication = stage(Step::Publication(publication), only(reply), Verdict::NotAdmitted);
    Trace {
        direction: Direction::Inbound,
        published: Some("mail".into()),
        from: [40, 92, 0, 1].into(),
        to: [198, 51, 100, 25].into(),
        verdict: Verdict::NotAdmitted,
        first: stage(Step::Return(way_back()), only(publication), Verdict::NotAdmitted),
        decisive: Vec::new(),
        ..trace()
    }
}

pub(super) fn findings() -> Vec<Finding> {
    let finding = Finding {
        code: Code(109),
        severity: crate::advice::Severity::Error,
        about: vec![(PartKind::Exit, "net".into())],
        args: vec![Arg::Part(PartKind::Exit, "net".into()), Arg::Texts(vec!["10.0.0.0/8".to_owned()])],
        rows: vec!["web".into()],
        prefixes: vec!["10.0.0.0/8".to_owned()],
        places: vec![place(ListId::Advertised("net".into()), 16, 2)],
        citation: crate::plan::Citation::RoutingRequirements,
        fix: false,
        accepted: None,
    };
    let accepted = Finding { accepted: Some("Our provider filters it".to_owned()), ..finding.clone() };
    vec![finding, accepted]
}
