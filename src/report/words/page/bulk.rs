//! Many rows of the catalogue at once, on the page.

use crate::desk::bulk::Which;
use crate::report::words::count;

/// Opens it.
pub const ADD: &str = "Add rows…";
/// The same in more words.
pub const ADD_HINT: &str = "Add many rows to the flow catalogue: services and endpoint sets, from any sites";
/// The dialog's title.
pub const TITLE: &str = "Add rows to the flow catalogue";
/// What it is for.
pub const INTRO: &str = "A row for each chosen service and site, and one for what the outside begins with each published \
                         service. Rows that are there already stay as they are.";
/// Where rows that we begin go to.
pub const TO: &str = "To";
/// The buttons that choose several.
pub const CHOOSE: &str = "Choose";
/// None.
pub const NONE: &str = "None";
/// Where they set out from.
pub const FROM: &str = "From";
/// Published services.
pub const INBOUND: &str = "From outside, to published services without a row";
/// A set that is no service yet.
pub const NEW_SERVICE: &str = "becomes a service";
/// The plan has neither services nor sets.
pub const NO_SERVICE: &str =
    "The plan has no services yet. Add one, or import Microsoft's list of Microsoft 365 endpoints.";
/// Opens the import.
pub const IMPORT_LIST: &str = "Import Microsoft's list…";
/// Where that list is.
pub const LIST_IS_AT: &str = "Microsoft's list of Microsoft 365 endpoints is served as JSON at this address; save it, or copy \
                              and paste it. This page asks no other host for anything:";
/// Its address; the number only tells clients apart, and this is the one of Microsoft's own examples.
pub const LIST_ADDRESS: &str =
    "https://endpoints.office.com/endpoints/worldwide?clientrequestid=b10c5ed1-bad1-445f-b386-b919946339a7";
/// No service is ticked.
pub const NO_TO: &str = "None is chosen.";
/// The rows.
pub const PREVIEW: &str = "Rows";
/// A row is there.
pub const THERE: &str = "there already";
/// A row is new.
pub const NEW: &str = "new";
/// Leaves everything as it is.
pub const CANCEL: &str = "Cancel";

/// Chooses some of what rows may go to, and how many that are.
pub fn which(which: Which, number: usize) -> String {
    let name = match which {
        Which::ExpressRoute => "Those that allow ExpressRoute",
        Which::Microsoft => "All of Microsoft's",
        Which::All => "All",
    };
    format!("{name} ({number})")
}

/// What is known of an offer, beside its name.
pub fn allows(express_route: Option<bool>) -> &'static str {
    match express_route {
        Some(true) => "allows ExpressRoute",
        Some(false) => "not over ExpressRoute",
        None => "",
    }
}

/// What would happen: `Adds 12 rows; 3 are there already.`
pub fn sum(added: usize, there: usize) -> String {
    let added = match added {
        0 => "Adds no row".to_owned(),
        added => format!("Adds {}", count(added as u64, "row")),
    };
    match there {
        0 => format!("{added}."),
        1 => format!("{added}; 1 is there already."),
        _ => format!("{added}; {there} are there already."),
    }
}

/// Does it.
pub fn add(number: usize) -> String {
    match number {
        0 => "Add rows".to_owned(),
        number => format!("Add {}", count(number as u64, "row")),
    }
}

/// Rows that aren't listed.
pub fn more(number: usize) -> String {
    format!("and {}", count(number as u64, "more row"))
}
