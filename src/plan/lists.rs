//! Where the lists of a plan are: every [`Text`] by a name that traces and faults can point with.

use super::{ExpressRouteLink, Id, Link, PeeringKind, Plan, Text};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Names one list of a plan.
#[derive(
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    BorshSerialize,
    BorshDeserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ListId {
    /// A source's text.
    Source(Id),
    /// The inside prefixes of a site.
    Inside(Id),
    /// The learned routes typed at an exit.
    Learned(Id),
    /// The advertisements of an exit.
    Advertised(Id),
    /// The prefixes of an exit's incoming policy, by its index from 0.
    PolicyIn(Id, usize),
    /// The prefixes of an exit's outgoing policy, by its index from 0.
    PolicyOut(Id, usize),
    /// The admitted prefixes of a circuit's peering.
    Admitted(Id, PeeringKind),
    /// The primary subnets of a circuit's peering.
    PrimarySubnets(Id, PeeringKind),
    /// The secondary subnets of a circuit's peering.
    SecondarySubnets(Id, PeeringKind),
    /// The sources of a device's rule, by its index from 0.
    RuleSources(Id, usize),
    /// The destinations of a device's rule, by its index from 0.
    RuleDestinations(Id, usize),
    /// The addresses of a pool.
    Pool(Id),
    /// The destinations typed at a service.
    Destinations(Id),
    /// The published addresses of a published service.
    Published(Id),
    /// The inside addresses of a published service.
    PublishedInside(Id),
    /// The sources of an outbound flow.
    FlowSources(Id),
    /// The prefixes of a provider's block.
    ProviderCovered(Id),
}

impl Plan {
    /// Every list of the plan, in the order of the document, empty ones too.
    pub fn lists(&self) -> Vec<(ListId, &Text)> {
        let mut lists = Vec::new();
        for site in &self.sites {
            lists.push((ListId::Inside(site.id.clone()), &site.inside));
        }
        for circuit in &self.circuits {
            for peering in &circuit.peerings {
                let (id, kind) = (&circuit.id, peering.kind);
                lists.push((ListId::Admitted(id.clone(), kind), &peering.admitted));
                lists.push((ListId::PrimarySubnets(id.clone(), kind), &peering.primary_subnets));
                lists.push((ListId::SecondarySubnets(id.clone(), kind), &peering.secondary_subnets));
            }
        }
        for exit in &self.exits {
            let id = &exit.id;
            lists.push((ListId::Learned(id.clone()), &exit.learned));
            lists.push((ListId::Advertised(id.clone()), &exit.advertised));
            for (index, policy) in exit.policy_in.iter().enumerate() {
                lists.push((ListId::PolicyIn(id.clone(), index), &policy.prefixes));
            }
            for (index, policy) in exit.policy_out.iter().enumerate() {
                lists.push((ListId::PolicyOut(id.clone(), index), &policy.prefixes));
            }
        }
        for device in &self.devices {
            for (index, rule) in device.rules.iter().enumerate() {
                lists.push((ListId::RuleSources(device.id.clone(), index), &rule.sources));
                lists.push((ListId::RuleDestinations(device.id.clone(), index), &rule.destinations));
            }
        }
        for pool in &self.pools {
            lists.push((ListId::Pool(pool.id.clone()), &pool.addresses));
        }
        for source in &self.sources {
            lists.push((ListId::Source(source.id.clone()), &source.text));
        }
        for service in &self.services {
            lists.push((ListId::Destinations(service.id.clone()), &service.destinations));
        }
        for published in &self.published {
            lists.push((ListId::Published(published.id.clone()), &published.published));
            lists.push((ListId::PublishedInside(published.id.clone()), &published.inside));
        }
        for flow in &self.flows {
            if let super::Ends::Outbound(outbound) = &flow.ends {
                lists.push((ListId::FlowSources(flow.id.clone()), &outbound.sources));
            }
        }
        for block in &self.provider_covered {
            lists.push((ListId::ProviderCovered(block.id.clone()), &block.prefixes));
        }
        lists
    }

    /// The text of a list, for reading and for editing; `None` where the plan has no such part.
    pub fn list_mut(&mut self, list: &ListId) -> Option<&mut Text> {
        match list {
            ListId::Source(id) => self.sources.iter_mut().find(|s| s.id == *id).map(|s| &mut s.text),
            ListId::Inside(id) => self.sites.iter_mut().find(|s| s.id == *id).map(|s| &mut s.inside),
            ListId::Learned(id) => self.exits.iter_mut().find(|e| e.id == *id).map(|e| &mut e.learned),
            ListId::Advertised(id) => self.exits.iter_mut().find(|e| e.id == *id).map(|e| &mut e.advertised),
            ListId::PolicyIn(id, index) => self
                .exits
                .iter_mut()
                .find(|e| e.id == *id)
                .and_then(|e| e.policy_in.get_mut(*index))
                .map(|policy| &mut policy.prefixes),
            ListId::PolicyOut(id, index) => self
                .exits
                .iter_mut()
                .find(|e| e.id == *id)
                .and_then(|e| e.policy_out.get_mut(*index))
                .map(|policy| &mut policy.prefixes),
            ListId::Admitted(id, kind) => self.peering_mut(id, *kind).map(|p| &mut p.admitted),
            ListId::PrimarySubnets(id, kind) => self.peering_mut(id, *kind).map(|p| &mut p.primary_subnets),
            ListId::SecondarySubnets(id, kind) => self.peering_mut(id, *kind).map(|p| &mut p.secondary_subnets),
            ListId::RuleSources(id, index) => self.rule_mut(id, *index).map(|rule| &mut rule.sources),
            ListId::RuleDestinations(id, index) => self.rule_mut(id, *index).map(|rule| &mut rule.destinations),
            ListId::Pool(id) => self.pools.iter_mut().find(|p| p.id == *id).map(|p| &mut p.addresses),
            ListId::Destinations(id) => {
                self.services.iter_mut().find(|s| s.id == *id).map(|s| &mut s.destinations)
            }
            ListId::Published(id) => self.published.iter_mut().find(|p| p.id == *id).map(|p| &mut p.published),
            ListId::PublishedInside(id) => self.published.iter_mut().find(|p| p.id == *id).map(|p| &mut p.inside),
            ListId::FlowSources(id) => {
                self.flows.iter_mut().find(|f| f.id == *id).and_then(|flow| match &mut flow.ends {
                    super::Ends::Outbound(outbound) => Some(&mut outbound.sources),
                    super::Ends::Inbound(_) => None,
                })
            }
            ListId::ProviderCovered(id) => {
                self.provider_covered.iter_mut().find(|b| b.id == *id).map(|b| &mut b.prefixes)
            }
        }
    }

    /// The text of a list; `None` where the plan has no such part.
    pub fn list(&self, list: &ListId) -> Option<&Text> {
        self.lists().into_iter().find(|(id, _)| id == list).map(|(_, text)| text)
    }

    /// The circuit and peering kind of an ExpressRoute exit; `None` for an Internet link.
    pub fn express_route(&self, exit: &Id) -> Option<&ExpressRouteLink> {
        self.exits.iter().find(|e| e.id == *exit).and_then(|e| match &e.link {
            Link::ExpressRoute(link) => Some(link),
            Link::Internet(_) => None,
        })
    }

    fn peering_mut(&mut self, circuit: &Id, kind: PeeringKind) -> Option<&mut super::Peering> {
        self.circuits
            .iter_mut()
            .find(|c| c.id == *circuit)
            .and_then(|c| c.peerings.iter_mut().find(|p| p.kind == kind))
    }

    fn rule_mut(&mut self, device: &Id, index: usize) -> Option<&mut super::TranslationRule> {
        self.devices.iter_mut().find(|d| d.id == *device).and_then(|d| d.rules.get_mut(index))
    }
}
