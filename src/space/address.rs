//! What the two address families have in common, as a trait on plain integers.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

/// An address family.
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
pub enum Family {
    /// IPv4, 32 bits; an address is a `u32`.
    #[serde(rename = "ipv4")]
    V4,
    /// IPv6, 128 bits; an address is a `u128`.
    #[serde(rename = "ipv6")]
    V6,
}

impl Family {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::V4, Self::V6];

    /// The family of an address.
    pub fn of(ip: IpAddr) -> Self {
        match ip {
            IpAddr::V4(_) => Family::V4,
            IpAddr::V6(_) => Family::V6,
        }
    }

    /// The length of an address in bits, which is also the longest prefix length: 32 or 128.
    pub fn bits(self) -> u8 {
        match self {
            Family::V4 => 32,
            Family::V6 => 128,
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Family::V4 => "IPv4",
            Family::V6 => "IPv6",
        })
    }
}

/// An address as an integer in host order: `u32` for IPv4, `u128` for IPv6.
///
/// Integer order is address order, so everything in this room is written once over `A: Address`.
/// IPv4-mapped IPv6 addresses (`::ffff:0:0/96`) are IPv6 here; nothing converts between families.
pub trait Address: Copy + Ord + Eq + std::hash::Hash + fmt::Debug + Send + Sync + 'static {
    /// The length of an address in bits, and so the longest prefix length.
    const BITS: u8;
    /// The first address of the family, all bits zero.
    const FIRST: Self;
    /// The last address of the family, all bits one.
    const LAST: Self;
    /// The family.
    const FAMILY: Family;
    /// Its leading bits: all 32, or the upper 64.
    #[doc(hidden)]
    type Word: super::starts::Word;
    /// Where intervals begin.
    #[doc(hidden)]
    type Starts: super::starts::Starts<Self>;
    /// What finds the interval of an address.
    #[doc(hidden)]
    type Index: super::index::Index<Self::Word>;

    /// The address after this one; `None` after [`Address::LAST`].
    fn next(self) -> Option<Self>;
    /// The address before this one; `None` before [`Address::FIRST`].
    fn previous(self) -> Option<Self>;
    /// Its leading bits.
    #[doc(hidden)]
    fn word(self) -> Self::Word;
    /// The address with these leading bits, and zeros after them.
    #[doc(hidden)]
    fn of_word(word: Self::Word) -> Self;
    /// The bits after those; 0 where there are none.
    #[doc(hidden)]
    fn below(self) -> u64;
    /// In which interval an address is. In wasm not inlined, and not generic: so that it is compiled in this package,
    /// at its level of optimisation, and not at that of the package that looks up.
    #[doc(hidden)]
    fn find(index: &super::index::Lazy<Self>, starts: &Self::Starts, address: Self) -> usize;
    /// The same for many addresses.
    #[doc(hidden)]
    fn find_batch(
        index: &Self::Index,
        starts: &Self::Starts,
        batch: &[Self; super::index::BATCH],
        found: &mut [u32; super::index::BATCH],
    );
    /// The same integer, widened.
    fn to_u128(self) -> u128;
    /// The same address as the standard library writes it.
    fn to_ip(self) -> IpAddr;
    /// The address as an integer; `None` if it is of the other family.
    fn from_ip(ip: IpAddr) -> Option<Self>;
    /// The first address of the prefix of this length around this address: its host bits cleared.
    /// A `length` above [`Address::BITS`] counts as `BITS`.
    fn network(self, length: u8) -> Self;
    /// The last address of the prefix of this length around this address: its host bits set.
    /// A `length` above [`Address::BITS`] counts as `BITS`.
    fn last_of(self, length: u8) -> Self;
}

macro_rules! address {
    ($int:ty, $word:ty, $starts:ty, $index:ty, $family:expr, $variant:path, $ip:ty) => {
        impl Address for $int {
            const BITS: u8 = <$int>::BITS as u8;
            const FIRST: Self = 0;
            const LAST: Self = <$int>::MAX;
            const FAMILY: Family = $family;
            type Word = $word;
            type Starts = $starts;
            type Index = $index;

            #[inline]
            fn next(self) -> Option<Self> {
                self.checked_add(1)
            }

            #[inline]
            fn previous(self) -> Option<Self> {
                self.checked_sub(1)
            }

            #[inline(always)]
            fn word(self) -> $word {
                (self >> (<$int>::BITS - <$word>::BITS)) as $word
            }

            #[inline(always)]
            fn of_word(word: $word) -> Self {
                <$int>::from(word) << (<$int>::BITS - <$word>::BITS)
            }

            #[inline(always)]
            fn below(self) -> u64 {
                if <$int>::BITS > <$word>::BITS { self as u64 } else { 0 }
            }

            #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
            #[cfg_attr(target_arch = "wasm32", inline(never))]
            fn find(index: &super::index::Lazy<Self>, starts: &$starts, address: Self) -> usize {
                super::lookup::find(index, starts, address)
            }

            #[inline(never)]
            fn find_batch(
                index: &$index,
                starts: &$starts,
                batch: &[Self; super::index::BATCH],
                found: &mut [u32; super::index::BATCH],
            ) {
                super::lookup::find_batch(index, starts, batch, found);
            }

            #[inline]
            fn to_u128(self) -> u128 {
                self.into()
            }

            #[inline]
            fn to_ip(self) -> IpAddr {
                $variant(<$ip>::from_bits(self))
            }

            #[inline]
            fn from_ip(ip: IpAddr) -> Option<Self> {
                match ip {
                    $variant(ip) => Some(ip.to_bits()),
                    _ => None,
                }
            }

            #[inline]
            fn network(self, length: u8) -> Self {
                self & !host_bits!($int, length)
            }

            #[inline]
            fn last_of(self, length: u8) -> Self {
                self | host_bits!($int, length)
            }
        }
    };
}

/// The mask of the bits that a prefix of this length leaves to hosts.
macro_rules! host_bits {
    ($int:ty, $length:expr) => {
        <$int>::MAX.checked_shr(u32::from($length)).unwrap_or(0)
    };
}

address!(u32, u32, Vec<u32>, super::index::Index4, Family::V4, IpAddr::V4, Ipv4Addr);
address!(u128, u64, super::starts::Starts6, super::index::Index6, Family::V6, IpAddr::V6, Ipv6Addr);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_have_stable_names() {
        let json = serde_json::to_string(&[Family::V4, Family::V6]).expect("writes");
        assert_eq!(json, r#"["ipv4","ipv6"]"#);
        assert_eq!(format!("{} {:>5}|", Family::V4, Family::V6), "IPv4  IPv6|");
    }

    #[test]
    fn the_ends_of_the_space() {
        assert_eq!((u32::LAST.next(), u32::FIRST.previous()), (None, None));
        assert_eq!((u128::LAST.next(), u128::FIRST.previous()), (None, None));
        assert_eq!((7_u32.network(0), 7_u32.last_of(0)), (0, u32::MAX));
        assert_eq!((7_u128.network(128), 7_u128.last_of(128)), (7, 7));
        assert_eq!((7_u32.network(200), 7_u32.last_of(200)), (7, 7));
        assert_eq!(u128::from_ip(Ipv4Addr::LOCALHOST.into()), None);
    }
}
