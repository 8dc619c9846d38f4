//! The steps of a rollout, as data.

use crate::plan::{Community, Id, PeeringKind, Side};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;

/// What a step changes.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The inside prefixes of a site.
    Inside(Id),
    /// What exits cost from a site, or which it sees.
    Costs(Id),
    /// SKU, bandwidth, regions or authorisation of a circuit.
    Circuit(Id),
    /// Return model, AS number or subnets of a circuit's peering.
    Peering(Id, PeeringKind),
    /// Prefixes are admitted on a circuit's peering.
    Admit(Id, PeeringKind),
    /// A route filter is attached, or takes more communities.
    Filter(Id, PeeringKind),
    /// Space of ours that a provider originates, by its identifier.
    Provider(Id),
    /// The addresses of a pool.
    Pool(Id),
    /// A link comes up, with what is learned over it.
    LinkUp(Id),
    /// The devices that an exit crosses, its site or what it is.
    Path(Id),
    /// How an exit's failure is noticed.
    Detection(Id),
    /// Prefixes are advertised over an exit.
    Advertise(Id),
    /// Prefixes are advertised over an exit with other attributes.
    Readvertise(Id),
    /// A translation rule of a device comes, goes or becomes another.
    Rule {
        /// The device.
        device: Id,
        /// The rule before, by its index from 0; absent: it is new.
        before: Option<u32>,
        /// The rule after; absent: it goes.
        after: Option<u32>,
    },
    /// Whether a device is stateful.
    Device(Id),
    /// A published service comes, goes or is published otherwise.
    Published(Id),
    /// The destinations of a service that translation rules name.
    Service(Id),
    /// The routes that are learned over an exit.
    Learned(Id),
    /// A source that routes are taken from.
    Source(Id),
    /// An incoming policy of an exit comes, goes or becomes another.
    PolicyIn {
        /// The exit.
        exit: Id,
        /// The policy before, by its index from 0; absent: it is new.
        before: Option<u32>,
        /// The policy after; absent: it goes.
        after: Option<u32>,
    },
    /// The local preference of an exit's routes.
    Preference(Id),
    /// An outgoing policy of an exit.
    PolicyOut {
        /// The exit.
        exit: Id,
        /// The policy before, by its index from 0; absent: it is new.
        before: Option<u32>,
        /// The policy after; absent: it goes.
        after: Option<u32>,
    },
    /// Whether equal paths are shared, and administrative distances.
    Settings,
    /// Prefixes are withdrawn from an exit.
    Withdraw(Id),
    /// A route filter is detached, or takes fewer communities.
    Unfilter(Id, PeeringKind),
    /// A link is taken down.
    LinkDown(Id),
    /// Prefixes are no longer admitted on a circuit's peering.
    Unadmit(Id, PeeringKind),
    /// All changes beyond those that are told apart, together: so many.
    Rest(u32),
}

/// What something is before or after a step.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// It isn't told, or isn't there.
    #[default]
    Nothing,
    /// Prefixes, communities, addresses: the first of them, and how many more there are.
    Texts {
        /// The first.
        texts: Vec<String>,
        /// How many more.
        more: u32,
    },
    /// A number.
    Number(u32),
    /// Devices that are crossed, inside first.
    Devices(Vec<Id>),
    /// What an exit is: a link of a circuit with a peering; absent: an Internet link.
    Link(Option<(Id, PeeringKind, Side)>),
    /// A translation rule.
    Rule {
        /// The exits that it is for; none: any.
        exits: Vec<Id>,
        /// Whether it takes only some sources or destinations.
        some: bool,
        /// The pool; absent: packets stay as they are.
        pool: Option<Id>,
    },
    /// A policy.
    Policy {
        /// The sites that it is for; none: all.
        sites: Vec<Id>,
        /// The communities that it takes; none: any.
        communities: Vec<Community>,
        /// Whether it takes only some prefixes.
        some: bool,
        /// What it does.
        does: Does,
    },
}

/// What a policy does.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Does {
    /// It drops routes.
    Deny,
    /// It takes them, and sets what is given.
    Accept {
        /// Local preference.
        local_preference: Option<u32>,
        /// Weight.
        weight: Option<u32>,
        /// How many AS numbers are prepended.
        prepend: Option<u32>,
    },
}

/// At most so many prefixes, addresses or communities are named in a step.
pub const MAX_TEXTS: usize = 20;

impl Value {
    pub(super) fn texts<T: fmt::Display>(all: impl IntoIterator<Item = T>) -> Self {
        let mut all = all.into_iter();
        let texts: Vec<String> = all.by_ref().take(MAX_TEXTS).map(|one| one.to_string()).collect();
        Self::Texts { texts, more: all.count() as u32 }
    }

    pub(super) fn number(number: Option<u32>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }
}

/// A step: the least that can be changed by itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Step {
    /// What it is known by, in the order that a plan keeps: `advertise:er-chicago`.
    pub key: String,
    /// What it changes.
    pub what: What,
    /// What goes by it, or is before it.
    pub before: Value,
    /// What comes by it, or is after it.
    pub after: Value,
}

impl Step {
    pub(super) fn new(what: What, before: Value, after: Value) -> Self {
        Self { key: what.key(), what, before, after }
    }
}

impl What {
    /// What a step is known by: stays the same while other parts of the plan change.
    fn key(&self) -> String {
        let peering = |word: &str, id: &Id, kind: PeeringKind| match kind {
            PeeringKind::Microsoft => format!("{word}:{id}"),
            PeeringKind::LegacyPublic => format!("{word}:{id}:legacy_public"),
            PeeringKind::Private => format!("{word}:{id}:private"),
        };
        // The place after; of what goes the place before, told apart by its sign.
        let slot = |word: &str, id: &Id, before: Option<u32>, after: Option<u32>| match (before, after) {
            (_, Some(after)) => format!("{word}:{id}:{}", after + 1),
            (Some(before), None) => format!("{word}:{id}:-{}", before + 1),
            (None, None) => format!("{word}:{id}"),
        };
        match self {
            Self::Inside(id) => format!("inside:{id}"),
            Self::Costs(id) => format!("costs:{id}"),
            Self::Circuit(id) => format!("circuit:{id}"),
            Self::Peering(id, kind) => peering("peering", id, *kind),
            Self::Admit(id, kind) => peering("admit", id, *kind),
            Self::Filter(id, kind) => peering("filter", id, *kind),
            Self::Provider(id) => format!("provider:{id}"),
            Self::Pool(id) => format!("pool:{id}"),
            Self::LinkUp(id) => format!("up:{id}"),
            Self::Path(id) => format!("path:{id}"),
            Self::Detection(id) => format!("detection:{id}"),
            Self::Advertise(id) => format!("advertise:{id}"),
            Self::Readvertise(id) => format!("readvertise:{id}"),
            Self::Rule { device, before, after } => slot("rule", device, *before, *after),
            Self::Device(id) => format!("device:{id}"),
            Self::Published(id) => format!("published:{id}"),
            Self::Service(id) => format!("service:{id}"),
            Self::Learned(id) => format!("learned:{id}"),
            Self::Source(id) => format!("source:{id}"),
            Self::PolicyIn { exit, before, after } => slot("policy-in", exit, *before, *after),
            Self::Preference(id) => format!("preference:{id}"),
            Self::PolicyOut { exit, before, after } => slot("policy-out", exit, *before, *after),
            Self::Settings => "settings".to_owned(),
            Self::Withdraw(id) => format!("withdraw:{id}"),
            Self::Unfilter(id, kind) => peering("unfilter", id, *kind),
            Self::LinkDown(id) => format!("down:{id}"),
            Self::Unadmit(id, kind) => peering("unadmit", id, *kind),
            Self::Rest(_) => "rest".to_owned(),
        }
    }
}

impl Step {
    /// The way back: the step that undoes this one.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let turned = |before: &Option<u32>, after: &Option<u32>| (*after, *before);
        let what = match self.what.clone() {
            What::Admit(id, kind) => What::Unadmit(id, kind),
            What::Unadmit(id, kind) => What::Admit(id, kind),
            What::Filter(id, kind) => What::Unfilter(id, kind),
            What::Unfilter(id, kind) => What::Filter(id, kind),
            What::LinkUp(id) => What::LinkDown(id),
            What::LinkDown(id) => What::LinkUp(id),
            What::Advertise(id) => What::Withdraw(id),
            What::Withdraw(id) => What::Advertise(id),
            What::Rule { device, before, after } => {
                let (before, after) = turned(&before, &after);
                What::Rule { device, before, after }
            }
            What::PolicyIn { exit, before, after } => {
                let (before, after) = turned(&before, &after);
                What::PolicyIn { exit, before, after }
            }
            What::PolicyOut { exit, before, after } => {
                let (before, after) = turned(&before, &after);
                What::PolicyOut { exit, before, after }
            }
            same => same,
        };
        Self::new(what, self.after.clone(), self.before.clone())
    }
}
