//! The letters before a route: what it is.

use crate::intake::mark::{Choice, Mark, Via};
use crate::plan::{Attributes, Protocol};

/// A route by its letters (`B`, `O E2`, `S*`, `B I`): attributes and mark with what they say.
pub(super) fn route(codes: &str) -> (Attributes, Mark) {
    let mut words = codes.split([' ', '*', '>', '+', '%', '&']).filter(|word| !word.is_empty());
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (protocol, via) = match (first, second) {
        ("C" | "LC" | "L", _) => (Protocol::Static, Some(Via::Connected)),
        ("S" | "SI" | "K" | "U" | "DH" | "d" | "A" | "NG" | "G", "") => (Protocol::Static, None),
        ("A", "B") => (Protocol::Bgp, Some(Via::Own)),
        ("A", _) => (Protocol::Igp, Some(Via::Own)),
        ("B", "I") => (Protocol::Bgp, Some(Via::Internal)),
        ("B", "E") => (Protocol::Bgp, Some(Via::External)),
        ("B" | "Bi" | "BI" | "BE", _) => (Protocol::Bgp, None),
        ("S" | "K" | "U", _) => (Protocol::Static, None),
        _ => (Protocol::Igp, None),
    };
    let attributes = Attributes { protocol: Some(protocol), ..Attributes::default() };
    (attributes, Mark { choice: Some(Choice::Best), via, ..Mark::default() })
}

/// Whether these are letters of a route: one to three short words that begin with a letter or a sign.
pub(super) fn are_codes(codes: &str) -> bool {
    let codes = codes.trim();
    let mut words = codes.split(' ').filter(|word| !word.is_empty());
    let starts = codes.starts_with(|c: char| c.is_ascii_alphabetic());
    let short = |word: &str| {
        word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"*>+%&()!?#~".contains(&byte))
    };
    // A way on a line of its own begins with `via`.
    starts && codes != "via" && words.by_ref().take(3).all(short) && words.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_what_they_mean() {
        for (codes, protocol, via) in [
            ("C", Protocol::Static, Some(Via::Connected)),
            ("S*", Protocol::Static, None),
            ("O*E2", Protocol::Igp, None),
            ("O E2", Protocol::Igp, None),
            ("i L1", Protocol::Igp, None),
            ("D EX", Protocol::Igp, None),
            ("B", Protocol::Bgp, None),
            ("B*", Protocol::Bgp, None),
            ("B I", Protocol::Bgp, Some(Via::Internal)),
            ("B E", Protocol::Bgp, Some(Via::External)),
            ("A B", Protocol::Bgp, Some(Via::Own)),
        ] {
            assert!(are_codes(codes), "{codes}");
            let (attributes, mark) = route(codes);
            assert_eq!((attributes.protocol, mark.via), (Some(protocol), via), "{codes}");
        }
        for other in ["", "10", "via", "Gateway of last", "Routing"] {
            assert!(!are_codes(other) || other == "via", "{other}");
        }
    }
}
