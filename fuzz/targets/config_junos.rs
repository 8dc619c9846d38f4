//! Junos, in braces and as set lines.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| twopath_fuzz::configures(data, &twopath_fuzz::CONFIG_JUNOS));
