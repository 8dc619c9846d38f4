//! How big the built page is.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::{Compression, write::GzEncoder};

use crate::failure::{Failure, OrFail, Result};

/// The most that the program may weigh, gzipped, in bytes. What it weighs and why: static/docs/size.md.
pub const BUDGET: usize = 1_614_000;

/// Every file of the built page, in order.
pub fn files(dist: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    list(dist, &mut files)?;
    files.sort();
    Ok(files)
}

/// Whether the program is as small as it has to be.
pub fn within_budget(dist: &Path) -> Result<()> {
    for path in files(dist)? {
        if path.extension().is_some_and(|extension| extension == "wasm") {
            let bytes = fs::read(&path).or_fail(format!("{} cannot be read", path.display()), "build again")?;
            let size = gzipped(&bytes)?.len();
            if size > BUDGET {
                return Err(Failure::new(
                    format!(
                        "the program is {} bytes gzipped, over its budget of {}",
                        grouped(size),
                        grouped(BUDGET)
                    ),
                    "static/docs/size.md tells what costs what, and how to see it",
                ));
            }
        }
    }
    Ok(())
}

/// Prints each file's size, raw and gzipped, and the sum.
pub fn print(dist: &Path) -> Result<()> {
    let mut sum = (0, 0);
    println!("{:>12} {:>12}  file", "bytes", "gzipped");
    for path in files(dist)? {
        let bytes = fs::read(&path).or_fail(format!("{} cannot be read", path.display()), "build again")?;
        let (raw, packed) = (bytes.len(), gzipped(&bytes)?.len());
        sum = (sum.0 + raw, sum.1 + packed);
        println!(
            "{:>12} {:>12}  {}",
            grouped(raw),
            grouped(packed),
            path.strip_prefix(dist).unwrap_or(&path).display()
        );
    }
    println!("{:>12} {:>12}  in all", grouped(sum.0), grouped(sum.1));
    Ok(())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in
        fs::read_dir(folder).or_fail(format!("{} cannot be read", folder.display()), "build again")?.flatten()
    {
        let path = entry.path();
        // A folder of Trunk's own, empty after a build.
        if entry.file_name() == ".stage" {
            continue;
        }
        if path.is_dir() { list(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// The bytes as gzip packs them at its best.
pub fn gzipped(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    let packed = packer.write_all(bytes).and_then(|()| packer.finish());
    packed.or_fail("cannot compress", "free some memory")
}

fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(
            [grouped(0), grouped(999), grouped(1_000), grouped(1_234_567)],
            ["0", "999", "1,000", "1,234,567"]
        );
    }

    #[test]
    fn repetition_packs_well() {
        assert!(gzipped(&[7; 10_000]).unwrap().len() < 100);
    }
}
