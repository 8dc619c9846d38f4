//! What is done to what is given before the clock starts: it is read, so that it comes from a cache and not from memory.

use crate::clock::timed;
use crate::family::Ip;
use std::hint::black_box;

/// Reads prefixes with their values, as if they had just been parsed. Done for everyone alike, before every build: else the
/// first thing measured is how fast what the others pushed out of the caches comes back.
pub fn warm<P>(prefixes: &[(P, u32)]) {
    black_box(prefixes.iter().fold(0, |all, (_, value)| all ^ value));
}

/// Lookups in one call: a virtual machine takes over faster code only where a function is entered, so long work is done
/// by many calls.
pub const CHUNK: usize = 4096;

/// How many are asked between two looks at the clock. A browser's clock is too coarse for parts.
const PART: usize = if cfg!(target_arch = "wasm32") { usize::MAX } else { CHUNK };

/// Nanoseconds for each address, asked by work that is given some of them at a time.
///
/// The addresses of a part are read once before the clock starts, for everyone alike: a million of them are larger than a
/// core's own caches, and what is measured is looking up, not how fast questions come out of memory.
pub fn ask<A: Ip>(addresses: &[A], mut work: impl FnMut(&[A])) -> f64 {
    let mut ns = 0.0;
    for part in addresses.chunks(PART) {
        black_box(part.iter().fold(0, |all, address| all ^ address.to_u128()));
        ns += timed(|| part.chunks(CHUNK).for_each(&mut work)).0;
    }
    ns / addresses.len() as f64
}
