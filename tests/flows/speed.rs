//! How fast each format is read, and how much memory a long log needs. Asked for, not run with the rest:
//! `cargo test --release --test flows -- --ignored --nocapture`.

use crate::golden::{naming, samples};
use std::time::Instant;
use twopath::desk::flows::{LogChoice, Taking, ends_of};
use twopath::plan::examples::EXAMPLES;
use twopath::plan::load;

/// The sample made long: rows repeated under one heading, records in one array.
fn long(name: &str, log: &[u8], bytes: usize) -> Vec<u8> {
    if !name.ends_with("csv") {
        // One document behind the other.
        return log.iter().copied().cycle().take(bytes / log.len() * log.len()).collect();
    }
    let text = String::from_utf8(log.to_vec()).unwrap();
    let (heading, rows) = text.split_once('\n').unwrap();
    let rows = rows.split("Summary").next().unwrap();
    format!("{heading}\n{}", rows.repeat(bytes / rows.len())).into_bytes()
}

#[test]
#[ignore = "a measurement"]
fn how_fast() {
    let example = EXAMPLES.iter().find(|example| example.file.contains("two-circuits")).unwrap();
    let plan = load(example.json).unwrap().plan;
    for (name, log) in samples().into_iter().filter(|(name, _)| !name.starts_with("bad-")) {
        let log = long(&name, &log, 64 << 20);
        let mut best = f64::MAX;
        for _ in 0..3 {
            let choice = LogChoice { columns: (name == "columns.csv").then(naming), ..LogChoice::default() };
            let mut taking = Taking::new(&plan, ends_of(&plan), choice);
            let began = Instant::now();
            taking.begin(&name);
            log.chunks(256 << 10).for_each(|chunk| taking.feed(chunk));
            taking.end();
            best = best.min(began.elapsed().as_secs_f64());
            assert!(taking.logs[0].read.records > 1000 && taking.logs[0].read.faults.errors == 0, "{name}");
        }
        println!("{name}: {:.0} MB/s", log.len() as f64 / 1e6 / best);
    }
}
