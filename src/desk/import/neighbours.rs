//! A router's table neighbour by neighbour: what each of them offers, so that each exit gets its own.
//!
//! A router with several exits prints what it learned from all of them in one table. All of that as learned by one exit
//! would be wrong: so the routes of each neighbour become a list of their own, with the attributes that they have.

use crate::desk::door::INLINE_TEXT;
use crate::intake::{Entry, Mark, Reading, Via};
use crate::pace::Pace;
use crate::plan::{Attributes, Exit, Id, Link, MICROSOFT_ASN, PeeringKind, Plan, Text};
use crate::report::text;
use crate::space::Address;
use borsh::{BorshDeserialize, BorshSerialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::fmt::Write;
use std::net::IpAddr;

/// More neighbours than these are no exits: it is the table of a route server or of an exchange.
pub const MAX_NEIGHBOURS: usize = 16;

/// What a neighbour offers.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Neighbour {
    /// Its AS: the first of the paths.
    pub asn: u32,
    /// Its address, where the print has next hops.
    pub next_hop: Option<IpAddr>,
    /// How many routes it offers.
    pub routes: u32,
    /// They, as a plain list with attributes. Lists that are long together come beside the reply, by their hash.
    pub list: Option<String>,
    /// The list's content hash.
    pub hash: String,
}

/// The neighbours of a router's table.
#[derive(Clone, PartialEq, Eq, Debug, Default, BorshSerialize, BorshDeserialize)]
pub struct Neighbours {
    /// They, in the order of the table; none where there is but one, where there are too many to be exits, or where the
    /// routes don't say whose they are.
    pub all: Vec<Neighbour>,
    /// How many they are, where they are more than [`MAX_NEIGHBOURS`] and of several AS; 0: they aren't.
    pub too_many: u32,
    /// How many routes are the router's own, and nobody offers them.
    pub own: u32,
    /// How many routes begin in the router's own AS: no neighbour offers them.
    pub inside: u32,
}

/// The neighbours as far as they are known.
#[derive(Default)]
struct Telling {
    found: Neighbours,
    lists: Vec<String>,
    known: BTreeMap<(u32, Option<IpAddr>), usize>,
}

impl Neighbours {
    /// The neighbours of a table, in steps.
    pub async fn of(reading: &Reading, pace: &Pace) -> Self {
        let mut telling = Telling::default();
        for nth in 0..reading.v4.len() {
            pace.work(1).await;
            let entry = &reading.v4[nth];
            if !telling.add(entry, reading.attributes_of(entry), reading.mark_v4(nth)) {
                return Self { own: telling.found.own, ..Self::default() };
            }
        }
        for nth in 0..reading.v6.len() {
            pace.work(1).await;
            let entry = &reading.v6[nth];
            if !telling.add(entry, reading.attributes_of(entry), reading.mark_v6(nth)) {
                return Self { own: telling.found.own, ..Self::default() };
            }
        }
        telling.told(pace).await
    }

    /// The lists that come beside a reply, and not in it, by their hashes; in the order of [`Self::all`].
    pub fn beside(&self) -> impl Iterator<Item = &str> {
        self.all.iter().filter(|own| own.list.is_none()).map(|own| own.hash.as_str())
    }

    /// Puts what came beside a reply where it belongs: one after the other.
    pub fn put_beside(&mut self, list: String) {
        if let Some(own) = self.all.iter_mut().find(|own| own.list.is_none()) {
            own.list = Some(list);
        }
    }

    /// The lists with their hashes. Those that are long together are no longer in here: they go beside a reply.
    pub(in crate::desk) fn keep(&mut self) -> Vec<(String, Text)> {
        let length: usize = self.all.iter().filter_map(|own| own.list.as_ref()).map(String::len).sum();
        let mut whole = (length <= INLINE_TEXT).then(|| self.clone());
        let lists = whole.as_mut().unwrap_or(self).lists();
        lists.into_iter().zip(&self.all).map(|(text, own)| (own.hash.clone(), text)).collect()
    }

    /// Takes out the lists, as texts whose hash is known.
    pub(in crate::desk) fn lists(&mut self) -> Vec<Text> {
        let text = |own: &mut Neighbour| {
            let list = own.list.take().unwrap_or_default();
            match u128::from_str_radix(&own.hash, 16) {
                Ok(hash) => Text::hashed(list, hash),
                Err(_) => Text::from(list),
            }
        };
        self.all.iter_mut().map(text).collect()
    }

    /// Whether they are of several AS, so that no one exit can have learned all of it.
    pub fn are_of_several(&self) -> bool {
        self.all.first().is_some_and(|first| self.all.iter().any(|other| other.asn != first.asn))
    }

    /// The exit of each, unless the user says otherwise: Microsoft's are ExpressRoute exits, others Internet links, by
    /// the provider's AS where the plan says it. No exit is that of two.
    pub(super) fn exits(&self, plan: &Plan) -> Vec<Option<Id>> {
        let mut taken: Vec<&Id> = Vec::new();
        let mut exits = vec![None; self.all.len()];
        // First those that the plan knows for certain.
        for certain in [true, false] {
            for (neighbour, found) in self.all.iter().zip(&mut exits) {
                let is = |exit: &&Exit| {
                    !taken.contains(&&exit.id)
                        && match &exit.link {
                            Link::ExpressRoute(link) => {
                                neighbour.asn == MICROSOFT_ASN && link.peering != PeeringKind::Private
                            }
                            Link::Internet(link) if certain => link.provider_asn == Some(neighbour.asn),
                            Link::Internet(link) => {
                                neighbour.asn != MICROSOFT_ASN
                                    && link.provider_asn.is_none_or(|asn| asn == neighbour.asn)
                            }
                        }
                };
                if found.is_none()
                    && let Some(exit) = plan.exits.iter().find(is)
                {
                    taken.push(&exit.id);
                    *found = Some(exit.id.clone());
                }
            }
        }
        exits
    }
}

impl Telling {
    /// Adds a route; whether it says whose it is, as far as we go.
    fn add<A: Address>(&mut self, entry: &Entry<A>, attributes: &Attributes, mark: Mark) -> bool {
        if matches!(mark.via, Some(Via::Own | Via::Connected)) {
            self.found.own += 1;
            return true;
        }
        if !mark.is_learned() {
            return true;
        }
        let Some(path) = &attributes.as_path else { return false };
        let Some(asn) = path.neighbour() else {
            self.found.inside += 1;
            return true;
        };
        let next = self.known.len();
        let at = match self.known.entry((asn, attributes.next_hop)) {
            Slot::Occupied(known) => *known.get(),
            Slot::Vacant(new) => *new.insert(next),
        };
        if at >= MAX_NEIGHBOURS {
            // None of them is an exit's: from here on they are only counted.
            self.lists.clear();
            return true;
        }
        if at == self.found.all.len() {
            let next_hop = attributes.next_hop;
            self.found.all.push(Neighbour { asn, next_hop, routes: 0, list: None, hash: String::new() });
            self.lists.push(String::new());
        }
        if let Some(neighbour) = self.found.all.get_mut(at) {
            neighbour.routes += 1;
        }
        if let Some(list) = self.lists.get_mut(at) {
            // Writing to a string can't fail.
            let _ = write!(list, "{}", entry.prefix);
            text::attributes(list, attributes);
            list.push('\n');
        }
        true
    }

    /// What is known once all are added.
    async fn told(mut self, pace: &Pace) -> Neighbours {
        if self.known.len() > MAX_NEIGHBOURS {
            let mut all = self.known.keys().map(|(asn, _)| asn);
            let first = all.next();
            if all.any(|other| Some(other) != first) {
                self.found.too_many = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
            }
            self.found.all.clear();
        }
        if self.found.all.len() < 2 {
            self.found.all.clear();
            self.found.inside = 0;
        }
        for (own, list) in self.found.all.iter_mut().zip(self.lists) {
            pace.work(list.len() as u64 / 16).await;
            own.hash = format!("{:032x}", xxhash_rust::xxh3::xxh3_128(list.as_bytes()));
            own.list = Some(list);
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake;
    use crate::pace::at_once;
    use crate::plan::examples;

    fn of(table: &str) -> Neighbours {
        at_once(|pace| async move { Neighbours::of(&intake::read(table, None), &pace).await })
    }

    const TABLE: &str = "\
BGP table version is 9, local router ID is 192.0.2.1
     Network          Next Hop            Metric LocPrf Weight Path
 *>  0.0.0.0          203.0.113.1              0             0 64496 i
 *>  13.107.6.152/31  198.51.100.129           0             0 12076 i
 *>  40.96.0.0/13     198.51.100.129           0             0 12076 i
 *                    203.0.113.1              5             0 64496 64500 8075 ?
 *>  52.96.0.0/14     198.51.100.129           0    200      0 12076 i
 *>  203.0.113.0      0.0.0.0                  0         32768 i
";

    #[test]
    fn a_table_is_told_apart_by_its_neighbours_and_nothing_is_lost() {
        let found = of(TABLE);
        let told: Vec<_> =
            found.all.iter().map(|own| (own.asn, own.next_hop.unwrap().to_string(), own.routes)).collect();
        assert_eq!(told, [(64496, "203.0.113.1".into(), 2), (12076, "198.51.100.129".into(), 3)]);
        assert_eq!(found.own, 1);
        assert!(found.are_of_several());
        // Read again, the lists say what the table said.
        let whole = intake::read(TABLE, None);
        for own in &found.all {
            let list = own.list.as_deref().unwrap();
            assert_eq!(own.hash, crate::desk::engine::hash_of(&list.into()));
            let reading = intake::read(list, None);
            assert_eq!((reading.faults.errors, reading.faults.warnings), (0, 0), "{list}");
            assert_eq!(reading.v4.len() as u32, own.routes);
            for entry in &reading.v4 {
                let said = reading.attributes_of(entry);
                let there = whole
                    .v4
                    .iter()
                    .any(|other| other.prefix == entry.prefix && whole.attributes_of(other) == said);
                assert!(there, "{} {said:?}", entry.prefix);
            }
        }
    }

    #[test]
    fn microsoft_is_an_expressroute_exit_and_others_are_internet_links() {
        let found = of(TABLE);
        let plan = examples::first();
        let exits = found.exits(&plan);
        let is_express = |id: &Option<Id>| plan.express_route(id.as_ref().unwrap()).is_some();
        assert!(!is_express(&exits[0]) && is_express(&exits[1]));
        // Another provider's link isn't taken.
        let mut other = plan.clone();
        for exit in &mut other.exits {
            if let Link::Internet(link) = &mut exit.link {
                link.provider_asn = Some(64_511);
            }
        }
        assert_eq!(found.exits(&other)[0], None);
    }

    #[test]
    fn one_neighbour_or_none_that_is_told_is_none() {
        let one = TABLE.replace("64496", "12076").replace("203.0.113.1  ", "198.51.100.129");
        assert!(of(&one).all.is_empty(), "one neighbour");
        assert!(of("10.0.0.0/8\n0.0.0.0/0 aspath=1").all.is_empty());
        assert!(of("").all.is_empty());
    }
}
