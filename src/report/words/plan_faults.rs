//! What is wrong with a document, in sentences.

use crate::plan::{LoadError, PartKind, PeeringKind, PlanFault, PlanFaultCode, Side};

/// A fault of a plan that was read all the same. Says what is wrong and what became of it; where it stands is
/// [`PlanFault::path`], shown beside it.
pub fn plan_fault(fault: &PlanFault) -> String {
    match &fault.code {
        PlanFaultCode::UnknownField { field, nearest: None } => {
            format!("“{field}” is not a field of a plan; it is not read and will not be saved.")
        }
        PlanFaultCode::UnknownField { field, nearest: Some(nearest) } => {
            format!(
                "“{field}” is not a field of a plan; it is not read and will not be saved. Did you mean “{nearest}”?"
            )
        }
        PlanFaultCode::EmptyId { kind } => {
            format!("This {} has no id, so nothing can refer to it. Give it one.", part_kind(*kind))
        }
        PlanFaultCode::DuplicateId { kind, id } => {
            format!(
                "Another {} already has the id “{id}”; references mean the first. Rename one.",
                part_kind(*kind)
            )
        }
        PlanFaultCode::Dangling { kind, id } if id.is_empty() => {
            format!("No {} is chosen here yet.", part_kind(*kind))
        }
        PlanFaultCode::Dangling { kind, id } => {
            format!("There is no {} with the id “{id}”; the reference is passed over.", part_kind(*kind))
        }
        PlanFaultCode::NoSuchPeering { circuit, peering } => {
            format!(
                "Circuit “{circuit}” has no {} peering, so nothing comes over this exit.",
                peering_kind(*peering)
            )
        }
        PlanFaultCode::DuplicatePeering { peering } => {
            format!("The circuit has a {} peering already; the first counts.", peering_kind(*peering))
        }
        PlanFaultCode::DuplicateLink { first, circuit, peering, side } => format!(
            "Exit “{first}” is the {} link of circuit “{circuit}” with {} peering already; a link carries one session \
             of it.",
            link_side(*side),
            peering_kind(*peering)
        ),
        PlanFaultCode::DeviceTwice { device } => {
            format!("The exit crosses device “{device}” already; the second crossing is passed over.")
        }
        PlanFaultCode::DeviceNotOnPath { device, exit } => {
            format!("Device “{device}” is not on the path of exit “{exit}”, so it publishes nothing there.")
        }
        PlanFaultCode::DuplicateEntry { exit } => {
            format!("There is an entry by exit “{exit}” already; the first counts.")
        }
        PlanFaultCode::NotInternet { exit } => {
            format!("Exit “{exit}” is not an Internet link; a provider's block is reached by Internet links only.")
        }
        PlanFaultCode::TooManyExits { count, limit } => {
            format!("The plan has {count} exits; those after the first {limit} are left out.")
        }
        PlanFaultCode::UnknownFormat { format, nearest } => {
            let hint = nearest.as_ref().map_or(String::new(), |name| format!(" Did you mean “{name}”?"));
            format!("“{format}” is not a format that Twopath reads; the text's own shape decides.{hint}")
        }
        PlanFaultCode::OutOfRange { value, least, most } => {
            format!("{value} is out of range; {least} to {most} are allowed.")
        }
        PlanFaultCode::HoldTime { seconds } => {
            format!("A BGP hold time is 0 or 3 to 65535 seconds (RFC 4271), not {seconds}.")
        }
        PlanFaultCode::NoHoldTime => {
            "With a hold time of 0 BGP sends no keepalives and never notices a dead peer.".into()
        }
        PlanFaultCode::SitesOnPolicyOut => {
            "An outgoing policy holds for the exit's advertisements, not for sites; the sites are passed over."
                .into()
        }
    }
}

/// Why a text could not be read as a plan.
pub fn load_error(error: &LoadError) -> String {
    match error {
        LoadError::Syntax { line, column, detail } => {
            format!("This is not JSON: {detail} at line {line}, column {column}.")
        }
        LoadError::NotAnObject => "This is JSON, but not a plan: a plan is an object, {…}.".into(),
        LoadError::NoVersion => {
            "This is not a plan: it has no “schema_version”. Every plan that Twopath saves has one.".into()
        }
        LoadError::BadVersion { found } => {
            format!("“schema_version” must be a whole number from 1, not {found}.")
        }
        LoadError::NewerVersion { found, newest } => format!(
            "This plan was saved by a newer Twopath (format {found}); this one reads formats up to {newest}. Nothing \
             was changed. Open it with a newer Twopath."
        ),
        LoadError::Type { path, line, column, detail } => {
            let place = if path.is_empty() { "the plan".into() } else { format!("“{path}”") };
            if *line == 0 {
                format!("Cannot read {place}: {detail}.")
            } else {
                format!("Cannot read {place} (line {line}, column {column}): {detail}.")
            }
        }
        LoadError::Migration { from, detail } => {
            format!(
                "This plan of format {from} could not be brought to format {}: {detail}.",
                from.saturating_add(1)
            )
        }
    }
}

/// The parts of a plan, as a noun.
pub fn part_kind(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Site => "site",
        PartKind::Circuit => "circuit",
        PartKind::Exit => "exit",
        PartKind::Device => "device",
        PartKind::Pool => "pool",
        PartKind::Source => "source",
        PartKind::Service => "service",
        PartKind::Published => "published service",
        PartKind::Flow => "flow",
        PartKind::ProviderCovered => "provider's block",
    }
}

/// The kinds of peering, before the word “peering”.
pub fn peering_kind(kind: PeeringKind) -> &'static str {
    match kind {
        PeeringKind::Microsoft => "Microsoft",
        PeeringKind::LegacyPublic => "legacy public",
        PeeringKind::Private => "private",
    }
}

/// The links of a circuit, before the word “link”.
pub fn link_side(side: Side) -> &'static str {
    match side {
        Side::Primary => "primary",
        Side::Secondary => "secondary",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::load;

    #[test]
    fn sentences_say_what_is_wrong_and_what_became_of_it() {
        let json = r#"{
          "schema_version": 1,
          "sitse": [],
          "circuits": [{"id": "chi", "peerings": [{"kind": "microsoft", "customer_asn": 0}]}],
          "exits": [{"id": "er", "site": "hq", "link": {"express_route": {"circuit": "chi", "peering": "private"}}}]
        }"#;
        let faults = load(json).unwrap().faults;
        let said: Vec<_> = faults.iter().map(|fault| format!("{}: {}", fault.path, plan_fault(fault))).collect();
        assert_eq!(
            said,
            [
                "sitse: “sitse” is not a field of a plan; it is not read and will not be saved. Did you mean “sites”?",
                "circuits[0].peerings[0].customer_asn: 0 is out of range; 1 to 4294967294 are allowed.",
                "exits[0].site: There is no site with the id “hq”; the reference is passed over.",
                "exits[0].link.express_route.peering: Circuit “chi” has no private peering, so nothing comes over this \
                 exit.",
            ]
        );
        assert_eq!(
            load_error(&load(r#"{"schema_version": 3}"#).unwrap_err()),
            "This plan was saved by a newer Twopath (format 3); this one reads formats up to 1. Nothing was changed. \
             Open it with a newer Twopath."
        );
        assert_eq!(
            load_error(&load(r#"{"schema_version": 1, "sites": 7}"#).unwrap_err()),
            "Cannot read “sites” (line 1, column 32): invalid type: integer `7`, expected a sequence."
        );
    }
}
