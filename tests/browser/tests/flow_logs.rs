//! Flow logs on the page: dropped, previewed, applied and taken back; columns named once; damage; Cancel; the keyboard.

use twopath::desk::flows::{LogChoice, Rate, Taking, ends_of, take_in};
use twopath::plan::{LogColumns, Plan};
use twopath::report::words::flows as say;
use twopath::report::words::page::logs as words;
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

const VNET: &str = include_str!("../../golden/flows/vnet.json");

async fn open(page: &Page) -> Result<Plan> {
    let plan = example("03")?;
    page.open("").await?;
    page.choose_example(&plan.name).await?;
    page.answers(&Answer::to(&plan)).await?;
    Ok(plan)
}

/// The addresses of a site and of a service, as the plan's first lines have them.
fn ends(plan: &Plan) -> (String, String) {
    let first = |text: &str| text.split(['/', '\n', ' ']).next().unwrap_or_default().to_owned();
    let service = plan.services.iter().find(|service| !service.destinations.as_str().is_empty());
    (
        first(plan.sites[0].inside.as_str()),
        first(service.map(|service| service.destinations.as_str()).unwrap_or_default()),
    )
}

/// An hour of an NSG flow log of sessions from the plan's first site to its first service.
fn nsg(plan: &Plan) -> String {
    let (ours, theirs) = ends(plan);
    let tuple = |at: u32, port: u32, ends: &str| {
        format!("\"{},{ends},{port},443,T,O,A,E,10,9000000,12,90000000\"", 1_763_280_000 + at)
    };
    let tuples: Vec<String> = (0..60_u32)
        .map(|minute| tuple(minute * 60, 50_000 + minute, &format!("{ours},{theirs}")))
        .chain((0..9_u32).map(|minute| tuple(minute * 60, 51_000 + minute, &format!("{ours},100.64.9.{minute}"))))
        .chain((0..3_u32).map(|minute| tuple(minute * 60, 52_000 + minute, &format!("100.64.1.1,{ours}"))))
        .collect();
    format!(
        "{{\"records\":[{{\"time\":\"2025-11-16T09:00:00Z\",\"category\":\"NetworkSecurityGroupFlowEvent\",\
         \"properties\":{{\"Version\":2,\"flows\":[{{\"rule\":\"Allow\",\"flows\":[{{\"mac\":\"000D3AF87856\",\
         \"flowTuples\":[{}]}}]}}]}}}}]}}",
        tuples.join(",")
    )
}

/// The plan as the command line would leave it.
fn by_command(plan: &Plan, log: &str, columns: Option<&LogColumns>, rate: Rate) -> Plan {
    let mut plan = plan.clone();
    let choice = LogChoice { columns: columns.cloned(), ..LogChoice::default() };
    let mut taking = Taking::new(&plan, ends_of(&plan), choice);
    taking.begin("log");
    taking.feed(log.as_bytes());
    taking.end();
    let (measured, columns) = (taking.measured(&plan), taking.new_columns(&plan));
    assert!(measured.all.records > 0);
    take_in(&mut plan, &measured, rate, &columns);
    plan
}

/// An example that nobody changed isn't kept, and is answered as it was.
async fn unchanged(page: &Page, plan: &Plan) -> Result {
    page.answers(&Answer::to(plan)).await?;
    assert_eq!(page.kept().await?, [""; 0]);
    Ok(())
}

async fn apply(page: &Page) -> Result {
    page.until("it can be applied", async || Ok(!page.by_role("button", "Apply").await?.is("disabled"))).await?;
    page.by_role("button", "Apply").await?.click().await
}

#[test]
fn a_dropped_log_is_previewed_applied_and_taken_back() {
    check("flow-logs", async |page| {
        let plan = open(page).await?;
        let log = nsg(&plan);
        page.drop_file("body", "PT1H.json", &log).await?;
        page.by_role("dialog", "Import").await?;
        page.wait_for("NSG flow log, 72 records").await?;
        page.wait_for("It is JSON with events of a network security group.").await?;
        page.by_role("table", words::ROWS).await?;
        page.wait_for(say::apart(twopath::desk::flows::Apart::NoService)).await?;
        page.wait_for("1 row ").await?;
        page.screenshot("flow-logs-wide").await?;
        page.theme(Theme::Dark).await?;
        page.screen(Screen::Narrow).await?;
        page.screenshot("flow-logs-narrow-dark").await?;
        let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        assert_eq!(page.eval(wide).await?, false);
        page.theme(Theme::Light).await?;
        page.screen(Screen::Wide).await?;
        page.by_role("combobox", words::RATE).await?.select(say::rate_short(Rate::Peak)).await?;
        page.wait_for(say::rate(Rate::Peak)).await?;
        let wanted = by_command(&plan, &log, None, Rate::Peak);
        assert_ne!(wanted, plan);
        apply(page).await?;
        page.keeps(&wanted).await?;
        page.answers(&Answer::to(&wanted)).await?;
        // The same again is the same.
        page.drop_file("body", "PT1H.json", &log).await?;
        page.by_role("combobox", words::RATE).await?.select(say::rate_short(Rate::Peak)).await?;
        page.wait_for("Nothing changes: 1 row is so already.").await?;
        page.by_role("button", "Cancel").await?.click().await?;
        page.by_role("button", "Undo the import").await?.click().await?;
        page.keeps(&plan).await
    });
}

#[test]
fn columns_are_named_once_and_by_keyboard() {
    check("flow-log-columns", async |page| {
        let plan = open(page).await?;
        let (ours, theirs) = ends(&plan);
        let log = format!(
            "src ip;dst ip;octets;seen;note\n{ours};{theirs};75000000;2026-11-17 08:00:00;a\n\
             {ours};{theirs};75000000;2026-11-17 09:00:00;b\n{ours};nobody;75000000;2026-11-17 09:00:00;c\n"
        );
        page.drop_file("body", "export.csv", &log).await?;
        page.by_role("dialog", "Import").await?;
        page.by_role("group", words::COLUMNS).await?;
        let read = page.by_role("button", words::READ).await?;
        assert!(read.is("disabled"), "not before it says enough");
        page.wait_for("Say which column holds the begin or the end.").await?;
        page.screenshot("flow-log-columns-wide").await?;
        page.screen(Screen::Narrow).await?;
        page.theme(Theme::Dark).await?;
        page.screenshot("flow-log-columns-narrow-dark").await?;
        page.screen(Screen::Wide).await?;
        page.theme(Theme::Light).await?;
        page.tab_to("combobox \"Begin: export.csv\"").await?;
        page.press("s").await?;
        page.press("e").await?;
        page.tab_to(&format!("button \"{}\"", words::READ)).await?;
        page.press("Enter").await?;
        page.by_role("table", words::ROWS).await?;
        // What is wrong in it is told by its line.
        page.tab_to("button \"1 fault\"").await?;
        page.press("Enter").await?;
        page.wait_for("Line 4, column ").await?;
        let columns = LogColumns {
            source: "src ip".into(),
            destination: "dst ip".into(),
            bytes: "octets".into(),
            start: "seen".into(),
            ..LogColumns::default()
        };
        let wanted = by_command(&plan, &log, Some(&columns), Rate::P95);
        assert_eq!(wanted.log_columns, [columns]);
        page.tab_to("button \"Apply\"").await?;
        page.press("Enter").await?;
        page.keeps(&wanted).await?;
        // The next log with this heading needs no naming.
        page.drop_file("body", "next.csv", log.replace("75000000", "95000000")).await?;
        page.wait_for("The plan knows its columns").await?;
        page.by_role("table", words::ROWS).await?;
        page.by_role("button", "Cancel").await?.click().await
    });
}

#[test]
fn a_damaged_log_says_what_is_wrong_and_the_page_goes_on() {
    check("flow-log-damaged", async |page| {
        let plan = open(page).await?;
        let log = nsg(&plan);
        page.drop_file("body", "cut.json", &log[..log.len() / 2]).await?;
        page.wait_for("NSG flow log, ").await?;
        page.until("its faults are counted", async || Ok(page.text().await?.contains(" fault"))).await?;
        page.by_role_containing("button", " fault").await?.click().await?;
        page.wait_for("Line 1, column ").await?;
        page.by_role("table", words::ROWS).await?;
        page.screenshot("flow-log-damaged-wide").await?;
        page.by_role("button", "Cancel").await?.click().await?;
        page.drop_file("body", "vnet.json", VNET).await?;
        page.wait_for("VNet flow log, ").await?;
        page.by_role("button", "Cancel").await?.click().await?;
        unchanged(page, &plan).await
    });
}

#[test]
fn a_long_log_shows_how_far_it_is_and_can_be_cancelled() {
    check("flow-log-long", async |page| {
        let plan = open(page).await?;
        let (ours, theirs) = ends(&plan);
        // Made in the page: 300 MB of one text many times over, none of which is held twice.
        let script = format!(
            "const lines = '2026-11-16 08:00:00,2026-11-16 08:05:00,{ours},{theirs},50000,443,75000000\\n'.repeat(12000);
             const file = new File(['ts,te,sa,da,sp,dp,ibyt\\n', ...Array(300).fill(lines)], 'week.csv');
             const data = new DataTransfer();
             data.items.add(file);
             document.body.dispatchEvent(new DragEvent('drop', {{bubbles: true, cancelable: true, dataTransfer: data}}));
             return file.size;"
        );
        let size = page.eval(&script).await?;
        assert!(size.as_u64() > Some(250_000_000), "{size}");
        page.by_role("progressbar", twopath::report::words::page::PROGRESS).await?;
        page.wait_for("Reading flow logs…").await?;
        page.screenshot("flow-log-progress-wide").await?;
        let dialog = page.by_role("dialog", "Import").await?;
        let cancel = dialog.all_by_role("button").await?.into_iter().find(|button| button.name() == "Cancel");
        cancel.ok_or("a Cancel beside the bar")?.click().await?;
        page.until("it stops", async || Ok(!page.text().await?.contains("Reading flow logs…"))).await?;
        unchanged(page, &plan).await
    });
}
