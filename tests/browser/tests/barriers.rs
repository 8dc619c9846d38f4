//! No view, in no theme and at no width, has a barrier that axe-core finds.

use twopath::plan::examples;
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check_within};

/// The names of the elements that a selector finds, as they are read out.
async fn names(page: &Page, selector: &str) -> Result<Vec<String>> {
    let script = format!(
        "return [...document.querySelectorAll('{selector}')]
            .map((one) => (one.getAttribute('aria-label') || one.textContent).trim())"
    );
    let found = page.eval(&script).await?;
    Ok(found.as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned())).collect())
}

async fn looked_at(page: &Page, view: &str) -> Result {
    let still = "return !document.querySelector('[role=progressbar], progress') &&
        (document.querySelector('[role=tabpanel]')?.innerText.length ?? 0) > 40";
    page.until(&format!("{view} is there"), async || Ok(page.eval(still).await? == true)).await?;
    for (screen, width) in [(Screen::Narrow, "narrow"), (Screen::Wide, "wide")] {
        page.screen(screen).await?;
        for (theme, colours) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
            page.theme(theme).await?;
            page.has_no_barriers(&format!("{view}, {width}, {colours}")).await?;
        }
    }
    Ok(())
}

#[test]
fn every_tab() {
    check_within("barriers-tabs", std::time::Duration::from_secs(400), async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let tabs = names(page, "[role=tab]").await?;
        assert!(tabs.len() >= 9, "{tabs:?}");
        for tab in tabs {
            page.by_role_containing("tab", &tab).await?.click().await?;
            looked_at(page, &tab).await?;
        }
        page.by_role("tab", "Difference").await?.click().await?;
        page.by_role_containing("button", "Pin").await?.click().await?;
        looked_at(page, "Difference from a pinned plan").await
    });
}

#[test]
fn every_dialog() {
    check_within("barriers-dialogs", std::time::Duration::from_secs(400), async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let mut seen = 0;
        for button in names(page, "header.bar button").await? {
            // What opens a picker of the browser's, or takes effect at once.
            if ["Undo", "Redo", "New", "Open", "Save"].contains(&button.as_str()) || button.starts_with("Theme") {
                continue;
            }
            page.by_role("button", &button).await?.click().await?;
            page.until(&format!("{button} opens"), async || {
                Ok(page.eval("return !!document.querySelector('dialog[open]')").await? == true)
            })
            .await?;
            looked_at(page, &button).await?;
            seen += 1;
            page.press("Escape").await?;
            page.until(&format!("{button} closes"), async || {
                Ok(page.eval("return !document.querySelector('dialog[open]')").await? == true)
            })
            .await?;
        }
        assert!(seen >= 6, "{seen}");
        Ok(())
    });
}
