//! Cisco ASA: `show nat` and `show nat detail`.
//!
//! ```text
//! Manual NAT Policies (Section 1)
//! 1 (inside) to (er) source dynamic INSIDE ER-POOL   destination static MS MS
//!     translate_hits = 505, untranslate_hits = 750
//!     Source - Origin: 10.0.0.0/8, Translated: 203.0.113.16/28
//!     Destination - Origin: 13.64.0.0/11, Translated: 13.64.0.0/11
//! ```
//! The rules stand in the device's order already. Names are known only with `detail`, which prints their addresses.

use super::asa::{self, Twice};
use super::by_lines;
use crate::intake::config::{Book, ConfigDefinition, Draft, Matched, Reason, Statement, draft, statements};
use crate::pace::Pace;
use crate::space::AddressSet;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "asa-show-nat",
    title: "show nat (Cisco ASA)",
    recognise: |sample| {
        by_lines(sample, 96, |line| {
            line.starts_with("Manual NAT Policies (") || line.starts_with("Auto NAT Policies (")
        })
        .or_else(|| by_lines(sample, 94, |line| row(line).is_some()))
    },
    read: |text, draft, pace| {
        Box::pin(async move {
            let statements = statements(text, &[], pace).await;
            read(&statements.all(), draft, pace).await;
        })
    },
};

/// A line `1 (inside) to (outside) source …`.
fn row(line: &str) -> Option<()> {
    let mut words = line.split_ascii_whitespace();
    words.next()?.parse::<u32>().ok()?;
    let real = words.next()?;
    let shape =
        real.starts_with('(') && real.ends_with(')') && words.next()? == "to" && words.next()?.starts_with('(');
    (shape && words.next()? == "source").then_some(())
}

/// The same of a line that is taken apart.
fn is_row(statement: &Statement) -> bool {
    let real = statement.at(1);
    statement.at(0).parse::<u32>().is_ok()
        && real.starts_with('(')
        && real.ends_with(')')
        && statement.at(2) == "to"
        && statement.at(3).starts_with('(')
        && statement.at(4) == "source"
}

async fn read(statements: &[Statement<'_>], draft: &mut Draft, pace: &Pace) {
    let mut automatic = false;
    let mut rows: Vec<(bool, &Statement, Vec<&Statement>)> = Vec::new();
    for statement in statements {
        pace.work(2).await;
        if statement.begins(&["Manual", "NAT"]) || statement.begins(&["Auto", "NAT"]) {
            automatic = statement.begins(&["Auto"]);
        } else if is_row(statement) {
            rows.push((automatic, statement, Vec::new()));
        } else if let Some((_, _, below)) = rows.last_mut() {
            below.push(statement);
        }
    }
    for (automatic, statement, below) in rows {
        pace.work(16).await;
        let mut book = Book::default();
        details(statement, &below, &mut book, draft);
        let name = |index: usize| statement.at(index).trim_matches(['(', ')']);
        let zone = |name: &str| if name.eq_ignore_ascii_case("any") { vec![] } else { vec![name.to_owned()] };
        let (from, to) = (zone(name(1)), zone(name(3)));
        let done = if automatic {
            match asa::lookup(&mut book, statement.at(6)) {
                Ok(Matched::Of(inside)) => one_object(statement, &inside, to, &mut book, draft),
                Ok(Matched::Any) => Err(Reason::NotUnderstood { statement: statement.rest(0) }),
                Err(reason) => Err(reason),
            }
        } else {
            Twice { name: String::new(), from, to }.rules(statement, 4, &mut book, draft)
        };
        if let Err(reason) = done {
            draft.left_out(statement.span(), reason);
        }
    }
}

/// Object NAT prints its object behind `dynamic`, where configuration has the pool at once.
fn one_object(
    statement: &Statement,
    inside: &AddressSet,
    to: Vec<String>,
    book: &mut Book,
    draft: &mut Draft,
) -> Result<(), Reason> {
    let mut words = statement.words.to_vec();
    if words.len() > 6 {
        words.remove(6);
    }
    let without = Statement { indent: 0, words: &words };
    asa::one_object(statement.at(6), inside, &without, (to, 5), book, draft)
}

/// What `detail` prints of the names of a row.
fn details(statement: &Statement, below: &[&Statement], book: &mut Book, draft: &mut Draft) {
    let destination = statement.find("destination", 4);
    for line in below {
        let names = match line.at(0) {
            "Source" => [Some(6), Some(pool_at(statement))],
            "Destination" => [destination.map(|at| at + 2), destination.map(|at| at + 3)],
            _ => continue,
        };
        let Some(split) = line.find("Translated:", 0) else { continue };
        for (range, name) in [(3..split, names[0]), (split + 1..line.words.len(), names[1])] {
            let Some(name) = name.map(|index| statement.at(index)) else { continue };
            let mut set = AddressSet::empty();
            for index in range {
                let word = line.at(index).trim_end_matches(',');
                match draft::addresses(word) {
                    Some(more) => set = set.union(&more),
                    None => {
                        let reason = Reason::NotUnderstood { statement: line.rest(0) };
                        draft.left_out(line.place(index), reason);
                    }
                }
            }
            if !set.is_empty() && draft::addresses(name).is_none() && !name.eq_ignore_ascii_case("any") {
                book.add(name, set);
                // The interface's own address, where it is the pool: printed with the length of its network.
                if name.eq_ignore_ascii_case("interface") {
                    let interface = statement.at(3).trim_matches(['(', ')']);
                    let word = line.at(split + 1).trim_end_matches(',');
                    if let Ok((address, _)) = crate::intake::address::address_and_length(word) {
                        draft.interface(interface, address);
                    }
                }
            }
        }
    }
}

/// Where the pool of a row stands.
fn pool_at(statement: &Statement) -> usize {
    if statement.at(7).eq_ignore_ascii_case("pat-pool") { 8 } else { 7 }
}
