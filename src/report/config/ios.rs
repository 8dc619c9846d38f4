//! Cisco IOS, and the prefix lists of NX-OS, Arista EOS and FRR, which are like them.

use crate::intake::config::{PrefixListEntry, RoutePolicy, RouteTerm, TermAction};
use crate::space::AddressSet;
use ipnet::IpNet;
use std::fmt::Write;

/// What whoever pastes this has to know: between taking an old list away and writing the new one there is none.
const GONE: &str = "! While a list that is in use is gone, everything is permitted: load this as a whole, or take it out of use first.\n";

/// Entries are numbered by fives, as the devices do themselves.
const STEP: usize = 5;

/// The family word before `prefix-list`.
fn family(v6: bool) -> &'static str {
    if v6 { "ipv6" } else { "ip" }
}

fn of(entries: &[PrefixListEntry], v6: bool) -> impl Iterator<Item = &PrefixListEntry> {
    entries.iter().filter(move |entry| matches!(entry.prefix, IpNet::V6(_)) == v6)
}

/// `permit 10.0.0.0/8 ge 16 le 24`
fn entry(entry: &PrefixListEntry) -> String {
    let (length, most) = (entry.prefix.prefix_len(), entry.prefix.max_prefix_len());
    let mut said = format!("{} {}", if entry.permit { "permit" } else { "deny" }, entry.prefix);
    // `ge` alone reaches to the family's end, `le` alone begins at the prefix's own length.
    if entry.shortest > length {
        let _ = write!(said, " ge {}", entry.shortest);
    }
    let implied = if entry.shortest > length { most } else { length };
    if entry.longest != implied {
        let _ = write!(said, " le {}", entry.longest);
    }
    said
}

/// `ip prefix-list`, IPv4 first. In blocks, as EOS wants IPv6's: the entries below their list.
pub(super) fn prefix_list(name: &str, entries: &[PrefixListEntry], blocks: bool) -> String {
    let mut out = String::new();
    for v6 in [false, true] {
        if of(entries, v6).next().is_none() {
            continue;
        }
        let head = format!("{} prefix-list {name}", family(v6));
        // Writing to a string can't fail.
        if out.is_empty() {
            out.push_str(GONE);
        }
        let _ = writeln!(out, "no {head}");
        if blocks {
            let _ = writeln!(out, "{head}");
        }
        for (nth, one) in of(entries, v6).enumerate() {
            let before = if blocks { "   " } else { &format!("{head} ") };
            let _ = writeln!(out, "{before}seq {} {}", (nth + 1) * STEP, entry(one));
        }
    }
    out
}

/// `ip nat pool`, of one range on a line, of several in a block.
pub(super) fn pool(name: &str, addresses: &AddressSet) -> String {
    let mut out = String::new();
    let spans = addresses.v4.spans();
    // The length is of a network that holds all: it is only there to be checked by the device.
    let length = |first: u32, last: u32| (first ^ last).leading_zeros().min(30);
    if let [one] = spans {
        let (first, last) = (std::net::Ipv4Addr::from(one.first), std::net::Ipv4Addr::from(one.last));
        let _ = writeln!(out, "ip nat pool {name} {first} {last} prefix-length {}", length(one.first, one.last));
    } else if let (Some(lowest), Some(highest)) = (spans.first(), spans.last()) {
        let _ = writeln!(out, "ip nat pool {name} prefix-length {}", length(lowest.first, highest.last));
        for span in spans {
            let (first, last) = (std::net::Ipv4Addr::from(span.first), std::net::Ipv4Addr::from(span.last));
            let _ = writeln!(out, " address {first} {last}");
        }
    }
    out
}

/// `network` statements under `router bgp`.
pub(super) fn networks(local_as: Option<u32>, nets: &[IpNet]) -> String {
    let mut out = String::new();
    match local_as {
        Some(asn) => drop(writeln!(out, "router bgp {asn}")),
        None => out.push_str("! The plan doesn't say our AS number.\nrouter bgp 0\n"),
    }
    for v6 in [false, true] {
        let mut nets = nets.iter().filter(|net| matches!(net, IpNet::V6(_)) == v6).peekable();
        if nets.peek().is_none() {
            continue;
        }
        let _ = writeln!(out, " address-family {}", if v6 { "ipv6" } else { "ipv4" });
        for net in nets {
            match net {
                IpNet::V4(net) => drop(writeln!(out, "  network {} mask {}", net.network(), net.netmask())),
                IpNet::V6(net) => drop(writeln!(out, "  network {net}")),
            }
        }
        out.push_str(" exit-address-family\n");
    }
    out
}

/// A route-map with the lists that it refers to. A term for both families is an entry for each.
pub(super) fn policy(policy: &RoutePolicy, prepended: Option<u32>) -> String {
    let (mut lists, mut map) = (String::new(), String::new());
    let mut number = 10;
    for term in &policy.terms {
        let sides: Vec<Option<bool>> = match &term.prefixes {
            None => vec![None],
            Some(entries) => {
                let has = |v6: bool| of(entries, v6).next().is_some();
                [false, true].into_iter().filter(|v6| has(*v6)).map(Some).collect()
            }
        };
        for side in sides {
            let name = format!("{}-{number}", policy.name);
            head(&mut map, &policy.name, number, &term.action);
            if let (Some(v6), Some(entries)) = (side, &term.prefixes) {
                let own: Vec<PrefixListEntry> = of(entries, v6).copied().collect();
                lists.push_str(&prefix_list(&name, &own, false));
                let _ = writeln!(map, " match {} address prefix-list {name}", family(v6));
            }
            communities(&mut lists, &mut map, &name, term);
            set(&mut map, &term.action, prepended);
            number += 10;
        }
    }
    if policy.otherwise.permit {
        head(&mut map, &policy.name, number, &policy.otherwise);
        set(&mut map, &policy.otherwise, prepended);
    }
    format!("{GONE}{}no route-map {}\n{map}", lists.replace(GONE, ""), policy.name)
}

fn head(map: &mut String, name: &str, number: u32, action: &TermAction) {
    let verb = if action.permit { "permit" } else { "deny" };
    let _ = writeln!(map, "route-map {name} {verb} {number}");
}

fn communities(lists: &mut String, map: &mut String, name: &str, term: &RouteTerm) {
    if term.communities.is_empty() {
        return;
    }
    let _ = writeln!(lists, "no ip community-list standard {name}");
    for community in &term.communities {
        let _ = writeln!(lists, "ip community-list standard {name} permit {community}");
    }
    let _ = writeln!(map, " match community {name}");
}

fn set(map: &mut String, action: &TermAction, prepended: Option<u32>) {
    if !action.permit {
        return;
    }
    if let Some(value) = action.local_preference {
        let _ = writeln!(map, " set local-preference {value}");
    }
    if let Some(value) = action.weight {
        let _ = writeln!(map, " set weight {value}");
    }
    match (action.prepend, prepended) {
        (Some(times @ 1..), Some(asn)) => {
            let path = vec![asn.to_string(); usize::try_from(times.min(64)).unwrap_or(1)].join(" ");
            let _ = writeln!(map, " set as-path prepend {path}");
        }
        (Some(times @ 1..), None) => drop(writeln!(map, " set as-path prepend last-as {times}")),
        _ => {}
    }
    if !action.communities.is_empty() {
        let communities: Vec<String> = action.communities.iter().map(ToString::to_string).collect();
        let _ = writeln!(map, " set community {} additive", communities.join(" "));
    }
}
