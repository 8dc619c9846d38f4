//! The map: one block of addresses cut into equal cells, and of each cell exactly what becomes of its addresses.
//!
//! It is drawn from the coverage's classes, so it is exact at every zoom: a cell that holds several kinds says which,
//! and how much of each.

pub mod hilbert;
mod view;

pub use view::{Amount, BLOCKS, CELLS, Fare, Kind, ORDER, Part, SIDE, View, Window, deepest, whole};

use super::coverage::{Coverage, SiteClasses, Tags};
use super::cut::{Cut, together};
use super::difference::told_apart;
use crate::journey::World;
use crate::pace::Pace;
use crate::plan::Id;
use crate::space::{Address, Count, Family, Prefix, Share, Span};
use std::collections::{BTreeMap, HashMap};

/// The classes of the pinned plan's sites, to compare with.
#[derive(Clone, Debug)]
pub struct Before {
    sites: Vec<(Id, SiteClasses)>,
}

impl Before {
    /// Works them out, in steps.
    pub async fn new(world: &World, pace: &Pace) -> Self {
        let tags = Tags::new(world, pace).await;
        let mut sites = Vec::new();
        for (index, site) in world.ground.plan().sites.iter().enumerate() {
            sites.push((site.id.clone(), SiteClasses::new(world, index, &tags, pace).await));
        }
        Self { sites }
    }
}

/// What a view shows. Without a plan before, or where that doesn't have the site, nothing is compared.
pub fn window(coverage: &Coverage, before: Option<&Before>, view: View) -> Window {
    let named = view.site.as_ref().and_then(|id| coverage.sites().iter().find(|site| site.site == *id));
    let site = named.or_else(|| coverage.sites().first());
    let mut window = Window {
        site: site.map(|site| site.site.clone()),
        compared: false,
        kinds: Vec::new(),
        all: Vec::new(),
        blocks: Vec::new(),
        begins: Vec::new(),
        parts: Vec::new(),
        view,
    };
    let Some(site) = site else { return window };
    let before = before.filter(|_| window.view.compare);
    let before = before.and_then(|before| before.sites.iter().find(|(id, _)| *id == site.site));
    window.compared = before.is_some();
    let (block, now, was) = (window.view.block(), site.found(), before.map(|(_, found)| found));
    match window.view.family() {
        Family::V4 => {
            let cuts = (&now.by_address.v4, was.map(|was| &was.by_address.v4));
            window.fill::<u32>(Prefix::try_from(block).unwrap_or(Prefix::ALL), (now, was), cuts);
        }
        Family::V6 => {
            let cuts = (&now.by_address.v6, was.map(|was| &was.by_address.v6));
            window.fill::<u128>(Prefix::try_from(block).unwrap_or(Prefix::ALL), (now, was), cuts);
        }
    }
    window
}

impl Window {
    fn fill<A: Address>(
        &mut self,
        block: Prefix<A>,
        (now, was): (&SiteClasses, Option<&SiteClasses>),
        (cut, other): (&Cut<A>, Option<&Cut<A>>),
    ) {
        let span = Span { first: block.first(), last: block.last() };
        let mut cells = Cells::new(block);
        // A pair of classes has one kind; of those met, a number for each as it is met.
        let mut known: HashMap<(u32, u32), u32> = HashMap::new();
        let mut kinds: Vec<Kind> = Vec::new();
        let mut numbers: BTreeMap<Kind, u32> = BTreeMap::new();
        let mut number = |class: u32, before: u32| {
            *known.entry((class, before)).or_insert_with(|| {
                let Some(class) = now.classes.get(class as usize) else { return 0 };
                let before = was.and_then(|was| was.classes.get(before as usize));
                let before = before.filter(|before| !told_apart(before, class).is_empty());
                let kind = Kind { now: class.into(), before: before.map(Fare::from) };
                *numbers.entry(kind.clone()).or_insert_with(|| {
                    kinds.push(kind);
                    kinds.len() as u32 - 1
                })
            })
        };
        match other {
            None => cut.within(span).for_each(|(piece, class)| cells.add(piece, number(class, 0))),
            Some(other) => together(cut.within(span), other.within(span))
                .for_each(|(piece, class, before)| cells.add(piece, number(class, before))),
        }
        cells.end();
        // Worst first, what isn't judged last.
        let mut order: Vec<u32> = (0..kinds.len() as u32).collect();
        order.sort_by_key(|at| (kinds[*at as usize].now.verdict.is_none(), &kinds[*at as usize]));
        let mut new = vec![0; kinds.len()];
        for (at, old) in order.iter().enumerate() {
            new[*old as usize] = at as u32;
        }
        self.kinds = order.iter().map(|at| kinds[*at as usize].clone()).collect();
        self.begins = cells.begins;
        self.parts = cells.parts;
        for part in &mut self.parts {
            part.kind = new[part.kind as usize];
        }
        let sixteenth = Count::from(cells.size * u128::from(CELLS / BLOCKS));
        let mut all: BTreeMap<u32, Count> = BTreeMap::new();
        for own in cells.blocks {
            let mut amounts: Vec<Amount> = own
                .into_iter()
                .map(|(kind, addresses)| {
                    let kind = new[kind as usize];
                    *all.entry(kind).or_default() += addresses;
                    Amount { kind, addresses, share: addresses.share_of(sixteenth) }
                })
                .collect();
            amounts.sort_by_key(|amount| (std::cmp::Reverse(amount.addresses), amount.kind));
            self.blocks.push(amounts);
        }
        let whole = span.count();
        let amount =
            |(kind, addresses): (u32, Count)| Amount { kind, addresses, share: addresses.share_of(whole) };
        self.all = all.into_iter().map(amount).collect();
    }
}

/// Cells as they are filled, in the order of addresses.
struct Cells {
    base: u128,
    /// How many bits of an address tell it apart within its cell; at most 114.
    bits: u32,
    size: u128,
    /// The parts of the cell that is being filled.
    open: Vec<(u32, u128)>,
    begins: Vec<u32>,
    parts: Vec<Part>,
    blocks: Vec<BTreeMap<u32, Count>>,
}

impl Cells {
    /// None is filled. The block leaves bits enough for all cells.
    fn new<A: Address>(block: Prefix<A>) -> Self {
        let bits = u32::from(A::BITS.saturating_sub(block.length() + 2 * ORDER));
        Self {
            base: block.first().to_u128(),
            bits,
            size: 1 << bits,
            open: Vec::new(),
            begins: vec![0],
            parts: Vec::new(),
            blocks: vec![BTreeMap::new(); BLOCKS as usize],
        }
    }

    /// The piece that comes next is of this kind.
    fn add<A: Address>(&mut self, piece: Span<A>, kind: u32) {
        let last = piece.last.to_u128() - self.base;
        let mut first = piece.first.to_u128() - self.base;
        loop {
            let cell = first >> self.bits;
            while (self.begins.len() as u128 - 1) < cell {
                self.close();
            }
            let end = last.min(cell << self.bits | (self.size - 1));
            match self.open.iter_mut().find(|(own, _)| *own == kind) {
                Some((_, count)) => *count += end - first + 1,
                None => self.open.push((kind, end - first + 1)),
            }
            if end == last {
                return;
            }
            first = end + 1;
        }
    }

    /// The cell is full.
    fn close(&mut self) {
        let block = (self.begins.len() - 1) / (CELLS / BLOCKS) as usize;
        let begin = self.parts.len();
        self.open.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
        for (kind, count) in self.open.drain(..) {
            let count_of = Count::from(count);
            if let Some(block) = self.blocks.get_mut(block) {
                *block.entry(kind).or_default() += count_of;
            }
            self.parts.push(Part { kind, share: count_of.share_of(Count::from(self.size)) });
        }
        let mut shares: Vec<Share> = self.parts[begin..].iter().map(|part| part.share).collect();
        Share::settle(&mut shares);
        for (part, share) in self.parts[begin..].iter_mut().zip(shares) {
            part.share = share;
        }
        self.begins.push(self.parts.len() as u32);
    }

    fn end(&mut self) {
        while self.begins.len() <= CELLS as usize {
            self.close();
        }
    }
}
