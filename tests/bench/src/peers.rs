//! The peers: four crates that answer the same question. Each is given its prefixes in its own type, made before
//! the clock starts, and is always asked for the longest match.

use crate::family::Ip;
use crate::ours::NOTHING;
use crate::table::Routes;
use ip_network_table_deps_treebitmap as treebitmap;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ts_bart::{RoutingTable, SimpleTable};

/// A peer for one family.
pub trait Peer<A>: Sized {
    /// The crate, with the version in Cargo.lock's line.
    const NAME: &'static str;
    /// A prefix as the crate takes it.
    type Prefix: Copy;

    /// The prefix in the crate's own type.
    fn prefix(address: A, length: u8) -> Self::Prefix;
    /// A table from prefixes, by the fastest way that the crate offers.
    fn build(routes: &[(Self::Prefix, u32)]) -> Self;
    /// The value of the longest prefix around an address, or [`NOTHING`].
    fn lookup(&self, address: A) -> u32;
    /// What it takes in memory, where the crate says so.
    fn bytes(&self) -> Option<usize> {
        None
    }
}

/// A table's routes as a peer takes them.
#[must_use]
pub fn prepared<A: Ip, P: Peer<A>>(routes: &Routes<A>) -> Vec<(P::Prefix, u32)> {
    routes.iter().map(|(prefix, value)| (P::prefix(prefix.address(), prefix.length()), *value)).collect()
}

/// `prefix-trie`.
pub struct PrefixTrie<A>(prefix_trie::PrefixMap<(A, u8), u32>)
where
    (A, u8): prefix_trie::Prefix;

/// `poptrie`.
pub struct Poptrie<A>(poptrie::Poptrie<(A, u8), u32>)
where
    (A, u8): poptrie::Prefix;

/// `ip_network_table-deps-treebitmap`.
pub struct TreeBitmap<I>(treebitmap::IpLookupTable<I, u32>);

/// `ts_bart`.
pub struct Bart(SimpleTable<u32>);

/// The same lines for both families.
macro_rules! peers {
    ($int:ty, $ip:ty, $any:path, $net:ty, $any_net:path) => {
        impl Peer<$int> for PrefixTrie<$int> {
            const NAME: &'static str = "prefix-trie";
            type Prefix = ($int, u8);

            fn prefix(address: $int, length: u8) -> Self::Prefix {
                (address, length)
            }

            fn build(routes: &[(Self::Prefix, u32)]) -> Self {
                Self(routes.iter().copied().collect())
            }

            #[inline]
            fn lookup(&self, address: $int) -> u32 {
                self.0.get_lpm(&(address, <$int>::BITS as u8)).map_or(NOTHING, |(_, value)| *value)
            }

            fn bytes(&self) -> Option<usize> {
                Some(self.0.mem_size())
            }
        }

        impl Peer<$int> for Poptrie<$int> {
            const NAME: &'static str = "poptrie";
            type Prefix = ($int, u8);

            fn prefix(address: $int, length: u8) -> Self::Prefix {
                (address, length)
            }

            fn build(routes: &[(Self::Prefix, u32)]) -> Self {
                Self(routes.iter().copied().collect())
            }

            #[inline]
            fn lookup(&self, address: $int) -> u32 {
                self.0.lookup(address).copied().unwrap_or(NOTHING)
            }
        }

        impl Peer<$int> for TreeBitmap<$ip> {
            const NAME: &'static str = "treebitmap";
            type Prefix = ($ip, u8);

            fn prefix(address: $int, length: u8) -> Self::Prefix {
                (<$ip>::from_bits(address), length)
            }

            fn build(routes: &[(Self::Prefix, u32)]) -> Self {
                let mut table = treebitmap::IpLookupTable::with_capacity(routes.len());
                for &((address, length), value) in routes {
                    table.insert(address, u32::from(length), value);
                }
                Self(table)
            }

            #[inline]
            fn lookup(&self, address: $int) -> u32 {
                self.0.longest_match(<$ip>::from_bits(address)).map_or(NOTHING, |(_, _, value)| *value)
            }

            fn bytes(&self) -> Option<usize> {
                let (nodes, results) = self.0.mem_usage();
                Some(nodes + results)
            }
        }

        impl Peer<$int> for Bart {
            const NAME: &'static str = "ts_bart";
            type Prefix = IpNet;

            fn prefix(address: $int, length: u8) -> Self::Prefix {
                $any_net(<$net>::new_assert(<$ip>::from_bits(address), length))
            }

            fn build(routes: &[(Self::Prefix, u32)]) -> Self {
                let mut table = SimpleTable::default();
                for &(prefix, value) in routes {
                    table.insert(prefix, value);
                }
                Self(table)
            }

            #[inline]
            fn lookup(&self, address: $int) -> u32 {
                let found = self.0.lookup($any(<$ip>::from_bits(address)));
                found.copied().unwrap_or(NOTHING)
            }
        }
    };
}

peers!(u32, Ipv4Addr, IpAddr::V4, Ipv4Net, IpNet::V4);
peers!(u128, Ipv6Addr, IpAddr::V6, Ipv6Net, IpNet::V6);

/// A family and the type of treebitmap's keys for it, so that all peers can be named by the family alone.
pub trait Peers: Ip {
    /// `prefix-trie` for this family.
    type PrefixTrie: Peer<Self>;
    /// `poptrie` for this family.
    type Poptrie: Peer<Self>;
    /// `treebitmap` for this family.
    type TreeBitmap: Peer<Self>;
    /// `ts_bart` for this family.
    type Bart: Peer<Self>;
}

impl Peers for u32 {
    type PrefixTrie = PrefixTrie<u32>;
    type Poptrie = Poptrie<u32>;
    type TreeBitmap = TreeBitmap<Ipv4Addr>;
    type Bart = Bart;
}

impl Peers for u128 {
    type PrefixTrie = PrefixTrie<u128>;
    type Poptrie = Poptrie<u128>;
    type TreeBitmap = TreeBitmap<Ipv6Addr>;
    type Bart = Bart;
}
