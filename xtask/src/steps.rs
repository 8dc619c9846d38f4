//! Each step says what it does and how long it took.

use std::time::{Duration, Instant};

use crate::failure::Result;

/// Runs one step between two printed lines.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("==> {name}");
    let start = Instant::now();
    let result = work();
    let took = shown(start.elapsed());
    match &result {
        Ok(_) => println!("<== {name}: done in {took}"),
        Err(_) => println!("<== {name}: FAILED after {took}"),
    }
    result
}

/// A duration as a person says it.
#[must_use]
pub fn shown(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {:02} s", duration.as_secs() / 60, duration.as_secs() % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(shown(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(shown(Duration::from_secs(125)), "2 min 05 s");
    }
}
