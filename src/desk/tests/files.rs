//! Files on their way through the engine, in steps.

use super::{desk, requests};
use crate::desk::door::{INLINE_TEXT, Reply, Request};
use crate::desk::state::{Desk, Tab};
use crate::desk::{Action, Effect, Engine, ImportInto, Notice};
use crate::plan::ListId;

fn list(lines: u32) -> String {
    (0..lines).map(|line| format!("10.{}.{}.0/24\n", (line >> 8) & 255, line & 255)).collect()
}

fn import(ticket: u64) -> Request {
    Request::Import { ticket, name: "list.txt".into(), format: None, apart: false }
}

/// A desk that waits for a file.
fn waiting() -> Desk {
    let mut desk = desk();
    let into = ImportInto::List(ListId::Inside("hq".into()));
    desk.act(Action::Import { ticket: 7, name: "list.txt".into(), into, bytes: 1 });
    desk
}

#[test]
fn a_file_is_read_in_steps_and_read_once() {
    let (mut desk, mut engine) = (waiting(), Engine::default());
    let text = list(90_000);
    assert!(text.len() > INLINE_TEXT);
    assert!(engine.handle(import(7), Some(text.clone().into_bytes())).is_empty());
    let mut shares = Vec::new();
    let effects = loop {
        let reply = engine.step(2_000).pop().expect("a step says how far it is");
        if let Reply::Importing { permille, .. } = reply {
            shares.push(permille);
        }
        let mut reply = reply;
        if let Reply::Imported { imported: Ok(imported), .. } = &mut reply {
            // A long text comes beside the reply.
            assert!(imported.text.is_none());
            imported.text = engine.text(&imported.hash).map(|text| text.as_str().to_owned());
        }
        let effects = desk.act(Action::Engine(Box::new(reply)));
        // The bar stays until the plan that takes the file is solved.
        assert!(desk.progress.is_some());
        if desk.imports.is_empty() {
            break effects;
        }
    };
    assert!(shares.len() > 3 && shares.is_sorted() && shares.last() <= Some(&1000), "{shares:?}");
    assert_eq!(desk.plan.sites[0].inside.as_str(), text);
    assert!(!engine.busy());
    // The engine has the text: it isn't sent.
    let [Request::Solve { kept, .. }] = requests(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(kept.len(), 1);
    for effect in effects {
        if let Effect::Send { request, bytes } = effect {
            assert!(engine.handle(request, bytes.map(|text| text.as_str().as_bytes().to_vec())).is_empty());
        }
    }
    assert!(matches!(engine.finish()[..], [Reply::Solved { .. }]));
}

#[test]
fn a_file_can_be_cancelled_and_a_lost_one_is_told() {
    let (mut desk, mut engine) = (waiting(), Engine::default());
    engine.handle(import(7), Some(list(90_000).into_bytes()));
    let reply = engine.step(2_000).pop().unwrap();
    desk.act(Action::Engine(Box::new(reply)));
    assert!(desk.progress.is_some());
    let effects = desk.act(Action::Stop);
    let [Request::Cancel] = requests(&effects)[..] else { panic!("{effects:?}") };
    engine.handle(Request::Cancel, None);
    assert!(!engine.busy() && desk.imports.is_empty() && desk.progress.is_none());
    assert_eq!(desk.tab, Tab::Flows);

    let mut desk = waiting();
    desk.act(Action::EngineRestarted);
    assert!(desk.imports.is_empty() && matches!(desk.notice, Some(Notice::EngineRestarted)));
    desk.act(Action::Import { ticket: 8, name: "list.txt".into(), into: ImportInto::Preview, bytes: 1 });
    desk.act(Action::EngineFailed(String::new()));
    assert!(desk.imports.is_empty() && matches!(desk.notice, Some(Notice::EngineFailed { file: true, .. })));
}

#[test]
fn one_file_after_the_other() {
    let mut engine = Engine::default();
    for ticket in 0..3 {
        engine.handle(import(ticket), Some(list(10).into_bytes()));
    }
    let tickets: Vec<u64> = engine
        .finish()
        .iter()
        .map(|reply| match reply {
            Reply::Imported { ticket, imported: Ok(imported), .. } if imported.text.is_some() => *ticket,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(tickets, [0, 1, 2]);
}
