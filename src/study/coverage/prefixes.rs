//! Random access without a list of millions: the shortest prefix list of a class, and the decision table row by row.

use super::class::{Class, PIECES, SiteClasses};
use crate::journey::{Classed, World};
use crate::pace::Pace;
use crate::routing::ForwardTable;
use crate::space::{Address, Dual, Span};
use crate::study::cut::{Cut, from, together};
use ipnet::IpNet;
use std::net::IpAddr;

/// So many intervals of a class, and so many rows of the table, lie between two marks.
const STRIDE: usize = 128;

/// For every class of a family the places of its pieces, and how many prefixes come before each mark.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members {
    /// Where the places of each class begin; one more at the end.
    begins: Vec<u32>,
    /// Places of pieces, class by class, ascending in each.
    places: Vec<u32>,
    /// For each class the number of prefixes before each [`STRIDE`]th of its pieces, and all of them at the end.
    before: Vec<Vec<u32>>,
}

impl Members {
    /// Sorts the pieces by class, in steps.
    pub(crate) async fn new<A: Address>(cut: &Cut<A>, classes: usize, pace: &Pace) -> Self {
        let mut begins = vec![0; classes + 1];
        for at in 0..cut.len() {
            pause(at, pace).await;
            if let Some((_, number)) = cut.piece(at)
                && let Some(count) = begins.get_mut(number as usize + 1)
            {
                *count += 1;
            }
        }
        for class in 1..begins.len() {
            begins[class] += begins[class - 1];
        }
        let mut next = begins.clone();
        let mut places = vec![0; cut.len()];
        let mut before = vec![Vec::new(); classes];
        let mut prefixes = vec![0; classes];
        for at in 0..cut.len() {
            pause(at, pace).await;
            let Some((span, number)) = cut.piece(at) else { continue };
            let class = number as usize;
            let (Some(own), Some(sum)) = (next.get_mut(class), prefixes.get_mut(class)) else { continue };
            if ((*own - begins[class]) as usize).is_multiple_of(STRIDE) {
                before[class].push(*sum);
            }
            places[*own as usize] = at as u32;
            *own += 1;
            *sum += span.prefixes().count() as u32;
        }
        for (marks, sum) in before.iter_mut().zip(prefixes) {
            marks.push(sum);
        }
        Self { begins, places, before }
    }

    /// How many prefixes the shortest list of a class has.
    pub(crate) fn prefixes(&self, class: usize) -> u64 {
        self.before.get(class).and_then(|marks| marks.last()).copied().unwrap_or(0).into()
    }

    /// The spans of a class, in order, beginning with its piece number `skip`.
    fn spans<'a, A: Address>(
        &'a self,
        cut: &'a Cut<A>,
        class: usize,
        skip: usize,
    ) -> impl Iterator<Item = Span<A>> {
        let range = self.begins.get(class).zip(self.begins.get(class + 1));
        let places =
            range.and_then(|(from, to)| self.places.get(*from as usize..*to as usize)).unwrap_or_default();
        places.iter().skip(skip).filter_map(|place| cut.piece(*place as usize)).map(|(span, _)| span)
    }

    /// The shortest prefix list of a class from one of its prefixes on.
    pub(crate) fn list<'a, A: Address>(
        &'a self,
        cut: &'a Cut<A>,
        class: usize,
        first: u64,
    ) -> impl Iterator<Item = IpNet> + 'a
    where
        IpNet: From<crate::space::Prefix<A>>,
    {
        let marks = self.before.get(class).map(Vec::as_slice).unwrap_or_default();
        let mark = marks.partition_point(|before| u64::from(*before) <= first).saturating_sub(1);
        let skipped = marks.get(mark).copied().unwrap_or(0);
        let rest = first.saturating_sub(skipped.into()) as usize;
        self.spans(cut, class, mark * STRIDE).flat_map(|span| span.prefixes()).skip(rest).map(IpNet::from)
    }
}

async fn pause(at: usize, pace: &Pace) {
    if at % PIECES == PIECES - 1 {
        pace.work(PIECES as u64 / 4).await;
    }
}

/// A row of the decision table: addresses with one matched prefix and one class.
#[derive(Copy, Clone)]
pub(crate) struct TableRow<A> {
    pub(crate) span: Span<A>,
    /// The index of the prefix that decides.
    pub(crate) prefix: u32,
    pub(crate) class: u32,
}

/// Marks in the decision table of one family of a site: one each [`STRIDE`] rows, with how many rows of each class
/// follow until the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks<A> {
    starts: Vec<A>,
    /// Where the tallies of each mark begin; one more at the end.
    begins: Vec<u32>,
    tallies: Vec<(u32, u32)>,
}

/// The rows from an address on, the first cut there.
fn rows<'a, A: Classed>(
    world: &'a World,
    site: usize,
    cut: &'a Cut<A>,
    first: A,
) -> impl Iterator<Item = TableRow<A>> + 'a {
    let table = world.tables.get(site).map(|table| A::forward(table).by_prefix());
    let prefixes = table.into_iter().flat_map(move |table| from(table, first));
    together(prefixes, cut.from(first)).map(|(span, prefix, class)| TableRow { span, prefix, class })
}

impl<A: Classed> Marks<A> {
    /// Goes through the table once, in steps.
    pub(crate) async fn new(world: &World, site: usize, cut: &Cut<A>, pace: &Pace) -> Self {
        let mut marks = Self { starts: Vec::new(), begins: Vec::new(), tallies: Vec::new() };
        for (at, row) in rows(world, site, cut, A::FIRST).enumerate() {
            if at % PIECES == PIECES - 1 {
                pace.work(PIECES as u64 / 2).await;
            }
            if at % STRIDE == 0 {
                marks.starts.push(row.span.first);
                marks.begins.push(marks.tallies.len() as u32);
            }
            let begin = marks.begins.last().copied().unwrap_or(0) as usize;
            let own = marks.tallies.get_mut(begin..).unwrap_or_default();
            match own.iter_mut().find(|(class, _)| *class == row.class) {
                Some((_, count)) => *count += 1,
                None => marks.tallies.push((row.class, 1)),
            }
        }
        marks.begins.push(marks.tallies.len() as u32);
        marks
    }

    /// How many rows each mark has of the classes that are shown.
    fn counts<'a>(&'a self, shown: &'a [bool]) -> impl Iterator<Item = u64> + 'a {
        self.begins.windows(2).map(move |ends| {
            let own = self.tallies.get(ends[0] as usize..ends[1] as usize).unwrap_or_default();
            let of_shown = own.iter().filter(|(class, _)| is_shown(shown, *class));
            of_shown.map(|(_, count)| u64::from(*count)).sum()
        })
    }

    /// How many rows are shown.
    pub(crate) fn total(&self, shown: &[bool]) -> u64 {
        self.counts(shown).sum()
    }

    /// So many shown rows, from one of them on.
    pub(crate) fn window(
        &self,
        world: &World,
        site: usize,
        cut: &Cut<A>,
        shown: &[bool],
        (first, count): (u64, usize),
    ) -> Vec<TableRow<A>> {
        let mut before = 0;
        for (mark, own) in self.counts(shown).enumerate() {
            if before + own > first {
                let Some(start) = self.starts.get(mark) else { break };
                let shown_rows = rows(world, site, cut, *start).filter(|row| is_shown(shown, row.class));
                return shown_rows.skip((first - before) as usize).take(count).collect();
            }
            before += own;
        }
        Vec::new()
    }

    /// How many shown rows lie before the row around an address; that row's index, where it is shown itself.
    pub(crate) fn index_of(&self, world: &World, site: usize, cut: &Cut<A>, shown: &[bool], address: A) -> u64 {
        let mark = self.starts.partition_point(|start| *start <= address).saturating_sub(1);
        let before: u64 = self.counts(shown).take(mark).sum();
        let Some(start) = self.starts.get(mark) else { return 0 };
        let rest = rows(world, site, cut, *start).take_while(|row| row.span.last < address);
        before + rest.filter(|row| is_shown(shown, row.class)).count() as u64
    }
}

fn is_shown(shown: &[bool], class: u32) -> bool {
    shown.get(class as usize).copied().unwrap_or(false)
}

/// The indexes of one site.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    members: Dual<Members, Members>,
    marks: Dual<Marks<u32>, Marks<u128>>,
}

/// A row of the decision table, named.
pub(crate) struct Named {
    pub(crate) first: IpAddr,
    pub(crate) last: IpAddr,
    pub(crate) prefix: Option<IpNet>,
    pub(crate) class: u32,
}

impl Index {
    /// Works them out, in steps.
    pub(crate) async fn new(world: &World, site: usize, found: &SiteClasses, pace: &Pace) -> Self {
        let (cuts, classes) = (&found.by_address, found.classes.len());
        Self {
            members: Dual {
                v4: Members::new(&cuts.v4, classes, pace).await,
                v6: Members::new(&cuts.v6, classes, pace).await,
            },
            marks: Dual {
                v4: Marks::new(world, site, &cuts.v4, pace).await,
                v6: Marks::new(world, site, &cuts.v6, pace).await,
            },
        }
    }

    /// How many prefixes the shortest list of a class has.
    pub(crate) fn prefixes(&self, class: usize) -> u64 {
        // A class is of one family.
        self.members.v4.prefixes(class) + self.members.v6.prefixes(class)
    }

    /// The shortest prefix list of a class from one of its prefixes on.
    pub(crate) fn list<'a>(
        &'a self,
        found: &'a SiteClasses,
        class: usize,
        first: u64,
    ) -> impl Iterator<Item = IpNet> + 'a {
        let v4 = self.members.v4.list(&found.by_address.v4, class, first);
        v4.chain(self.members.v6.list(&found.by_address.v6, class, first))
    }

    /// How many rows of the decision table are shown, both families.
    pub(crate) fn total(&self, shown: &[bool]) -> u64 {
        self.marks.v4.total(shown) + self.marks.v6.total(shown)
    }

    /// So many shown rows of the decision table, from one of them on; IPv4 first.
    pub(crate) fn window(
        &self,
        world: &World,
        site: usize,
        found: &SiteClasses,
        shown: &[bool],
        (first, count): (u64, usize),
    ) -> Vec<Named> {
        let v4 = self.marks.v4.window(world, site, &found.by_address.v4, shown, (first, count));
        let mut all: Vec<Named> = v4.into_iter().map(|row| named(world, row)).collect();
        let rest = (first.saturating_sub(self.marks.v4.total(shown)), count - all.len());
        let v6 = self.marks.v6.window(world, site, &found.by_address.v6, shown, rest);
        all.extend(v6.into_iter().map(|row| named(world, row)));
        all
    }

    /// How many shown rows lie before the row around an address.
    pub(crate) fn index_of(
        &self,
        world: &World,
        site: usize,
        found: &SiteClasses,
        shown: &[bool],
        address: IpAddr,
    ) -> u64 {
        let cuts = &found.by_address;
        match address {
            IpAddr::V4(ip) => self.marks.v4.index_of(world, site, &cuts.v4, shown, ip.to_bits()),
            IpAddr::V6(ip) => {
                self.marks.v4.total(shown) + self.marks.v6.index_of(world, site, &cuts.v6, shown, ip.to_bits())
            }
        }
    }
}

fn named<A: Classed>(world: &World, row: TableRow<A>) -> Named
where
    IpNet: From<crate::space::Prefix<A>>,
{
    Named {
        first: row.span.first.to_ip(),
        last: row.span.last.to_ip(),
        prefix: ForwardTable::<A>::prefix(&world.ground.network, row.prefix).map(IpNet::from),
        class: row.class,
    }
}

/// Which classes a filter shows.
pub(crate) fn shown(classes: &[Class], filter: &super::Filter) -> Vec<bool> {
    classes.iter().map(|class| filter.shows(class)).collect()
}
