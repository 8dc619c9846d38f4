//! Routing decisions: who won, by which rule, and why the others didn't.

use super::{Names, listing};
use crate::plan::{Id, Origin, Protocol};
use crate::routing::{
    FarSide, ForwardCandidate, ForwardRule, ForwardStep, Lever, NoSay, Refusal, Refused, ReturnCandidate,
    ReturnRule, ReturnStep,
};

/// The forward decision.
pub fn forward(step: &ForwardStep, names: &Names) -> String {
    let site = names.site(&step.site);
    let winner = step.candidates.iter().find(|candidate| candidate.lost_at.is_none());
    let prefix = winner.map_or("", |winner| winner.prefix.as_str());
    match step.chosen.as_slice() {
        [] => format!("{site} has no route to it: no exit that is up offers one here."),
        [exit] => {
            let exit = names.exit(exit);
            let loser = step.candidates.iter().find(|candidate| candidate.lost_at == Some(step.decided_by));
            let why = match step.decided_by {
                ForwardRule::OnlyCandidate if step.no_say.iter().any(|(_, why)| does_not_count(why)) => {
                    format!("{prefix} is the only route to it that counts")
                }
                rule => forward_why(rule, prefix, winner.zip(loser)),
            };
            format!("{site} sends it by {exit}: {why}.")
        }
        several => {
            let exits = names.exits(several, "and");
            let each = if several.len() == 2 { "either" } else { "any of them" };
            format!("{site} holds {exits} equal for {prefix}: it may leave by {each}.")
        }
    }
}

/// Whether an exit has a route in its lists, and it doesn't count.
fn does_not_count(why: &NoSay) -> bool {
    match why {
        NoSay::Denied
        | NoSay::NoRouteFilter
        | NoSay::NotInRouteFilter
        | NoSay::OutsideSku
        | NoSay::NotAuthorised
        | NoSay::DefaultNotSent => true,
        NoSay::Down
        | NoSay::InsideDead
        | NoSay::SessionDown { .. }
        | NoSay::NotSeen
        | NoSay::NotAnalysed
        | NoSay::NoRoute => false,
    }
}

fn forward_why(rule: ForwardRule, prefix: &str, pair: Option<(&ForwardCandidate, &ForwardCandidate)>) -> String {
    let values = pair.map(|(winner, loser)| compared(rule, winner, loser));
    let values = values.filter(|values| !values.is_empty()).map_or(String::new(), |values| format!(", {values}"));
    match rule {
        ForwardRule::OnlyCandidate => format!("{prefix} is the only route that covers it"),
        ForwardRule::LongestPrefix => format!("{prefix} is the longest prefix that covers it"),
        ForwardRule::Weight => format!("of the routes for {prefix} this has the highest weight{values}"),
        ForwardRule::LocalPreference => {
            format!("of the routes for {prefix} this has the highest local preference{values}")
        }
        ForwardRule::AsPathLength => format!("of the routes for {prefix} this has the shortest AS path{values}"),
        ForwardRule::Origin => format!("of the routes for {prefix} this has the best origin{values}"),
        ForwardRule::Med => {
            format!("of the routes for {prefix} from one neighbour AS this has the lowest MED{values}")
        }
        ForwardRule::EbgpOverIbgp => {
            format!("of the routes for {prefix} this is learned at the site itself, eBGP over iBGP")
        }
        ForwardRule::Cost => format!("of the exits with a route for {prefix} this is the nearest{values}"),
        ForwardRule::Distance => {
            format!("of the routes for {prefix} this has the lowest administrative distance{values}")
        }
        ForwardRule::Tie => format!("its route is {prefix}"),
    }
}

/// The values that a rule compared: `150 against 100`; empty where there are none to show.
fn compared(rule: ForwardRule, winner: &ForwardCandidate, loser: &ForwardCandidate) -> String {
    let of = |candidate: &ForwardCandidate| match rule {
        ForwardRule::LongestPrefix => {
            candidate.prefix.rsplit_once('/').map_or(String::new(), |(_, length)| format!("/{length}"))
        }
        ForwardRule::Weight => candidate.weight.to_string(),
        ForwardRule::LocalPreference => candidate.local_preference.to_string(),
        ForwardRule::AsPathLength => candidate.as_path_length.to_string(),
        ForwardRule::Origin => origin(candidate.origin).to_owned(),
        ForwardRule::Med => candidate.med.to_string(),
        ForwardRule::EbgpOverIbgp => if candidate.ebgp { "eBGP" } else { "iBGP" }.to_owned(),
        ForwardRule::Cost => candidate.cost.to_string(),
        ForwardRule::Distance => candidate.distance.to_string(),
        ForwardRule::OnlyCandidate | ForwardRule::Tie => String::new(),
    };
    let (one, other) = (of(winner), of(loser));
    if one.is_empty() || one == other { String::new() } else { format!("{one} against {other}") }
}

/// Why a candidate of a forward decision lost: `local preference: 100 against 150`; empty where it didn't.
pub fn forward_lost(candidate: &ForwardCandidate, step: &ForwardStep) -> String {
    let Some(rule) = candidate.lost_at else { return String::new() };
    let winner = step.candidates.iter().find(|other| other.lost_at.is_none());
    let values = winner.map_or(String::new(), |winner| compared(rule, candidate, winner));
    let label = forward_rule(rule);
    if values.is_empty() { label.to_owned() } else { format!("{label}: {values}") }
}

/// What it would take for a candidate to be chosen alone; `None` where no one change does it, or where it is.
pub fn levers(levers: &[Lever], chosen: bool) -> Option<String> {
    let said: Vec<String> = levers.iter().map(lever).collect();
    let would = if chosen { "It alone would be taken with" } else { "It would win with" };
    (!said.is_empty()).then(|| format!("{would} {}.", listing(&said, "or")))
}

fn lever(lever: &Lever) -> String {
    match lever {
        Lever::PrefixLength(length) => format!("a /{length} or longer"),
        Lever::Weight(weight) => format!("a weight of at least {weight}"),
        Lever::LocalPreference(preference) => format!("a local preference of at least {preference}"),
        Lever::AsPathLength(1) => "an AS path of 1".to_owned(),
        Lever::AsPathLength(length) => format!("an AS path of at most {length}"),
        Lever::Distance(1) => "an administrative distance of 1".to_owned(),
        Lever::Distance(distance) => format!("an administrative distance of at most {distance}"),
        Lever::OthersAsPathLength(length) => format!("AS paths of at least {length} on the others"),
    }
}

/// What a candidate was compared by, without what is as usual: `local preference 150, AS-path length 1`.
pub fn forward_attributes(candidate: &ForwardCandidate) -> String {
    let mut parts = Vec::new();
    if candidate.protocol == Protocol::Bgp {
        if candidate.weight > 0 {
            parts.push(format!("weight {}", candidate.weight));
        }
        parts.push(format!("local preference {}", candidate.local_preference));
        parts.push(format!("AS-path length {}", candidate.as_path_length));
        if candidate.origin != Origin::Igp {
            parts.push(format!("origin {}", origin(candidate.origin)));
        }
        if candidate.med > 0 {
            parts.push(format!("MED {}", candidate.med));
        }
        if !candidate.ebgp {
            parts.push("iBGP".to_owned());
        }
    } else {
        parts.push(protocol(candidate.protocol).to_owned());
        parts.push(format!("distance {}", candidate.distance));
    }
    if candidate.cost > 0 {
        parts.push(format!("cost {}", candidate.cost));
    }
    parts.join(", ")
}

/// A forward rule's label.
pub fn forward_rule(rule: ForwardRule) -> &'static str {
    match rule {
        ForwardRule::OnlyCandidate => "only route",
        ForwardRule::LongestPrefix => "longest prefix",
        ForwardRule::Weight => "weight",
        ForwardRule::LocalPreference => "local preference",
        ForwardRule::AsPathLength => "AS-path length",
        ForwardRule::Origin => "origin",
        ForwardRule::Med => "MED",
        ForwardRule::EbgpOverIbgp => "eBGP over iBGP",
        ForwardRule::Cost => "IGP cost",
        ForwardRule::Distance => "administrative distance",
        ForwardRule::Tie => "tie",
    }
}

/// What a forward rule says.
pub fn forward_rule_sentence(rule: ForwardRule) -> &'static str {
    match rule {
        ForwardRule::OnlyCandidate => "Only one route covers the destination.",
        ForwardRule::LongestPrefix => "The route with the longest prefix wins, whatever else is said of it.",
        ForwardRule::Weight => "At the exit's own site the highest weight wins.",
        ForwardRule::LocalPreference => "The highest local preference wins; where none is set it is 100.",
        ForwardRule::AsPathLength => {
            "The shortest AS path wins; a set counts as one, confederation segments as none."
        }
        ForwardRule::Origin => "The best origin wins: IGP, then EGP, then incomplete.",
        ForwardRule::Med => "Among routes from one neighbour AS the lowest MED wins; where none is set it is 0.",
        ForwardRule::EbgpOverIbgp => "A route learned at this site (eBGP) wins over one from another site (iBGP).",
        ForwardRule::Cost => "The exit with the lowest IGP cost from the site wins.",
        ForwardRule::Distance => {
            "Between BGP, static and interior routes the lowest administrative distance wins."
        }
        ForwardRule::Tie => "No rule tells the routes apart: a packet may take any of them.",
    }
}

/// Why an exit had no say, in a word or two.
pub fn no_say_label(why: &NoSay) -> &'static str {
    match why {
        NoSay::Down => "down",
        NoSay::InsideDead => "dead inside",
        NoSay::SessionDown { .. } => "session down",
        NoSay::NotSeen => "not seen from here",
        NoSay::NotAnalysed => "not analysed",
        NoSay::NoRoute => "no route",
        NoSay::Denied => "denied by policy",
        NoSay::NoRouteFilter => "no route filter",
        NoSay::NotInRouteFilter => "not in route filter",
        NoSay::OutsideSku => "outside the SKU",
        NoSay::NotAuthorised => "not authorised",
        NoSay::DefaultNotSent => "default not sent",
    }
}

/// Why an exit, by its name, had no say.
pub fn no_say(exit: &str, why: &NoSay) -> String {
    match why {
        NoSay::Down => format!("{exit} is down."),
        NoSay::InsideDead => format!("{exit} is dead inside, though its advertisements stand."),
        NoSay::SessionDown { advertised, limit } => format!(
            "{exit} has no session: {} are advertised, and Microsoft drops it above {limit}.",
            super::prefixes(u64::from(*advertised))
        ),
        NoSay::NotSeen => format!("{exit} isn't seen from this site, which has no cost to it."),
        NoSay::NotAnalysed => format!("{exit} is private peering, which isn't analysed."),
        NoSay::NoRoute => format!("{exit} offers no route that covers it."),
        NoSay::Denied => format!("{exit} offers a route, but an incoming policy denies it here."),
        NoSay::NoRouteFilter => {
            format!(
                "{exit} receives nothing, because no route filter that names a community is attached to its peering."
            )
        }
        NoSay::NotInRouteFilter => {
            format!("{exit} doesn't receive it, because its route filter names none of the route's communities.")
        }
        NoSay::OutsideSku => {
            format!("{exit} doesn't receive it, because its circuit's SKU doesn't reach the route's region.")
        }
        NoSay::NotAuthorised => {
            format!("{exit} doesn't receive it, because its circuit isn't authorised for Microsoft 365.")
        }
        NoSay::DefaultNotSent => {
            format!("{exit} has a default route in its list, which doesn't count: Microsoft sends none.")
        }
    }
}

/// Where what is lost goes: a provider with no link up, or an exit that is dead inside.
fn lost_to(step: &ReturnStep, names: &Names) -> String {
    let chosen = || step.candidates.iter().filter(|candidate| candidate.lost_at.is_none());
    let dead: Vec<Id> = chosen().flat_map(|candidate| candidate.dead.iter().cloned()).collect();
    let provider = chosen().find(|candidate| candidate.exits.is_empty());
    let provider = provider.map(|candidate| {
        let name = candidate.provider.as_ref().map_or("a provider", |id| names.provider(id));
        format!("{name}, which has no link to us up")
    });
    let dead = match dead.as_slice() {
        [] => None,
        [exit] => Some(format!("{}, which is dead inside", names.exit(exit))),
        several => Some(format!("{}, which are dead inside", names.exits(several, "and"))),
    };
    let all: Vec<String> = dead.into_iter().chain(provider).collect();
    listing(&all, "or")
}

/// The far side's decision.
pub fn return_step(step: &ReturnStep, names: &Names) -> String {
    let side = match step.far_side {
        FarSide::Microsoft => "Microsoft's network",
        FarSide::Internet => "The Internet",
    };
    let winner = step.candidates.iter().find(|candidate| candidate.lost_at.is_none());
    let prefix = winner.map_or("", |winner| winner.prefix.as_str());
    let lost_to = lost_to(step, names);
    match step.chosen.as_slice() {
        [] if step.lost => {
            format!("{side} sends it to {lost_to}, for {prefix}: it is lost.")
        }
        [] => {
            let refused = match step.refused.as_slice() {
                [] => String::new(),
                [one] => {
                    let (exit, why) = (names.exit(&one.exit), refused(one.why));
                    format!(
                        ", and the one advertisement that would, {} over {exit}, isn't taken ({why})",
                        one.prefix
                    )
                }
                more => format!(", and the {} advertisements that would aren't taken", more.len()),
            };
            format!("{side} knows no way to it: nothing that is up attracts it{refused}.")
        }
        [exit] if !step.lost => {
            let loser = step.candidates.iter().find(|candidate| candidate.lost_at == Some(step.decided_by));
            let why = match step.decided_by {
                ReturnRule::OnlyCandidate if !step.refused.is_empty() => {
                    format!("of what is advertised for it, {prefix} alone is taken")
                }
                rule => return_why(rule, prefix, winner.zip(loser)),
            };
            format!("{side} sends it over {}: {why}.", names.exit(exit))
        }
        [exit] => {
            format!("{side} may send it over {}, or to {lost_to}: then it is lost.", names.exit(exit))
        }
        several => {
            let each = if several.len() == 2 { "either" } else { "any of them" };
            let lost = if step.lost { format!("; what goes to {lost_to} is lost") } else { String::new() };
            format!("{side} holds {} equal for {prefix}: it may take {each}{lost}.", names.exits(several, "and"))
        }
    }
}

fn return_why(rule: ReturnRule, prefix: &str, pair: Option<(&ReturnCandidate, &ReturnCandidate)>) -> String {
    match rule {
        ReturnRule::NoCandidate => "nothing else attracts it".to_owned(),
        ReturnRule::OnlyCandidate => format!("{prefix} is the only prefix that covers it"),
        ReturnRule::Sticky => "the peering answers by the exit that the packet left by".to_owned(),
        ReturnRule::InternetOnly => {
            format!("it sees {prefix}, and nothing of what is advertised over ExpressRoute")
        }
        ReturnRule::LongestPrefix => match pair {
            Some((winner, loser)) => format!("{} is longer than {}", winner.prefix, loser.prefix),
            None => format!("{prefix} is the longest prefix that covers it"),
        },
        ReturnRule::ExpressRouteWhateverLength => {
            format!("it is assumed that {prefix} on ExpressRoute wins over a more specific on the Internet")
        }
        ReturnRule::ExpressRouteOverInternet => {
            format!("for {prefix}, advertised on both, Microsoft prefers ExpressRoute to the Internet")
        }
        ReturnRule::PrependsAcross => {
            format!("it is assumed that for {prefix} the shorter AS path wins, also over ExpressRoute")
        }
        ReturnRule::AsPathLength => {
            let values = match pair {
                Some((winner, loser)) if winner.as_path_length != loser.as_path_length => {
                    format!(", {} against {}", winner.as_path_length, loser.as_path_length)
                }
                _ => String::new(),
            };
            format!("of those for {prefix} over ExpressRoute this has the shortest AS path{values}")
        }
        ReturnRule::SameAsOut => {
            "it is assumed that among equal ExpressRoute exits the answer takes the one that it left by".to_owned()
        }
        ReturnRule::Tie => format!("it attracts {prefix}"),
    }
}

/// Why a candidate of a return decision lost; empty where it didn't.
pub fn return_lost(candidate: &ReturnCandidate, step: &ReturnStep) -> String {
    let Some(rule) = candidate.lost_at else { return String::new() };
    let label = return_rule(rule);
    let Some(winner) = step.candidates.iter().find(|other| other.lost_at.is_none()) else {
        return label.to_owned();
    };
    match rule {
        ReturnRule::AsPathLength | ReturnRule::PrependsAcross
            if candidate.as_path_length != winner.as_path_length =>
        {
            format!("{label}: {} against {}", candidate.as_path_length, winner.as_path_length)
        }
        ReturnRule::LongestPrefix => {
            let length = |prefix: &str| prefix.rsplit_once('/').map_or(String::new(), |(_, n)| format!("/{n}"));
            format!("{label}: {} against {}", length(&candidate.prefix), length(&winner.prefix))
        }
        _ => label.to_owned(),
    }
}

/// A return rule's label.
pub fn return_rule(rule: ReturnRule) -> &'static str {
    match rule {
        ReturnRule::NoCandidate => "no way",
        ReturnRule::OnlyCandidate => "only way",
        ReturnRule::Sticky => "sticky peering",
        ReturnRule::InternetOnly => "Internet only",
        ReturnRule::LongestPrefix => "longest prefix",
        ReturnRule::ExpressRouteWhateverLength => "ExpressRoute, whatever the length (assumed)",
        ReturnRule::ExpressRouteOverInternet => "ExpressRoute over Internet",
        ReturnRule::PrependsAcross => "path length across (assumed)",
        ReturnRule::AsPathLength => "AS-path length",
        ReturnRule::SameAsOut => "same exit as out (assumed)",
        ReturnRule::Tie => "tie",
    }
}

/// What a return rule says.
pub fn return_rule_sentence(rule: ReturnRule) -> &'static str {
    match rule {
        ReturnRule::NoCandidate => "Nobody attracts the address.",
        ReturnRule::OnlyCandidate => "Only one prefix that is up and accepted covers the address.",
        ReturnRule::Sticky => "A sticky peering answers by the exit that the packet left by.",
        ReturnRule::InternetOnly => "The rest of the Internet sees nothing that is advertised over ExpressRoute.",
        ReturnRule::LongestPrefix => {
            "The longest prefix for the translated source wins, whichever way the packet left."
        }
        ReturnRule::ExpressRouteWhateverLength => {
            "Assumed: ExpressRoute wins, even where the Internet has a more specific prefix."
        }
        ReturnRule::ExpressRouteOverInternet => {
            "For a prefix that is advertised on both, Microsoft prefers ExpressRoute to the Internet."
        }
        ReturnRule::PrependsAcross => {
            "Assumed: for an equal prefix the shorter AS path wins between ExpressRoute and the Internet."
        }
        ReturnRule::AsPathLength => "Among ExpressRoute exits the shortest AS path wins.",
        ReturnRule::SameAsOut => {
            "Assumed: among equal ExpressRoute exits the answer takes the one that the packet left by."
        }
        ReturnRule::Tie => "No rule tells the ways apart: the answer may take any of them.",
    }
}

/// Why an advertisement isn't taken, in a word or two.
pub fn refused(why: Refused) -> &'static str {
    match why {
        Refused::DeniedByPolicy => "denied by policy",
        Refused::DefaultRoute => "default route",
        Refused::NotPublic => "not public space",
        Refused::NotAdmitted => "not admitted",
        Refused::DocumentationAsn => "documentation ASN",
        Refused::TooLong => "too long for the Internet",
        Refused::Ipv6OnPublicPeering => "IPv6 on public peering",
        Refused::SessionDown => "session down",
    }
}

/// Why advertisements of a kind aren't taken.
pub fn refused_sentence(why: Refused) -> &'static str {
    match why {
        Refused::DeniedByPolicy => "The exit's own outgoing policy denies it.",
        Refused::DefaultRoute => "Microsoft peering takes no default route.",
        Refused::NotPublic => "Private, shared and unique local space isn't taken outside.",
        Refused::NotAdmitted => "It lies outside the peering's admitted prefixes.",
        Refused::DocumentationAsn => {
            "Its path names an AS number that is kept for documentation (64496 to 64511)."
        }
        Refused::TooLong => "Prefixes longer than /24 or /48 are assumed not to spread on the Internet.",
        Refused::Ipv6OnPublicPeering => "Legacy public peering doesn't carry IPv6.",
        Refused::SessionDown => "The session is down, because more prefixes are advertised than Microsoft takes.",
    }
}

/// One advertisement that isn't taken, and why.
pub fn refusal(refusal: &Refusal, names: &Names) -> String {
    format!("{} over {}: {}", refusal.prefix, names.exit(&refusal.exit), refused_sentence(refusal.why))
}

/// An origin's name.
pub fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Igp => "IGP",
        Origin::Egp => "EGP",
        Origin::Incomplete => "incomplete",
    }
}

/// A protocol's name.
pub fn protocol(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Bgp => "BGP",
        Protocol::Static => "static",
        Protocol::Igp => "IGP",
    }
}
