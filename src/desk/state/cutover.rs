//! The tables of the cut-over: as files, pasted or chosen, compared as long as the page is open.

use super::{Desk, Tab};
use crate::desk::action::Effect;
use crate::desk::cutover::Whose;
use crate::desk::door::{Imported, ListSummary, Question, Request};
use crate::plan::Text;
use std::rc::Rc;

/// What Microsoft or our router showed.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// The file's name.
    pub name: String,
    /// Its text.
    pub text: Text,
    /// What it was read as, its counts and its faults.
    pub summary: Rc<ListSummary>,
}

impl Table {
    /// Its content hash as the engine's door writes it.
    fn hash(&self) -> String {
        format!("{:032x}", self.text.content_hash())
    }
}

impl Desk {
    /// A table was read.
    pub(super) fn take_table(&mut self, whose: Whose, mut imported: Imported) -> Vec<Effect> {
        let Some(text) = self.text_of(&mut imported) else { return Vec::new() };
        self.set_table(whose, Some(Table { name: imported.name, text, summary: Rc::new(imported.summary) }))
    }

    /// Compares another table, or none.
    pub(super) fn set_table(&mut self, whose: Whose, table: Option<Table>) -> Vec<Effect> {
        let mut view = self.studies.cutover.view.clone();
        view.tables[whose.at()] = table.as_ref().map(Table::hash);
        if table.is_some() {
            self.drafts[whose.at()] = Rc::default();
        }
        self.tables[whose.at()] = table;
        let open = self.tab;
        let effects = self.view_study(Question::Cutover(view));
        // What was being read elsewhere doesn't take anybody away from there.
        if open != Tab::Cutover {
            self.tab = open;
        }
        effects
    }

    /// Hands the tables to the engine, where it hasn't got them.
    pub(super) fn keep_tables(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        for table in self.tables.iter().flatten() {
            if self.kept.insert(table.text.content_hash()) {
                let request = Request::Keep { hash: table.hash() };
                effects.push(Effect::Send { request, bytes: Some(table.text.clone()) });
            }
        }
        effects
    }
}
