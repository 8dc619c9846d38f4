//! Addresses that aren't ordinary public unicast, as facts with their sources.
//!
//! From the IANA IPv4 and IPv6 Special-Purpose Address Registries (which RFC 6890 set up, as read
//! in 2025), with the blocks that other registries set apart: multicast (RFC 5771, RFC 4291) and
//! the deprecated site-local block (RFC 3879). Entries that the registries mark globally reachable
//! and that behave like any public address (AS112, AMT) are left out.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use borsh::{BorshDeserialize, BorshSerialize};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use schemars::JsonSchema;
use serde::Serialize;

use super::{AddressSet, SpacePartition};

/// What a special-purpose block is for.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Special {
    /// This host on this network: 0.0.0.0/8.
    ThisNetwork,
    /// The unspecified address: `::`.
    Unspecified,
    /// Private use: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16.
    Private,
    /// Shared between a provider and its customers (carrier-grade NAT): 100.64.0.0/10.
    Shared,
    /// Unique local: fc00::/7.
    UniqueLocal,
    /// Site-local, deprecated: fec0::/10.
    SiteLocal,
    /// This host itself: 127.0.0.0/8, `::1`.
    Loopback,
    /// This link only: 169.254.0.0/16, fe80::/10.
    LinkLocal,
    /// For examples. Twopath's own examples use them as if they were public.
    Documentation,
    /// For measurements of network devices: 198.18.0.0/15, 2001:2::/48.
    Benchmarking,
    /// Set aside for protocols: 192.0.0.0/24, 2001::/23 and the like.
    Protocol,
    /// IPv4 inside IPv6 by translation or tunnel: ::ffff:0:0/96, 64:ff9b::/96, 6to4, Teredo.
    Transition,
    /// Packets to it are dropped: 100::/64.
    Discard,
    /// Groups of receivers: 224.0.0.0/4, ff00::/8.
    Multicast,
    /// For future use: 240.0.0.0/4.
    Reserved,
    /// All hosts of this link: 255.255.255.255.
    Broadcast,
}

impl Special {
    /// Can't a packet from such an address be answered across the Internet, so that its source
    /// must be translated before it leaves?
    pub fn must_be_translated(self) -> bool {
        use Special::*;
        matches!(
            self,
            ThisNetwork | Unspecified | Private | Shared | UniqueLocal | SiteLocal | Loopback | LinkLocal
        )
    }

    /// A stable name in lower case, such as `link-local`.
    pub fn name(self) -> &'static str {
        match self {
            Special::ThisNetwork => "this-network",
            Special::Unspecified => "unspecified",
            Special::Private => "private",
            Special::Shared => "shared",
            Special::UniqueLocal => "unique-local",
            Special::SiteLocal => "site-local",
            Special::Loopback => "loopback",
            Special::LinkLocal => "link-local",
            Special::Documentation => "documentation",
            Special::Benchmarking => "benchmarking",
            Special::Protocol => "protocol",
            Special::Transition => "transition",
            Special::Discard => "discard",
            Special::Multicast => "multicast",
            Special::Reserved => "reserved",
            Special::Broadcast => "broadcast",
        }
    }
}

impl fmt::Display for Special {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One entry of the registries.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct SpecialBlock {
    /// The block. A smaller block within it may be for something else.
    pub net: IpNet,
    /// What it is for.
    pub kind: Special,
    /// The document that says so, such as `RFC 1918`.
    pub source: &'static str,
}

/// Checked when the program is built: a length beyond 32 doesn't compile.
const fn v4(a: u8, b: u8, c: u8, d: u8, length: u8, kind: Special, source: &'static str) -> SpecialBlock {
    SpecialBlock { net: IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)), kind, source }
}

/// Checked when the program is built: a length beyond 128 doesn't compile.
const fn v6(bits: u128, length: u8, kind: Special, source: &'static str) -> SpecialBlock {
    SpecialBlock { net: IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::from_bits(bits), length)), kind, source }
}

/// All blocks, IPv4 first, in order of address, then larger first.
#[rustfmt::skip]
pub const SPECIAL_BLOCKS: &[SpecialBlock] = {
    use Special::*;
    &[
        v4(  0,   0,   0,   0,  8, ThisNetwork,   "RFC 791"),
        v4( 10,   0,   0,   0,  8, Private,       "RFC 1918"),
        v4(100,  64,   0,   0, 10, Shared,        "RFC 6598"),
        v4(127,   0,   0,   0,  8, Loopback,      "RFC 1122"),
        v4(169, 254,   0,   0, 16, LinkLocal,     "RFC 3927"),
        v4(172,  16,   0,   0, 12, Private,       "RFC 1918"),
        v4(192,   0,   0,   0, 24, Protocol,      "RFC 6890"),
        v4(192,   0,   2,   0, 24, Documentation, "RFC 5737"),
        v4(192,  88,  99,   0, 24, Transition,    "RFC 7526"),
        v4(192, 168,   0,   0, 16, Private,       "RFC 1918"),
        v4(198,  18,   0,   0, 15, Benchmarking,  "RFC 2544"),
        v4(198,  51, 100,   0, 24, Documentation, "RFC 5737"),
        v4(203,   0, 113,   0, 24, Documentation, "RFC 5737"),
        v4(224,   0,   0,   0,  4, Multicast,     "RFC 5771"),
        v4(240,   0,   0,   0,  4, Reserved,      "RFC 1112"),
        v4(255, 255, 255, 255, 32, Broadcast,     "RFC 919"),
        v6(0,                                             128, Unspecified,   "RFC 4291"),
        v6(1,                                             128, Loopback,      "RFC 4291"),
        v6(0x0000_0000_0000_0000_0000_ffff_0000_0000,      96, Transition,    "RFC 4291"),
        v6(0x0064_ff9b_0000_0000_0000_0000_0000_0000,      96, Transition,    "RFC 6052"),
        v6(0x0064_ff9b_0001_0000_0000_0000_0000_0000,      48, Transition,    "RFC 8215"),
        v6(0x0100_0000_0000_0000_0000_0000_0000_0000,      64, Discard,       "RFC 6666"),
        v6(0x0100_0000_0000_0001_0000_0000_0000_0000,      64, Protocol,      "RFC 9780"),
        v6(0x2001_0000_0000_0000_0000_0000_0000_0000,      23, Protocol,      "RFC 2928"),
        v6(0x2001_0000_0000_0000_0000_0000_0000_0000,      32, Transition,    "RFC 4380"),
        v6(0x2001_0002_0000_0000_0000_0000_0000_0000,      48, Benchmarking,  "RFC 5180"),
        v6(0x2001_0db8_0000_0000_0000_0000_0000_0000,      32, Documentation, "RFC 3849"),
        v6(0x2002_0000_0000_0000_0000_0000_0000_0000,      16, Transition,    "RFC 3056"),
        v6(0x3fff_0000_0000_0000_0000_0000_0000_0000,      20, Documentation, "RFC 9637"),
        v6(0x5f00_0000_0000_0000_0000_0000_0000_0000,      16, Protocol,      "RFC 9602"),
        v6(0xfc00_0000_0000_0000_0000_0000_0000_0000,       7, UniqueLocal,   "RFC 4193"),
        v6(0xfe80_0000_0000_0000_0000_0000_0000_0000,      10, LinkLocal,     "RFC 4291"),
        v6(0xfec0_0000_0000_0000_0000_0000_0000_0000,      10, SiteLocal,     "RFC 3879"),
        v6(0xff00_0000_0000_0000_0000_0000_0000_0000,       8, Multicast,     "RFC 4291"),
    ]
};

/// What an address is set apart for; `None` if it is ordinary public unicast.
pub fn kind_of(ip: IpAddr) -> Option<Special> {
    block_of(ip).map(|block| block.kind)
}

/// The smallest special-purpose block around an address, with its source.
pub fn block_of(ip: IpAddr) -> Option<&'static SpecialBlock> {
    static BLOCKS: LazyLock<SpacePartition<Option<usize>>> = LazyLock::new(|| {
        let blocks = SPECIAL_BLOCKS.iter().enumerate();
        SpacePartition::from_nets(None, blocks.map(|(at, block)| (block.net, Some(at))))
    });
    SPECIAL_BLOCKS.get(BLOCKS.lookup(ip)?)
}

/// The addresses that must be translated before they leave as a source: see
/// [`Special::must_be_translated`]. Documentation prefixes aren't among them, on purpose.
pub fn not_public() -> &'static AddressSet {
    static NOT_PUBLIC: LazyLock<AddressSet> = LazyLock::new(|| {
        let blocks = SPECIAL_BLOCKS.iter();
        AddressSet::from_nets(blocks.filter(|block| block.kind.must_be_translated()).map(|block| block.net))
    });
    &NOT_PUBLIC
}

/// The IPv4 addresses for private use (RFC 1918).
pub fn private_v4() -> [Ipv4Net; 3] {
    [
        Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8),
        Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12),
        Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn blocks_are_whole_and_in_order() {
        for block in SPECIAL_BLOCKS {
            assert_eq!(block.net, block.net.trunc(), "host bits");
            assert!(block.source.starts_with("RFC "), "{}", block.net);
        }
        // IpNet sorts IPv4 first, then by address, then larger first.
        assert!(SPECIAL_BLOCKS.is_sorted_by(|a, b| a.net < b.net));
    }

    #[test]
    fn kinds() {
        for (address, kind) in [
            ("0.1.2.3", Some(Special::ThisNetwork)),
            ("10.255.255.255", Some(Special::Private)),
            ("11.0.0.0", None),
            ("100.63.255.255", None),
            ("100.64.0.0", Some(Special::Shared)),
            ("127.0.0.1", Some(Special::Loopback)),
            ("169.254.169.254", Some(Special::LinkLocal)),
            ("172.31.255.255", Some(Special::Private)),
            ("172.32.0.0", None),
            ("192.0.2.1", Some(Special::Documentation)),
            ("198.19.0.1", Some(Special::Benchmarking)),
            ("224.0.0.5", Some(Special::Multicast)),
            ("255.255.255.254", Some(Special::Reserved)),
            ("255.255.255.255", Some(Special::Broadcast)),
            ("::", Some(Special::Unspecified)),
            ("::1", Some(Special::Loopback)),
            ("::2", None),
            ("::ffff:10.0.0.1", Some(Special::Transition)),
            ("64:ff9b::808:808", Some(Special::Transition)),
            ("2001::1", Some(Special::Transition)),
            ("2001:1::1", Some(Special::Protocol)),
            ("2001:200::1", None),
            ("2001:db8::1", Some(Special::Documentation)),
            ("2603:1030::1", None),
            ("fbff::1", None),
            ("fd00::1", Some(Special::UniqueLocal)),
            ("fe80::1", Some(Special::LinkLocal)),
            ("fec0::1", Some(Special::SiteLocal)),
            ("ff02::1", Some(Special::Multicast)),
        ] {
            assert_eq!(kind_of(ip(address)), kind, "{address}");
        }
        let source = block_of(ip("192.168.1.1")).map(|block| block.source);
        assert_eq!(source, Some("RFC 1918"));
        let private = SPECIAL_BLOCKS.iter().filter(|block| block.kind == Special::Private).map(|block| block.net);
        assert!(private.eq(private_v4().map(IpNet::V4)));
    }

    #[test]
    fn must_be_translated_before_leaving() {
        let nets: Vec<_> = not_public().nets().map(|net| net.to_string()).collect();
        assert_eq!(
            nets,
            [
                "0.0.0.0/8",
                "10.0.0.0/8",
                "100.64.0.0/10",
                "127.0.0.0/8",
                "169.254.0.0/16",
                "172.16.0.0/12",
                "192.168.0.0/16",
                "::/127",
                "fc00::/7",
                "fe80::/9",
            ]
        );
        for documentation in ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"] {
            assert!(!not_public().contains(ip(documentation)));
        }
    }

    #[test]
    fn agrees_with_the_standard_library() {
        let ends = SPECIAL_BLOCKS.iter().filter_map(|block| match block.net {
            IpNet::V4(net) => Some([net.network(), net.broadcast()]),
            IpNet::V6(_) => None,
        });
        let near = |ip: Ipv4Addr| {
            let bits = ip.to_bits();
            [bits.wrapping_sub(1), bits, bits.wrapping_add(1)]
        };
        for ip in ends.flatten().flat_map(near).map(Ipv4Addr::from_bits) {
            let kind = kind_of(ip.into());
            assert_eq!(ip.is_private(), kind == Some(Special::Private), "{ip}");
            assert_eq!(ip.is_loopback(), kind == Some(Special::Loopback), "{ip}");
            assert_eq!(ip.is_link_local(), kind == Some(Special::LinkLocal), "{ip}");
            assert_eq!(ip.is_multicast(), kind == Some(Special::Multicast), "{ip}");
            assert_eq!(ip.is_broadcast(), kind == Some(Special::Broadcast), "{ip}");
            let documentation = kind == Some(Special::Documentation);
            assert_eq!(ip.is_documentation(), documentation, "{ip}");
        }
    }
}
