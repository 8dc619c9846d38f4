//! Every operation against the slow table, and the laws they keep, for both families.
//!
//! Cut points: between two neighbouring edges of all prefixes at hand, nothing changes. So a check
//! at every edge is a check at every address.

use ipnet::IpNet;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::golden::{Golden, edges};
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

fn address_arithmetic<A: Sample>(bits: u128, length: u8) -> Outcome {
    let address = A::of(bits);
    let net = IpNet::new(address.to_ip(), length).expect("length is in range");
    prop_assert_eq!(address.network(length).to_ip(), net.network());
    prop_assert_eq!(address.last_of(length).to_ip(), net.broadcast());
    prop_assert_eq!(A::from_ip(address.to_ip()), Some(address));
    prop_assert_eq!(address.next().map_or(Some(address), A::previous), Some(address));
    prop_assert_eq!(address.previous().map_or(Some(address), A::next), Some(address));
    let prefix = Prefix::<A>::try_from(net).expect("same family");
    prop_assert_eq!(IpNet::from(prefix), net.trunc());
    prop_assert_eq!(prefix.to_string(), net.trunc().to_string());
    prop_assert_eq!(Prefix::new(address, length).is_some(), net == net.trunc());
    Ok(())
}

fn prefix_relations<A: Sample>(a: Prefix<A>, b: Prefix<A>) -> Outcome {
    let (x, y) = (IpNet::from(a), IpNet::from(b));
    prop_assert_eq!(a.covers(&b), x.contains(&y));
    prop_assert_eq!(a.contains(b.first()), x.contains(&y.network()));
    prop_assert_eq!(a.contains(b.last()), a.span().contains(b.last()));
    // A prefix comes before what it covers.
    prop_assert!(!a.covers(&b) || a <= b);
    // Two prefixes nest or are apart.
    let meet = a.span().intersect(&b.span());
    prop_assert_eq!(meet.is_some(), a.covers(&b) || b.covers(&a));
    prop_assert_eq!(a.span().as_prefix(), Some(a));
    prop_assert_eq!(a.span().count().to_string(), {
        match A::BITS - a.length() {
            128 => "340282366920938463463374607431768211456".to_owned(),
            hosts => (1_u128 << hosts).to_string(),
        }
    });
    Ok(())
}

fn agrees_with_golden<A: Sample>(entries: Entries<A>) -> Outcome {
    let partition = Partition::from_prefixes(9, entries.iter().copied());
    let golden = Golden { default: 9, entries };
    canonical(&partition)?;
    let intervals: Vec<_> = partition.iter().collect();
    prop_assert_eq!(&intervals, &golden.intervals());
    for edge in golden.edges() {
        for address in [edge.previous(), Some(edge), edge.next()] {
            let Some(address) = address else { continue };
            let value = partition.lookup(address);
            prop_assert_eq!(value, golden.lookup(address));
            let (span, same) = partition.span_of(address);
            prop_assert!(span.contains(address) && same == value);
            prop_assert!(intervals.contains(&(span, value)));
        }
    }
    // No more than two cuts for each prefix.
    prop_assert!(partition.len() <= 2 * golden.entries.len() + 1);
    Ok(())
}

fn sorts_and_sweeps_in_steps<A: Sample>(entries: Entries<A>, run: usize, budget: usize) -> Outcome {
    // The place in the input as the value shows whether equal prefixes stay in order.
    let items: Vec<_> = entries.iter().map(|entry| entry.0).zip(0_usize..).collect();
    let mut expected = items.clone();
    expected.sort_by_key(|item| item.0);
    let mut sorter = Sorter::with_runs_of(run, items.clone());
    let mut steps = 0;
    while !sorter.step(budget) {
        steps += 1;
        prop_assert!(steps <= 9 * items.len(), "a step must get on");
    }
    prop_assert_eq!(&sorter.into_sorted(), &expected);
    // What is sorted already is looked at once.
    prop_assert!(Sorter::with_runs_of(1, expected.clone()).step(items.len()));

    let mut sweep = Sweep::new(usize::MAX);
    for (at, &(prefix, value)) in expected.iter().enumerate() {
        prop_assert_eq!(sweep.push(prefix, value), Ok(()));
        // Whatever came before and sorts before is refused, and changes nothing.
        if let Some(&(early, _)) = expected[..at].last().filter(|item| item.0 < prefix) {
            prop_assert_eq!(sweep.push(early, 77), Err(OutOfOrder));
        }
    }
    prop_assert_eq!(sweep.finish(), Partition::from_prefixes(usize::MAX, items));
    Ok(())
}

fn counts_are_exact<A: Sample>(a: &Partition<A, u8>) -> Outcome {
    let counts = a.counts();
    prop_assert_eq!(counts.iter().map(|(_, count)| count).sum::<Count>(), whole::<A>());
    let mut first_seen: Vec<u8> = Vec::new();
    for (_, value) in a.iter() {
        if !first_seen.contains(&value) {
            first_seen.push(value);
        }
    }
    let values: Vec<_> = counts.iter().map(|(value, _)| *value).collect();
    prop_assert_eq!(values, first_seen);
    let totals = a.totals(10, usize::from);
    for (value, count) in counts {
        prop_assert_eq!(a.set_where(|other| other == value).count(), count);
        prop_assert_eq!(totals[usize::from(value)], count);
    }
    prop_assert_eq!(totals.iter().sum::<Count>(), whole::<A>());
    Ok(())
}

fn refinement<A: Sample>(a: &Partition<A, u8>, b: &Partition<A, u8>, c: &Partition<A, u8>) -> Outcome {
    let both = a.refine(b, |x, y| (x, y));
    canonical(&both)?;
    for edge in common_edges(a, b) {
        prop_assert_eq!(both.lookup(edge), (a.lookup(edge), b.lookup(edge)));
    }
    // Commutes, associates, and adds nothing of its own.
    prop_assert_eq!(&both, &b.refine(a, |y, x| (x, y)));
    prop_assert_eq!(
        both.refine(c, |(x, y), z| (x, y, z)),
        a.refine(&b.refine(c, |y, z| (y, z)), |x, (y, z)| (x, y, z))
    );
    prop_assert_eq!(&a.refine(a, |x, _| x), a);
    prop_assert_eq!(&a.refine(&Partition::uniform(()), |x, ()| x), a);
    prop_assert_eq!(&both.map(|(x, _)| x), a);
    prop_assert_eq!(&both.map(|(_, y)| y), b);
    let parity = a.map(|x| x % 2);
    canonical(&parity)?;
    prop_assert_eq!(&parity.map(|x| x % 2), &parity);
    Ok(())
}

fn difference_is_exact<A: Sample>(a: &Partition<A, u8>, b: &Partition<A, u8>) -> Outcome {
    let changes: Vec<_> = a.difference(b).collect();
    for pair in changes.windows(2) {
        let touching = pair[0].0.last.next() == Some(pair[1].0.first);
        prop_assert!(pair[0].0.last < pair[1].0.first);
        prop_assert!(!touching || (pair[0].1, pair[0].2) != (pair[1].1, pair[1].2));
    }
    // Applied to one it gives the other.
    let patch =
        changes.iter().flat_map(|&(span, old, new)| span.prefixes().map(move |prefix| (prefix, Some((old, new)))));
    let patch = Partition::from_prefixes(None, patch);
    let patched = a.refine(&patch, |x, change| match change {
        Some((old, new)) if old == x && new != x => new,
        Some(_) => u8::MAX,
        None => x,
    });
    prop_assert_eq!(&patched, b);
    prop_assert_eq!(a.difference(a).count(), 0);
    Ok(())
}

fn restriction<A: Sample>(a: &Partition<A, u8>, set: &Set<A>) -> Outcome {
    let pieces: Vec<_> = a.restrict(set).collect();
    let spans = pieces.iter().map(|&(span, _)| span);
    prop_assert_eq!(&Set::from_spans(spans), set);
    let total: Count = pieces.iter().map(|(span, _)| span.count()).sum();
    prop_assert_eq!(total, set.count());
    for (span, value) in &pieces {
        let (around, same) = a.span_of(span.first);
        prop_assert!(same == *value && around.contains(span.last));
    }
    for pair in pieces.windows(2) {
        let touching = pair[0].0.last.next() == Some(pair[1].0.first);
        prop_assert!(pair[0].0.last < pair[1].0.first && (!touching || pair[0].1 != pair[1].1));
    }
    // A set as a partition, and back.
    let partition = Partition::from_set(set, true, false);
    canonical(&partition)?;
    prop_assert_eq!(&partition.set_where(|inside| inside), set);
    prop_assert_eq!(partition.set_where(|inside| !inside), set.complement());
    prop_assert_eq!(Partition::from_set(set, 1, 1), Partition::uniform(1));
    let tagged = set.prefixes().map(|prefix| (prefix, true));
    prop_assert_eq!(Partition::from_prefixes(false, tagged), partition);
    Ok(())
}

fn set_agrees_with_golden<A: Sample>(prefixes: Vec<Prefix<A>>) -> Outcome {
    let set = Set::from_prefixes(prefixes.iter().copied());
    canonical_set(&set)?;
    let golden = Golden { default: false, entries: prefixes.iter().map(|&prefix| (prefix, true)).collect() };
    for edge in edges(prefixes.iter().copied()) {
        prop_assert_eq!(set.contains(edge), golden.lookup(edge));
        if let Some(before) = edge.previous() {
            prop_assert_eq!(set.contains(before), golden.lookup(before));
        }
    }
    let inside = golden.intervals().into_iter().filter(|&(_, inside)| inside);
    let spans: Vec<_> = inside.map(|(span, _)| span).collect();
    prop_assert_eq!(set.spans(), &spans[..]);
    prop_assert_eq!(set.first_address(), spans.first().map(|span| span.first));
    prop_assert_eq!(set.is_empty(), prefixes.is_empty());

    // A cover by someone else's hand.
    let nets: Vec<IpNet> = prefixes.iter().map(|&prefix| prefix.into()).collect();
    let mut aggregated = IpNet::aggregate(&nets);
    aggregated.sort();
    let ours: Vec<IpNet> = set.prefixes().map(IpNet::from).collect();
    prop_assert_eq!(&ours, &aggregated);
    let dual = AddressSet::from_nets(nets);
    prop_assert_eq!(dual.nets().collect::<Vec<_>>(), aggregated);
    Ok(())
}

fn set_algebra_laws<A: Sample>(a: &Set<A>, b: &Set<A>, c: &Set<A>) -> Outcome {
    let (union, both, only) = (a.union(b), a.intersection(b), a.difference(b));
    let not = a.complement();
    for set in [a, &union, &both, &only, &not] {
        canonical_set(set)?;
    }
    for edge in set_edges(&[a, b]) {
        let (x, y) = (a.contains(edge), b.contains(edge));
        prop_assert_eq!(union.contains(edge), x || y);
        prop_assert_eq!(both.contains(edge), x && y);
        prop_assert_eq!(only.contains(edge), x && !y);
        prop_assert_eq!(not.contains(edge), !x);
    }
    prop_assert_eq!(&union, &b.union(a));
    prop_assert_eq!(&both, &b.intersection(a));
    prop_assert_eq!(union.union(c), a.union(&b.union(c)));
    prop_assert_eq!(both.intersection(c), a.intersection(&b.intersection(c)));
    prop_assert_eq!(a.intersection(&b.union(c)), both.union(&a.intersection(c)));
    prop_assert_eq!(union.complement(), not.intersection(&b.complement()));
    prop_assert_eq!(&not.complement(), a);
    prop_assert_eq!(a.union(&not), Set::all());
    prop_assert!(a.intersection(&not).is_empty());
    prop_assert_eq!(&a.union(a), a);
    prop_assert_eq!(&both.union(&only), a);
    prop_assert_eq!(union.count() + both.count(), a.count() + b.count());
    prop_assert_eq!(a.count().checked_sub(both.count()), Some(only.count()));
    prop_assert_eq!(a.intersects(b), !both.is_empty());
    prop_assert_eq!(a.is_subset_of(b), only.is_empty());
    prop_assert!(both.is_subset_of(a) && a.is_subset_of(&union));
    Ok(())
}

fn cover_is_minimal<A: Sample>(set: &Set<A>) -> Outcome {
    let cover: Vec<_> = set.prefixes().collect();
    prop_assert_eq!(&Set::from_prefixes(cover.iter().copied()), set);
    for pair in cover.windows(2) {
        prop_assert!(pair[0].last() < pair[1].first());
    }
    for prefix in cover {
        // It can't be one bit shorter, so no smaller cover exists: any prefix within the set lies
        // within one of these.
        if let Some(shorter) = prefix.length().checked_sub(1) {
            let parent = Prefix::truncating(prefix.address(), shorter).expect("in range");
            prop_assert!(!Set::from(parent).is_subset_of(set));
        }
    }
    for span in set.spans() {
        prop_assert!(span.prefixes().count() <= usize::from(A::BITS) * 2 - 2 || A::BITS < 2);
    }
    Ok(())
}

macro_rules! for_family {
    ($name:ident, $int:ty) => {
        mod $name {
            use super::*;

            proptest! {
                #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

                #[test]
                fn address_arithmetic(bits in bits(), length in length::<$int>()) {
                    super::address_arithmetic::<$int>(bits, length)?;
                }

                #[test]
                fn prefix_relations(a in prefix::<$int>(), b in prefix::<$int>()) {
                    super::prefix_relations(a, b)?;
                }

                #[test]
                fn agrees_with_golden(entries in entries::<$int>()) {
                    super::agrees_with_golden(entries)?;
                }

                #[test]
                fn sorts_and_sweeps_in_steps(
                    entries in entries::<$int>(),
                    run in 1_usize..8,
                    budget in 0_usize..50,
                ) {
                    super::sorts_and_sweeps_in_steps(entries, run, budget)?;
                }

                #[test]
                fn counts_are_exact(a in partition::<$int>()) {
                    super::counts_are_exact(&a)?;
                }

                #[test]
                fn refinement(
                    a in partition::<$int>(),
                    b in partition::<$int>(),
                    c in partition::<$int>(),
                ) {
                    super::refinement(&a, &b, &c)?;
                }

                #[test]
                fn difference_is_exact(a in partition::<$int>(), b in partition::<$int>()) {
                    super::difference_is_exact(&a, &b)?;
                }

                #[test]
                fn restriction(a in partition::<$int>(), set in set::<$int>()) {
                    super::restriction(&a, &set)?;
                }

                #[test]
                fn set_agrees_with_golden(prefixes in prefixes::<$int>()) {
                    super::set_agrees_with_golden(prefixes)?;
                }

                #[test]
                fn set_algebra_laws(
                    a in set::<$int>(),
                    b in set::<$int>(),
                    c in set::<$int>(),
                ) {
                    super::set_algebra_laws(&a, &b, &c)?;
                }

                #[test]
                fn cover_is_minimal(set in set::<$int>()) {
                    super::cover_is_minimal(&set)?;
                }
            }

            proptest! {
                #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

                #[test]
                fn nested_to_the_bottom(entries in nested::<$int>(), budget in 1_usize..200) {
                    super::agrees_with_golden(entries.clone())?;
                    super::sorts_and_sweeps_in_steps(entries, 4, budget)?;
                }

                #[test]
                fn equal_ones_stay_in_order(
                    entries in repeated::<$int>(),
                    run in 30_usize..100,
                    budget in 1_usize..200,
                ) {
                    super::agrees_with_golden(entries.clone())?;
                    super::sorts_and_sweeps_in_steps(entries, run, budget)?;
                }
            }
        }
    };
}

for_family!(v4, u32);
for_family!(v6, u128);
