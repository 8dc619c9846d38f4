//! Names for addresses, which may lead to other names.

use super::Reason;
use crate::space::{AddressSet, Dual, Set};
use rustc_hash::FxHashMap;

/// What one name holds.
#[derive(Default)]
struct Entry {
    /// As they were said; one set once they are asked for.
    addresses: Vec<AddressSet>,
    names: Vec<String>,
    /// Something that is no address: the entry can't be known.
    other: Option<Reason>,
}

/// Named addresses and groups of them. Names are told apart by case.
#[derive(Default)]
pub(crate) struct Book {
    entries: FxHashMap<String, Entry>,
    /// What names that lead to others came to, by name. Only asked, never walked.
    known: FxHashMap<String, Result<AddressSet, Reason>>,
}

impl Book {
    /// How many names may follow each other.
    pub(crate) const MAX_STEPS: u32 = 32;

    /// Whether there is such a name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// A name without anything so far.
    pub(crate) fn begin(&mut self, name: &str) {
        self.entry(name, |_| {});
    }

    /// Adds addresses to a name.
    pub(crate) fn add(&mut self, name: &str, addresses: AddressSet) {
        self.entry(name, |entry| entry.addresses.push(addresses));
    }

    /// Adds all that another name holds.
    pub(crate) fn add_name(&mut self, name: &str, member: &str) {
        self.entry(name, |entry| entry.names.push(member.to_owned()));
    }

    /// Says that a name holds something that is no address.
    pub(crate) fn add_other(&mut self, name: &str, reason: Reason) {
        self.entry(name, |entry| entry.other = Some(reason));
    }

    fn entry(&mut self, name: &str, add: impl FnOnce(&mut Entry)) {
        // Most lines are more of a name that is there: those need no name of their own.
        match self.entries.get_mut(name) {
            Some(entry) => add(entry),
            None => add(self.entries.entry(name.to_owned()).or_default()),
        }
    }

    /// The addresses of a name.
    pub(crate) fn find(&mut self, name: &str) -> Result<AddressSet, Reason> {
        self.resolve(name, Self::MAX_STEPS)
    }

    fn resolve(&mut self, name: &str, steps: u32) -> Result<AddressSet, Reason> {
        let Some(entry) = self.entries.get_mut(name) else {
            return Err(Reason::UnknownName { name: name.to_owned() });
        };
        if let Some(reason) = &entry.other {
            return Err(reason.clone());
        }
        if entry.addresses.len() > 1 {
            entry.addresses = vec![union(&entry.addresses)];
        }
        if entry.names.is_empty() {
            return Ok(entry.addresses.first().cloned().unwrap_or_default());
        }
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        if steps == 0 {
            return Err(Reason::NamesTooDeep { name: name.to_owned(), limit: Self::MAX_STEPS });
        }
        let (mut addresses, names) = (entry.addresses.clone(), entry.names.clone());
        // Met again on the way, it leads to itself.
        self.known.insert(name.to_owned(), Err(Reason::NameLoop { name: name.to_owned() }));
        let mut failed = None;
        for member in &names {
            match self.resolve(member, steps - 1) {
                Ok(more) => addresses.push(more),
                Err(reason) => {
                    failed = Some(reason);
                    break;
                }
            }
        }
        let found = failed.map_or_else(|| Ok(union(&addresses)), Err);
        self.known.insert(name.to_owned(), found.clone());
        found
    }
}

/// All of these, in one sort.
fn union(sets: &[AddressSet]) -> AddressSet {
    Dual {
        v4: Set::from_spans(sets.iter().flat_map(|set| set.v4.spans()).copied()),
        v6: Set::from_spans(sets.iter().flat_map(|set| set.v6.spans()).copied()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_names() {
        let mut book = Book::default();
        let ten = AddressSet::from_iter(["10.0.0.0/8".parse::<ipnet::IpNet>().unwrap()]);
        book.add("ten", ten.clone());
        book.add_name("all", "ten");
        book.add_name("a", "b");
        book.add_name("b", "a");
        book.add_other("web", Reason::HostName { name: "x".into() });
        assert_eq!(book.find("all"), Ok(ten));
        assert_eq!(book.find("a").unwrap_err().code(), "name-loop");
        assert_eq!(book.find("no").unwrap_err().code(), "unknown-name");
        assert_eq!(book.find("web").unwrap_err().code(), "host-name");
        for step in 0..100_u32 {
            book.add_name(&format!("n{step}"), &format!("n{}", step + 1));
        }
        let deep = Reason::NamesTooDeep { name: "n32".into(), limit: 32 };
        assert_eq!(book.find("n0").unwrap_err(), deep);
    }
}
