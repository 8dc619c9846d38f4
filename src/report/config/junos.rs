//! Junos, as `set` lines behind a `delete` of what they replace. It has no weight of routes.

use crate::intake::config::{PrefixListEntry, RoutePolicy, RouteTerm, TermAction};
use crate::plan::Community;
use crate::space::AddressSet;
use ipnet::IpNet;
use std::fmt::Write;

/// How a route filter says the lengths that it matches.
fn lengths(entry: &PrefixListEntry) -> String {
    let (length, most) = (entry.prefix.prefix_len(), entry.prefix.max_prefix_len());
    match (entry.shortest, entry.longest) {
        (shortest, longest) if shortest == length && longest == length => "exact".to_owned(),
        (shortest, longest) if shortest == length && longest == most => "orlonger".to_owned(),
        (shortest, longest) if shortest == length => format!("upto /{longest}"),
        (shortest, longest) => format!("prefix-length-range /{shortest}-/{longest}"),
    }
}

/// A `prefix-list` where all match exactly, else a `route-filter-list`.
pub(super) fn prefix_list(name: &str, entries: &[PrefixListEntry]) -> String {
    let permitted = || entries.iter().filter(|entry| entry.permit);
    let bounded = permitted().any(|entry| entry.longest > entry.prefix.prefix_len());
    let kind = if bounded { "route-filter-list" } else { "prefix-list" };
    let mut out = format!("delete policy-options {kind} {name}\n");
    for entry in permitted() {
        let behind = if bounded { format!(" {}", lengths(entry)) } else { String::new() };
        // Writing to a string can't fail.
        let _ = writeln!(out, "set policy-options {kind} {name} {}{behind}", entry.prefix);
    }
    out
}

/// A pool for source NAT.
pub(super) fn pool(name: &str, addresses: &AddressSet) -> String {
    let mut out = format!("delete security nat source pool {name}\n");
    let v4 = addresses.v4.spans().iter().map(|span| match span.as_prefix() {
        Some(prefix) => prefix.to_string(),
        None => {
            let (first, last) = (std::net::Ipv4Addr::from(span.first), std::net::Ipv4Addr::from(span.last));
            format!("{first}/32 to {last}/32")
        }
    });
    let v6 = addresses.v6.spans().iter().map(|span| match span.as_prefix() {
        Some(prefix) => prefix.to_string(),
        None => {
            let (first, last) = (std::net::Ipv6Addr::from(span.first), std::net::Ipv6Addr::from(span.last));
            format!("{first}/128 to {last}/128")
        }
    });
    for address in v4.chain(v6) {
        let _ = writeln!(out, "set security nat source pool {name} address {address}");
    }
    out
}

/// Aggregates, which Junos has in the place of `network`: an export policy must let them out.
pub(super) fn networks(nets: &[IpNet]) -> String {
    nets.iter().map(|net| format!("set routing-options aggregate route {net}\n")).collect()
}

/// A policy-statement with the communities that it refers to.
pub(super) fn policy(policy: &RoutePolicy, prepended: Option<u32>) -> String {
    let name = &policy.name;
    let (mut communities, mut out) = (String::new(), format!("delete policy-options policy-statement {name}\n"));
    for (nth, term) in policy.terms.iter().enumerate() {
        let at = format!("set policy-options policy-statement {name} term {}", (nth + 1) * 10);
        let own = format!("{name}-{}", (nth + 1) * 10);
        from(&mut communities, &mut out, &at, &own, term);
        then(&mut communities, &mut out, &at, &own, &term.action, prepended);
    }
    let last = (policy.terms.len() + 1) * 10;
    let at = format!("set policy-options policy-statement {name} term {last}");
    then(&mut communities, &mut out, &at, &format!("{name}-{last}"), &policy.otherwise, prepended);
    communities + &out
}

fn from(communities: &mut String, out: &mut String, at: &str, name: &str, term: &RouteTerm) {
    for entry in term.prefixes.iter().flatten().filter(|entry| entry.permit) {
        let _ = writeln!(out, "{at} from route-filter {} {}", entry.prefix, lengths(entry));
    }
    // Members of one community must all be carried; several communities, any of them.
    for (nth, community) in term.communities.iter().enumerate() {
        let name = format!("{name}-{}", nth + 1);
        define(communities, &name, std::slice::from_ref(community));
        let _ = writeln!(out, "{at} from community {name}");
    }
}

/// A community by name. What the device had under it would be added to.
fn define(communities: &mut String, name: &str, members: &[Community]) {
    let _ = writeln!(communities, "delete policy-options community {name}");
    for member in members {
        let _ = writeln!(communities, "set policy-options community {name} members {member}");
    }
}

fn then(
    communities: &mut String,
    out: &mut String,
    at: &str,
    name: &str,
    action: &TermAction,
    prepended: Option<u32>,
) {
    if action.permit {
        if let Some(value) = action.local_preference {
            let _ = writeln!(out, "{at} then local-preference {value}");
        }
        match (action.prepend, prepended) {
            (Some(times @ 1..), Some(asn)) => {
                let path = vec![asn.to_string(); usize::try_from(times.min(64)).unwrap_or(1)].join(" ");
                let _ = writeln!(out, "{at} then as-path-prepend \"{path}\"");
            }
            (Some(times @ 1..), None) => drop(writeln!(out, "{at} then as-path-expand last-as count {times}")),
            _ => {}
        }
        if !action.communities.is_empty() {
            let name = format!("{name}-added");
            define(communities, &name, &action.communities);
            let _ = writeln!(out, "{at} then community add {name}");
        }
    }
    let _ = writeln!(out, "{at} then {}", if action.permit { "accept" } else { "reject" });
}
