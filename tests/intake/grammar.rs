//! The grammar of plain lists, case by case.

use crate::show;
use twopath::intake::{Format, LineIndex, Severity, read};

/// What a list reads as, entries separated by `; `, then the fault codes.
fn reads(text: &str) -> String {
    let reading = read(text, Some(Format::Plain));
    let mut shown = show::entries(&reading).join("; ");
    for fault in &reading.faults.kept {
        let sign = if fault.severity == Severity::Error { "!" } else { "~" };
        shown.push_str(&format!(" {sign}{}", fault.code.code()));
    }
    shown.trim().to_owned()
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(reads(text), *expected, "{text:?}");
    }
}

#[test]
fn prefixes_and_addresses() {
    check(&[
        ("", ""),
        ("\n\n", ""),
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("10.0.0.0/8\n", "10.0.0.0/8"),
        ("10.0.0.0/8\r\n192.0.2.0/24\r\n", "10.0.0.0/8; 192.0.2.0/24"),
        ("192.0.2.7", "192.0.2.7/32"),
        ("2001:db8::/32", "2001:db8::/32"),
        ("2001:DB8::7", "2001:db8::7/128"),
        ("::/0", "::/0"),
        ("::", "::/128"),
        ("::1", "::1/128"),
        ("fe80::/10", "fe80::/10"),
        ("dead:beef::/32", "dead:beef::/32"),
        ("10.0.0.0/8 192.0.2.0/24\t198.51.100.0/24", "10.0.0.0/8; 192.0.2.0/24; 198.51.100.0/24"),
        ("10.0.0.0/8,192.0.2.0/24;198.51.100.0/24", "10.0.0.0/8; 192.0.2.0/24; 198.51.100.0/24"),
        ("10.0.0.0/8,", "10.0.0.0/8"),
        (",,10.0.0.0/8 ; ;", "10.0.0.0/8"),
        ("10.0.0.1/8", "10.0.0.0/8 ~host-bits-set"),
        ("::ffff:192.0.2.1", "192.0.2.1/32 ~mapped-address"),
        ("::ffff:192.0.2.0/120", "192.0.2.0/24 ~mapped-address"),
        ("::ffff:192.0.2.0/120\n::1\n", "192.0.2.0/24; ::1/128 ~mapped-address"),
        ("fe80::1%eth0", "!zone-id"),
        ("010.0.0.1\n10.0.0.1\n", "10.0.0.1/32 !leading-zero"),
        (
            "10.0.0.256\n10.0.0.0/33\n::/129\n10/8",
            "!octet-too-large !length-too-long !length-too-long !short-address",
        ),
        ("default", "0.0.0.0/0 ~default-is-ipv4"),
    ]);
}

#[test]
fn noise() {
    check(&[
        ("# 10.0.0.0/8\n! 10.0.0.0/8\n// 10.0.0.0/8\n; 10.0.0.0/8", ""),
        ("10.0.0.0/8 # office", "10.0.0.0/8"),
        ("10.0.0.0/8#office", "10.0.0.0/8"),
        ("10.0.0.0/8 // office", "10.0.0.0/8"),
        ("10.0.0.0/8//office", "10.0.0.0/8"),
        ("10.0.0.0/8 ! office", "10.0.0.0/8"),
        ("  ; office\n10.0.0.0/8", "10.0.0.0/8"),
        ("\"10.0.0.0/8\",\n'192.0.2.0/24',", "10.0.0.0/8; 192.0.2.0/24"),
        ("[\"10.0.0.0/8\", \"2001:db8::/32\"]", "10.0.0.0/8; 2001:db8::/32"),
        ("{10.0.0.0/8}, (192.0.2.0/24) <198.51.100.0/24>", "10.0.0.0/8; 192.0.2.0/24; 198.51.100.0/24"),
        ("“10.0.0.0/8” ‘192.0.2.0/24’", "10.0.0.0/8; 192.0.2.0/24"),
        ("> 10.0.0.0/8\n>> 192.0.2.0/24\n> > 198.51.100.0/24", "10.0.0.0/8; 192.0.2.0/24; 198.51.100.0/24"),
        ("- 10.0.0.0/8\n* 192.0.2.0/24\n• 198.51.100.0/24", "10.0.0.0/8; 192.0.2.0/24; 198.51.100.0/24"),
        ("\u{feff}10.0.0.0/8", "10.0.0.0/8"),
        ("\u{a0}10.0.0.0/8\u{a0}192.0.2.0/24\u{200b}", "10.0.0.0/8; 192.0.2.0/24"),
        ("\t10.0.0.0/8\t\r\n", "10.0.0.0/8"),
        ("10.0.0.0/8\r192.0.2.0/24", "10.0.0.0/8; 192.0.2.0/24"),
    ]);
}

#[test]
fn ranges() {
    check(&[
        ("192.0.2.1-192.0.2.4", "192.0.2.1/32; 192.0.2.2/31; 192.0.2.4/32"),
        ("192.0.2.0 - 192.0.2.255", "192.0.2.0/24"),
        ("192.0.2.0- 192.0.2.255", "192.0.2.0/24"),
        ("192.0.2.0 -192.0.2.255", "192.0.2.0/24"),
        ("192.0.2.0–192.0.2.255", "192.0.2.0/24"),
        ("192.0.2.0 – 192.0.2.255", "192.0.2.0/24"),
        ("192.0.2.0 — 192.0.2.255, 10.0.0.0/8", "192.0.2.0/24; 10.0.0.0/8"),
        ("2001:db8:: - 2001:db8::ff", "2001:db8::/120"),
        ("2001:db8::-2001:db8::ff", "2001:db8::/120"),
        ("0.0.0.0-255.255.255.255", "0.0.0.0/0"),
        ("192.0.2.7-192.0.2.7", "192.0.2.7/32"),
        ("192.0.2.0-15", "192.0.2.0/28 ~range-short"),
        ("192.0.2.9-8", "!not-a-range"),
        ("192.0.2.9-192.0.2.1", "!range-reversed"),
        ("192.0.2.9-::1", "!range-mixed"),
        ("192.0.2.0/24-192.0.3.0/24", "!not-a-range"),
        ("192.0.2.0/24 - 192.0.3.0/24", "!not-a-range"),
        ("192.0.2.1-", "!not-a-range"),
        ("192.0.2.1 - Chicago", "192.0.2.1/32 !unknown-attribute"),
        ("192.0.2.1-192.0.2.999", "!octet-too-large"),
        ("192.0.2.1-fe80::1%eth0", "!zone-id"),
        ("::ffff:192.0.2.0-::ffff:192.0.2.255", "192.0.2.0/24 ~mapped-address"),
    ]);
}

#[test]
fn netmasks() {
    check(&[
        ("10.0.0.0 255.0.0.0", "10.0.0.0/8"),
        ("10.0.0.0/255.0.0.0", "10.0.0.0/8"),
        ("10.0.0.0 mask 255.0.0.0", "10.0.0.0/8"),
        ("10.0.0.0\t255.255.0.0 localpref 150", "10.0.0.0/16 localpref=150"),
        ("0.0.0.0 0.0.0.0", "0.0.0.0/0"),
        ("0.0.0.0 128.0.0.0", "0.0.0.0/1"),
        ("10.0.0.1 255.0.0.0", "10.0.0.0/8 ~host-bits-set"),
        ("10.0.0.1 255.255.255.255", "10.0.0.1/32"),
        ("10.0.0.0 255.0.255.0", "!mask-not-contiguous"),
        ("10.0.0.0 0.0.0.255", "10.0.0.0/24 ~wildcard-mask"),
        ("10.0.0.0 0.0.0.0", "!ambiguous-mask"),
        ("10.0.0.0, 255.0.0.0", "10.0.0.0/32; 255.0.0.0/32"),
        ("10.0.0.1 10.0.0.2", "10.0.0.1/32; 10.0.0.2/32"),
    ]);
}

#[test]
fn attributes() {
    check(&[
        ("10.0.0.0/8 localpref=150", "10.0.0.0/8 localpref=150"),
        ("10.0.0.0/8 lp 150 weight 5", "10.0.0.0/8 weight=5 localpref=150"),
        ("10.0.0.0/8 Local-Pref = 150", "10.0.0.0/8 localpref=150"),
        ("10.0.0.0/8 local_preference: 150", "10.0.0.0/8 localpref=150"),
        ("10.0.0.0/8 localpref=\"150\"", "10.0.0.0/8 localpref=150"),
        ("10.0.0.0/8 med=7 metric=8", "10.0.0.0/8 med=7 !duplicate-attribute"),
        ("10.0.0.0/8, 192.0.2.0/24 lp=150", "10.0.0.0/8 localpref=150; 192.0.2.0/24 localpref=150"),
        ("10.0.0.0/8 lp=150, 192.0.2.0/24", "10.0.0.0/8 localpref=150; 192.0.2.0/24"),
        ("10.0.0.0/8 lp=150 192.0.2.0/24 lp=7", "10.0.0.0/8 localpref=150; 192.0.2.0/24 localpref=7"),
        ("10.0.0.0/8, ::/0 lp=1\n::/0", "10.0.0.0/8 localpref=1; ::/0 localpref=1; ::/0"),
        ("192.0.2.1-192.0.2.2 lp=1", "192.0.2.1/32 localpref=1; 192.0.2.2/32 localpref=1"),
        ("10.0.0.0/8 aspath=65010 65010 {1,2} (65001)", "10.0.0.0/8 aspath=\"65010 65010 {1,2} (65001)\""),
        (
            "10.0.0.0/8 aspath=(65001 65002) 3356 [65003,65004] {7 8}",
            "10.0.0.0/8 aspath=\"(65001 65002) 3356 [65003,65004] {7,8}\"",
        ),
        ("10.0.0.0/8 aspath \"65010 65020\" lp 5", "10.0.0.0/8 localpref=5 aspath=\"65010 65020\""),
        ("10.0.0.0/8 aspath=65010,65020, 192.0.2.0/24", "10.0.0.0/8 aspath=\"65010 65020\"; 192.0.2.0/24"),
        ("10.0.0.0/8 aspath=65010 192.0.2.0/24", "10.0.0.0/8 aspath=\"65010\"; 192.0.2.0/24"),
        ("10.0.0.0/8 aspath=AS65010 1.10 med=3", "10.0.0.0/8 aspath=\"65010 65546\" med=3"),
        ("10.0.0.0/8 aspath=\"\"", "10.0.0.0/8 aspath=\"\""),
        ("10.0.0.0/8 aspath=", "10.0.0.0/8 !bad-value"),
        ("10.0.0.0/8 aspath=4294967296", "10.0.0.0/8 !bad-value"),
        ("10.0.0.0/8 aspath={1,x} lp=5", "10.0.0.0/8 localpref=5 !bad-value"),
        ("10.0.0.0/8 prepend=3", "10.0.0.0/8 prepend=3"),
        ("10.0.0.0/8 prepend=256", "10.0.0.0/8 !bad-value"),
        (
            "10.0.0.0/8 origin=i\n10.0.0.0/8 origin e\n10.0.0.0/8 origin=?",
            "10.0.0.0/8 origin=Igp; 10.0.0.0/8 origin=Egp; 10.0.0.0/8 origin=Incomplete",
        ),
        ("10.0.0.0/8 community=12076:51004,12076:5010", "10.0.0.0/8 community=12076:5010 community=12076:51004"),
        (
            "10.0.0.0/8 community=12076:51004, 12076:5010, 192.0.2.0/24",
            "10.0.0.0/8 community=12076:5010 community=12076:51004; 192.0.2.0/24",
        ),
        ("10.0.0.0/8 community 1:2 3:4 community=1:2", "10.0.0.0/8 community=1:2 community=3:4"),
        ("10.0.0.0/8 community=no-export", "10.0.0.0/8 community=65535:65281"),
        ("10.0.0.0/8 community=12076:51004 2001:db8::/32", "10.0.0.0/8 community=12076:51004; 2001:db8::/32"),
        ("10.0.0.0/8 community=12076:70000", "10.0.0.0/8 !bad-value"),
        ("10.0.0.0/8 nexthop=192.0.2.1 distance=20", "10.0.0.0/8 nexthop=192.0.2.1 distance=20"),
        ("10.0.0.0/8 via 2001:db8::1", "10.0.0.0/8 nexthop=2001:db8::1"),
        ("10.0.0.0/8 nexthop=192.0.2.1/24", "10.0.0.0/8 !bad-value"),
        ("10.0.0.0/8 protocol=static", "10.0.0.0/8 protocol=Static"),
        ("10.0.0.0/8 protocol ospf", "10.0.0.0/8 protocol=Igp"),
        ("10.0.0.0/8 distance=256", "10.0.0.0/8 !bad-value"),
        ("10.0.0.0/8 ge=16 le=24", "10.0.0.0/8 ge=16 le=24"),
        ("10.0.0.0/8 ge 7", "10.0.0.0/8 !bad-value"),
        ("10.0.0.0/8 le=33", "10.0.0.0/8 !bad-value"),
        ("10.0.0.0/8 ge=24 le=16", "10.0.0.0/8 ge=24 !bad-value"),
        ("2001:db8::/32 le=128", "2001:db8::/32 le=128"),
        ("10.0.0.0/8 le=24\n192.0.2.0/25 le=24", "10.0.0.0/8 le=24; 192.0.2.0/25 !bad-value"),
        ("10.0.0.0/8 localpref=high", "10.0.0.0/8 !bad-value"),
        ("10.0.0.0/8 localpref", "10.0.0.0/8 !bad-value"),
        ("10.0.0.0/8 localpref=-1", "10.0.0.0/8 !bad-value"),
        ("10.0.0.0/8 localpref=4294967296", "10.0.0.0/8 !bad-value"),
        ("localpref=150", "!attribute-without-prefix"),
        ("localpref=150 10.0.0.0/8", "10.0.0.0/8 !attribute-without-prefix"),
        ("10.0.0.0/99 localpref=150", "!length-too-long"),
        ("10.0.0.0/8 localprf=150", "10.0.0.0/8 !unknown-attribute"),
    ]);
}

#[test]
fn words_that_mean_nothing() {
    check(&[
        ("office", "!not-an-address"),
        ("office 10.0.0.0/8 localpref=5", "!not-an-address"),
        ("office, 10.0.0.0/8", "10.0.0.0/8 !not-an-address"),
        ("10.0.0.0/8 office 192.0.2.0/24, 198.51.100.0/24", "10.0.0.0/8; 198.51.100.0/24 !unknown-attribute"),
        ("= 10.0.0.0/8", "!not-an-address"),
        ("2024-05-06", "!not-an-address"),
        ("https://10.0.0.0/8", "!not-an-address"),
        ("\0\u{1}", "!not-an-address"),
        ("ü, 10.0.0.0/8", "10.0.0.0/8 !not-an-address"),
    ]);
    let reading = read("one\n# two\n\n10.0.0.0/8 three\n010.0.0.1\nlocalpref=1", None);
    assert_eq!((reading.lines, reading.skipped, reading.entries_read), (6, 3, 1));
}

#[test]
fn fixes_say_what_would_mend() {
    for (text, mended) in [
        ("10.0.0.1/8", "10.0.0.0/8"),
        ("a, 10.1/16", "a, 10.1.0.0/16"),
        ("010.001.0.1/16", "10.1.0.1/16"),
        ("10.0.0.0/08", "10.0.0.0/8"),
        ("192.0.2.9 - 192.0.2.1", "192.0.2.1-192.0.2.9"),
        ("192.0.2.1-7", "192.0.2.1-192.0.2.7"),
        ("fe80::1%eth0/64", "fe80::1/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("10.0.0.1 255.0.0.0 lp=5", "10.0.0.0/8 lp=5"),
        ("10.0.0.0 0.255.255.255", "10.0.0.0/8"),
        ("default", "0.0.0.0/0"),
        ("10.0.0.0/8 weigth=5", "10.0.0.0/8 weight=5"),
        ("10.0.0.0/8 comunity 1:2", "10.0.0.0/8 community 1:2"),
        ("10.0.0.0/8 Chicago office", "10.0.0.0/8 # Chicago office"),
        ("Chicago office", "# Chicago office"),
    ] {
        let reading = read(text, Some(Format::Plain));
        let fix = reading.faults.kept.iter().rev().find_map(|fault| fault.fix.clone()).expect(text);
        let mut fixed = text.to_owned();
        fixed.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.replacement);
        assert_eq!(fixed, mended, "{text:?}");
    }
}

/// What is plainly meant is said, and mended by one click; what it stands behind is read all the same.
#[test]
fn a_community_alone_and_a_length_apart_are_told() {
    check(&[
        ("104.47.0.0/17 12076:5010", "104.47.0.0/17 !community-alone"),
        ("52.238.78.88 /32", "52.238.78.88/32 !length-apart"),
        ("2001:db8:: /32", "2001:db8::/128 !length-apart"),
        // Behind a whole prefix a length is a word like any other, and at a line's beginning there is no address.
        ("10.0.0.0/8 /16", "10.0.0.0/8 !unknown-attribute"),
        ("/32", "!not-an-address"),
        ("12076:5010", "!not-an-address"),
        // Too large for a community.
        ("10.0.0.0/8 99999:1", "10.0.0.0/8 !not-an-address"),
    ]);
    for (text, mended) in [
        ("104.47.0.0/17 12076:5010", "104.47.0.0/17 community=12076:5010"),
        ("104.47.0.0/17 12076:5010 12076:5060", "104.47.0.0/17 community=12076:5010 community=12076:5060"),
        ("52.238.78.0   /24", "52.238.78.0/24"),
    ] {
        let reading = read(text, Some(Format::Plain));
        let mut now = text.to_owned();
        for fault in reading.faults.kept.iter().rev() {
            let fix = fault.fix.as_ref().unwrap();
            now.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.replacement);
        }
        assert_eq!(now, mended);
        assert_eq!(read(&now, Some(Format::Plain)).faults.total(), 0, "{now}");
    }
}

#[test]
fn places_are_those_of_the_words() {
    let text = "# first\n  10.0.0.0/8 lp=5, 192.0.2.1-192.0.2.2\n\"2001:db8::/32\"";
    let reading = read(text, None);
    let lines = LineIndex::new(text);
    let place = |at| {
        let place = lines.line_column(at);
        (place.line, place.column)
    };
    let v4: Vec<_> = reading.v4.iter().map(|entry| place(entry.at)).collect();
    assert_eq!(v4, [(2, 3), (2, 20), (2, 20)]);
    assert_eq!(place(reading.v6[0].at), (3, 2));
}

#[test]
fn the_examples_of_the_grammar_read_as_they_say() {
    let (prefixes, attributes) = twopath::intake::plain::GRAMMAR.split_once("Behind prefixes").unwrap();
    let first_column = |line: &str| line.trim().split("  ").next().unwrap().to_owned();
    let examples: Vec<String> = prefixes.lines().filter(|line| line.starts_with("  ")).map(first_column).collect();
    assert_eq!(examples.len(), 6);
    for example in examples {
        let shown = reads(&example);
        assert!(!shown.contains('!'), "{shown}");
    }
    for example in
        ["aspath=65010 65020 {65030,65031} (65001 65002)", "community=12076:51004,12076:5010", "ge=24 le=28"]
    {
        assert!(attributes.contains(example));
        let shown = reads(&format!("10.0.0.0/8 {example}"));
        assert!(!shown.contains(['!', '~']), "{shown}");
    }
}
