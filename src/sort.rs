//! Putting short lists in order, once for all types.
//!
//! The standard library's sorts are made anew for each type and order, some kilobytes of the page's program each. Where
//! a list is short or its order isn't what takes the time, it is put in order by these: one sort of positions for all,
//! and a few swaps for each type. Below all rooms.

use std::cmp::Ordering;

/// Puts items in order. Stable: equal ones stay as they stand. At most 2^32 items; more stay as they are.
pub fn by<T>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    let get = |at: u32| items.get(at as usize);
    let mut from = positions(items.len(), &|a, b| match (get(a), get(b)) {
        (Some(a), Some(b)) => order(a, b),
        _ => Ordering::Equal,
    });
    // Each goes where it belongs, around its circle.
    for to in 0..from.len() {
        let mut at = to;
        while let Some(next) = from.get_mut(at) {
            let source = std::mem::replace(next, at as u32) as usize;
            if source == to || source == at {
                break;
            }
            items.swap(at, source);
            at = source;
        }
    }
}

/// Puts items in the order of a key.
pub fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    by(items, |a, b| key(a).cmp(&key(b)));
}

/// Puts items in their own order.
pub fn up<T: Ord>(items: &mut [T]) {
    by(items, T::cmp);
}

/// The position from which each item comes.
fn positions(count: usize, order: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut positions: Vec<u32> = u32::try_from(count).map(|count| (0..count).collect()).unwrap_or_default();
    positions.sort_by(|a, b| order(*a, *b));
    positions
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_the_standard_sort(keys in prop::collection::vec(0..20_u8, 0..200)) {
            let items: Vec<(u8, usize)> = keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            let mut found = items.clone();
            by_key(&mut found, |(key, _)| *key);
            prop_assert_eq!(&found, &expected);
            let mut down = items.clone();
            by(&mut down, |a, b| b.cmp(a));
            prop_assert!(down.is_sorted_by(|a, b| a >= b));
            up(&mut down);
            prop_assert_eq!(down, { let mut all = items; all.sort_unstable(); all });
        }
    }
}
