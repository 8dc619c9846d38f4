//! The tab of failures: the matrix, a cell in full, a failure supposed.

use twopath::desk::Solved;
use twopath::pace::at_once;
use twopath::plan::examples;
use twopath::report::words::{Names, failures as told};
use twopath::study::failures::{Failures, View, Window};
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check};

/// What the engine says natively.
fn window() -> Window {
    let solved = Solved::new(examples::first(), Default::default(), false);
    let world = solved.world();
    at_once(|pace| async move { Failures::new(world, &pace).await }).window(View::default())
}

async fn open(page: &Page) -> Result {
    page.open("").await?;
    page.answers(&Answer::to(&examples::first())).await?;
    page.by_role("tab", "Failures").await?.click().await?;
    page.by_role("table", "Flows under failures").await?;
    Ok(())
}

#[test]
fn the_matrix_says_what_the_engine_says() {
    check("failures-matrix", async |page| {
        open(page).await?;
        let (plan, window) = (examples::first(), window());
        let names = Names::of(&plan);
        let script = "return [...document.querySelectorAll('.mx tbody .mx-cell')].map(cell => cell.getAttribute('aria-label'))";
        let found: Vec<String> = serde_json::from_value(page.eval(script).await?)?;
        let expected: Vec<String> = window
            .lines
            .iter()
            .flat_map(|line| {
                let flow = names.flow(&line.sum.flow).to_owned();
                let names = &names;
                window.columns.iter().zip(&line.outcomes).map(move |(column, outcome)| {
                    format!("{flow}, {}: {}", told::failure(&column.failure, names), told::outcome(*outcome))
                })
            })
            .collect();
        assert_eq!(found, expected);
        Ok(())
    });
}

#[test]
fn arrows_lead_through_cells_and_a_cell_opens_in_full() {
    check("failures-cell", async |page| {
        open(page).await?;
        page.eval("document.getElementById('mx-0-0').focus()").await?;
        page.press("ArrowDown").await?;
        page.press("ArrowRight").await?;
        assert_eq!(page.eval("return document.activeElement.id").await?, "mx-1-1");
        page.press("ArrowLeft").await?;
        page.press("ArrowUp").await?;
        page.press("ArrowUp").await?;
        assert_eq!(page.eval("return document.activeElement.id").await?, "mx-h-0");
        page.press("ArrowDown").await?;
        page.press("Enter").await?;
        page.wait_for("Suppose it and show the flow").await?;
        let pressed = "return document.querySelectorAll('.mx-cell[aria-pressed=true]').length";
        assert_eq!(page.eval(pressed).await?, 1);
        page.by_role("button", "Close").await?.click().await?;
        page.until("the cell is closed", async || Ok(page.eval(pressed).await? == 0)).await
    });
}

#[test]
fn a_failures_head_supposes_it() {
    check("failures-suppose", async |page| {
        open(page).await?;
        let window = window();
        let plan = examples::first();
        let scenario = &window.columns[0].scenario;
        page.eval("document.getElementById('mx-h-0').click()").await?;
        let sentence = twopath::report::words::scenario(scenario, &Names::of(&plan));
        page.wait_for(&format!("{sentence} Each failure comes on top of that.")).await?;
        Ok(())
    });
}

#[test]
fn it_looks_as_it_should() {
    check("failures-look", async |page| {
        open(page).await?;
        page.eval("document.getElementById('mx-0-8').click()").await?;
        page.wait_for("Suppose it and show the flow").await?;
        for (screen, size) in [(Screen::Narrow, "narrow"), (Screen::Wide, "wide")] {
            page.screen(screen).await?;
            for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
                page.theme(theme).await?;
                page.eval("document.querySelector('.mx').scrollIntoView()").await?;
                page.screenshot(&format!("failures-{size}-{name}")).await?;
            }
            // Only the matrix's own box is wider than the screen.
            let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
            assert_eq!(page.eval(wide).await?, false, "{size}");
        }
        Ok(())
    });
}
