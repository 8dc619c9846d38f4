//! Parts of a plan as configuration: which, and what they come to.

use crate::intake::config::{PrefixListEntry, RoutePolicy, RouteTerm, TermAction};
use crate::intake::{Entry, Format, Reading, read};
use crate::plan::{Action, Id, PeeringKind, Plan, Policy, Text};
use crate::report::config::{self, Vendor};
use crate::space::{Address, AddressSet, Dual, Family, Set};
use borsh::{BorshDeserialize, BorshSerialize};
use ipnet::IpNet;
use serde::Serialize;
use std::fmt;
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

/// As [`View::what`] has it.
impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::Inside(_) => "inside",
            Self::Learned(_) => "learned",
            Self::Advertised(_) => "advertised",
            Self::Admitted(_) => "admitted",
            Self::Service(_) => "service",
            Self::Source(_) => "source",
            Self::Addresses(_) => "addresses",
            Self::Pool(_) => "pool",
            Self::Networks(_) => "networks",
            Self::PolicyIn(_) => "policy-in",
            Self::PolicyOut(_) => "policy-out",
        };
        write!(f, "{word}:{}", self.id())
    }
}

impl What {
    /// Whether it is a list of prefixes, which is written for every vendor.
    pub fn is_list(&self) -> bool {
        !matches!(self, Self::Pool(_) | Self::Networks(_) | Self::PolicyIn(_) | Self::PolicyOut(_))
    }

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

/// What is written, and how: words, as the command line and the page have them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct View {
    /// What, e.g. `learned:er-chicago`.
    pub what: String,
    /// Whose configuration, e.g. `ios`.
    pub vendor: String,
    /// What it is called there; empty: as in `what`.
    pub name: String,
    /// Whether entries are put together where that matches the same.
    pub minimal: bool,
    /// Up to which length more specific prefixes are matched too.
    pub longest: Option<u8>,
    /// From which length on more specific prefixes are matched, and the shorter ones themselves not.
    pub shortest: Option<u8>,
    /// Up to which length prefixes are taken, longer ones being left out.
    pub at_most: Option<u8>,
    /// The family that is written alone.
    pub family: Option<Family>,
}

/// A part of a plan as configuration.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Written {
    /// The configuration.
    pub text: String,
    /// What it can't say.
    pub notes: Vec<Note>,
}

/// What configuration can't say, and was left out.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub enum Note {
    /// Bounds of lengths, where prefixes stand alone.
    Bounds,
    /// So many rules that hold at some sites alone.
    SiteRules(u32),
    /// A weight, where the vendor has none.
    Weight,
}

/// Why nothing is written.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub enum Trouble {
    /// `what` isn't a word and an identifier.
    NoWord,
    /// The plan has no such part.
    NoPart,
    /// It isn't written for this vendor.
    OtherVendors,
    /// There is no prefix in it.
    Empty,
    /// It has so many bytes, more than are shown.
    TooLong(u64),
}

/// Writes a part of a plan as configuration.
///
/// # Errors
/// What `view` asks for isn't there, or can't be written so.
pub fn write(plan: &Plan, view: &View) -> Result<Written, Trouble> {
    let what: What = view.what.parse().map_err(|()| Trouble::NoWord)?;
    let vendor = Vendor::ALL.into_iter().find(|vendor| vendor.name() == view.vendor).unwrap_or(Vendor::Cidr);
    let name = if view.name.is_empty() { what.id().as_str() } else { &view.name };
    let name = config::safe_name(name);
    let mut notes = Vec::new();
    let text = match export(plan, &what, &name).ok_or(Trouble::NoPart)? {
        Exported::Prefixes(mut entries) => {
            let taken = |prefix: &IpNet| {
                let long = view.at_most.is_some_and(|most| prefix.prefix_len() > most);
                !long && view.family.is_none_or(|family| family == Family::of(prefix.addr()))
            };
            entries.retain(|entry| taken(&entry.prefix));
            if let Some(longest) = view.longest {
                for entry in &mut entries {
                    let most = entry.prefix.max_prefix_len();
                    entry.longest = entry.longest.max(longest.min(most));
                }
            }
            if let Some(shortest) = view.shortest {
                // As bgpq4 has it: prefixes that are longer already stay as they are.
                for entry in entries.iter_mut().filter(|entry| entry.prefix.prefix_len() < shortest) {
                    let most = entry.prefix.max_prefix_len();
                    entry.longest = if view.longest.is_some() { entry.longest } else { most };
                    entry.shortest = entry.shortest.max(shortest.min(entry.longest));
                }
            }
            let bounded = vendor != Vendor::Cidr;
            if !bounded && entries.iter().any(|entry| entry.longest > entry.prefix.prefix_len()) {
                notes.push(Note::Bounds);
            }
            if view.minimal {
                entries = config::merged(&entries, bounded);
            }
            if entries.is_empty() {
                return Err(Trouble::Empty);
            }
            config::prefix_list(vendor, &name, &entries)
        }
        Exported::Pool(addresses) => config::pool(vendor, &name, &addresses).ok_or(Trouble::OtherVendors)?,
        Exported::Networks(asn, nets) => config::networks(vendor, asn, &nets).ok_or(Trouble::OtherVendors)?,
        Exported::Policy(policy, asn, lacks) => {
            if lacks > 0 {
                notes.push(Note::SiteRules(lacks as u32));
            }
            let mut actions = policy.terms.iter().map(|term| &term.action).chain([&policy.otherwise]);
            if vendor == Vendor::Junos && actions.any(|action| action.weight.is_some()) {
                notes.push(Note::Weight);
            }
            config::policy(vendor, &policy, asn).ok_or(Trouble::OtherVendors)?
        }
    };
    Ok(Written { text, notes })
}

/// Everything of a plan that can be written, as the words of [`View::what`]; kinds in the order of [`WORDS`].
pub fn offered(plan: &Plan) -> Vec<What> {
    let mut all: Vec<What> = plan.sites.iter().map(|site| What::Inside(site.id.clone())).collect();
    let exits = |make: fn(Id) -> What| plan.exits.iter().map(move |exit| make(exit.id.clone()));
    let pools = |make: fn(Id) -> What| plan.pools.iter().map(move |pool| make(pool.id.clone()));
    all.extend(exits(What::Learned));
    all.extend(exits(What::Advertised));
    let admits = |circuit: &&crate::plan::Circuit| circuit.peering(PeeringKind::Microsoft).is_some();
    all.extend(plan.circuits.iter().filter(admits).map(|circuit| What::Admitted(circuit.id.clone())));
    all.extend(plan.services.iter().map(|service| What::Service(service.id.clone())));
    all.extend(plan.sources.iter().map(|source| What::Source(source.id.clone())));
    all.extend(pools(What::Addresses));
    all.extend(pools(What::Pool));
    all.extend(exits(What::Networks));
    let some = |policies: fn(&crate::plan::Exit) -> &Vec<Policy>, make: fn(Id) -> What| {
        plan.exits.iter().filter(move |exit| !policies(exit).is_empty()).map(move |exit| make(exit.id.clone()))
    };
    all.extend(some(|exit| &exit.policy_in, What::PolicyIn));
    all.extend(some(|exit| &exit.policy_out, What::PolicyOut));
    all
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::examples::EXAMPLES;

    #[test]
    fn all_that_is_offered_is_there_and_named_as_it_is_read() {
        for example in EXAMPLES {
            let plan = example.plan();
            for what in offered(&plan) {
                assert_eq!(what.to_string().parse(), Ok(what.clone()));
                let vendor = Vendor::Ios.name().to_owned();
                let view = View { what: what.to_string(), vendor, ..View::default() };
                let written = write(&plan, &view);
                assert!(matches!(written, Ok(_) | Err(Trouble::Empty)), "{}: {what}: {written:?}", example.file);
                let other = View { vendor: Vendor::Bird.name().to_owned(), ..view };
                let written = write(&plan, &other);
                assert_eq!(written == Err(Trouble::OtherVendors), !what.is_list(), "{what}");
            }
        }
    }
}
