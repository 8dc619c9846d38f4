//! The rulebook on every edit: told whatever is open, and never before what is asked for.

use super::{desk, named, requests};
use crate::advice::View;
use crate::desk::door::{Answer, PaperForm, Question, Reply, Request, Writing};
use crate::desk::state::{Checked, Tab};
use crate::desk::{Action, Desk, Effect, Engine};
use crate::plan::{Plan, examples};
use crate::routing::Scenario;
use crate::study::coverage;
use std::rc::Rc;

/// The example whose pool is advertised on both paths.
fn plan() -> Plan {
    examples::EXAMPLES.iter().find(|example| example.file.starts_with("03")).map(|example| example.plan()).unwrap()
}

/// An engine that has solved the plan as generation 1, and was told to check it.
fn checking() -> Engine {
    let mut engine = Engine::default();
    let (plan, kept, scenario) = (Box::new(plan()), Vec::new(), Scenario::default());
    engine.handle(Request::Solve { generation: 1, plan, kept, scenario, compare: false }, None);
    engine.finish();
    assert!(engine.handle(Request::Check { generation: 1 }, None).is_empty());
    engine
}

/// The kinds of replies, in their order.
fn kinds(replies: &[Reply]) -> Vec<&'static str> {
    let kind = |reply: &Reply| match reply {
        Reply::Checked { .. } => "checked",
        Reply::Studied { .. } => "studied",
        Reply::Written { .. } => "written",
        Reply::Solved { .. } => "solved",
        _ => "other",
    };
    replies.iter().map(kind).collect()
}

#[test]
fn the_numbers_are_those_of_the_tab() {
    let mut engine = checking();
    let mut replies = engine.finish();
    engine.handle(Request::Study { generation: 1, question: Question::Advice(View::default()) }, None);
    let told = match engine
        .handle(Request::Study { generation: 1, question: Question::Advice(View::default()) }, None)
        .pop()
    {
        Some(Reply::Studied { answer: Answer::Advice(window), .. }) => window,
        other => panic!("the tab's answer is there already: {other:?}"),
    };
    let Some(Reply::Checked { generation: 1, open, accepted }) = replies.pop() else { panic!("{replies:?}") };
    assert_eq!((open, accepted), (told.open.clone(), told.accepted));
    assert!(told.open.iter().any(|(_, count)| *count > 0));
    // Asked once more it is told at once.
    assert_eq!(kinds(&engine.handle(Request::Check { generation: 1 }, None)), ["checked"]);
}

#[test]
fn whatever_is_asked_goes_first() {
    let mut engine = checking();
    assert!(engine.step(1).is_empty(), "nobody waits for it, so no progress is told");
    assert!(engine.busy());
    let question = Question::Coverage(coverage::View::default());
    assert!(engine.handle(Request::Study { generation: 1, question }, None).is_empty());
    assert_eq!(kinds(&engine.finish()), ["studied", "checked"]);

    let mut engine = checking();
    engine.step(1);
    engine.handle(
        Request::Write { generation: 1, what: Writing::Report(PaperForm::Html, "today".to_owned()) },
        None,
    );
    assert_eq!(kinds(&engine.finish()), ["written", "checked"]);

    // What is stopped is what can be seen to work.
    let mut engine = checking();
    engine.step(1);
    assert!(engine.handle(Request::Cancel, None).is_empty());
    assert_eq!(kinds(&engine.finish()), ["checked"]);

    // Another pinned plan is no matter of the rulebook's.
    let mut engine = checking();
    engine.step(1);
    let baseline = Request::Baseline { generation: 1, plan: Some(Box::new(examples::first())), kept: Vec::new() };
    assert!(engine.handle(baseline, None).is_empty());
    assert_eq!(kinds(&engine.finish()), ["checked"]);
}

#[test]
fn a_newer_plan_is_checked_instead_of_an_older() {
    let mut engine = checking();
    engine.step(1);
    let (plan, kept, scenario) = (Box::new(examples::first()), Vec::new(), Scenario::default());
    engine.handle(Request::Solve { generation: 2, plan, kept, scenario, compare: false }, None);
    assert!(engine.handle(Request::Check { generation: 1 }, None).is_empty());
    assert_eq!(kinds(&engine.finish()), ["solved"]);
    assert!(engine.handle(Request::Check { generation: 1 }, None).is_empty());
    assert!(!engine.busy(), "nothing is left of the older");
}

/// Carries out what the desk sends, until nothing is left.
fn talk(desk: &mut Desk, engine: &mut Engine, effects: Vec<Effect>) {
    let mut effects = effects;
    while !effects.is_empty() {
        let asked: Vec<Request> = requests(&effects).into_iter().cloned().collect();
        let mut replies: Vec<Reply> = asked.into_iter().flat_map(|request| engine.handle(request, None)).collect();
        replies.extend(engine.finish());
        effects = replies.into_iter().flat_map(|reply| desk.act(Action::Engine(Box::new(reply)))).collect();
    }
}

#[test]
fn every_edit_is_checked_and_what_was_told_before_is_known_to_be_old() {
    let (mut desk, mut engine) = (desk(), Engine::default());
    let effects = desk.act(Action::Open { plan: Rc::new(plan()), passed_over: Vec::new() });
    talk(&mut desk, &mut engine, effects);
    assert_eq!(desk.tab, Tab::Flows);
    let count = |checked: &Option<Checked>| -> u32 {
        checked.iter().flat_map(|checked| &checked.open).map(|(_, count)| count).sum()
    };
    let first = desk.checked.clone();
    assert!(count(&first) > 0);
    // What draws the findings goes, and with it the findings that were about it.
    let effects = desk.act(Action::edit(|plan| plan.flows.clear()));
    assert_eq!(desk.checked, first, "old, not gone");
    assert_ne!(desk.checked.as_ref().map(|checked| checked.generation), Some(desk.generation));
    talk(&mut desk, &mut engine, effects);
    assert_eq!(desk.checked.as_ref().map(|checked| checked.generation), Some(desk.generation));
    assert_ne!(count(&desk.checked), count(&first));
    let effects = desk.act(named("Another name"));
    talk(&mut desk, &mut engine, effects);
    assert_eq!(desk.checked.as_ref().map(|checked| checked.generation), Some(desk.generation));
    let now = desk.generation;
    desk.act(Action::Engine(Box::new(Reply::Checked { generation: now - 1, open: Vec::new(), accepted: 9 })));
    assert_ne!(desk.checked.map(|checked| checked.accepted), Some(9), "of an older plan");
}
