//! Sorting and sweeping, in steps and at once.

use proptest::prelude::*;

use super::{Entries, Outcome, Sample};
use crate::order::Order;
use crate::*;

pub fn sorts_and_sweeps_in_steps<A: Sample>(entries: Entries<A>, few: usize, budget: usize) -> Outcome {
    // The place in the input as the value shows whether equal prefixes stay in order.
    let items: Vec<_> = entries.iter().map(|entry| entry.0).zip(0_usize..).collect();
    let mut expected = items.clone();
    expected.sort_by_key(|item| item.0);
    let mut sorter = Sorter::comparing_below(few, items.clone());
    let mut steps = 0;
    while !sorter.step(budget) {
        steps += 1;
        prop_assert!(steps <= 9 * items.len() + 9, "a step must get on");
    }
    prop_assert!(sorter.is_done());
    prop_assert_eq!(sorter.sorted(), &expected);
    // And what is left to do at the end is done then.
    let mut at_once = Sorter::comparing_below(few, items.clone());
    prop_assert_eq!(at_once.sorted(), &expected);
    // What is sorted already is looked at once.
    prop_assert!(Sorter::new(expected.clone()).step(items.len()));

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

/// The order is that of a stable sort of the prefixes, however few are compared and however small the steps.
pub fn buckets_are_in_order<A: Sample>(entries: Entries<A>, few: usize, budget: usize) -> Outcome {
    let items: Vec<_> = entries.iter().map(|entry| entry.0).zip(0_usize..).collect();
    let mut expected = items.clone();
    expected.sort_by_key(|item| item.0);
    let mut order = Order::<A, usize>::new(few, items.len());
    let (mut words, mut values) = (vec![A::Word::default(); items.len()], vec![0; items.len()]);
    prop_assert!(items.is_empty() || order.next_bucket(&words, &values).is_none());
    let mut steps = 0;
    while order.part(&items, &mut words, &mut values, budget).is_some() {
        steps += 1;
        prop_assert!(steps <= 9 * items.len() + 9, "a step must get on");
    }
    let mut sorted = Vec::new();
    let mut read = 0;
    while let Some((bucket, next)) = order.next_bucket(&words, &values) {
        sorted.extend_from_slice(bucket);
        prop_assert!(read <= next && next <= items.len());
        // What was handed out may be written over.
        words[read..next].fill(A::Word::default());
        values[read..next].fill(usize::MAX);
        read = next;
    }
    prop_assert_eq!(sorted, expected);
    // And a sweep in the room that they are sorted in.
    let unsorted = Sweep::of_unsorted(few, usize::MAX, &items).finish();
    prop_assert_eq!(unsorted, Partition::from_prefixes(usize::MAX, items));
    Ok(())
}
