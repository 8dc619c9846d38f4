//! The shelf: plans kept in the browser, several beside each other. What is decided about them, without a browser.
//!
//! A plan on the shelf has a key of its own and a revision, which rises with each writing. Whoever writes says which
//! revision they know; where another is there, somebody else has written since, and nothing is overwritten
//! ([`judge`]). Beside each plan lies an [`Entry`], short enough to list them all.

mod pack;
mod trouble;

pub use pack::{KEEP_APART, fill, pack, wanted};
pub use trouble::{Trouble, trouble};

use std::fmt::Write as _;

/// Which plan on the shelf.
pub type PlanKey = u64;

/// What keeps plans in this browser.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Keeper {
    /// The browser's database (IndexedDB).
    Database,
    /// Its small store (localStorage), about 5 MB.
    Small,
    /// Nothing but this tab's memory.
    #[default]
    Memory,
}

/// A plan of the shelf in a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its key.
    pub key: PlanKey,
    /// How often it was written.
    pub revision: u64,
    /// When, in milliseconds since 1970.
    pub changed: u64,
    /// How large it is, its long lists included.
    pub bytes: u64,
    /// What it is called.
    pub name: String,
    /// Hashes of the long lists that lie apart.
    pub texts: Vec<u128>,
}

impl Entry {
    /// The entry as it is kept: version, revision, time, size, hashes and name, each after a blank.
    pub fn to_line(&self) -> String {
        let mut line = format!("1 {} {} {} ", self.revision, self.changed, self.bytes);
        for (at, hash) in self.texts.iter().enumerate() {
            let _ = write!(line, "{}{hash:032x}", if at > 0 { "," } else { "" });
        }
        line + " " + &self.name
    }

    /// The entry of a line; nothing where the line isn't one of this version.
    pub fn of_line(key: PlanKey, line: &str) -> Option<Self> {
        let mut parts = line.splitn(6, ' ');
        if parts.next() != Some("1") {
            return None;
        }
        let mut number = || parts.next()?.parse().ok();
        let (revision, changed, bytes) = (number()?, number()?, number()?);
        let texts = parts.next()?;
        let hashes = texts.split(',').filter(|hash| !hash.is_empty());
        let texts = hashes.map(|hash| u128::from_str_radix(hash, 16).ok()).collect::<Option<_>>()?;
        Some(Self { key, revision, changed, bytes, name: parts.next()?.to_owned(), texts })
    }
}

/// What becomes of a plan that is to be written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Judgement {
    /// It is written as this revision.
    Write(u64),
    /// Somebody else has written it since.
    Changed,
    /// Somebody else has deleted it.
    Gone,
}

/// Judges a writing by the revision that is there and the one that the writer knows.
pub fn judge(there: Option<u64>, known: Option<u64>) -> Judgement {
    match (there, known) {
        (None, None) => Judgement::Write(1),
        (Some(there), Some(known)) if there == known => Judgement::Write(there + 1),
        (None, Some(_)) => Judgement::Gone,
        (Some(_), _) => Judgement::Changed,
    }
}

/// The order of the list: what was changed last comes first.
pub fn order(entries: &mut [Entry]) {
    entries.sort_by(|a, b| b.changed.cmp(&a.changed).then_with(|| a.name.cmp(&b.name)).then(a.key.cmp(&b.key)));
}

/// The name of a copy that is not among those taken: "X (copy)", "X (copy 2)", …; a copy of a copy counts on.
pub fn copy_name<'a>(name: &str, taken: impl Iterator<Item = &'a str> + Clone) -> String {
    let stem = match name.strip_suffix(')').and_then(|name| name.rsplit_once(" (copy")) {
        Some((stem, count)) if count.is_empty() || count.trim_start().parse::<u32>().is_ok() => stem,
        _ => name,
    };
    let mut count = 1_u32;
    loop {
        let name = if count == 1 { format!("{stem} (copy)") } else { format!("{stem} (copy {count})") };
        if !taken.clone().any(|other| other == name) {
            return name;
        }
        count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: PlanKey, changed: u64, name: &str) -> Entry {
        Entry { key, revision: 3, changed, bytes: 10, name: name.into(), texts: vec![7, u128::MAX] }
    }

    #[test]
    fn entries_come_back_as_they_were() {
        for name in ["", " two  blanks ", "1 2 3", "ü\n\t<b>"] {
            for texts in [vec![], vec![0], vec![1, u128::MAX]] {
                let entry = Entry { texts, ..entry(u64::MAX, u64::MAX, name) };
                assert_eq!(Entry::of_line(entry.key, &entry.to_line()), Some(entry));
            }
        }
        for bad in ["", "1", "2 1 1 1  a", "1 x 1 1  a", "1 1 1 1 zz a", "1 1 1 1", "1 -1 1 1  a"] {
            assert_eq!(Entry::of_line(1, bad), None, "{bad}");
        }
    }

    #[test]
    fn nothing_is_written_over_what_the_writer_has_not_seen() {
        assert_eq!(judge(None, None), Judgement::Write(1));
        assert_eq!(judge(Some(4), Some(4)), Judgement::Write(5));
        assert_eq!(judge(Some(5), Some(4)), Judgement::Changed);
        assert_eq!(judge(Some(3), Some(4)), Judgement::Changed);
        assert_eq!(judge(Some(1), None), Judgement::Changed);
        assert_eq!(judge(None, Some(4)), Judgement::Gone);
    }

    #[test]
    fn of_two_tabs_one_writes_and_the_other_is_told_whatever_the_order() {
        // Every way in which two writers' turns can follow one another.
        for turns in 0..(1 << 10) {
            let mut there = Some(1);
            let mut known = [Some(1), Some(1)];
            let mut told = [false, false];
            let mut last = None;
            for turn in 0..10 {
                let tab = turns >> turn & 1;
                match judge(there, known[tab]) {
                    Judgement::Write(revision) => {
                        assert!(last.is_none_or(|last| last == tab), "the other's writing was overwritten");
                        (there, known[tab], last) = (Some(revision), Some(revision), Some(tab));
                    }
                    _ => told[tab] = true,
                }
            }
            assert!(!(told[0] && told[1]));
        }
    }

    #[test]
    fn the_latest_comes_first() {
        let mut entries = vec![entry(1, 5, "b"), entry(2, 9, "z"), entry(3, 5, "a")];
        order(&mut entries);
        assert_eq!(entries.iter().map(|entry| entry.key).collect::<Vec<_>>(), [2, 3, 1]);
    }

    #[test]
    fn copies_have_names_of_their_own() {
        let taken = ["A", "A (copy)", "A (copy 2)"];
        assert_eq!(copy_name("B", taken.into_iter()), "B (copy)");
        assert_eq!(copy_name("A", taken.into_iter()), "A (copy 3)");
        assert_eq!(copy_name("A (copy 2)", taken.into_iter()), "A (copy 3)");
        assert_eq!(copy_name("A (copy)", ["A (copy)"].into_iter()), "A (copy 2)");
        assert_eq!(copy_name("A (copyright)", [].into_iter()), "A (copyright) (copy)");
        assert_eq!(copy_name("", [].into_iter()), " (copy)");
    }
}
