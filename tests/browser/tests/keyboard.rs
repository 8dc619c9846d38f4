//! A whole task by keyboard alone: from the gallery to the pasted line that decides a failing flow.

use twopath::plan::examples;
use twopath_browser_tests::{Answer, Page, Result, check, example};

#[test]
fn from_the_gallery_to_the_deciding_line_without_a_mouse() {
    check("keyboard", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.tab_to("button \"Examples\"").await?;
        page.press("Enter").await?;
        page.by_role("dialog", "Examples").await?;
        page.tab_to("button \"One pool, two firewalls").await?;
        page.press("Enter").await?;
        let plan = example("03")?;
        let answer = Answer::to(&plan);
        page.answers(&answer).await?;
        // The dialog gives the focus back to its button.
        page.until("the focus is back", async || Ok(page.focused().await? == "button \"Examples\"")).await?;
        page.tab_to("treegrid \"Flows\"").await?;
        // The first that fails is chosen already, so the last.
        let failing = answer.rows.iter().rposition(|row| row.ends_with("dropped")).unwrap();
        page.press("Home").await?;
        for _ in 0..failing {
            page.press("ArrowDown").await?;
        }
        page.until("the failing row is the active one", async || Ok(active(page).await? == answer.rows[failing]))
            .await?;
        page.press("Enter").await?;
        page.by_role_containing("heading", &format!("{} 10.20.", plan.flows[failing].name)).await?;
        page.wait_for("The answer takes another way than the first packet, and a device there drops it").await?;
        page.tab_to("button \"learned routes of Internet link, line 1\"").await?;
        page.press("Enter").await?;
        page.until("the focus is in that list", async || {
            Ok(page.focused().await? == "textbox \"Learned routes of Internet link\"")
        })
        .await?;
        let script =
            "const box = document.activeElement; return box.value.slice(box.selectionStart, box.selectionEnd)";
        assert_eq!(page.eval(script).await?, "0.0.0.0/0", "the line is selected");
        page.screenshot("keyboard").await
    });
}

/// The name of the row that the arrows are on.
async fn active(page: &Page) -> Result<String> {
    let script = "
        const id = document.activeElement.getAttribute('aria-activedescendant');
        return document.getElementById(id)?.getAttribute('aria-label')";
    Ok(page.eval(script).await?.as_str().unwrap_or_default().to_owned())
}
