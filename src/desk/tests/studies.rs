//! Tabs, studies and the pinned plan on the desk; and the desk with a real engine behind the door.

use super::{desk, named, requests, rows, solved};
use crate::desk::door::{Answer, Phase, Question, Reply, Request};
use crate::desk::state::{KEEP_FROM, Tab};
use crate::desk::{Action, Desk, Effect, Engine, Storage, parts};
use crate::plan::{ListId, PartKind, Plan, examples};
use crate::routing::{Part, Scenario};
use crate::study::{coverage, difference, failures};
use std::rc::Rc;

fn told(desk: &mut Desk, generation: u64, answer: Answer) -> Vec<Effect> {
    desk.act(Action::Engine(Box::new(Reply::Studied { generation, answer })))
}

/// An engine's answer; here only who asked for it counts.
fn answer(question: Question) -> Answer {
    let mut engine = Engine::default();
    let plan = Box::new(examples::first());
    let solve =
        Request::Solve { generation: 1, plan, kept: Vec::new(), scenario: Scenario::default(), compare: false };
    engine.handle(solve, None);
    engine.finish();
    let baseline = Request::Baseline { generation: 1, plan: Some(Box::new(examples::first())), kept: Vec::new() };
    engine.handle(baseline, None);
    engine.handle(Request::Study { generation: 1, question }, None);
    let replies = engine.finish();
    // As it comes to the page.
    let replies: Vec<Reply> = borsh::from_slice(&borsh::to_vec(&replies).unwrap()).unwrap();
    match replies.into_iter().next() {
        Some(Reply::Studied { answer, .. }) => answer,
        other => panic!("{other:?}"),
    }
}

fn coverage() -> Answer {
    answer(Question::Coverage(coverage::View::default()))
}

fn failures() -> Answer {
    answer(Question::Failures(failures::View::default()))
}

fn difference() -> Answer {
    answer(Question::Difference(difference::View::default()))
}

fn rollout() -> Answer {
    answer(Question::Rollout(crate::study::rollout::View::default()))
}

#[test]
fn a_rollout_needs_a_pinned_plan_and_is_forgotten_with_it() {
    let mut desk = answered();
    assert!(desk.act(Action::Tab(Tab::Rollout)).is_empty(), "nothing is asked without a pinned plan");
    assert!(!desk.study_stale());
    let effects = desk.act(Action::Pin);
    let asked = requests(&effects);
    assert!(matches!(
        asked[..],
        [Request::Baseline { plan: Some(_), .. }, Request::Study { question: Question::Rollout(_), .. }]
    ));
    let generation = desk.generation;
    told(&mut desk, generation, rollout());
    let window = &desk.studies.rollout.told.as_ref().unwrap().window;
    assert_eq!((window.total, window.steps.len()), (0, 0), "from a plan to itself");
    desk.act(Action::Unpin);
    assert!(desk.studies.rollout.told.is_none());
}

fn progress(desk: &mut Desk) {
    let generation = desk.generation;
    let reply = Reply::Progress { generation, phase: Phase::Studying, permille: 5 };
    desk.act(Action::Engine(Box::new(reply)));
}

/// A desk with its plan solved.
fn answered() -> Desk {
    let mut desk = desk();
    let generation = desk.generation;
    solved(&mut desk, generation);
    rows(&mut desk, Vec::new());
    desk
}

#[test]
fn opening_a_tab_asks_its_question_once() {
    let mut desk = answered();
    assert!(!desk.study_stale(), "the flow table is no study");
    let effects = desk.act(Action::Tab(Tab::Coverage));
    assert!(matches!(requests(&effects)[..], [Request::Study { question: Question::Coverage(_), .. }]));
    assert!(desk.study_stale());
    assert!(desk.act(Action::Tab(Tab::Coverage)).is_empty());
    let generation = desk.generation;
    told(&mut desk, generation, coverage());
    assert!(!desk.study_stale() && desk.studies.coverage.told.is_some());
    desk.act(Action::Tab(Tab::Flows));
    assert!(desk.act(Action::Tab(Tab::Coverage)).is_empty(), "its answer stands");
}

#[test]
fn a_study_waits_until_the_plan_is_solved() {
    let mut desk = desk();
    assert!(desk.act(Action::Tab(Tab::Failures)).is_empty());
    let generation = desk.generation;
    let effects = solved(&mut desk, generation);
    assert!(matches!(
        requests(&effects)[..],
        [Request::Rows { .. }, Request::Study { question: Question::Failures(_), .. }, Request::Check { .. }]
    ));
}

#[test]
fn a_new_answer_asks_the_open_tab_again_and_the_old_stays_dimmed() {
    let mut desk = answered();
    desk.act(Action::Tab(Tab::Coverage));
    let old = desk.generation;
    told(&mut desk, old, coverage());
    desk.act(named("x"));
    assert!(desk.study_stale());
    assert_eq!(desk.studies.coverage.told.as_ref().map(|told| told.plan.name.as_str()), Some("First"));
    told(&mut desk, old, coverage());
    assert!(desk.study_stale(), "an answer to a superseded plan");
    let generation = desk.generation;
    let effects = solved(&mut desk, generation);
    let asked = requests(&effects);
    assert!(matches!(asked[..], [.., Request::Study { generation: of, .. }, _] if *of == generation), "{asked:?}");
    assert!(desk.studies.coverage.told.is_some(), "dimmed, not blanked");
    told(&mut desk, generation, coverage());
    assert!(!desk.study_stale());
    assert_eq!(desk.studies.coverage.told.as_ref().map(|told| told.plan.name.as_str()), Some("x"));
}

#[test]
fn a_question_leads_to_its_tab_and_the_flows_to_theirs() {
    let mut desk = answered();
    let question = Question::Failures(failures::View::default());
    let effects = desk.act(Action::Study(question.clone()));
    assert!(matches!(requests(&effects)[..], [Request::Study { .. }]));
    assert_eq!(desk.tab, Tab::Failures);
    assert!(desk.act(Action::Study(question)).is_empty(), "asked already");
    desk.act(Action::View(desk.row_view.clone()));
    assert_eq!(desk.tab, Tab::Flows);
}

#[test]
fn a_study_shows_its_progress_and_can_be_stopped_and_resumed() {
    let mut desk = answered();
    progress(&mut desk);
    assert!(desk.progress.is_none(), "nothing is asked");
    desk.act(Action::Tab(Tab::Failures));
    progress(&mut desk);
    assert_eq!(desk.progress.map(|progress| progress.phase), Some(Phase::Studying));
    assert!(matches!(requests(&desk.act(Action::Stop))[..], [Request::Cancel]));
    progress(&mut desk);
    assert!(desk.progress.is_none() && desk.studies.stopped() && !desk.stopped, "the plan stays solved");
    assert!(!desk.stale());
    let effects = desk.act(Action::Resume);
    assert!(matches!(requests(&effects)[..], [Request::Study { question: Question::Failures(_), .. }]));
    assert!(!desk.studies.stopped());
    let generation = desk.generation;
    told(&mut desk, generation, failures());
    assert!(desk.progress.is_none() && !desk.study_stale());
}

#[test]
fn what_was_stopped_is_not_taken_up_by_a_new_worker_but_by_an_edit() {
    let mut desk = answered();
    desk.act(Action::Tab(Tab::Failures));
    desk.act(Action::Stop);
    desk.act(Action::EngineRestarted);
    let generation = desk.generation;
    let effects = solved(&mut desk, generation);
    assert!(!requests(&effects).iter().any(|request| matches!(request, Request::Study { .. })));
    desk.act(named("x"));
    let generation = desk.generation;
    let effects = solved(&mut desk, generation);
    assert!(requests(&effects).iter().any(|request| matches!(request, Request::Study { .. })));
}

#[test]
fn an_engine_that_cannot_answer_leaves_the_question_to_be_asked_again() {
    let mut desk = answered();
    desk.act(Action::Tab(Tab::Coverage));
    let generation = desk.generation;
    desk.act(Action::Engine(Box::new(Reply::Stale { generation: generation - 1 })));
    assert!(!desk.studies.stopped());
    desk.act(Action::Engine(Box::new(Reply::Stale { generation })));
    assert!(desk.studies.stopped());
    assert!(!desk.act(Action::Resume).is_empty());
}

#[test]
fn a_plan_is_pinned_stored_and_sent_before_it_is_compared() {
    let mut desk = answered();
    assert!(desk.act(Action::Tab(Tab::Difference)).is_empty(), "there is nothing to compare with");
    assert!(!desk.study_stale(), "nothing is asked, so nothing is old");
    let effects = desk.act(Action::Pin);
    let [Request::Baseline { plan: Some(plan), .. }, Request::Study { question: Question::Difference(_), .. }] =
        requests(&effects)[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!(plan.name, "First");
    assert!(matches!(effects.last(), Some(Effect::StoreBaseline(Some(_)))));
    assert_eq!(desk.baseline_storage, Storage::Pending);
    desk.act(Action::BaselineStored(Storage::Saved));
    let generation = desk.generation;
    told(&mut desk, generation, difference());
    assert!(!desk.study_stale());

    // Edits and openings leave it pinned; it isn't sent again.
    desk.act(Action::Open { plan: Rc::default(), passed_over: Vec::new() });
    let generation = desk.generation;
    let effects = solved(&mut desk, generation);
    assert!(matches!(
        requests(&effects)[..],
        [Request::Rows { .. }, Request::Study { .. }, Request::Check { .. }]
    ));
    assert_eq!(desk.baseline.as_ref().map(|plan| plan.name.as_str()), Some("First"));

    let effects = desk.act(Action::Unpin);
    assert!(matches!(requests(&effects)[..], [Request::Baseline { plan: None, .. }]));
    assert!(matches!(effects.last(), Some(Effect::StoreBaseline(None))));
    assert!(desk.studies.difference.told.is_none() && desk.baseline.is_none());
    told(&mut desk, generation, difference());
    assert!(desk.studies.difference.told.is_none(), "it was on its way");
}

#[test]
fn a_pinned_plan_comes_back_from_storage_without_being_stored_again() {
    let mut desk = answered();
    let effects = desk.act(Action::Pinned(Rc::default()));
    assert!(effects.iter().all(|effect| matches!(effect, Effect::Send { request: Request::Baseline { .. }, .. })));
    assert_eq!(desk.baseline_storage, Storage::Saved);
}

#[test]
fn long_texts_of_the_pinned_plan_go_by_their_hash_and_again_to_a_new_worker() {
    let mut desk = answered();
    let text = "10.0.0.0/8\n".repeat(KEEP_FROM / 4);
    desk.act(Action::list(ListId::Inside("hq".into()), text.as_str().into()));
    let generation = desk.generation;
    solved(&mut desk, generation);
    desk.act(Action::Tab(Tab::Difference));
    let effects = desk.act(Action::Pin);
    let asked = requests(&effects);
    let [Request::Keep { hash }, Request::Baseline { plan: Some(plan), kept, .. }, Request::Study { .. }] =
        asked[..]
    else {
        panic!("{effects:?}")
    };
    assert!(plan.sites[0].inside.is_empty() && kept.len() == 1 && kept[0].1 == *hash);

    let losses: [fn(u64) -> Action; 2] = [
        |_| Action::EngineRestarted,
        |generation| Action::Engine(Box::new(Reply::Missing { generation, hashes: Vec::new() })),
    ];
    for loss in losses {
        let generation = desk.generation;
        let effects = desk.act(loss(generation));
        assert!(matches!(requests(&effects)[..], [.., Request::Solve { .. }]), "{effects:?}");
        let generation = desk.generation;
        let effects = solved(&mut desk, generation);
        let asked = requests(&effects);
        let at = |wanted: fn(&Request) -> bool| asked.iter().position(|request| wanted(request)).unwrap();
        let baseline = at(|request| matches!(request, Request::Baseline { .. }));
        assert!(baseline < at(|request| matches!(request, Request::Study { .. })), "{effects:?}");
    }
}

#[test]
fn a_supposed_scenario_is_taken_whole_and_all_up_is_the_way_back() {
    let mut desk = desk();
    let circuit = parts::add(Rc::make_mut(&mut desk.plan), PartKind::Circuit, "Circuit");
    let scenario = Scenario {
        inside_dead: [Part::Circuit(circuit)].into(),
        prepended: ["internet".into()].into(),
        ..Scenario::default()
    };
    let effects = desk.act(Action::Suppose(scenario.clone()));
    assert!(matches!(requests(&effects)[..], [Request::Solve { scenario: asked, .. }] if *asked == scenario));
    let effects = desk.act(Action::AllUp);
    assert!(
        matches!(requests(&effects)[..], [Request::Solve { scenario, .. }] if *scenario == Scenario::default())
    );
    assert!(desk.act(Action::AllUp).is_empty());
}

/// The desk with the engine that it talks to, until nothing is left to say.
fn talk(desk: &mut Desk, engine: &mut Engine, effects: Vec<Effect>) {
    let mut effects = effects;
    while !effects.is_empty() {
        let mut replies = Vec::new();
        for effect in effects.drain(..) {
            if let Effect::Send { request, bytes } = effect {
                replies.extend(engine.handle(request, bytes.map(|text| text.as_str().as_bytes().to_vec())));
            }
        }
        replies.extend(engine.finish());
        for reply in replies {
            effects.extend(desk.act(Action::Engine(Box::new(reply))));
        }
    }
}

#[test]
fn every_study_is_answered_by_the_engine_and_again_after_each_loss() {
    let (mut desk, mut engine) = (Desk::new(Rc::default()), Engine::default());
    let mut plan: Plan = examples::first();
    // A text of its own that goes by its hash, in the plan and in the one that is pinned.
    let source = parts::add_named(&mut plan, PartKind::Source, "Long".into());
    if let Some(text) = plan.list_mut(&ListId::Source(source)) {
        *text = "192.0.2.0/24\n".repeat(KEEP_FROM / 8).into();
    }
    let effects = desk.act(Action::Open { plan: Rc::new(plan), passed_over: Vec::new() });
    talk(&mut desk, &mut engine, effects);
    let effects = desk.act(Action::Pin);
    talk(&mut desk, &mut engine, effects);
    for tab in Tab::ALL {
        let effects = desk.act(Action::Tab(tab));
        talk(&mut desk, &mut engine, effects);
        assert!(!desk.study_stale(), "{tab:?}");
        // A worker that was restarted.
        engine = Engine::default();
        let effects = desk.act(Action::EngineRestarted);
        assert!(desk.stale());
        talk(&mut desk, &mut engine, effects);
        assert!(!desk.stale() && !desk.study_stale(), "{tab:?}");
        // One that lost what it kept, unnoticed.
        engine = Engine::default();
        let effects = desk.act(named(&format!("{tab:?}")));
        talk(&mut desk, &mut engine, effects);
        assert!(!desk.stale() && !desk.study_stale(), "{tab:?}");
    }
}

#[test]
fn a_finding_is_accepted_with_a_reason_and_undo_takes_it_back() {
    let plan = examples::EXAMPLES.iter().find(|example| example.file.starts_with("03")).unwrap().plan();
    let ask = |plan: &Plan| -> crate::advice::Window {
        let mut engine = Engine::default();
        let (kept, scenario) = (Vec::new(), Scenario::default());
        let plan = Box::new(plan.clone());
        engine.handle(Request::Solve { generation: 1, plan, kept, scenario, compare: false }, None);
        engine.finish();
        let question = Question::Advice(crate::advice::View::default());
        engine.handle(Request::Study { generation: 1, question }, None);
        let replies = engine.finish();
        let [Reply::Studied { answer: Answer::Advice(window), .. }] = replies.as_slice() else {
            panic!("{replies:?}")
        };
        // As it goes through the worker's door.
        borsh::from_slice(&borsh::to_vec(window).unwrap()).unwrap()
    };
    let first = ask(&plan);
    let finding = first.findings[0].clone();
    assert_eq!((finding.code.0, first.accepted), (101, 0));
    let mut desk = desk();
    desk.act(Action::Open { plan: Rc::new(plan), passed_over: Vec::new() });
    let accepted = finding.acceptance("Until the new pool is there");
    desk.act(Action::edit(move |plan| plan.accepted_findings.push(accepted)));
    let second = ask(&desk.plan);
    assert_eq!((second.accepted, second.total + 1), (1, first.total));
    assert!(!second.findings.contains(&finding));
    desk.act(Action::Undo);
    assert_eq!(ask(&desk.plan), first);
}
