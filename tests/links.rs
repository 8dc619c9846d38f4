//! A plan in a link: it comes back whole, and nothing else does.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use flate2::Compression;
use flate2::read::DeflateEncoder;
use proptest::prelude::*;
use std::io::Read;
use support::random_plan::{Rng, random_plan};
use twopath::desk::link::{Fit, LinkError, MOST_CHARACTERS, MOST_JSON, PASSES_MAIL, fit, read, write};
use twopath::plan::{LoadError, Plan, examples::EXAMPLES};

fn link(plan: &Plan) -> String {
    write(plan).unwrap()
}

fn error(fragment: &str) -> LinkError {
    match read(fragment) {
        Some(Err(error)) => error,
        other => panic!("{fragment}: {other:?}"),
    }
}

/// A link as a hostile hand makes it: anything packed, with the right check.
fn forged(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut packed = Vec::new();
    DeflateEncoder::new(bytes, Compression::best()).read_to_end(&mut packed).unwrap();
    let bits: String = packed.iter().map(|byte| format!("{byte:08b}")).collect();
    let letter = |six: &str| char::from(LETTERS[usize::from_str_radix(&format!("{six:0<6}"), 2).unwrap()]);
    let data: String = bits.as_bytes().chunks(6).map(|six| letter(std::str::from_utf8(six).unwrap())).collect();
    let mut crc = flate2::Crc::new();
    crc.update(format!("1.{data}").as_bytes());
    format!("plan=1.{data}.{:08x}", crc.sum())
}

#[test]
fn a_plan_comes_back_whole() {
    for plan in (0..300).map(random_plan).chain(EXAMPLES.iter().map(|example| example.plan())) {
        let link = link(&plan);
        assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"=.-_".contains(&byte)), "{link}");
        assert!(link.ends_with(|letter: char| letter.is_ascii_alphanumeric()));
        let loaded = read(&link).unwrap().unwrap();
        assert_eq!(loaded.faults, [], "{}", plan.name);
        assert_eq!(loaded.plan, plan);
    }
}

#[test]
fn every_cut_is_refused_and_said_to_be_one() {
    let link = link(&EXAMPLES[0].plan());
    for end in 1..link.len() {
        assert_eq!(error(&link[..end]), LinkError::Cut, "{}", &link[..end]);
    }
}

#[test]
fn every_altered_letter_is_refused() {
    let link = link(&random_plan(3));
    for at in 0..link.len() {
        for letter in "aAzZ09-_.=%# ü".chars() {
            let altered = format!("{}{letter}{}", &link[..at], &link[at + 1..]);
            if altered != link {
                error(&altered);
            }
        }
        // Left out, doubled, and in the wrong case.
        error(&format!("{}{}", &link[..at], &link[at + 1..]));
        error(&format!("{}{}", &link[..=at], &link[at..]));
        let letter = &link[at..=at];
        let other = if letter.to_lowercase() == letter { letter.to_uppercase() } else { letter.to_lowercase() };
        if other != letter {
            error(&format!("{}{other}{}", &link[..at], &link[at + 1..]));
        }
    }
}

#[test]
fn places_on_the_page_are_no_links() {
    for place in ["", "inputs", "answer", "why", "map"] {
        assert_eq!(read(place), None, "{place}");
    }
}

#[test]
fn a_link_of_a_newer_version_is_named() {
    let newer = link(&random_plan(1)).replacen("plan=1.", "plan=2.", 1);
    assert_eq!(error(&newer), LinkError::Newer { version: 2 });
    for bad in ["plan=0.AA.00000000", "plan=01.AA.00000000", "plan=+1.AA.00000000", "plan=99999999999.A.0"] {
        assert_eq!(error(bad), LinkError::Altered, "{bad}");
    }
}

#[test]
fn what_is_well_packed_and_no_plan_is_refused_in_words() {
    assert!(matches!(error(&forged(b"[]")), LinkError::Plan(LoadError::NotAnObject)));
    assert!(matches!(
        error(&forged(b"{\"schema_version\":2}")),
        LinkError::Plan(LoadError::NewerVersion { found: 2, .. })
    ));
    assert_eq!(error(&forged(&[0xff, 0xfe])), LinkError::Altered);
    assert_eq!(error("plan=1..00000000"), LinkError::Altered);
    // The same hand, with a plan.
    let json = twopath::plan::save(&random_plan(5));
    assert_eq!(read(&forged(json.as_bytes())).unwrap().unwrap().plan, random_plan(5));
}

#[test]
fn a_bomb_is_stopped_at_its_limit() {
    let bomb = forged(&vec![b' '; 40 * MOST_JSON]);
    assert!(bomb.len() < 60_000, "{}", bomb.len());
    assert_eq!(error(&bomb), LinkError::TooLarge);
    let mut largest = b"{\"schema_version\":1}".to_vec();
    largest.resize(MOST_JSON, b' ');
    assert!(read(&forged(&largest)).unwrap().is_ok());
    largest.push(b' ');
    assert_eq!(error(&forged(&largest)), LinkError::TooLarge);
}

#[test]
fn a_plan_larger_than_a_link_has_none_and_a_long_one_is_told() {
    let mut plan = random_plan(2);
    // Noise, as lists of prefixes nearly are.
    let mut rng = Rng::from_seed(9);
    let lines: String = (0..2_000).map(|_| format!("{}\n", std::net::Ipv4Addr::from(rng.next() as u32))).collect();
    plan.sites[0].inside = lines.as_str().into();
    assert_eq!(fit(link(&plan).len()), Fit::TooLong);
    plan.sites[0].inside = "x".repeat(MOST_JSON + 1).into();
    assert_eq!(write(&plan), None);
    assert_eq!(
        [1, PASSES_MAIL, PASSES_MAIL + 1, MOST_CHARACTERS, MOST_CHARACTERS + 1].map(fit),
        [Fit::Everywhere, Fit::Everywhere, Fit::Mostly, Fit::Mostly, Fit::TooLong]
    );
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(text in "(plan=)?[0-9]{0,3}[.=]?[A-Za-z0-9_.-]{0,40}.{0,6}") {
        let _ = read(&text);
    }

    #[test]
    fn well_checked_noise_is_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        // What isn't JSON of a plan is refused, however it is packed.
        prop_assert!(matches!(read(&forged(&bytes)), Some(Err(_))));
    }
}
