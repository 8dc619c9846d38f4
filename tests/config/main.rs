//! Reading configuration: golden files, properties, real prints, and what must not be taken for another.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod adopt;
mod confusion;
mod gallery;
mod golden;
mod mess;
mod properties;
mod real;
mod roundtrip;
mod sound;
mod speed;

use std::path::{Path, PathBuf};
use twopath::intake::decode;

/// Files in a folder of the golden ones, but for what they read as, in order.
fn inputs(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(folder);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.is_file() && path.extension().is_none_or(|extension| extension != "expected"));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), decode(std::fs::read(path).unwrap()).unwrap().text)).collect()
}

/// The text of a shared file; `None`, said aloud, where the folder is absent.
fn shared(file: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(file);
    match std::fs::read(path) {
        Ok(bytes) => Some(decode(bytes).unwrap().text),
        Err(_) => {
            eprintln!("skipped: ../shared/data/{file} is not there");
            None
        }
    }
}
