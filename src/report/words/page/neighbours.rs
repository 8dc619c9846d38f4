//! What an import says of a router's table whose routes several neighbours offer.

use super::lists::grouped;
use crate::desk::import::{MAX_NEIGHBOURS, Neighbour, Neighbours, Target};
use crate::plan::Plan;
use crate::report::words::{Names, count, listing};

/// Which exit a neighbour's routes go to: `203.0.113.1 (AS 64496), 2 routes, to`.
pub fn routes_of(neighbour: &Neighbour) -> String {
    format!("{}, to", who(neighbour))
}

fn who(neighbour: &Neighbour) -> String {
    let routes = count(u64::from(neighbour.routes), "route");
    match neighbour.next_hop {
        Some(hop) => format!("{hop} (AS {}), {routes}", neighbour.asn),
        None => format!("AS {}, {routes}", neighbour.asn),
    }
}

/// One exit would take what several neighbours offer; empty where that is no matter.
pub fn takes_all(neighbours: &Neighbours, target: &Target, plan: &Plan) -> String {
    let Target::Learned(exit) = target else { return String::new() };
    let names = Names::of(plan);
    let by = names.exit(exit);
    if neighbours.too_many > 0 {
        return format!(
            "These are the routes of {} neighbours. More than {MAX_NEIGHBOURS} aren't told apart: all of them would count \
             as learned by {by}. Paste what one neighbour offers instead, as show ip bgp neighbors ADDRESS routes prints it.",
            grouped(neighbours.too_many),
        );
    }
    if !neighbours.are_of_several() {
        return String::new();
    }
    let named: Vec<String> = neighbours.all.iter().map(who).collect();
    format!(
        "These are the routes of several neighbours: {}. All of them would count as learned by {by}; neighbour by neighbour \
         each exit gets its own.",
        listing(&named, "and"),
    )
}

/// What the router originates itself.
pub fn own_routes(own: u32) -> String {
    match own {
        0 => String::new(),
        1 => "1 route is the router's own, offered by nobody: it is left out.".to_owned(),
        own => format!("{} routes are the router's own, offered by nobody: they are left out.", grouped(own)),
    }
}

/// What begins in the router's own AS, where a table goes neighbour by neighbour.
pub fn inside_routes(neighbours: &Neighbours, target: &Target) -> String {
    match (target, neighbours.inside) {
        (Target::Neighbours, 1) => {
            "1 route begins in the router's own AS: no neighbour offers it, and it is left out.".to_owned()
        }
        (Target::Neighbours, inside @ 2..) => format!(
            "{} routes begin in the router's own AS: no neighbour offers them, and they are left out.",
            grouped(inside)
        ),
        _ => String::new(),
    }
}
