//! A prefix: an aligned block of addresses, as routing writes it.

use std::fmt;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::{Address, Span};

/// An aligned block of 2^(`BITS` - length) addresses. Its host bits are always zero.
///
/// The order is by first address, then shorter first: a prefix comes right before everything it
/// covers, which is the order that [`Sweep`](super::Sweep) wants.
///
/// It takes 8 bytes for IPv4 and 20 for IPv6: with the alignment of its address, an IPv6 prefix would take 32, and one
/// with a value of 4 bytes 48 instead of 24; what a list of them costs is fetching it from memory.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(C, packed(4))]
pub struct Prefix<A> {
    // The derived order depends on the order of these fields.
    address: A,
    length: u8,
}

const _: () = assert!(size_of::<(Prefix<u32>, u32)>() == 12 && size_of::<(Prefix<u128>, u32)>() == 24);

impl<A: Address> Prefix<A> {
    /// The prefix of length 0: the whole family.
    pub const ALL: Self = Prefix { address: A::FIRST, length: 0 };

    /// A prefix; `None` if `length` is above [`Address::BITS`] or a host bit of `address` is set.
    pub fn new(address: A, length: u8) -> Option<Self> {
        Self::truncating(address, length).filter(|prefix| prefix.address() == address)
    }

    /// The prefix of this length around an address, whose host bits are cleared; `None` if
    /// `length` is above [`Address::BITS`].
    pub fn truncating(address: A, length: u8) -> Option<Self> {
        (length <= A::BITS).then(|| Prefix { address: address.network(length), length })
    }

    /// The prefix of exactly one address.
    pub fn host(address: A) -> Self {
        Prefix { address, length: A::BITS }
    }

    /// The prefix of a word and a length no longer than it, whose host bits are zero.
    #[inline(always)]
    pub(super) fn of_word(word: A::Word, length: u8) -> Self {
        debug_assert!(A::of_word(word).network(length) == A::of_word(word));
        Prefix { address: A::of_word(word), length }
    }

    /// The first address, as the prefix is written.
    #[inline]
    pub fn address(&self) -> A {
        self.address
    }

    /// The number of leading bits that all its addresses share, 0 to [`Address::BITS`].
    #[inline]
    pub fn length(&self) -> u8 {
        self.length
    }

    /// The first address, the same as [`Prefix::address`].
    #[inline]
    pub fn first(&self) -> A {
        self.address
    }

    /// The last address.
    #[inline]
    pub fn last(&self) -> A {
        self.address.last_of(self.length)
    }

    /// All its addresses.
    #[inline]
    pub fn span(&self) -> Span<A> {
        Span { first: self.first(), last: self.last() }
    }

    /// Is this address inside?
    #[inline]
    pub fn contains(&self, address: A) -> bool {
        address.network(self.length) == self.address()
    }

    /// Is the other prefix inside, or the same?
    #[inline]
    pub fn covers(&self, other: &Self) -> bool {
        self.length <= other.length && self.contains(other.address)
    }
}

impl<A: Address> fmt::Display for Prefix<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address.to_ip(), self.length)
    }
}

impl<A: Address> fmt::Debug for Prefix<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A prefix of the other family was given.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct OtherFamily;

impl fmt::Display for OtherFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the prefix is of the other address family")
    }
}

impl std::error::Error for OtherFamily {}

impl<A: Address> From<Prefix<A>> for IpNet {
    fn from(prefix: Prefix<A>) -> Self {
        // The length is within the family's by construction, so this can't panic.
        IpNet::new_assert(prefix.address.to_ip(), prefix.length)
    }
}

/// Host bits are cleared, as [`IpNet::trunc`] does.
impl<A: Address> TryFrom<IpNet> for Prefix<A> {
    type Error = OtherFamily;

    fn try_from(net: IpNet) -> Result<Self, OtherFamily> {
        A::from_ip(net.addr()).and_then(|address| Prefix::truncating(address, net.prefix_len())).ok_or(OtherFamily)
    }
}

/// Host bits are cleared, as [`Ipv4Net::trunc`] does.
impl From<Ipv4Net> for Prefix<u32> {
    fn from(net: Ipv4Net) -> Self {
        Prefix { address: net.network().to_bits(), length: net.prefix_len() }
    }
}

/// Host bits are cleared, as [`Ipv6Net::trunc`] does.
impl From<Ipv6Net> for Prefix<u128> {
    fn from(net: Ipv6Net) -> Self {
        Prefix { address: net.network().to_bits(), length: net.prefix_len() }
    }
}

impl From<Prefix<u32>> for Ipv4Net {
    fn from(prefix: Prefix<u32>) -> Self {
        Ipv4Net::new_assert(prefix.address.into(), prefix.length)
    }
}

impl From<Prefix<u128>> for Ipv6Net {
    fn from(prefix: Prefix<u128>) -> Self {
        Ipv6Net::new_assert(prefix.address.into(), prefix.length)
    }
}
