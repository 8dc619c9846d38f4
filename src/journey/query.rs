//! Asking for one journey.

use super::Trace;
use super::world::{Classed, World};
use crate::plan::{Id, ListId};
use crate::space::{Address, AddressSet, Family};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::net::IpAddr;

/// Which journey to trace.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum TraceQuery {
    /// From us: from an address at a site, or any of its inside addresses of the destination's family.
    Outbound {
        /// The site; absent: the one whose inside prefixes hold `from`, else the first.
        site: Option<Id>,
        /// The source.
        from: Option<IpAddr>,
        /// The destination.
        to: IpAddr,
    },
    /// To a published service of ours, from an address outside.
    Inbound {
        /// The published service.
        published: Id,
        /// The far address.
        from: IpAddr,
        /// Which of its published addresses; absent: the first of the family.
        to: Option<IpAddr>,
    },
}

/// Why there is no trace.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum TraceError {
    /// No such site.
    NoSite(Option<Id>),
    /// No such published service.
    NoPublished(Id),
    /// The site has no inside address of the destination's family.
    NoSource {
        /// The site.
        site: Id,
        /// The family.
        family: Family,
    },
    /// The published service has no address of the family, or not this one.
    NoPublishedAddress {
        /// The published service.
        published: Id,
        /// The family.
        family: Family,
    },
}

impl World {
    /// Traces one journey.
    pub fn trace(&self, query: &TraceQuery) -> Result<Trace, TraceError> {
        match query {
            TraceQuery::Outbound { site, from, to } => {
                let site = self.source_site(site.as_ref(), *from)?;
                let from = |inside: &dyn Fn(&AddressSet) -> Option<IpAddr>| -> Result<IpAddr, TraceError> {
                    let id = self.plan().sites[site].id.clone();
                    let own = from.or_else(|| inside(&self.network().addresses(&ListId::Inside(id.clone()))));
                    own.filter(|own| Family::of(*own) == Family::of(*to))
                        .ok_or(TraceError::NoSource { site: id, family: Family::of(*to) })
                };
                match to {
                    IpAddr::V4(_) => {
                        let from = from(&|inside| inside.v4.first_address().map(Address::to_ip))?;
                        Ok(self.trace_outbound::<u32>(site, address(from), address(*to)))
                    }
                    IpAddr::V6(_) => {
                        let from = from(&|inside| inside.v6.first_address().map(Address::to_ip))?;
                        Ok(self.trace_outbound::<u128>(site, address(from), address(*to)))
                    }
                }
            }
            TraceQuery::Inbound { published: id, from, to } => {
                let published = self.ground.published(id).ok_or_else(|| TraceError::NoPublished(id.clone()))?;
                let family = Family::of(*from);
                let first = match from {
                    IpAddr::V4(_) => published.outside.v4.first_address().map(Address::to_ip),
                    IpAddr::V6(_) => published.outside.v6.first_address().map(Address::to_ip),
                };
                let to = to.or(first).filter(|to| Family::of(*to) == family && published.outside.contains(*to));
                let to = to.ok_or(TraceError::NoPublishedAddress { published: id.clone(), family })?;
                match from {
                    IpAddr::V4(_) => Ok(self.trace_inbound::<u32>(&published, address(*from), address(to))),
                    IpAddr::V6(_) => Ok(self.trace_inbound::<u128>(&published, address(*from), address(to))),
                }
            }
        }
    }

    fn source_site(&self, site: Option<&Id>, from: Option<IpAddr>) -> Result<usize, TraceError> {
        let missing = || TraceError::NoSite(site.cloned());
        if let Some(id) = site {
            return self.network().site(id).ok_or_else(missing);
        }
        let holds = |site: &crate::plan::Site| {
            from.is_some_and(|from| self.network().addresses(&ListId::Inside(site.id.clone())).contains(from))
        };
        let holding = self.plan().sites.iter().position(holds);
        holding.or((!self.plan().sites.is_empty()).then_some(0)).ok_or_else(missing)
    }
}

/// An address as an integer; the caller has told the families apart.
fn address<A: Classed>(ip: IpAddr) -> A {
    A::from_ip(ip).unwrap_or(A::FIRST)
}
