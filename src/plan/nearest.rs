//! "Did you mean": the known name that a mistyped one is most like.

/// The name among `known` that is fewest edits away, if it is near enough to be worth offering: at most a third of
/// the letters changed, or one contained in the other (`asn` for `customer_asn`). The first of several.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Longer than any name of ours: not a slip of the finger, and not worth the quadratic work.
    if given.is_empty() || given.len() > 64 {
        return None;
    }
    let given = given.to_ascii_lowercase().replace(['-', ' '], "_");
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let near = edits(&given, name);
        let contained = given.len() >= 3 && (name.contains(&given) || given.contains(name)) && name.len() >= 3;
        let rank = if near * 3 <= name.len().max(given.len()) {
            near
        } else if contained {
            64 + near
        } else {
            continue;
        };
        if best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["customer_asn", "admitted", "route_filter", "return_model", "id", "name"];
        for (given, expected) in [
            ("admited", Some("admitted")),
            ("admitetd", Some("admitted")),
            ("routeFilter", Some("route_filter")),
            ("Route-Filter", Some("route_filter")),
            ("asn", Some("customer_asn")),
            ("bandwidth", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(nearest(given, known), expected, "{given}");
        }
        assert_eq!(nearest(&"admitted".repeat(100), known), None);
    }
}
