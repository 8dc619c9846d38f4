//! What the preview of an import says.

use crate::desk::adopt::{Change, Miss, MissReason};
use crate::desk::door::{Imported, ImportedSet};
use crate::desk::import::{Done, Outcome, Target, Use};
use crate::intake::config::{ConfigFormat, Setup};
use crate::intake::{Guess, Kind};
use crate::plan::{Id, Plan};
use crate::report::words::{Names, count, device_choice, faults, listing, part_kind, prefixes};

pub use super::neighbours::{inside_routes, own_routes, routes_of, takes_all};

/// Opens the preview.
pub const IMPORT: &str = "Paste or open…";
/// The same in more words.
pub const IMPORT_HINT: &str = "Paste or open router output, configuration, portal exports, flow logs and lists: see what they are before they change anything";
/// The preview's title.
pub const IMPORT_TITLE: &str = "Import";
/// What the preview is for.
pub const IMPORT_INTRO: &str = "Router output, configuration, Azure exports, flow logs or lists; several at once. Nothing changes until you apply it.";
/// The box to paste into.
pub const PASTE_BOX: &str = "Paste here";
/// In the empty box.
pub const PASTE_HINT: &str = "Paste here, or drop files anywhere";
/// Picks files.
pub const CHOOSE_FILES: &str = "Choose files…";
/// Reads what was typed in the box.
pub const READ_TYPED: &str = "Read it";
/// Does what was chosen.
pub const APPLY: &str = "Apply";
/// A pasted plan.
pub const PASTED_PLAN: &str = "Pasted plan";
/// Is being read again.
pub const READING_AGAIN: &str = "Reading it again…";
/// All sets.
pub const TAKE_ALL: &str = "Take all";
/// No set.
pub const TAKE_NONE: &str = "Take none";
/// Finds sets.
pub const SEARCH_SETS: &str = "Search sets";
/// A group of formats.
pub const ALSO_POSSIBLE: &str = "Also possible";
/// A group of formats.
pub const OTHER_FORMATS: &str = "Other formats";
/// The field of an item's format.
pub const READ_AS: &str = "Read as";
/// The field of where an item goes.
pub const GOES_TO: &str = "Becomes";
/// Takes an import back.
pub const UNDO_IMPORT: &str = "Undo the import";
/// Configuration is no list.
pub const IS_CONFIGURATION: &str =
    "It is configuration, no list of prefixes: `twopath adopt` takes it into a plan.";
/// Mends all that can be mended.
pub fn mend_all(number: usize) -> String {
    format!("Mend all {number}")
}

/// A field of one item.
pub fn of_item(field: &str, item: &str) -> String {
    format!("{field}: {item}")
}

/// What was read, in one line: `214 routes from show ip bgp (Cisco IOS and IOS-XE), 3 lines not understood`.
pub fn found(imported: &Imported) -> String {
    let summary = &imported.summary;
    let number = u64::from(summary.entries_v4) + u64::from(summary.entries_v6);
    let routes = matches!(imported.kind, Kind::Routes | Kind::Accepted);
    let what = if routes { count(number, "route") } else { prefixes(number) };
    let families = match (summary.entries_v4, summary.entries_v6) {
        (0, _) | (_, 0) => String::new(),
        (v4, v6) => format!(" ({} IPv4, {} IPv6)", grouped(v4), grouped(v6)),
    };
    let skipped = match summary.skipped {
        0 => String::new(),
        skipped => format!(", {} not understood", count(u64::from(skipped), "line")),
    };
    format!("{what}{families} from {}{skipped}", title(&summary.format))
}

/// A format as part of a sentence.
fn title(name: &str) -> &str {
    match name.parse::<crate::intake::Format>() {
        Ok(crate::intake::Format::Plain) => "a plain list",
        Ok(format) => format.title(),
        Err(_) => match name.parse::<ConfigFormat>() {
            Ok(format) => format.title(),
            Err(_) => name,
        },
    }
}

/// Why a text is taken for its format, unless the user chose it, and what else it may be.
pub fn because(imported: &Imported, chosen: bool) -> String {
    if let Some(format) = imported.config {
        let looks = imported.looks_configured.as_ref().filter(|looks| looks.format == format && !chosen);
        return looks.map_or_else(|| "As you chose.".to_owned(), |looks| faults::reason(&looks.reason));
    }
    let is_read = |guess: &&Guess| guess.format.name() == imported.summary.format;
    let reason = match imported.guesses.iter().find(is_read) {
        Some(guess) if !chosen => faults::reason(&guess.reason),
        _ => "As you chose.".to_owned(),
    };
    // A plain list is the last resort for anything, and isn't worth a word where something else was recognised.
    let other = |guess: &&Guess| !is_read(guess) && guess.format != crate::intake::Format::Plain;
    let others: Vec<&str> =
        imported.guesses.iter().filter(other).take(3).map(|guess| guess.format.title()).collect();
    if others.is_empty() { reason } else { format!("{reason} It might also be {}.", listing(&others, "or")) }
}

/// The choice of the format that was recognised.
pub fn as_recognised(guess: &Guess) -> String {
    format!("As recognised: {}", guess.format.title())
}

/// A set that a list doesn't have.
pub fn no_set(name: &str) -> String {
    format!("It has no set “{name}”; `twopath import` without --into lists them.")
}

/// The same of configuration.
pub fn as_recognised_config(guess: &crate::intake::config::ConfigGuess) -> String {
    format!("As recognised: {}", guess.format.title())
}

/// An exit that the plan doesn't have.
pub fn no_exit(id: &Id, plan: &Plan) -> String {
    let ids: Vec<&str> = plan.exits.iter().map(|exit| exit.id.as_str()).collect();
    format!(
        "The plan has no exit “{id}”; it has {}.",
        if ids.is_empty() { "none".to_owned() } else { listing(&ids, "and") }
    )
}

/// Which part of a file something is: `part 2 of 3, from line 14: r1 show ip bgp`.
pub fn part((number, of): (u32, u32), command: &str, line: u32) -> String {
    let command: String = command.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let command = if command.is_empty() { String::new() } else { format!(": {command}") };
    format!("part {number} of {of}, from line {line}{command}")
}

/// What such a list is usually taken for.
pub fn usual(usual: Use) -> &'static str {
    match usual {
        Use::Nothing => "nothing to import",
        Use::Source => "may be routes or destinations: becomes a source only, unless you say which",
        Use::LearnedRoutes => "routes: become learned routes of an exit",
        Use::Advertisements => "Microsoft's view of a circuit: becomes accepted advertisements of an exit",
        Use::Service => "destinations: become a service",
    }
}

/// Where an item may go.
pub fn target(target: &Target, plan: &Plan, imported: &Imported) -> String {
    let names = Names::of(plan);
    match target {
        Target::Leave => "Nothing: leave it out".to_owned(),
        Target::Source => "A source only".to_owned(),
        Target::Learned(exit) => format!("Learned routes of {}", names.exit(exit)),
        Target::Neighbours => "Learned routes, neighbour by neighbour".to_owned(),
        Target::Advertised(exit) if imported.accepted.is_some() => {
            format!("Accepted advertisements of {}", names.exit(exit))
        }
        Target::Advertised(exit) => format!("Advertisements of {}", names.exit(exit)),
        Target::Service => "A service".to_owned(),
        Target::EachSet => "A service for each set".to_owned(),
        Target::Adopt => "Parts of the plan".to_owned(),
    }
}

/// What an item would do to the plan.
pub fn outcome(outcome: Outcome, target: &Target, plan: &Plan, taken: usize) -> String {
    let names = Names::of(plan);
    match (outcome, target) {
        (Outcome::Left, _) => "Left out.".to_owned(),
        (Outcome::NoSet, _) => "No set is taken: left out.".to_owned(),
        (Outcome::There, _) => "Already in the plan: nothing changes.".to_owned(),
        (Outcome::Changes, Target::Learned(exit)) => format!("{} learns these routes.", names.exit(exit)),
        (Outcome::Changes, Target::Neighbours) => "Each exit learns the routes of its neighbour.".to_owned(),
        (Outcome::Changes, Target::Advertised(exit)) => {
            format!("They join the advertisements of {}.", names.exit(exit))
        }
        (Outcome::Changes, Target::Service) => "Adds a service with these destinations.".to_owned(),
        (Outcome::Changes, Target::Adopt) => "It changes these parts of the plan:".to_owned(),
        (Outcome::Changes, Target::EachSet) => format!("Adds {}.", count(taken as u64, "service")),
        (Outcome::Changes, _) => "Adds a source, for any part to use.".to_owned(),
    }
}

/// How many of the lists change the plan.
pub fn applies(changes: usize, of: usize) -> String {
    match (changes, of) {
        (_, 0) => String::new(),
        (0, 1) => "It changes nothing.".to_owned(),
        (0, _) => "None of them changes anything.".to_owned(),
        (1, 1) => "It changes the plan, in one step that Undo takes back.".to_owned(),
        (changes, of) => format!("{changes} of {of} change the plan, in one step that Undo takes back."),
    }
}

/// The sets of an item.
pub fn sets(taken: usize, of: usize) -> String {
    if taken == of { count(of as u64, "set") } else { format!("{taken} of {}", count(of as u64, "set")) }
}

/// A set: its title or name.
pub fn set(set: &ImportedSet) -> String {
    if set.title.is_empty() || set.title == set.name {
        set.name.clone()
    } else {
        format!("{} ({})", set.title, set.name)
    }
}

/// What is in a set.
pub fn set_facts(set: &ImportedSet) -> String {
    let mut facts = vec![prefixes(u64::from(set.entries))];
    match set.express_route {
        Some(true) => facts.push("over ExpressRoute".to_owned()),
        Some(false) => facts.push("not over ExpressRoute".to_owned()),
        None => {}
    }
    if !set.ports.is_empty() {
        facts.push(set.ports.clone());
    }
    facts.join(", ")
}

/// Sets that aren't listed.
pub fn more_sets(hidden: usize) -> String {
    format!("and {} more: search for them", grouped(u32::try_from(hidden).unwrap_or(u32::MAX)))
}

/// What an import did.
pub fn done(done: &Done, plan: &Plan) -> String {
    let mut parts = Vec::new();
    if done.is_nothing() {
        parts.push("Nothing changed".to_owned());
    } else {
        let mut added = Vec::new();
        if done.sources > 0 {
            added.push(count(u64::from(done.sources), "source"));
        }
        if done.services > 0 {
            added.push(count(u64::from(done.services), "service"));
        }
        if done.configured > 0 {
            added.push(format!("configuration into {}", count(u64::from(done.configured), "part")));
        }
        let names = Names::of(plan);
        added.extend(done.exits.iter().map(|exit| format!("routes of {}", names.exit(exit))));
        if let Some(([new, changed, _], _)) = done.flows.filter(|([new, changed, _], _)| new + changed > 0) {
            added.push(super::logs::rows(new, changed));
        }
        if added.is_empty() {
            // Nothing but how columns are called.
            added.push(super::logs::COLUMNS_KEPT.to_owned());
        }
        parts.push(format!("Imported: {}", listing(&added, "and")));
    }
    match done.there {
        0 => {}
        1 => parts.push("1 list was in the plan already".to_owned()),
        there => parts.push(format!("{there} lists were in the plan already")),
    }
    match done.left {
        0 => {}
        left => parts.push(format!("{} left out", count(u64::from(left), "list"))),
    }
    format!("{}.", parts.join("; "))
}

/// How a device's own choices compare with ours, for a heading.
pub fn device(shown: &crate::desk::door::DeviceShown) -> String {
    device_choice::headline(shown)
}

/// Formats of configuration, in the choice of formats.
pub const CONFIGURATION: &str = "Configuration";
/// Which device configuration is of.
pub const OF_DEVICE: &str = "Device";
/// Where published servers stand.
pub const OF_SITE: &str = "Published servers stand at";
/// Which circuit a peering is of.
pub const OF_CIRCUIT: &str = "Circuit";
/// Nothing is said: the text or the plan tells.
pub const AS_TOLD: &str = "As the text and the plan say";
/// What configuration says.
pub const SAYS: &str = "What it says";
/// What isn't modelled.
pub const NOT_MODELLED: &str = "Not modelled as it is";
/// What has no place.
pub const NO_PLACE: &str = "Without a place in the plan";
/// Tables of what configuration says.
pub const POOLS: &str = "Pools";
/// In their order.
pub const RULES: &str = "Translation rules, in their order";
/// Servers reachable from outside.
pub const PUBLISHED: &str = "Published services";
/// What the device originates.
pub const ADVERTISED: &str = "Advertisements";
/// Route policies.
pub const POLICIES: &str = "Policies";
/// BGP neighbours.
pub const NEIGHBOURS: &str = "Neighbours";
/// Peerings of circuits.
pub const PEERINGS: &str = "Peerings";
/// Nothing else.
pub const ANY: &str = "any";
/// A rule that doesn't translate.
pub const UNTRANSLATED: &str = "as it is";
/// A pool whose addresses the text doesn't say.
pub const NOT_KNOWN: &str = "not known: fill them in later";
/// None of it has a place.
pub const NOTHING_PLACED: &str = "Nothing of it has a place in this plan yet: say below where it belongs.";

/// Columns of these tables.
pub mod column {
    /// A name.
    pub const NAME: &str = "Name";
    /// Addresses.
    pub const ADDRESSES: &str = "Addresses";
    /// Where it is written.
    pub const LINE: &str = "Line";
    /// Sources.
    pub const SOURCES: &str = "Sources";
    /// Destinations.
    pub const DESTINATIONS: &str = "Destinations";
    /// Zones out.
    pub const OUT_BY: &str = "Out by";
    /// The pool.
    pub const TO_POOL: &str = "Translated to";
    /// Outside addresses.
    pub const OUTSIDE: &str = "Outside";
    /// Inside addresses.
    pub const INSIDE: &str = "Inside";
    /// Zones in.
    pub const IN_BY: &str = "In by";
    /// Ports.
    pub const PORTS: &str = "Ports";
    /// A prefix.
    pub const PREFIX: &str = "Prefix";
    /// By which statement.
    pub const BY: &str = "By";
    /// A policy.
    pub const POLICY: &str = "Policy";
    /// A term's condition.
    pub const MATCHES: &str = "Matches";
    /// A term's action.
    pub const DOES: &str = "Does";
    /// AS number.
    pub const AS: &str = "AS";
    /// Policy in.
    pub const POLICY_IN: &str = "Policy in";
    /// Policy out.
    pub const POLICY_OUT: &str = "Policy out";
    /// A kind of peering.
    pub const KIND: &str = "Kind";
    /// Admitted prefixes.
    pub const ADMITTED: &str = "Admitted";
    /// Both links' subnets.
    pub const SUBNETS: &str = "Subnets";
    /// The route filter.
    pub const FILTER: &str = "Route filter";
}

/// What was read of configuration, in one line.
pub fn configured(setup: &Setup) -> String {
    let device = if setup.device.is_empty() { String::new() } else { format!(", device {}", setup.device) };
    format!("{} from {}{device}", crate::report::words::setup::found(setup), setup.format.title())
}

/// The choice of a device that the plan doesn't have yet.
pub fn new_device(name: &str) -> String {
    format!("New device {name}")
}

/// The plan's only device is called otherwise than the text says.
pub fn is_it(text: &str, plan: &str) -> String {
    format!("Is {text} the plan's {plan}? It is taken for it; choose “{}” if it is another.", new_device(text))
}

/// What changes in the plan, by the part's name.
pub fn change(change: &Change, name: &str) -> String {
    match change {
        Change::Added { kind, .. } => format!("New {} {name}.", part_kind(*kind)),
        Change::Changed { kind, .. } => format!("Changes {} {name}.", part_kind(*kind)),
        Change::Rules { before, now, .. } => format!(
            "Replaces the translation rules of {name}: {} before, {} now.",
            count(*before as u64, "rule"),
            count(*now as u64, "rule"),
        ),
    }
}

/// Lines by their numbers: `line 3`, `lines 3, 5 and 8`; of many the first.
pub fn lines(lines: &[u32]) -> String {
    const FIRST: usize = 12;
    let mut named: Vec<String> = lines.iter().take(FIRST).map(ToString::to_string).collect();
    if lines.len() > FIRST {
        named.push(format!("{} more", lines.len() - FIRST));
    }
    format!("{} {}", if lines.len() == 1 { "line" } else { "lines" }, listing(&named, "and"))
}

/// Where a zone leads.
pub fn zone_leads(zone: &str) -> String {
    format!("“{zone}” leads to")
}

/// Who a neighbour is.
pub fn neighbour_of(neighbour: &crate::intake::config::Neighbour) -> String {
    match neighbour.remote_as {
        Some(asn) => format!("Neighbour {} (AS {asn}) is of", neighbour.address),
        None => format!("Neighbour {} is of", neighbour.address),
    }
}

/// So many rows more.
pub fn more_rows(hidden: usize) -> String {
    format!("and {} more", crate::space::Count::from(hidden as u64).grouped())
}

/// Configuration that is too long for the page.
pub fn too_long(limit: usize) -> String {
    format!(
        "It is longer than {} bytes, and too long to be taken in here: `twopath adopt` takes it.",
        crate::space::Count::from(limit as u64).grouped()
    )
}

/// Why something that was read has no place in the plan, and what to do here.
pub fn miss(miss: &Miss) -> String {
    match &miss.why {
        MissReason::NoExit { zones } if zones.is_empty() => {
            "No exit of the plan crosses this device: say in the exit's path which does.".to_owned()
        }
        MissReason::NoExit { zones } => {
            format!("{} leads to no exit of the plan; if it does, tick it above.", listing(zones, "or"))
        }
        MissReason::NoSite => "The plan has several sites: say above where the server stands.".to_owned(),
        MissReason::NoNeighbour { address } => {
            format!("No exit is known to have the neighbour {address}: say above which has.")
        }
        MissReason::NoCircuit => "Say above which circuit it is of.".to_owned(),
        _ => crate::report::words::setup::miss(miss),
    }
}

fn grouped(number: u32) -> String {
    crate::space::Count::from(u64::from(number)).grouped()
}
