//! No view, in no theme and at no width, has a barrier that axe-core finds.

use std::time::Duration;
use twopath::plan::examples;
use twopath::report::words::page::{fixes, import, logs};
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check_within, example};

const PANOS: &str = include_str!("../../golden/config/panos-config.txt");
/// Two lists in one paste: a print with more faults and choices of its own than there is room for, and sets.
fn lists() -> String {
    let mut print = String::from(
        "r1#show ip bgp\nBGP table version is 412, local router ID is 192.0.2.1\n     \
         Network          Next Hop            Metric LocPrf Weight Path\n",
    );
    for number in 10..40 {
        print += &format!(
            " *   198.18.{number}.0/24   192.0.2.9                0             0 12076 i\n \
             *>                   192.0.2.13               0             0 12076 12076 i\n \
             *>  300.1.1.{number}/8     192.0.2.9                0             0 12076 i\n"
        );
    }
    let sets: Vec<String> = (10..40)
        .map(|number| {
            format!(r#"{{"name": "Set{number}", "properties": {{"addressPrefixes": ["13.64.{number}.0/24"]}}}}"#)
        })
        .collect();
    format!("{print}\n{{\"values\": [{}]}}\n", sets.join(","))
}
/// A flow log whose columns one has to name.
const LOG: &str = "src ip;dst ip;octets;seen\n10.1.2.3;13.107.6.152;75000000;2026-11-17 08:00:00\n";
/// One of a known kind, with a row of the catalogue and what is in none.
const NSG: &str = r#"{"records":[{"time":"2025-11-16T09:00:00Z","category":"NetworkSecurityGroupFlowEvent",
 "properties":{"Version":2,"flows":[{"rule":"Allow","flows":[{"mac":"000D3AF87856","flowTuples":[
 "1763280000,10.20.1.1,20.33.147.9,50000,443,T,O,A,E,10,9000000,12,90000000",
 "1763280000,10.20.1.1,100.64.9.1,51000,443,T,O,A,E,10,9000000,12,90000000",
 "1763280000,100.64.1.1,10.20.1.1,52000,443,T,O,A,E,10,9000000,12,90000000"]}]}]}}]}"#;

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
    in_every_look(page, view).await
}

async fn in_every_look(page: &Page, view: &str) -> Result {
    for (screen, width) in [(Screen::Narrow, "narrow"), (Screen::Wide, "wide")] {
        page.screen(screen).await?;
        for (theme, colours) in [(Theme::Dark, "dark"), (Theme::Forced, "forced"), (Theme::Light, "light")] {
            page.theme(theme).await?;
            let forced = page.eval("return matchMedia('(forced-colors: active)').matches").await?;
            assert_eq!(forced, theme == Theme::Forced);
            page.has_no_barriers(&format!("{view}, {width}, {colours}")).await?;
        }
    }
    Ok(())
}

async fn closed(page: &Page) -> Result {
    page.by_role("button", "Cancel").await?.click().await?;
    page.without_dialog().await
}

#[test]
fn every_tab() {
    check_within("barriers-tabs", Duration::from_secs(500), async |page| {
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
    check_within("barriers-dialogs", Duration::from_secs(500), async |page| {
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

#[test]
fn every_preview_of_an_import() {
    check_within("barriers-previews", Duration::from_secs(400), async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        // A firewall's configuration: whose it is, where its zones lead, what it says, what has no place.
        page.paste_to_import(PANOS).await?;
        page.by_role_containing("combobox", "Device: ").await?;
        page.by_role_containing("button", "What it says").await?.focus().await?;
        page.press("Enter").await?;
        page.by_role("table", import::RULES).await?;
        looked_at(page, "a configuration").await?;
        closed(page).await?;
        // Lists: faults in their lines, the router's own choice, sets.
        page.paste_to_import(&lists()).await?;
        for button in ["30 errors", "The router chose otherwise", "30 sets"] {
            page.by_role_containing("button", button).await?.focus().await?;
            page.press("Enter").await?;
        }
        looked_at(page, "lists").await?;
        closed(page).await?;
        page.drop_file("body", "log.csv", LOG).await?;
        page.by_role("group", logs::COLUMNS).await?;
        looked_at(page, "the columns of a flow log").await?;
        closed(page).await?;
        page.drop_file("body", "PT1H.json", NSG).await?;
        page.by_role("table", logs::ROWS).await?;
        looked_at(page, "a flow log").await?;
        closed(page).await
    });
}

#[test]
fn the_preview_of_a_fix() {
    check_within("barriers-fixes", Duration::from_secs(400), async |page| {
        let plan = example("03")?;
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.choose_example(&plan.name).await?;
        page.answers(&Answer::to(&plan)).await?;
        page.by_role("tab", "Advice").await?.click().await?;
        page.by_role("button", fixes::LOOK).await?.click().await?;
        page.by_role("button", "Preview: All together").await?.click().await?;
        page.by_role("region", fixes::DIFFERENCE).await?;
        looked_at(page, "the preview of a fix").await
    });
}

/// The report that the page saves, to the byte as natively (`report.rs`), as a browser opens it.
#[test]
fn the_report() {
    check_within("barriers-report", Duration::from_secs(400), async |page| {
        for start in ["03", "10"] {
            page.open_report(start).await?;
            in_every_look(page, &format!("the report of example {start}")).await?;
        }
        Ok(())
    });
}
