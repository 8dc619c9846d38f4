//! Two folders of pictures, compared pixel by pixel: what changed by intention is seen, what changed without is found.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::Path;

use crate::Result;

/// A picture in red, green, blue and opacity.
#[derive(Clone, PartialEq, Eq)]
struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<[u8; 4]>,
}

/// What became of the pictures of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many are the same, pixel by pixel.
    pub same: usize,
    /// Those that aren't, with what differs.
    pub changed: Vec<(String, String)>,
    /// Those that the earlier folder hasn't.
    pub new: Vec<String>,
    /// Those that only the earlier folder has.
    pub missing: Vec<String>,
}

impl Compared {
    /// Whether nothing is other than before.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.changed.is_empty() && self.new.is_empty() && self.missing.is_empty()
    }
}

/// Compares the pictures of two folders, and writes one with the differences marked into a third for each that changed.
pub fn folders(earlier: &Path, now: &Path, marked: &Path) -> Result<Compared> {
    let (before, after) = (names(earlier)?, names(now)?);
    if before.is_empty() || after.is_empty() {
        return Err(format!("no picture in {} or in {}", earlier.display(), now.display()).into());
    }
    let mut compared = Compared {
        new: after.difference(&before).cloned().collect(),
        missing: before.difference(&after).cloned().collect(),
        ..Compared::default()
    };
    for name in before.intersection(&after) {
        let (one, other) = (read(&earlier.join(name))?, read(&now.join(name))?);
        if one == other {
            compared.same += 1;
            continue;
        }
        let (differences, count, place) = mark(&one, &other);
        fs::create_dir_all(marked)?;
        write(&marked.join(name), &differences)?;
        let sizes = if (one.width, one.height) == (other.width, other.height) {
            String::new()
        } else {
            format!(", {} x {} before and {} x {} now", one.width, one.height, other.width, other.height)
        };
        compared.changed.push((name.clone(), format!("{count} pixels {place}{sizes}")));
    }
    Ok(compared)
}

fn names(folder: &Path) -> Result<BTreeSet<String>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    Ok(names.filter(|name| name.ends_with(".png")).collect())
}

/// The later picture, faded, with each pixel that differs in red; how many these are, and between which corners.
fn mark(one: &Picture, other: &Picture) -> (Picture, usize, String) {
    let (width, height) = (one.width.max(other.width), one.height.max(other.height));
    let (mut pixels, mut count) = (Vec::new(), 0);
    let (mut first, mut last) = ((width, height), (0, 0));
    for y in 0..height {
        for x in 0..width {
            let (before, after) = (one.at(x, y), other.at(x, y));
            let same = before == after;
            if !same {
                count += 1;
                first = (first.0.min(x), first.1.min(y));
                last = (last.0.max(x), last.1.max(y));
            }
            let [red, green, blue, _] = after.unwrap_or([255; 4]);
            let faded = |part: u8| 170 + part / 3;
            pixels.push(if same { [faded(red), faded(green), faded(blue), 255] } else { [220, 0, 40, 255] });
        }
    }
    let place = format!("from {}, {} to {}, {}", first.0, first.1, last.0, last.1);
    (Picture { width, height, pixels }, count, place)
}

impl Picture {
    fn at(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        if x >= self.width || y >= self.height {
            return None;
        }
        self.pixels.get(y as usize * self.width as usize + x as usize).copied()
    }
}

fn read(path: &Path) -> Result<Picture> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut decoder = png::Decoder::new(BufReader::new(File::open(path).map_err(|error| told(&error))?));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(|error| told(&error))?;
    let mut bytes = vec![0; reader.output_buffer_size().ok_or_else(|| told(&"too large"))?];
    let info = reader.next_frame(&mut bytes).map_err(|error| told(&error))?;
    bytes.truncate(info.buffer_size());
    let pixels = match info.color_type {
        png::ColorType::Rgba => bytes.as_chunks().0.to_vec(),
        png::ColorType::GrayscaleAlpha => {
            bytes.as_chunks().0.iter().map(|[grey, opacity]| [*grey, *grey, *grey, *opacity]).collect()
        }
        other => return Err(told(&format!("pixels of an unknown kind, {other:?}")).into()),
    };
    Ok(Picture { width: info.width, height: info.height, pixels })
}

fn write(path: &Path, picture: &Picture) -> Result {
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), picture.width, picture.height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(picture.pixels.as_flattened())?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pixel_is_told_and_marked() {
        let root = std::env::temp_dir().join(format!("twopath-compare-{}", std::process::id()));
        let [earlier, now, marked] = ["earlier", "now", "marked"].map(|name| root.join(name));
        for folder in [&earlier, &now] {
            fs::create_dir_all(folder).unwrap();
        }
        let plain = Picture { width: 3, height: 2, pixels: vec![[10, 20, 30, 255]; 6] };
        let mut other = plain.clone();
        other.pixels[4] = [10, 20, 31, 255];
        let longer = Picture { width: 3, height: 3, pixels: vec![[10, 20, 30, 255]; 9] };
        for (name, before, after) in [
            ("same.png", Some(&plain), Some(&plain)),
            ("changed.png", Some(&plain), Some(&other)),
            ("longer.png", Some(&plain), Some(&longer)),
            ("new.png", None, Some(&plain)),
            ("missing.png", Some(&plain), None),
        ] {
            if let Some(picture) = before {
                write(&earlier.join(name), picture).unwrap();
            }
            if let Some(picture) = after {
                write(&now.join(name), picture).unwrap();
            }
        }
        let compared = folders(&earlier, &now, &marked).unwrap();
        let wanted = Compared {
            same: 1,
            changed: vec![
                ("changed.png".into(), "1 pixels from 1, 1 to 1, 1".into()),
                ("longer.png".into(), "3 pixels from 0, 2 to 2, 2, 3 x 2 before and 3 x 3 now".into()),
            ],
            new: vec!["new.png".into()],
            missing: vec!["missing.png".into()],
        };
        assert!(compared == wanted && !compared.is_same(), "{compared:?}");
        let seen = read(&marked.join("changed.png")).unwrap();
        let red = |at: usize| seen.pixels[at] == [220, 0, 40, 255];
        assert_eq!((0..6).filter(|at| red(*at)).collect::<Vec<_>>(), [4]);
        assert!(!marked.join("same.png").exists());
        assert!(folders(&earlier, &earlier, &marked).unwrap().is_same());
        assert!(folders(&earlier, &root, &marked).is_err(), "nothing is not the same");
        fs::remove_dir_all(root).unwrap();
    }
}
