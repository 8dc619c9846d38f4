//! The page's binary: the same wasm as page and as worker.

#[cfg(target_arch = "wasm32")]
fn main() {
    twopath::ui::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
