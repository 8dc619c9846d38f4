//! Partitions from partitions: the laws they keep.

use proptest::prelude::*;

use super::{Outcome, Sample, canonical, common_edges, whole};
use crate::*;

pub fn counts_are_exact<A: Sample>(a: &Partition<A, u8>) -> Outcome {
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

pub fn refinement<A: Sample>(a: &Partition<A, u8>, b: &Partition<A, u8>, c: &Partition<A, u8>) -> Outcome {
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

pub fn difference_is_exact<A: Sample>(a: &Partition<A, u8>, b: &Partition<A, u8>) -> Outcome {
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

pub fn restriction<A: Sample>(a: &Partition<A, u8>, set: &Set<A>) -> Outcome {
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
