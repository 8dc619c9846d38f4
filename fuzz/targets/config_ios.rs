//! Cisco IOS and its like, IOS-XR and BIRD: lines of words, below each other.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| twopath_fuzz::configures(data, &twopath_fuzz::CONFIG_IOS));
