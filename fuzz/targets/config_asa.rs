//! Cisco ASA, configuration and show nat.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| twopath_fuzz::configures(data, &twopath_fuzz::CONFIG_ASA));
