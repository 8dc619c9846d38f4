//! What the inputs say: sections, labels, hints, buttons.

use crate::desk::marks::Mark;
use crate::plan::{PartKind, PeeringKind, Role, Side, Sku};
use crate::report::words::count;

/// A part's name.
pub const NAME: &str = "Name";
/// Moves up.
pub const MOVE_UP: &str = "Move up";
/// Moves down.
pub const MOVE_DOWN: &str = "Move down";
/// In an empty search field.
pub const SEARCH: &str = "Search";
/// The section of learned routes.
pub const LEARNED: &str = "Learned routes";
/// In an empty box.
pub const LEARNED_HINT: &str =
    "0.0.0.0/0, or paste what this exit learns: prefixes with attributes, or a print that is recognised";
/// Learned routes from sources.
pub const LEARNED_FROM: &str = "Also learned from sources";
/// The section of advertisements.
pub const ADVERTISED: &str = "Advertisements";
/// In an empty box.
pub const ADVERTISED_HINT: &str = "203.0.113.0/24 prepend=1";
/// There is no exit yet.
pub const NO_EXITS: &str = "Add an exit first: routes are learned and advertised over exits.";
/// The section of assumptions.
pub const ASSUMPTIONS: &str = "Assumptions";
/// Above the assumptions.
pub const ASSUMPTIONS_INTRO: &str = "Microsoft's documents, or the plan, leave these open. Answers use what is set here, and say where another choice would change them.";
/// The section of whole-plan settings.
pub const DECISION: &str = "Route decision";
/// The section of accepted findings.
pub const ACCEPTED: &str = "Accepted findings";
/// The section of notes.
pub const ABOUT: &str = "About this plan";
/// The notes.
pub const NOTES: &str = "Notes";
/// In empty notes.
pub const NOTES_HINT: &str = "What this plan is for, and what was asked";
/// A kind.
pub const KIND: &str = "Kind";
/// An Internet link.
pub const INTERNET: &str = "Internet link";
/// An ExpressRoute link.
pub const EXPRESS_ROUTE: &str = "ExpressRoute";
/// The site of an exit.
pub const HOME_SITE: &str = "Home site";
/// Local preference.
pub const LOCAL_PREFERENCE: &str = "Local preference";
/// The provider's AS number.
pub const PROVIDER_ASN: &str = "Provider's ASN";
/// Nothing is said.
pub const ANY_NUMBER: &str = "not said";
/// Bandwidth.
pub const BANDWIDTH: &str = "Bandwidth";
/// The unit.
pub const MBPS: &str = "Mbps";
/// A circuit.
pub const CIRCUIT: &str = "Circuit";
/// A peering.
pub const PEERING: &str = "Peering";
/// A link of a circuit.
pub const LINK: &str = "Link";
/// The primary link.
pub const PRIMARY: &str = "Primary";
/// The secondary link.
pub const SECONDARY: &str = "Secondary";
/// A device.
pub const DEVICE: &str = "Device";
/// A zone.
pub const ZONE: &str = "Zone (interface)";
/// In an empty zone.
pub const ZONE_HINT: &str = "Exits with the same zone share sessions";
/// The devices of an exit.
pub const PATH: &str = "Devices on the way, from inside to outside";
/// There are none.
pub const NO_PATH: &str = "None: packets cross no firewall and no NAT.";
/// Adds a device to an exit.
pub const ADD_CROSSING: &str = "Add a device to the path";
/// How failure is noticed.
pub const DETECTION: &str = "Noticing its failure";
/// Hold time.
pub const HOLD_TIME: &str = "BGP hold time";
/// The unit.
pub const SECONDS: &str = "s";
/// The unit.
pub const MILLISECONDS: &str = "ms";
/// BFD.
pub const BFD: &str = "BFD";
/// BFD interval.
pub const BFD_INTERVAL: &str = "BFD interval";
/// BFD multiplier.
pub const BFD_MULTIPLIER: &str = "BFD multiplier";
/// Incoming policies.
pub const POLICY_IN: &str = "Incoming policies; the first that matches decides";
/// Outgoing policies.
pub const POLICY_OUT: &str = "Outgoing policies; the first that matches decides";
/// There are none.
pub const NO_POLICY: &str = "None: every route is taken as it is.";
/// Adds a policy.
pub const ADD_POLICY: &str = "Add a policy";
/// What a policy matches.
pub const POLICY_PREFIXES: &str = "Prefixes";
/// In an empty box.
pub const POLICY_PREFIXES_HINT: &str = "Any prefix; 10.0.0.0/8 ge=16 le=24";
/// What a policy matches.
pub const POLICY_COMMUNITIES: &str = "Communities";
/// In an empty field.
pub const COMMUNITIES_HINT: &str = "12076:51004, 12076:5010";
/// What a policy does.
pub const POLICY_ACTION: &str = "Then";
/// Takes a route.
pub const POLICY_ACCEPT: &str = "Take it";
/// Drops a route.
pub const POLICY_DENY: &str = "Drop it";
/// What a policy sets.
pub const SET_PREFERENCE: &str = "Local preference";
/// What a policy sets.
pub const SET_WEIGHT: &str = "Weight";
/// What a policy sets.
pub const SET_PREPEND: &str = "Prepend";
/// The sites it holds for.
pub const POLICY_SITES: &str = "Only for sites";
/// None chosen.
pub const ALL_SITES: &str = "Holds for every site.";
/// A source.
pub const SOURCE: &str = "Source";
/// Named sets of a source.
pub const SETS: &str = "Sets";
/// No set is named.
pub const ALL_OF_IT: &str = "all of it";
/// Adds a reference.
pub const ADD_REFERENCE: &str = "Use a source";
/// A device keeps state.
pub const STATEFUL: &str = "Stateful: drops packets of sessions it doesn't know";
/// Translation rules.
pub const RULES: &str = "Translation rules; the first that matches decides";
/// There are none.
pub const NO_RULES: &str = "None: packets keep their source address.";
/// Adds a rule.
pub const ADD_RULE: &str = "Add a rule";
/// The pool of a rule.
pub const TRANSLATE_TO: &str = "Translate sources to";
/// No pool.
pub const NOT_TRANSLATED: &str = "No translation";
/// What a rule matches.
pub const RULE_SOURCES: &str = "Sources";
/// In an empty box.
pub const ANY_SOURCE: &str = "Any source";
/// What a rule matches.
pub const RULE_DESTINATIONS: &str = "Destinations";
/// In an empty box.
pub const ANY_DESTINATION: &str = "Any destination";
/// What a rule matches.
pub const RULE_SERVICES: &str = "Destinations by service";
/// None chosen.
pub const NO_SERVICES: &str = "No service: only the destinations above, or any.";
/// What a rule matches.
pub const RULE_EXITS: &str = "Leaving by";
/// None chosen.
pub const ANY_EXIT: &str = "Any exit.";
/// Addresses of a pool.
pub const ADDRESSES: &str = "Addresses";
/// In an empty box.
pub const POOL_HINT: &str = "203.0.113.16-203.0.113.31";
/// Ports kept from translation.
pub const RESERVED_PORTS: &str = "Reserved ports of each address";
/// Prefixes.
pub const PREFIXES: &str = "Prefixes";
/// In an empty box.
pub const PREFIXES_HINT: &str = "203.0.113.0/24";
/// The links of a provider.
pub const PROVIDER_EXITS: &str = "Its links to us";
/// None chosen.
pub const NO_PROVIDER_EXITS: &str = "No link: what the provider attracts is lost.";
/// Inside prefixes.
pub const INSIDE: &str = "Inside prefixes";
/// In an empty box.
pub const INSIDE_HINT: &str = "10.20.0.0/16";
/// Costs to exits.
pub const COSTS: &str = "Cost to reach exits";
/// At home.
pub const COST_HOME: &str = "0, at home here";
/// Not seen.
pub const COST_UNSEEN: &str = "not seen";
/// A circuit's SKU.
pub const SKU: &str = "SKU";
/// Where a circuit meets Microsoft.
pub const LOCATION: &str = "Peering location";
/// Regions near a circuit.
pub const LOCAL_REGIONS: &str = "Local regions";
/// Authorised for Microsoft 365.
pub const MICROSOFT_365: &str = "Authorised for Microsoft 365";
/// Adds a peering.
pub const ADD_PEERING: &str = "Add a peering";
/// There is none.
pub const NO_PEERING: &str = "no peering";
/// The return model.
pub const RETURN_MODEL: &str = "Microsoft answers";
/// By longest prefix.
pub const RETURN_LONGEST: &str = "By longest prefix (documented)";
/// Sticky.
pub const RETURN_STICKY: &str = "The way it came (field report)";
/// Our AS number.
pub const CUSTOMER_ASN: &str = "Our ASN";
/// Admitted prefixes.
pub const ADMITTED: &str = "Admitted prefixes (advertised public prefixes)";
/// In an empty box.
pub const ADMITTED_HINT: &str = "198.51.100.0/24";
/// A route filter is attached.
pub const ROUTE_FILTER: &str = "A route filter is attached";
/// What it lets in.
pub const FILTER_COMMUNITIES: &str = "Communities it lets in";
/// None is attached.
pub const NO_FILTER: &str = "Without a route filter Microsoft sends no routes over this peering.";
/// Peering subnets.
pub const PRIMARY_SUBNETS: &str = "Primary subnets";
/// Peering subnets.
pub const SECONDARY_SUBNETS: &str = "Secondary subnets";
/// In an empty box.
pub const SUBNETS_HINT: &str = "192.0.2.0/30";
/// Is Microsoft's.
pub const MICROSOFT: &str = "Microsoft";
/// Is Microsoft's.
pub const MICROSOFTS: &str = "Microsoft's: these addresses lie in Microsoft's network";
/// Destinations.
pub const DESTINATIONS: &str = "Destinations";
/// In an empty box.
pub const DESTINATIONS_HINT: &str = "20.60.28.0/23, or paste a list";
/// Destinations from sources.
pub const DESTINATIONS_FROM: &str = "Also destinations from sources";
/// Offered over ExpressRoute.
pub const OFFERED: &str = "Offered over ExpressRoute";
/// Nothing is said.
pub const NOT_SAID: &str = "Not said";
/// Yes.
pub const YES: &str = "Yes";
/// No.
pub const NO: &str = "No";
/// Ports.
pub const PORTS: &str = "Ports";
/// We begin.
pub const OUTBOUND: &str = "We do (outbound)";
/// The far side begins.
pub const INBOUND: &str = "The far side (inbound)";
/// Who begins.
pub const WHO_BEGINS: &str = "Who begins";
/// Where a flow begins.
pub const FROM_SITE: &str = "From site";
/// Where a flow goes.
pub const TO_SERVICE: &str = "To service";
/// Anywhere.
pub const EVERYWHERE: &str = "Everywhere";
/// Where a flow goes.
pub const TO_PUBLISHED: &str = "To published service";
/// Where a flow begins.
pub const FROM_SERVICE: &str = "From service";
/// Sources of a flow.
pub const FLOW_SOURCES: &str = "Sources";
/// In an empty box.
pub const FLOW_SOURCES_HINT: &str = "All inside prefixes of the site";
/// The rate out.
pub const MBPS_OUT: &str = "Out";
/// The rate in.
pub const MBPS_IN: &str = "In";
/// Sessions.
pub const SESSIONS: &str = "Sessions at the peak";
/// A site.
pub const SITE: &str = "Site";
/// What a published service is.
pub const ROLE: &str = "Role";
/// Addresses outside.
pub const PUBLISHED_ADDRESSES: &str = "Published addresses";
/// Addresses inside.
pub const INSIDE_ADDRESSES: &str = "Inside addresses";
/// In an empty box.
pub const ADDRESSES_HINT: &str = "203.0.113.10";
/// Ways in.
pub const ENTRIES: &str = "Ways in";
/// There are none.
pub const NO_ENTRIES: &str = "None: nobody outside reaches it.";
/// Adds a way in.
pub const ADD_ENTRY: &str = "Add a way in";
/// The exit of a way in.
pub const ENTRY_EXIT: &str = "Exit";
/// The device of a way in.
pub const ENTRY_DEVICE: &str = "Translated by";
/// The pool of a way in.
pub const ENTRY_POOL: &str = "Translate inbound sources to";
/// The text of a source.
pub const TEXT: &str = "Text";
/// In an empty box.
pub const SOURCE_HINT: &str =
    "Paste Service Tags, Microsoft 365 endpoints, Get-AzBgpServiceCommunity, or a list of prefixes";
/// Reads a file.
pub const FROM_FILE: &str = "From a file…";
/// A source's format.
pub const FORMAT: &str = "Format";
/// No format chosen.
pub const RECOGNISED: &str = "As recognised";
/// Where routes were taken.
pub const STAGE: &str = "Its routes were taken";
/// Nothing chosen.
pub const STAGE_USUAL: &str = "As usual for the format";
/// Before the filter.
pub const STAGE_OFFERED: &str = "Before route filter and SKU";
/// Behind the filter.
pub const STAGE_RECEIVED: &str = "On our router, behind them";
/// Equal paths are shared.
pub const MULTIPATH: &str = "Equal paths are shared (multipath)";
/// Distances.
pub const DISTANCES: &str = "Administrative distances";
/// A distance.
pub const EBGP: &str = "eBGP";
/// A distance.
pub const IBGP: &str = "iBGP";
/// A distance.
pub const STATIC: &str = "Static";
/// A distance.
pub const IGP: &str = "IGP";
/// Microsoft's space.
pub const MICROSOFT_SPACE: &str = "What counts as Microsoft's space";
/// The built-in list.
pub const BUILT_IN: &str = "The built-in list";
/// A finding's code.
pub const FINDING_CODE: &str = "Finding";
/// What it is about.
pub const FINDING_ABOUT: &str = "About (identifiers)";
/// Why it is accepted.
pub const FINDING_REASON: &str = "Reason";
/// There are none.
pub const NO_ACCEPTED: &str = "None.";
/// Adds one.
pub const ADD_ACCEPTED: &str = "Accept a finding";
/// Not a number.
pub const BAD_NUMBER: &str = "This must be a whole number, 0 to 4,294,967,295.";
/// Not an AS number.
pub const BAD_ASN: &str = "An AS number is 1 to 4,294,967,295.";
/// Not a rate.
pub const BAD_RATE: &str = "A rate is a number of Mbps with at most three decimals.";
/// Not a distance.
pub const BAD_DISTANCE: &str = "A distance is 0 to 255.";
/// What was typed is no prefix length.
pub const BAD_LENGTH: &str = "A prefix length is 0 to 128.";
/// Not a number of ports.
pub const BAD_PORTS: &str = "At most 64,000 ports can be kept back.";

/// A section's heading.
pub fn section(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Site => "Sites",
        PartKind::Circuit => "Circuits and peerings",
        PartKind::Exit => "Exits",
        PartKind::Device => "Devices",
        PartKind::Pool => "Pools",
        PartKind::Source => "Sources",
        PartKind::Service => "Services",
        PartKind::Published => "Published services",
        PartKind::Flow => "Flows",
        PartKind::ProviderCovered => "Covered by providers",
    }
}

/// What a new part is called, before its number.
pub fn noun(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Site => "Site",
        PartKind::Circuit => "Circuit",
        PartKind::Exit => "Exit",
        PartKind::Device => "Device",
        PartKind::Pool => "Pool",
        PartKind::Source => "Source",
        PartKind::Service => "Service",
        PartKind::Published => "Published service",
        PartKind::Flow => "Flow",
        PartKind::ProviderCovered => "Provider block",
    }
}

/// Adds a part.
pub fn add(kind: PartKind) -> String {
    format!("Add {}", with_article(kind))
}

/// The last choice where a part is needed.
pub fn new_part(kind: PartKind) -> String {
    format!("New {}…", noun(kind).to_lowercase())
}

fn with_article(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Site => "a site",
        PartKind::Circuit => "a circuit",
        PartKind::Exit => "an exit",
        PartKind::Device => "a device",
        PartKind::Pool => "a pool",
        PartKind::Source => "a source",
        PartKind::Service => "a service",
        PartKind::Published => "a published service",
        PartKind::Flow => "a flow",
        PartKind::ProviderCovered => "a provider's block",
    }
}

/// What a section is for, while it is empty.
pub fn empty_section(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Site => "A site is a place with inside prefixes, from which packets set out.",
        PartKind::Circuit => "An ExpressRoute circuit carries peerings; its links become exits.",
        PartKind::Exit => "An exit is a way out: an Internet link, or one link of an ExpressRoute circuit.",
        PartKind::Device => "A device is a firewall, NAT or router that exits cross.",
        PartKind::Pool => "A pool holds the addresses that sources are translated to.",
        PartKind::Source => "A source is a file that several parts take lists from. Drop one anywhere.",
        PartKind::Service => "A service is a named set of destinations.",
        PartKind::Published => "A published service is an inside server that is reachable from outside.",
        PartKind::Flow => "A flow is what you want to know the way of: from where to where, and who begins.",
        PartKind::ProviderCovered => {
            "Space of yours that an Internet provider originates, whatever you advertise."
        }
    }
}

/// The search field of a section.
pub fn search(kind: PartKind) -> String {
    format!("Search {}", section(kind).to_lowercase())
}

/// Shows more parts.
pub fn show_more(hidden: usize) -> String {
    format!("Show more ({} hidden)", crate::space::Count::from(hidden as u64).grouped())
}

/// Moves a part up.
pub fn move_up(name: &str) -> String {
    format!("Move {name} up")
}

/// Moves a part down.
pub fn move_down(name: &str) -> String {
    format!("Move {name} down")
}

/// Removes a part.
pub fn remove(name: &str) -> String {
    format!("Remove {name}")
}

/// Removes a way in.
pub fn remove_entry(index: usize) -> String {
    format!("Remove way in {}", index + 1)
}

/// Something chosen that isn't there.
pub fn missing(id: &str) -> String {
    if id.is_empty() { "Choose…".to_owned() } else { format!("{id} (missing)") }
}

/// The faults beside a heading.
pub fn mark(mark: Mark) -> String {
    match (mark.errors, mark.warnings) {
        (errors, 0) => count(errors.into(), "error"),
        (0, warnings) => count(warnings.into(), "warning"),
        (errors, warnings) => format!("{}, {}", count(errors.into(), "error"), count(warnings.into(), "warning")),
    }
}

/// The device field of a crossing.
pub fn crossing_device(index: usize) -> String {
    format!("Device {}", index + 1)
}

/// The zone field of a crossing.
pub fn crossing_zone(index: usize) -> String {
    format!("Zone {}", index + 1)
}

/// A policy by its number.
pub fn policy(index: usize) -> String {
    format!("Policy {}", index + 1)
}

/// A rule by its number.
pub fn rule_number(index: usize) -> String {
    format!("Rule {}", index + 1)
}

/// The name field of a rule.
pub fn rule_name(index: usize) -> String {
    format!("Name of rule {}", index + 1)
}

/// A rule by its number and name.
pub fn rule(index: usize, name: &str) -> String {
    if name.trim().is_empty() { format!("rule {}", index + 1) } else { name.to_owned() }
}

/// A few words on a device.
pub fn device_summary(stateful: bool, rules: usize) -> String {
    let state = if stateful { "stateful" } else { "stateless" };
    if rules == 0 { state.to_owned() } else { format!("{state}; {}", count(rules as u64, "rule")) }
}

/// A few words on an outbound flow.
pub fn flow_out(site: &str, service: Option<&str>) -> String {
    format!("{site} → {}", service.unwrap_or("everywhere"))
}

/// A few words on an inbound flow.
pub fn flow_in(published: &str, from: Option<&str>) -> String {
    format!("{} → {published}", from.unwrap_or("everywhere"))
}

/// A peering as the value of a choice.
pub fn peering_value(kind: PeeringKind) -> &'static str {
    match kind {
        PeeringKind::Microsoft => "microsoft",
        PeeringKind::LegacyPublic => "legacy_public",
        PeeringKind::Private => "private",
    }
}

/// The peering of a value.
pub fn peering_of(value: &str) -> PeeringKind {
    match value {
        "legacy_public" => PeeringKind::LegacyPublic,
        "private" => PeeringKind::Private,
        _ => PeeringKind::Microsoft,
    }
}

/// A peering and a link in two words.
pub fn peering_short(kind: PeeringKind, side: Side) -> String {
    let kind = match kind {
        PeeringKind::Microsoft => "Microsoft",
        PeeringKind::LegacyPublic => "public",
        PeeringKind::Private => "private",
    };
    let side = match side {
        Side::Primary => "primary",
        Side::Secondary => "secondary",
    };
    format!("{kind}, {side}")
}

/// What people call a SKU.
pub fn sku(sku: Sku) -> &'static str {
    match sku {
        Sku::Local => "Local",
        Sku::Standard => "Standard",
        Sku::Premium => "Premium",
    }
}

/// The SKU of a name.
pub fn sku_of(name: &str) -> Sku {
    match name {
        "Local" => Sku::Local,
        "Premium" => Sku::Premium,
        _ => Sku::Standard,
    }
}

/// The roles of published services: value and name of each.
pub const ROLES: [(Role, &str, &str); 5] = [
    (Role::Smtp, "smtp", "Mail (SMTP)"),
    (Role::Adfs, "adfs", "AD FS"),
    (Role::ExchangeHybrid, "exchange_hybrid", "Exchange hybrid"),
    (Role::SharepointHybrid, "sharepoint_hybrid", "SharePoint hybrid"),
    (Role::SkypeHybrid, "skype_hybrid", "Skype for Business hybrid"),
];

/// Not a community.
pub fn bad_community(word: &str) -> String {
    format!("“{word}” is no community: they are written ASN:VALUE, both 0 to 65535.")
}

/// Not a region.
pub fn bad_region(word: &str) -> String {
    format!("“{word}” is no region: give the last three digits of its community, e.g. 7 for North Central US.")
}
