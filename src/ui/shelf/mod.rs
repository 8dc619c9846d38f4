//! Where plans are kept in this browser: its database, else its small store, else this tab's memory.
//!
//! Which one is found out by writing and reading back. What may be written over what is decided in
//! [`crate::desk::shelf`]; here it is only done.

mod database;
mod small;

use crate::desk::shelf::{self, Entry, Judgement, Keeper, PlanKey, Trouble};
use crate::plan::{Loaded, Plan, Text};
use database::Database;
use small::Small;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A plan that was taken from the shelf.
pub struct Taken {
    /// Its entry.
    pub entry: Entry,
    /// The plan.
    pub loaded: Loaded,
}

/// The shelf.
#[derive(Clone)]
pub enum Shelf {
    /// IndexedDB.
    Database(Rc<Database>),
    /// localStorage.
    Small(Small),
    /// Nothing is kept: this tab only.
    Memory(Rc<RefCell<Kept>>),
}

type Kept = BTreeMap<PlanKey, (Entry, Rc<Plan>)>;

impl Shelf {
    /// The best that this browser offers here.
    pub async fn open() -> Self {
        if let Some(database) = Database::open().await {
            return Self::Database(Rc::new(database));
        }
        Small::open().map_or_else(|| Self::Memory(Rc::default()), Self::Small)
    }

    /// Which one it is.
    pub fn keeper(&self) -> Keeper {
        match self {
            Self::Database(_) => Keeper::Database,
            Self::Small(_) => Keeper::Small,
            Self::Memory(_) => Keeper::Memory,
        }
    }

    /// All plans, the latest first.
    pub async fn list(&self) -> Vec<Entry> {
        let mut entries = match self {
            Self::Database(database) => database.list().await,
            Self::Small(small) => small.list(),
            Self::Memory(kept) => kept.borrow().values().map(|(entry, _)| entry.clone()).collect(),
        };
        shelf::order(&mut entries);
        entries
    }

    /// Writes a plan, unless somebody else has written or deleted it since the revision that is known.
    pub async fn put(&self, key: PlanKey, plan: &Rc<Plan>, known: Option<u64>) -> Result<Judgement, Trouble> {
        let entry = |revision, bytes: usize, texts: &BTreeMap<u128, Text>| Entry {
            key,
            revision,
            changed: js_sys::Date::now() as u64,
            bytes: (bytes + texts.values().map(Text::len).sum::<usize>()) as u64,
            name: plan.name.clone(),
            texts: texts.keys().copied().collect(),
        };
        match self {
            Self::Database(database) => {
                let (json, texts) = shelf::pack(plan);
                let entry = entry(0, json.len(), &texts);
                database.put(entry, &json, &texts, known).await
            }
            Self::Small(small) => {
                small.put(plan, known, |revision, bytes| entry(revision, bytes, &BTreeMap::new()))
            }
            Self::Memory(kept) => {
                let mut kept = kept.borrow_mut();
                let there = kept.get(&key).map(|(entry, _)| entry.revision);
                let judgement = shelf::judge(there, known);
                if let Judgement::Write(revision) = judgement {
                    let bytes = plan.lists().iter().map(|(_, text)| text.len()).sum();
                    kept.insert(key, (entry(revision, bytes, &BTreeMap::new()), Rc::clone(plan)));
                }
                Ok(judgement)
            }
        }
    }

    /// A plan; nothing where it isn't there, or not whole.
    pub async fn take(&self, key: PlanKey) -> Option<Taken> {
        match self {
            Self::Database(database) => database.take(key).await,
            Self::Small(small) => small.take(key),
            Self::Memory(kept) => kept.borrow().get(&key).map(|(entry, plan)| Taken {
                entry: entry.clone(),
                loaded: Loaded { plan: (**plan).clone(), faults: Vec::new() },
            }),
        }
    }

    /// Deletes a plan.
    pub async fn delete(&self, key: PlanKey) -> Result<(), Trouble> {
        match self {
            Self::Database(database) => database.delete(key).await,
            Self::Small(small) => {
                small.delete(key);
                Ok(())
            }
            Self::Memory(kept) => {
                kept.borrow_mut().remove(&key);
                Ok(())
            }
        }
    }

    /// Deletes everything.
    pub async fn clear(&self) -> Result<(), Trouble> {
        match self {
            Self::Database(database) => database.clear().await,
            Self::Small(small) => {
                small.list().into_iter().for_each(|entry| small.delete(entry.key));
                Ok(())
            }
            Self::Memory(kept) => {
                kept.borrow_mut().clear();
                Ok(())
            }
        }
    }
}
