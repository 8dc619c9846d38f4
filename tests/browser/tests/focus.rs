//! The focus by keyboard alone: a dialog takes it, keeps it and gives it back, on a wide screen and on a phone; and what
//! is taken away in one doesn't take it along.

use twopath::plan::examples;
use twopath_browser_tests::{Answer, Page, Result, Screen, check};

/// What opens a dialog, and what that is called.
const DIALOGS: [(&str, &str); 8] = [
    ("Paste or open…", "Import"),
    ("Plans", "Plans in this browser"),
    ("Examples", "Examples"),
    ("Share", "Share this plan"),
    ("Export…", "Export as configuration"),
    ("Report", "Report of this plan"),
    ("Keyboard shortcuts", "Keyboard shortcuts"),
    ("Add rows…", "Add rows to the flow catalogue"),
];

/// Where the focus is: in the open dialog, nowhere (the browser's own bar has it), or what of the page has it.
async fn whereabouts(page: &Page) -> Result<String> {
    let script = "
        const at = document.activeElement;
        if (at === null || at === document.body) return 'nowhere';
        return at.closest('dialog[open]') ? 'dialog' : at.outerHTML.slice(0, 120)";
    Ok(page.eval(script).await?.as_str().unwrap_or_default().to_owned())
}

async fn in_dialog(page: &Page, title: &str) -> Result {
    page.by_role("dialog", title).await?;
    page.until(&format!("the focus is in “{title}”"), async || Ok(whereabouts(page).await? == "dialog")).await
}

async fn back_at(page: &Page, opener: &str) -> Result {
    page.until(&format!("no dialog is open, and the focus is back at “{opener}”"), async || {
        let open = page.eval("return document.querySelectorAll('dialog[open]').length").await?;
        Ok(open == 0 && page.focused().await? == format!("button {opener:?}"))
    })
    .await
}

async fn every_dialog(page: &Page) -> Result {
    for (opener, title) in DIALOGS {
        page.tab_to(&format!("button {opener:?}")).await?;
        page.press("Enter").await?;
        in_dialog(page, title).await?;
        // Round it goes, and never to the page behind.
        for keys in ["Tab", "Shift+Tab"] {
            for _ in 0..12 {
                page.press(keys).await?;
                let at = whereabouts(page).await?;
                assert!(at == "dialog" || at == "nowhere", "{keys} leads from “{title}” to {at}");
            }
        }
        page.press("Escape").await?;
        back_at(page, opener).await?;
        page.press("Enter").await?;
        in_dialog(page, title).await?;
        page.tab_to("button \"Close\"").await?;
        page.press("Enter").await?;
        back_at(page, opener).await?;
    }
    Ok(())
}

#[test]
fn a_dialog_takes_the_focus_keeps_it_and_gives_it_back() {
    check("focus-wide", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        every_dialog(page).await
    });
}

#[test]
fn on_a_phone_as_well() {
    check("focus-phone", async |page| {
        page.screen(Screen::Narrow).await?;
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        every_dialog(page).await
    });
}

#[test]
fn a_key_that_opens_a_dialog_gives_the_focus_back_to_where_it_was() {
    check("focus-keys", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.tab_to("treegrid \"Flows\"").await?;
        page.press("?").await?;
        in_dialog(page, "Keyboard shortcuts").await?;
        page.press("Escape").await?;
        page.until("the focus is in the table", async || {
            Ok(page.focused().await?.starts_with("treegrid \"Flows\""))
        })
        .await?;
        // The ask box takes it, and what it found doesn't stand in the way of going on.
        page.press("/").await?;
        page.until("the focus is in the box", async || Ok(page.focused().await?.starts_with("combobox"))).await?;
        page.press("Escape").await?;
        page.press("Tab").await?;
        let on = page.focused().await?;
        assert!(!on.starts_with("combobox") && !on.starts_with("option"), "{on}");
        Ok(())
    });
}

#[test]
fn what_is_deleted_in_a_dialog_does_not_take_the_focus_along() {
    check("focus-delete", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        for name in ["One", "Two"] {
            page.by_role("textbox", "Plan name").await?.fill(name).await?;
            page.wait_for("Saved in this browser").await?;
            if name == "One" {
                page.by_role("button", "New").await?.click().await?;
            }
        }
        page.tab_to("button \"Plans\"").await?;
        page.press("Enter").await?;
        in_dialog(page, "Plans in this browser").await?;
        for left in [1, 0] {
            page.tab_to("button \"Delete").await?;
            page.press("Enter").await?;
            page.until("it is gone from the list, and the focus is still in the dialog", async || {
                let lines = page.eval("return document.querySelectorAll('.plan-line').length").await?;
                Ok(lines == left && whereabouts(page).await? == "dialog")
            })
            .await?;
        }
        page.press("Escape").await?;
        back_at(page, "Plans").await
    });
}
