//! Keeping plans: what the desk asks of the shelf is done, and told back.

use super::shelf::{Shelf, Taken};
use super::store::{self, Start};
use crate::desk::shelf::{Judgement, Keeper, PlanKey, Trouble, copy_name};
use crate::desk::{Action, Shelve};
use crate::plan::Plan;
use std::rc::Rc;
use yew::Callback;

/// What the page starts with.
pub struct Begun {
    /// The shelf.
    pub shelf: Shelf,
    /// The first key for a plan of this tab.
    pub first_key: PlanKey,
    /// The plan that is opened.
    pub taken: Option<Taken>,
}

/// Finds the shelf, takes over what an earlier version kept, and takes the plan that this tab had open, or the latest.
pub async fn begin() -> Begun {
    let shelf = Shelf::open().await;
    // Drawn, so that no two tabs give the same; below 2^53, so that counting on stays exact.
    let first_key = (js_sys::Math::random() * 9.0e15) as PlanKey;
    let old = take_over(&shelf, first_key).await;
    let start = if old.is_some() { Start::Latest } else { store::start() };
    let taken = match (old, start) {
        (Some(taken), _) => Some(taken),
        (None, Start::Without) => None,
        (None, Start::Plan(key)) => match shelf.take(key).await {
            Some(taken) => Some(taken),
            None => latest(&shelf).await,
        },
        (None, Start::Latest) => latest(&shelf).await,
    };
    Begun { shelf, first_key: first_key + 1, taken }
}

async fn latest(shelf: &Shelf) -> Option<Taken> {
    for entry in shelf.list().await {
        if let Some(taken) = shelf.take(entry.key).await {
            return Some(taken);
        }
    }
    None
}

/// The one plan of an earlier version becomes a plan of the shelf. It goes from its old place once it can be read from
/// the new one.
async fn take_over(shelf: &Shelf, key: PlanKey) -> Option<Taken> {
    let json = store::old_plan()?;
    let plan = Rc::new(crate::plan::load(&json).ok()?.plan);
    let mut put = shelf.put(key, &plan, None).await;
    if matches!(put, Err(Trouble::Full)) && shelf.keeper() == Keeper::Small {
        // There is room for one of them.
        store::put_old_plan(None);
        put = shelf.put(key, &plan, None).await;
        if put.is_err() {
            store::put_old_plan(Some(&json));
        }
    }
    put.ok()?;
    let taken = shelf.take(key).await.filter(|taken| taken.loaded.plan == *plan)?;
    store::put_old_plan(None);
    Some(taken)
}

/// Writes one plan.
pub async fn put(shelf: Shelf, key: PlanKey, plan: Rc<Plan>, known: Option<u64>) -> Result<Judgement, Trouble> {
    shelf.put(key, &plan, known).await
}

/// Does something on the shelf.
pub async fn shelve(shelf: Shelf, what: Shelve, act: Callback<Action>) {
    let mut list = true;
    match what {
        Shelve::List => {}
        Shelve::Open(key) => {
            list = false;
            match shelf.take(key).await {
                Some(Taken { entry, loaded }) => {
                    store::put_open(key);
                    act.emit(Action::Restore { entry, plan: Rc::new(loaded.plan), passed_over: loaded.faults });
                }
                None => act.emit(Action::NotThere),
            }
        }
        Shelve::Rename(key, name) => {
            if let Some(mut taken) = shelf.take(key).await {
                taken.loaded.plan.name = name;
                let outcome = shelf.put(key, &Rc::new(taken.loaded.plan), Some(taken.entry.revision)).await;
                act.emit(Action::Stored { key, outcome });
                list = false;
            }
        }
        Shelve::Duplicate(key, copy) => {
            let entries = shelf.list().await;
            if let Some(mut taken) = shelf.take(key).await {
                let names = entries.iter().map(|entry| entry.name.as_str());
                taken.loaded.plan.name = copy_name(&taken.loaded.plan.name, names);
                let outcome = shelf.put(copy, &Rc::new(taken.loaded.plan), None).await;
                act.emit(Action::Stored { key: copy, outcome });
                list = false;
            }
        }
        Shelve::Delete(key) => {
            let taken = shelf.take(key).await;
            match (shelf.delete(key).await, taken) {
                (Ok(()), Some(taken)) => {
                    act.emit(Action::Deleted { key, plan: Rc::new(taken.loaded.plan) });
                    list = false;
                }
                (Ok(()), None) => {}
                (Err(trouble), _) => act.emit(Action::Stored { key, outcome: Err(trouble) }),
            }
        }
        Shelve::ForgetAll => {
            list = false;
            match shelf.clear().await {
                Ok(()) => {
                    store::forget();
                    // The files that are kept to open without a server: static/boot.js has them.
                    if let Ok(event) = web_sys::Event::new("forget") {
                        let _ = super::dom::window().dispatch_event(&event);
                    }
                    act.emit(Action::Forgotten);
                }
                Err(_) => act.emit(Action::NotThere),
            }
        }
    }
    if list {
        act.emit(Action::Listed(shelf.list().await));
    }
}
