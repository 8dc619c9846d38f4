//! Address space answers alike in both worlds. Files named `tests/wasm_*.rs` are compiled natively and, by
//! `cargo xtask test`, to wasm for a browser: there the line below makes each `#[test]` one of the
//! browser's.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use std::net::Ipv6Addr;

use twopath::space::{Partition, Prefix};

#[test]
fn addresses_of_128_bits_are_looked_up() {
    let documentation = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0).to_bits();
    let prefix = Prefix::new(documentation, 32).expect("a /32");
    let partition = Partition::from_prefixes("elsewhere", [(prefix, "documentation")]);
    assert_eq!(partition.lookup(documentation + (1 << 95)), "documentation");
    assert_eq!(partition.lookup(documentation + (1 << 96)), "elsewhere");
}
