//! What was read of configuration, and what of it isn't modelled and why.

use crate::desk::adopt::{Change, Miss, MissReason, Refused};
use crate::intake::config::{AdvertisedBy, Effect, LeftOut, LeftOutReason, RouteTerm, Setup, TermAction};

/// Why something isn't modelled, or not wholly: one sentence.
pub fn left_out(left: &LeftOut) -> String {
    let reason = reason(&left.reason);
    match left.effect {
        Effect::LeftOut => format!("Left out: {reason}."),
        Effect::Simplified => format!("Read without a part of it: {reason}."),
    }
}

fn reason(reason: &LeftOutReason) -> String {
    match reason {
        LeftOutReason::Ports { ports } => {
            format!(
                "it is for “{ports}” alone, and rules of a plan match addresses and exits, not protocols or ports"
            )
        }
        LeftOutReason::UnknownName { name } => {
            format!("“{name}” is not defined in this text; paste the part that defines it along with it")
        }
        LeftOutReason::NameLoop { name } => format!("“{name}” refers to itself"),
        LeftOutReason::NamesTooDeep { name, limit } => {
            format!("more than {limit} names lead to each other before “{name}”, which is the limit")
        }
        LeftOutReason::JumpsTooDeep { chain, limit } => {
            format!(
                "more than {limit} jumps follow each other before the chain “{chain}”, which is the limit; what a return \
                 goes on with counts as following it"
            )
        }
        LeftOutReason::HostName { name } => format!("“{name}” is no address"),
        LeftOutReason::InterfaceAddress { interface } if interface == "any" => {
            "it translates to the address of whichever interface the packet leaves by; name one".to_owned()
        }
        LeftOutReason::InterfaceAddress { interface } => {
            format!("the address of the interface {interface} isn't in this text; fill in its pool")
        }
        LeftOutReason::OutsideTranslated => {
            "it changes destinations of packets to the outside, or sources of packets from there, by a rule"
                .to_owned()
        }
        LeftOutReason::Inactive => "it is switched off".to_owned(),
        LeftOutReason::Unreached { chain } => format!("no rule leads to the chain “{chain}”"),
        LeftOutReason::Filter => "it is a filter, and a plan holds none".to_owned(),
        LeftOutReason::Instance { name } => {
            format!("it is for the instance “{name}”, and a plan's device has one")
        }
        LeftOutReason::TooManyPieces { limit } => {
            format!(
                "alone or with those before it, it takes more than {limit} rectangles of sources and destinations, or rules"
            )
        }
        LeftOutReason::Feature { what } => format!("a plan has nothing for “{what}”"),
        LeftOutReason::NotUnderstood { statement } => format!("“{statement}” was not understood"),
    }
}

/// What was found, in a few words: `2 pools, 3 rules`.
pub fn found(setup: &Setup) -> String {
    let counts = [
        (setup.pools.len(), "pool"),
        (setup.rules.len(), "translation rule"),
        (setup.published.len(), "published service"),
        (setup.advertised.len(), "advertisement"),
        (setup.prefix_lists.len(), "prefix list"),
        (setup.neighbours.len(), "neighbour"),
        (setup.peerings.len(), "peering"),
        (setup.route_filters.len(), "route filter"),
    ];
    let mut said: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| super::count(count as u64, noun))
        .collect();
    match setup.policies.len() {
        0 => {}
        1 => said.push("1 route policy".to_owned()),
        many => said.push(format!("{} route policies", crate::space::Count::from(many as u64).grouped())),
    }
    if said.is_empty() { "nothing that a plan holds".to_owned() } else { said.join(", ") }
}

/// How a prefix is originated.
pub fn advertised_by(by: AdvertisedBy) -> &'static str {
    match by {
        AdvertisedBy::Network => "network",
        AdvertisedBy::Aggregate => "aggregate",
        AdvertisedBy::AggregateOnly => "aggregate, summary only",
    }
}

/// What a term matches: `10.0.0.0/8 le 24, community 12076:51004`.
pub fn term(term: &RouteTerm) -> String {
    let mut said = Vec::new();
    if let Some(prefixes) = &term.prefixes {
        if prefixes.is_empty() {
            return "nothing, for what it matches is left out".to_owned();
        }
        said.extend(prefixes.iter().map(entry));
    }
    if !term.communities.is_empty() {
        let communities: Vec<String> = term.communities.iter().map(ToString::to_string).collect();
        said.push(format!("community {}", super::listing(&communities, "or")));
    }
    if said.is_empty() { "any".to_owned() } else { said.join(", ") }
}

/// A prefix with its bounds: `not 10.0.0.0/8 ge 16 le 24`.
pub fn entry(entry: &crate::intake::config::PrefixListEntry) -> String {
    let length = entry.prefix.prefix_len();
    let mut said = format!("{}{}", if entry.permit { "" } else { "not " }, entry.prefix);
    if entry.shortest > length {
        said.push_str(&format!(" ge {}", entry.shortest));
    }
    if entry.longest > length.max(entry.shortest)
        || (entry.shortest > length && entry.longest < entry.prefix.max_prefix_len())
    {
        said.push_str(&format!(" le {}", entry.longest));
    }
    said
}

/// What a term does: `permit, local preference 200`.
pub fn action(action: &TermAction) -> String {
    let mut said = vec![if action.permit { "permit" } else { "deny" }.to_owned()];
    said.extend(action.local_preference.map(|value| format!("local preference {value}")));
    said.extend(action.weight.map(|value| format!("weight {value}")));
    said.extend(action.prepend.map(|times| format!("prepend {times}")));
    if !action.communities.is_empty() {
        let communities: Vec<String> = action.communities.iter().map(ToString::to_string).collect();
        said.push(format!("community {}", communities.join(" ")));
    }
    said.join(", ")
}

/// What was changed in a plan, by the name of its part.
pub fn change(change: &Change, name: &str) -> String {
    match change {
        Change::Added { kind, .. } => format!("added {} {name}.", super::part_kind(*kind)),
        Change::Changed { kind, .. } => format!("{} {name}.", super::part_kind(*kind)),
        Change::Rules { before, now, .. } => format!(
            "the rules of device {name}: {} before, {} now.",
            super::count(*before as u64, "rule"),
            super::count(*now as u64, "rule"),
        ),
    }
}

/// Why something that was read has no place in the plan.
pub fn miss(miss: &Miss) -> String {
    match &miss.why {
        MissReason::NoExit { zones } if zones.is_empty() => {
            "Not taken: no exit crosses the device; say which does by --zone ZONE=EXIT.".to_owned()
        }
        MissReason::NoExit { zones } => {
            let shown = super::listing(zones, "or");
            format!("Not taken: {shown} leads to no exit of the plan; if it does, say so by --zone ZONE=EXIT.")
        }
        MissReason::NoSite => {
            "Not taken: the plan has several sites; say where the server stands by --site ID.".to_owned()
        }
        MissReason::NoNeighbour { address } => format!(
            "Not taken: no exit is known to have the neighbour {address}; say which has by --neighbour {address}=EXIT."
        ),
        MissReason::NoCircuit => "Not taken: say which circuit it is of by --circuit ID.".to_owned(),
        MissReason::NoPolicy { name } => {
            format!("Not taken: the policy “{name}” is not defined in this text; paste it along with it.")
        }
        MissReason::PolicyPart { policy } => {
            format!("Only a part of the policy “{policy}” was taken; a plan can't hold the rest.")
        }
        MissReason::FilterUnknown { name } => {
            format!("The communities of the route filter “{name}” are not in this text; the plan keeps its own.")
        }
    }
}

/// Why configuration wasn't taken at all.
pub fn refused(refused: &Refused) -> String {
    match refused {
        Refused::NoSuchPart { kind, id } => format!("There is no {} with the id “{id}”.", super::part_kind(*kind)),
    }
}
