//! Real lists of real size: read, answered and traced in the browser, in bounded time and memory.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use twopath::plan::{Ends, Flow, Id, Outbound, Plan, Reference, Service, Source, examples};
use twopath_browser_tests::{Answer, Found, Page, Result, check, example};

/// One at a time: what is measured is one browser's.
static ALONE: Mutex<()> = Mutex::new(());

fn data(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if !path.is_file() {
        println!("!!! SKIPPED: there is no {} !!!", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn a_full_table_is_learned_and_answered() {
    let Some(path) = data("bgp/full-table.txt.gz") else { return };
    let _alone = ALONE.lock();
    check("full-table", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        report(page, "before").await?;
        page.patience(Duration::from_secs(100));
        let start = Instant::now();
        page.drop_file("main", "full-table.txt.gz", fs::read(&path)?).await?;
        page.wait_for("1,062,046 prefixes (901,899 IPv4, 160,147 IPv6) from a plain list").await?;
        println!("full table: read for the preview after {:.1} s", start.elapsed().as_secs_f64());
        page.by_role("button", "Apply").await?.click().await?;
        page.by_role("button", "Sources 1").await?;
        let said = "Plain list: 901,899 IPv4, 160,147 IPv6";
        page.wait_for(said).await?;
        settled(page).await?;
        println!("full table: read and answered as a source after {:.1} s", start.elapsed().as_secs_f64());
        report(page, "as a source").await?;
        // The Internet exit learns it: the first of the exits.
        let start = Instant::now();
        source_buttons(page).await?.swap_remove(0).click().await?;
        page.by_role("textbox", "Sets").await?;
        settled(page).await?;
        println!("full table: learned by the Internet exit after {:.1} s", start.elapsed().as_secs_f64());
        report(page, "learned").await?;
        // One of its prefixes decides.
        let start = Instant::now();
        page.by_role("textbox", "Destination").await?.fill("1.0.5.1").await?;
        page.by_role("button", "Trace").await?.click().await?;
        page.by_role("button", "source full-table.txt.gz, line 3").await?.click().await?;
        println!("full table: an address traced after {:.2} s", start.elapsed().as_secs_f64());
        page.until("the line is shown", async || {
            Ok(page.by_role("region", "Source full-table.txt.gz").await?.text().await?.contains("1.0.5.0/24"))
        })
        .await?;
        // Small edits are answered too.
        let start = Instant::now();
        page.by_role("checkbox", "Internet link is down").await?.click().await?;
        page.wait_for("1 part is down").await?;
        settled(page).await?;
        println!("full table: a link switched down after {:.1} s", start.elapsed().as_secs_f64());
        report(page, "at the end").await?;
        page.screenshot("full-table").await
    });
}

#[test]
fn all_service_tags_are_a_service() {
    let Some(path) = data("azure/ServiceTags_Public_20240506.json.gz") else { return };
    let _alone = ALONE.lock();
    check("service-tags", async |page| {
        page.open("").await?;
        let mut plan = example("03")?;
        let before = Answer::to(&plan);
        page.choose_example(&plan.name).await?;
        page.answers(&before).await?;
        page.patience(Duration::from_secs(60));
        let start = Instant::now();
        page.drop_file("main", "ServiceTags.json.gz", fs::read(&path)?).await?;
        page.by_role("button", "2,601 sets").await?;
        page.by_role("combobox", "Becomes: ServiceTags.json.gz").await?.select("A source only").await?;
        page.by_role("button", "Apply").await?.click().await?;
        page.by_role("button", "Sources 1").await?;
        page.wait_for("Service Tags: 57,400 IPv4, 19,393 IPv6").await?;
        settled(page).await?;
        println!("service tags: read and answered as a source after {:.1} s", start.elapsed().as_secs_f64());
        // A service takes all of it.
        page.by_role("button", "Services 8").await?.click().await?;
        page.by_role_containing("button", &plan.services[0].name).await?.click().await?;
        page.until("the service can take sources", async || Ok(source_buttons(page).await?.len() == 3)).await?;
        twopath::desk::parts::add_named(&mut plan, twopath::plan::PartKind::Source, "ServiceTags.json.gz".into());
        plan.sources[0].text = unpacked(&path)?.into();
        let source = plan.sources[0].id.clone();
        plan.services[0].destinations_from.push(Reference { source, sets: Vec::new() });
        let wanted = Answer::to(&plan);
        assert_ne!(wanted, before);
        let start = Instant::now();
        // Behind those of the two exits.
        source_buttons(page).await?.swap_remove(2).click().await?;
        page.answers(&wanted).await?;
        println!("service tags: a service of all of them answered after {:.1} s", start.elapsed().as_secs_f64());
        report(page, "service tags at the end").await?;
        page.screenshot("service-tags").await
    });
}

#[test]
fn every_service_tag_is_a_service_of_its_own() {
    let Some(path) = data("azure/ServiceTags_Public_20240506.json.gz") else { return };
    let _alone = ALONE.lock();
    check("service-tags-each", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let plan = each_a_service(example("04")?, unpacked(&path)?);
        let wanted = Answer::to(&plan);
        assert_eq!(wanted.rows.len(), 2_601);
        page.patience(Duration::from_secs(60));
        let start = Instant::now();
        page.drop_file("main", "every-tag.json", twopath::plan::save(&plan)).await?;
        page.until("the native engine's counts", async || {
            // The table holds a window of the rows.
            let now = page.answer().await?;
            let shown = now.rows.iter().all(|row| wanted.rows.contains(row)) && !now.rows.is_empty();
            Ok(now.headline == wanted.headline && now.counts == wanted.counts && shown)
        })
        .await?;
        println!("2,601 services: plan opened and answered after {:.1} s", start.elapsed().as_secs_f64());
        report(page, "2,601 services at the end").await?;
        page.screenshot("service-tags-each").await
    });
}

/// A plan with a service and a flow for each set of the source.
fn each_a_service(mut plan: Plan, text: String) -> Plan {
    plan.flows.clear();
    for set in twopath::intake::read(&text, None).sets {
        let id = Id::from(set.name.to_lowercase());
        let destinations_from = vec![Reference { source: "tags".into(), sets: vec![set.name.clone()] }];
        plan.services.push(Service { id: id.clone(), name: set.name, destinations_from, ..Service::default() });
        let site = plan.sites[0].id.clone();
        let ends = Ends::Outbound(Outbound { site, service: Some(id.clone()), ..Outbound::default() });
        plan.flows.push(Flow { id, ends, ..Flow::default() });
    }
    let (id, name) = ("tags".into(), "Service Tags".to_owned());
    plan.sources.push(Source { id, name, text: text.into(), ..Source::default() });
    plan
}

async fn source_buttons(page: &Page) -> Result<Vec<Found<'_>>> {
    let buttons = page.all_by_role("button").await?;
    Ok(buttons.into_iter().filter(|button| button.name() == "Use a source").collect())
}

fn unpacked(path: &Path) -> Result<String> {
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(fs::File::open(path)?), &mut text)?;
    Ok(text)
}

/// Waits until nothing is asked of the engine any more.
async fn settled(page: &Page) -> Result {
    page.until("the answer is no older than the plan", async || Ok(page.answer().await.is_ok())).await
}

/// Prints what the page and its worker hold.
async fn report(page: &Page, when: &str) -> Result {
    let heap = page.eval("return Math.round(performance.memory.usedJSHeapSize / 1e6)").await?;
    let (now, peak) = renderer();
    println!(
        "memory, {when}: page's script heap {heap} MB; browser's page process {now} MB, at its peak {peak} MB"
    );
    Ok(())
}

/// Resident and peak memory of the largest page process among our children, in MB (Linux only).
fn renderer() -> (u64, u64) {
    let mut largest = (0, 0);
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let path = entry.path();
        let command = fs::read(path.join("cmdline")).unwrap_or_default();
        if !String::from_utf8_lossy(&command).contains("--type=renderer") || !is_ours(&path) {
            continue;
        }
        let status = fs::read_to_string(path.join("status")).unwrap_or_default();
        let of = |key: &str| -> u64 {
            let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
            line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) / 1000
        };
        largest = largest.max((of("VmRSS:"), of("VmHWM:")));
    }
    largest
}

fn is_ours(process: &Path) -> bool {
    let mut at = process.to_path_buf();
    for _ in 0..12 {
        let stat = fs::read_to_string(at.join("stat")).unwrap_or_default();
        let parent = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1).map(str::to_owned));
        match parent {
            Some(parent) if parent == std::process::id().to_string() => return true,
            Some(parent) if parent != "0" => at = Path::new("/proc").join(parent),
            _ => return false,
        }
    }
    false
}
