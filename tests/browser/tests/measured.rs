//! What `cargo xtask bench` measures in a browser. Ignored otherwise: nothing here may fail for being slow.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use twopath::plan::examples;
use twopath_browser_tests::{Answer, Page, Result, check_within};

const LIMIT: Duration = Duration::from_secs(900);
/// How often a table is dropped.
const DROPS: usize = 5;

/// Where the parts of a run leave what they measured.
fn folder() -> Result<PathBuf> {
    Ok(std::env::var_os("TWOPATH_BENCH").ok_or("run by `cargo xtask bench`")?.into())
}

fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

fn wanted(name: &str) -> bool {
    name.contains(&setting("TWOPATH_BENCH_ONLY"))
}

fn rounds() -> usize {
    setting("TWOPATH_BENCH_ROUNDS").parse().unwrap_or(2)
}

fn is_quick() -> bool {
    setting("TWOPATH_BENCH_QUICK") == "1"
}

/// The same rows natively, one at a time as told.
struct Native {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Native {
    fn start(folder: &Path) -> Result<Self> {
        let mut command = Command::new(setting("TWOPATH_BENCH_NATIVE"));
        command.arg("rows").arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        if is_quick() {
            command.arg("--quick");
        }
        let mut child = command.spawn()?;
        let input = child.stdin.take().ok_or("no input")?;
        let output = BufReader::new(child.stdout.take().ok_or("no output")?);
        Ok(Self { child, input, output })
    }

    fn ask(&mut self, task: &str, row: &str) -> Result<f64> {
        writeln!(self.input, "{task} {row}")?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        line.trim().parse().map_err(|_| format!("the native program didn't answer {task} {row}").into())
    }
}

impl Drop for Native {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn outcome(name: &str, unit: &str, values: &[(String, Vec<f64>)]) -> Value {
    let said = values.iter().map(|(who, values)| {
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        format!("  {who} {:.1}", sorted.get(sorted.len() / 2).copied().unwrap_or_default())
    });
    println!("    {name:<28}{}  ({unit})", said.collect::<String>());
    json!({ "name": name, "unit": unit, "values": values })
}

async fn place(page: &Page, more: &str) -> Result<String> {
    let about = page.devtools("Browser.getVersion", json!({})).await?;
    let version = about["product"].as_str().and_then(|product| product.split_once('/')).map_or("?", |(_, of)| of);
    Ok(format!("Chromium {version}{more}"))
}

fn save(file: &str, place: &str, outcomes: &[Value]) -> Result {
    let json = json!({ "place": place, "outcomes": outcomes });
    Ok(fs::write(folder()?.join(file), serde_json::to_string_pretty(&json)?)?)
}

/// A number that a script gives.
async fn number(page: &Page, script: &str) -> Result<f64> {
    let value = page.eval(script).await?;
    value.as_f64().ok_or_else(|| Box::<dyn Error>::from(format!("{script} gave {value}")))
}

#[test]
#[ignore = "measures; run by `cargo xtask bench`"]
fn rows_in_chromium() {
    check_within("bench-rows", LIMIT, async |page| {
        page.patience(Duration::from_secs(120));
        page.open(if is_quick() { "index.html?quick" } else { "index.html" }).await?;
        page.until("the rows are there", async || Ok(page.eval("return !!window.bench").await? == true)).await?;
        let mut native = Native::start(&folder()?)?;
        let mut outcomes = Vec::new();
        let names = page.eval("return bench.names()").await?;
        for (at, line) in names.as_str().unwrap_or_default().lines().enumerate() {
            let (name, unit) = line.split_once('\t').ok_or("a row has a name and a unit")?;
            if !wanted(name) {
                continue;
            }
            native.ask("warm", name)?;
            for _ in 0..3 {
                page.eval(&format!("bench.warm({at})")).await?;
                // Faster code is made beside it and taken at the next call.
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            let mut values = [("ours".to_owned(), Vec::new()), ("native".to_owned(), Vec::new())];
            for _ in 0..rounds() {
                values[0].1.push(number(page, &format!("return bench.run({at})")).await?);
                values[1].1.push(native.ask("run", name)?);
            }
            outcomes.push(outcome(name, unit, &values));
        }
        drop(native);
        let contests = page.eval("return bench.contests()").await?;
        for (at, contest) in contests.as_array().into_iter().flatten().enumerate() {
            let name = contest[0].as_str().unwrap_or_default();
            if !wanted(name) {
                continue;
            }
            let who: Vec<String> =
                contest[2].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
            for _ in 0..3 {
                page.eval(&format!("bench.warmContest({at})")).await?;
                for one in &who {
                    number(page, &format!("return bench.contest({at}, {one:?})")).await?;
                }
            }
            let mut values: Vec<_> = who.into_iter().map(|one| (one, Vec::new())).collect();
            for _ in 0..rounds() {
                for (one, values) in &mut values {
                    values.push(number(page, &format!("return bench.contest({at}, {one:?})")).await?);
                }
            }
            outcomes.push(outcome(name, contest[1].as_str().unwrap_or_default(), &values));
        }
        let compiler = page.eval("return bench.compiler()").await?;
        let made = format!(" (wasm by {})", compiler.as_str().unwrap_or_default());
        save("chromium.json", &place(page, &made).await?, &outcomes)
    });
}

/// From the drop to the frame in which the list and a current answer are shown, by the page's own clock.
const WATCH: &str = "
    const wanted = arguments[0];
    window.painted = null;
    document.addEventListener('drop', () => { window.dropped = performance.now(); }, { capture: true, once: true });
    const shown = () => {
        const answer = document.querySelector('#answer[aria-busy=false]');
        return answer && !answer.querySelector('.dim') && document.body.textContent.includes(wanted);
    };
    const look = () => {
        document.querySelector('.import-apply:not(:disabled)')?.click();
        if (window.dropped === undefined || document.querySelector('dialog') || !shown()) return requestAnimationFrame(look);
        // A frame that has it is painted before the next task.
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { window.painted = performance.now() - window.dropped; };
        requestAnimationFrame(() => channel.port2.postMessage(0));
    };
    window.dropped = undefined;
    requestAnimationFrame(look);";

#[test]
#[ignore = "measures; run by `cargo xtask bench`"]
fn a_full_table_dropped_on_the_page() {
    let name = "full table dropped on the page to a painted answer";
    if !wanted(name) {
        return;
    }
    check_within("bench-drop", LIMIT, async |page| {
        let text = fs::read_to_string(folder()?.join("table.txt"))?;
        let read = count_of(&text);
        let (mut learned, mut source) = (Vec::new(), Vec::new());
        for _ in 0..if is_quick() { 1 } else { DROPS } {
            // Where the answer needs it: onto what the Internet exit learns. And anywhere: a source that nothing uses.
            learned.push(dropped(page, LEARNED, &text, &read).await?);
            source.push(dropped(page, "return 'main'", &text, &read).await?);
        }
        let outcomes = [
            outcome(name, "ms", &[("ours".to_owned(), learned)]),
            outcome("on the page, a full table read as a source", "ms", &[("ours".to_owned(), source)]),
        ];
        save("page.json", &place(page, ", the built page").await?, &outcomes)
    });
}

/// Gives the selector of the box with what the first exit, the Internet link, learns.
const LEARNED: &str = "
    const boxes = [...document.querySelectorAll('textarea.list-text')];
    const learned = boxes.find(box => box.getAttribute('aria-label').startsWith('Learned'));
    return `[id=\"${learned.id}\"]`;";

/// Milliseconds from a drop to the painted answer, on a page that has nothing of an earlier one.
async fn dropped(page: &Page, target: &str, text: &str, read: &str) -> Result<f64> {
    page.open("").await?;
    page.forget().await?;
    let clear =
        "(async () => { for (const one of await indexedDB.databases()) indexedDB.deleteDatabase(one.name); })()";
    page.devtools("Runtime.evaluate", json!({ "expression": clear })).await?;
    page.open("?again").await?;
    page.patience(Duration::from_secs(100));
    page.answers(&Answer::to(&examples::first())).await?;
    let target = page.eval(target).await?;
    page.client.execute(WATCH, vec![read.into()]).await?;
    page.drop_file(target.as_str().unwrap_or("main"), "full-table.txt", text).await?;
    page.until("the answer is painted", async || Ok(page.eval("return window.painted").await?.is_number()))
        .await?;
    number(page, "return window.painted").await
}

/// How the page says how much it read.
fn count_of(text: &str) -> String {
    let v6 = text.lines().filter(|line| line.contains(':')).count();
    let v4 = text.lines().filter(|line| !line.is_empty()).count() - v6;
    format!("{} IPv4", grouped(v4))
}

fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let parts: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|part| str::from_utf8(part).ok()).collect();
    parts.join(",")
}
