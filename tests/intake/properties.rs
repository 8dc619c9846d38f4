//! What must hold for any text.

use crate::show;
use crate::sound::{sound, stepped};
use proptest::prelude::*;
use twopath::intake::{Format, Reading, decode, read, recognise};

fn fixes_remove_their_faults(text: &str, format: Format, reading: &Reading) {
    for fault in &reading.faults.kept {
        let Some(fix) = &fault.fix else { continue };
        let mut fixed = text.to_owned();
        fixed.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.replacement);
        let again = read(&fixed, Some(format));
        let count = |reading: &Reading| {
            reading.faults.kept.iter().filter(|other| other.code.code() == fault.code.code()).count()
        };
        let place = fix.span.start..fix.span.start + fix.replacement.len() as u32;
        let still = again.faults.kept.iter().any(|other| {
            other.code.code() == fault.code.code()
                && other.span.start <= place.end
                && other.span.end >= place.start
        });
        let fewer = count(&again) < count(reading);
        assert!(fewer || !still, "{text:?} -> {fixed:?}\n{fault:?}\n{:?}", again.faults.kept);
    }
}

/// Pieces of plain lists, right and wrong.
fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(
        &[
            "10.0.0.0/8",
            "192.0.2.1",
            "192.0.2.0/24",
            "10.1.2.3/16",
            "0.0.0.0/0",
            "::/0",
            "2001:db8::/32",
            "fe80::1%eth0",
            "::ffff:192.0.2.1",
            "2001:db8::7/32",
            "010.0.0.1",
            "10.0.0.256",
            "10.1/16",
            "10.0.0.0/33",
            "10.0.0.0/08",
            "192.0.2.1-192.0.2.9",
            "192.0.2.9-192.0.2.1",
            "192.0.2.1-7",
            "192.0.2.1 - 192.0.2.30",
            "::1–::9",
            "1-::1",
            "10.0.0.0 255.0.0.0",
            "10.0.0.0 0.0.0.255",
            "10.0.0.0 0.0.0.0",
            "mask",
            "default",
            "localpref=150",
            "lp 7",
            "localprf=1",
            "weight",
            "=",
            "aspath=65010 65010 {1,2} (65001)",
            "aspath=\"1 2\"",
            "aspath",
            "{1,2}",
            "(65001",
            "65010",
            "prepend=3",
            "prepend=999",
            "origin=i",
            "origin ?",
            "med=20",
            "community=12076:51004,12076:5010",
            "community=1:2:3",
            "12076:5010",
            "no-export",
            "nexthop=192.0.2.1",
            "via fe80::1",
            "protocol=static",
            "distance=300",
            "ge=16",
            "le=24",
            "le=129",
            "Chicago",
            "office",
            "-",
            "–",
            "ü",
            "\u{a0}",
            "\u{feff}",
            "\"",
            "'",
            "[",
            "]",
            "{",
            "}",
            "(",
            ")",
            "#",
            "!",
            "//",
            ";",
            ",",
            ">",
            "* ",
            "\t",
            "\r\n",
            "\n",
            "\n\n",
            "\0",
            "😀",
        ][..],
    );
    prop_oneof![
        8 => words.prop_map(str::to_owned),
        1 => "[0-9a-f:./ ,-]{1,12}",
        1 => "\\PC{1,4}",
    ]
}

fn list() -> impl Strategy<Value = String> {
    let separator = prop::sample::select(&["", " ", " ", ",", "\n", "\n", ", "][..]);
    prop::collection::vec((piece(), separator), 0..30).prop_map(|pieces| {
        pieces.into_iter().flat_map(|(piece, separator)| [piece, separator.to_owned()]).collect()
    })
}

/// The hand-made inputs, decoded, with the names of their files.
pub fn named_samples() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/intake");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_none_or(|extension| extension != "expected"));
    paths.sort();
    let name = |path: &std::path::Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (name(path), decode(std::fs::read(path).unwrap()).unwrap().text)).collect()
}

fn samples() -> Vec<String> {
    named_samples().into_iter().map(|(_, text)| text).collect()
}

/// What real devices printed, where it is there.
fn prints() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/routers");
    let Ok(files) = std::fs::read_dir(folder) else {
        eprintln!("skipped: ../shared/data/routers is not there");
        return Vec::new();
    };
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| decode(std::fs::read(path).unwrap()).unwrap().text).collect()
}

/// A sample with bytes flipped, pieces left out, doubled or put in.
fn mutated() -> impl Strategy<Value = String> {
    let change = (0..4u8, any::<prop::sample::Index>(), 0..40usize, any::<u8>(), piece());
    (prop::sample::select([samples(), prints()].concat()), prop::collection::vec(change, 1..6)).prop_map(
        |(text, changes)| {
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
        },
    )
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![list(), mutated(), any::<String>()]
}

fn format() -> impl Strategy<Value = Option<Format>> {
    prop::option::of(prop::sample::select(&Format::ALL[..]))
}

fn resolved(reading: &Reading) -> (Vec<String>, Vec<String>) {
    let all = show::entries(reading);
    let (v4, v6) = all.split_at(reading.v4.len());
    (v4.to_vec(), v6.to_vec())
}

proptest! {
    // More by PROPTEST_CASES.
    #![proptest_config(ProptestConfig { max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300), head in 0..6usize) {
        let heads: [&[u8]; 6] = [b"", b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b\x08", b"[\"", b"\xef\xbb\xbf"];
        if let Ok(decoded) = decode([heads[head], &bytes].concat()) {
            for format in Format::ALL {
                sound(&decoded.text, &read(&decoded.text, Some(format)));
            }
        }
    }

    #[test]
    fn every_reading_is_sound(text in any_text(), format in format()) {
        let reading = read(&text, format);
        sound(&text, &reading);
        assert_eq!(reading.format, format.unwrap_or(recognise(&text)[0].format));
    }

    #[test]
    fn fixes_mend(text in any_text(), format in format()) {
        let reading = read(&text, format);
        fixes_remove_their_faults(&text, reading.format, &reading);
    }

    #[test]
    fn steps_make_no_difference(text in any_text(), format in format(), steps in prop::collection::vec(1..50usize, 1..9)) {
        assert_eq!(stepped(&text, format, &steps), read(&text, format));
    }

    #[test]
    fn lists_one_after_the_other(first in list(), second in list()) {
        let plain = Some(Format::Plain);
        let (a, b) = (read(&first, plain), read(&second, plain));
        let both = read(&format!("{first}\n{second}"), plain);
        let ((mut v4, mut v6), (more4, more6)) = (resolved(&a), resolved(&b));
        v4.extend(more4);
        v6.extend(more6);
        assert_eq!(resolved(&both), (v4, v6));
        assert_eq!(both.skipped, a.skipped + b.skipped);
        assert_eq!(both.faults.total(), a.faults.total() + b.faults.total());
        assert_eq!(both.entries_read, a.entries_read + b.entries_read);
        let codes = |reading: &Reading| -> Vec<_> {
            reading.faults.kept.iter().map(|fault| fault.code.clone()).collect()
        };
        assert_eq!(codes(&both), [codes(&a), codes(&b)].concat());
    }

    #[test]
    fn blanks_around_a_text_change_nothing(text in any_text(), before in "[ \t\n]{0,5}", after in "[ \t\n]{0,5}") {
        let trimmed = text.trim();
        // A mail's quote marks are marks in the first column only: behind blanks they are Junos's.
        prop_assume!(!trimmed.starts_with('>'));
        let padded = format!("\u{feff}{before}{text}{after}");
        assert_eq!(recognise(&padded)[0].format, recognise(trimmed)[0].format);
        assert_eq!(recognise(&trimmed.replace('\n', "\r\n"))[0].format, recognise(trimmed)[0].format);
    }
}

#[test]
fn every_beginning_and_end_of_a_sample_is_survived() {
    // Of the real ones, which are longer, not every place: the hand-made ones have all their shapes.
    let all = samples().into_iter().map(|text| (text, 1)).chain(prints().into_iter().map(|text| (text, 37)));
    for (text, stride) in all {
        let format = recognise(&text)[0].format;
        for (at, _) in text.char_indices().step_by(stride) {
            for piece in [&text[..at], &text[at..]] {
                // Recognition takes longer than reading: it is asked at every eleventh place.
                let reading = read(piece, (at % 11 != 0).then_some(format));
                sound(piece, &reading);
            }
        }
    }
}

/// Every sample with a piece left out, doubled, or a byte turned, at places all over it: the same every time.
#[test]
fn every_sample_survives_damage() {
    for (nth, (name, text)) in named_samples().into_iter().enumerate() {
        let format = recognise(&text)[0].format;
        let bytes = text.as_bytes();
        // Prime to the lengths of lines, and beginning elsewhere in each file.
        for (turn, at) in (nth % 11..bytes.len()).step_by(11).enumerate() {
            let end = (at + [1, 2, 7, 31][turn % 4]).min(bytes.len());
            let flipped = [bytes[at] ^ (1 << (turn % 8))];
            for damaged in [
                [&bytes[..at], &bytes[end..]].concat(),
                [&bytes[..end], &bytes[at..]].concat(),
                [&bytes[..at], &flipped, &bytes[at + 1..]].concat(),
            ] {
                let damaged = String::from_utf8_lossy(&damaged);
                let reading = read(&damaged, Some(format));
                sound(&damaged, &reading);
                assert!(
                    reading.faults.total() <= 3 * reading.lines.max(1) + 200,
                    "{name} at {at}: sensible faults"
                );
            }
        }
    }
}

#[test]
fn quoted_in_a_mail_a_sample_reads_the_same() {
    for text in samples() {
        let quoted: String = text.lines().map(|line| format!("> {line}\r\n")).collect();
        let (plain, quoted) = (read(&text, None), read(&quoted, None));
        assert_eq!(plain.format, quoted.format);
        assert_eq!(resolved(&plain), resolved(&quoted));
        let names = |reading: &Reading| -> Vec<_> { reading.sets.iter().map(|set| set.name.clone()).collect() };
        assert_eq!(names(&plain), names(&quoted));
    }
}

#[test]
fn bad_input_by_the_thousand() {
    let text = "10.0.0.999\nbad line\n10.0.0.1/8\n".repeat(20_000);
    let reading = read(&text, None);
    assert_eq!(reading.faults.kept.len(), twopath::intake::MAX_FAULTS);
    assert_eq!((reading.faults.errors, reading.faults.warnings, reading.skipped), (40_000, 20_000, 40_000));
    assert_eq!(reading.faults.dropped(), 59_000);
    assert_eq!(reading.v4.len(), 20_000);
    let text = format!("{{\"addressPrefixes\": [{}", "\"x\" ,".repeat(30_000));
    let reading = read(&text, None);
    assert_eq!((reading.format, reading.skipped), (Format::ServiceTags, 30_000));
    for deep in ["[", "{", "{\"ips\":[", "]", "}", "\"", "\\", ",", ":", "=", "{1,", "aspath=1 ", "lp 5 "] {
        let text = deep.repeat(20_000);
        for format in Format::ALL {
            sound(&text, &read(&text, Some(format)));
        }
    }
}
