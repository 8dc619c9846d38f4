//! Where an imported list may go, and where it goes unless the user says otherwise.

use super::super::door::Imported;
use crate::intake::Kind;
use crate::plan::{Id, Link, MICROSOFT_ASN, PeeringKind, Plan};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// Where an imported list goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// Nowhere: it is left out.
    Leave,
    /// It becomes a source that nothing uses yet.
    Source,
    /// A source, from which this exit learns.
    Learned(Id),
    /// A source for each neighbour, from which its exit learns: [`super::Item::exits`].
    Neighbours,
    /// Advertisements of this exit: what Microsoft shows of them, or a plain list of ours.
    Advertised(Id),
    /// A source and a service whose destinations it holds.
    Service,
    /// A source and a service for each chosen set.
    EachSet,
    /// What configuration says becomes parts of the plan.
    Adopt,
}

/// As the value of a choice.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leave => f.write_str("leave"),
            Self::Source => f.write_str("source"),
            Self::Learned(exit) => write!(f, "learned:{exit}"),
            Self::Advertised(exit) => write!(f, "advertised:{exit}"),
            Self::Neighbours => f.write_str("neighbours"),
            Self::Service => f.write_str("service"),
            Self::EachSet => f.write_str("each-set"),
            Self::Adopt => f.write_str("adopt"),
        }
    }
}

impl FromStr for Target {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text.split_once(':') {
            Some(("learned", exit)) => Self::Learned(exit.into()),
            Some(("advertised", exit)) => Self::Advertised(exit.into()),
            None if text == "leave" => Self::Leave,
            None if text == "source" => Self::Source,
            None if text == "neighbours" => Self::Neighbours,
            None if text == "service" => Self::Service,
            None if text == "each-set" => Self::EachSet,
            None if text == "adopt" => Self::Adopt,
            _ => return Err(()),
        })
    }
}

/// Every place an imported list may go, the usual kinds first.
pub fn targets(plan: &Plan, imported: &Imported) -> Vec<Target> {
    if imported.config.is_some() {
        return vec![Target::Adopt, Target::Leave];
    }
    let exits = || plan.exits.iter().map(|exit| exit.id.clone());
    let apart = (!imported.neighbours.all.is_empty()).then_some(Target::Neighbours);
    let learned = apart.into_iter().chain(exits().map(Target::Learned));
    // Advertisements are plain lists.
    let plain = imported.summary.format == "plain";
    let advertised = exits().filter(|_| plain || imported.accepted.is_some()).map(Target::Advertised);
    let each = (imported.sets.len() > 1).then_some(Target::EachSet);
    let services = std::iter::once(Target::Service).chain(each);
    let mut all: Vec<Target> = match imported.kind {
        Kind::Destinations => services.chain(learned).chain(advertised).collect(),
        Kind::Accepted => advertised.chain(learned).chain(services).collect(),
        Kind::Routes | Kind::Either => learned.chain(services).chain(advertised).collect(),
    };
    all.extend([Target::Source, Target::Leave]);
    all
}

/// What an imported list is usually taken for.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// There is nothing in it.
    Nothing,
    /// It may be routes or destinations.
    Source,
    /// Routes: what an exit learns.
    LearnedRoutes,
    /// What Microsoft shows of our advertisements.
    Advertisements,
    /// Destinations.
    Service,
}

/// What an imported list is usually taken for: what may be routes or destinations, and says nothing of routes, only for
/// a source.
pub fn usual_use(imported: &Imported) -> Use {
    let summary = &imported.summary;
    match imported.kind {
        _ if summary.entries_v4 == 0 && summary.entries_v6 == 0 => Use::Nothing,
        Kind::Destinations => Use::Service,
        Kind::Accepted if imported.accepted.as_ref().is_some_and(|list| !list.is_empty()) => Use::Advertisements,
        Kind::Routes => Use::LearnedRoutes,
        Kind::Either if imported.has_attributes => Use::LearnedRoutes,
        Kind::Accepted | Kind::Either => Use::Source,
    }
}

/// Where an imported list goes unless the user says otherwise: routes are learned by the exit that their neighbour AS
/// tells, or else by the first of the likelier kind, those of several AS by an exit each; Microsoft's view of a circuit becomes advertisements of the first
/// ExpressRoute exit.
pub fn default_target(plan: &Plan, imported: &Imported) -> Target {
    let public = |link: &Link| matches!(link, Link::ExpressRoute(link) if link.peering != PeeringKind::Private);
    let express = || exit(plan, public);
    if imported.config.is_some() {
        return Target::Adopt;
    }
    match usual_use(imported) {
        Use::Nothing => Target::Leave,
        Use::Source => Target::Source,
        Use::Service => Target::Service,
        Use::Advertisements => express().map_or(Target::Source, Target::Advertised),
        Use::LearnedRoutes
            if imported.neighbours.are_of_several()
                && imported.neighbours.exits(plan).iter().any(Option::is_some) =>
        {
            Target::Neighbours
        }
        Use::LearnedRoutes => {
            let internet = |link: &Link, asn: Option<u32>| match link {
                Link::Internet(link) => asn.is_none() || link.provider_asn == asn,
                Link::ExpressRoute(_) => false,
            };
            let found = if imported.neighbour == Some(MICROSOFT_ASN) || imported.is_of_communities() {
                express()
            } else {
                let provider = imported.neighbour.and_then(|asn| exit(plan, |link| internet(link, Some(asn))));
                provider.or_else(|| exit(plan, |link| internet(link, None)))
            };
            found.or_else(|| exit(plan, |_| true)).map_or(Target::Source, Target::Learned)
        }
    }
}

fn exit(plan: &Plan, like: impl Fn(&Link) -> bool) -> Option<Id> {
    plan.exits.iter().find(|exit| like(&exit.link)).map(|exit| exit.id.clone())
}

impl Imported {
    /// Whether it lists what Microsoft offers by community.
    fn is_of_communities(&self) -> bool {
        self.summary.format.starts_with("bgp-service-community")
    }

    /// Whether its destinations are Microsoft's.
    pub(super) fn is_of_microsoft(&self) -> bool {
        self.is_of_communities() || matches!(self.summary.format.as_str(), "service-tags" | "microsoft-365")
    }
}
