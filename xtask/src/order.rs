//! An order of the program's functions in which those that are alike stand together.
//!
//! The compiler makes many functions that differ in little: one generic function for several types, one derive for
//! several structs. gzip sees a repetition only within 32 KiB, and the order of functions means nothing to a program.

use std::fs;

use crate::failure::{OrFail, Result};
use crate::project::Project;
use crate::tools::{PageTools, wasm_opt};
use crate::{sizes, wasm};

/// As far back as gzip sees.
const WINDOW: usize = 32 * 1024;

/// Functions are compared by all strings of so many bytes in them.
const LENGTH: usize = 6;

/// A string in more functions than this says nothing of any two.
const COMMON: usize = 100;

/// Puts the functions of the built program in that order: wasm-opt knows how to sort them by name, so they are named
/// by their places; the names go again.
pub fn write(project: &Project, tools: &PageTools) -> Result<()> {
    let (_, mut arguments) = wasm_opt::of_page(project)?;
    arguments.push("--reorder-functions-by-name".into());
    for path in sizes::files(&project.dist())? {
        if path.extension().is_some_and(|extension| extension == "wasm") {
            let program = fs::read(&path).or_fail(format!("{} cannot be read", path.display()), "build again")?;
            let functions = wasm::functions(&program)?;
            let mut names = vec![String::new(); functions.bodies.len()];
            for (place, at) in alike_together(&functions.bodies).into_iter().enumerate() {
                names[at] = format!("{place:08}");
            }
            fs::write(&path, wasm::named(&program, &functions, &names)?)
                .or_fail(format!("{} cannot be written", path.display()), "look at the rights on dist/")?;
            wasm_opt::change(&tools.wasm_opt, &arguments, &path)?;
        }
    }
    Ok(())
}

/// The functions, by index, in that order: the longest first, then always the one that repeats most of what stands in
/// the window before it.
#[must_use]
pub fn alike_together(functions: &[&[u8]]) -> Vec<usize> {
    let strings = Strings::new(functions);
    // How often each string stands in the window, and how many of a function's stand there at all.
    let mut seen = vec![0_u32; strings.holders.len()];
    let mut repeated = vec![0_u64; functions.len()];
    let mut left: Vec<usize> = (0..functions.len()).collect();
    let mut order = Vec::with_capacity(functions.len());
    let (mut first, mut bytes) = (0, 0);
    // Half-way between most in all and most for its length: the first leaves the short ones without neighbours, the
    // second the long ones.
    let gain = |at: usize, repeated: &[u64]| (repeated[at] * repeated[at], functions[at].len() as u64 + 20);
    while let Some(place) = (0..left.len()).reduce(|best, place| {
        let ((one, of_one), (other, of_other)) = (gain(left[best], &repeated), gain(left[place], &repeated));
        let nothing_yet = order.is_empty() && functions[left[place]].len() > functions[left[best]].len();
        if nothing_yet || other * of_one > one * of_other { place } else { best }
    }) {
        let next = left.remove(place);
        order.push(next);
        bytes += functions[next].len();
        for &string in &strings.of[next] {
            seen[string] += 1;
            if seen[string] == 1 {
                strings.holders[string].iter().for_each(|&holder| repeated[holder as usize] += 1);
            }
        }
        while bytes > WINDOW && first + 1 < order.len() {
            let gone = order[first];
            first += 1;
            bytes -= functions[gone].len();
            for &string in &strings.of[gone] {
                seen[string] -= 1;
                if seen[string] == 0 {
                    strings.holders[string].iter().for_each(|&holder| repeated[holder as usize] -= 1);
                }
            }
        }
    }
    order
}

/// The strings that some functions, but not too many, have in common.
struct Strings {
    /// The functions that hold each.
    holders: Vec<Vec<u32>>,
    /// Those that each function holds.
    of: Vec<Vec<usize>>,
}

impl Strings {
    fn new(functions: &[&[u8]]) -> Self {
        let mut all: Vec<(u64, u32)> = Vec::new();
        for (holder, function) in (0..).zip(functions) {
            let number = |string: &[u8]| string.iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
            all.extend(function.windows(LENGTH).map(|string| (number(string), holder)));
        }
        all.sort_unstable();
        all.dedup();
        let mut strings = Self { holders: Vec::new(), of: vec![Vec::new(); functions.len()] };
        for some in all.chunk_by(|one, other| one.0 == other.0) {
            if (2..=COMMON).contains(&some.len()) {
                let holders: Vec<u32> = some.iter().map(|&(_, holder)| holder).collect();
                holders.iter().for_each(|&holder| strings.of[holder as usize].push(strings.holders.len()));
                strings.holders.push(holders);
            }
        }
        strings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_ones_stand_together() {
        let long = |seed: u8| (0..200_u8).map(|at| at.wrapping_mul(seed) ^ seed).collect::<Vec<u8>>();
        let (one, other) = (long(7), long(11));
        let functions: Vec<&[u8]> = vec![&one[..150], &other[..150], &one[..140], &other, &one, b"", b"short"];
        let order = alike_together(&functions);
        assert_eq!(order[0], 3, "the longest first");
        let place = |at: usize| order.iter().position(|&other| other == at).unwrap();
        assert_eq!(place(1).abs_diff(place(3)), 1, "{order:?}");
        assert!(place(0).abs_diff(place(2)) <= 2 && place(0).abs_diff(place(4)) <= 2, "{order:?}");
        let mut all = order;
        all.sort_unstable();
        assert_eq!(all, (0..7).collect::<Vec<usize>>(), "each once");
    }

    #[test]
    fn pairs_find_each_other_over_many_windows() {
        let noise = |seed: u32| {
            let next = |at: u32| at.wrapping_mul(2_654_435_761).wrapping_add(seed).rotate_left(13);
            (0..9_000).map(|at| next(next(at)) as u8).collect::<Vec<u8>>()
        };
        let all: Vec<Vec<u8>> = (0..16).map(|at| noise(at % 8)).collect();
        let functions: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
        let order = alike_together(&functions);
        assert!(order.chunks(2).all(|pair| pair[0] % 8 == pair[1] % 8), "{order:?}");
        assert_eq!(alike_together(&[]), Vec::<usize>::new());
    }
}
