//! Plan against reality, and the cut-over checklist: one sentence a finding.

use super::Names;
use super::routes::refused_sentence;
use crate::study::checklist::{Check, Hop, KnownBy};
use crate::study::reality::{Advertisements, Choices, Chosen, Missing, Unplanned};

/// How our advertisements stand, in one sentence.
pub fn advertisements(found: &Advertisements) -> String {
    let planned = super::prefixes(u64::from(found.as_planned));
    format!(
        "Microsoft has {planned} of ours as planned; {} missing, {} not planned.",
        found.missing.len(),
        found.unplanned.len()
    )
}

/// An advertisement that Microsoft's table lacks, and why that may be.
pub fn missing(found: &Missing, names: &Names) -> String {
    let over = names.exits(&found.exits, "and");
    let covered = found.covered_by.map_or(String::new(), |net| format!(" {net}, which is there, covers it."));
    match found.predicted {
        Some(why) => {
            format!(
                "{} over {over} isn't there, as the plan predicts. {}{covered}",
                found.prefix,
                refused_sentence(why)
            )
        }
        None => format!(
            "{} over {over} isn't there, and the plan predicts that it is: the session may be down, the router may lack \
             the route that its network statement needs, an outgoing policy may deny it, or Microsoft may still be \
             validating it as an admitted prefix.{covered}",
            found.prefix
        ),
    }
}

/// A prefix of ours that Microsoft has and the plan doesn't predict.
pub fn unplanned(found: &Unplanned, names: &Names) -> String {
    if !found.elsewhere.is_empty() {
        let over = names.exits(&found.elsewhere, "and");
        return format!(
            "{} is there, and the plan advertises it over {over}, not over this circuit.",
            found.prefix
        );
    }
    match (found.refused, found.within) {
        (Some(why), _) => {
            format!("{} is there, and the plan predicts that it isn't. {}", found.prefix, refused_sentence(why))
        }
        (None, Some(net)) => format!(
            "{} is there and not in the plan, which advertises {net}: being longer, it attracts answers on its own.",
            found.prefix
        ),
        (None, None) => format!("{} is there, and the plan doesn't advertise it.", found.prefix),
    }
}

/// How the router's choices stand, in one sentence.
pub fn choices(found: &Choices) -> String {
    let planned = super::prefixes(u64::from(found.as_planned));
    let unknown = match found.unknown {
        0 => String::new(),
        many => {
            format!(" Of {} the next hop leads to no exit that the plan knows.", super::prefixes(u64::from(many)))
        }
    };
    format!(
        "The router chose as planned for {planned}; {} learned and unused, {} by another best path, {} not \
         learned.{unknown}",
        found.unused.len(),
        found.other.len(),
        found.not_learned.len()
    )
}

/// A route learned over ExpressRoute that the router doesn't use.
pub fn unused(found: &Chosen, names: &Names) -> String {
    let planned = plan(found, names);
    match found.router.is_empty() {
        true => format!("{} is learned over ExpressRoute and not used; {planned}.", found.prefix),
        false => format!(
            "{} is learned over ExpressRoute and not used: the router prefers {}; {planned}.",
            found.prefix,
            names.exits(&found.router, "or")
        ),
    }
}

/// A prefix with another best path.
pub fn other(found: &Chosen, names: &Names) -> String {
    format!("{} goes by {}; {}.", found.prefix, names.exits(&found.router, "or"), plan(found, names))
}

fn plan(found: &Chosen, names: &Names) -> String {
    match found.plan.is_empty() {
        true => "the plan has no route to it".to_owned(),
        false => format!("the plan chooses {}", names.exits(&found.plan, "and")),
    }
}

/// A prefix that the router doesn't have.
pub fn not_learned(net: &ipnet::IpNet) -> String {
    format!("{net} is learned over ExpressRoute by the plan, and the router doesn't have it.")
}

/// What is checked: the flow, or the service that none goes to from there.
pub fn checked(check: &Check, names: &Names) -> String {
    match (&check.flow, &check.service) {
        (Some(flow), _) => names.flow(flow).to_string(),
        (None, Some(service)) => format!("{} (no flow in the catalogue)", names.service(service)),
        (None, None) => String::new(),
    }
}

/// What to look for in a trace: one sentence for each exit.
pub fn hops(check: &Check, names: &Names) -> String {
    let said: Vec<String> = check.hops.iter().map(|hop| self::hop(hop, names)).collect();
    match said.is_empty() {
        true => "the plan doesn't know a hop".to_owned(),
        false => super::listing(&said, "or"),
    }
}

fn hop(hop: &Hop, names: &Names) -> String {
    let what = match hop.known_by {
        KnownBy::PeeringSubnet => "Microsoft's end",
        KnownBy::NextHop => "next hop",
    };
    format!("{} ({what} of {})", hop.address, names.exit(&hop.exit))
}
