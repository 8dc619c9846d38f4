//! Communities as devices print them.

use crate::plan::Community;

/// Communities that have names (RFC 1997, 3765, 7999, 8326), in the spellings of several makers.
static NAMED: [(&str, u16); 10] = [
    ("no-export", 65281),
    ("no_export", 65281),
    ("no-advertise", 65282),
    ("no_advertise", 65282),
    ("no-export-subconfed", 65283),
    ("local-as", 65283),
    ("no-peer", 65284),
    ("blackhole", 666),
    ("graceful-shutdown", 0),
    ("llgr-stale", 6),
];

/// The standard communities of a list, sorted, each once: `64700:1 no-export`, BIRD's `(64700,1)`. Extended and large
/// ones (`target:64700:1`, `64700:1:2`) are passed over, for nothing here asks for them.
pub(crate) fn communities(list: &str) -> Vec<Community> {
    let mut found: Vec<Community> = Vec::new();
    let mut word = |word: &str| {
        let named = || NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
        match word.parse() {
            Ok(community) => found.push(community),
            Err(_) => found.extend(named().map(|(_, value)| Community { asn: 65535, value: *value })),
        }
    };
    if list.contains('(') {
        for group in list.split('(').skip(1) {
            let inside = group.split(')').next().unwrap_or_default();
            let parts: Vec<&str> = inside.split(',').map(str::trim).collect();
            word(&parts.join(":"));
        }
    } else {
        list.split([' ', ',']).filter(|part| !part.is_empty()).for_each(word);
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn communities_as_printed() {
        for (list, expected) in [
            ("64700:2 64700:1 64700:2", "64700:1 64700:2"),
            ("(64700,1) (64700, 2) (1, 2, 3)", "64700:1 64700:2"),
            ("no-export target:64700:1 64700:1:2 12076:51004", "12076:51004 65535:65281"),
            ("", ""),
            ("(", ""),
        ] {
            let read: Vec<String> = communities(list).iter().map(ToString::to_string).collect();
            assert_eq!(read.join(" "), expected, "{list}");
        }
    }
}
