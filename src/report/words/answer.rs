//! What stands around the answer and the reasons on the page.

use super::{Names, count, listing, picture};
use crate::journey::{Direction, Part, Row, Verdict};
use crate::plan::{Ends, Flow, Id};
use crate::routing::ForwardCandidate;
use crate::space::Family;

/// The counts of the verdicts, as a group of switches.
pub const BY_VERDICT: &str = "Flows by verdict: show only these";
/// Nothing is answered yet.
pub const WAITING: &str = "The answer is on its way.";
/// The picture.
pub const PICTURE: &str = "Picture";
/// Saves the picture.
pub const SAVE_PICTURE: &str = "SVG";
/// What that does.
pub const SAVE_PICTURE_HINT: &str = "Save the picture as an SVG file, in colours that print";
/// What holds the picture, for those who don't see it.
pub const PICTURE_PLACE: &str = "The picture: plus and minus zoom, arrows move it";
/// Closer.
pub const ZOOM_IN: &str = "Zoom in";
/// Farther.
pub const ZOOM_OUT: &str = "Zoom out";
/// As it fits.
pub const ZOOM_WHOLE: &str = "Show the whole picture";
/// The buttons, with how large it is.
pub fn zoomed(percent: i32) -> String {
    format!("Zoom, {percent} %")
}
/// The picture where nothing is chosen.
pub const PICTURE_PLAIN: &str = "Choose a flow below to see its two ways.";
/// Shows all flows in place of the one that is chosen.
pub const PICTURE_ALL: &str = "All flows";
/// The picture then.
pub const PICTURE_TOGETHER: &str = "All flows together";
/// How it is read.
pub const PICTURE_ALL_SAYS: &str =
    "The more Mbps, the thicker. Point at a line to see how much it is, at a row of the table to see its ways.";
/// The switches for what is down.
pub const WHAT_IF: &str = "What if this is down?";
/// Brings everything up.
pub const ALL_UP: &str = "All up again";
/// A switch by which a part goes down.
pub fn is_down(name: &str) -> String {
    format!("{name} is down")
}
/// A row that the other return model answers differently.
pub const DIFFERS: &str = "differs";
/// A row that it answers alike.
pub const SAME: &str = "same";
/// Between equal exits.
pub const OR: &str = " or ";
/// Exits.
pub const EXITS: &str = "Exits";
/// Circuits.
pub const CIRCUITS: &str = "Circuits";
/// Devices.
pub const DEVICES: &str = "Devices";
/// Sites.
pub const SITES: &str = "Sites";
/// The switch for the other return model.
pub const COMPARE: &str = "Show the other return model beside";
/// What that switch does.
pub const COMPARE_HELP: &str = "Longest prefix where the plan says sticky, sticky where it says longest prefix.";
/// Only rows that differ.
pub const ONLY_DIFFERING: &str = "Only flows that differ";
/// The flow table.
pub const FLOWS: &str = "Flows";
/// Its filter.
pub const FILTER: &str = "Filter flows";
/// What the filter looks at.
pub const FILTER_HINT: &str = "name, site, service, exit…";
/// Only rows that are kept symmetric so.
pub const KEPT: &str = "How symmetry is kept";
/// However it is kept, or not.
pub const KEPT_ALL: &str = "Kept any way";
/// What rows are grouped by.
pub const GROUP: &str = "Group flows";
/// By nothing.
pub const GROUP_NONE: &str = "Not grouped";
/// By service.
pub const GROUP_SERVICE: &str = "By service";
/// By site.
pub const GROUP_SITE: &str = "By site";
/// The buttons that write the catalogue.
pub const EXPORT: &str = "Write the flow catalogue";
/// As CSV.
pub const EXPORT_CSV: &str = "Save the flows that are shown as CSV";
/// As JSON.
pub const EXPORT_JSON: &str = "Save the flows that are shown as JSON";
/// As Markdown.
pub const EXPORT_MARKDOWN: &str = "Save the flows that are shown as Markdown";
/// To the clipboard.
pub const EXPORT_COPY: &str = "Copy";
/// What that does.
pub const EXPORT_COPY_HINT: &str = "Copy the flows that are shown, for a spreadsheet";
/// Every filter off.
pub const SHOW_ALL: &str = "Show all";
/// The filters leave nothing.
pub const NOTHING_SHOWN: &str = "No flow matches.";
/// Opens a row's parts.
pub const OPEN_PARTS: &str = "Show parts";
/// Closes them.
pub const CLOSE_PARTS: &str = "Hide parts";
/// A row that is on its way.
pub const ROW_WAITING: &str = "…";
/// Which rows of a table are on paper, where not all are.
pub fn rows_printed(first: u32, last: u32, total: u32) -> String {
    let grouped = |number: u32| crate::space::Count::from(u64::from(number)).grouped();
    format!("Rows {} to {} of {}. The others are on the page.", grouped(first), grouped(last), grouped(total))
}
/// A flow to or from everywhere.
pub const EVERYWHERE: &str = "everywhere";
/// Untranslated.
pub const UNTRANSLATED: &str = "untranslated";
/// A flow without addresses.
pub const NO_ADDRESSES: &str = "No addresses";
/// Nothing.
pub const NOTHING: &str = "–";

/// The columns of the flow table.
pub mod column {
    /// Verdict.
    pub const VERDICT: &str = "Verdict";
    /// Verdict with the other return model.
    pub const OTHER: &str = "Other model";
    /// Name.
    pub const FLOW: &str = "Flow";
    /// Who begins.
    pub const DIRECTION: &str = "Begins";
    /// Site.
    pub const SITE: &str = "Site";
    /// Service, or published service.
    pub const SERVICE: &str = "Service";
    /// Exits of the first packet.
    pub const OUT: &str = "First packet by";
    /// Pools.
    pub const TRANSLATED: &str = "Translated to";
    /// Exits of the answer.
    pub const BACK: &str = "Answer by";
    /// Share of addresses.
    pub const SHARE: &str = "Addresses";
    /// Rate.
    pub const MBPS: &str = "Mbps";
    /// What rows are grouped by.
    pub const GROUP: &str = "Group";
    /// Where the first packet comes from.
    pub const SOURCE: &str = "Source";
    /// Where it goes.
    pub const DESTINATION: &str = "Destination";
    /// Ports and protocols.
    pub const PORTS: &str = "Ports";
    /// What came of admission.
    pub const ADMITTED: &str = "Admitted";
    /// Devices crossed.
    pub const DEVICES: &str = "Devices";
    /// How symmetry is kept.
    pub const KEPT: &str = "Symmetry kept by";
}

/// Who begins, in a word.
pub fn begins(direction: Direction) -> &'static str {
    match direction {
        Direction::Outbound => "we",
        Direction::Inbound => "they",
    }
}

/// How many rows are shown of all.
pub fn shown(shown: u32, all: u32) -> String {
    if shown == all {
        count(u64::from(all), "flow")
    } else {
        format!("{shown} of {}", count(u64::from(all), "flow"))
    }
}

/// How many parts of the plan are down.
pub fn parts_down(number: usize) -> String {
    match number {
        1 => "1 part is down".to_owned(),
        _ => format!("{number} parts are down"),
    }
}

/// The headline with the other return model.
pub fn other_model(headline: &str, differing: usize) -> String {
    match differing {
        0 => format!("With the other return model the same: {headline}"),
        1 => format!("With the other return model: {headline} 1 flow differs."),
        _ => format!("With the other return model: {headline} {differing} flows differ."),
    }
}

/// A count by verdict, as it is read out. It begins with what is seen, so that one who speaks to the page can say it
/// (WCAG 2.2, success criterion 2.5.3).
pub fn verdict_count(verdict: Verdict, number: u32) -> String {
    format!("{number} {} {}", super::verdicts::title(verdict), if number == 1 { "flow" } else { "flows" })
}

/// What a flow talks to.
pub fn service<'a>(flow: Option<&'a Flow>, names: &'a Names) -> &'a str {
    match flow.map(|flow| &flow.ends) {
        Some(Ends::Outbound(outbound)) => {
            outbound.service.as_ref().map_or(EVERYWHERE, |service| names.service(service))
        }
        Some(Ends::Inbound(inbound)) => names.published(&inbound.published),
        None => NOTHING,
    }
}

/// Both rates of a flow: out, then in.
pub fn mbps(flow: Option<&Flow>) -> String {
    let rates = flow.map_or((None, None), |flow| (flow.mbps_out, flow.mbps_in));
    match rates {
        (None, None) => String::new(),
        (Some(out), None) => out.to_string(),
        (None, Some(back)) => format!("0 + {back}"),
        (Some(out), Some(back)) => format!("{out} + {back}"),
    }
}

/// Exits or pools of a whole row: each set of equals once.
pub fn union(sets: impl Iterator<Item = String>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for set in sets {
        if !set.is_empty() && !seen.contains(&set) {
            seen.push(set);
        }
    }
    if seen.is_empty() { NOTHING.to_owned() } else { seen.join("; ") }
}

/// How many parts a row has.
pub fn parts(number: usize) -> String {
    count(number as u64, "part")
}

/// A part in the table: its family, and how many addresses there are.
pub fn part_line(part: &Part) -> String {
    format!("{}, {}", family(part.family), far(part))
}

/// A part of a row, as it is read out.
pub fn part_name(row: &Row, part: &Part, names: &Names) -> String {
    format!("{}, {} of addresses: {}", names.flow(&row.flow), part.share, super::verdicts::title(part.verdict))
}

/// A family.
pub fn family(family: Family) -> &'static str {
    match family {
        Family::V4 => "IPv4",
        Family::V6 => "IPv6",
    }
}

/// How many addresses of the far side.
pub fn far(part: &Part) -> String {
    format!("{} at {}", super::addresses(part.far_addresses), picture::far_side(part.far_side))
}

/// What a row is called when it is read out.
pub fn row_name(row: &Row, names: &Names) -> String {
    let verdict = row.verdict.map_or(NO_ADDRESSES, super::verdicts::title);
    format!("{}: {verdict}", names.flow(&row.flow))
}

/// The reasons, before anything is chosen.
pub const WHY_NOTHING: &str = "Choose a flow in the table, or ask for an address above. Every step of its journey is \
     explained here, down to the line that you pasted.";
/// A chosen flow that has no addresses.
pub const WHY_NO_ADDRESSES: &str = "This flow has no addresses to judge: give its service destinations, and its site or \
     itself sources.";
/// The form that asks for one address.
pub const ASK: &str = "Trace one address";
/// Whence.
pub const ASK_FROM: &str = "From";
/// The other end.
pub const ASK_TO: &str = "Destination";
/// The far end of an inbound journey.
pub const ASK_FAR: &str = "Far address";
/// Our own address.
pub const ASK_SOURCE: &str = "Source (optional)";
/// Asks.
pub const ASK_GO: &str = "Trace";
/// A site.
pub fn ask_site(site: &str) -> String {
    format!("from {site}")
}
/// A published service.
pub fn ask_published(published: &str) -> String {
    format!("in to {published}")
}
/// What is typed isn't an address.
pub fn not_an_address(text: &str) -> String {
    if text.is_empty() {
        "Type an address, e.g. 20.60.1.1.".to_owned()
    } else {
        format!("“{text}” isn't an IPv4 or IPv6 address, e.g. 20.60.1.1.")
    }
}
/// The two families don't mix.
pub const TWO_FAMILIES: &str = "Source and destination must both be IPv4 or both IPv6.";

/// No trace: there is no such site.
pub fn no_site(site: Option<&Id>) -> String {
    match site {
        None => "The plan has no site.".to_owned(),
        Some(site) => format!("The plan has no site “{site}”."),
    }
}
/// No trace: there is no such published service.
pub fn no_published(published: &Id) -> String {
    format!("The plan has no published service “{published}”.")
}
/// No trace: the site has no address of this family.
pub fn no_source(site: &str, family: Family) -> String {
    format!("{site} has no inside {} address.", self::family(family))
}
/// No trace: the published service has no such address.
pub fn no_published_address(published: &str, family: Family) -> String {
    format!("{published} has no such published {} address.", self::family(family))
}

/// The two ends of a trace.
pub fn ends(from: &str, to: &str) -> String {
    format!("{from} → {to}")
}
/// Which part of a flow.
pub const WHICH_PART: &str = "Which part of the flow";
/// Which return model.
pub const WHICH_MODEL: &str = "Which return model";
/// The plan's return model.
pub const MODEL_CHOSEN: &str = "As planned";
/// The other return model.
pub const MODEL_OTHER: &str = "Other return model";
/// The steps.
pub const STEPS: &str = "Steps of the journey";
/// Candidates of a decision.
pub const CANDIDATES: &str = "Candidates";
/// A candidate that is chosen.
pub const CHOSEN: &str = "chosen";
/// Candidates, and the rule that decided, where one did.
pub fn candidates(number: usize, rule: &str) -> String {
    let number = count(number as u64, "candidate");
    if rule.is_empty() { number } else { format!("{number}, decided by {rule}") }
}
/// A candidate that lost.
pub fn lost(why: &str) -> String {
    format!("lost by {why}")
}
/// Exits without a say.
pub const NO_SAY: &str = "No say";
/// Refused advertisements.
pub const REFUSED: &str = "Not accepted";
/// Devices.
pub const CROSSED: &str = "Devices crossed";
/// The source of a rule.
pub const SOURCE: &str = "Source";
/// Equal paths.
pub const BRANCHES: &str = "Then, each of these";
/// What hangs on an assumption.
pub const DECISIVE: &str = "Hangs on an assumption";
/// Leads to the assumptions.
pub const TO_ASSUMPTIONS: &str = "Show assumptions";

/// The values of a candidate in which the candidates differ.
pub fn values(candidate: &ForwardCandidate, all: &[ForwardCandidate]) -> String {
    let differ =
        |value: &dyn Fn(&ForwardCandidate) -> String| all.iter().any(|other| value(other) != value(candidate));
    let mut values: Vec<String> = Vec::new();
    let mut add = |value: &dyn Fn(&ForwardCandidate) -> String| {
        if differ(value) {
            values.push(value(candidate));
        }
    };
    add(&|candidate| super::steps::protocol(candidate.protocol).to_owned());
    add(&|candidate| format!("weight {}", candidate.weight));
    add(&|candidate| format!("preference {}", candidate.local_preference));
    add(&|candidate| format!("AS path {}", candidate.as_path_length));
    add(&|candidate| format!("origin {}", super::steps::origin(candidate.origin)));
    add(&|candidate| format!("MED {}", candidate.med));
    add(&|candidate| if candidate.ebgp { "eBGP" } else { "iBGP" }.to_owned());
    add(&|candidate| format!("cost {}", candidate.cost));
    add(&|candidate| format!("distance {}", candidate.distance));
    values.join(", ")
}

/// The exits that a candidate for the answer leads to, with its provider.
pub fn attracted_by(candidate: &crate::routing::ReturnCandidate, names: &Names) -> String {
    let exits: Vec<&str> = candidate.exits.iter().map(|exit| names.exit(exit)).collect();
    match (&candidate.provider, exits.is_empty()) {
        (Some(provider), true) => format!("{}, with no link up", names.provider(provider)),
        (Some(provider), false) => format!("{} by {}", names.provider(provider), listing(&exits, "or")),
        (None, _) => listing(&exits, "or"),
    }
}
/// Which zone a device was entered by.
pub fn zone(zone: &str) -> String {
    if zone.is_empty() { String::new() } else { format!("by zone {zone}") }
}
/// The share of a part.
pub fn part_share(part: &Part) -> String {
    format!("{} of {} addresses", part.share, family(part.family))
}
/// The same with the exits they take.
pub fn part_way(part: &Part, names: &Names) -> String {
    let share = part_share(part);
    if part.out.is_empty() { share } else { format!("by {}, {share}", names.exits(&part.out, "or")) }
}
/// The inside addresses of a published service.
pub fn inside(addresses: &str) -> String {
    format!("inside: {addresses}")
}
/// An AS path as learned.
pub fn as_path(path: &str) -> String {
    format!("AS path {path}")
}
/// The length of an AS path.
pub fn as_path_length(length: u32) -> String {
    format!("AS-path length {length}")
}
