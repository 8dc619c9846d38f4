//! Recognition: which format a text is in, and the bytes of a file made text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| twopath_fuzz::recognises(data));
