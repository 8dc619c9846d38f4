//! Fewer entries that match exactly the same prefixes.

use crate::intake::config::PrefixListEntry;
use ipnet::IpNet;
use std::collections::BTreeMap;

/// The entries of a list that permits, put together where that changes nothing: two halves become one entry for what is
/// longer than it, what another entry matches goes. `bounded`: whether lengths may be bounded; where not, the fewest
/// prefixes with the same addresses. Lists that deny something stay as they are.
pub fn merged(entries: &[PrefixListEntry], bounded: bool) -> Vec<PrefixListEntry> {
    if entries.iter().any(|entry| !entry.permit) {
        return entries.to_vec();
    }
    if !bounded {
        let nets = crate::space::AddressSet::from_nets(entries.iter().map(|entry| entry.prefix));
        return nets.nets().map(exact).collect();
    }
    // Prefixes of each length, longest first, each with the lengths that it matches.
    let mut by_length: BTreeMap<(bool, u8), BTreeMap<IpNet, u128>> = BTreeMap::new();
    let mut defaults: Vec<IpNet> = Vec::new();
    for entry in entries {
        if entry.shortest == 0 && !defaults.contains(&entry.prefix.trunc()) {
            defaults.push(entry.prefix.trunc());
        }
        add(&mut by_length, entry.prefix.trunc(), lengths(entry.shortest, entry.longest));
    }
    for v6 in [false, true] {
        for length in (1..=if v6 { 128_u8 } else { 32 }).rev() {
            let Some(here) = by_length.get(&(v6, length)).cloned() else { continue };
            for (net, matched) in &here {
                let Some((parent, other)) = family(*net) else { continue };
                // Each pair is met twice; the lower half speaks for both.
                if other < *net {
                    continue;
                }
                let both = matched & here.get(&other).copied().unwrap_or(0);
                if both == 0 {
                    continue;
                }
                add(&mut by_length, parent, both);
                for half in [*net, other] {
                    if let Some(there) = by_length.get_mut(&(v6, length)).and_then(|nets| nets.get_mut(&half)) {
                        *there &= !both;
                    }
                }
            }
        }
    }
    // What a shorter prefix matches already is taken from longer ones.
    let mut found: Vec<PrefixListEntry> = Vec::new();
    let all: BTreeMap<IpNet, u128> = by_length.values().flatten().map(|(net, matched)| (*net, *matched)).collect();
    for ((_, length), nets) in &by_length {
        for (net, matched) in nets {
            let covered = (0..*length)
                .filter_map(|shorter| IpNet::new(net.addr(), shorter).ok())
                .filter_map(|above| all.get(&above.trunc()))
                .fold(0, |covered, above| covered | above);
            ranges(matched & !covered, |shortest, longest| {
                found.push(PrefixListEntry { permit: true, prefix: *net, shortest, longest });
            });
        }
    }
    for default in defaults {
        match found.iter_mut().find(|entry| entry.prefix == default && entry.shortest == 1) {
            Some(entry) => entry.shortest = 0,
            None => found.push(exact(default)),
        }
    }
    found.sort_by_key(|entry| (matches!(entry.prefix, IpNet::V6(_)), entry.prefix, entry.shortest));
    found
}

/// A prefix and nothing longer.
fn exact(prefix: IpNet) -> PrefixListEntry {
    let length = prefix.prefix_len();
    PrefixListEntry { permit: true, prefix, shortest: length, longest: length }
}

fn add(by_length: &mut BTreeMap<(bool, u8), BTreeMap<IpNet, u128>>, net: IpNet, matched: u128) {
    let key = (matches!(net, IpNet::V6(_)), net.prefix_len());
    *by_length.entry(key).or_default().entry(net).or_default() |= matched;
}

/// A bit for each length from 1 to 128. Length 0 has none: only a default route has it, and is kept apart.
fn lengths(shortest: u8, longest: u8) -> u128 {
    (shortest.max(1)..=longest).fold(0, |bits, length| bits | bit(length))
}

fn bit(length: u8) -> u128 {
    length.checked_sub(1).and_then(|place| 1_u128.checked_shl(u32::from(place))).unwrap_or(0)
}

/// The runs of lengths.
fn ranges(matched: u128, mut each: impl FnMut(u8, u8)) {
    let mut open: Option<u8> = None;
    for length in 1..=129_u8 {
        match (matched & bit(length) != 0, open) {
            (true, None) => open = Some(length),
            (false, Some(from)) => {
                each(from, length - 1);
                open = None;
            }
            _ => {}
        }
    }
}

/// The prefix that is one shorter, and its other half.
fn family(net: IpNet) -> Option<(IpNet, IpNet)> {
    let parent = net.supernet()?;
    let other = parent.subnets(net.prefix_len()).ok()?.find(|half| *half != net)?;
    Some((parent, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(entries: &[(&str, u8, u8)]) -> Vec<PrefixListEntry> {
        let entry = |(net, shortest, longest): &(&str, u8, u8)| PrefixListEntry {
            permit: true,
            prefix: net.parse().unwrap(),
            shortest: *shortest,
            longest: *longest,
        };
        entries.iter().map(entry).collect()
    }

    #[test]
    fn halves_become_one_and_what_is_covered_goes() {
        for (given, bounded, expected) in [
            (vec![("10.0.0.0/25", 25, 25), ("10.0.0.128/25", 25, 25)], true, vec![("10.0.0.0/24", 25, 25)]),
            (
                vec![("10.0.0.0/25", 25, 25), ("10.0.0.128/25", 25, 25), ("10.0.0.0/24", 24, 24)],
                true,
                vec![("10.0.0.0/24", 24, 25)],
            ),
            (vec![("10.0.0.0/8", 8, 32), ("10.1.0.0/16", 16, 24)], true, vec![("10.0.0.0/8", 8, 32)]),
            (vec![("10.0.0.0/25", 25, 25), ("10.0.0.128/25", 25, 25)], false, vec![("10.0.0.0/24", 24, 24)]),
            (
                vec![("0.0.0.0/0", 0, 0), ("0.0.0.0/1", 1, 2), ("128.0.0.0/1", 1, 1)],
                true,
                vec![("0.0.0.0/0", 0, 1), ("0.0.0.0/1", 2, 2)],
            ),
            (vec![("::/0", 0, 128), ("2001:db8::/32", 32, 128)], true, vec![("::/0", 0, 128)]),
        ] {
            assert_eq!(merged(&list(&given), bounded), list(&expected), "{given:?}");
        }
    }
}
