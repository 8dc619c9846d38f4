//! Places along a line: as near to where they are wanted as their sizes allow, never overlapping.

/// A thing to be placed.
#[derive(Copy, Clone, Debug)]
pub(super) struct Item {
    /// Where its middle is wanted.
    pub wanted: i32,
    /// Its size.
    pub size: i32,
}

/// The middles of the items, in their order, at least `gap` between them, the sum of squared distances from where they
/// are wanted the least (pool adjacent violators), all between `low` and `high` where they fit.
pub(super) fn place(items: &[Item], gap: i32, low: i32, high: i32) -> Vec<i32> {
    // With the room before each taken away, only order is left to keep.
    let mut before = Vec::with_capacity(items.len());
    let mut at = 0;
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            at += (items[index - 1].size + item.size + 1) / 2 + gap;
        }
        before.push(at);
    }
    // Blocks of neighbours that move together: sum of the wanted places, and how many.
    let mut blocks: Vec<(i64, i64)> = Vec::new();
    for (item, before) in items.iter().zip(&before) {
        let mut block = (i64::from(item.wanted - before), 1);
        while let Some(last) = blocks.last().copied().filter(|last| last.0 * block.1 > block.0 * last.1) {
            block = (block.0 + last.0, block.1 + last.1);
            blocks.pop();
        }
        blocks.push(block);
    }
    let Some((first, last)) = items.first().zip(items.last()) else { return Vec::new() };
    let least = i64::from(low + (first.size + 1) / 2);
    let most = i64::from(high - (last.size + 1) / 2 - at).max(least);
    let middles = blocks.iter().flat_map(|&(sum, count)| {
        let middle = sum.div_euclid(count).clamp(least, most);
        (0..count).map(move |_| middle)
    });
    // Within i32: made from sums of i32 that are pixels.
    middles.zip(&before).map(|(middle, before)| i32::try_from(middle).unwrap_or(low) + before).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(wanted: &[i32], size: i32) -> Vec<i32> {
        let items: Vec<Item> = wanted.iter().map(|&wanted| Item { wanted, size }).collect();
        place(&items, 10, 0, 1000)
    }

    #[test]
    fn what_fits_stays_and_what_collides_shares_the_way() {
        assert_eq!(at(&[100, 300], 40), [100, 300]);
        assert_eq!(at(&[100, 100], 40), [75, 125]);
        assert_eq!(at(&[100, 100, 100], 40), [50, 100, 150]);
        assert_eq!(at(&[0, 0], 40), [20, 70]);
        assert_eq!(at(&[2000], 40), [980]);
        assert_eq!(at(&[], 40), [0_i32; 0]);
    }
}
