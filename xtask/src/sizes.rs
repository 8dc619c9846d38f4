//! How big the built page is.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::{Compression, write::GzEncoder};

use crate::failure::{OrFail, Result};

/// Prints each file's size, raw and gzipped, and the sum.
pub fn print(dist: &Path) -> Result<()> {
    let mut files = Vec::new();
    list(dist, &mut files)?;
    files.sort();
    let mut sum = (0, 0);
    println!("{:>12} {:>12}  file", "bytes", "gzipped");
    for path in files {
        let bytes = fs::read(&path).or_fail(format!("{} cannot be read", path.display()), "build again")?;
        let (raw, packed) = (bytes.len(), gzipped(&bytes)?);
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

fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    let packed = packer.write_all(bytes).and_then(|()| packer.finish());
    packed.map(|packed| packed.len()).or_fail("cannot compress", "free some memory")
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
        assert!(gzipped(&[7; 10_000]).unwrap() < 100);
    }
}
