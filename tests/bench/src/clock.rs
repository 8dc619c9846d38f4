//! A clock that runs on, natively and in a browser.

/// Nanoseconds that a piece of work took, and what it came to.
pub fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    #[cfg(not(target_arch = "wasm32"))]
    {
        let start = std::time::Instant::now();
        let out = work();
        (start.elapsed().as_secs_f64() * 1e9, out)
    }
    #[cfg(target_arch = "wasm32")]
    {
        let start = crate::wasm::now();
        let out = work();
        ((crate::wasm::now() - start) * 1e6, out)
    }
}
