//! A direct table over leading bits, with tables of its own for the slots in which many intervals begin.
//!
//! A table covers its starts from the first to the last, in as many slots of one size as there are about starts. A slot
//! in which no more than [`LEAF`] of them lie says after which one, and those few are compared; any other leads to a
//! table for its own. The bits are the upper 64 of an address, for both families; what begins within one of those (for
//! IPv6 a /64) is told apart by the last comparison, which is of whole addresses.

use super::{BATCH, Index, halve};
use crate::space::Address;

/// How many starts of a slot are compared one by one.
const LEAF: usize = 4;

/// How many tables there may be below the first. What lies deeper is halved.
const DEPTH: u32 = 4;

/// The first table has no more than about `2^ROOT` slots.
const ROOT: u32 = 16;

/// When no more than this of a batch have a level to go, each goes alone.
const FEW_OPEN: u32 = 4;

/// With fewer starts than this, all tables are four times as wide: they are in the nearest caches even so.
const SMALL: usize = 1 << 15;

/// Slots over the starts of intervals.
#[derive(Clone, Debug)]
pub struct Slots {
    /// The first covers all starts.
    tables: Vec<Table>,
    /// Of all tables.
    slots: Vec<Slot>,
}

/// Slots side by side. In the first and in the last nothing begins: they stand for all before and all after.
#[derive(Copy, Clone, Debug)]
struct Table {
    /// The upper bits at which it begins.
    from: u64,
    /// Where its slots are.
    slots: u32,
    /// The last of them, counted from 0.
    last: u32,
    /// A slot is 2^this upper bits.
    shift: u32,
}

/// What a slot says, in its upper 2 bits, and in the other 30 a start or a table.
#[derive(Copy, Clone, Debug)]
struct Slot(u32);

/// Nothing begins in it, but for a start at its first address: it is in the interval of this start.
const ONE: u32 = 0;
/// After this start up to [`LEAF`] begin in it.
const FEW: u32 = 1 << 30;
/// After this start more begin in it.
const MANY: u32 = 2 << 30;
/// It has a table.
const TABLE: u32 = 3 << 30;

impl Slot {
    fn found(at: usize, more: usize) -> Self {
        Slot(
            at as u32
                | if more == 0 {
                    ONE
                } else if more <= LEAF {
                    FEW
                } else {
                    MANY
                },
        )
    }

    #[inline(always)]
    fn says(self) -> u32 {
        self.0 & TABLE
    }

    #[inline(always)]
    fn at(self) -> usize {
        (self.0 & !TABLE) as usize
    }
}

impl<A: Address> Index<A> for Slots {
    const LIMIT: usize = 1 << 30;

    fn new(starts: &[A]) -> Self {
        let room = starts.len() * 2;
        let mut index = Slots { tables: Vec::new(), slots: Vec::with_capacity(room) };
        index.add(starts, 1, starts.len(), 0);
        index.tables.shrink_to_fit();
        index.slots.shrink_to_fit();
        index
    }

    #[inline]
    fn find(&self, starts: &[A], address: A) -> usize {
        self.on(starts, address, self.slot(&self.tables[0], address.upper()))
    }

    #[inline]
    fn find_many(&self, starts: &[A], addresses: &[A; BATCH], found: &mut [u32; BATCH], deep: &mut bool) {
        let first = self.tables[0];
        let mut open = 0_u32;
        if *deep {
            let mut slots = [Slot(ONE); BATCH];
            for (address, slot) in addresses.iter().zip(&mut slots) {
                *slot = self.slot(&first, address.upper());
                open += u32::from(slot.says() == TABLE);
            }
            *deep = open > FEW_OPEN;
            // Level by level, with no branch that depends on one address, as long as many have a level to go.
            while open > FEW_OPEN {
                open = 0;
                for (address, slot) in addresses.iter().zip(&mut slots) {
                    let deeper = slot.says() == TABLE;
                    let next = self.slot(&self.tables[if deeper { slot.at() } else { 0 }], address.upper());
                    *slot = if deeper { next } else { *slot };
                    open += u32::from(slot.says() == TABLE);
                }
            }
            for ((address, slot), found) in addresses.iter().zip(&slots).zip(found) {
                *found = self.on(starts, *address, *slot) as u32;
            }
        } else {
            for (address, found) in addresses.iter().zip(found) {
                let slot = self.slot(&first, address.upper());
                open += u32::from(slot.says() == TABLE);
                *found = self.on(starts, *address, slot) as u32;
            }
            *deep = open > FEW_OPEN;
        }
    }

    fn bytes(&self) -> usize {
        self.tables.capacity() * size_of::<Table>() + self.slots.capacity() * size_of::<Slot>()
    }
}

/// The last start that is not after an address, by the slot of its upper bits.
#[inline(always)]
fn compare<A: Address>(starts: &[A], address: A, slot: Slot) -> usize {
    let at = slot.at();
    if slot.says() == ONE {
        return at;
    }
    // What follows the slot's is after the address, too: so there is no harm in comparing more.
    match starts.get(at + 1..at + 1 + LEAF) {
        Some(few) if slot.says() == FEW => {
            at + few.iter().map(|start| usize::from(*start <= address)).sum::<usize>()
        }
        _ => at + halve(&starts[at..], address),
    }
}

impl Slots {
    /// What a table says of an address with these upper bits.
    #[inline(always)]
    fn slot(&self, table: &Table, upper: u64) -> Slot {
        let slot = (upper.saturating_sub(table.from) >> table.shift).min(u64::from(table.last));
        self.slots[table.slots as usize + slot as usize]
    }

    /// From a slot on down to the last start that is not after an address.
    #[inline(always)]
    fn on<A: Address>(&self, starts: &[A], address: A, mut slot: Slot) -> usize {
        while slot.says() == TABLE {
            slot = self.slot(&self.tables[slot.at()], address.upper());
        }
        compare(starts, address, slot)
    }

    /// Adds a table of the starts from `begin` up to, not including, `end`, and those below it.
    fn add<A: Address>(&mut self, starts: &[A], begin: usize, end: usize, depth: u32) -> Slot {
        let first = starts.get(begin).map_or(0, |start| start.upper());
        let last = starts.get(end - 1).map_or(0, |start| start.upper());
        let used = u64::BITS - (last - first.min(last)).leading_zeros();
        let width = usize::BITS - (end - begin).leading_zeros();
        let more = if starts.len() < SMALL { 2 } else { 0 };
        let width = if depth == 0 { (width + 1 + more).clamp(4, ROOT) } else { width - 1 + more };
        let shift = used.saturating_sub(width);
        // One slot before the first, if there is one, and one after the last.
        let from = (first >> shift).saturating_sub(1) << shift;
        let slot_of = |start: &A| ((start.upper() - from) >> shift) as usize;
        let count = ((last.max(first) - from) >> shift) as usize + 2;
        let table = self.tables.len();
        let slots = self.slots.len();
        self.tables.push(Table { from, slots: slots as u32, last: count as u32 - 1, shift });
        self.slots.resize(slots + count, Slot::found(begin - 1, 0));
        let (mut at, mut filled) = (begin, 0);
        while at < end {
            let slot = slot_of(&starts[at]);
            let mut next = at + 1;
            while next < end && slot_of(&starts[next]) == slot {
                next += 1;
            }
            self.slots[slots + filled..slots + slot].fill(Slot::found(at - 1, 0));
            // A start at the first address holds for all of the slot until the next one.
            let whole = starts[at] == A::from_upper(from + ((slot as u64) << shift));
            let found = if whole { at } else { at - 1 };
            let more = next - 1 - found;
            self.slots[slots + slot] = if more <= LEAF || depth == DEPTH || shift == 0 {
                Slot::found(found, more)
            } else {
                self.add(starts, found + 1, next, depth + 1)
            };
            (at, filled) = (next, slot + 1);
        }
        self.slots[slots + filled..slots + count].fill(Slot::found(end - 1, 0));
        Slot(table as u32 | TABLE)
    }
}
