//! Citations: where a rule is written.

use crate::plan::Citation;

/// The document's full title.
pub fn title(citation: Citation) -> &'static str {
    match citation {
        Citation::RoutingRequirements => "Microsoft: ExpressRoute routing requirements",
        Citation::AsymmetricRouting => "Microsoft: Asymmetric routing with multiple network paths",
        Citation::NatRequirements => "Microsoft: ExpressRoute NAT requirements",
        Citation::NatSamples => "Microsoft: Router configuration samples to set up and manage NAT",
        Citation::OptimizeRouting => "Microsoft: Optimize ExpressRoute routing",
        Citation::Faq => "Microsoft: ExpressRoute FAQ",
        Citation::Limits => "Microsoft: Azure subscription and service limits, quotas, and constraints",
        Citation::HighAvailability => "Microsoft: Designing for high availability with ExpressRoute",
        Citation::DisasterRecovery => {
            "Microsoft: Designing for disaster recovery with ExpressRoute private peering"
        }
        Citation::Microsoft365Routing => "Microsoft 365: Routing with ExpressRoute",
        Citation::Microsoft365Implementing => "Microsoft 365: Implementing ExpressRoute",
        Citation::Microsoft365Communities => "Microsoft 365: Using BGP communities in ExpressRoute",
        Citation::PublicPeering => "Microsoft: About public peering (retired)",
        Citation::Circuits => "Microsoft: ExpressRoute circuits and peering",
        Citation::Bfd => "Microsoft: Configure BFD over ExpressRoute",
        Citation::FieldReport => "Field report: Azure ExpressRoute public peering, 2015",
        Citation::BestPath => "RFC 4271, section 9.1: the BGP decision process",
        Citation::PrivateSpace => "RFC 1918: Address allocation for private internets (and RFC 6598, RFC 4193)",
        Citation::AdministrativeDistance => "Cisco: What is administrative distance?",
        Citation::StatefulInspection => "NIST SP 800-41: Guidelines on firewalls, stateful inspection",
        Citation::Inference => "Not documented: inferred, and shown as an assumption",
    }
}

/// A few letters for a margin or a table.
pub fn short(citation: Citation) -> &'static str {
    match citation {
        Citation::RoutingRequirements => "ER routing",
        Citation::AsymmetricRouting => "ER asymmetric",
        Citation::NatRequirements => "ER NAT",
        Citation::NatSamples => "ER NAT samples",
        Citation::OptimizeRouting => "ER optimize",
        Citation::Faq => "ER FAQ",
        Citation::Limits => "Azure limits",
        Citation::HighAvailability => "ER availability",
        Citation::DisasterRecovery => "ER recovery",
        Citation::Microsoft365Routing => "M365 routing",
        Citation::Microsoft365Implementing => "M365 implementing",
        Citation::Microsoft365Communities => "M365 communities",
        Citation::PublicPeering => "ER public peering",
        Citation::Circuits => "ER circuits",
        Citation::Bfd => "ER BFD",
        Citation::FieldReport => "Field report",
        Citation::BestPath => "RFC 4271",
        Citation::PrivateSpace => "RFC 1918",
        Citation::AdministrativeDistance => "Cisco distance",
        Citation::StatefulInspection => "SP 800-41",
        Citation::Inference => "Inferred",
    }
}

/// Where to read it; `None` for what is written nowhere, and only for that.
pub fn url(citation: Citation) -> Option<&'static str> {
    Some(match citation {
        Citation::RoutingRequirements => "https://learn.microsoft.com/azure/expressroute/expressroute-routing",
        Citation::AsymmetricRouting => {
            "https://learn.microsoft.com/azure/expressroute/expressroute-asymmetric-routing"
        }
        Citation::NatRequirements => "https://learn.microsoft.com/azure/expressroute/expressroute-nat",
        Citation::NatSamples => "https://learn.microsoft.com/azure/expressroute/expressroute-config-samples-nat",
        Citation::OptimizeRouting => {
            "https://learn.microsoft.com/azure/expressroute/expressroute-optimize-routing"
        }
        Citation::Faq => "https://learn.microsoft.com/azure/expressroute/expressroute-faqs",
        Citation::Limits => {
            "https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits"
        }
        Citation::HighAvailability => {
            "https://learn.microsoft.com/azure/expressroute/designing-for-high-availability-with-expressroute"
        }
        Citation::DisasterRecovery => concat!(
            "https://learn.microsoft.com/azure/expressroute/",
            "designing-for-disaster-recovery-with-expressroute-privatepeering"
        ),
        Citation::Microsoft365Routing => {
            "https://learn.microsoft.com/microsoft-365/enterprise/routing-with-expressroute"
        }
        Citation::Microsoft365Implementing => {
            "https://learn.microsoft.com/microsoft-365/enterprise/implementing-expressroute"
        }
        Citation::Microsoft365Communities => {
            "https://learn.microsoft.com/microsoft-365/enterprise/bgp-communities-in-expressroute"
        }
        Citation::PublicPeering => "https://learn.microsoft.com/azure/expressroute/about-public-peering",
        Citation::Circuits => "https://learn.microsoft.com/azure/expressroute/expressroute-circuit-peerings",
        Citation::Bfd => "https://learn.microsoft.com/azure/expressroute/expressroute-bfd",
        Citation::FieldReport => "https://reticent.net.nz/azure-express-route-public-peering/",
        Citation::BestPath => "https://www.rfc-editor.org/rfc/rfc4271#section-9.1",
        Citation::PrivateSpace => "https://www.rfc-editor.org/rfc/rfc1918",
        Citation::AdministrativeDistance => {
            "https://www.cisco.com/c/en/us/support/docs/ip/border-gateway-protocol-bgp/15986-admin-distance.html"
        }
        Citation::StatefulInspection => "https://csrc.nist.gov/pubs/sp/800/41/r1/final",
        Citation::Inference => return None,
    })
}

/// All of them, in the order of the type.
pub const ALL: [Citation; 21] = [
    Citation::RoutingRequirements,
    Citation::AsymmetricRouting,
    Citation::NatRequirements,
    Citation::NatSamples,
    Citation::OptimizeRouting,
    Citation::Faq,
    Citation::Limits,
    Citation::HighAvailability,
    Citation::DisasterRecovery,
    Citation::Microsoft365Routing,
    Citation::Microsoft365Implementing,
    Citation::Microsoft365Communities,
    Citation::PublicPeering,
    Citation::Circuits,
    Citation::Bfd,
    Citation::FieldReport,
    Citation::BestPath,
    Citation::PrivateSpace,
    Citation::AdministrativeDistance,
    Citation::StatefulInspection,
    Citation::Inference,
];
