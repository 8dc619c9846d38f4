//! Every operation against the slow table, and the laws they keep, for both families.
//!
//! Cut points: between two neighbouring edges of all prefixes at hand, nothing changes. So a check
//! at every edge is a check at every address.

mod addresses;
mod lookup;
mod order;
mod partitions;
mod sets;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

type Outcome = Result<(), TestCaseError>;
type Entries<A> = Vec<(Prefix<A>, u8)>;

/// An address made of the leading bits of 128.
trait Sample: Address {
    fn of(bits: u128) -> Self;
    /// The lengths seen most in real tables.
    const USUAL: &'static [u8];
}

impl Sample for u32 {
    fn of(bits: u128) -> Self {
        (bits >> 96) as u32
    }
    const USUAL: &'static [u8] = &[8, 16, 19, 20, 21, 22, 22, 23, 24, 24, 24];
}

impl Sample for u128 {
    fn of(bits: u128) -> Self {
        bits
    }
    const USUAL: &'static [u8] = &[29, 32, 32, 36, 40, 44, 48, 48, 48, 56, 64];
}

/// Few distinct addresses, so that prefixes nest, meet and repeat; many at the ends of the space.
fn bits() -> impl Strategy<Value = u128> {
    let end = prop_oneof![Just(0), Just(u128::MAX), Just(1 << 127), Just(u128::MAX >> 1)];
    let near = (0_u128..4, 0_u32..128).prop_map(|(high, shift)| (0x0a << 120) | (high << shift));
    let cluster = (0_u128..8).prop_map(|low| (0xc0a8 << 112) | (low << 101));
    prop_oneof![2 => end, 4 => near, 4 => cluster, 1 => any::<u128>()]
}

fn length<A: Sample>() -> impl Strategy<Value = u8> {
    let edge = prop_oneof![Just(0), Just(1), Just(A::BITS - 1), Just(A::BITS)];
    let usual = proptest::sample::select(A::USUAL);
    prop_oneof![2 => edge, 6 => usual, 2 => 0..=A::BITS]
}

fn prefix<A: Sample>() -> impl Strategy<Value = Prefix<A>> {
    (bits(), length::<A>())
        .prop_map(|(bits, length)| Prefix::truncating(A::of(bits), length).expect("length is in range"))
}

/// Prefixes as they come, some of them twice with another value.
fn scattered<A: Sample>() -> impl Strategy<Value = Entries<A>> {
    let again = vec((any::<Index>(), 0_u8..4), 0..4);
    (vec((prefix::<A>(), 0_u8..4), 0..24), again).prop_map(|(mut entries, again)| {
        for (which, value) in again {
            if !entries.is_empty() {
                entries.push((which.get(&entries).0, value));
            }
        }
        entries
    })
}

/// Every length around one address: 33 or 129 deep, in any order.
fn nested<A: Sample>() -> impl Strategy<Value = Entries<A>> {
    let depth = usize::from(A::BITS) + 1;
    (bits(), vec(0_u8..4, depth))
        .prop_map(|(bits, values)| {
            let around = |length| Prefix::truncating(A::of(bits), length).expect("in range");
            (0..=A::BITS).map(around).zip(values).collect::<Vec<_>>()
        })
        .prop_shuffle()
}

/// Neighbours of one length, side by side.
fn adjacent<A: Sample>() -> impl Strategy<Value = Entries<A>> {
    (bits(), 0..=A::BITS, vec(0_u8..3, 1..20)).prop_map(|(bits, length, values)| {
        let mut entries = Vec::new();
        let mut next = Some(A::of(bits));
        for value in values {
            let Some(address) = next else { break };
            let prefix = Prefix::truncating(address, length).expect("in range");
            entries.push((prefix, value));
            next = prefix.last().next();
        }
        entries
    })
}

/// Enough of a few prefixes that a sort that isn't stable would show.
fn repeated<A: Sample>() -> impl Strategy<Value = Entries<A>> {
    let few = vec(prefix::<A>(), 1..6);
    (few, vec((any::<Index>(), 0_u8..4), 50..200)).prop_map(|(few, entries)| {
        let pick = |(which, value): (Index, u8)| (*which.get(&few), value);
        entries.into_iter().map(pick).collect()
    })
}

/// So many in a small part of the space that a direct table has to go deeper there.
fn crowded<A: Sample>() -> impl Strategy<Value = Entries<A>> {
    (bits(), 8_u32..120, vec((any::<u128>(), 0..=A::BITS, 0_u8..4), 20..120)).prop_map(
        |(around, common, entries)| {
            let place = |(low, length, value): (u128, u8, u8)| {
                let bits = around & !(u128::MAX >> common) | (low & (u128::MAX >> common));
                (Prefix::truncating(A::of(bits), length.max(A::BITS / 2)).expect("in range"), value)
            };
            entries.into_iter().map(place).collect()
        },
    )
}

fn entries<A: Sample>() -> impl Strategy<Value = Entries<A>> {
    prop_oneof![
        12 => scattered::<A>(),
        3 => adjacent::<A>(),
        1 => nested::<A>(),
    ]
}

fn prefixes<A: Sample>() -> impl Strategy<Value = Vec<Prefix<A>>> {
    entries::<A>().prop_map(|entries| entries.into_iter().map(|(prefix, _)| prefix).collect())
}

fn spans<A: Sample>() -> impl Strategy<Value = Vec<Span<A>>> {
    let span = (bits(), bits()).prop_map(|(a, b)| {
        let (a, b) = (A::of(a), A::of(b));
        Span { first: a.min(b), last: a.max(b) }
    });
    vec(span, 0..8)
}

fn set<A: Sample>() -> impl Strategy<Value = Set<A>> {
    prop_oneof![
        prefixes::<A>().prop_map(Set::from_prefixes),
        spans::<A>().prop_map(Set::from_spans),
        spans::<A>().prop_map(|spans| Set::from_spans(spans).complement()),
    ]
}

fn partition<A: Sample>() -> impl Strategy<Value = Partition<A, u8>> {
    entries::<A>().prop_map(|entries| Partition::from_prefixes(9, entries))
}

fn whole<A: Address>() -> Count {
    Span::<A>::ALL.count()
}

/// The edges of both, for a check at every address.
fn common_edges<A: Address, T: Copy + Eq, U: Copy + Eq>(a: &Partition<A, T>, b: &Partition<A, U>) -> Vec<A> {
    let a = a.iter().map(|(span, _)| span.first);
    let b = b.iter().map(|(span, _)| span.first);
    a.chain(b).collect()
}

/// The edges of sets, for a check at every address.
fn set_edges<A: Address>(sets: &[&Set<A>]) -> Vec<A> {
    let spans = sets.iter().flat_map(|set| set.spans());
    let inner = spans.flat_map(|span| [Some(span.first), span.last.next()]);
    inner.flatten().chain([A::FIRST]).collect()
}

/// Whole space covered in order, no interval empty, neighbours differing.
fn canonical<A: Address, T: Copy + Eq + std::fmt::Debug>(partition: &Partition<A, T>) -> Outcome {
    let intervals: Vec<_> = partition.iter().collect();
    prop_assert_eq!(intervals.len(), partition.len());
    prop_assert_eq!(intervals[0].0.first, A::FIRST);
    prop_assert_eq!(intervals[intervals.len() - 1].0.last, A::LAST);
    for (span, _) in &intervals {
        prop_assert!(span.first <= span.last);
    }
    for pair in intervals.windows(2) {
        prop_assert_eq!(pair[0].0.last.next(), Some(pair[1].0.first));
        prop_assert_ne!(pair[0].1, pair[1].1);
    }
    let covered: Count = intervals.iter().map(|(span, _)| span.count()).sum();
    prop_assert_eq!(covered, whole::<A>());
    Ok(())
}

/// Spans in order, none empty, none touching the next.
fn canonical_set<A: Address>(set: &Set<A>) -> Outcome {
    for span in set.spans() {
        prop_assert!(span.first <= span.last);
    }
    for pair in set.spans().windows(2) {
        let after = pair[0].last.next();
        prop_assert!(after.is_some_and(|after| after < pair[1].first));
    }
    Ok(())
}

/// So many cases, or as many times more of each as `TWOPATH_CASES` says: 1,000 of them make a million.
fn config(cases: u32) -> ProptestConfig {
    let times = std::env::var("TWOPATH_CASES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    ProptestConfig { cases: cases.saturating_mul(times), failure_persistence: None, ..ProptestConfig::default() }
}

macro_rules! for_family {
    ($name:ident, $int:ty) => {
        mod $name {
            use super::*;

            proptest! {
                #![proptest_config(config(128))]

                #[test]
                fn address_arithmetic(bits in bits(), length in length::<$int>()) {
                    addresses::address_arithmetic::<$int>(bits, length)?;
                }

                #[test]
                fn prefix_relations(a in prefix::<$int>(), b in prefix::<$int>()) {
                    addresses::prefix_relations(a, b)?;
                }

                #[test]
                fn agrees_with_golden(entries in entries::<$int>()) {
                    lookup::agrees_with_golden(entries)?;
                }

                #[test]
                fn indexes_agree(entries in prop_oneof![4 => entries::<$int>(), 1 => crowded::<$int>()]) {
                    lookup::indexes_agree(entries)?;
                }

                #[test]
                fn buckets_are_in_order(
                    entries in prop_oneof![2 => entries::<$int>(), 1 => repeated::<$int>()],
                    few in 0_usize..100,
                    budget in 0_usize..50,
                ) {
                    order::buckets_are_in_order(entries, few, budget)?;
                }

                #[test]
                fn sorts_and_sweeps_in_steps(
                    entries in entries::<$int>(),
                    few in 0_usize..40,
                    budget in 0_usize..50,
                ) {
                    order::sorts_and_sweeps_in_steps(entries, few, budget)?;
                }

                #[test]
                fn counts_are_exact(a in partition::<$int>()) {
                    partitions::counts_are_exact(&a)?;
                }

                #[test]
                fn refinement(
                    a in partition::<$int>(),
                    b in partition::<$int>(),
                    c in partition::<$int>(),
                ) {
                    partitions::refinement(&a, &b, &c)?;
                }

                #[test]
                fn difference_is_exact(a in partition::<$int>(), b in partition::<$int>()) {
                    partitions::difference_is_exact(&a, &b)?;
                }

                #[test]
                fn restriction(a in partition::<$int>(), set in set::<$int>()) {
                    partitions::restriction(&a, &set)?;
                }

                #[test]
                fn set_agrees_with_golden(prefixes in prefixes::<$int>()) {
                    sets::set_agrees_with_golden(prefixes)?;
                }

                #[test]
                fn set_algebra_laws(
                    a in set::<$int>(),
                    b in set::<$int>(),
                    c in set::<$int>(),
                ) {
                    sets::set_algebra_laws(&a, &b, &c)?;
                }

                #[test]
                fn cover_is_minimal(set in set::<$int>()) {
                    sets::cover_is_minimal(&set)?;
                }
            }

            proptest! {
                #![proptest_config(config(8))]

                #[test]
                fn nested_to_the_bottom(entries in nested::<$int>(), budget in 1_usize..200) {
                    lookup::agrees_with_golden(entries.clone())?;
                    order::sorts_and_sweeps_in_steps(entries, 4, budget)?;
                }

                #[test]
                fn equal_ones_stay_in_order(
                    entries in repeated::<$int>(),
                    few in 30_usize..100,
                    budget in 1_usize..200,
                ) {
                    lookup::agrees_with_golden(entries.clone())?;
                    order::sorts_and_sweeps_in_steps(entries, few, budget)?;
                }
            }
        }
    };
}

for_family!(v4, u32);
for_family!(v6, u128);
