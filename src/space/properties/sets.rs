//! Sets against the slow table, and the laws they keep.

use ipnet::IpNet;
use proptest::prelude::*;

use super::{Outcome, Sample, canonical_set, set_edges};
use crate::golden::{Golden, edges};
use crate::*;

pub fn set_agrees_with_golden<A: Sample>(prefixes: Vec<Prefix<A>>) -> Outcome {
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

pub fn set_algebra_laws<A: Sample>(a: &Set<A>, b: &Set<A>, c: &Set<A>) -> Outcome {
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

pub fn cover_is_minimal<A: Sample>(set: &Set<A>) -> Outcome {
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
