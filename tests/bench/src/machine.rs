//! The machine that measured.

use serde_json::{Value, json};
use std::fs;

/// What it is, and what it had to do beside the measuring.
#[must_use]
pub fn describe() -> Value {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    let os = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let os = os.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).map(|name| name.trim_matches('"'));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    json!({
        "cpu": cpu.unwrap_or(std::env::consts::ARCH),
        "cores": cores,
        "os": os.unwrap_or(std::env::consts::OS),
        "compiler": env!("COMPILER"),
        "load": load(),
    })
}

/// How many processes wanted a core over the last minute, as the system says it.
#[must_use]
pub fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}
