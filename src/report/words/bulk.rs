//! Many rows of the catalogue at once.

use super::{count, listing};

/// What came of it: `3 rows added; 2 are there already.`
pub fn sum(added: usize, there: usize) -> String {
    let added = format!("{} added", count(added as u64, "row"));
    match there {
        0 => format!("{added}."),
        1 => format!("{added}; 1 is there already."),
        _ => format!("{added}; {there} are there already."),
    }
}

/// Nothing is as asked.
pub fn nothing(sets: &[String], inbound: bool) -> String {
    let named = sets.iter().any(|set| set == "expressroute");
    match (named, inbound) {
        (true, _) => format!("There is nothing to add. {NONE_ALLOWS}"),
        (false, true) => "There is nothing to add: every published service has its row.".to_owned(),
        (false, false) => "There is nothing to add: no service or site is as asked.".to_owned(),
    }
}

/// No service and no set is known to be offered over ExpressRoute.
pub const NONE_ALLOWS: &str = "No service of the plan is known to be offered over ExpressRoute. Import Microsoft's list \
                               of Microsoft 365 endpoints, which says it of each set, or say it at the service.";

/// Published services without a row, where nobody asked for them.
pub fn inbound_offered(names: &[String]) -> String {
    let (has, them) = if names.len() == 1 { ("has", "it") } else { ("have", "them") };
    format!("{} {has} no row for what the outside begins; --inbound adds {them}.", listing(names, "and"))
}
