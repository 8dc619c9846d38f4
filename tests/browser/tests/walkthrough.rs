//! The walk-through of the documents on the page: its files, dropped one by one, make the plan that a person drew.

use std::path::Path;
use twopath::desk::Solved;
use twopath::desk::flows::Rate;
use twopath::pace::at_once;
use twopath::plan::{Plan, examples, load};
use twopath::report::words::page::logs as words;
use twopath::report::words::{difference, flows as say};
use twopath::routing::Scenario;
use twopath::study::difference::{Difference, View};
use twopath_browser_tests::{Answer, Page, Result, check};

fn file(name: &str) -> Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/docs/walkthrough").join(name);
    Ok(std::fs::read_to_string(path)?)
}

/// Drops a file of the walk-through anywhere.
async fn drop(page: &Page, name: &str) -> Result {
    page.drop_file("body", name, &file(name)?).await?;
    page.by_role("dialog", "Import").await.map(std::mem::drop)
}

/// Says what becomes of it, where that isn't what the preview proposes.
async fn becomes(page: &Page, name: &str, what: &str) -> Result {
    page.by_role("combobox", &format!("Becomes: {name}")).await?.select(what).await
}

async fn apply(page: &Page) -> Result {
    page.until("it can be applied", async || Ok(!page.by_role("button", "Apply").await?.is("disabled"))).await?;
    page.by_role("button", "Apply").await?.click().await?;
    page.until("the preview is closed", async || {
        Ok(page.eval("return document.querySelectorAll('dialog').length").await? == 0)
    })
    .await
}

#[test]
fn the_files_of_the_walk_through_make_the_plan_that_a_person_drew() {
    check("walkthrough", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.drop_file("body", "1-skeleton.json", &file("1-skeleton.json")?).await?;
        let skeleton = load(&file("1-skeleton.json")?)?.plan;
        page.wait_for("The plan has no flows to judge.").await?;
        for name in ["2-peering-chicago.json", "2-peering-dallas.json", "3-route-filter.json"] {
            drop(page, name).await?;
            page.wait_for("It changes the plan, in one step that Undo takes back.").await?;
            apply(page).await?;
        }
        for exit in skeleton.exits.iter().filter(|exit| exit.id.as_str().starts_with("er-")) {
            drop(page, "4-communities.json").await?;
            becomes(page, "4-communities.json", &format!("Learned routes of {}", exit.name)).await?;
            apply(page).await?;
        }
        let devices =
            ["5-edge-chicago.txt", "5-edge-dallas.txt", "6-firewall-chicago.txt", "6-firewall-dallas.txt"];
        for name in devices {
            drop(page, name).await?;
            page.wait_for("It changes these parts of the plan:").await?;
            if name == "6-firewall-chicago.txt" {
                page.wait_for("Left out: it is for “HTTPS” alone").await?;
            }
            apply(page).await?;
        }
        for name in ["7-service-tags.json", "7-endpoints.json"] {
            drop(page, name).await?;
            becomes(page, name, "A service for each set").await?;
            apply(page).await?;
        }
        drop(page, "8-week.csv").await?;
        page.wait_for("nfdump CSV, 675 records").await?;
        page.by_role("combobox", words::RATE).await?.select(say::rate_short(Rate::Peak)).await?;
        page.wait_for(say::rate(Rate::Peak)).await?;
        apply(page).await?;
        // As the document's own comparison says it.
        let drawn = load(&file("drawn.json")?)?.plan;
        page.until("the plan is as it was drawn", async || {
            let kept = page.kept().await?;
            Ok(load(kept.first().map_or("", String::as_str)).is_ok_and(|loaded| same(&drawn, &loaded.plan)))
        })
        .await
    });
}

/// Whether every address and every flow fares alike in both.
fn same(one: &Plan, other: &Plan) -> bool {
    if other.flows.len() != one.flows.len() {
        return false;
    }
    let solve = |plan: &Plan| Solved::new(plan.clone(), Scenario::default(), false);
    let (before, after) = (solve(one), solve(other));
    let found = at_once(|pace| async move { Difference::new(before.world(), after.world(), &pace).await });
    let window = found.window(View::default());
    difference::headline(&window.summary) == difference::SAME
}
