//! `twopath lookup`: a line in, a line out, millions of them.

use crate::output::{Failure, note, plain, quiet};
use crate::{Outcome, args, ask, down, input};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr};
use twopath::desk::Solved;
use twopath::plan::{Id, Loaded, Plan};
use twopath::report::json::{self, BadLine, exits_as_json};
use twopath::report::text;
use twopath::report::words::{self, Names};
use twopath::routing::ExitSet;

/// A longer line is no address, and only so much of it is kept.
const MAX_LINE: usize = 256;
/// How many bad lines are named.
const MAX_BAD: usize = 1000;
/// The answer is written in pieces of about this size.
const PIECE: usize = 1 << 16;

/// Looks up every address.
pub fn run(arguments: &args::Lookup) -> Result<Outcome, Failure> {
    if arguments.plan == "-" && arguments.file == "-" {
        return Err(Failure("The plan and the addresses can't both come from standard input.".to_owned()));
    }
    let Loaded { plan, faults } = input::plan(&arguments.plan)?;
    let mut unusable = input::is_cut(&faults);
    let file = input::shown(&arguments.plan);
    let site = site(&plan, arguments.site.as_deref()).map_err(|what| Failure::of(file, &what))?;
    let scenario = down::scenario(&plan, &arguments.scenario)?;
    let mut lines = Lines::new(input::lines(&arguments.file)?);
    let names = Names::of(&plan);
    let answered = ask::solve(&plan, &scenario)?;
    unusable |= answered.report_lists(file, &names);
    let mut answer = Answer::new(&plan, answered.solved()?, &names, site, arguments.json)?;
    let more = answer.read(&mut lines, input::shown(&arguments.file))?;
    if more {
        answer.end()?;
    }
    if answer.bad > MAX_BAD as u64 {
        let bad = words::count(answer.bad, "line");
        note(&format!(
            "{}: {bad} aren't addresses; the first {MAX_BAD} are named.",
            input::shown(&arguments.file)
        ));
    }
    Ok(if unusable || answer.bad > 0 { Outcome::Unusable } else { Outcome::Works })
}

fn site<'a>(plan: &'a Plan, wanted: Option<&str>) -> Result<&'a Id, String> {
    let known: Vec<&Id> = plan.sites.iter().map(|site| &site.id).collect();
    match wanted {
        None => known.first().copied().ok_or_else(|| "The plan has no site to send from.".to_owned()),
        Some(wanted) => known
            .iter()
            .find(|id| id.as_str() == wanted)
            .copied()
            .ok_or_else(|| format!("There is no site with the id “{wanted}”.{}", down::hint(wanted, &known))),
    }
}

/// The answer as it is being written.
struct Answer<'a> {
    plan: &'a Plan,
    solved: &'a Solved,
    names: &'a Names<'a>,
    site: usize,
    json: Option<json::Lookup>,
    /// Exits as they are written: few sets occur.
    exits: BTreeMap<ExitSet, String>,
    last: Option<(ExitSet, String)>,
    out: Vec<u8>,
    addresses: u64,
    bad: u64,
    bad_lines: Vec<BadLine>,
}

impl<'a> Answer<'a> {
    fn new(
        plan: &'a Plan,
        solved: &'a Solved,
        names: &'a Names<'a>,
        site: &Id,
        json: bool,
    ) -> Result<Self, Failure> {
        let index = solved.site(site).ok_or_else(|| Failure("The plan has no site to send from.".to_owned()))?;
        let mut out = Vec::with_capacity(2 * PIECE);
        let json = json.then(|| {
            let exits: Vec<(&Id, &str)> = plan.exits.iter().map(|exit| (&exit.id, names.exit(&exit.id))).collect();
            let mut form = json::Lookup::default();
            form.begin(&mut out, &plan.name, site, &exits);
            form
        });
        Ok(Self {
            plan,
            solved,
            names,
            site: index,
            json,
            exits: BTreeMap::new(),
            last: None,
            out,
            addresses: 0,
            bad: 0,
            bad_lines: Vec::new(),
        })
    }

    /// Reads and answers all lines; whether somebody still reads the answer.
    fn read(&mut self, lines: &mut Lines, file: &str) -> Result<bool, Failure> {
        loop {
            // What is waited for must not hold back what is answered.
            if (self.out.len() >= PIECE || lines.would_wait()) && !self.flush()? {
                return Ok(false);
            }
            let number = lines.number;
            let line = match lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => return Ok(true),
                Err(error) => return Err(Failure::of(file, &format!("Can't read it: {}.", plain(&error)))),
            };
            let line = line.trim_ascii();
            if line.is_empty() || line.starts_with(b"#") {
                continue;
            }
            match address(line) {
                Some(address) => self.answer(address),
                None => self.bad(file, number + 1, line),
            }
        }
    }

    fn answer(&mut self, address: IpAddr) {
        self.addresses += 1;
        let (prefix, exits) = match self.solved.matched(self.site, address) {
            Some((prefix, exits)) => (Some(prefix), exits),
            None => (None, ExitSet::NONE),
        };
        let written = match self.last.take() {
            Some(last) if last.0 == exits => last.1,
            other => {
                if let Some((exits, written)) = other {
                    self.exits.insert(exits, written);
                }
                self.exits.remove(&exits).unwrap_or_else(|| self.write_exits(exits))
            }
        };
        match &mut self.json {
            Some(form) => form.found(&mut self.out, address, prefix, &written),
            None => text::Lookup.line(&mut self.out, address, prefix, &written),
        }
        self.last = Some((exits, written));
    }

    fn write_exits(&self, exits: ExitSet) -> String {
        let ids: Vec<&Id> =
            exits.iter().filter_map(|index| self.plan.exits.get(index)).map(|exit| &exit.id).collect();
        match &self.json {
            Some(_) => exits_as_json(&ids),
            None => ids.iter().map(|id| self.names.exit(id)).collect::<Vec<_>>().join(", "),
        }
    }

    fn bad(&mut self, file: &str, number: u64, line: &[u8]) {
        self.bad += 1;
        if self.bad_lines.len() < MAX_BAD {
            let text: String = String::from_utf8_lossy(line).chars().take(80).collect();
            note(&format!("{file}:{number}: error: “{text}” is not an address."));
            self.bad_lines.push(BadLine { line: number, text });
        }
    }

    fn end(&mut self) -> Result<(), Failure> {
        if let Some(form) = self.json.take() {
            form.end(&mut self.out, self.addresses, self.bad, &self.bad_lines);
        }
        self.flush().map(|_| ())
    }

    fn flush(&mut self) -> Result<bool, Failure> {
        let mut out = io::stdout().lock();
        let written = out.write_all(&self.out).and_then(|()| out.flush());
        self.out.clear();
        quiet(written)
    }
}

/// Lines as bytes, of which a long one is cut.
struct Lines {
    reader: BufReader<Box<dyn Read>>,
    line: Vec<u8>,
    /// How many were read.
    number: u64,
}

impl Lines {
    fn new(reader: BufReader<Box<dyn Read>>) -> Self {
        Self { reader, line: Vec::with_capacity(MAX_LINE), number: 0 }
    }

    /// Whether the next line isn't wholly here yet.
    fn would_wait(&self) -> bool {
        self.reader.buffer().is_empty()
    }

    /// The next line without its end; `None` behind the last.
    fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.line.clear();
        let mut any = false;
        loop {
            let here = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                here => here?,
            };
            if here.is_empty() {
                break;
            }
            any = true;
            let end = here.iter().position(|byte| *byte == b'\n');
            let piece = here.get(..end.unwrap_or(here.len())).unwrap_or_default();
            let room = MAX_LINE.saturating_sub(self.line.len());
            self.line.extend_from_slice(piece.get(..room).unwrap_or(piece));
            let used = end.map_or(here.len(), |end| end + 1);
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        let line = self.line.as_slice();
        let marked = self.number == 1 && line.starts_with(b"\xef\xbb\xbf");
        Ok(Some(if marked { line.get(3..).unwrap_or_default() } else { line }))
    }
}

/// An address; IPv4 in IPv6 dress (`::ffff:192.0.2.1`) is IPv4.
fn address(line: &[u8]) -> Option<IpAddr> {
    if let Some(address) = ipv4(line) {
        return Some(IpAddr::V4(address));
    }
    let address: IpAddr = std::str::from_utf8(line).ok()?.parse().ok()?;
    Some(address.to_canonical())
}

/// What the standard library takes, faster.
fn ipv4(line: &[u8]) -> Option<Ipv4Addr> {
    let mut octets = [0_u8; 4];
    let mut index = 0;
    let mut value: u16 = 0;
    let mut digits = 0;
    for byte in line {
        match byte {
            b'0'..=b'9' => {
                if digits > 0 && value == 0 {
                    return None;
                }
                value = value * 10 + u16::from(byte - b'0');
                digits += 1;
                if value > 255 {
                    return None;
                }
            }
            b'.' if digits > 0 && index < 3 => {
                octets[index] = value as u8;
                index += 1;
                value = 0;
                digits = 0;
            }
            _ => return None,
        }
    }
    if index < 3 || digits == 0 {
        return None;
    }
    octets[3] = value as u8;
    Some(octets.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ipv4_is_read_as_the_standard_library_reads_it() {
        for text in [
            "0.0.0.0",
            "255.255.255.255",
            "1.2.3.4",
            "01.2.3.4",
            "1.2.3",
            "1.2.3.4.5",
            "1.2.3.256",
            "1.2.3.",
            ".1.2.3",
            "1..2.3",
            "",
            "1.2.3.4 ",
            "1.2.3.0000",
            "1.2.3.00",
            "a",
            "::1",
            "1.2.3.1000",
            "99999.1.1.1",
        ] {
            assert_eq!(ipv4(text.as_bytes()), text.parse().ok(), "{text:?}");
        }
        assert_eq!(address(b"::ffff:192.0.2.1"), "192.0.2.1".parse().ok());
        assert_eq!(address(b"2001:db8::1"), "2001:db8::1".parse().ok());
        assert_eq!(address(b"\xff"), None);
    }
}
