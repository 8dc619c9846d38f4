//! Two ordered lists side by side: which entries stay, which are new, gone or another.
//!
//! Made so that any mixture of old and new is again an ordered list: each slot shows its old entry or its new one.

/// A place in the order of both lists.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Slot {
    /// The entry before, by its index; absent: it is new.
    pub(super) before: Option<usize>,
    /// The entry after, by its index; absent: it is gone.
    pub(super) after: Option<usize>,
    /// Whether both are alike.
    pub(super) same: bool,
}

/// Beyond so many pairs entries are compared place by place only.
const MAX_PAIRS: usize = 1 << 20;

/// Lays two lists side by side, as many entries alike as can be. Between two of those, old and new entries are paired
/// in their order.
pub(super) fn slots<T>(before: &[T], after: &[T], alike: impl Fn(&T, &T) -> bool) -> Vec<Slot> {
    let width = after.len() + 1;
    let mut kept: Vec<(usize, usize)> = Vec::new();
    if before.len().saturating_mul(after.len()) <= MAX_PAIRS {
        // The longest common subsequence of what follows each pair of places.
        let mut longest = vec![0_u32; (before.len() + 1) * width];
        let at = |table: &[u32], old: usize, new: usize| table.get(old * width + new).copied().unwrap_or(0);
        for (old, one) in before.iter().enumerate().rev() {
            for (new, other) in after.iter().enumerate().rev() {
                let best = if alike(one, other) {
                    at(&longest, old + 1, new + 1) + 1
                } else {
                    at(&longest, old + 1, new).max(at(&longest, old, new + 1))
                };
                if let Some(cell) = longest.get_mut(old * width + new) {
                    *cell = best;
                }
            }
        }
        let (mut old, mut new) = (0, 0);
        while let (Some(one), Some(other)) = (before.get(old), after.get(new)) {
            if alike(one, other) {
                kept.push((old, new));
                (old, new) = (old + 1, new + 1);
            } else if at(&longest, old + 1, new) >= at(&longest, old, new + 1) {
                old += 1;
            } else {
                new += 1;
            }
        }
    } else {
        let pairs = before.iter().zip(after).enumerate();
        kept.extend(pairs.filter(|(_, (one, other))| alike(one, other)).map(|(index, _)| (index, index)));
    }
    let mut all = Vec::new();
    let (mut old, mut new) = (0, 0);
    for (next_old, next_new) in kept.into_iter().chain([(before.len(), after.len())]) {
        while old < next_old || new < next_new {
            let (gone, come) = ((old < next_old).then_some(old), (new < next_new).then_some(new));
            all.push(Slot { before: gone, after: come, same: false });
            old += usize::from(gone.is_some());
            new += usize::from(come.is_some());
        }
        if next_old < before.len() && next_new < after.len() {
            all.push(Slot { before: Some(next_old), after: Some(next_new), same: true });
            (old, new) = (next_old + 1, next_new + 1);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
        let of = |list: &[char], index: Option<usize>| index.map_or('-', |index| list[index]);
        let slots = slots(&old, &new, |a, b| a == b);
        // Old alone and new alone give the lists again.
        let picked = |pick: fn(&Slot) -> Option<usize>, list: &[char]| -> String {
            slots.iter().filter_map(pick).map(|index| list[index]).collect()
        };
        assert_eq!(picked(|slot| slot.before, &old), before);
        assert_eq!(picked(|slot| slot.after, &new), after);
        let told = slots.iter().map(|slot| {
            let mark = if slot.same { "=" } else { ">" };
            format!("{}{mark}{}", of(&old, slot.before), of(&new, slot.after))
        });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lists_lie_side_by_side() {
        for (before, after, told) in [
            ("", "", ""),
            ("ab", "ab", "a=a b=b"),
            ("ab", "axb", "a=a ->x b=b"),
            ("axb", "ab", "a=a x>- b=b"),
            ("axb", "ayb", "a=a x>y b=b"),
            ("ab", "ba", "a>- b=b ->a"),
            ("abc", "xyz", "a>x b>y c>z"),
            ("a", "xa", "->x a=a"),
        ] {
            assert_eq!(shown(before, after), told, "{before} {after}");
        }
    }
}
