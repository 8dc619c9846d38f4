//! The tab of the coverage, and lists of prefixes in every tab.

use crate::report::words::{Names, count};
use crate::space::Count;

/// Chooses what of the coverage is shown.
pub const SECTIONS: &str = "What of the coverage";
/// The destination classes.
pub const CLASSES: &str = "Destinations";
/// The services.
pub const SERVICES: &str = "Services";
/// The reverse.
pub const BACK: &str = "The way back";
/// The decision table.
pub const PREFIXES: &str = "Every prefix";
/// Chooses the site.
pub const SITE: &str = "Seen from";
/// The plan has no site.
pub const NO_SITE: &str = "Coverage is told from a site: every address that there is, which way packets to it leave, and whether their \
     answers come back. Add a site with its inside prefixes.";
/// What the destinations are.
pub const CLASSES_HINT: &str = "Every address of both families, once, by what becomes of a packet to it; worst first. Choose a class for its \
     prefixes.";
/// What the services are.
pub const SERVICES_HINT: &str =
    "Which share of each service's addresses goes which way; worst first. Choose one for its class.";
/// What the way back is.
pub const BACK_HINT: &str = "Where Microsoft and the rest of the Internet send packets to your addresses, be they pools, published or public \
     inside space. Choose a row for its prefixes.";
/// What the decision table is.
pub const PREFIXES_HINT: &str =
    "The site's whole decision table: which prefix decides for which addresses. Choose a row for its trace.";
/// The plan has no service.
pub const NO_SERVICES: &str =
    "The plan has no service. A service is a named set of destinations: add one, or take one from a list of tags.";
/// There is nothing to send back to.
pub const NO_BACK: &str = "The plan has no pool, nothing published and no public inside space: nobody outside can \
     send to it.";
/// The filters leave nothing.
pub const NO_ROWS: &str = "No prefix matches.";
/// Bars by exit.
pub const BY_EXIT: &str = "by exit";
/// Bars by verdict.
pub const BY_VERDICT: &str = "by verdict";
/// Space that isn't judged, in a legend.
pub const SPECIAL: &str = "not judged: private, multicast, reserved";
/// A family that the site has no address of, in a legend.
pub const NO_SOURCES: &str = "not judged: the site has no inside address of this family";
/// Leads back from one class to all.
pub const ALL_CLASSES: &str = "All destinations";
/// Leads back from one way back to all.
pub const ALL_BACK: &str = "All ways back";
/// Traces a packet.
pub const TRACE: &str = "Trace one";
/// Shows the rows of a class in the decision table.
pub const IN_TABLE: &str = "Its rows in every prefix";
/// The filter by exit.
pub const EXIT: &str = "Exit";
/// The filter by verdict.
pub const VERDICT: &str = "Verdict";
/// No filter.
pub const ANY: &str = "any";
/// The field of an address to find.
pub const FIND: &str = "Find an address";
/// Finds it.
pub const FIND_BUTTON: &str = "Find";
/// What was typed isn't an address.
pub const NO_ADDRESS: &str = "This is no IP address.";
/// Takes every filter off.
pub const SHOW_ALL: &str = "Show all";
/// Nothing decides.
pub const NO_PREFIX: &str = "none";

/// Columns.
pub mod column {
    /// How it ends.
    pub const VERDICT: &str = "Verdict";
    /// Where it lies.
    pub const TO: &str = "To";
    /// The exits of the packets.
    pub const OUT: &str = "Leaves by";
    /// The exits of the answers.
    pub const BACK: &str = "Answer by";
    /// How many addresses.
    pub const ADDRESSES: &str = "Addresses";
    /// Their share.
    pub const SHARE: &str = "Share";
    /// How many prefixes.
    pub const PREFIXES: &str = "Prefixes";
    /// The lowest address.
    pub const FIRST: &str = "From";
    /// The service.
    pub const SERVICE: &str = "Service";
    /// Whose addresses.
    pub const OURS: &str = "Addresses of";
    /// Who sends.
    pub const SENDER: &str = "From";
    /// Where to.
    pub const SENT: &str = "Sends by";
    /// The addresses of a row.
    pub const RANGE: &str = "Addresses";
    /// The prefix that decides.
    pub const PREFIX: &str = "Decided by";
    /// The class.
    pub const CLASS: &str = "Class";
}

/// A list of prefixes, read out.
pub const PREFIX_LIST: &str = "Prefixes";
/// Copies what is shown of a list.
pub const COPY: &str = "Copy";
/// It was copied.
pub const COPIED: &str = "Copied";
/// It couldn't be copied.
pub const NOT_COPIED: &str = "This browser doesn't let pages copy here: select the list instead.";
/// The window before.
pub const EARLIER: &str = "Earlier";
/// The window after.
pub const LATER: &str = "Later";

/// Which prefixes of how many are shown.
pub fn shown(from: u32, number: usize, all: u32) -> String {
    let grouped = |number: u64| Count::from(number).grouped();
    let last = u64::from(from) + number as u64;
    if number as u32 == all {
        crate::report::words::prefixes(u64::from(all))
    } else {
        format!("{} to {} of {} prefixes", grouped(u64::from(from) + 1), grouped(last), grouped(u64::from(all)))
    }
}

/// How to get a list that is too long for the page.
pub fn whole_list(site: &str, class: u32) -> String {
    format!("The whole list: twopath coverage PLAN --site {site} --class {class}")
}

/// The number of rows of the decision table.
pub fn rows(total: u32) -> String {
    count(u64::from(total), "row")
}

/// A class, as a heading.
pub fn class(number: u32) -> String {
    format!("Class {number}")
}

/// Only the rows of one class are shown.
pub fn only_class(number: u32) -> String {
    format!("only class {number}")
}

/// A tie, in a legend.
pub fn tie(exits: &[crate::plan::Id], names: &Names) -> String {
    format!("{} (tie)", names.exits(exits, "or"))
}
