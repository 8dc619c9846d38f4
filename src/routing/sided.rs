//! Reaching the half of a thing that belongs to an address family, in code written once for both.

use super::attraction::Attraction;
use super::forward::ForwardTable;
use super::offers::RouteTable;
use super::policy::{Match, Matches};
use super::{ExitSet, Network};
use crate::intake::{Entry, Mark, Reading};
use crate::space::{Address, AddressSet, Dual, Partition, Set};
use std::ops::Range;

/// An address family, and where its half is kept.
pub trait Sided: Address {
    /// Its half of a set.
    fn set(both: &AddressSet) -> &Set<Self>;
    /// Its learned routes.
    fn routes(network: &Network) -> &RouteTable<Self>;
    /// What attracts its addresses.
    fn attraction(network: &Network) -> &Attraction<Self>;
    /// Its half of what ExpressRoute offers.
    fn offered(network: &Network) -> &Partition<Self, ExitSet>;
    /// Its half of a site's table.
    fn forward(both: &Dual<ForwardTable<u32>, ForwardTable<u128>>) -> &ForwardTable<Self>;
    /// Its entries of a reading.
    fn entries(reading: &Reading) -> &[Entry<Self>];
    /// What a device's print says of each of them; empty where the list is no such print.
    fn marks(reading: &Reading) -> &[Mark];
    /// Its half of a policy's matches.
    fn matches(both: &Matches) -> &[Match<Self>];
    /// Its half of chosen ranges.
    fn ranges(both: &Dual<Vec<Range<usize>>, Vec<Range<usize>>>) -> &[Range<usize>];
}

macro_rules! sided {
    ($int:ty, $half:ident) => {
        impl Sided for $int {
            fn set(both: &AddressSet) -> &Set<Self> {
                &both.$half
            }

            fn routes(network: &Network) -> &RouteTable<Self> {
                &network.routes.$half
            }

            fn attraction(network: &Network) -> &Attraction<Self> {
                &network.attraction.$half
            }

            fn offered(network: &Network) -> &Partition<Self, ExitSet> {
                &network.offered.$half
            }

            fn forward(both: &Dual<ForwardTable<u32>, ForwardTable<u128>>) -> &ForwardTable<Self> {
                &both.$half
            }

            fn entries(reading: &Reading) -> &[Entry<Self>] {
                &reading.$half
            }

            fn marks(reading: &Reading) -> &[Mark] {
                &reading.marks.$half
            }

            fn matches(both: &Matches) -> &[Match<Self>] {
                &both.$half
            }

            fn ranges(both: &Dual<Vec<Range<usize>>, Vec<Range<usize>>>) -> &[Range<usize>] {
                &both.$half
            }
        }
    };
}

sided!(u32, v4);
sided!(u128, v6);
