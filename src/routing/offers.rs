//! Learned routes: everything that the exits' lists say, sorted by prefix, with what became of each on its way in.

use super::lists::{Lists, choose, everything};
use super::sided::Sided;
use super::withheld::withheld;
use super::{ExitSet, NoSay};
use crate::intake::{Format, Mark, Reading};
use crate::pace::{Pace, Phase};
use crate::plan::{Attributes, Exit, Link, ListId, PeeringKind, Plan};
use crate::space::{Address, Dual, Prefix, Sorter};
use std::ops::Range;

/// What many routes share: the exit that offers them, the list, and the attributes.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    /// The exit, by its index in the plan.
    pub(crate) exit: usize,
    /// The list, by its index among those read.
    pub(crate) list: usize,
    /// What stands behind the prefix.
    pub(crate) attributes: Attributes,
    /// Why Microsoft doesn't send it to us; `None`: it does.
    pub(crate) withheld: Option<NoSay>,
}

/// One learned route.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Learned {
    /// What it shares with others: an index into [`Offers::bases`].
    pub(crate) base: u32,
    /// Where its prefix stands in the list, in bytes.
    pub(crate) at: u32,
}

/// The learned routes of one family: prefixes in order, each with the routes to it.
#[derive(Clone, Debug)]
pub struct RouteTable<A: Address> {
    /// In order, each once.
    prefixes: Vec<Prefix<A>>,
    /// Where the routes of each prefix begin in `routes`; one more at the end.
    begins: Vec<u32>,
    routes: Vec<Learned>,
}

impl<A: Address> RouteTable<A> {
    /// How many different prefixes.
    pub(crate) fn len(&self) -> usize {
        self.prefixes.len()
    }

    /// A prefix and the routes to it, by its index.
    pub(crate) fn group(&self, index: usize) -> Option<(Prefix<A>, &[Learned])> {
        let prefix = *self.prefixes.get(index)?;
        let (from, to) = (*self.begins.get(index)? as usize, *self.begins.get(index + 1)? as usize);
        Some((prefix, self.routes.get(from..to).unwrap_or_default()))
    }

    /// The indexes of all prefixes that cover an address, longest first.
    pub(crate) fn covering(&self, address: A) -> impl Iterator<Item = usize> + '_ {
        (0..=A::BITS).rev().filter_map(move |length| {
            let prefix = Prefix::truncating(address, length)?;
            self.prefixes.binary_search(&prefix).ok()
        })
    }

    /// All prefixes with their routes.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (Prefix<A>, &[Learned])> + '_ {
        (0..self.len()).filter_map(|index| self.group(index))
    }
}

/// All that is learned.
pub(crate) struct Offers {
    pub(crate) bases: Vec<Base>,
    /// How many routes each exit's lists have.
    pub(crate) counts: Vec<u32>,
    /// How many of them are withheld, by the reason.
    pub(crate) withheld: Vec<Vec<(NoSay, u32)>>,
    /// Lines of plain lists that say a route again, the first of them. A route counts once however often it is said.
    pub(crate) repeated: Vec<Repeat>,
}

/// A line that says again what another of its list says.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Repeat {
    pub(crate) net: ipnet::IpNet,
    /// The exit that learns it.
    pub(crate) exit: usize,
    /// The list, by its index among those read.
    pub(crate) list: usize,
    /// Where it stands first, in bytes.
    pub(crate) first: u32,
    /// Where it stands again.
    pub(crate) again: u32,
}

/// How many repeated lines are named.
const MAX_REPEATS: usize = 20;

/// The lists of an exit with the ranges of entries that are taken.
struct Taken<'a> {
    reading: &'a Reading,
    ranges: Dual<Vec<Range<usize>>, Vec<Range<usize>>>,
    /// Where this list's bases begin; the base of attributes `n` is `first + n`.
    first: u32,
}

/// Collects what the exits learn, without the routes themselves.
fn take<'a>(plan: &Plan, lists: &'a Lists) -> (Offers, Vec<Taken<'a>>) {
    let mut offers = Offers {
        bases: Vec::new(),
        counts: vec![0; plan.exits.len()],
        withheld: vec![Vec::new(); plan.exits.len()],
        repeated: Vec::new(),
    };
    let mut all = Vec::new();
    for (exit, definition) in plan.exits.iter().enumerate().take(ExitSet::CAPACITY) {
        if is_private(definition) {
            continue;
        }
        let own = lists.index_of(&ListId::Learned(definition.id.clone())).and_then(|list| {
            let reading = lists.reading(list)?;
            Some((list, reading, everything(reading), reading.format.stage()))
        });
        let shared = definition.learned_from.iter().filter_map(|reference| {
            let chosen = choose(lists, reference)?;
            let source = plan.sources.iter().find(|source| source.id == reference.source)?;
            let stage = source.stage.unwrap_or_else(|| chosen.reading.format.stage());
            Some((chosen.list, chosen.reading, chosen.ranges, stage))
        });
        for (list, reading, ranges, stage) in own.into_iter().chain(shared) {
            let first = offers.bases.len() as u32;
            for attributes in &reading.attributes {
                offers.bases.push(Base {
                    exit,
                    list,
                    attributes: attributes.clone(),
                    withheld: withheld(plan, definition, stage, attributes),
                });
            }
            all.push(Taken { reading, ranges, first });
        }
    }
    (offers, all)
}

/// Whether an exit is private peering, which isn't analysed.
pub(crate) fn is_private(exit: &Exit) -> bool {
    matches!(&exit.link, Link::ExpressRoute(link) if link.peering == PeeringKind::Private)
}

/// Reads what every exit learns, in steps: the shared facts, and the routes of both families sorted by prefix.
pub(crate) async fn collect(
    plan: &Plan,
    lists: &Lists,
    pace: &Pace,
) -> (Offers, RouteTable<u32>, RouteTable<u128>) {
    let (mut offers, taken) = take(plan, lists);
    let v4 = sorted::<u32>(&taken, &mut offers, pace).await;
    let v6 = sorted::<u128>(&taken, &mut offers, pace).await;
    count(&mut offers, &v4);
    count(&mut offers, &v6);
    (offers, v4, v6)
}

async fn sorted<A: Sided>(taken: &[Taken<'_>], offers: &mut Offers, pace: &Pace) -> RouteTable<A>
where
    ipnet::IpNet: From<Prefix<A>>,
{
    let mut items: Vec<(Prefix<A>, Learned)> = Vec::new();
    for list in taken {
        let entries = A::entries(list.reading);
        // A device's own routes, and those that it can't use, are not learned from anybody.
        let marks = A::marks(list.reading);
        let learned = |index: usize| marks.get(index).is_none_or(Mark::is_learned);
        for range in A::ranges(&list.ranges) {
            let mut index = range.start;
            for chunk in entries.get(range.clone()).unwrap_or_default().chunks(4096) {
                let kept = chunk.iter().enumerate().filter(|(nth, _)| learned(index + nth));
                items.extend(kept.map(|(_, entry)| {
                    let learned = Learned { base: list.first + entry.attributes, at: entry.at };
                    (entry.prefix, learned)
                }));
                index += chunk.len();
                pace.work(chunk.len() as u64).await;
            }
        }
    }
    let total = items.len();
    let mut sorter = Sorter::new(items);
    let mut done = 0;
    while !sorter.step(8192) {
        done += 8192;
        // Several looks at each; if they are in order already, one.
        pace.at(Phase::Sorting, done, 6 * total as u64);
        pace.work(8192).await;
    }
    let mut table =
        RouteTable { prefixes: Vec::with_capacity(total), begins: Vec::new(), routes: Vec::with_capacity(total) };
    for items in sorter.sorted().chunks(8192) {
        for &(prefix, learned) in items {
            if table.prefixes.last() != Some(&prefix) {
                table.prefixes.push(prefix);
                table.begins.push(table.routes.len() as u32);
            } else if let Some(lines) = said_before(&mut table, learned) {
                offers.repeats(taken, prefix.into(), learned.base, lines);
                continue;
            }
            table.routes.push(learned);
        }
        pace.work(8192).await;
    }
    table.begins.push(table.routes.len() as u32);
    table
}

/// Where the same route stands among the last ones of its prefix, which then counts for both, and where again.
/// Only so many are looked at: a list that says one prefix in a thousand ways is none that a line is repeated in.
fn said_before<A: Address>(table: &mut RouteTable<A>, learned: Learned) -> Option<(u32, u32)> {
    const LOOKED_AT: usize = 16;
    let from = table.begins.last().map_or(0, |begin| *begin as usize);
    let own = table.routes.get_mut(from..)?;
    let known = own.iter_mut().rev().take(LOOKED_AT).find(|known| known.base == learned.base)?;
    let lines = (known.at.min(learned.at), known.at.max(learned.at));
    known.at = lines.0;
    Some(lines)
}

impl Offers {
    fn repeats(&mut self, taken: &[Taken<'_>], net: ipnet::IpNet, base: u32, (first, again): (u32, u32)) {
        let of = taken.iter().rev().find(|own| own.first <= base);
        let Some(base) = self.bases.get(base as usize) else { return };
        // Prints say a route once for each of its paths: that is no fault of theirs.
        if self.repeated.len() < MAX_REPEATS && of.is_some_and(|own| own.reading.format == Format::Plain) {
            self.repeated.push(Repeat { net, exit: base.exit, list: base.list, first, again });
        }
    }
}

fn count<A: Address>(offers: &mut Offers, table: &RouteTable<A>) {
    let mut by_base: Vec<u32> = vec![0; offers.bases.len()];
    for learned in &table.routes {
        by_base[learned.base as usize] += 1;
    }
    for (base, routes) in offers.bases.iter().zip(&by_base).filter(|(_, routes)| **routes > 0) {
        offers.counts[base.exit] += routes;
        if let Some(why) = &base.withheld {
            let reasons = &mut offers.withheld[base.exit];
            match reasons.iter_mut().find(|(reason, _)| reason == why) {
                Some((_, count)) => *count += routes,
                None => reasons.push((why.clone(), *routes)),
            }
        }
    }
}
