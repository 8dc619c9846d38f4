//! Changes of a plan that may mend something, as data; and how each is done to a plan.

use crate::plan::{
    Action, Community, Id, Link, ListId, PeeringKind, Plan, Policy, Pool, Settings, Text, TranslationRule,
};
use crate::space::AddressSet;
use borsh::{BorshDeserialize, BorshSerialize};
use ipnet::IpNet;
use serde::Serialize;

/// A change of a plan. Prefixes are canonical; exits are all links of one circuit, or one Internet link.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Sources are translated where a published service is entered.
    TranslateEntry {
        /// The published service.
        published: Id,
        /// The exit of the entry.
        exit: Id,
        /// The pool; where the plan has none of this name, one with these addresses.
        pool: Id,
        /// The new pool's addresses; absent: the plan has the pool.
        addresses: Option<String>,
    },
    /// Prefixes are advertised over exits, and admitted where these run over Microsoft peering.
    Advertise {
        /// The exits.
        exits: Vec<Id>,
        /// The prefixes.
        prefixes: Vec<String>,
    },
    /// What leaves by exits is translated to another pool of the plan.
    UsePool {
        /// The exits.
        exits: Vec<Id>,
        /// The devices that translate.
        devices: Vec<Id>,
        /// The pool.
        pool: Id,
    },
    /// What leaves by exits is translated to a new pool, and only that is advertised there.
    OwnPool {
        /// The exits.
        exits: Vec<Id>,
        /// The devices that translate.
        devices: Vec<Id>,
        /// The new pool.
        pool: Id,
        /// Its addresses, a prefix.
        addresses: String,
    },
    /// Everything that covers some addresses is withdrawn from exits.
    Withdraw {
        /// The exits.
        exits: Vec<Id>,
        /// The prefixes as they are advertised.
        prefixes: Vec<String>,
    },
    /// Routes of a community, or all, are preferred on exits.
    Prefer {
        /// The exits.
        exits: Vec<Id>,
        /// The communities; none: all routes.
        communities: Vec<Community>,
        /// The local preference.
        local_preference: u32,
    },
    /// The routes of exits are hidden from a site.
    Hide {
        /// The exits.
        exits: Vec<Id>,
        /// The site.
        site: Id,
    },
    /// An exit's advertisements are replaced by fewer and larger ones.
    Aggregate {
        /// The exit.
        exit: Id,
        /// All that is advertised then.
        prefixes: Vec<String>,
    },
}

impl Change {
    /// Does it to a plan. What the plan doesn't have is passed over.
    pub fn apply(&self, plan: &mut Plan) {
        match self {
            Self::TranslateEntry { published, exit, pool, addresses } => {
                add_pool(plan, pool, addresses.as_deref());
                let services = plan.published.iter_mut().filter(|own| own.id == *published);
                for entry in services.flat_map(|own| &mut own.entries).filter(|entry| entry.exit == *exit) {
                    entry.source_pool = Some(pool.clone());
                }
            }
            Self::Advertise { exits, prefixes } => {
                for exit in exits {
                    advertise(plan, exit, prefixes);
                }
            }
            Self::UsePool { exits, devices, pool } => translate(plan, exits, devices, pool),
            Self::OwnPool { exits, devices, pool, addresses } => {
                add_pool(plan, pool, Some(addresses));
                translate(plan, exits, devices, pool);
                for exit in exits {
                    let list = ListId::Advertised(exit.clone());
                    if let Some(text) = plan.list_mut(&list) {
                        *text = Text::default();
                    }
                    advertise(plan, exit, std::slice::from_ref(addresses));
                }
            }
            Self::Withdraw { exits, prefixes } => {
                let withdrawn: Vec<IpNet> = prefixes.iter().filter_map(|prefix| prefix.parse().ok()).collect();
                for exit in exits {
                    if let Some(text) = plan.list_mut(&ListId::Advertised(exit.clone())) {
                        *text = without(text, &withdrawn);
                    }
                }
            }
            Self::Prefer { exits, communities, local_preference } => {
                let settings = Settings { local_preference: Some(*local_preference), ..Settings::default() };
                let action = Action::Accept(settings);
                let policy = Policy { communities: communities.clone(), action, ..Policy::default() };
                for exit in plan.exits.iter_mut().filter(|exit| exits.contains(&exit.id)) {
                    exit.policy_in.insert(0, policy.clone());
                }
            }
            Self::Hide { exits, site } => {
                let policy = Policy { sites: vec![site.clone()], action: Action::Deny, ..Policy::default() };
                for exit in plan.exits.iter_mut().filter(|exit| exits.contains(&exit.id)) {
                    exit.policy_in.insert(0, policy.clone());
                }
            }
            Self::Aggregate { exit, prefixes } => {
                if let Some(text) = plan.list_mut(&ListId::Advertised(exit.clone())) {
                    *text = prefixes.join("\n").into();
                }
            }
        }
    }
}

fn add_pool(plan: &mut Plan, id: &Id, addresses: Option<&str>) {
    if let Some(addresses) = addresses.filter(|_| plan.pools.iter().all(|pool| pool.id != *id)) {
        plan.pools.push(Pool { id: id.clone(), addresses: addresses.into(), ..Pool::default() });
    }
}

fn translate(plan: &mut Plan, exits: &[Id], devices: &[Id], pool: &Id) {
    for device in plan.devices.iter_mut().filter(|device| devices.contains(&device.id)) {
        let rule =
            TranslationRule { exits: exits.to_vec(), pool: Some(pool.clone()), ..TranslationRule::default() };
        device.rules.insert(0, rule);
    }
}

fn advertise(plan: &mut Plan, exit: &Id, prefixes: &[String]) {
    if let Some(text) = plan.list_mut(&ListId::Advertised(exit.clone())) {
        *text = with(text, prefixes);
    }
    let link = plan.exits.iter().find(|own| own.id == *exit).map(|own| own.link.clone());
    if let Some(Link::ExpressRoute(link)) = link.filter(is_microsoft) {
        let admitted = plan.list_mut(&ListId::Admitted(link.circuit, PeeringKind::Microsoft));
        if let Some(admitted) = admitted {
            let known: AddressSet = nets(admitted).into_iter().collect();
            let new = prefixes.iter().filter(|prefix| {
                prefix.parse::<IpNet>().is_ok_and(|net| !AddressSet::from(net).is_subset_of(&known))
            });
            *admitted = with(admitted, &new.cloned().collect::<Vec<_>>());
        }
    }
}

fn is_microsoft(link: &Link) -> bool {
    matches!(link, Link::ExpressRoute(link) if link.peering == PeeringKind::Microsoft)
}

/// The prefixes of a plain list: the same that the engine reads.
fn nets(text: &Text) -> Vec<IpNet> {
    let reading = crate::intake::read(text.as_str(), Some(crate::intake::Format::Plain));
    let v4 = reading.v4.iter().map(|entry| entry.prefix.into());
    v4.chain(reading.v6.iter().map(|entry| entry.prefix.into())).collect()
}

/// A list with more lines.
fn with(text: &Text, lines: &[String]) -> Text {
    let mut all = text.as_str().to_owned();
    for line in lines {
        if !all.is_empty() && !all.ends_with('\n') {
            all.push('\n');
        }
        all.push_str(line);
    }
    all.into()
}

/// A list without the lines that name one of some prefixes.
fn without(text: &Text, withdrawn: &[IpNet]) -> Text {
    let stays = |line: &&str| {
        let named = nets(&Text::from(*line));
        !named.iter().any(|net| withdrawn.contains(net))
    };
    text.as_str().split('\n').filter(stays).collect::<Vec<_>>().join("\n").into()
}
