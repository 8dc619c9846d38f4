//! Parts of a plan as configuration: which, and what they come to.

use crate::intake::config::{PrefixListEntry, RoutePolicy, RouteTerm, TermAction};
use crate::intake::{Entry, Format, Reading, read};
use crate::plan::{Action, Id, PeeringKind, Plan, Policy, Text};
use crate::space::{Address, AddressSet, Dual, Set};
use ipnet::IpNet;
use std::str::FromStr;

/// What is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// Inside prefixes of a site.
    Inside(Id),
    /// What an exit learned, from every list of it.
    Learned(Id),
    /// What is advertised over an exit.
    Advertised(Id),
    /// Admitted prefixes of a circuit's Microsoft peering.
    Admitted(Id),
    /// Destinations of a service.
    Service(Id),
    /// A source, whole.
    Source(Id),
    /// The addresses of a pool, as prefixes.
    Addresses(Id),
    /// A pool for translation.
    Pool(Id),
    /// Statements that originate what an exit advertises.
    Networks(Id),
    /// The policy for what an exit learns.
    PolicyIn(Id),
    /// The policy for what is advertised over an exit.
    PolicyOut(Id),
}

/// The words by which each is named.
pub const WORDS: [&str; 11] = [
    "inside",
    "learned",
    "advertised",
    "admitted",
    "service",
    "source",
    "addresses",
    "pool",
    "networks",
    "policy-in",
    "policy-out",
];

impl FromStr for What {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (word, id) = text.split_once(':').ok_or(())?;
        let id = Id::from(id);
        Ok(match word {
            "inside" => Self::Inside(id),
            "learned" => Self::Learned(id),
            "advertised" => Self::Advertised(id),
            "admitted" => Self::Admitted(id),
            "service" => Self::Service(id),
            "source" => Self::Source(id),
            "addresses" => Self::Addresses(id),
            "pool" => Self::Pool(id),
            "networks" => Self::Networks(id),
            "policy-in" => Self::PolicyIn(id),
            "policy-out" => Self::PolicyOut(id),
            _ => return Err(()),
        })
    }
}

impl What {
    /// The identifier that is named.
    pub fn id(&self) -> &Id {
        match self {
            Self::Inside(id)
            | Self::Learned(id)
            | Self::Advertised(id)
            | Self::Admitted(id)
            | Self::Service(id)
            | Self::Source(id)
            | Self::Addresses(id)
            | Self::Pool(id)
            | Self::Networks(id)
            | Self::PolicyIn(id)
            | Self::PolicyOut(id) => id,
        }
    }
}

/// What something comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Exported {
    /// A prefix list.
    Prefixes(Vec<PrefixListEntry>),
    /// A pool.
    Pool(AddressSet),
    /// Prefixes to originate, and our AS number.
    Networks(Option<u32>, Vec<IpNet>),
    /// A policy, the AS that is prepended by it, and how many rules it lacks for they hold at some sites only: a device
    /// stands at one.
    Policy(RoutePolicy, Option<u32>, usize),
}

/// What a part of the plan comes to; `None` where there is no such part. Lists in the order of the plan, each prefix once.
pub fn export(plan: &Plan, what: &What, name: &str) -> Option<Exported> {
    let exit = |id: &Id| plan.exits.iter().find(|exit| exit.id == *id);
    let texts: Vec<Reading> = match what {
        What::Inside(id) => vec![plain(&plan.sites.iter().find(|site| site.id == *id)?.inside)],
        What::Learned(id) => {
            let exit = exit(id)?;
            let mut all = vec![read(exit.learned.as_str(), None)];
            all.extend(exit.learned_from.iter().filter_map(|from| picked(plan, &from.source, &from.sets)));
            all
        }
        What::Advertised(id) | What::Networks(id) => vec![plain(&exit(id)?.advertised)],
        What::Admitted(id) => {
            let circuit = plan.circuits.iter().find(|circuit| circuit.id == *id)?;
            vec![plain(&circuit.peering(PeeringKind::Microsoft)?.admitted)]
        }
        What::Service(id) => {
            let service = plan.services.iter().find(|service| service.id == *id)?;
            let mut all = vec![plain(&service.destinations)];
            all.extend(service.destinations_from.iter().filter_map(|from| picked(plan, &from.source, &from.sets)));
            all
        }
        What::Source(id) => vec![picked(plan, id, &[])?],
        What::Addresses(id) | What::Pool(id) => {
            vec![plain(&plan.pools.iter().find(|pool| pool.id == *id)?.addresses)]
        }
        What::PolicyIn(id) => {
            let (policy, lacks) = policy(name, &exit(id)?.policy_in);
            return Some(Exported::Policy(policy, None, lacks));
        }
        What::PolicyOut(id) => {
            let (policy, lacks) = policy(name, &exit(id)?.policy_out);
            return Some(Exported::Policy(policy, our_as(plan, id), lacks));
        }
    };
    let mut entries: Vec<PrefixListEntry> = texts.iter().flat_map(entries).collect();
    let mut seen = std::collections::HashSet::new();
    entries.retain(|entry| seen.insert((entry.prefix, entry.shortest, entry.longest)));
    Some(match what {
        What::Pool(_) => Exported::Pool(Dual {
            v4: Set::from_prefixes(texts.iter().flat_map(|text| &text.v4).map(|entry| entry.prefix)),
            v6: Set::from_prefixes(texts.iter().flat_map(|text| &text.v6).map(|entry| entry.prefix)),
        }),
        What::Networks(id) => {
            Exported::Networks(our_as(plan, id), entries.iter().map(|entry| entry.prefix).collect())
        }
        _ => Exported::Prefixes(entries),
    })
}

fn plain(text: &Text) -> Reading {
    read(text.as_str(), Some(Format::Plain))
}

/// A source, but for the sets that aren't named where some are.
fn picked(plan: &Plan, id: &Id, sets: &[String]) -> Option<Reading> {
    let source = plan.sources.iter().find(|source| source.id == *id)?;
    let format = source.format.as_deref().and_then(|name| name.parse().ok());
    let mut reading = read(source.text.as_str(), format);
    if !sets.is_empty() {
        let named: Vec<_> = reading.sets.iter().filter(|set| sets.contains(&set.name)).cloned().collect();
        let v4 = named.iter().flat_map(|set| reading.v4_of(set)).copied().collect();
        let v6 = named.iter().flat_map(|set| reading.v6_of(set)).copied().collect();
        (reading.v4, reading.v6) = (v4, v6);
    }
    Some(reading)
}

/// Our AS number on the peering of an exit.
fn our_as(plan: &Plan, exit: &Id) -> Option<u32> {
    let own = |id: &Id| match plan.exits.iter().find(|exit| exit.id == *id).map(|exit| &exit.link) {
        Some(crate::plan::Link::ExpressRoute(link)) => {
            let circuit = plan.circuits.iter().find(|circuit| circuit.id == link.circuit)?;
            circuit.peering(link.peering)?.customer_asn
        }
        _ => None,
    };
    // We have one AS number, and only peerings say it.
    own(exit).or_else(|| plan.exits.iter().find_map(|exit| own(&exit.id)))
}

/// The entries of a list: each prefix for itself, bounds as written.
fn entries(reading: &Reading) -> Vec<PrefixListEntry> {
    bounded(reading, |length, _| length)
}

/// Entries where one without bounds reaches to this length.
fn bounded(reading: &Reading, unbounded: impl Fn(u8, u8) -> u8) -> Vec<PrefixListEntry> {
    fn one<A: Address>(
        reading: &Reading,
        entry: &Entry<A>,
        prefix: IpNet,
        unbounded: &impl Fn(u8, u8) -> u8,
    ) -> PrefixListEntry {
        let attributes = reading.attributes_of(entry);
        let (length, most) = (prefix.prefix_len(), prefix.max_prefix_len());
        let shortest = attributes.ge.unwrap_or(length).clamp(length, most);
        let otherwise = if attributes.ge.is_some() { most } else { unbounded(length, most) };
        let longest = attributes.le.unwrap_or(otherwise).clamp(shortest, most);
        PrefixListEntry { permit: true, prefix, shortest, longest }
    }
    let v4 = reading.v4.iter().map(|entry| one(reading, entry, entry.prefix.into(), &unbounded));
    let v6 = reading.v6.iter().map(|entry| one(reading, entry, entry.prefix.into(), &unbounded));
    v4.chain(v6).collect()
}

/// The policies of an exit as one route policy: a route that none matches is taken. In a match a prefix means itself and
/// all more specific ones.
fn policy(name: &str, policies: &[Policy]) -> (RoutePolicy, usize) {
    let everywhere = || policies.iter().filter(|policy| policy.sites.is_empty());
    let lacks = policies.len() - everywhere().count();
    let action = |action: &Action| match action {
        Action::Deny => TermAction::default(),
        Action::Accept(settings) => TermAction {
            permit: true,
            local_preference: settings.local_preference,
            weight: settings.weight,
            prepend: settings.prepend,
            communities: Vec::new(),
        },
    };
    let term = |policy: &Policy| RouteTerm {
        prefixes: (!policy.prefixes.is_empty()).then(|| bounded(&plain(&policy.prefixes), |_, most| most)),
        communities: policy.communities.clone(),
        action: action(&policy.action),
        span: 0..0,
    };
    let mut terms: Vec<RouteTerm> = everywhere().map(term).collect();
    let all = terms.iter().position(|term| term.prefixes.is_none() && term.communities.is_empty());
    let otherwise = match all {
        Some(last) => {
            let action = terms.get(last).map(|term| term.action.clone()).unwrap_or_default();
            terms.truncate(last);
            action
        }
        None => TermAction { permit: true, ..TermAction::default() },
    };
    (RoutePolicy { name: name.to_owned(), terms, otherwise, span: 0..0 }, lacks)
}
