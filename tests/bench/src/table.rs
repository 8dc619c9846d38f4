//! The tables that are measured on: the real full table where it lies beside the clone, else a made-up one.

use crate::family::Ip;
use crate::random::Random;
use crate::shape::{self, Shape};
use std::collections::HashSet;
use std::fmt::Write;
use twopath::space::Prefix;

/// A made-up table's sizes: what a full table has today.
#[cfg(not(target_arch = "wasm32"))]
const MADE_UP: (usize, usize) = (900_000, 230_000);
#[cfg(not(target_arch = "wasm32"))]
const MADE_UP_QUICK: (usize, usize) = (60_000, 20_000);

/// A table of both families.
pub struct Table {
    /// What it is, for the output.
    pub name: String,
    /// Sorted, each once.
    pub v4: Vec<(u32, u8)>,
    /// Sorted, each once.
    pub v6: Vec<(u128, u8)>,
    /// One prefix a line, IPv4 first: what is read when text is measured.
    pub text: String,
}

impl Table {
    /// The real table where it is there; otherwise, or for a `quick` run, a made-up one (a quick run's is small).
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn find(quick: bool) -> Self {
        if quick { Self::made_up(MADE_UP_QUICK) } else { Self::real().unwrap_or_else(|| Self::made_up(MADE_UP)) }
    }

    /// The real one, from `../shared/data`.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn real() -> Option<Self> {
        use std::io::Read;
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/bgp/full-table.txt.gz");
        let mut text = String::new();
        flate2::read::GzDecoder::new(std::fs::File::open(path).ok()?).read_to_string(&mut text).ok()?;
        Some(Self::read("a Tier-1 router's full table", text))
    }

    /// A made-up table of that many prefixes of each family.
    #[must_use]
    pub fn made_up((v4, v6): (usize, usize)) -> Self {
        let (v4, v6) = (shape::prefixes::<u32>(v4, 4), shape::prefixes::<u128>(v6, 6));
        let mut text = String::new();
        v4.iter().for_each(|&prefix| line(&mut text, prefix));
        v6.iter().for_each(|&prefix| line(&mut text, prefix));
        Self { name: "a made-up table of a real one's shape".to_owned(), v4, v6, text }
    }

    /// From a text with a prefix a line; lines that are none are left out.
    #[must_use]
    pub fn read(name: &str, text: String) -> Self {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for net in text.lines().filter_map(|line| line.trim().parse().ok()) {
            match net {
                ipnet::IpNet::V4(net) => v4.push((net.network().to_bits(), net.prefix_len())),
                ipnet::IpNet::V6(net) => v6.push((net.network().to_bits(), net.prefix_len())),
            }
        }
        v4.sort_unstable();
        v4.dedup();
        v6.sort_unstable();
        v6.dedup();
        Self { name: name.to_owned(), v4, v6, text }
    }

    /// What was measured on, in words.
    #[must_use]
    pub fn input(&self) -> String {
        format!("{}: {} IPv4, {} IPv6 prefixes", self.name, grouped(self.v4.len()), grouped(self.v6.len()))
    }
}

fn line<A: Ip>(text: &mut String, (address, length): (A, u8)) {
    // Writing into a string can't fail.
    let _ = writeln!(text, "{}/{length}", address.to_ip());
}

/// A number with commas between its thousands.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// What is given to a builder: prefixes with the value that each leads to, which is its place in the sorted table.
/// Every prefix has a value of its own: nothing merges by luck, and a lookup says which prefix it matched.
pub type Routes<A> = Vec<(Prefix<A>, u32)>;

/// The routes of a sorted table.
#[must_use]
pub fn routes<A: Ip>(table: &[(A, u8)]) -> Routes<A> {
    let prefixes = table.iter().filter_map(|&(address, length)| Prefix::new(address, length));
    prefixes.zip(0..).collect()
}

/// The same in no order.
#[must_use]
pub fn shuffled<A: Ip>(routes: &Routes<A>) -> Routes<A> {
    let mut shuffled = routes.clone();
    Random::new(99).shuffle(&mut shuffled);
    shuffled
}

/// A part of a table: that many of its prefixes, drawn from all over it, sorted.
#[must_use]
pub fn sample<A: Ip>(table: &[(A, u8)], count: usize) -> Vec<(A, u8)> {
    let mut all = table.to_vec();
    Random::new(7).shuffle(&mut all);
    all.truncate(count);
    all.sort_unstable();
    all
}

/// A few prefixes as an ExpressRoute peering gives them: as many short ones as long ones, from all over the table.
#[must_use]
pub fn peering<A: Ip>(table: &[(A, u8)], count: usize) -> Vec<(A, u8)> {
    let all = sample(table, table.len());
    let lengths = if A::BITS == 32 { 16..=24_u8 } else { 29..=48 };
    let share = count.div_ceil(lengths.len());
    let mut few: Vec<_> = Vec::new();
    for length in lengths {
        let mut of_length: Vec<_> = all.iter().copied().filter(|&(_, known)| known == length).collect();
        Random::new(5).shuffle(&mut of_length);
        few.extend(of_length.into_iter().take(share).take(count - few.len()));
    }
    few.sort_unstable();
    few
}

/// Next month's table: of the prefixes 2% are gone and 2% lead elsewhere, and 2% are new.
#[must_use]
pub fn next_month<A: Shape>(routes: &Routes<A>) -> Routes<A> {
    let mut random = Random::new(2);
    let mut next = Vec::with_capacity(routes.len() + routes.len() / 50);
    for &(prefix, value) in routes {
        match random.below(50) {
            0 => {}
            1 => next.push((prefix, value ^ 0x4000_0000)),
            _ => next.push((prefix, value)),
        }
    }
    let known: HashSet<_> = routes.iter().map(|(prefix, _)| *prefix).collect();
    let wanted = routes.len() / 50;
    let mut added = HashSet::new();
    while added.len() < wanted {
        // Beside or inside of what is there, as new announcements are.
        let (near, _) = routes[random.below(routes.len())];
        let length = (near.length() + random.below(3) as u8).min(A::BITS);
        let around = near.length().saturating_sub(4);
        let address = A::random_in(&mut random, near.address().network(around), around);
        let Some(fresh) = Prefix::truncating(address, length) else { continue };
        if !known.contains(&fresh) && added.insert(fresh) {
            next.push((fresh, 0x2000_0000 + added.len() as u32));
        }
    }
    next.sort_unstable_by_key(|(prefix, _)| *prefix);
    next
}
