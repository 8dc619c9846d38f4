//! Which compiler made this: natively and for wasm it may not be the same.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let asked = std::env::var_os("RUSTC").and_then(|rustc| Command::new(rustc).arg("--version").output().ok());
    let said = asked.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    println!("cargo::rustc-env=COMPILER={}", said.unwrap_or_else(|| "rustc".to_owned()));
}
