//! What remains of our advertisements on the other side (domain rule 7).

use super::lists::Lists;
use super::policy::{Outcome, Policies};
use super::sided::Sided;
use super::{Refusal, Refused};
use crate::intake::Reading;
use crate::plan::{Exit, Link, ListId, Peering, PeeringKind, Plan, ReturnModel, is_private_asn};
use crate::space::{Address, AddressSet, Family, Prefix, Set, not_public};

/// How many prefixes of a family Microsoft takes on one BGP session of Microsoft peering; over it the session drops
/// (Microsoft: ExpressRoute routing requirements, limits).
pub const MICROSOFT_PEERING_PREFIXES: u32 = 200;

/// AS numbers that Microsoft refuses in a path (Microsoft: ExpressRoute routing requirements).
const REFUSED_ASNS: std::ops::RangeInclusive<u32> = 64496..=64511;

/// An advertisement that the other side takes.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Accepted<A: Address> {
    pub(crate) prefix: Prefix<A>,
    /// As the other side counts it: on Microsoft peering without private AS numbers.
    pub(crate) as_path_length: u32,
    /// Longer than /24 or /48 on the Internet: whether it spreads is an assumption.
    pub(crate) long: bool,
    /// Where it stands in the exit's list, in bytes.
    pub(crate) at: u32,
}

/// What is advertised over one exit, and what became of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Advertised {
    pub(crate) v4: Vec<Accepted<u32>>,
    pub(crate) v6: Vec<Accepted<u128>>,
    pub(crate) refused: Vec<Refusal>,
    /// How many are sent, IPv4 and IPv6.
    pub(crate) sent: (u32, u32),
}

impl Advertised {
    /// The family with more prefixes than the session takes, and how many.
    pub(crate) fn over_limit(&self, exit: &Exit) -> Option<(Family, u32)> {
        let Link::ExpressRoute(link) = &exit.link else { return None };
        if link.peering != PeeringKind::Microsoft {
            return None;
        }
        [(Family::V4, self.sent.0), (Family::V6, self.sent.1)]
            .into_iter()
            .find(|(_, sent)| *sent > MICROSOFT_PEERING_PREFIXES)
    }
}

/// What an exit's other side takes.
pub(crate) fn advertised(
    plan: &Plan,
    lists: &Lists,
    exit: &Exit,
    policies: &Policies,
    admitted: Option<&AddressSet>,
) -> Advertised {
    let mut result = Advertised::default();
    let list = ListId::Advertised(exit.id.clone());
    let Some(index) = lists.index_of(&list) else { return result };
    let Some(reading) = lists.reading(index) else { return result };
    // A peering that the plan doesn't have admits nothing, and its exit is no Internet link for that.
    let (kind, peering) = match &exit.link {
        Link::Internet(_) => (None, None),
        Link::ExpressRoute(link) => {
            let circuit = plan.circuits.iter().find(|c| c.id == link.circuit);
            (Some(link.peering), circuit.and_then(|c| c.peering(link.peering)))
        }
    };
    let asker = Asker { lists, exit, index, policies, admitted, kind, peering, reading };
    (result.v4, result.sent.0) = asker.ask(&mut result.refused);
    (result.v6, result.sent.1) = asker.ask(&mut result.refused);
    if result.over_limit(exit).is_some() {
        result.v4.clear();
        result.v6.clear();
    }
    result
}

struct Asker<'a> {
    lists: &'a Lists,
    exit: &'a Exit,
    index: usize,
    policies: &'a Policies,
    admitted: Option<&'a AddressSet>,
    kind: Option<PeeringKind>,
    peering: Option<&'a Peering>,
    reading: &'a Reading,
}

impl Asker<'_> {
    fn ask<A: Sided>(&self, refused: &mut Vec<Refusal>) -> (Vec<Accepted<A>>, u32) {
        let mut accepted = Vec::new();
        let mut sent: Vec<Prefix<A>> = Vec::new();
        for entry in A::entries(self.reading) {
            match self.judge(entry) {
                Ok(advertisement) => {
                    sent.push(entry.prefix);
                    accepted.push(advertisement);
                }
                Err(why) => {
                    if why != Refused::DeniedByPolicy {
                        sent.push(entry.prefix);
                    }
                    refused.push(Refusal {
                        exit: self.exit.id.clone(),
                        prefix: entry.prefix.to_string(),
                        why,
                        place: self.lists.place(self.index, entry.at),
                    });
                }
            }
        }
        sent.sort_unstable();
        sent.dedup();
        (accepted, sent.len() as u32)
    }

    fn judge<A: Sided>(&self, entry: &crate::intake::Entry<A>) -> Result<Accepted<A>, Refused> {
        let attributes = self.reading.attributes_of(entry);
        let prefix = entry.prefix;
        let settings = match self.policies.ask(prefix, &attributes.communities, None) {
            Outcome::Deny => return Err(Refused::DeniedByPolicy),
            Outcome::Accept(settings) => settings,
        };
        if prefix.length() == 0 {
            return Err(Refused::DefaultRoute);
        }
        if Set::from(prefix).intersects(A::set(not_public())) {
            return Err(Refused::NotPublic);
        }
        let prepends =
            attributes.prepend.unwrap_or(0).saturating_add(settings.and_then(|s| s.prepend).unwrap_or(0));
        let Some(kind) = self.kind else {
            let length = attributes.as_path.as_ref().map_or(1, |path| path.length());
            let long = prefix.length() > if A::BITS == 32 { 24 } else { 48 };
            let as_path_length = length.saturating_add(prepends);
            return Ok(Accepted { prefix, as_path_length, long, at: entry.at });
        };
        // What is said of AS numbers and of admission is said of Microsoft peering alone.
        let microsoft = kind == PeeringKind::Microsoft;
        if !microsoft && A::BITS != 32 {
            return Err(Refused::Ipv6OnPublicPeering);
        }
        let own = self.peering.and_then(|peering| peering.customer_asn);
        let mut path_asns = attributes.as_path.iter().flat_map(|path| path.asns()).chain(own);
        if microsoft && path_asns.any(|asn| REFUSED_ASNS.contains(&asn)) {
            return Err(Refused::DocumentationAsn);
        }
        if microsoft && !self.admitted.is_some_and(|set| Set::from(prefix).is_subset_of(A::set(set))) {
            return Err(Refused::NotAdmitted);
        }
        // Private AS numbers are removed before the path is counted, so prepending them changes nothing.
        let removed = |asn| microsoft && is_private_asn(asn);
        let own_counts = u32::from(!own.is_some_and(removed));
        let length = attributes.as_path.as_ref().map_or(own_counts, |path| path.without(removed).length());
        let as_path_length = length.saturating_add(prepends.saturating_mul(own_counts));
        Ok(Accepted { prefix, as_path_length, long: false, at: entry.at })
    }
}

/// The return model of an exit; Internet links have none.
pub(crate) fn return_model(plan: &Plan, exit: &Exit, other: bool) -> Option<ReturnModel> {
    let Link::ExpressRoute(link) = &exit.link else { return None };
    let model = plan
        .circuits
        .iter()
        .find(|circuit| circuit.id == link.circuit)
        .and_then(|circuit| circuit.peering(link.peering))
        .map_or(ReturnModel::default(), |peering| peering.return_model);
    Some(match (model, other) {
        (model, false) => model,
        (ReturnModel::LongestPrefix, true) => ReturnModel::Sticky,
        (ReturnModel::Sticky, true) => ReturnModel::LongestPrefix,
    })
}
