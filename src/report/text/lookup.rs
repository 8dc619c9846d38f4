//! Lookups as text: a line an address, fast enough for millions of them.

use ipnet::IpNet;
use std::io::Write;
use std::net::IpAddr;

/// Writes a line for each address: the address, the prefix that matched, the exits.
///
/// Columns are padded to what IPv4 needs; IPv6 lines are wider.
#[derive(Copy, Clone, Debug, Default)]
pub struct Lookup;

impl Lookup {
    /// One line. `exits` is empty where there is no route.
    pub fn line(self, out: &mut Vec<u8>, address: IpAddr, prefix: Option<IpNet>, exits: &str) {
        let start = out.len();
        push_address(out, address);
        pad(out, start, 15);
        let start = out.len();
        match prefix {
            Some(prefix) => push_prefix(out, prefix),
            None => out.push(b'-'),
        }
        pad(out, start, 18);
        out.extend_from_slice(if exits.is_empty() { "no route" } else { exits }.as_bytes());
        out.push(b'\n');
    }
}

fn pad(out: &mut Vec<u8>, start: usize, width: usize) {
    let padding = width.saturating_sub(out.len() - start) + 2;
    out.extend(std::iter::repeat_n(b' ', padding));
}

/// An address, the same bytes as the standard library's, for IPv4 without its formatting machinery.
pub(in crate::report) fn push_address(out: &mut Vec<u8>, address: IpAddr) {
    match address {
        IpAddr::V4(address) => push_ipv4(out, address.octets()),
        // Writing to a vector can't fail.
        IpAddr::V6(address) => drop(write!(out, "{address}")),
    }
}

/// A prefix, likewise.
pub(in crate::report) fn push_prefix(out: &mut Vec<u8>, prefix: IpNet) {
    push_address(out, prefix.addr());
    out.push(b'/');
    push_decimal(out, prefix.prefix_len());
}

fn push_ipv4(out: &mut Vec<u8>, octets: [u8; 4]) {
    for (index, octet) in octets.into_iter().enumerate() {
        if index > 0 {
            out.push(b'.');
        }
        push_decimal(out, octet);
    }
}

fn push_decimal(out: &mut Vec<u8>, number: u8) {
    if number >= 100 {
        out.push(b'0' + number / 100);
    }
    if number >= 10 {
        out.push(b'0' + number / 10 % 10);
    }
    out.push(b'0' + number % 10);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_align() {
        let mut out = Vec::new();
        for (address, prefix, exits) in [
            ("0.9.10.255", "0.0.0.0/0", "Internet A"),
            ("100.200.199.255", "100.200.199.254/31", "A, B"),
            ("2603:1000::1", "", ""),
        ] {
            Lookup.line(&mut out, address.parse().unwrap(), prefix.parse().ok(), exits);
        }
        let said = String::from_utf8(out).unwrap();
        let lines = [
            "0.9.10.255       0.0.0.0/0           Internet A",
            "100.200.199.255  100.200.199.254/31  A, B",
            "2603:1000::1     -                   no route",
        ];
        assert_eq!(said.lines().collect::<Vec<_>>(), lines);
    }
}
