//! The tabs of the answer, by keyboard and by mouse, and the pinned plan.

use twopath::plan::examples;
use twopath_browser_tests::{Answer, Page, Result, check};

const TABS: [&str; 9] =
    ["Flows", "Coverage", "Map", "Failures", "Capacity", "Advice", "Difference", "Rollout", "Cut-over"];

/// Which tab is selected, and the name of the one panel that is shown.
async fn open_tab(page: &Page) -> Result<(String, String)> {
    let script = "
        const chosen = [...document.querySelectorAll('[role=tab][aria-selected=true]')];
        const panels = [...document.querySelectorAll('[role=tabpanel]')];
        const labelled = panels.map(panel => document.getElementById(panel.getAttribute('aria-labelledby')).innerText);
        const ruled = chosen.map(tab => panels.some(panel => panel.id === tab.getAttribute('aria-controls')));
        return [chosen.map(tab => tab.innerText).join(), labelled.join(), ruled.join()];";
    let found = page.eval(script).await?;
    if found[2] != "true" {
        return Err(format!("the tab doesn't lead to its panel: {found}").into());
    }
    Ok((found[0].as_str().unwrap_or_default().to_owned(), found[1].as_str().unwrap_or_default().to_owned()))
}

async fn shows(page: &Page, tab: &str) -> Result {
    assert_eq!(open_tab(page).await?, (tab.to_owned(), tab.to_owned()));
    assert_eq!(page.focused().await?, format!("tab {tab:?}"));
    Ok(())
}

#[test]
fn tabs_are_moved_through_by_arrows_and_left_by_tab() {
    check("tabs", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.by_role("tab", "Flows").await?.focus().await?;
        shows(page, "Flows").await?;
        for tab in TABS.iter().cycle().skip(1).take(TABS.len()) {
            page.press("ArrowRight").await?;
            shows(page, tab).await?;
        }
        page.press("ArrowLeft").await?;
        shows(page, "Cut-over").await?;
        page.press("Home").await?;
        shows(page, "Flows").await?;
        page.press("End").await?;
        shows(page, "Cut-over").await?;
        // One stop for all of them: the next is inside of the panel.
        page.press("Tab").await?;
        assert_eq!(page.focused().await?, "textbox \"Paste Microsoft's route table\"");
        page.press("Shift+Tab").await?;
        shows(page, "Cut-over").await?;
        // A count by verdict leads back to the flows that it counts.
        let group = page.by_role("group", "Flows by verdict: show only these").await?;
        group.all_by_role("button").await?.swap_remove(0).click().await?;
        page.by_role("treegrid", "Flows").await?;
        assert_eq!(open_tab(page).await?.0, "Flows");
        Ok(())
    });
}

#[test]
fn a_pinned_plan_survives_a_reload() {
    check("pinned", async |page| {
        page.open("").await?;
        let plan = examples::first();
        page.answers(&Answer::to(&plan)).await?;
        page.by_role("tab", "Difference").await?.click().await?;
        page.by_role("button", "Pin this plan").await?.click().await?;
        let pinned = format!("Compared with “{}”", plan.name);
        page.wait_for(&pinned).await?;
        page.until("it is stored", async || {
            Ok(page.eval("return (localStorage.getItem('twopath.baseline') ?? '').length > 1000").await? == true)
        })
        .await?;
        page.by_role("textbox", "Plan name").await?.fill("Another").await?;
        page.wait_for("Saved in this browser").await?;
        page.reload().await?;
        page.by_role("tab", "Difference").await?.click().await?;
        page.wait_for(&pinned).await?;
        page.by_role("button", "Unpin").await?.click().await?;
        page.by_role("button", "Pin this plan").await?;
        page.until("it is taken out of the storage", async || {
            Ok(page.eval("return localStorage.getItem('twopath.baseline')").await?.is_null())
        })
        .await
    });
}
