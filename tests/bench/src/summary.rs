//! All that was measured, judged and written: `summary.json`, and tables for people.

use crate::contest::{OURS, Outcome, quartiles};
use crate::contract::{Bar, Judged, bar};
use crate::rows::FAILURES;
use serde_json::{Value, json};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Where the tables stand in the docs.
const BEGIN: &str = "<!-- tables: written by `cargo xtask bench --docs` -->";
const END: &str = "<!-- end of tables -->";

/// The name that a native run has beside one in wasm.
pub const NATIVE: &str = "native";

/// A part of a run: a file of outcomes.
struct Part {
    /// Where it ran, in words.
    place: String,
    outcomes: Vec<Outcome>,
}

/// Everything measured, from the files of a folder.
struct Run {
    native: Value,
    input: String,
    rows: Vec<Outcome>,
    parts: Vec<Part>,
    judged: Vec<Judged>,
}

/// Writes `summary.json` and `summary.md` into the folder, and the tables into a page of the docs if asked.
///
/// # Errors
/// Where a file can't be read or written, or the page has no place for tables.
pub fn write(folder: &Path, docs: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let run = Run::read(folder)?;
    let summary: Vec<_> = run.judged.iter().map(Judged::to_json).collect();
    fs::write(folder.join("summary.json"), serde_json::to_string_pretty(&summary)?)?;
    let tables = run.tables()?;
    fs::write(folder.join("summary.md"), &tables)?;
    if let Some(page) = docs {
        let text = fs::read_to_string(page)?;
        fs::write(page, with_tables(&text, &tables).ok_or("the page has no place for the tables")?)?;
    }
    for row in &run.judged {
        if !row.met {
            println!("    BELOW ITS MUST: {} ({})", row.name, reached(row));
        } else if !row.goal_met {
            println!("    below its goal: {} ({})", row.name, reached(row));
        }
    }
    Ok(())
}

fn with_tables(page: &str, tables: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{tables}{END}{after}"))
}

impl Run {
    fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let native: Value = serde_json::from_str(&fs::read_to_string(folder.join("native.json"))?)?;
        let input = native["input"].as_str().unwrap_or_default().to_owned();
        let rows = outcomes(&native);
        let mut parts = Vec::new();
        for file in ["node.json", "chromium.json", "page.json"] {
            if let Ok(text) = fs::read_to_string(folder.join(file)) {
                let part: Value = serde_json::from_str(&text)?;
                let place = part["place"].as_str().unwrap_or_default().to_owned();
                parts.push(Part { place, outcomes: outcomes(&part) });
            }
        }
        let contract = rows.iter().filter(|row| !row.name.starts_with("growth"));
        let mut judged: Vec<_> = contract.filter_map(|row| Judged::of(row, &input)).collect();
        for part in &parts {
            judged.extend(part.whole().and_then(|whole| Judged::of(&whole, &input)));
            let study = part.outcomes.iter().find(|row| row.name == FAILURES).cloned();
            judged.extend(study.and_then(|mut study| {
                study.name = format!("{}, {}", study.name, part.program());
                study.values.retain(|(who, _)| who == OURS);
                Judged::of(&study, &input)
            }));
            let beside = part.outcomes.iter().filter(|row| row.median(NATIVE).is_none());
            judged.extend(beside.filter_map(|row| Judged::of(row, &format!("{input}; {}", part.place))));
        }
        Ok(Self { native, input, rows, parts, judged })
    }

    fn tables(&self) -> Result<String, Box<dyn Error>> {
        let mut out = String::new();
        let text = |key: &str| self.native["machine"][key].as_str().unwrap_or_default();
        writeln!(out, "\nMachine: {}, {} cores, {}.", text("cpu"), self.native["machine"]["cores"], text("os"))?;
        let places: Vec<_> = self.parts.iter().map(|part| part.place.as_str()).collect();
        writeln!(out, "Programs: {}; {}.", text("compiler"), places.join("; "))?;
        let end = self.native["load_at_end"].as_str().unwrap_or_default();
        writeln!(out, "Load before and after the native rows: {} and {end} (1 is this measuring).", text("load"))?;
        writeln!(out, "Input: {}.", self.input)?;
        if self.native["quick"] == true {
            writeln!(out, "\n**A quick run: it shows that the measuring works, not what the engine does.**")?;
        }
        self.contract(&mut out)?;
        self.everyone(&mut out)?;
        self.growth(&mut out)?;
        for part in &self.parts {
            part.beside_native(&mut out)?;
        }
        Ok(out)
    }

    fn contract(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\n### What is promised, and what is measured\n")?;
        writeln!(out, "| row | unit | ours | fastest peer | its value | reached | must | goal | |")?;
        writeln!(out, "|---|---|--:|---|--:|--:|--:|--:|---|")?;
        for row in &self.judged {
            let peer = row.peer.as_deref().unwrap_or("");
            let value = row.peer_value.map(short).unwrap_or_default();
            let bar = |bar: Option<f64>| bar.map(|bar| self::shown(row, bar)).unwrap_or_default();
            let verdict = match (row.must, row.met, row.goal_met) {
                (None, ..) => "",
                (_, false, _) => "**below must**",
                (_, _, false) => "must",
                _ => "goal",
            };
            writeln!(
                out,
                "| {} | {} | {} | {peer} | {value} | {} | {} | {} | {verdict} |",
                row.name,
                row.unit,
                short(row.ours),
                reached(row),
                bar(row.must),
                bar(row.goal)
            )?;
        }
        Ok(())
    }

    fn everyone(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\n### Everyone, median and quartiles\n")?;
        let rows: Vec<_> = self.rows.iter().filter(|row| !row.name.starts_with("growth")).collect();
        let (alone, full): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.name.starts_with("text"));
        grid(out, &full)?;
        for row in alone {
            writeln!(out, "\n{}, {}: {}.", row.name, row.unit, cells(row).join("; "))?;
        }
        Ok(())
    }

    fn growth(&self, out: &mut String) -> std::fmt::Result {
        let rows: Vec<_> = self.rows.iter().filter(|row| row.name.starts_with("growth")).collect();
        if rows.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n### As the table grows\n")?;
        writeln!(out, "Building sorted prefixes, and lookups in announced space. The largest is made up.\n")?;
        grid(out, &rows)
    }
}

impl Part {
    /// Node or Chromium.
    fn program(&self) -> &str {
        self.place.split(' ').next().unwrap_or_default()
    }

    /// The geometric mean over all rows that ran here and natively.
    fn whole(&self) -> Option<Outcome> {
        let pairs: Vec<_> =
            self.outcomes.iter().filter_map(|row| Some((row.median(OURS)?, row.median(NATIVE)?))).collect();
        let mean = |of: fn(&(f64, f64)) -> f64| {
            let sum: f64 = pairs.iter().map(|pair| of(pair).ln()).sum();
            vec![(sum / pairs.len() as f64).exp()]
        };
        (!pairs.is_empty()).then(|| Outcome {
            name: format!("wasm against native, {}", self.program()),
            unit: "geometric mean of all rows".into(),
            values: vec![(OURS.into(), mean(|pair| pair.0)), (NATIVE.into(), mean(|pair| pair.1))],
        })
    }

    fn beside_native(&self, out: &mut String) -> std::fmt::Result {
        let rows: Vec<_> = self.outcomes.iter().filter(|row| row.median(NATIVE).is_some()).collect();
        if !rows.is_empty() {
            writeln!(out, "\n### In wasm: {}\n", self.place)?;
            writeln!(out, "| row | unit | native | wasm | wasm through native |\n|---|---|--:|--:|--:|")?;
        }
        for row in rows {
            if let (Some(wasm), Some(native)) = (row.median(OURS), row.median(NATIVE)) {
                let (unit, ratio) = (&row.unit, wasm / native);
                writeln!(out, "| {} | {unit} | {} | {} | {ratio:.2} |", row.name, short(native), short(wasm))?;
            }
        }
        Ok(())
    }
}

/// A table with a column for each contestant that takes part in any of the rows.
fn grid(out: &mut String, rows: &[&Outcome]) -> std::fmt::Result {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flat_map(|row| &row.values) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    writeln!(out, "| row | unit | {} |\n|---|---|{}", names.join(" | "), "--:|".repeat(names.len()))?;
    for row in rows {
        write!(out, "| {} | {} |", row.name, row.unit)?;
        for name in &names {
            let found = row.values.iter().find(|(known, _)| known == name);
            write!(out, " {} |", found.map(|(_, values)| spread(values)).unwrap_or_default())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn cells(row: &Outcome) -> Vec<String> {
    row.values.iter().map(|(name, values)| format!("{name} {}", spread(values))).collect()
}

/// Median, with the quartiles where there are some.
fn spread(values: &[f64]) -> String {
    match quartiles(values) {
        Some((low, median, high)) if low < high => format!("{} ({}-{})", short(median), short(low), short(high)),
        Some((_, median, _)) => short(median),
        None => String::new(),
    }
}

fn short(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

fn reached(row: &Judged) -> String {
    match bar(&row.name) {
        Bar::Most(..) => self::short(row.ours),
        Bar::Shown => row.ratio.map(|ratio| format!("{ratio:.2}x")).unwrap_or_default(),
        _ => row.ratio.map(|ratio| shown(row, ratio)).unwrap_or_default(),
    }
}

fn shown(row: &Judged, value: f64) -> String {
    match bar(&row.name) {
        Bar::Times(..) => format!("{value:.2}x"),
        Bar::Part(..) => format!("{value:.2}"),
        Bar::Most(..) | Bar::Shown => short(value),
    }
}

fn outcomes(value: &Value) -> Vec<Outcome> {
    value["outcomes"].as_array().into_iter().flatten().filter_map(Outcome::from_json).collect()
}

/// What a part of a run that was measured elsewhere leaves in its file.
#[must_use]
pub fn part(place: &str, outcomes: &[Outcome]) -> Value {
    json!({ "place": place, "outcomes": outcomes.iter().map(Outcome::to_json).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_replace_tables_and_nothing_else() {
        let page = format!("above\n{BEGIN}\nold\n{END}\nbelow\n");
        assert_eq!(with_tables(&page, "new\n"), Some(format!("above\n{BEGIN}\nnew\n{END}\nbelow\n")));
        assert_eq!(with_tables("no place", "new"), None);
    }

    #[test]
    fn numbers_have_three_digits_or_more() {
        assert_eq!([0.5, 9.994, 12.34, 1234.6].map(short), ["0.50", "9.99", "12.3", "1235"]);
    }
}
