//! What Node and the browser load: the same rows, run one at a time from JavaScript.

use crate::ours;
use crate::queries::Mix;
use crate::rows::{self, Row};
use crate::table::Table;
use crate::world::World;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds, in JavaScript as in [`crate::clock`].
    #[wasm_bindgen(js_namespace = performance)]
    pub fn now() -> f64;
}

/// All rows, ready to run.
#[wasm_bindgen]
pub struct Rows {
    world: &'static World,
    rows: Vec<Row<'static>>,
}

#[wasm_bindgen]
impl Rows {
    /// From a table's text.
    #[wasm_bindgen(constructor)]
    pub fn new(text: String, quick: bool) -> Self {
        let world = World::new(Table::read("table", text), quick);
        Self { world, rows: rows::all(world) }
    }

    /// A line for each row: name, tab, unit.
    pub fn names(&self) -> String {
        self.rows.iter().map(|row| format!("{}\t{}\n", row.name, row.unit)).collect()
    }

    /// Lets the machine see a row's code.
    pub fn warm(&mut self, at: usize) {
        if let Some(row) = self.rows.get_mut(at) {
            (row.warm)();
        }
    }

    /// Runs a row once: nanoseconds a unit.
    pub fn run(&mut self, at: usize) -> f64 {
        self.rows.get_mut(at).map_or(f64::NAN, |row| (row.run)())
    }

    /// The IPv4 partition's first addresses, for the search in JavaScript.
    pub fn starts(&self) -> Vec<u32> {
        self.world.v4.ours.iter().map(|(span, _)| span.first).collect()
    }

    /// The values that go with them.
    pub fn values(&self) -> Vec<u32> {
        self.world.v4.ours.iter().map(|(_, value)| value).collect()
    }

    /// The IPv4 addresses of a mix.
    pub fn queries(&self, mix: &str) -> Vec<u32> {
        let found = self.world.v4.queries.iter().find(|(known, _): &&(Mix, _)| known.name() == mix);
        found.map(|(_, queries)| queries.clone()).unwrap_or_default()
    }

    /// The compiler that made this.
    pub fn compiler(&self) -> String {
        env!("COMPILER").to_owned()
    }
}

/// Two lists of IPv4 prefixes as one, with the fewest.
#[wasm_bindgen]
pub fn merge(one: &str, other: &str) -> String {
    ours::merge(one, other)
}

/// The first list without the addresses of the second.
#[wasm_bindgen]
pub fn exclude(one: &str, other: &str) -> String {
    ours::exclude(one, other)
}
