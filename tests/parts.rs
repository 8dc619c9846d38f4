//! Pastes of several prints: every format's golden file is one part, and any two of them, one after the other, are two.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use twopath::intake::{decode, read, split};

/// The golden inputs of every format, and the real samples where they are.
fn texts(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let Ok(entries) = fs::read_dir(&root) else {
        println!("!!! SKIPPED: there is no {folder} !!!");
        return Vec::new();
    };
    let mut texts: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|end| end != "expected" && end != "md"))
        .filter(|path| fs::metadata(path).unwrap().len() < 1 << 20)
        .filter_map(|path| Some((path.display().to_string(), decode(fs::read(&path).unwrap()).ok()?.text)))
        // Its JSON is cut off, so all that comes behind is in it.
        .filter(|(name, _)| !name.ends_with("service-tags-cut.json"))
        .filter(|(_, text)| !read(text, None).is_empty())
        .collect();
    texts.sort();
    texts
}

#[test]
fn a_print_of_one_device_is_one_part() {
    let all =
        [texts("tests/golden/intake"), texts("../shared/data/routers"), texts("../shared/data/azure")].concat();
    assert!(all.len() >= 25);
    let mut wrong = Vec::new();
    for (name, text) in all {
        let parts = split(&text);
        let shown: Vec<&str> = parts.iter().map(|part| text[part.span.clone()].lines().next().unwrap()).collect();
        if parts.len() != 1 {
            wrong.push(format!("{name}: {shown:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_prints_in_one_paste_are_two_parts() {
    let texts = texts("tests/golden/intake");
    let (mut pairs, mut apart, mut wrong) = (0, 0, Vec::new());
    for (index, (name, first)) in texts.iter().enumerate() {
        // A seventh of all pairs, each format in each place: reading them all takes a while.
        for (other, second) in texts.iter().skip(index % 7).step_by(7) {
            let (a, b) = (read(first, None), read(second, None));
            if a.format == b.format {
                continue;
            }
            let both = format!("{}\n\n{second}", first.trim_end());
            let parts = split(&both);
            pairs += 1;
            match parts.len() {
                // Not told apart: then no line may be lost by it that wouldn't be by hand.
                1 => wrong.push(format!("{name} + {other}: one part")),
                2 => {
                    let formats: Vec<_> = parts.iter().map(|part| read(&both[part.span.clone()], None)).collect();
                    let same = formats[0].format == a.format && formats[1].format == b.format;
                    let entries =
                        formats[0].entries_read + formats[1].entries_read == a.entries_read + b.entries_read;
                    if same && entries {
                        apart += 1
                    } else {
                        wrong.push(format!("{name} + {other}: cut elsewhere"))
                    }
                }
                more => wrong.push(format!("{name} + {other}: {more} parts")),
            }
        }
    }
    println!("{apart} of {pairs} pairs told apart");
    println!("{}", wrong.join("\n"));
    // What is left is understood by the first one's format too, or by no heading of its own told apart.
    assert!(apart * 100 >= pairs * 98, "{apart} of {pairs}");
}
