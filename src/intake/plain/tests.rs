//! The fast lines against the careful reader: every reading is the same to the last fault and place.

use crate::intake::{Format, Reader, Reading};
use proptest::prelude::*;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Read in steps of so many bytes, again and again.
fn stepped(mut reader: Reader<'_>, steps: &[usize]) -> Reading {
    for step in steps.iter().cycle() {
        if reader.step(*step).done {
            break;
        }
    }
    reader.finish()
}

#[track_caller]
fn same(text: &str, steps: &[usize]) {
    let careful = Reader::careful(text).finish();
    let fast = Reader::new(text, Some(Format::Plain));
    assert_eq!(stepped(fast, steps), careful, "{text:?}");
}

/// A prefix or address as it is mostly written.
fn right() -> impl Strategy<Value = String> {
    let v4 = (any::<u32>(), 0..=33_u32, 0..=32_u32, any::<bool>()).prop_map(|(bits, length, keep, cut)| {
        let bits = bits.checked_shr(keep).unwrap_or(0).rotate_right(keep);
        let bits = if cut { bits & !u32::MAX.checked_shr(length).unwrap_or(0) } else { bits };
        (Ipv4Addr::from_bits(bits).to_string(), length)
    });
    let v6 = (any::<u128>(), 0..=130_u32, 0..=128_u32, any::<bool>()).prop_map(|(bits, length, keep, cut)| {
        let bits = bits.checked_shr(keep).unwrap_or(0).rotate_right(keep);
        let bits = if cut { bits & !u128::MAX.checked_shr(length).unwrap_or(0) } else { bits };
        (Ipv6Addr::from_bits(bits).to_string(), length)
    });
    let near = (0..4_u32, 0..8_u32).prop_map(|(low, length)| (format!("192.0.{low}.0"), 24 + length / 2));
    let written = prop_oneof![3 => v4, 2 => v6, 2 => near];
    (written, 0..4_u8).prop_map(|((address, length), shape)| match shape {
        0 => address,
        1 => format!("{address}/{length}").to_uppercase(),
        _ => format!("{address}/{length}"),
    })
}

/// The same with some of its characters changed, left out or doubled, mostly one of those that mean something.
fn wrong() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(&b"0123456789abfgzAF.:/,;-#= \t\r\n\0@`?>*+\x1c\x0e\x7f"[..]);
    let change = (any::<prop::sample::Index>(), 0..3_u8, prop_oneof![8 => sign, 1 => 0..128_u8]);
    (right(), prop::collection::vec(change, 0..3)).prop_map(|(line, changes)| {
        let mut bytes = line.into_bytes();
        for (place, kind, byte) in changes {
            let at = place.index(bytes.len() + 1);
            match kind {
                0 => bytes.insert(at, byte),
                _ if at == bytes.len() => {}
                1 => drop(bytes.remove(at)),
                _ => bytes[at] = byte,
            }
        }
        String::from_utf8(bytes).unwrap_or_default()
    })
}

fn list() -> impl Strategy<Value = String> {
    let blanks = prop::sample::select(&["", "", "", "", " ", "\t ", "                    ", "ü"][..]);
    let end = prop::sample::select(
        &[
            "\n", "\n", "\n", "\n", "\r\n", " \n", ",\n", ";\r\n", "\n\n", ", ", " # a\n", " lp 7\n", "\r",
            "\u{a0}\n",
        ][..],
    );
    let line = prop_oneof![3 => right(), 2 => wrong()];
    prop::collection::vec((blanks, line, end), 0..12)
        .prop_map(|lines| lines.into_iter().map(|(blanks, line, end)| format!("{blanks}{line}{end}")).collect())
}

proptest! {
    // More by PROPTEST_CASES.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases * 40,
        max_shrink_iters: 20_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn fast_lines_read_what_the_careful_reader_reads(
        text in list(),
        steps in prop::collection::vec(1..90_usize, 1..4),
    ) {
        same(&text, &steps);
    }
}

/// Lists that go through every door.
const LISTS: [&str; 4] = [
    "10.0.0.0/8\n10.1.0.0/16\r\n10.1.2.0/24\n10.1.2.3\n255.255.255.255/32\n0.0.0.0/0\n1.1.1.1\n",
    "2001:db8::/32\n::/0\r\n2a00:1450:4001:810::/64\n::1\n2001:db8:1:2:3:4:5:6/128\nFE80::/10\n::ffff:1.2.3.4\n1::\n",
    " 10.0.0.0/8 \n\t192.0.2.7,\n\n# a\n192.0.2.7;\r\n192.0.2.0/24 lp 7\n010.0.0.0/8\n10.0.0.1/8\n10.0.0.0/08\n1.2.3.256\n",
    "10.0.0.0/33\n10.0.0.0/8/8\n::/129\n1:2:3:4::5/64\n12345::/16\n1.2.3.4.5\n1.2.3\n1..2.3\n10.0.0.0-10.0.0.9\n10.0.0.0/8",
];

#[test]
fn cut_at_any_byte_and_ended_at_any_byte() {
    for text in LISTS {
        for at in 1..=text.len() {
            same(text, &[at, usize::MAX]);
            same(text, &[at]);
            same(&text[..at], &[usize::MAX]);
            same(&text[at..], &[usize::MAX]);
        }
    }
}

#[test]
fn every_byte_in_every_place_of_a_line() {
    for line in ["10.1.2.0/24", "192.168.100.1", "1.1.1.1", "2001:db8:a:b::/64", "::1/128"] {
        for place in 0..=line.len() {
            for byte in 0..128_u8 {
                let mut bytes = line.as_bytes().to_vec();
                bytes.insert(place, byte);
                let more = String::from_utf8(bytes.clone()).unwrap();
                bytes.remove(place + usize::from(place < line.len()));
                let other = String::from_utf8(bytes).unwrap();
                // Room behind it, so that it isn't one of the last lines.
                let text =
                    format!("{line}\n{more}\n{line}\n{other}\n{line}\n{line}\n{line}\n{line}\n{line}\n{line}\n");
                same(&text, &[usize::MAX]);
            }
        }
    }
}

#[test]
fn a_list_as_long_as_announced_needs_no_second_room() {
    let text: String = (0..50_000_u32).map(|n| format!("{}/24\n", Ipv4Addr::from_bits(n << 8))).collect();
    let reading = Reader::new(&text, None).finish();
    assert_eq!(reading.v4.len(), 50_000);
    assert!(reading.v4.capacity() < 60_000, "{}", reading.v4.capacity());
    assert!(reading.faults.is_empty());
}
