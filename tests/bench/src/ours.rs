//! The engine's side of every measurement: the one file that names its functions.

use crate::family::Ip;
use crate::table::Routes;
use std::fmt::Write;
use twopath::desk::Solved;
use twopath::intake::{self, Entry, Format};
use twopath::pace::at_once;
use twopath::plan::load;
use twopath::routing::Scenario;
use twopath::space::{Partition, Prefix, Set, Span};
use twopath::study::failures::{Failures, View};

/// What an address in no prefix leads to.
pub const NOTHING: u32 = u32::MAX;

/// The partition of a family.
pub type Ours<A> = Partition<A, u32>;

/// From prefixes, in any order, with the index for lookups, which would else be built when it pays.
#[must_use]
pub fn build<A: Ip>(routes: &Routes<A>) -> Ours<A> {
    let ours = Partition::from_slice(NOTHING, routes);
    ours.build_index();
    ours
}

/// One address.
#[inline]
#[must_use]
pub fn lookup<A: Ip>(ours: &Ours<A>, address: A) -> u32 {
    ours.lookup(address)
}

/// Many addresses, into a vector that is emptied first.
pub fn lookup_many<A: Ip>(ours: &Ours<A>, addresses: &[A], out: &mut Vec<u32>) {
    ours.lookup_many(addresses, out);
}

/// Where two tables differ, all pieces with both values.
#[must_use]
pub fn difference<A: Ip>(one: &Ours<A>, other: &Ours<A>) -> Vec<(Span<A>, u32, u32)> {
    one.difference(other).collect()
}

/// What a partition takes in memory, its index included.
#[must_use]
pub fn bytes<A: Ip>(ours: &Ours<A>) -> usize {
    ours.build_index();
    ours.bytes()
}

/// From text to the partitions of both families.
#[must_use]
pub fn solve(text: &str) -> (Ours<u32>, Ours<u128>) {
    fn family<A: Ip>(entries: &[Entry<A>]) -> Ours<A> {
        Partition::from_prefixes(NOTHING, entries.iter().zip(0..).map(|(entry, at)| (entry.prefix, at)))
    }
    let reading = intake::read(text, Some(Format::Plain));
    (family(&reading.v4), family(&reading.v6))
}

/// The plan of the failure study, solved.
///
/// # Panics
/// If the plan of this package is none.
#[must_use]
#[expect(clippy::expect_used, reason = "a plan of our own, held by a test")]
pub fn failure_plan() -> Solved {
    let plan = load(&crate::failure_plan::failure_plan()).expect("a plan").plan;
    Solved::new(plan, Scenario::default(), false)
}

/// Every failure of a solved plan, up to the first window of the matrix.
#[must_use]
pub fn failures(solved: &Solved) -> usize {
    let world = solved.world();
    let failures = at_once(|pace| async move { Failures::new(world, &pace).await });
    failures.window(View::default()).lines.len() + failures.len()
}

/// The addresses of one list of prefixes and of another, as the fewest prefixes, from text to text.
#[must_use]
pub fn merge(one: &str, other: &str) -> String {
    write(&set(one).union(&set(other)))
}

/// The addresses of the first list without those of the second.
#[must_use]
pub fn exclude(one: &str, other: &str) -> String {
    write(&set(one).difference(&set(other)))
}

fn set(text: &str) -> Set<u32> {
    Set::from_prefixes(intake::read(text, Some(Format::Plain)).v4.into_iter().map(|entry| entry.prefix))
}

fn write(set: &Set<u32>) -> String {
    let mut out = String::new();
    for prefix in set.prefixes() {
        line(&mut out, prefix);
    }
    out
}

fn line(out: &mut String, prefix: Prefix<u32>) {
    // Writing into a string can't fail.
    let _ = writeln!(out, "{prefix}");
}
