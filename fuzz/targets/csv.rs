//! CSV and its headings.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| twopath_fuzz::reads(data, &twopath_fuzz::CSV));
