//! Lists that people type, and prints made of lines: their scanner of words and their cleaning of lines.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| twopath_fuzz::reads(data, &twopath_fuzz::PLAIN));
