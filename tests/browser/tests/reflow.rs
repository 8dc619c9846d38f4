//! From a phone of 320 px over 200 % zoom to a screen of 4k: no view scrolls sideways, and nothing is cut off.

use std::time::Duration;

use serde_json::Value;
use twopath::plan::examples;
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, check_within, example};

/// A small phone, a screen of 1440 by 900 at 200 %, one at 400 % (WCAG 2.2, 1.4.10), two columns, and 4k.
const SCREENS: [(u32, u32); 5] = [(320, 640), (720, 450), (360, 225), (1000, 700), (3840, 2160)];

const PAPER: (u32, u32) = (718, 1047);

/// What reaches out of the page or is cut off at its own edge, where it doesn't scroll in a place of its own.
const OUT: &str = "
    const page = document.documentElement;
    const out = [];
    if (page.scrollWidth > page.clientWidth) out.push(`the page: ${page.scrollWidth} px in ${page.clientWidth}`);
    const told = own => `${own.localName}.${own.getAttribute('class') ?? ''} ${(own.innerText ?? '').slice(0, 40)}`;
    // Read out and not seen, or cut with an ellipsis, which says so; and what is typed moves in its field.
    const meant = (own, style) => own.closest('.unseen, .skip, [hidden]') || own.matches('input, textarea, select')
        && own.getBoundingClientRect().right <= page.clientWidth + 1
        || style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none'
        // Names that stand on their ends above the matrix; they stand whole in the list below it.
        || own.matches('.mx-name');
    const scrolls = own => {
        for (let at = own; at && at !== page; at = at.parentElement) {
            const style = getComputedStyle(at);
            if (['auto', 'scroll'].includes(style.overflowX) && at.getBoundingClientRect().right <= page.clientWidth + 1) return true;
        }
        return false;
    };
    const root = document.querySelector('dialog[open]') ?? document.body;
    for (const own of root.querySelectorAll('*')) {
        const box = own.getBoundingClientRect();
        if (!box.width || !box.height) continue;
        const style = getComputedStyle(own);
        if (style.visibility === 'hidden' || meant(own, style)) continue;
        if ((box.right > page.clientWidth + 1 || box.left < -1) && !scrolls(own))
            out.push(`${told(own)} from ${Math.round(box.left)} to ${Math.round(box.right)} of ${page.clientWidth}`);
        const hides = ['hidden', 'clip'].includes(style.overflowX);
        if (hides && own.scrollWidth > own.clientWidth + 1 && !(own instanceof SVGElement) && own.localName !== 'canvas')
            out.push(`${told(own)} is cut: ${own.scrollWidth} px in ${own.clientWidth}`);
    }
    return out.slice(0, 12);";

async fn fits(page: &Page, view: &str) -> Result {
    let told = fits_everywhere(page, view).await;
    page.theme(Theme::Light).await?;
    page.screen(Screen::Wide).await?;
    told
}

async fn fits_everywhere(page: &Page, view: &str) -> Result {
    // On paper: A4 between the margins that browsers leave. It comes last, for it is no screen.
    // The matrix of failures is as wide as there are failures; the list below it, whole on paper, says the same.
    let paper = (view != "Failures").then_some(PAPER);
    for (width, height) in SCREENS.into_iter().chain(paper) {
        page.screen(Screen::Size(width, height)).await?;
        if (width, height) == PAPER {
            page.on_paper().await?;
        }
        // Columns change places, and pictures are drawn anew for their width.
        let mut last = Value::Null;
        page.until(&format!("{view} fits into {width} by {height}"), async || {
            last = page.eval(OUT).await?;
            if last == serde_json::json!([]) { Ok(true) } else { Err(format!("{last:#}").into()) }
        })
        .await?;
    }
    Ok(())
}

async fn opened(page: &Page, start: &str) -> Result {
    page.patience(Duration::from_secs(4));
    page.open("").await?;
    page.answers(&Answer::to(&examples::first())).await?;
    let plan = example(start)?;
    if plan.name != examples::first().name {
        page.choose_example(&plan.name).await?;
    }
    page.answers(&Answer::to(&plan)).await
}

#[test]
fn every_tab_and_every_card_fits() {
    check_within("reflow-tabs", Duration::from_secs(500), async |page| {
        opened(page, "10").await?;
        let names = "return [...document.querySelectorAll('[role=tab]')].map(tab => tab.innerText.trim())";
        let names = page.eval(names).await?;
        let mut failed = Vec::new();
        for name in names.as_array().into_iter().flatten().filter_map(Value::as_str) {
            page.by_role_containing("tab", name).await?.click().await?;
            let there = "return document.querySelector('[role=tabpanel]')?.innerText.length > 40
                && !document.querySelector('[role=tabpanel][aria-busy=true], #answer[aria-busy=true]')";
            page.until(&format!("{name} is there"), async || Ok(page.eval(there).await? == true)).await?;
            // Three columns scroll, each by itself; the page around them doesn't.
            let longer = "return document.documentElement.scrollHeight - innerHeight";
            let longer = page.eval(longer).await?;
            if longer != 0 {
                failed.push(format!("{name}: the page itself scrolls by {longer} px"));
            }
            failed.extend(fits(page, name).await.err().map(|error| error.to_string()));
        }
        for _ in 0..6 {
            page.eval("document.querySelectorAll('#inputs [aria-expanded=false]').forEach(one => one.click())")
                .await?;
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        failed.extend(fits(page, "the inputs, all open").await.err().map(|error| error.to_string()));
        if failed.is_empty() { Ok(()) } else { Err(failed.join("\n").into()) }
    });
}

#[test]
fn every_dialog_fits() {
    check_within("reflow-dialogs", Duration::from_secs(500), async |page| {
        opened(page, "01").await?;
        let mut failed = Vec::new();
        for name in ["Examples", "Plans", "Share", "Report", "Add rows…", "?", "Import"] {
            match name {
                "?" => page.press("?").await?,
                "Import" => {
                    let list =
                        "10.0.0.0/8\n300.1.1.1/8\n192.0.2.0/24 localpref=200 aspath=64496,64497,64498,64499\n";
                    page.drop_file("main", "a-list-with-a-name-that-is-longer-than-a-phone-is-wide.txt", list)
                        .await?;
                }
                button => page.by_role("button", button).await?.click().await?,
            }
            page.until(&format!("{name} opens"), async || {
                Ok(page.eval("return !!document.querySelector('dialog[open]')").await? == true)
            })
            .await?;
            failed.extend(fits(page, name).await.err().map(|error| error.to_string()));
            page.press("Escape").await?;
            page.until(&format!("{name} closes"), async || {
                Ok(page.eval("return !document.querySelector('dialog[open]')").await? == true)
            })
            .await?;
        }
        if failed.is_empty() { Ok(()) } else { Err(failed.join("\n").into()) }
    });
}

/// Whatever the theme: browsers leave out dark backgrounds, and light letters would be left on white.
#[test]
fn paper_is_light() {
    check("reflow-paper", async |page| {
        opened(page, "01").await?;
        let ink = "return getComputedStyle(document.querySelector('.verdict')).color";
        page.theme(Theme::Dark).await?;
        page.by_role("button", "Theme: as the system").await?.click().await?;
        page.by_role("button", "Theme: light").await?.click().await?;
        page.by_role("button", "Theme: dark").await?;
        assert_eq!(page.eval(ink).await?, "rgb(231, 234, 240)");
        page.on_paper().await?;
        assert_eq!(page.eval(ink).await?, "rgb(21, 25, 31)");
        page.theme(Theme::Light).await
    });
}

/// What stays at the top of a phone, or is first there, leaves three quarters of it to the answer.
#[test]
fn a_phones_header_is_a_quarter_of_it_at_most() {
    check("reflow-header", async |page| {
        opened(page, "01").await?;
        page.screen(Screen::Narrow).await?;
        let tall =
            "const header = ['.bar', '.skip'].map(name => document.querySelector(name).getBoundingClientRect());
            return Math.max(...header.map(box => box.bottom)) - Math.min(...header.map(box => box.top));";
        let mut seen = 0.0;
        page.until("the header is low", async || {
            seen = page.eval(tall).await?.as_f64().unwrap_or(f64::INFINITY);
            if seen <= 844.0 / 4.0 { Ok(true) } else { Err(format!("{seen} px").into()) }
        })
        .await?;
        println!("the header of a phone: {seen} px of 844");
        page.screenshot("reflow-header").await
    });
}
