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

/// Every golden file repeated to about 8 MB, as a table for the documents:
/// `cargo test --release --test config -- --ignored --nocapture speed`
#[test]
#[ignore = "a measurement"]
fn speed_of_every_format() {
    println!("| input | read as | MB/s | items |\n|---|---|--:|--:|");
    for (path, text) in super::inputs("config") {
        let What::Config(format) = what(&text) else { panic!("{path:?}") };
        let long = long(&text, format);
        let mut best = f64::MAX;
        let mut items = 0;
        for _ in 0..5 {
            let start = busy();
            items = read(&long, format).items();
            best = best.min(busy() - start);
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        println!("| {name} | {format} | {:.0} | {items} |", long.len() as f64 / 1e6 / best);
    }
}

/// The text again and again, in JSON as an array.
fn long(text: &str, format: ConfigFormat) -> String {
    let times = (8 << 20) / text.len();
    match format {
        ConfigFormat::AzurePeering => format!("[{}]", vec![text.trim(); times].join(",\n")),
        _ => format!("{}\n", text.trim_end()).repeat(times),
    }
}
