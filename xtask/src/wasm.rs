//! As much of the binary format of WebAssembly as is needed to name its functions.
//!
//! <https://webassembly.github.io/spec/core/binary/modules.html>

use crate::failure::{Failure, OrFail, Result};

const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
const CODE: u8 = 10;

/// The functions of a program.
pub struct Functions<'w> {
    /// How many are imported; these come first.
    pub imported: usize,
    /// The code of each other, in order.
    pub bodies: Vec<&'w [u8]>,
}

/// The functions of a program without a name section.
pub fn functions(wasm: &[u8]) -> Result<Functions<'_>> {
    let odd = || Failure::new("the program is no WebAssembly as wasm-opt writes it", "build again");
    read(wasm).ok_or_else(odd)
}

fn read(wasm: &[u8]) -> Option<Functions<'_>> {
    let mut rest = Reader(wasm.strip_prefix(b"\0asm\x01\0\0\0")?);
    let mut functions = Functions { imported: 0, bodies: Vec::new() };
    while !rest.0.is_empty() {
        let (id, mut section) = (rest.byte()?, Reader(rest.sized()?));
        match id {
            IMPORT => {
                for _ in 0..section.number()? {
                    section.sized()?;
                    section.sized()?;
                    functions.imported += usize::from(section.import()?);
                }
            }
            CODE => {
                for _ in 0..section.number()? {
                    functions.bodies.push(section.sized()?);
                }
            }
            CUSTOM if section.sized()? == b"name" => return None,
            _ => {}
        }
    }
    Some(functions)
}

/// The program with a name for each of its functions, imported ones apart.
pub fn named(wasm: &[u8], functions: &Functions, names: &[String]) -> Result<Vec<u8>> {
    let mut map = Vec::new();
    number(&mut map, names.len())?;
    for (at, name) in names.iter().enumerate() {
        number(&mut map, functions.imported + at)?;
        sized(&mut map, name.as_bytes())?;
    }
    let mut section = Vec::new();
    sized(&mut section, b"name")?;
    // The names of functions, among those of other things.
    section.push(1);
    sized(&mut section, &map)?;
    let mut out = wasm.to_vec();
    out.push(CUSTOM);
    sized(&mut out, &section)?;
    Ok(out)
}

struct Reader<'w>(&'w [u8]);

impl<'w> Reader<'w> {
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    /// LEB128, of 32 bits at most.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn sized(&mut self) -> Option<&'w [u8]> {
        let length = self.number()?;
        let (some, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(some)
    }

    /// What is imported, behind its two names: whether it is a function.
    fn import(&mut self) -> Option<bool> {
        let kind = self.byte()?;
        match kind {
            // A function's type.
            0 => drop(self.number()?),
            // A table: what it holds, and its limits.
            1 => {
                self.byte()?;
                self.limits()?;
            }
            2 => self.limits()?,
            // A global: its type, and whether it changes.
            3 => {
                self.byte()?;
                self.byte()?;
            }
            _ => return None,
        }
        Some(kind == 0)
    }

    fn limits(&mut self) -> Option<()> {
        let both = self.byte()? & 1 == 1;
        self.number()?;
        if both {
            self.number()?;
        }
        Some(())
    }
}

fn number(out: &mut Vec<u8>, number: usize) -> Result<()> {
    let mut left = u32::try_from(number).or_fail("the program is too large", "make it smaller")?;
    while left >= 0x80 {
        out.push(left as u8 | 0x80);
        left >>= 7;
    }
    out.push(left as u8);
    Ok(())
}

fn sized(out: &mut Vec<u8>, bytes: &[u8]) -> Result<()> {
    number(out, bytes.len())?;
    out.extend_from_slice(bytes);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two imports, of which one is a function, and two functions.
    const PROGRAM: &[u8] =
        b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x0f\x02\x01a\x01b\0\0\x01a\x01c\x02\x01\x01\x02\
        \x03\x03\x02\0\0\x0a\x08\x02\x02\0\x0b\x03\0\x01\x0b";

    #[test]
    fn functions_are_found() {
        let found = functions(PROGRAM).unwrap();
        assert_eq!((found.imported, found.bodies), (1, vec![&b"\0\x0b"[..], &b"\0\x01\x0b"[..]]));
    }

    #[test]
    fn names_stand_behind_the_program() {
        let found = functions(PROGRAM).unwrap();
        let named = named(PROGRAM, &found, &["b".to_owned(), "a".to_owned()]).unwrap();
        assert_eq!(named.strip_prefix(PROGRAM), Some(&b"\0\x0e\x04name\x01\x07\x02\x01\x01b\x02\x01a"[..]));
        assert!(functions(&named).is_err(), "names are there already");
    }

    #[test]
    fn what_is_cut_short_is_a_failure() {
        for length in (0..PROGRAM.len()).filter(|length| ![8, 14, 31, 36].contains(length)) {
            assert!(functions(&PROGRAM[..length]).is_err(), "{length}");
        }
    }
}
