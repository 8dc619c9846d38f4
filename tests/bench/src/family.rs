//! What the measurements need of an address family beyond what the engine says of it.

use crate::random::Random;
use twopath::space::{Address, Family};

/// An address of either family.
pub trait Ip: Address {
    /// All its bits random.
    fn random(random: &mut Random) -> Self;
    /// From the low bits of a number.
    fn low(bits: u128) -> Self;
    /// Where all public routes of the family are: for IPv4 everything, for IPv6 2000::/3.
    const PUBLIC: (Self, u8);
    /// IPv4 or IPv6.
    const NAME: &'static str;

    /// An address in a prefix, any as likely as any other.
    fn random_in(random: &mut Random, address: Self, length: u8) -> Self {
        let host = Self::low(address.last_of(length).to_u128() - address.to_u128());
        Self::low(address.to_u128() | (Self::random(random).to_u128() & host.to_u128()))
    }
}

impl Ip for u32 {
    const PUBLIC: (Self, u8) = (0, 0);
    const NAME: &'static str = "IPv4";

    fn random(random: &mut Random) -> Self {
        (random.bits() >> 32) as u32
    }

    fn low(bits: u128) -> Self {
        bits as u32
    }
}

impl Ip for u128 {
    const PUBLIC: (Self, u8) = (0x2000 << 112, 3);
    const NAME: &'static str = "IPv6";

    fn random(random: &mut Random) -> Self {
        random.wide()
    }

    fn low(bits: u128) -> Self {
        bits
    }
}

/// The name of a family as the rows say it.
#[must_use]
pub fn name(family: Family) -> &'static str {
    match family {
        Family::V4 => u32::NAME,
        Family::V6 => u128::NAME,
    }
}
