//! What must hold for any text, however mangled.

use crate::sound::{sound, stepped};
use proptest::prelude::*;
use twopath::intake::config::{ConfigFormat, What, read, what};

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

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn steps_make_no_difference(text in prop_oneof![mangled(), soup()], sizes in prop::collection::vec(1..200u64, 1..6)) {
        for format in ConfigFormat::ALL {
            assert_eq!(stepped(&text, format, &sizes), read(&text, format), "{format}");
        }
    }
}

/// Every sample with a piece left out or doubled, a byte turned, or a line doubled, at places all over it: the same
/// every time, and with a sensible number of faults.
#[test]
fn every_sample_survives_damage() {
    for (nth, text) in samples().into_iter().enumerate() {
        let What::Config(format) = what(&text) else { panic!("{}", &text[..60]) };
        let bytes = text.as_bytes();
        for (turn, at) in (nth % 37..bytes.len()).step_by(37).enumerate() {
            let end = (at + [1, 2, 7, 31][turn % 4]).min(bytes.len());
            let flipped = [bytes[at] ^ (1 << (turn % 8))];
            let line = text[..at.min(text.len())].rfind('\n').map_or(0, |begin| begin + 1);
            let line_end =
                bytes[line..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| line + end + 1);
            for damaged in [
                [&bytes[..at], &bytes[end..]].concat(),
                [&bytes[..end], &bytes[at..]].concat(),
                [&bytes[..at], &flipped, &bytes[at + 1..]].concat(),
                [&bytes[..line_end], &bytes[line..]].concat(),
            ] {
                let damaged = String::from_utf8_lossy(&damaged);
                let setup = read(&damaged, format);
                sound(&damaged, &setup);
                let said = u64::from(setup.faults.total()) + setup.left_out.len() as u64;
                assert!(
                    said <= 4 * u64::from(setup.lines) + 50,
                    "sample {nth} at {at}: {said} for {} lines",
                    setup.lines
                );
            }
        }
    }
}

/// A text pasted twice says each interface twice; a rule names it once.
#[test]
fn no_rule_names_an_interface_twice() {
    for text in samples() {
        let twice = format!("{text}\n{text}");
        let What::Config(format) = what(&text) else { panic!("{}", &text[..60]) };
        let setup = read(&twice, format);
        let to = setup.rules.iter().map(|rule| &rule.to);
        for said in to.chain(setup.published.iter().map(|published| &published.from)) {
            let names: std::collections::HashSet<_> = said.iter().collect();
            assert_eq!(names.len(), said.len(), "{format}: {said:?}");
        }
    }
}

/// No step takes long, whatever the text: the page and the command line stay answerable.
#[test]
fn a_step_is_short() {
    for (path, text) in super::inputs("config") {
        let What::Config(format) = what(&text) else { panic!("{path:?}") };
        let long = text.repeat((200 << 10) / text.len() + 1);
        let mut job = twopath::pace::Job::new(move |pace| async move {
            twopath::intake::config::read_in_steps(&long, format, &pace).await
        });
        let mut steps = 0;
        while job.step(2_000).is_none() {
            steps += 1;
        }
        assert!(steps > 10, "{path:?} takes {steps} steps of 2,000 units for 200 kB");
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
