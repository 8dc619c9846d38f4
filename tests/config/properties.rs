//! What must hold for any text, however mangled.

use proptest::prelude::*;
use twopath::intake::LineIndex;
use twopath::intake::config::{ConfigFormat, Setup, What, read, what};
use twopath::report::words::{faults, setup as words};

/// Everything that holds for every setup.
fn sound(text: &str, setup: &Setup) {
    let boundary = |at: u32| at as usize <= text.len() && text.is_char_boundary(at as usize);
    let span = |span: &std::ops::Range<u32>| {
        assert!(span.start <= span.end && boundary(span.start) && boundary(span.end), "{span:?}");
    };
    let mut names = std::collections::BTreeSet::new();
    for pool in &setup.pools {
        span(&pool.span);
        assert!(names.insert(&pool.name), "two pools are called {}", pool.name);
    }
    for rule in &setup.rules {
        span(&rule.span);
        assert!(rule.pool.is_none_or(|pool| pool < setup.pools.len()));
        assert!(!rule.sources.is_nothing() && !rule.destinations.is_nothing());
    }
    for published in &setup.published {
        span(&published.span);
        assert!(!published.published.is_empty() && !published.inside.is_empty());
        assert!(published.source_pool.is_none_or(|pool| pool < setup.pools.len()));
    }
    setup.advertised.iter().for_each(|found| span(&found.span));
    for list in &setup.prefix_lists {
        span(&list.span);
        for entry in &list.entries {
            assert!(entry.shortest >= entry.prefix.prefix_len() && entry.longest <= entry.prefix.max_prefix_len());
            assert!(entry.shortest <= entry.longest, "{entry:?}");
        }
    }
    for policy in &setup.policies {
        span(&policy.span);
        policy.terms.iter().for_each(|term| span(&term.span));
    }
    setup.neighbours.iter().for_each(|found| span(&found.span));
    setup.peerings.iter().for_each(|found| span(&found.span));
    for left in &setup.left_out {
        span(&left.span);
        let sentence = words::left_out(left);
        assert!(sentence.ends_with('.'), "{sentence}");
    }
    assert!(setup.left_out.is_sorted_by_key(|left| (left.span.start, left.span.end)));
    for fault in &setup.faults.kept {
        span(&fault.span);
        assert!(faults::fault(&fault.code).ends_with('.'));
    }
    if setup.is_empty() && setup.left_out.is_empty() {
        assert!(!setup.faults.is_empty(), "nothing is passed over silently");
    }
    let lines = LineIndex::new(text);
    let answer = twopath::report::answers::Configured { file: "x", text, notes: &[], setup, lines: &lines };
    let json: serde_json::Value = serde_json::from_str(&twopath::report::json::setup(&answer)).unwrap();
    assert_eq!(json["format"], "twopath.setup");
    assert_eq!(json["rules"].as_array().unwrap().len(), setup.rules.len());
}

fn samples() -> Vec<String> {
    let mut texts: Vec<String> = super::inputs("config").into_iter().map(|(_, text)| text).collect();
    for file in ["cisco_asa_show_nat.txt", "paloalto_panos_show_running_nat-policy.txt"] {
        texts.extend(super::shared(&format!("routers/{file}")));
    }
    texts
}

fn piece() -> impl Strategy<Value = String> {
    let words = [
        "10.0.0.0/8",
        "255.255.255.0",
        "any",
        "host",
        "range",
        "203.0.113.9-203.0.113.1",
        "2001:db8::/32",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ";",
        "\n",
        " ",
        "nat (",
        "set ",
        "edit 1\n",
        "config firewall policy\n",
        "end\n",
        "-A POSTROUTING ",
        "ip nat inside source static ",
        "route-map X permit 10\n",
        "/*",
        "*/",
        "!",
        "#",
        "\\",
        "ü",
        "\0",
        "\u{a0}",
        "permit",
        "deny",
        "then",
        "from",
        "100000",
        "le 33",
        "ge 4294967296",
    ];
    prop::sample::select(words.to_vec()).prop_map(str::to_owned)
}

/// A sample with bytes flipped, pieces left out, doubled or put in.
fn mangled() -> impl Strategy<Value = String> {
    let change = (0..4u8, any::<prop::sample::Index>(), 0..60usize, any::<u8>(), piece());
    (prop::sample::select(samples()), prop::collection::vec(change, 1..8)).prop_map(|(text, changes)| {
        let mut bytes = text.into_bytes();
        for (kind, place, length, byte, piece) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = place.index(bytes.len());
            let end = (at + length).min(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let twice = bytes[at..end].to_vec();
                    bytes.splice(at..at, twice);
                }
                _ => drop(bytes.splice(at..at, piece.into_bytes())),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived_by_every_format(text in prop_oneof![mangled(), soup(), any::<String>()]) {
        what(&text);
        for format in ConfigFormat::ALL {
            sound(&text, &read(&text, format));
        }
    }
}

#[test]
fn every_beginning_and_end_of_a_sample_is_survived() {
    for text in samples() {
        let What::Config(format) = what(&text) else { panic!("{}", &text[..60]) };
        for (at, _) in text.char_indices().step_by(7) {
            sound(&text[..at], &read(&text[..at], format));
            sound(&text[at..], &read(&text[at..], format));
        }
    }
}

/// Ten times the text takes about ten times as long, also for what is nested or repeated.
#[test]
fn time_grows_with_the_text() {
    let hard = [
        "a { ",
        "[ ",
        "{ ",
        "} ",
        "object-group network A\n group-object A\n",
        "edit 1\n",
        "config x\n",
        "access-list 101 permit ip 10.0.0.0 0.0.0.255 10.1.0.0 0.0.255.255\nip nat inside source list 101 pool P\n",
        "access-list 101 deny ip host 10.0.0.1 any\naccess-list 101 permit ip any any\n",
        "set rulebase nat rules A from b\n",
        "-A POSTROUTING -j SNAT --to-source 192.0.2.1\n",
    ];
    for piece in hard {
        let time = |times: usize| {
            let text = format!("ip nat pool P 192.0.2.1 192.0.2.2 netmask 255.255.255.0\n{}", piece.repeat(times));
            let before = std::time::Instant::now();
            for format in ConfigFormat::ALL {
                read(&text, format);
            }
            before.elapsed()
        };
        let (few, many) = (time(300), time(3_000));
        println!("{piece:?}: {few:?}, then {many:?}");
        assert!(many < few * 40 + std::time::Duration::from_millis(200), "{piece:?}: {few:?}, then {many:?}");
    }
}
