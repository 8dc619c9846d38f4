//! Adding, removing and ordering the parts of a plan.

use crate::plan::{
    Circuit, Device, Exit, Flow, Id, InternetLink, Link, PartKind, Peering, Plan, Pool, ProviderCovered,
    PublishedService, Service, Site, Source,
};

/// Every part of a kind, as identifier and name, in the plan's order.
pub fn parts(plan: &Plan, kind: PartKind) -> Vec<(Id, String)> {
    macro_rules! names {
        ($list:expr) => {
            $list.iter().map(|part| (part.id.clone(), part.name.clone())).collect()
        };
    }
    match kind {
        PartKind::Site => names!(plan.sites),
        PartKind::Circuit => names!(plan.circuits),
        PartKind::Exit => names!(plan.exits),
        PartKind::Device => names!(plan.devices),
        PartKind::Pool => names!(plan.pools),
        PartKind::Source => names!(plan.sources),
        PartKind::Service => names!(plan.services),
        PartKind::Published => names!(plan.published),
        PartKind::Flow => names!(plan.flows),
        PartKind::ProviderCovered => names!(plan.provider_covered),
    }
}

/// What people call a part: its name, or its identifier where it has none.
pub fn name_of(plan: &Plan, kind: PartKind, id: &Id) -> String {
    parts(plan, kind)
        .into_iter()
        .find(|(other, _)| other == id)
        .map(|(_, name)| name)
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| id.to_string())
}

/// What people call a part with this name: its identifier where it says nothing.
pub fn shown(id: &Id, name: &str) -> String {
    if name.trim().is_empty() { id.to_string() } else { name.to_owned() }
}

/// An identifier made from a name that no part of the kind has yet: small letters and digits, hyphens between.
pub fn fresh_id(plan: &Plan, kind: PartKind, name: &str) -> Id {
    let mut stem = String::new();
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            stem.push(character.to_ascii_lowercase());
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem = match stem.trim_end_matches('-') {
        "" => "part",
        stem => stem,
    };
    let taken = parts(plan, kind);
    let free = |id: &str| taken.iter().all(|(other, _)| other.as_str() != id);
    if free(stem) {
        return stem.into();
    }
    (2_u32..).map(|number| format!("{stem}-{number}")).find(|id| free(id)).unwrap_or_default().into()
}

/// Adds a part of a kind under a name that counts up from `noun`, e.g. "Site 2"; gives its identifier.
pub fn add(plan: &mut Plan, kind: PartKind, noun: &str) -> Id {
    let taken = parts(plan, kind);
    let mut number = taken.len() + 1;
    while taken.iter().any(|(_, name)| *name == format!("{noun} {number}")) {
        number += 1;
    }
    add_named(plan, kind, format!("{noun} {number}"))
}

/// Adds a part of a kind under this name; gives its identifier.
pub fn add_named(plan: &mut Plan, kind: PartKind, name: String) -> Id {
    let id = fresh_id(plan, kind, &name);
    let given = id.clone();
    let site = plan.sites.first().map(|site| site.id.clone()).unwrap_or_default();
    match kind {
        PartKind::Site => plan.sites.push(Site { id, name, ..Site::default() }),
        PartKind::Circuit => {
            plan.circuits.push(Circuit { id, name, peerings: vec![Peering::default()], ..Circuit::default() });
        }
        PartKind::Exit => plan.exits.push(Exit {
            id,
            name,
            site,
            link: Link::Internet(InternetLink::default()),
            path: Vec::new(),
            learned: "".into(),
            learned_from: Vec::new(),
            local_preference: None,
            policy_in: Vec::new(),
            policy_out: Vec::new(),
            advertised: "".into(),
            detection: crate::plan::Detection::default(),
        }),
        PartKind::Device => plan.devices.push(Device { id, name, stateful: true, ..Device::default() }),
        PartKind::Pool => plan.pools.push(Pool { id, name, ..Pool::default() }),
        PartKind::Source => plan.sources.push(Source { id, name, ..Source::default() }),
        PartKind::Service => plan.services.push(Service { id, name, ..Service::default() }),
        PartKind::Published => {
            plan.published.push(PublishedService { id, name, site, ..PublishedService::default() });
        }
        PartKind::Flow => {
            let ends = crate::plan::Ends::Outbound(crate::plan::Outbound { site, ..Default::default() });
            plan.flows.push(Flow { id, name, ends, ..Flow::default() });
        }
        PartKind::ProviderCovered => {
            plan.provider_covered.push(ProviderCovered { id, name, ..ProviderCovered::default() });
        }
    }
    given
}

/// Changes a part's name; its identifier stays, so that nothing that refers to it breaks.
pub fn rename(plan: &mut Plan, kind: PartKind, id: &Id, name: String) {
    macro_rules! rename {
        ($list:expr) => {
            if let Some(part) = $list.iter_mut().find(|part| part.id == *id) {
                part.name = name;
            }
        };
    }
    match kind {
        PartKind::Site => rename!(plan.sites),
        PartKind::Circuit => rename!(plan.circuits),
        PartKind::Exit => rename!(plan.exits),
        PartKind::Device => rename!(plan.devices),
        PartKind::Pool => rename!(plan.pools),
        PartKind::Source => rename!(plan.sources),
        PartKind::Service => rename!(plan.services),
        PartKind::Published => rename!(plan.published),
        PartKind::Flow => rename!(plan.flows),
        PartKind::ProviderCovered => rename!(plan.provider_covered),
    }
}

/// Moves a part of a kind up (negative) or down among its like.
pub fn shift(plan: &mut Plan, kind: PartKind, id: &Id, by: isize) {
    macro_rules! shift {
        ($list:expr) => {
            if let Some(index) = $list.iter().position(|part| part.id == *id) {
                shift_in(&mut $list, index, by);
            }
        };
    }
    match kind {
        PartKind::Site => shift!(plan.sites),
        PartKind::Circuit => shift!(plan.circuits),
        PartKind::Exit => shift!(plan.exits),
        PartKind::Device => shift!(plan.devices),
        PartKind::Pool => shift!(plan.pools),
        PartKind::Source => shift!(plan.sources),
        PartKind::Service => shift!(plan.services),
        PartKind::Published => shift!(plan.published),
        PartKind::Flow => shift!(plan.flows),
        PartKind::ProviderCovered => shift!(plan.provider_covered),
    }
}

/// Moves an item of a list up (negative) or down; beyond an end it stays there.
pub fn shift_in<T>(list: &mut [T], index: usize, by: isize) {
    if index >= list.len() {
        return;
    }
    let to = index.saturating_add_signed(by).min(list.len() - 1);
    if to < index {
        list[to..=index].rotate_right(1);
    } else {
        list[index..=to].rotate_left(1);
    }
}

/// Removes a part, and what means nothing without it: crossings and entries, costs, lists taken from it.
///
/// A reference whose removal would widen its owner's meaning stays, dangling, and is shown as a fault: a rule for
/// one exit must not become a rule for all.
pub fn remove(plan: &mut Plan, kind: PartKind, id: &Id) {
    fn unless_last(list: &mut Vec<Id>, id: &Id) {
        if list.iter().any(|other| other != id) {
            list.retain(|other| other != id);
        }
    }
    match kind {
        PartKind::Site => {
            plan.sites.retain(|part| part.id != *id);
            for exit in &mut plan.exits {
                exit.policy_in.iter_mut().for_each(|policy| unless_last(&mut policy.sites, id));
            }
        }
        PartKind::Circuit => plan.circuits.retain(|part| part.id != *id),
        PartKind::Exit => {
            plan.exits.retain(|part| part.id != *id);
            plan.sites.iter_mut().for_each(|site| {
                site.costs.remove(id);
            });
            plan.published.iter_mut().for_each(|published| published.entries.retain(|entry| entry.exit != *id));
            plan.provider_covered.iter_mut().for_each(|block| block.exits.retain(|exit| exit != id));
            for device in &mut plan.devices {
                device.rules.iter_mut().for_each(|rule| unless_last(&mut rule.exits, id));
            }
        }
        PartKind::Device => {
            plan.devices.retain(|part| part.id != *id);
            plan.exits.iter_mut().for_each(|exit| exit.path.retain(|crossing| crossing.device != *id));
            plan.published.iter_mut().for_each(|published| published.entries.retain(|entry| entry.device != *id));
        }
        PartKind::Pool => plan.pools.retain(|part| part.id != *id),
        PartKind::Source => {
            plan.sources.retain(|part| part.id != *id);
            plan.exits.iter_mut().for_each(|exit| exit.learned_from.retain(|from| from.source != *id));
            plan.services.iter_mut().for_each(|service| {
                service.destinations_from.retain(|from| from.source != *id);
            });
            if plan.microsoft_space.as_ref().is_some_and(|from| from.source == *id) {
                plan.microsoft_space = None;
            }
        }
        PartKind::Service => {
            plan.services.retain(|part| part.id != *id);
            for device in &mut plan.devices {
                for rule in &mut device.rules {
                    if rule.destinations.is_empty() {
                        unless_last(&mut rule.services, id);
                    } else {
                        rule.services.retain(|service| service != id);
                    }
                }
            }
        }
        PartKind::Published => plan.published.retain(|part| part.id != *id),
        PartKind::Flow => plan.flows.retain(|part| part.id != *id),
        PartKind::ProviderCovered => plan.provider_covered.retain(|part| part.id != *id),
    }
}

macro_rules! finder {
    ($(#[$doc:meta])* $name:ident, $list:ident, $part:ty) => {
        $(#[$doc])*
        pub fn $name<'a>(plan: &'a mut Plan, id: &Id) -> Option<&'a mut $part> {
            plan.$list.iter_mut().find(|part| part.id == *id)
        }
    };
}

finder!(
    /// The site of this identifier, to edit.
    site, sites, Site
);
finder!(
    /// The circuit of this identifier, to edit.
    circuit, circuits, Circuit
);
finder!(
    /// The exit of this identifier, to edit.
    exit, exits, Exit
);
finder!(
    /// The device of this identifier, to edit.
    device, devices, Device
);
finder!(
    /// The pool of this identifier, to edit.
    pool, pools, Pool
);
finder!(
    /// The source of this identifier, to edit.
    source, sources, Source
);
finder!(
    /// The service of this identifier, to edit.
    service, services, Service
);
finder!(
    /// The published service of this identifier, to edit.
    published, published, PublishedService
);
finder!(
    /// The flow of this identifier, to edit.
    flow, flows, Flow
);
finder!(
    /// The provider's block of this identifier, to edit.
    provider, provider_covered, ProviderCovered
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Crossing, TranslationRule};

    const KINDS: [PartKind; 10] = [
        PartKind::Site,
        PartKind::Circuit,
        PartKind::Exit,
        PartKind::Device,
        PartKind::Pool,
        PartKind::Source,
        PartKind::Service,
        PartKind::Published,
        PartKind::Flow,
        PartKind::ProviderCovered,
    ];

    #[test]
    fn every_kind_is_added_renamed_ordered_and_removed() {
        for kind in KINDS {
            let mut plan = Plan::default();
            let first = add(&mut plan, kind, "Thing");
            let second = add(&mut plan, kind, "Thing");
            assert_eq!((first.as_str(), second.as_str()), ("thing-1", "thing-2"));
            shift(&mut plan, kind, &second, -1);
            rename(&mut plan, kind, &second, "Ünder 2".into());
            let names: Vec<_> = parts(&plan, kind).into_iter().map(|(_, name)| name).collect();
            assert_eq!(names, ["Ünder 2", "Thing 1"], "{kind:?}");
            assert_eq!(name_of(&plan, kind, &second), "Ünder 2");
            remove(&mut plan, kind, &second);
            assert_eq!(parts(&plan, kind).len(), 1);
            assert_eq!(add(&mut plan, kind, "Thing").as_str(), "thing-2");
        }
    }

    #[test]
    fn identifiers_come_from_names() {
        let mut plan = Plan::default();
        assert_eq!(fresh_id(&plan, PartKind::Site, "  Zürich / HQ!").as_str(), "z-rich-hq");
        assert_eq!(fresh_id(&plan, PartKind::Site, "東京").as_str(), "part");
        add_named(&mut plan, PartKind::Site, "HQ".into());
        assert_eq!(fresh_id(&plan, PartKind::Site, "hq").as_str(), "hq-2");
        assert_eq!(fresh_id(&plan, PartKind::Exit, "hq").as_str(), "hq");
    }

    #[test]
    fn a_rule_for_one_exit_does_not_become_a_rule_for_all() {
        let mut plan = Plan::default();
        let exit = add(&mut plan, PartKind::Exit, "Exit");
        let other = add(&mut plan, PartKind::Exit, "Exit");
        let device = add(&mut plan, PartKind::Device, "Device");
        plan.exits[0].path.push(Crossing { device: device.clone(), zone: String::new() });
        plan.devices[0].rules = vec![
            TranslationRule { exits: vec![exit.clone()], ..Default::default() },
            TranslationRule { exits: vec![exit.clone(), other.clone()], ..Default::default() },
        ];
        remove(&mut plan, PartKind::Exit, &exit);
        assert_eq!(plan.devices[0].rules[0].exits, [exit]);
        assert_eq!(plan.devices[0].rules[1].exits, [other]);
        remove(&mut plan, PartKind::Device, &device);
        assert!(plan.exits[0].path.is_empty());
    }

    #[test]
    fn order_changes_within_the_ends() {
        let mut list = [1, 2, 3, 4];
        shift_in(&mut list, 3, -2);
        assert_eq!(list, [1, 4, 2, 3]);
        shift_in(&mut list, 0, 9);
        assert_eq!(list, [4, 2, 3, 1]);
        shift_in(&mut list, 0, -1);
        shift_in(&mut list, 7, -1);
        assert_eq!(list, [4, 2, 3, 1]);
    }
}
