//! The page's binary: the same wasm as page and as worker.

fn main() {}
