//! Address space: prefixes to disjoint intervals, lookup, merge, difference, for both families.
//!
//! Every question that Twopath asks ends here, at "for which addresses". The answer is never a
//! sample: it is a [`Partition`], the whole space cut exactly where the value changes, or a
//! [`Set`], the addresses that something is true of. This is the lowest room: it knows addresses
//! and prefixes and nothing of what they are for.
//!
//! # Shape
//! An address is an integer ([`Address`]: `u32` or `u128`), so all is written once for both
//! families; [`Dual`] puts the two side by side. Partitions and sets are flat sorted arrays, with
//! no tree and no pointers: everything between two of them is one walk over both, in order, whose
//! result is sorted again. Both are canonical: the fewest intervals, neighbours always differing. So
//! what is equal compares equal, however it was made.
//!
//! From prefixes to a partition goes a sort (of short keys, by their bits; none if they are in order),
//! then a sweep with a stack of the prefixes open at the current address. [`Sorter`] and [`Sweep`] do
//! the same in steps, for a worker that must stay answerable.
//!
//! An IPv4 start is a word of 32 bits, an IPv6 start its upper 64 bits, and both families are swept and searched by those
//! words. What begins deeper than /64 is exact all the same: such prefixes are swept within their /64, and the lower 64
//! bits of the few starts that have any are kept apart.
//!
//! A lookup finds the interval of an address. Beside the arrays lies an index for that, no part of the
//! value, built at the latest when a partition of n intervals was asked for n / 64 addresses; until
//! then the intervals are halved. For large IPv4 tables it is one bit for each /24 in which an interval
//! begins, and counting bits is all the search there is. For small ones it is a table over
//! the leading bits and a few comparisons; for small IPv6 tables four such tables, each as wide as many intervals begin in
//! its part. For large IPv6 tables, and IPv4 tables with much beyond /24, it is one table and below it a tree of every
//! sixteenth start, made by copying. In none does the processor guess much: branches hardly depend on the address.
//!
//! Numbers of addresses are [`Count`]s, for the IPv6 space has one address more than a `u128` can
//! count, and parts of them are [`Share`]s; neither uses floating point.
//!
//! ```
//! use std::net::Ipv4Addr;
//! use twopath_space::{Count, Partition, Prefix};
//!
//! let ten = Prefix::new(0x0a00_0000, 8).ok_or("10.0.0.0/8")?;
//! let inner = Prefix::new(0x0a01_0000, 16).ok_or("10.1.0.0/16")?;
//! let exits = Partition::from_prefixes("none", [(inner, "west"), (ten, "east")]);
//! assert_eq!(exits.lookup(Ipv4Addr::new(10, 1, 2, 3).to_bits()), "west");
//! let cut: Vec<_> = exits.iter().map(|(span, exit)| format!("{span} {exit}")).collect();
//! assert_eq!(cut, [
//!     "0.0.0.0-9.255.255.255 none",
//!     "10.0.0.0/16 east",
//!     "10.1.0.0/16 west",
//!     "10.2.0.0-10.255.255.255 east",
//!     "11.0.0.0-255.255.255.255 none",
//! ]);
//! assert_eq!(exits.set_where(|exit| exit == "east").count(), Count::from((1_u32 << 24) - (1 << 16)));
//! # Ok::<(), &str>(())
//! ```
//!
//! # Costs
//! With n prefixes, intervals or spans in this value, m in the other, k in the result:
//!
//! | operation | time | space beyond the result |
//! |---|---|---|
//! | [`Partition::from_prefixes`], prefixes in any order | n; n log n if most share 24 or 48 bits, or are longer than /64 | a byte a prefix, the largest bucket, all longer than /64 |
//! | the same, prefixes already in order | n | none |
//! | [`Sweep::push`], all n together | n | at most 33 or 129 open prefixes |
//! | [`Sorter::step`], all steps together | as the sort above | the items once more; none if in order |
//! | [`Partition::lookup`], [`Partition::span_of`], with the index | 1, log n where starts crowd | none |
//! | the same without it, and [`Set::contains`] | log n | none |
//! | [`Partition::build_index`] | n | about 1 byte an IPv4 interval (below 65,536 of them 20), 12 an IPv6 interval (below 65,536 of them some 200) |
//! | [`Partition::from_raw`], [`bytes`](Partition::bytes) | n, 1 | 8 bytes an IPv6 interval, none |
//! | [`Partition::iter`], [`map`](Partition::map), [`totals`](Partition::totals), [`set_where`](Partition::set_where) | n | none |
//! | [`Partition::counts`], d different values | n d | none |
//! | [`Partition::refine`], [`pieces`](Partition::pieces), [`difference`](Partition::difference) | n + m | none |
//! | [`Partition::within`] | log n + k | none |
//! | [`Partition::restrict`] to m spans | m log n + k | none |
//! | [`Set::from_spans`], [`Set::from_prefixes`] | n log n, or n in order | n |
//! | [`Set::union`], [`intersection`](Set::intersection), [`intersects`](Set::intersects) | n + m | none |
//! | [`Set::difference`], [`complement`](Set::complement) | n + m | n + m |
//! | [`Set::is_subset_of`] | n log m | none |
//! | [`Span::prefixes`], [`Set::prefixes`] | k, which is at most 62 or 254 for each span | none |
//!
//! Memory is one word and one value for each interval: 1,000,000 intervals with a 4-byte value take 8 MB for IPv4 and
//! 12 MB for IPv6. A partition from n prefixes has at most 2 n + 1 intervals.

mod address;
mod count;
mod difference;
mod dual;
#[cfg(test)]
mod golden;
mod index;
mod lookup;
mod order;
mod partition;
mod prefix;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod raw;
mod refine;
mod set;
mod set_algebra;
mod share;
mod sort;
mod span;
pub mod special;
mod starts;
mod sweep;
pub mod wire;

pub use address::{Address, Family};
pub use count::{Count, NotACount};
pub use dual::{AddressSet, Dual, SpacePartition};
pub use partition::Partition;
pub use prefix::{OtherFamily, Prefix};
pub use raw::BrokenPromise;
pub use set::Set;
pub use share::{NotAShare, Share};
pub use sort::Sorter;
pub use span::{Prefixes, Span};
pub use special::{Special, SpecialBlock, kind_of, not_public};
pub use sweep::{OutOfOrder, Sweep};
