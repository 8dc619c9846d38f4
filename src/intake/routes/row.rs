//! What stands behind the prefix of a route: distance and metric, next hop, interface, age.

use super::codes::are_codes;
use crate::intake::address::{scan_v4, scan_v6};
use crate::intake::lines::words;
use std::net::IpAddr;

/// What a row says of one way to its prefix.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Hop {
    pub(super) distance: Option<u8>,
    pub(super) metric: Option<u32>,
    pub(super) next_hop: Option<IpAddr>,
    /// It leads to the device itself, or nowhere.
    pub(super) null: bool,
    /// It is there for when the others fail.
    pub(super) backup: bool,
    /// Only distance and metric: the ways stand on lines of their own.
    pub(super) open: bool,
}

/// Reads a way: `[20/0] via 192.0.2.9, 1d02h, Gi0/0`, `is directly connected, Gi0/0`, `is a summary, 7w0d, Null0`,
/// `via 192.0.2.9, Ethernet1`. `None`: it is none.
pub(super) fn hop(text: &str) -> Option<Hop> {
    let mut hop = Hop::default();
    let mut rest = text.trim_start();
    let mut said = false;
    if let Some(inside) = rest.strip_prefix('[') {
        let (inside, behind) = inside.split_once(']')?;
        let (distance, metric) = inside.split_once('/')?;
        hop.distance = Some(distance.trim().parse().ok()?);
        hop.metric = Some(metric.trim().parse().ok()?);
        rest = behind.trim_start();
        said = true;
        // A tag stands before the ways, which are below.
        if rest.strip_prefix(", tag ").is_some_and(|tag| tag.bytes().all(|byte| byte.is_ascii_digit())) {
            rest = "";
        }
    }
    hop.null = rest.contains("Null0") || rest.contains("Null 0") || rest.starts_with("is a summary");
    hop.backup = rest.contains("(!)");
    if let Some(behind) = rest.strip_prefix("via ") {
        let word = behind.split([',', ' ', '%']).next().unwrap_or_default();
        // Behind `via` may also stand an interface.
        hop.next_hop = word.parse().ok();
        return (!word.is_empty()).then_some(hop);
    }
    let connected =
        ["is directly connected", "directly connected", "is a summary", "is connected", "connected via "];
    if connected.iter().any(|begin| rest.starts_with(begin)) || rest.starts_with(", ") {
        return Some(hop);
    }
    hop.open = rest.is_empty();
    (said && (hop.open || hop.null)).then_some(hop)
}

/// The codes, the prefix and what stands behind it: columns of a line.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Parts<'a> {
    pub(super) codes: &'a str,
    /// Where the prefix begins, and itself.
    pub(super) at: usize,
    pub(super) prefix: &'a str,
    /// The netmask behind it.
    pub(super) mask: Option<&'a str>,
    /// Where what stands behind begins.
    pub(super) behind: usize,
}

/// Takes a row apart; `masks`: a netmask stands behind each network, and a name may stand for it. `None`: it is none.
pub(super) fn parts(line: &str, masks: bool) -> Option<Parts<'_>> {
    let mut all = words(line).take(5).peekable();
    let mut before = None;
    while let Some((at, word)) = all.next() {
        let netmask = all.peek().filter(|(_, next)| masks && is_netmask(next)).copied();
        let named = netmask.is_some() && before.is_some();
        if is_prefix(word) || named {
            let codes = line.get(..before?)?;
            let mask = netmask.map(|(_, mask)| mask);
            let behind = match netmask {
                Some((at, mask)) => at + mask.len(),
                None => at + word.len(),
            };
            return are_codes(codes).then_some(Parts { codes: codes.trim(), at, prefix: word, mask, behind });
        }
        before = Some(at + word.len());
    }
    None
}

fn is_prefix(word: &str) -> bool {
    let end = match scan_v4(word.as_bytes()) {
        Some((_, end)) => end,
        None => match scan_v6(word.as_bytes()) {
            Some((_, end)) => end,
            None => return false,
        },
    };
    matches!(word.as_bytes().get(end), None | Some(b'/'))
}

/// Whether a word is a dotted quad that can only be a mask, right or wrong.
fn is_netmask(word: &str) -> bool {
    let quad = scan_v4(word.as_bytes()).filter(|(_, end)| *end == word.len());
    quad.is_some_and(|(mask, _)| mask == 0 || mask.leading_ones() >= 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_as_printed() {
        let next = |text: &str| hop(text).unwrap().next_hop.map(|hop| hop.to_string()).unwrap_or_default();
        assert_eq!(next("[20/0] via 192.0.2.9, 1d02h"), "192.0.2.9");
        assert_eq!(next("via 2001:db8::1, Ethernet1"), "2001:db8::1");
        assert_eq!(next("via GigabitEthernet0/0, directly connected"), "");
        let way = hop("[200/0], 2w0d, Null0").unwrap();
        assert_eq!((way.distance, way.metric, way.null), (Some(200), Some(0), true));
        assert!(hop("is a summary, 7w0d, Null0").unwrap().null);
        assert!(hop("[110/0] via 192.0.2.9, 04:43:27, Gi0/0/0/0 (!)").unwrap().backup);
        for other in ["", "is subnetted, 1 subnets", "[1/0", "[x/0] via 192.0.2.9", "Gateway"] {
            assert_eq!(hop(other), None, "{other}");
        }
    }

    #[test]
    fn rows_taken_apart() {
        let of = |line, masks| parts(line, masks).map(|parts| (parts.codes, parts.prefix, parts.mask));
        assert_eq!(of("O E2    4.4.0.0 [110/20] via", false), Some(("O E2", "4.4.0.0", None)));
        assert_eq!(of(" B E    2001:db8::/32 [200/0]", false), Some(("B E", "2001:db8::/32", None)));
        assert_eq!(of("S  Server1 255.255.255.255 [1/0]", true), Some(("S", "Server1", Some("255.255.255.255"))));
        assert_eq!(of("     1.0.0.0/32 is subnetted", false), None);
        assert_eq!(of("Gateway of last resort is 192.0.2.1", false), None);
    }
}
