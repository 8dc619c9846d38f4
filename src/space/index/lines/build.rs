//! Building tables and lines: one walk over all slots, in the order of the space.

use super::{KEY, KEYS, Line, MANY, NONE, Table, Top};
use crate::starts::Below;

/// Slots side by side that may share a line.
#[derive(Copy, Clone)]
struct Run {
    /// Its first word.
    first: u64,
    /// Its last word.
    last: u64,
    /// Its first start.
    at: usize,
    /// The first start after it.
    end: usize,
    /// All bits that are set in one of its starts.
    bits: u64,
    /// Does one of them begin deeper than words tell?
    below: bool,
}

impl Run {
    /// How many bits of a word the keys leave free.
    fn free(&self) -> u32 {
        (u64::BITS - (self.first ^ self.last).leading_zeros()).saturating_sub(KEY)
    }

    /// Can a line tell its starts apart?
    fn fits(&self) -> bool {
        self.end - self.at <= KEYS && !self.below && self.bits & !(u64::MAX << self.free()) == 0
    }

    /// With the run that follows, if both fit into one line.
    fn and(self, next: Run) -> Option<Run> {
        let both = Run {
            last: next.last,
            end: next.end,
            bits: self.bits | next.bits,
            below: self.below | next.below,
            ..self
        };
        both.fits().then_some(both)
    }
}

/// So many more bits than it takes to count its starts has a table at the most that is above other tables,
const ABOVE_TABLES: u32 = 4;
/// and that is above lines;
const ABOVE_LINES: u32 = 8;
/// but only so many once all tables together have
const LATER: u32 = 2;
/// so many slots.
const ROOM: usize = 1 << 20;

/// What is being built.
pub struct Build<'a, T> {
    top: T,
    between: Vec<Table>,
    lines: Vec<Line>,
    words: &'a [u64],
    below: &'a Below,
    /// The first start that is in no slot yet.
    at: usize,
    /// The last slots, whose line isn't made yet,
    run: Option<Run>,
    /// and where to write which line that is.
    places: Vec<usize>,
    /// A table of one slot above that line, with so many tables from it to the line, for this half of the space.
    single: Option<(Table, usize, u64)>,
}

impl<'a, T: Top> Build<'a, T> {
    /// The top table, the slots of so many tables between, and the lines.
    pub fn lines(words: &'a [u64], below: &'a Below, between: usize) -> (T, Vec<Table>, Vec<Line>) {
        let (top, slots, free) = T::new(words);
        let (run, places, single) = (None, Vec::new(), None);
        let mut build =
            Build { top, between: Vec::new(), lines: Vec::new(), words, below, at: 1, run, places, single };
        for slot in 0..slots as u64 {
            let slot = build.slot(slot << free, free);
            let table = build.table(between, slot, free);
            build.top.push(table);
        }
        build.end_run();
        build.between.shrink_to_fit();
        build.lines.shrink_to_fit();
        (build.top, build.between, build.lines)
    }

    /// The starts of the next slot, which begins with this word.
    fn slot(&self, first: u64, free: u32) -> Run {
        let last = first | !(u64::MAX << free);
        let mut run = Run { first, last, at: self.at, end: self.at, bits: 0, below: false };
        let word = |at: usize| self.words.get(at).map(|word| self.top.word(*word));
        while let Some(word) = word(run.end).filter(|word| *word <= last) {
            run.bits |= word;
            run.below |= self.below.get(run.end) != 0;
            run.end += 1;
        }
        run
    }

    /// What leads to the line of a slot, or to its lines, by so many tables.
    fn table(&mut self, between: usize, slot: Run, free: u32) -> Table {
        if slot.fits() { self.single(between, slot) } else { self.full(between, slot, free) }
    }

    /// Tables of one slot, shared by neighbours that share the line.
    fn single(&mut self, between: usize, slot: Run) -> Table {
        let half = slot.first >> 63;
        let known = self.single.filter(|(_, tables, known)| (*tables, *known) == (between, half));
        if let (Some((table, ..)), Some(run)) = (known, self.run.and_then(|run| run.and(slot))) {
            (self.run, self.at) = (Some(run), slot.end);
            return table;
        }
        let place = self.between.len();
        self.between.push(Table::EMPTY);
        self.line(place, slot);
        let mut table = Table::single(place, slot.first);
        for _ in 1..between {
            self.between.push(table);
            table = Table::single(self.between.len() - 1, slot.first);
        }
        self.single = Some((table, between, half));
        table
    }

    /// A table as wide as it takes for no slot to have more starts than a line can tell apart.
    fn full(&mut self, between: usize, slot: Run, free: u32) -> Table {
        let words = &self.words[slot.at..slot.end];
        let more = match between {
            _ if self.between.len() > ROOM => LATER,
            1 => ABOVE_LINES,
            _ => ABOVE_TABLES,
        };
        let most = usize::BITS - words.len().leading_zeros() + more;
        let alike = words.windows(KEYS + 1).map(|some| (some[0] ^ some[KEYS]).leading_zeros()).max().unwrap_or(0);
        let enough = (u64::BITS - 1).saturating_sub(alike).min(KEY + slot.bits.trailing_zeros());
        let below = enough.clamp(free.saturating_sub(most), free.saturating_sub(1));
        let (from, slots) = (self.between.len(), 1 << (free - below));
        self.between.resize(from + slots, Table::EMPTY);
        for at in 0..slots {
            let slot = self.slot(slot.first + ((at as u64) << below), below);
            match between {
                1 => self.line(from + at, slot),
                _ => self.between[from + at] = self.table(between - 1, slot, below),
            }
        }
        Table::new(from, slot.first, below)
    }

    /// Notes that the line of a slot is that of the last run, or the next.
    fn line(&mut self, place: usize, slot: Run) {
        self.at = slot.end;
        let longer = self.run.and_then(|run| run.and(slot));
        if longer.is_none() {
            self.end_run();
        }
        self.run = longer.or(Some(slot));
        self.places.push(place);
    }

    /// Makes the line of the last run.
    fn end_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        let table = Table::line(self.lines.len(), run.free());
        let mut line = Line { keys: [NONE; KEYS], before: run.at as u32 - 1 };
        if run.fits() {
            for (key, word) in line.keys.iter_mut().zip(&self.words[run.at..run.end]) {
                *key = table.key(self.top.word(*word));
            }
        } else {
            (line.before, line.keys[0]) = (line.before | MANY, run.end as u32);
        }
        self.lines.push(line);
        for place in self.places.drain(..) {
            self.between[place] = table;
        }
        self.single = None;
    }
}
