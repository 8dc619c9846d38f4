//! What a partition says of addresses against the slow table.

use proptest::prelude::*;

use super::{Entries, Outcome, Sample, canonical};
use crate::golden::Golden;
use crate::index::{BATCH, Bits, Flat, Front, Index, Lines, Near, Tree, Whole, halve};
use crate::starts::{Below, Starts, Word};
use crate::*;

pub fn agrees_with_golden<A: Sample>(entries: Entries<A>) -> Outcome {
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
    // Many at once are the same as one at a time, with an index and without.
    let addresses: Vec<A> = golden.edges().into_iter().rev().chain([A::LAST, A::FIRST]).collect();
    let expected: Vec<_> = addresses.iter().map(|address| golden.lookup(*address)).collect();
    let mut values = vec![77];
    for partition in [partition.clone(), partition.map(|value| value)] {
        partition.lookup_many(&addresses, &mut values);
        prop_assert_eq!(&values, &expected);
        partition.build_index();
        partition.lookup_many(&addresses, &mut values);
        prop_assert_eq!(&values, &expected);
    }
    // No more than two cuts for each prefix.
    prop_assert!(partition.len() <= 2 * golden.entries.len() + 1);
    Ok(())
}

/// Every index finds what halving finds, at every edge and beside it; and so do those that a table of this size or family
/// wouldn't get.
pub fn indexes_agree<A: Sample>(entries: Entries<A>) -> Outcome {
    let partition = Partition::from_prefixes(9, entries.iter().copied());
    let words = partition.starts.words();
    let edges = Golden { default: 9, entries }.edges();
    let beside = |edge: A| [edge.previous(), Some(edge), edge.next()].into_iter().flatten();
    let addresses: Vec<A> = edges.into_iter().flat_map(beside).chain([A::FIRST, A::LAST]).collect();
    let four: Vec<u32> = words.iter().filter_map(|word| u32::try_from((*word).into()).ok()).collect();
    let bits = (A::FAMILY == Family::V4).then(|| Bits::with(&four, four.len()));
    let asked: Vec<_> = addresses.iter().map(|address| address.word()).collect();
    let below = partition.starts.below();
    found_by::<_, Tree<A::Word>>(words, below, &asked)?;
    found_by::<_, A::Index>(words, below, &asked)?;
    let long = |words: &[A::Word]| -> Vec<u64> { words.iter().map(|word| (*word).into()).collect() };
    let (six, asked_six) = (long(words), long(&asked));
    for below in [below, &Below::NONE] {
        found_by::<_, Lines<Near, 1>>(&six, below, &asked_six)?;
        found_by::<_, Lines<Near, 2>>(&six, below, &asked_six)?;
        found_by::<_, Lines<Whole, 2>>(&six, below, &asked_six)?;
        found_by::<_, Front<Tree<u64>>>(&six, below, &asked_six)?;
    }
    if A::FAMILY == Family::V4 {
        let asked: Vec<u32> = asked.iter().filter_map(|word| u32::try_from((*word).into()).ok()).collect();
        found_by::<_, Flat<4>>(&four, below, &asked)?;
        found_by::<_, Flat<8>>(&four, below, &asked)?;
    }
    for address in addresses {
        let word = address.word();
        if let (Some(Some(bits)), Ok(four)) = (&bits, u32::try_from(word.into())) {
            prop_assert_eq!(bits.find(four), halve(words, word));
        }
        // And among the starts within a word.
        let before = partition.starts().filter(|start| *start <= address).count();
        prop_assert_eq!(partition.starts.exact(halve(words, word), address), before - 1);
    }
    Ok(())
}

fn found_by<W: Word, I: Index<W>>(words: &[W], below: &Below, asked: &[W]) -> Outcome {
    let index = I::with_below(words, below);
    for some in asked.chunks(BATCH) {
        let batch = std::array::from_fn(|at| some[at % some.len()]);
        let mut found = [0; BATCH];
        index.find_many(words, &batch, &mut found);
        for (word, found) in batch.iter().zip(found) {
            let expected = halve(words, *word);
            prop_assert_eq!((found as usize, index.find(words, *word)), (expected, expected));
        }
    }
    Ok(())
}
