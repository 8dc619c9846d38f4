//! The lists of a plan by name, and places in them.

use super::Names;
use crate::plan::{ListId, PeeringKind};
use crate::routing::Place;

/// What a list is: `learned routes of ER Chicago`.
pub fn list(list: &ListId, names: &Names) -> String {
    match list {
        ListId::Source(id) => format!("source {}", names.source(id)),
        ListId::Inside(id) => format!("inside prefixes of {}", names.site(id)),
        ListId::Learned(id) => format!("learned routes of {}", names.exit(id)),
        ListId::Advertised(id) => format!("advertisements of {}", names.exit(id)),
        ListId::PolicyIn(id, index) => {
            format!("prefixes of incoming policy {} of {}", index.saturating_add(1), names.exit(id))
        }
        ListId::PolicyOut(id, index) => {
            format!("prefixes of outgoing policy {} of {}", index.saturating_add(1), names.exit(id))
        }
        ListId::Admitted(id, kind) => format!("admitted prefixes of {}, {}", names.circuit(id), peering(*kind)),
        ListId::PrimarySubnets(id, kind) => {
            format!("primary subnets of {}, {}", names.circuit(id), peering(*kind))
        }
        ListId::SecondarySubnets(id, kind) => {
            format!("secondary subnets of {}, {}", names.circuit(id), peering(*kind))
        }
        ListId::RuleSources(id, index) => {
            format!("sources of {} of {}", names.rule(id, *index), names.device(id))
        }
        ListId::RuleDestinations(id, index) => {
            format!("destinations of {} of {}", names.rule(id, *index), names.device(id))
        }
        ListId::Pool(id) => format!("addresses of pool {}", names.pool(id)),
        ListId::Destinations(id) => format!("destinations of {}", names.service(id)),
        ListId::Published(id) => format!("published addresses of {}", names.published(id)),
        ListId::PublishedInside(id) => format!("inside addresses of {}", names.published(id)),
        ListId::FlowSources(id) => format!("sources of flow {}", names.flow(id)),
        ListId::ProviderCovered(id) => format!("prefixes of provider {}", names.provider(id)),
    }
}

/// Where something was written: `learned routes of ER Chicago, line 3`.
pub fn place(place: &Place, names: &Names) -> String {
    format!("{}, line {}", list(&place.list, names), place.line)
}

/// A kind of peering.
pub fn peering(kind: PeeringKind) -> &'static str {
    match kind {
        PeeringKind::Microsoft => "Microsoft peering",
        PeeringKind::LegacyPublic => "legacy public peering",
        PeeringKind::Private => "private peering",
    }
}
