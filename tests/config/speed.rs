//! How fast configuration is read.

use twopath::intake::config::{ConfigFormat, What, read, what};

/// Seconds of this thread's own time, where the system tells.
fn busy() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.map_or_else(
        || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs_f64(),
        |nanoseconds| nanoseconds / 1e9,
    )
}

/// Every golden file repeated to about 8 MB (64 kB those of Linux), as a table for the documents:
/// `cargo test --release --test config -- --ignored --nocapture speed`. `SPEED_OF=ios-config.txt` measures that file
/// alone, again and again, for a profile.
#[test]
#[ignore = "a measurement"]
fn speed_of_every_format() {
    println!("| input | read as | MB/s | items |\n|---|---|--:|--:|");
    for (path, text) in super::inputs("config") {
        let What::Config(format) = what(&text) else { panic!("{path:?}") };
        let name = path.file_name().unwrap().to_str().unwrap();
        let only = std::env::var("SPEED_OF").ok();
        if only.as_ref().is_some_and(|only| only != name) {
            continue;
        }
        let long = long(&text, format);
        let mut best = f64::MAX;
        let mut items = 0;
        for _ in 0..if only.is_some() { 50 } else { 5 } {
            let start = busy();
            items = read(&long, format).items();
            best = best.min(busy() - start);
        }
        println!("| {name} | {format} | {:.0} | {items} |", long.len() as f64 / 1e6 / best);
    }
}

/// The text again and again, in JSON as an array. Names are numbered, for a device has no two lists of one name: a word in
/// capitals, or one behind a word that gives names, is another one in every copy.
fn long(text: &str, format: ConfigFormat) -> String {
    let times = (8 << 20) / text.len();
    if format == ConfigFormat::AzurePeering {
        return format!("[{}]", vec![text.trim(); times].join(",\n"));
    }
    let mut out = String::with_capacity(9 << 20);
    let names = names(text);
    for copy in 0..times {
        for line in text.trim_end().split('\n') {
            for piece in line.split_inclusive([' ', '\t', ';', '"', ',']) {
                let word = piece.trim_end_matches([' ', '\t', ';', '"', ',']);
                out.push_str(word);
                if names.contains(word) {
                    out.push_str(&copy.to_string());
                }
                out.push_str(&piece[word.len()..]);
            }
            out.push('\n');
        }
    }
    out
}

/// The words behind those that give names.
fn names(text: &str) -> std::collections::HashSet<String> {
    let givers = [
        "pool",
        "prefix-list",
        "route-map",
        "community-list",
        "standard",
        "extended",
        "network",
        "rules",
        "edit",
        "chain",
        "set",
        "rule-set",
        "policy-statement",
        "community",
        "access-list",
        "address",
        "address-set",
        "rule",
        "route-filter-list",
        "prefix-set",
        "define",
        "address-group",
        "term",
        "-A",
        "@",
    ];
    let clean = |word: &str| word.trim_matches(['"', ';', ',', '@']).to_owned();
    let words: Vec<String> = text.split_ascii_whitespace().map(clean).collect();
    let named = words.windows(2).filter(|pair| givers.contains(&pair[0].as_str())).map(|pair| pair[1].clone());
    let is_name = |word: &String| {
        let own =
            ["POSTROUTING", "PREROUTING", "OUTPUT", "INPUT", "FORWARD", "permit", "deny", "any", "in", "out"];
        word.starts_with(|c: char| c.is_ascii_alphabetic())
            && !own.contains(&word.as_str())
            && words.iter().filter(|other| *other == word).count() > 1
            && word.bytes().any(|byte| byte.is_ascii_uppercase())
    };
    named.filter(is_name).collect()
}
