//! A router's table neighbour by neighbour: what each of them offers, so that each exit gets its own.
//!
//! A router with several exits prints what it learned from all of them in one table. All of that as learned by one exit
//! would be wrong: so the routes of each neighbour become a list of their own, with the attributes that they have.

use crate::intake::{Entry, Mark, Reading, Via};
use crate::plan::{Attributes, Exit, Id, Link, MICROSOFT_ASN, PeeringKind, Plan};
use crate::report::text;
use crate::space::Address;
use borsh::{BorshDeserialize, BorshSerialize};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::IpAddr;

/// More neighbours than these are no exits: it is the table of a route server or of an exchange.
const MAX_NEIGHBOURS: usize = 16;

/// What a neighbour offers.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Neighbour {
    /// Its AS: the first of the paths.
    pub asn: u32,
    /// Its address, where the print has next hops.
    pub next_hop: Option<IpAddr>,
    /// How many routes it offers.
    pub routes: u32,
    /// They, as a plain list with attributes.
    pub list: String,
}

/// The neighbours of a router's table.
#[derive(Clone, PartialEq, Eq, Debug, Default, BorshSerialize, BorshDeserialize)]
pub struct Neighbours {
    /// They, in the order of the table; none where there is but one, or where the routes don't say whose they are.
    pub all: Vec<Neighbour>,
    /// How many routes are the router's own, and nobody offers them.
    pub own: u32,
}

impl Neighbours {
    /// The neighbours of a table.
    pub(super) fn of(reading: &Reading) -> Self {
        let mut found = Self::default();
        let mut known = BTreeMap::new();
        let told = (0..reading.v4.len()).all(|nth| {
            found.add(&mut known, &reading.v4[nth], reading.attributes_of(&reading.v4[nth]), reading.mark_v4(nth))
        }) && (0..reading.v6.len()).all(|nth| {
            found.add(&mut known, &reading.v6[nth], reading.attributes_of(&reading.v6[nth]), reading.mark_v6(nth))
        });
        if !told || found.all.len() < 2 {
            found.all.clear();
        }
        found
    }

    /// Adds a route; whether it says whose it is, as far as we go.
    fn add<A: Address>(
        &mut self,
        known: &mut BTreeMap<(u32, Option<IpAddr>), usize>,
        entry: &Entry<A>,
        attributes: &Attributes,
        mark: Mark,
    ) -> bool {
        if matches!(mark.via, Some(Via::Own | Via::Connected)) {
            self.own += 1;
            return true;
        }
        if !mark.is_learned() {
            return true;
        }
        let Some(asn) = attributes.as_path.as_ref().and_then(|path| path.neighbour()) else { return false };
        let at = *known.entry((asn, attributes.next_hop)).or_insert_with(|| {
            self.all.push(Neighbour { asn, next_hop: attributes.next_hop, routes: 0, list: String::new() });
            self.all.len() - 1
        });
        let Some(neighbour) = self.all.get_mut(at).filter(|_| at < MAX_NEIGHBOURS) else { return false };
        neighbour.routes += 1;
        let _ = write!(neighbour.list, "{}", entry.prefix);
        text::attributes(&mut neighbour.list, attributes);
        neighbour.list.push('\n');
        true
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake;
    use crate::plan::examples;

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
        let found = Neighbours::of(&intake::read(TABLE, None));
        let told: Vec<_> =
            found.all.iter().map(|own| (own.asn, own.next_hop.unwrap().to_string(), own.routes)).collect();
        assert_eq!(told, [(64496, "203.0.113.1".into(), 2), (12076, "198.51.100.129".into(), 3)]);
        assert_eq!(found.own, 1);
        assert!(found.are_of_several());
        // Read again, the lists say what the table said.
        let whole = intake::read(TABLE, None);
        for own in &found.all {
            let reading = intake::read(&own.list, None);
            assert_eq!((reading.faults.errors, reading.faults.warnings), (0, 0), "{}", own.list);
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
        let found = Neighbours::of(&intake::read(TABLE, None));
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
        assert!(Neighbours::of(&intake::read(&one, None)).all.is_empty(), "one neighbour");
        assert!(Neighbours::of(&intake::read("10.0.0.0/8\n0.0.0.0/0 aspath=1", None)).all.is_empty());
        assert!(Neighbours::of(&intake::read("", None)).all.is_empty());
    }
}
