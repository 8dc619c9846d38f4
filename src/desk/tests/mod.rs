//! The desk, driven through its one door.

mod checking;
mod cutover;
mod files;
mod logs;
mod neighbours;
mod preview;
mod shelf;
mod studies;

use crate::desk::door::{Phase, Reply, Request, RowView, RowWindow, Summary};
use crate::desk::focus::{Spot, Target};
use crate::desk::state::KEEP_FROM;
use crate::desk::{Action, Desk, Effect, Notice, Storage, parts};
use crate::journey::{Direction, Part, Row, Verdict};
use crate::plan::{ListId, PartKind, Plan};
use crate::routing::{self, FarSide};
use crate::space::{Count, Family, Share};
use std::rc::Rc;

fn desk() -> Desk {
    let mut plan = Plan { name: "First".into(), ..Plan::default() };
    parts::add_named(&mut plan, PartKind::Site, "HQ".into());
    parts::add_named(&mut plan, PartKind::Exit, "Internet".into());
    parts::add_named(&mut plan, PartKind::Flow, "Mail".into());
    parts::add_named(&mut plan, PartKind::Flow, "Web".into());
    let mut desk = Desk::new(Rc::default());
    desk.act(Action::Open { plan: Rc::new(plan), passed_over: Vec::new() });
    desk
}

fn named(name: &str) -> Action {
    let name = name.to_owned();
    Action::typed("plan/name", move |plan| plan.name = name)
}

fn requests(effects: &[Effect]) -> Vec<&Request> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Send { request, .. } => Some(request),
            _ => None,
        })
        .collect()
}

fn solved(desk: &mut Desk, generation: u64) -> Vec<Effect> {
    let summary = Box::new(Summary {
        verdicts: vec![(Verdict::Symmetric, 2)],
        empty: 0,
        other_verdicts: None,
        differs: Vec::new(),
        exits: Vec::new(),
        lists: Vec::new(),
        traffic: Vec::new(),
        plan_faults: Vec::new(),
    });
    desk.act(Action::Engine(Box::new(Reply::Solved { generation, summary })))
}

fn row(flow: &str, verdict: Verdict, to: &str) -> Row {
    Row {
        flow: flow.into(),
        direction: Direction::Outbound,
        site: "hq".into(),
        verdict: Some(verdict),
        parts: vec![Part {
            family: Family::V4,
            verdict,
            share: Share::ONE,
            far_addresses: Count::ONE,
            far_side: FarSide::Internet,
            out: vec!["internet".into()],
            pools: Vec::new(),
            back: vec!["internet".into()],
            dropped: Vec::new(),
            from: "10.0.0.1".parse().unwrap(),
            to: to.parse().unwrap(),
        }],
        decisive: Vec::new(),
    }
}

fn rows(desk: &mut Desk, rows: Vec<Row>) -> Vec<Effect> {
    let window = RowWindow {
        view: desk.row_view.clone(),
        total: u32::try_from(rows.len()).unwrap(),
        rows,
        facts: Vec::new(),
        groups: Vec::new(),
        others: Vec::new(),
    };
    let generation = desk.generation;
    desk.act(Action::Engine(Box::new(Reply::Rows { generation, window })))
}

#[test]
fn every_edit_asks_anew_and_is_stored() {
    let mut desk = desk();
    let before = desk.generation;
    let effects = desk.act(named("Second"));
    assert_eq!(desk.generation, before + 1);
    assert!(
        matches!(requests(&effects)[..], [Request::Solve { generation, .. }] if *generation == desk.generation)
    );
    assert!(matches!(effects.last(), Some(Effect::Store { plan, .. }) if plan.name == "Second"));
    assert_eq!(desk.storage, Storage::Pending);
    assert!(desk.act(named("Second")).is_empty(), "nothing changed, nothing asked");
}

#[test]
fn undo_takes_back_edits_openings_and_whole_words() {
    let mut desk = desk();
    let flows = desk.plan.flows.len();
    for name in ["F", "Fo", "Foo"] {
        desk.act(named(name));
    }
    desk.act(Action::edit(|plan| parts::remove(plan, PartKind::Flow, &"web".into())));
    desk.act(Action::Open { plan: Rc::default(), passed_over: Vec::new() });
    desk.act(Action::Undo);
    assert_eq!((desk.plan.name.as_str(), desk.plan.flows.len()), ("Foo", flows - 1));
    desk.act(Action::Undo);
    assert_eq!(desk.plan.flows.len(), flows);
    desk.act(Action::Undo);
    assert_eq!(desk.plan.name, "First");
    assert!(!desk.can_undo());
    assert!(desk.act(Action::Undo).is_empty());
    desk.act(Action::Redo);
    assert_eq!(desk.plan.name, "Foo");
}

#[test]
fn an_answer_to_an_older_question_is_not_shown() {
    let mut desk = desk();
    let first = desk.generation;
    desk.act(named("x"));
    assert!(solved(&mut desk, first).is_empty());
    assert!(desk.answered.is_none() && desk.stale());
    let now = desk.generation;
    let effects = solved(&mut desk, now);
    assert!(!desk.stale());
    assert!(matches!(requests(&effects)[..], [Request::Rows { .. }, Request::Check { .. }]));
    desk.act(named("y"));
    assert!(desk.stale() && desk.answered.is_some(), "stale, not gone");
    assert_eq!(desk.answered.as_ref().map(|answered| answered.plan.name.as_str()), Some("x"));
}

#[test]
fn the_worst_flow_is_shown_first_and_stays_shown() {
    let mut desk = desk();
    let now = desk.generation;
    solved(&mut desk, now);
    let table = vec![row("mail", Verdict::Symmetric, "192.0.2.1"), row("web", Verdict::NoReturn, "198.51.100.1")];
    let effects = rows(&mut desk, table);
    assert_eq!(desk.selected.as_ref().and_then(|s| s.flow.clone()), Some("web".into()));
    assert!(matches!(requests(&effects)[..], [Request::Trace { .. }]));
    assert!(desk.trace_stale());

    desk.act(Action::Select { flow: "mail".into(), part: 7 });
    assert_eq!(desk.selected.as_ref().map(|s| s.part), Some(0));
    desk.act(named("y"));
    let now = desk.generation;
    solved(&mut desk, now);
    let moved = rows(&mut desk, vec![row("mail", Verdict::Symmetric, "192.0.2.9")]);
    assert!(
        matches!(requests(&moved)[..], [Request::Trace { query, .. }] if format!("{query:?}").contains("192.0.2.9"))
    );
    desk.act(Action::edit(|plan| parts::remove(plan, PartKind::Flow, &"mail".into())));
    assert!(desk.selected.is_none());
}

#[test]
fn the_table_shows_the_view_that_was_asked_for() {
    let mut desk = desk();
    assert!(desk.act(Action::View(RowView { from: 10, ..RowView::default() })).is_empty(), "nothing solved yet");
    let now = desk.generation;
    solved(&mut desk, now);
    let old = RowWindow {
        view: RowView::default(),
        total: 0,
        rows: Vec::new(),
        facts: Vec::new(),
        groups: Vec::new(),
        others: Vec::new(),
    };
    let generation = desk.generation;
    desk.act(Action::Engine(Box::new(Reply::Rows { generation, window: old })));
    assert!(desk.rows.is_none());
    rows(&mut desk, Vec::new());
    assert!(desk.rows.is_some() && !desk.rows_stale());
}

#[test]
fn long_texts_are_sent_once() {
    let mut desk = desk();
    let list = ListId::Inside("hq".into());
    let text = "10.0.0.0/8\n".repeat(KEEP_FROM / 4);
    let first = desk.act(Action::list(list.clone(), text.as_str().into()));
    assert!(matches!(requests(&first)[..], [Request::Solve { kept, .. }] if kept.is_empty()), "it still changes");
    let second = desk.act(named("x"));
    let [Request::Keep { hash }, Request::Solve { plan, kept, .. }] = requests(&second)[..] else {
        panic!("{second:?}")
    };
    assert!(plan.sites[0].inside.is_empty());
    assert_eq!(*kept, [(list, hash.clone())]);
    assert_eq!(desk.plan.sites[0].inside.as_str(), text);
    let third = desk.act(named("y"));
    assert!(matches!(requests(&third)[..], [Request::Solve { kept, .. }] if kept.len() == 1));

    // A new worker knows nothing: short of asking twice, the text goes again.
    let again = desk.act(Action::EngineRestarted);
    assert!(matches!(requests(&again)[..], [Request::Solve { kept, .. }] if kept.is_empty()));
}

#[test]
fn what_is_down_is_part_of_the_question() {
    let mut desk = desk();
    let exit = routing::Part::Exit("internet".into());
    let effects = desk.act(Action::Down { part: exit.clone(), down: true });
    assert!(matches!(requests(&effects)[..], [Request::Solve { scenario, .. }] if scenario.down.contains(&exit)));
    assert!(desk.act(Action::Down { part: exit.clone(), down: true }).is_empty());
    desk.act(Action::edit(|plan| parts::remove(plan, PartKind::Exit, &"internet".into())));
    assert!(!desk.is_down(&exit));
}

#[test]
fn stopping_holds_until_something_changes() {
    let mut desk = desk();
    let generation = desk.generation;
    let progress = || Action::Engine(Box::new(Reply::Progress { generation, phase: Phase::Sorting, permille: 5 }));
    desk.act(progress());
    assert!(desk.progress.is_some());
    assert!(matches!(requests(&desk.act(Action::Stop))[..], [Request::Cancel]));
    assert!(desk.stopped && desk.progress.is_none());
    assert!(desk.act(Action::EngineRestarted).is_empty(), "a worker that had to be restarted isn't asked either");
    desk.act(progress());
    assert!(desk.progress.is_none());
    assert!(matches!(requests(&desk.act(named("x")))[..], [Request::Solve { .. }]));
    assert!(!desk.stopped);
}

#[test]
fn an_engine_that_fails_gets_the_plan_again_but_not_for_ever() {
    let mut desk = desk();
    let failed = || Action::EngineFailed("panicked".into());
    let solves = |effects: &[Effect]| matches!(requests(effects)[..], [Request::Solve { .. }]);
    // Once and again it is asked the same, and that is told.
    assert!(solves(&desk.act(failed())));
    assert!(matches!(&desk.notice, Some(Notice::EngineFailed { said, file: false }) if said == "panicked"));
    // That it solves the plan is no proof: what fails may come after.
    let generation = desk.generation;
    solved(&mut desk, generation);
    assert!(solves(&desk.act(failed())));
    let generation = desk.generation;
    solved(&mut desk, generation);
    assert!(desk.act(failed()).is_empty());
    assert!(matches!(desk.notice, Some(Notice::EngineGaveUp { .. })));
    assert!(desk.stopped && desk.stale() && desk.progress.is_none());
    // Nobody asks about the old answer.
    assert!(desk.act(Action::View(RowView::default())).is_empty());
    // Who says so has one try; another plan has all of them.
    assert!(solves(&desk.act(Action::Resume)));
    assert!(desk.act(failed()).is_empty());
    assert!(solves(&desk.act(named("another"))));
    assert!(solves(&desk.act(failed())));
}

#[test]
fn a_file_that_is_no_plan_leaves_the_plan_alone() {
    let mut desk = desk();
    desk.act(Action::OpenText { name: "a.json".into(), json: "[]".into() });
    assert_eq!(desk.plan.name, "First");
    assert!(matches!(desk.notice, Some(Notice::NotAPlan { .. })));
    desk.act(Action::Dismiss);
    let json = crate::plan::save(&Plan { name: "A/B: c".into(), ..Plan::default() });
    desk.act(Action::OpenText { name: "b.json".into(), json: json.clone() });
    assert_eq!(desk.plan.name, "A/B: c");
    assert!(desk.notice.is_none());
    let saved = desk.act(Action::SaveFile);
    assert!(
        matches!(&saved[..], [Effect::SaveFile { name, text }] if name == "A-B- c.twopath.json" && *text == json)
    );
}

#[test]
fn the_same_place_can_be_asked_for_again() {
    let mut desk = desk();
    let target = Target::List(ListId::Inside("hq".into()), Spot::Byte(3));
    desk.act(Action::Reveal(target.clone()));
    let first = desk.focus.clone().unwrap();
    desk.act(Action::Reveal(target));
    assert!(desk.focus.as_ref().is_some_and(|focus| focus.target == first.target && focus.serial > first.serial));
    assert_eq!(first.target.part(), Some((PartKind::Site, &"hq".into())));
}
