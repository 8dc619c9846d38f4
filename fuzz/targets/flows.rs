//! Flow logs, whatever is in them and however it comes in pieces.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| twopath_fuzz::logs(data));
