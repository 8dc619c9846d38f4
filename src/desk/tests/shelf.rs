//! Plans on the shelf: what is put there, and what another tab did.

use super::{desk, named};
use crate::desk::shelf::{Entry, Judgement, Keeper, Trouble};
use crate::desk::{Action, Desk, Effect, Notice, Shelve, Storage};
use crate::plan::{Plan, examples};
use std::rc::Rc;

fn on_a_shelf() -> Desk {
    let mut desk = desk();
    desk.act(Action::Keeps { keeper: Keeper::Database, first_key: 100 });
    desk.act(Action::Restore { entry: entry(7, 3), plan: plan("Mine"), passed_over: Vec::new() });
    desk
}

fn plan(name: &str) -> Rc<Plan> {
    Rc::new(Plan { name: name.into(), ..examples::first() })
}

fn entry(key: u64, revision: u64) -> Entry {
    Entry { key, revision, changed: 0, bytes: 0, name: String::new(), texts: Vec::new() }
}

/// What is to be stored, by key and name.
fn stored(effects: &[Effect]) -> Vec<(u64, String)> {
    let one = |effect: &Effect| match effect {
        Effect::Store { key, plan } => Some((*key, plan.name.clone())),
        _ => None,
    };
    effects.iter().filter_map(one).collect()
}

#[test]
fn a_plan_of_the_shelf_is_stored_when_it_changes_and_not_before() {
    let mut desk = on_a_shelf();
    assert_eq!((desk.storage, desk.shelf.known(7)), (Storage::Saved, Some(3)));
    assert_eq!(stored(&desk.act(named("Mine too"))), [(7, "Mine too".into())]);
    assert_eq!(desk.storage, Storage::Pending);
    desk.act(Action::Stored { key: 7, outcome: Ok(Judgement::Write(4)) });
    assert_eq!((desk.storage, desk.shelf.known(7)), (Storage::Saved, Some(4)));
}

#[test]
fn an_example_is_put_there_once_something_is_changed() {
    let mut desk = on_a_shelf();
    assert!(stored(&desk.act(Action::Open { plan: plan("Example"), passed_over: Vec::new() })).is_empty());
    assert_eq!(desk.storage, Storage::Untouched);
    let first = stored(&desk.act(named("Changed")));
    assert!(first[0].0 > 100 && first[0].1 == "Changed", "{first:?}");
    // What comes from a file is put there at once, as a plan of its own.
    let json = crate::plan::save(&plan("File"));
    let second = stored(&desk.act(Action::OpenText { name: "f".into(), json }));
    assert!(second[0].0 > first[0].0 && second[0].1 == "File", "{second:?}");
}

#[test]
fn undo_goes_back_to_the_plan_and_to_its_place_on_the_shelf() {
    let mut desk = on_a_shelf();
    desk.act(named("Mine, changed"));
    let json = crate::plan::save(&plan("File"));
    let file = stored(&desk.act(Action::OpenText { name: "f".into(), json }))[0].0;
    assert_eq!(stored(&desk.act(Action::Undo)), [(7, "Mine, changed".into())]);
    assert_eq!(stored(&desk.act(Action::Redo)), [(file, "File".into())]);
    assert_eq!(stored(&desk.act(named("File, changed"))), [(file, "File, changed".into())]);
}

#[test]
fn a_link_offers_the_way_back_only_to_a_plan_that_someone_made() {
    let link = || crate::desk::link::write(&plan("Theirs")).unwrap();
    let opened = |desk: &mut Desk| {
        desk.act(Action::OpenLink(link()));
        assert_eq!(desk.plan.name, "Theirs");
        let Some(Notice::FromLink { over_mine }) = desk.notice else { panic!("{:?}", desk.notice) };
        over_mine
    };
    // A browser that has kept nothing begins with an example.
    let mut fresh = desk();
    fresh.act(Action::Keeps { keeper: Keeper::Database, first_key: 100 });
    fresh.act(Action::Open { plan: Rc::new(examples::first()), passed_over: Vec::new() });
    assert!(!opened(&mut fresh));
    let mut changed = desk();
    changed.act(Action::Open { plan: Rc::new(examples::first()), passed_over: Vec::new() });
    changed.act(named("Mine"));
    assert!(opened(&mut changed));
    assert!(opened(&mut on_a_shelf()));
    // An example over a plan of theirs: Undo has both.
    let mut example = on_a_shelf();
    example.act(Action::Open { plan: Rc::new(examples::first()), passed_over: Vec::new() });
    assert!(!opened(&mut example));
}

#[test]
fn what_another_tab_wrote_is_not_written_over() {
    let mut desk = on_a_shelf();
    desk.act(named("Ours"));
    desk.act(Action::Stored { key: 7, outcome: Ok(Judgement::Changed) });
    assert_eq!(desk.storage, Storage::Elsewhere);
    // Nothing is stored until someone says what becomes of it.
    assert!(stored(&desk.act(named("Ours still"))).is_empty());
    assert_eq!(desk.storage, Storage::Elsewhere);
    let mut other = desk.clone();

    let copy = stored(&desk.act(Action::KeepMine));
    assert!(copy[0].0 > 100 && copy[0].1 == "Ours still (copy)", "{copy:?}");
    assert_eq!(desk.storage, Storage::Pending);

    let [Effect::Shelve(Shelve::Open(7))] = other.act(Action::TakeTheirs)[..] else { panic!() };
    other.act(Action::Restore { entry: entry(7, 9), plan: plan("Theirs"), passed_over: Vec::new() });
    assert_eq!((other.storage, other.plan.name.as_str()), (Storage::Saved, "Theirs"));
    // Nothing of ours is lost: one step back, and that is written over theirs, for now it was seen.
    assert_eq!(stored(&other.act(Action::Undo)), [(7, "Ours still".into())]);
    assert_eq!(other.shelf.known(7), Some(9));
}

#[test]
fn what_another_tab_deleted_is_kept_again_only_when_asked() {
    let mut desk = on_a_shelf();
    desk.act(named("Ours"));
    desk.act(Action::Stored { key: 7, outcome: Ok(Judgement::Gone) });
    assert_eq!(desk.storage, Storage::Gone);
    assert!(stored(&desk.act(named("Ours still"))).is_empty());
    let again = stored(&desk.act(Action::KeepMine));
    assert!(again[0].0 > 100 && again[0].1 == "Ours still", "{again:?}");
}

#[test]
fn what_is_not_kept_is_said_and_why() {
    for (outcome, storage) in [
        (Err(Trouble::Full), Storage::Full),
        (Err(Trouble::Refused), Storage::Refused),
        (Err(Trouble::Other("x".into())), Storage::Refused),
    ] {
        let mut desk = on_a_shelf();
        desk.act(named("x"));
        desk.act(Action::Stored { key: 7, outcome: outcome.clone() });
        assert_eq!(desk.storage, storage);
        // The next change tries again; what happens to other plans says nothing of this one.
        assert_eq!(stored(&desk.act(named("y"))).len(), 1);
        desk.act(Action::Stored { key: 7, outcome: Ok(Judgement::Write(4)) });
        desk.act(Action::Stored { key: 8, outcome });
        assert_eq!(desk.storage, Storage::Saved);
    }
    let mut desk = on_a_shelf();
    desk.act(Action::Keeps { keeper: Keeper::Memory, first_key: 1 });
    desk.act(named("x"));
    desk.act(Action::Stored { key: 7, outcome: Ok(Judgement::Write(4)) });
    assert_eq!(desk.storage, Storage::Unavailable, "a tab's memory is not kept");
}

#[test]
fn a_deleted_plan_comes_back() {
    let mut desk = on_a_shelf();
    desk.act(Action::Listed(vec![entry(7, 3), entry(8, 1)]));
    let effects = desk.act(Action::Deleted { key: 8, plan: plan("Other") });
    assert!(matches!(effects[..], [Effect::Shelve(Shelve::List)]));
    assert!(matches!(&desk.notice, Some(Notice::Deleted { name }) if name == "Other"));
    assert_eq!(stored(&desk.act(Action::PutBack)), [(8, "Other".into())]);
    assert_eq!(desk.shelf.known(8), None, "it is written as a new one");
    assert!(desk.act(Action::PutBack).is_empty());
    // The one that is open stays on the desk.
    let open = Rc::clone(&desk.plan);
    desk.act(Action::Deleted { key: 7, plan: Rc::clone(&open) });
    assert_eq!((desk.storage, desk.plan.name.as_str()), (Storage::Untouched, "Mine"));
    assert_eq!(stored(&desk.act(Action::PutBack)), [(7, "Mine".into())]);
    assert_eq!(desk.shelf.key, 7);
}

#[test]
fn the_open_plan_is_renamed_by_an_edit_and_copies_get_keys_of_their_own() {
    let mut desk = on_a_shelf();
    let effects = desk.act(Action::Shelve(Shelve::Rename(7, "New".into())));
    assert_eq!(stored(&effects), [(7, "New".into())]);
    assert!(desk.can_undo());
    let effects = desk.act(Action::Shelve(Shelve::Rename(8, "New".into())));
    assert!(matches!(&effects[..], [Effect::Shelve(Shelve::Rename(8, _))]));
    let copies: Vec<_> = (0..2).map(|_| desk.act(Action::Shelve(Shelve::Duplicate(8, 0)))).collect();
    let key = |effects: &[Effect]| match effects {
        [Effect::Shelve(Shelve::Duplicate(8, key))] => *key,
        other => panic!("{other:?}"),
    };
    assert!(key(&copies[0]) > 100 && key(&copies[1]) > key(&copies[0]));
}

#[test]
fn after_forgetting_nothing_of_before_comes_back() {
    let mut desk = on_a_shelf();
    desk.act(named("Secret"));
    desk.act(Action::Pin);
    desk.act(Action::Deleted { key: 8, plan: plan("Other") });
    let effects = desk.act(Action::Forgotten);
    assert!(stored(&effects).is_empty());
    assert!(!desk.can_undo() && desk.baseline.is_none() && desk.storage == Storage::Untouched);
    assert_eq!(*desk.plan, examples::first());
    assert!(desk.act(Action::PutBack).is_empty());
    assert!(matches!(desk.notice, None | Some(Notice::Forgotten)));
    assert!(stored(&desk.act(named("x")))[0].0 > 100, "keys go on, and aren't given twice");
}
