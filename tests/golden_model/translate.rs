//! Step 2: what the devices of an exit make of a source.

use super::{Case, same_family};
use ipnet::IpNet;
use std::net::IpAddr;
use twopath::plan::{Device, Id, TranslationRule};

/// A packet outside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Translated {
    /// Its source there.
    pub source: IpAddr,
    /// The pool that each device of the exit's path gave it one from, inside first; none: it left the packet as it was.
    pub by: Vec<Option<Id>>,
}

/// Each packet that a packet may be outside.
pub fn translate(case: &Case, exit: usize, source: IpAddr, destination: IpAddr) -> Vec<Translated> {
    let mut packets = vec![Translated { source, by: Vec::new() }];
    for crossing in &case.plan.exits[exit].path {
        let mut behind: Vec<Translated> = Vec::new();
        for packet in packets {
            let pool = case
                .device(&crossing.device)
                .and_then(|device| first_match(case, device, exit, packet.source, destination))
                .and_then(|rule| rule.pool.as_ref());
            let sources = match pool {
                Some(pool) => addresses(case, &case.pool(pool, packet.source)),
                None => vec![packet.source],
            };
            for source in sources {
                let mut by = packet.by.clone();
                by.push(pool.cloned());
                let packet = Translated { source, by };
                if !behind.contains(&packet) {
                    behind.push(packet);
                }
            }
        }
        packets = behind;
    }
    packets
}

fn first_match<'d>(
    case: &Case,
    device: &'d Device,
    exit: usize,
    source: IpAddr,
    destination: IpAddr,
) -> Option<&'d TranslationRule> {
    device.rules.iter().find(|rule| {
        let listed = |text, address| case.lists.of(text).iter().any(|line| line.prefix.contains(&address));
        let served = |id: &Id| {
            let services = case.plan.services.iter().filter(|service| service.id == *id);
            services.flat_map(|service| case.destinations(service)).any(|prefix| prefix.contains(&destination))
        };
        (rule.sources.is_empty() || listed(&rule.sources, source))
            && (rule.destinations.is_empty() && rule.services.is_empty()
                || listed(&rule.destinations, destination)
                || rule.services.iter().any(served))
            && (rule.exits.is_empty() || rule.exits.contains(&case.plan.exits[exit].id))
            && rule.pool.as_ref().is_none_or(|pool| !case.pool(pool, source).is_empty())
    })
}

/// The addresses of a pool: every one, or the first of each stretch in which no prefix of the plan begins or ends.
fn addresses(case: &Case, pool: &[IpNet]) -> Vec<IpAddr> {
    let mut addresses = Vec::new();
    for prefix in pool {
        if case.every_address && prefix.max_prefix_len() - prefix.prefix_len() <= 8 {
            match prefix {
                // Not `hosts`, which leaves out the first and the last.
                IpNet::V4(prefix) => addresses.extend(
                    (prefix.network().to_bits()..=prefix.broadcast().to_bits())
                        .map(|bits| IpAddr::V4(bits.into())),
                ),
                IpNet::V6(prefix) => addresses.extend(
                    (prefix.network().to_bits()..=prefix.broadcast().to_bits())
                        .map(|bits| IpAddr::V6(bits.into())),
                ),
            }
        } else {
            addresses.push(prefix.network());
            let within = |cut: &&IpAddr| same_family(prefix, **cut) && prefix.contains(*cut);
            addresses.extend(case.cuts.iter().filter(within));
        }
    }
    addresses
}
