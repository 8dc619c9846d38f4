//! The shelf in localStorage: an entry and a text of JSON for each plan.
//!
//! It has no transactions. Revision and plan are read and written in one task, between which browsers let no other tab
//! of the same process come; that is as much as this store can do.

use super::Taken;
use crate::desk::shelf::{self, Entry, Judgement, PlanKey, Trouble};
use crate::plan::{self, Plan};
use crate::ui::{dom, store};
use web_sys::Storage;

/// Browsers give a site about 5 MB, counted in UTF-16: beyond this nothing is tried.
const MOST: usize = 5_000_000;

const ENTRY: &str = "twopath.entry.";
const JSON: &str = "twopath.json.";
const PROBE: &str = "twopath.probe";

#[derive(Clone)]
pub struct Small(Storage);

impl Small {
    /// The store, where what is written can be read back.
    pub fn open() -> Option<Self> {
        let storage = dom::window().local_storage().ok().flatten()?;
        let probe = format!("{}", js_sys::Math::random());
        // One that is full has what was put there before.
        let writes =
            storage.set_item(PROBE, &probe).is_ok() && storage.get_item(PROBE).ok().flatten() == Some(probe);
        let _ = storage.remove_item(PROBE);
        let small = Self(storage);
        (writes || !small.list().is_empty()).then_some(small)
    }

    fn get(&self, prefix: &str, key: PlanKey) -> Option<String> {
        self.0.get_item(&format!("{prefix}{key:016x}")).ok().flatten()
    }

    fn entry(&self, key: PlanKey) -> Option<Entry> {
        Entry::of_line(key, &self.get(ENTRY, key)?)
    }

    pub fn list(&self) -> Vec<Entry> {
        let names = (0..self.0.length().unwrap_or(0)).filter_map(|at| self.0.key(at).ok().flatten());
        let keys = names.filter_map(|name| PlanKey::from_str_radix(name.strip_prefix(ENTRY)?, 16).ok());
        keys.filter_map(|key| self.entry(key)).collect()
    }

    pub fn put(
        &self,
        plan: &Plan,
        known: Option<u64>,
        entry: impl Fn(u64, usize) -> Entry,
    ) -> Result<Judgement, Trouble> {
        let key = entry(0, 0).key;
        let judgement = shelf::judge(self.entry(key).map(|entry| entry.revision), known);
        let Judgement::Write(revision) = judgement else { return Ok(judgement) };
        if plan.lists().iter().map(|(_, text)| text.len()).sum::<usize>() > MOST {
            return Err(Trouble::Full);
        }
        let json = plan::save(plan);
        let line = entry(revision, json.len()).to_line();
        for (prefix, text) in [(JSON, &json), (ENTRY, &line)] {
            let put = self.0.set_item(&format!("{prefix}{key:016x}"), text);
            put.map_err(|error| store::trouble_of(&error))?;
        }
        Ok(judgement)
    }

    pub fn take(&self, key: PlanKey) -> Option<Taken> {
        let loaded = plan::load(&self.get(JSON, key)?).ok()?;
        Some(Taken { entry: self.entry(key)?, loaded })
    }

    pub fn delete(&self, key: PlanKey) {
        for prefix in [ENTRY, JSON] {
            let _ = self.0.remove_item(&format!("{prefix}{key:016x}"));
        }
    }
}
