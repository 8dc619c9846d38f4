//! Several tables in one text: a named set for each VRF.

use super::reading::{Draft, NamedSet, SetDetails, offset};
use std::collections::HashMap;

/// The tables of a text that is read from top to bottom.
#[derive(Default)]
pub(crate) struct Tables {
    open: NamedSet,
    /// How many tables of each name there were. Never walked, only asked.
    seen: HashMap<String, u32>,
}

impl Tables {
    /// A table of this name begins. What was said of a table without a name and without a route so far holds for it;
    /// a table that is open by this name goes on.
    pub(crate) fn begin(&mut self, name: &str, at: usize, draft: &mut Draft) {
        if self.open.details.vrf == name {
            return;
        }
        let mut details = SetDetails::default();
        if self.open.name.is_empty() && self.is_empty(draft) {
            details = std::mem::take(&mut self.open.details);
        }
        self.close(draft);
        self.open.at = offset(at);
        details.vrf = name.to_owned();
        self.open.details = details;
        let times = self.seen.entry(name.to_owned()).or_default();
        *times += 1;
        self.open.name = if *times > 1 { format!("{name} ({times})") } else { name.to_owned() };
    }

    /// What is said of the open table.
    pub(crate) fn details(&mut self) -> &mut SetDetails {
        &mut self.open.details
    }

    /// Closes the open table; the next begins without a name.
    pub(crate) fn close(&mut self, draft: &mut Draft) {
        let empty = self.is_empty(draft);
        let (v4, v6) = (offset(draft.v4.len()), offset(draft.v6.len()));
        let next = NamedSet { v4: v4..v4, v6: v6..v6, ..NamedSet::default() };
        let mut closed = std::mem::replace(&mut self.open, next);
        closed.v4.end = v4;
        closed.v6.end = v6;
        if !empty || !closed.name.is_empty() {
            draft.add_set(closed);
        }
    }

    fn is_empty(&self, draft: &Draft) -> bool {
        self.open.v4.start as usize == draft.v4.len() && self.open.v6.start as usize == draft.v6.len()
    }
}
