//! Never frozen: a full table is read and solved while the page stays free, with progress that can be cancelled.
//!
//! The browser itself says how long its main thread was kept: its observer of long tasks names each of more than
//! 50 ms, from before the file is dropped until the answer is painted.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::{Value, json};
use twopath::intake::config::{self, ConfigFormat};
use twopath::plan::examples;
use twopath::report::words::page::import as words;
use twopath_browser_tests::{Answer, Page, Result, check};

/// One at a time: what is measured is one browser's.
static ALONE: Mutex<()> = Mutex::new(());

/// Before anything of the page runs: what goes between page and worker, and when.
const LISTEN: &str = "
    window.said = [];
    const note = (way, data) => Array.isArray(data)
        && window.said.push([performance.now(), way, String(data[0]).slice(0, 60), data[1]?.byteLength ?? data[1]?.size ?? 0]);
    window.Worker = class extends Worker {
        constructor(...given) {
            super(...given);
            this.addEventListener('message', event => note('heard', event.data));
        }
        postMessage(data, ...more) { note('said', data); super.postMessage(data, ...more); }
    };";

/// Long tasks of the main thread, from now on.
const WATCH: &str = "
    window.long = [];
    new PerformanceObserver(list => {
        for (const task of list.getEntries()) window.long.push([task.startTime, task.duration]);
    }).observe({type: 'longtask'});";

/// Makes the file ready, so that the drop itself costs what a drop costs.
const READY: &str = "
    const [name, contents] = arguments;
    window.ready = new File([Uint8Array.from(atob(contents), letter => letter.charCodeAt(0))], name);";

/// Drops it, and gives the times at which the answer was begun and painted, since then. That it was begun is told by
/// an observer: a quick answer begins and ends between two frames.
const DROP: &str = "
    const [selector, done] = arguments;
    const data = new DataTransfer();
    data.items.add(window.ready);
    const answer = document.querySelector('#answer');
    const target = document.querySelector(selector);
    const begin = window.dropped = performance.now();
    let asked = null;
    const watch = new MutationObserver(() => {
        if (answer.getAttribute('aria-busy') === 'true') {
            asked ??= performance.now();
        } else if (asked !== null) {
            watch.disconnect();
            // A task that a frame puts behind itself comes when that frame is painted.
            requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => done([asked - begin, performance.now() - begin]);
                channel.port2.postMessage(null);
            });
        }
    });
    watch.observe(answer, {attributes: true, attributeFilter: ['aria-busy']});
    // What isn't dropped onto a box is shown in the preview first: applied as soon as that can be.
    // A user's click is a task of its own, and no part of a frame.
    const apply = () => {
        const button = document.querySelector('.import-apply:not(:disabled)');
        if (button) setTimeout(() => button.click()); else if (asked === null) requestAnimationFrame(apply);
    };
    requestAnimationFrame(apply);
    for (const kind of ['dragenter', 'dragover', 'drop'])
        target.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: data}));";

/// What a long task may take.
const LONGEST: f64 = 50.0;

#[test]
fn a_real_full_table_never_blocks_the_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/bgp/full-table.txt.gz");
    let Ok(bytes) = fs::read(&path) else {
        println!("!!! SKIPPED: there is no {} !!!", path.display());
        return;
    };
    never_blocks("full-table", "full-table.txt.gz", &bytes, "901,899 IPv4, 160,147 IPv6", "main");
    never_blocks("full-table-learned", "full-table.txt.gz", &bytes, "901,899 IPv4, 160,147 IPv6", LEARNED);
}

#[test]
fn a_made_up_full_table_never_blocks_the_page() {
    let text = made_up();
    never_blocks("made-up-table", "made-up.txt", text.as_bytes(), "900,000 IPv4, 160,000 IPv6", "main");
    never_blocks("made-up-table-learned", "made-up.txt", text.as_bytes(), "900,000 IPv4, 160,000 IPv6", LEARNED);
}

/// The Internet exit's routes: a table dropped here is decided by, prefix by prefix.
const LEARNED: &str = "[aria-label=\"Learned routes of Internet link\"]";

/// What may be the machine's doing and not the page's isn't the same in each of so many runs: the best counts.
const RUNS: usize = 5;

fn never_blocks(test: &str, name: &str, bytes: &[u8], read: &str, target: &str) {
    let _alone = ALONE.lock();
    check(test, async |page| {
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LISTEN })).await?;
        page.patience(Duration::from_secs(60));
        let (mut longest, mut fastest) = (Vec::new(), f64::INFINITY);
        for _ in 0..RUNS {
            let (painted, kept) = watched(page, test, name, bytes, read, target).await?;
            fastest = fastest.min(painted);
            longest.push(kept);
            if kept <= LONGEST {
                break;
            }
        }
        println!("{test}-answer-ms: {fastest:.0}");
        if longest.iter().all(|kept| *kept > LONGEST) {
            return Err(format!("the page stood still for {longest:.0?} ms in so many runs").into());
        }
        Ok(())
    });
}

const FORTIGATE: &str = include_str!("../../golden/config/fortigate-config.txt");

/// A firewall's whole backup, of which a small part is about translation: five megabytes.
fn backup() -> String {
    let mut text = FORTIGATE.to_owned();
    text.push_str("config webfilter urlfilter\n");
    for index in 0..70_000 {
        let _ = write!(
            text,
            "    edit {index}\n        set url \"site-{index}.example\"\n        set action block\n    next\n"
        );
    }
    text.push_str("end\n");
    text
}

#[test]
fn a_firewalls_backup_never_blocks_the_page() {
    let _alone = ALONE.lock();
    check("backup", async |page| {
        page.patience(Duration::from_secs(60));
        let text = backup();
        let setup = config::read(&text, ConfigFormat::Fortigate);
        let mut longest = Vec::new();
        for _ in 0..RUNS {
            page.open("").await?;
            page.forget().await?;
            page.reload().await?;
            page.answers(&Answer::to(&examples::first())).await?;
            run(page, READY, vec!["backup.conf".into(), base64(text.as_bytes()).into()]).await?;
            pause(500).await;
            page.eval(WATCH).await?;
            let drop = "
                const data = new DataTransfer();
                data.items.add(window.ready);
                for (const kind of ['dragenter', 'dragover', 'drop']) document.querySelector('main').dispatchEvent(
                    new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: data}));";
            page.eval(drop).await?;
            page.wait_for(&words::configured(&setup)).await?;
            pause(500).await;
            let long = page.eval("return window.long.map(([, took]) => took)").await?;
            longest.push(long.as_array().into_iter().flatten().map(number).fold(0.0, f64::max));
            if longest.last().is_some_and(|kept| *kept <= LONGEST) {
                break;
            }
        }
        println!("backup of {} bytes: the longest tasks {longest:.0?} ms", text.len());
        if longest.iter().all(|kept| *kept > LONGEST) {
            return Err(format!("the page stood still for {longest:.0?} ms in so many runs").into());
        }
        page.screenshot("configuration-backup").await
    });
}

/// Drops the table on a new page: when the answer was painted, and the longest task until all was done.
async fn watched(
    page: &Page,
    test: &str,
    name: &str,
    bytes: &[u8],
    read: &str,
    target: &str,
) -> Result<(f64, f64)> {
    page.open("").await?;
    page.forget().await?;
    page.reload().await?;
    page.answers(&Answer::to(&examples::first())).await?;
    // What the first answer leads to is over.
    pause(500).await;
    run(page, READY, vec![name.into(), base64(bytes).into()]).await?;
    pause(500).await;
    page.eval(WATCH).await?;
    page.eval("window.said.length = 0").await?;
    if let Some(rate) = std::env::var("TWOPATH_SLOWED").ok().and_then(|rate| rate.parse::<f64>().ok()) {
        page.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await?;
    }
    let profiled = std::env::var_os("TWOPATH_PROFILE").is_some();
    if profiled {
        page.devtools("Profiler.enable", json!({})).await?;
        page.devtools("Profiler.setSamplingInterval", json!({ "interval": 500 })).await?;
        page.devtools("Profiler.start", json!({})).await?;
        page.devtools("Performance.enable", json!({})).await?;
        metrics("before", &page.devtools("Performance.getMetrics", json!({})).await?);
    }
    let times = page.client.execute_async(DROP, vec![target.into()]).await?;
    let (asked, painted) = (number(&times[0]), number(&times[1]));
    println!("{test}: read after {asked:.0} ms, painted after {painted:.0} ms");
    // What follows the answer is watched too: storage, the windows of lists and tables.
    pause(1_500).await;
    if profiled {
        metrics("after", &page.devtools("Performance.getMetrics", json!({})).await?);
        profile(&page.devtools("Profiler.stop", json!({})).await?);
    }
    page.wait_for(read).await?;
    let long = page.eval("return window.long.map(([at, took]) => [at - window.dropped, took])").await?;
    let said = page.eval("return window.said.map(([at, ...rest]) => [at - window.dropped, ...rest])").await?;
    for one in said.as_array().into_iter().flatten() {
        println!("  {:6.0} ms {} {} ({} bytes)", number(&one[0]), one[1], one[2], one[3]);
    }
    for one in long.as_array().into_iter().flatten() {
        println!("  {:6.0} ms: a task of {:.0} ms", number(&one[0]), number(&one[1]));
    }
    let longest = long.as_array().into_iter().flatten().map(|one| number(&one[1])).fold(0.0, f64::max);
    Ok((painted, longest))
}

/// Prints where the main thread's time went, by function; for looking (`TWOPATH_PROFILE`).
fn profile(reply: &Value) {
    let profile = &reply["profile"];
    let mut names = std::collections::HashMap::new();
    for node in profile["nodes"].as_array().into_iter().flatten() {
        let frame = &node["callFrame"];
        names.insert(node["id"].as_u64(), frame["functionName"].as_str().unwrap_or_default().to_owned());
    }
    let mut spent: std::collections::BTreeMap<String, f64> = std::collections::BTreeMap::new();
    let samples = profile["samples"].as_array().into_iter().flatten();
    for (sample, took) in samples.zip(profile["timeDeltas"].as_array().into_iter().flatten()) {
        *spent.entry(names.get(&sample.as_u64()).cloned().unwrap_or_default()).or_default() +=
            number(took) / 1000.0;
    }
    let mut spent: Vec<(String, f64)> = spent.into_iter().collect();
    spent.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (name, took) in spent.iter().take(25) {
        println!("  {took:7.1} ms {name}");
    }
}

/// Prints how long the browser has laid out and styled so far, and what it holds; for looking (`TWOPATH_PROFILE`).
fn metrics(when: &str, reply: &Value) {
    for one in reply["metrics"].as_array().into_iter().flatten() {
        let name = one["name"].as_str().unwrap_or_default();
        if name.ends_with("Duration") || name.ends_with("Count") || name == "Nodes" {
            println!("  {when}: {name} {:.3}", number(&one["value"]));
        }
    }
}

async fn run(page: &Page, script: &str, given: Vec<Value>) -> Result<Value> {
    Ok(page.client.execute(script, given).await?)
}

async fn pause(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn base64(bytes: &[u8]) -> String {
    base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes)
}

#[test]
fn long_work_shows_phase_and_share_and_can_be_cancelled() {
    let _alone = ALONE.lock();
    check("progress", async |page| {
        let first = Answer::to(&examples::first());
        page.patience(Duration::from_secs(60));
        for (target, wanted) in [("main", "Reading"), (LEARNED, "Sorting|Deciding|Judging")] {
            let seen = cancelled(page, &first, target, wanted).await?;
            let last = seen.last().ok_or("no progress was seen")?;
            assert!(number(&seen[0][0]) >= 300.0, "shown before 300 ms: {}", seen[0]);
            let text = last[1].as_str().unwrap_or_default();
            assert!(text.contains('%') && text.contains("Cancel"), "{text}");
            let shares: Vec<f64> = seen.iter().map(|one| number(&one[2])).collect();
            assert!(shares.iter().all(|share| (0.0..=1000.0).contains(share)), "{shares:?}");
            assert_eq!(page.eval("return document.querySelectorAll('progress').length").await?, 0);
        }
        // A file that isn't read leaves the plan as it was; a plan that isn't solved keeps the older answer, and says so.
        page.by_role("button", "Work it out").await?;
        page.wait_for("Stopped. The answer below is older than the plan.").await?;
        page.by_role("button", "Undo").await?.click().await?;
        page.answers(&first).await
    });
}

/// Drops a list, longer each time until the work on it is long enough to be seen on this machine, and cancels it in
/// the phase wanted: when the bar was seen, with which words and which share.
async fn cancelled(page: &Page, first: &Answer, target: &str, wanted: &str) -> Result<Vec<Value>> {
    const CANCEL: &str = "
        const [selector, wanted, times, done] = arguments;
        const data = new DataTransfer();
        data.items.add(new File(Array(times).fill(window.ready), 'long.txt'));
        const answer = document.querySelector('#answer');
        const begin = performance.now();
        for (const kind of ['dragenter', 'dragover', 'drop']) document.querySelector(selector).dispatchEvent(
            new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: data}));
        const seen = [];
        let active = begin;
        const look = () => {
            const bar = document.querySelector('.progress:not(.progress-stopped)');
            const now = performance.now();
            if (bar || answer.getAttribute('aria-busy') === 'true') active = now;
            if (bar && getComputedStyle(bar).visibility === 'visible') {
                seen.push([now - begin, bar.innerText, bar.querySelector('progress').value]);
                if (bar.innerText.match(wanted)) {
                    bar.querySelector('button').click();
                    return setTimeout(() => done(seen), 300);
                }
            }
            // Nothing has been worked on for a while: it was done before it could be seen.
            if (now - active > 2000 || now - begin > 25000) return done(null);
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look);";
    let text = with_attributes();
    for times in [2, 4, 8, 16] {
        page.open("").await?;
        page.forget().await?;
        page.reload().await?;
        page.answers(first).await?;
        run(page, READY, vec!["part.txt".into(), base64(text.as_bytes()).into()]).await?;
        let seen = page.client.execute_async(CANCEL, vec![target.into(), wanted.into(), json!(times)]).await?;
        if let Some(seen) = seen.as_array() {
            return Ok(seen.clone());
        }
        println!("progress: {times} times the list was too quick for {wanted}");
    }
    Err(format!("{wanted} was never seen").into())
}

/// Lines that the careful reader takes, for they say more than a prefix; the same in every run.
fn with_attributes() -> String {
    let mut text = String::new();
    for index in 0..150_000_u32 {
        let prefix = std::net::Ipv4Addr::from(0x0100_0000 + (index << 8));
        let _ = writeln!(
            text,
            "{prefix}/24 via 192.0.2.1 local-pref {} med {} as-path 64500 {} 64502 origin igp",
            100 + index % 50,
            index % 7,
            64510 + index % 20
        );
    }
    text
}

/// The numbers of the lines that the viewer shows, the first and the last, and their text.
async fn lines_shown(page: &Page) -> Result<(u64, u64, String, String)> {
    let script = "
        const lines = [...document.querySelectorAll('.long-line')].map(line => line.children);
        const of = line => [line[0].textContent, line[1].textContent];
        return lines.length ? [...of(lines[0]), ...of(lines.at(-1))] : null;";
    let found = page.eval(script).await?;
    let text = |index: usize| found[index].as_str().unwrap_or_default().to_owned();
    Ok((text(0).parse()?, text(2).parse()?, text(1), text(3)))
}

#[test]
fn a_list_of_a_million_lines_scrolls_to_its_end_and_by_single_lines() {
    let _alone = ALONE.lock();
    check("million-lines", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.patience(Duration::from_secs(60));
        let text = made_up();
        let lines: Vec<&str> = text.split('\n').collect();
        page.drop_file("main", "million.txt", text.as_bytes()).await?;
        page.wait_for("900,000 IPv4, 160,000 IPv6").await?;
        page.by_role("button", "Apply").await?.click().await?;
        let viewer = page.by_role("region", "Source million.txt").await?;
        let shows = async |first: Option<u64>, last: Option<u64>| {
            let mut now = String::new();
            let right = page
                .until("the lines are shown", async || {
                    let found = lines_shown(page).await?;
                    now = format!("{found:?}");
                    let text = |line: u64| lines[usize::try_from(line - 1).unwrap()];
                    Ok(first.is_none_or(|first| found.0 == first)
                        && last.is_none_or(|last| found.1 == last)
                        && found.2 == text(found.0)
                        && found.3 == text(found.1))
                })
                .await;
            right.map_err(|error| -> Box<dyn std::error::Error> { format!("{error}: {now}").into() })
        };
        let end = lines.len() as u64;
        shows(Some(1), None).await?;
        viewer.focus().await?;
        page.press("End").await?;
        shows(None, Some(end)).await?;
        let (last_window, ..) = lines_shown(page).await?;
        page.press("ArrowUp").await?;
        shows(Some(last_window - 1), None).await?;
        page.press("Home").await?;
        shows(Some(1), None).await?;
        for line in 2..6 {
            page.press("ArrowDown").await?;
            shows(Some(line), None).await?;
        }
        // The bar, dragged to its end and to its middle; a line on from there is the next line.
        let drag = "const [share] = arguments; const viewer = document.querySelector('.long-list');
            viewer.scrollTop = share * (viewer.scrollHeight - viewer.clientHeight);";
        run(page, drag, vec![json!(1.0)]).await?;
        shows(Some(last_window), Some(end)).await?;
        run(page, drag, vec![json!(0.5)]).await?;
        page.until("the middle", async || {
            let (first, ..) = lines_shown(page).await?;
            Ok(first.abs_diff(end / 2) < end / 1000)
        })
        .await?;
        shows(None, None).await?;
        let (middle, ..) = lines_shown(page).await?;
        page.press("ArrowDown").await?;
        shows(Some(middle + 1), None).await?;
        page.press("PageDown").await?;
        page.press("PageUp").await?;
        shows(Some(middle + 1), None).await
    });
}

/// The rows that the table shows: their numbers, and whether each begins where the one before it ends.
async fn rows_shown(page: &Page) -> Result<(u64, u64, u64, u64)> {
    let script = "
        const table = document.querySelector('.panel [role=treegrid]');
        const rows = [...table.querySelectorAll('tbody [role=row]')];
        const number = address => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
        const ranges = rows.map(row => (row.getAttribute('aria-label') ?? '').split(' – '));
        if (ranges.some(range => range[0] === '')) return null;
        const indices = rows.map(row => Number(row.getAttribute('aria-rowindex')));
        for (let at = 1; at < rows.length; at++) {
            if (indices[at] !== indices[at - 1] + 1) return null;
            const [before, after] = [ranges[at - 1].at(-1), ranges[at][0]];
            if (before.includes('.') && after.includes('.') && number(before) + 1 !== number(after)) return null;
        }
        const active = document.getElementById(table.getAttribute('aria-activedescendant'));
        const place = document.querySelector('.panel .tbl').getBoundingClientRect();
        const inView = rows.filter(row => {
            const own = row.getBoundingClientRect();
            return own.bottom > place.top + 40 && own.top < place.bottom - 4;
        }).map(row => Number(row.getAttribute('aria-rowindex')));
        return [inView[0], inView.at(-1), Number(table.getAttribute('aria-rowcount')),
            Number(active?.getAttribute('aria-rowindex') ?? 0)];";
    let found = page.eval(script).await?;
    let one = |index: usize| found[index].as_u64().ok_or("the rows aren't there yet, or don't follow one another");
    Ok((one(0)?, one(1)?, one(2)?, one(3)?))
}

#[test]
fn a_table_of_a_million_rows_scrolls_to_its_end_and_by_single_rows() {
    let _alone = ALONE.lock();
    check("million-rows", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.patience(Duration::from_secs(60));
        page.drop_file(LEARNED, "million.txt", made_up().as_bytes()).await?;
        page.wait_for("900,000 IPv4, 160,000 IPv6").await?;
        page.by_role("tab", "Coverage").await?.click().await?;
        page.by_role("button", "Every prefix").await?.click().await?;
        let shows = async |what: &str, holds: &dyn Fn((u64, u64, u64, u64)) -> bool| {
            let mut now = String::new();
            let right = page
                .until(what, async || {
                    let found = rows_shown(page).await?;
                    now = format!("{found:?}");
                    Ok(holds(found))
                })
                .await;
            right.map_err(|error| -> Box<dyn std::error::Error> { format!("{error}: {now}").into() })
        };
        // The heading is the first row.
        shows("a million rows from the first on", &|(first, _, count, _)| first == 2 && count > 1_000_000).await?;
        page.by_role("treegrid", "Every prefix").await?.focus().await?;
        page.press("End").await?;
        shows("the last row, active", &|(_, last, count, active)| last == count && active == count).await?;
        page.press("ArrowUp").await?;
        shows("the last but one is active", &|(_, _, count, active)| active == count - 1).await?;
        page.press("Home").await?;
        shows("the first row, active", &|(first, .., active)| first == 2 && active == 2).await?;
        for row in 3..6 {
            page.press("ArrowDown").await?;
            shows("the next row is active", &|(.., active)| active == row).await?;
        }
        let drag = "const [share] = arguments; const place = document.querySelector('.panel .tbl');
            place.scrollTop = share * (place.scrollHeight - place.clientHeight);";
        run(page, drag, vec![json!(1.0)]).await?;
        shows("the last row", &|(_, last, count, _)| last == count).await?;
        run(page, drag, vec![json!(0.5)]).await?;
        shows("rows of the middle", &|(first, _, count, _)| first.abs_diff(count / 2) < count / 1000).await?;
        page.screenshot("million-rows").await
    });
}

/// A plain list of the size and about the shape of the Internet's table: most IPv4 prefixes are /24, many lie in a
/// larger one of the list; IPv6 mostly /48 and /32. The same in every run.
fn made_up() -> String {
    let mut text = String::new();
    let lengths = [24, 24, 24, 22, 24, 24, 23, 24, 24, 21, 24, 24, 20, 24, 24, 22, 24, 19, 24, 23];
    let (mut at, mut count) = (0x0100_0000_u32, 0_usize);
    while count < 900_000 {
        // Once in so many a /16 that holds what follows.
        if count % 120 == 0 {
            at = at.div_ceil(1 << 16) << 16;
            let _ = writeln!(text, "{}/16", std::net::Ipv4Addr::from(at));
        } else {
            let length = lengths[(count * 7 + count / 31) % lengths.len()];
            let size = 1_u32 << (32 - length);
            at = at.div_ceil(size) * size;
            let _ = writeln!(text, "{}/{length}", std::net::Ipv4Addr::from(at));
            at += size;
        }
        count += 1;
    }
    for index in 0..160_000_u128 {
        let (length, step) = if index % 3 == 0 { (32, 96) } else { (48, 80) };
        let address = (0x2001_u128 << 112) | ((index / 3) << 96) | ((index % 3) << step);
        let _ = writeln!(text, "{}/{length}", std::net::Ipv6Addr::from(address));
    }
    text
}
