//! BGP tables and routing tables whose rows are made of columns.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| twopath_fuzz::reads(data, &twopath_fuzz::TABLES));
