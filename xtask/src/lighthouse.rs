//! What Lighthouse says of the built page, on a desktop: told, and never a reason to fail.
//!
//! <https://github.com/GoogleChrome/lighthouse>, whose report is described in its `docs/understanding-results.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::command::{on_path, quiet};
use crate::failure::{Failure, OrFail, Result};
use crate::project::Project;
use crate::serve::Server;
use crate::sizes;
use crate::steps::step;
use crate::tools::browser::{self, FLAGS};
use crate::tools::npm;

/// The newest that runs on Node 20.
const VERSION: &str = "12.8.2";

const CATEGORIES: [&str; 3] = ["performance", "accessibility", "best-practices"];

/// One run is chance: the middle one of three is told.
const RUNS: usize = 3;

/// What makes an audit's score one: others only inform, don't apply, or are for people to look at.
const SCORED: [&str; 3] = ["numeric", "binary", "metricSavings"];

const NEXT: &str = "look at the rights and the room of target/lighthouse";

/// Measures `dist/` as it lies there, and leaves `target/lighthouse/summary.json` beside the whole reports.
///
/// Scores are told whatever they are. An audit that didn't run has told nothing, and that is a failure.
pub fn measure(project: &Project) -> Result<()> {
    let dist = project.dist();
    if !dist.join("index.html").is_file() {
        return Err(Failure::new("there is no dist/", "run `cargo xtask build` first"));
    }
    let chrome = step("browser", browser::ready)?.ok_or_else(|| {
        Failure::new("there is no browser", "install Chromium, or name it by CHROME and CHROMEDRIVER")
    })?;
    let modules = step(&format!("Lighthouse {VERSION}"), || npm::package("lighthouse", VERSION))?;
    let node = on_path("node").ok_or_else(|| Failure::new("there is no Node.js", "install Node.js 20"))?;
    let folder = project.target.join("lighthouse");
    if folder.exists() {
        fs::remove_dir_all(&folder).or_fail(format!("cannot empty {}", folder.display()), NEXT)?;
    }
    let site = folder.join("site");
    step("files, packed as hosts send them", || pack(&dist, &site))?;
    let server = Server::bind(&site, 0).and_then(Server::spawn).or_fail("cannot serve the page", "try again")?;
    let mut reports = Vec::new();
    for run in 1..=RUNS {
        let path = folder.join(format!("run-{run}.json"));
        step(&format!("run {run} of {RUNS}"), || {
            let mut lighthouse = Command::new(&node);
            lighthouse
                .arg(modules.join("lighthouse/cli/index.js"))
                .arg(server.url())
                .args(["--preset=desktop", "--output=json", "--quiet"])
                .arg(format!("--only-categories={}", CATEGORIES.join(",")))
                .arg(format!("--output-path={}", path.display()))
                .arg(format!("--chrome-flags={}", FLAGS.join(" ")))
                .env("CHROME_PATH", &chrome.browser);
            quiet(&mut lighthouse, "look at the message above; the machine may be too busy").map(|_| ())
        })?;
        let text = fs::read_to_string(&path).or_fail(format!("no {}", path.display()), NEXT)?;
        reports.push(serde_json::from_str(&text).or_fail(format!("{} is no JSON", path.display()), NEXT)?);
    }
    let summary = Summary::of(&reports);
    let path = folder.join("summary.json");
    fs::write(&path, format!("{:#}\n", summary.json()))
        .or_fail(format!("cannot write {}", path.display()), NEXT)?;
    print!("{}", summary.text());
    println!("\n{}", path.display());
    if summary.failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        format!("not everything was looked at:\n{}", summary.failed.join("\n")),
        "the whole reports are in target/lighthouse; try again on a machine with less to do",
    ))
}

/// A copy of the page with a packed twin beside each file that is smaller so.
fn pack(dist: &Path, site: &Path) -> Result<()> {
    for path in sizes::files(dist)? {
        let to = site.join(path.strip_prefix(dist).unwrap_or(&path));
        let bytes = fs::read(&path).or_fail(format!("{} cannot be read", path.display()), "build again")?;
        let packed = sizes::gzipped(&bytes)?;
        let written = fs::create_dir_all(to.parent().unwrap_or(site)).and_then(|()| fs::write(&to, &bytes));
        written.or_fail(format!("cannot write {}", to.display()), NEXT)?;
        if packed.len() < bytes.len() {
            let twin = format!("{}.gz", to.display());
            fs::write(&twin, packed).or_fail(format!("cannot write {twin}"), NEXT)?;
        }
    }
    Ok(())
}

/// What some runs say together.
struct Summary {
    /// By category: the score of each run, of 100; nothing where there is none.
    scores: Vec<(&'static str, Vec<Option<u32>>)>,
    /// Audits below 1 in any run.
    below: Vec<Below>,
    /// What didn't run, and why.
    failed: Vec<String>,
    /// What Lighthouse itself doubts.
    warnings: Vec<String>,
}

/// An audit below 1.
struct Below {
    category: &'static str,
    id: String,
    title: String,
    /// What it counts in its category; many only inform.
    weight: f64,
    /// The lowest of all runs.
    score: f64,
    /// What was measured in that run.
    shown: String,
}

impl Summary {
    fn of(reports: &[Value]) -> Self {
        let mut summary = Self { scores: Vec::new(), below: Vec::new(), failed: Vec::new(), warnings: Vec::new() };
        for (run, report) in (1..).zip(reports) {
            if let Some(message) = report["runtimeError"]["message"].as_str() {
                summary.failed.push(format!("run {run}: {message}"));
            }
            for warning in report["runWarnings"].as_array().into_iter().flatten() {
                summary.warnings.push(format!("run {run}: {}", warning.as_str().unwrap_or_default()));
            }
        }
        for category in CATEGORIES {
            let mut below: BTreeMap<String, Below> = BTreeMap::new();
            let mut scores = Vec::new();
            for (run, report) in (1..).zip(reports) {
                let told = &report["categories"][category];
                let score = told["score"].as_f64();
                if score.is_none() {
                    summary.failed.push(format!("run {run}: {category} has no score"));
                }
                scores.push(score.map(|score| (score * 100.0).round() as u32));
                for reference in told["auditRefs"].as_array().into_iter().flatten() {
                    summary.audit(run, category, reference, report, &mut below);
                }
            }
            summary.scores.push((category, scores));
            summary.below.extend(below.into_values());
        }
        summary
    }

    fn audit(
        &mut self,
        run: usize,
        category: &'static str,
        reference: &Value,
        report: &Value,
        below: &mut BTreeMap<String, Below>,
    ) {
        let id = reference["id"].as_str().unwrap_or_default();
        let audit = &report["audits"][id];
        let text = |name: &str| audit[name].as_str().unwrap_or_default().to_owned();
        match (audit["scoreDisplayMode"].as_str(), audit["score"].as_f64()) {
            (Some(mode), Some(score)) if SCORED.contains(&mode) => {
                if score < 1.0 && below.get(id).is_none_or(|known| score < known.score) {
                    let weight = reference["weight"].as_f64().unwrap_or_default();
                    let (title, shown) = (text("title"), text("displayValue"));
                    below
                        .insert(id.to_owned(), Below { category, id: id.to_owned(), title, weight, score, shown });
                }
            }
            (Some("informative" | "notApplicable" | "manual"), _) => {}
            _ => self.failed.push(format!("run {run}: {category}: {id} didn't run: {}", text("errorMessage"))),
        }
    }

    fn median(scores: &[Option<u32>]) -> Option<u32> {
        let mut scores: Vec<u32> = scores.iter().copied().collect::<Option<_>>()?;
        scores.sort_unstable();
        scores.get(scores.len() / 2).copied()
    }

    fn json(&self) -> Value {
        let categories: serde_json::Map<String, Value> = self
            .scores
            .iter()
            .map(|(name, runs)| ((*name).to_owned(), json!({ "median": Self::median(runs), "runs": runs })))
            .collect();
        let below: Vec<Value> = self
            .below
            .iter()
            .map(|own| {
                json!({ "category": own.category, "audit": own.id, "title": own.title, "weight": own.weight,
                    "lowest": own.score, "shown": own.shown })
            })
            .collect();
        json!({ "lighthouse": VERSION, "preset": "desktop", "categories": categories, "below": below,
            "failed": self.failed, "warnings": self.warnings })
    }

    fn text(&self) -> String {
        let shown = |score: Option<u32>| score.map_or_else(|| "none".to_owned(), |score| score.to_string());
        let mut text = String::new();
        for (category, runs) in &self.scores {
            let all: Vec<String> = runs.iter().map(|score| shown(*score)).collect();
            let median = shown(Self::median(runs));
            text.push_str(&format!("{median:>5}  {category} (runs: {})\n", all.join(", ")));
            for own in self.below.iter().filter(|own| own.category == *category) {
                let what = if own.shown.is_empty() { String::new() } else { format!(": {}", own.shown) };
                text.push_str(&format!(
                    "       {:.2}, weight {}: {}, {}{what}\n",
                    own.score, own.weight, own.id, own.title
                ));
            }
        }
        for warning in &self.warnings {
            text.push_str(&format!("       Lighthouse warns, {warning}\n"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(performance: Value, audits: Value) -> Value {
        let references: Vec<Value> =
            audits.as_object().unwrap().keys().map(|id| json!({ "id": id, "weight": 25 })).collect();
        let of = |score: Value, references: Vec<Value>| json!({ "score": score, "auditRefs": references });
        json!({ "audits": audits, "categories": {
            "performance": of(performance, references),
            "accessibility": of(json!(1), vec![]), "best-practices": of(json!(0.96), vec![]) } })
    }

    #[test]
    fn the_middle_run_is_told_and_the_lowest_of_each_audit() {
        let audit = |score: f64| {
            json!({ "a": { "scoreDisplayMode": "numeric", "score": score, "title": "A",
            "displayValue": format!("{score} s") }, "b": { "scoreDisplayMode": "informative", "score": null },
            "c": { "scoreDisplayMode": "binary", "score": 1 } })
        };
        let runs =
            [report(json!(0.91), audit(0.5)), report(json!(0.99), audit(1.0)), report(json!(0.95), audit(0.4))];
        let summary = Summary::of(&runs);
        let json = summary.json();
        assert_eq!(json["categories"]["performance"], json!({ "median": 95, "runs": [91, 99, 95] }));
        assert_eq!(json["categories"]["best-practices"]["median"], 96);
        assert_eq!(json["below"].as_array().unwrap().len(), 1);
        assert_eq!(json["below"][0]["lowest"], 0.4);
        assert!(summary.failed.is_empty(), "{:?}", summary.failed);
        assert!(
            summary.text().contains("   95  performance (runs: 91, 99, 95)\n       0.40, weight 25: a, A: 0.4 s")
        );
    }

    #[test]
    fn what_did_not_run_is_named() {
        let broken = json!({ "a": { "scoreDisplayMode": "error", "score": null, "errorMessage": "no paint" } });
        let summary = Summary::of(&[report(json!(null), broken), report(json!(1), json!({}))]);
        let wanted = ["run 1: performance has no score", "run 1: performance: a didn't run: no paint"];
        assert_eq!(summary.failed, wanted);
        assert_eq!(summary.json()["categories"]["performance"]["median"], Value::Null);
        let mut absent = report(json!(1), json!({ "a": null }));
        absent["runtimeError"] = json!({ "message": "no page" });
        assert_eq!(Summary::of(&[absent]).failed, ["run 1: no page", "run 1: performance: a didn't run: "]);
    }
}
