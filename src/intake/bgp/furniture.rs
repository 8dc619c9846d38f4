//! What devices print around their BGP tables.

use crate::intake::as_path::as_number;
use crate::intake::lines::{Line, has_address, is_noise};
use crate::intake::reading::Draft;
use crate::intake::tables::Tables;

/// Beginnings of lines that say nothing that is kept.
static KNOWN: [&str; 28] = [
    "Path type:",
    "AS Path Attributes:",
    "% Network",
    "For address family:",
    "Address family:",
    "BGP generic scan interval",
    "Non-stop routing is",
    "BGP table state:",
    "Table ID:",
    "BGP main routing table version",
    "BGP table nexthop route policy",
    "BGP NSR",
    "BGP scan interval",
    "BGP is operating in",
    "VRF ID:",
    "VRF Router ID",
    "Processed ",
    "Displayed ",
    "Total number of prefixes",
    "Default local pref ",
    "No BGP prefixes displayed",
    "Network ",
    "IPv4 Unicast",
    "IPv6 Unicast",
    "BGP Route Distinguisher:",
    "Route Distinguisher Version:",
    "Total ",
    "BGP instance ",
];

/// Whether a line belongs to the table around its rows; what it says of the table or its device is kept. `legend`:
/// whether the lines before it explain the codes, which they do over several lines.
pub(super) fn is_furniture(line: &Line<'_>, tables: &mut Tables, legend: &mut bool, draft: &mut Draft) -> bool {
    let text = line.text.trim_start();
    // Terminals of 80 columns wrap legends anywhere.
    if *legend && !has_address(text) {
        return true;
    }
    *legend = text.contains("odes:") || text.starts_with("Status:");
    if *legend {
        return true;
    }
    if let Some(name) = table_name(text) {
        tables.begin(name, line.whole().start, draft);
        facts(text, tables);
        return true;
    }
    facts(text, tables) || KNOWN.iter().any(|known| text.starts_with(known)) || is_noise(text)
}

/// The VRF of the table that a line begins.
fn table_name(text: &str) -> Option<&str> {
    let until = |rest: &'_ str| rest.find([',', ' ', ')', ':']).unwrap_or(rest.len());
    if let Some(rest) = text.strip_prefix("BGP routing table information for VRF ") {
        return rest.get(..until(rest));
    }
    if text.starts_with("Route Distinguisher:") {
        let rest = &text[text.find("for vrf ")? + "for vrf ".len()..];
        return rest.get(..until(rest));
    }
    if let Some(rest) = text.strip_prefix("BGP VRF ") {
        return rest.get(..until(rest));
    }
    for before in ["Instance ", "VRF ", "VRF: "] {
        if let Some(name) = text.strip_prefix(before)
            && let Some(name) = name.strip_suffix(':').or((before == "VRF: ").then_some(name))
            && !name.contains(' ')
        {
            return Some(name);
        }
    }
    None
}

/// Keeps the router identifier and the AS, where a line says them.
fn facts(text: &str, tables: &mut Tables) -> bool {
    let value = |names: &[&str]| {
        names.iter().find_map(|name| {
            let rest = text.get(text.find(name)? + name.len()..)?;
            rest.split([',', ' ']).next()
        })
    };
    let begins = ["BGP table version is ", "Router identifier ", "BGP router identifier ", "Default local pref "];
    if !begins.iter().any(|begin| text.starts_with(begin)) {
        return false;
    }
    let id = value(&["local router ID is ", "Local Router ID is ", "outer identifier "]);
    if let Some(id) = id.and_then(|id| id.parse().ok()) {
        tables.details().router_id = Some(id);
    }
    let number = value(&["local AS number ", "local AS "]);
    if let Some((asn, _)) = number.and_then(|number| as_number(number.as_bytes())) {
        tables.details().local_as = Some(asn);
    }
    true
}
