//! What is measured of the engine: the same rows natively and in wasm.

use crate::ask::{CHUNK, ask, warm};
use crate::clock::timed;
use crate::family::Ip;
use crate::ours::{self, Ours};
use crate::shape::Shape;
use crate::table::{Routes, grouped};
use crate::world::{Half, World};
use std::hint::black_box;
use twopath::intake::{self, Format};

/// One thing that is measured.
pub struct Row<'a> {
    /// Its name; rows of the same name are the same work everywhere.
    pub name: String,
    /// The unit of what `run` gives.
    pub unit: &'static str,
    /// Lets a virtual machine see the code often enough to compile it well.
    pub warm: Box<dyn FnMut() + 'a>,
    /// Does it once; nanoseconds for each unit of work.
    pub run: Box<dyn FnMut() -> f64 + 'a>,
}

impl<'a> Row<'a> {
    /// A row whose warm-up is a few runs.
    pub fn new(name: String, unit: &'static str, run: impl FnMut() -> f64 + Clone + 'a) -> Self {
        let mut warm = run.clone();
        let warm = move || {
            (0..3).for_each(|_| {
                black_box(warm());
            })
        };
        Self { name, unit, warm: Box::new(warm), run: Box::new(run) }
    }

    fn warmed(mut self, mut work: impl FnMut() + 'a) -> Self {
        self.warm = Box::new(move || (0..60).for_each(|_| work()));
        self
    }
}

/// The unit of rows about a table's prefixes.
pub const PREFIX: &str = "ns a prefix";
/// The unit of rows about lookups.
pub const LOOKUP: &str = "ns a lookup";
/// The unit of rows about text.
pub const LINE: &str = "ns a line";

/// The row of the failure study: from a solved plan to the matrix.
pub const FAILURES: &str = "every failure study, 128 prefixes, 50 flows";

/// All rows.
#[must_use]
pub fn all(world: &World) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    half(&world.v4, &mut rows);
    half(&world.v6, &mut rows);
    let lines = (world.v4.sorted.len() + world.v6.sorted.len()) as f64;
    let text = &world.table.text;
    let few = text.get(..text.len().min(100_000)).unwrap_or_default();
    rows.push(Row::new("text to solved".into(), LINE, move || solve(text) / lines).warmed(move || {
        black_box(solve(few));
    }));
    let plan = ours::failure_plan();
    let study = move || {
        let (ns, lines) = timed(|| ours::failures(&plan));
        black_box(lines);
        ns / 1e6
    };
    rows.push(Row { name: FAILURES.into(), unit: "ms", warm: Box::new(|| {}), run: Box::new(study) });
    rows
}

fn half<'a, A: Shape>(half: &'a Half<A>, rows: &mut Vec<Row<'a>>) {
    let family = A::NAME;
    let few = move || {
        black_box(build(&half.few));
    };
    rows.push(Row::new(format!("build sorted {family}"), PREFIX, || build(&half.sorted)).warmed(few));
    rows.push(Row::new(format!("build shuffled {family}"), PREFIX, || build(&half.shuffled)).warmed(few));
    for (mix, queries) in &half.queries {
        rows.push(Row::new(format!("lookup {} {family}", mix.name()), LOOKUP, || lookup(&half.ours, queries)));
        rows.push(Row::new(format!("batch {} {family}", mix.name()), LOOKUP, || batch(&half.ours, queries)));
    }
    for small in &half.small {
        let size = grouped(small.routes.len());
        let run = || lookup(&small.ours, &small.queries);
        rows.push(Row::new(format!("lookup at {size} {family}"), LOOKUP, run));
    }
    rows.push(Row::new(format!("difference {family}"), PREFIX, || {
        let (ns, pieces) = timed(|| ours::difference(&half.ours, &half.next));
        black_box(pieces.len());
        ns / half.sorted.len() as f64
    }));
}

fn build<A: Ip>(routes: &Routes<A>) -> f64 {
    warm(routes);
    // What is made is dropped behind the clock.
    let (ns, made) = timed(|| ours::build(black_box(routes)));
    black_box(made.len());
    ns / routes.len() as f64
}

/// Nanoseconds for each lookup, one at a time.
pub fn lookup<A: Ip>(ours: &Ours<A>, queries: &[A]) -> f64 {
    #[inline(never)]
    fn chunk<A: Ip>(ours: &Ours<A>, queries: &[A]) -> u32 {
        queries.iter().fold(0, |sum: u32, &query| sum.wrapping_add(ours::lookup(ours, query)))
    }
    ask(queries, |some| {
        black_box(chunk(ours, some));
    })
}

fn batch<A: Ip>(ours: &Ours<A>, queries: &[A]) -> f64 {
    #[inline(never)]
    fn chunk<A: Ip>(ours: &Ours<A>, queries: &[A], out: &mut Vec<u32>) {
        ours::lookup_many(ours, queries, out);
    }
    let mut out = Vec::with_capacity(CHUNK);
    ask(queries, |some| {
        chunk(ours, some, &mut out);
        black_box(&out);
    })
}

fn solve(text: &str) -> f64 {
    let (ns, made) = timed(|| ours::solve(black_box(text)));
    black_box((made.0.len(), made.1.len()));
    ns
}

/// Reading alone, for the profile: what of "text to solved" is text.
#[must_use]
pub fn read(text: &str) -> f64 {
    let (ns, reading) = timed(|| intake::read(black_box(text), Some(Format::Plain)));
    black_box(reading.entries_read);
    ns
}
