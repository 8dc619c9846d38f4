//! Pictures of every view in every form, for `cargo xtask screenshots`; skipped, and said so, in all other runs.

use serde_json::json;
use std::time::Duration;
use twopath::plan::examples;
use twopath::report::words::page::{begin, bulk, cutover, find, fixes, import, logs};
use twopath_browser_tests::{Answer, Page, Result, check_within, example, views};

const PANOS: &str = include_str!("../../golden/config/panos-config.txt");
/// A print, sets, and a line that is none.
const LISTS: &str = "r1#show ip bgp
BGP table version is 412, local router ID is 192.0.2.1
     Network          Next Hop            Metric LocPrf Weight Path
 *   198.18.0.0/24    192.0.2.9                0             0 12076 i
 *>                   192.0.2.13               0             0 12076 12076 i
 *>  300.1.1.1/8      192.0.2.9                0             0 12076 i

{\"values\": [{\"name\": \"Sql\", \"properties\": {\"addressPrefixes\": [\"13.64.1.0/24\"]}}]}
";
const LOG: &str = include_str!("../../../static/docs/walkthrough/8-week.csv");
/// What a router shows, of which the plan expects something else.
const OURS: &str = "\
BGP table version is 412, local router ID is 192.0.2.1
     Network          Next Hop            Metric LocPrf Weight Path
 *>  0.0.0.0          198.51.100.1             0             0 3356 i
 *>  20.33.147.0/24   198.51.100.1             0    200      0 3356 8075 i
 *                    192.0.2.2                0             0 12076 i
";

/// A page with an example open, where pictures are asked for.
fn pictured(name: &str, start: &str, test: impl AsyncFnOnce(&Page) -> Result) {
    if views::wanted() {
        check_within(&format!("views-{name}"), Duration::from_secs(900), async |page| {
            page.patience(Duration::from_secs(30));
            page.at_noon().await?;
            page.open("").await?;
            page.answers(&Answer::to(&examples::first())).await?;
            open_example(page, start).await?;
            test(page).await
        });
    }
}

async fn open_example(page: &Page, start: &str) -> Result {
    let plan = example(start)?;
    if plan.name != examples::first().name {
        page.choose_example(&plan.name).await?;
    }
    page.answers(&Answer::to(&plan)).await
}

async fn tab(page: &Page, name: &str) -> Result {
    page.by_role("tab", name).await?.click().await?;
    let there = "return (document.querySelector('[role=tabpanel]')?.innerText.length ?? 0) > 40";
    page.until(&format!("{name} is there"), async || Ok(page.eval(there).await? == true)).await
}

async fn paste(page: &Page, text: &str) -> Result {
    let script = "
        const data = new DataTransfer();
        data.setData('text/plain', arguments[0]);
        document.body.dispatchEvent(new ClipboardEvent('paste',
            {bubbles: true, cancelable: true, clipboardData: data}));";
    page.client.execute(script, vec![json!(text)]).await?;
    page.by_role("dialog", "Import").await.map(drop)
}

async fn close_import(page: &Page) -> Result {
    page.by_role("button", "Cancel").await?.click().await?;
    page.until("the preview is closed", async || {
        Ok(page.eval("return !document.querySelector('dialog')").await? == true)
    })
    .await
}

#[test]
fn tabs() {
    pictured("tabs", "01", async |page| {
        page.pictures("flows").await?;
        for (name, file) in [
            ("Coverage", "coverage"),
            ("Map", "map"),
            ("Failures", "failures"),
            ("Capacity", "capacity"),
            ("Difference", "difference-unpinned"),
            ("Cut-over", "cutover"),
        ] {
            tab(page, name).await?;
            page.pictures(file).await?;
        }
        Ok(())
    });
}

#[test]
fn from_a_pinned_plan() {
    pictured("pinned", "02", async |page| {
        tab(page, "Difference").await?;
        page.by_role("button", "Pin this plan").await?.click().await?;
        page.wait_for("Compared with").await?;
        tab(page, "Flows").await?;
        open_example(page, "04").await?;
        for (name, file) in [("Difference", "difference"), ("Rollout", "rollout"), ("Capacity", "capacity-pinned")]
        {
            tab(page, name).await?;
            page.pictures(file).await?;
        }
        tab(page, "Cut-over").await?;
        page.drop_file("#panel-cutover section:nth-of-type(2)", "edge.txt", OURS).await?;
        page.wait_for("is learned over ExpressRoute and not used").await?;
        page.by_role("table", cutover::CHECKLIST).await?;
        page.pictures("cutover-compared").await
    });
}

#[test]
fn advice() {
    pictured("advice", "03", async |page| {
        tab(page, "Advice").await?;
        page.wait_for("The rulebook finds").await?;
        page.pictures("advice").await?;
        page.by_role("button", fixes::LOOK).await?.click().await?;
        page.by_role("button", "Preview: All together").await?.click().await?;
        page.by_role("region", fixes::DIFFERENCE).await?;
        page.pictures("advice-fix").await
    });
}

#[test]
fn picture_and_trace() {
    pictured("picture", "03", async |page| {
        page.by_role("button", "All flows").await?.click().await?;
        page.pictures("picture-all-flows").await?;
        page.tab_to("treegrid \"Flows\"").await?;
        page.press("Home").await?;
        page.press("Enter").await?;
        page.pictures("trace").await?;
        page.press("/").await?;
        page.insert("52.96.0.1").await?;
        page.by_role("listbox", find::ANSWERS).await?;
        page.pictures("ask").await
    });
}

#[test]
fn inputs() {
    pictured("inputs", "10", async |page| {
        let plan = example("10")?;
        page.by_role("button", &format!("Devices {}", plan.devices.len())).await?.click().await?;
        page.eval("document.querySelector('#inputs').scrollTo(0, 0)").await?;
        page.pictures("inputs").await?;
        page.by_role("button", "New").await?.click().await?;
        page.wait_for(begin::TITLE).await?;
        page.pictures("guide").await
    });
}

#[test]
fn previews_of_imports() {
    pictured("imports", "01", async |page| {
        paste(page, LISTS).await?;
        page.by_role_containing("button", "The router chose otherwise").await?.click().await?;
        page.pictures("import-lists").await?;
        close_import(page).await?;
        paste(page, PANOS).await?;
        page.by_role_containing("button", "What it says").await?.click().await?;
        page.by_role("table", import::RULES).await?;
        page.pictures("import-configuration").await?;
        close_import(page).await?;
        page.drop_file("body", "week.csv", LOG).await?;
        page.by_role("table", logs::ROWS).await?;
        page.pictures("import-flow-log").await?;
        close_import(page).await
    });
}

#[test]
fn dialogs() {
    pictured("dialogs", "02", async |page| {
        page.by_role("textbox", "Plan name").await?.fill("The same organisation, changed").await?;
        page.wait_for("Saved in this browser").await?;
        for (button, dialog, file) in [
            ("Examples", "Examples", "examples"),
            ("Plans", "Plans in this browser", "plans"),
            ("Share", "Share this plan", "share"),
            ("Report", "Report of this plan", "report-dialog"),
            (bulk::ADD, bulk::TITLE, "add-rows"),
        ] {
            page.by_role("button", button).await?.click().await?;
            page.by_role("dialog", dialog).await?;
            page.pictures(file).await?;
            page.press("Escape").await?;
            page.until(&format!("{dialog} is closed"), async || {
                Ok(page.eval("return !document.querySelector('dialog[open]')").await? == true)
            })
            .await?;
        }
        page.press("?").await?;
        page.by_role("dialog", "Keyboard shortcuts").await?;
        page.pictures("keys").await
    });
}

#[test]
fn the_report() {
    pictured("report", "01", async |page| {
        for (start, file) in [("03", "report"), ("10", "report-two-circuits")] {
            page.open_report(start).await?;
            page.pictures(file).await?;
        }
        Ok(())
    });
}
