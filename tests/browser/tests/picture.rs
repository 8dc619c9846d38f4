//! The picture: one journey, all flows together, and looked at closer.

use serde_json::json;
use twopath::desk::Solved;
use twopath::plan::examples;
use twopath::report::picture::{Shape, Stroke, draw_traffic};
use twopath::routing::Scenario;
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

async fn picture(page: &Page, attribute: &str) -> Result<String> {
    let script = format!("return document.querySelector('svg.pic').getAttribute('{attribute}')");
    Ok(page.eval(&script).await?.as_str().unwrap_or_default().to_owned())
}

#[test]
fn all_flows_together_are_what_the_engine_bundles_and_a_chosen_flow_ends_it() {
    check("picture", async |page| {
        let plan = examples::first();
        page.open("").await?;
        page.answers(&Answer::to(&plan)).await?;
        let one = picture(page, "aria-label").await?;
        page.by_role("button", "All flows").await?.click().await?;
        let solved = Solved::new(plan.clone(), Scenario::default(), false);
        let traffic = solved.summary().traffic;
        let wanted = draw_traffic(&plan, &Scenario::default(), &traffic, 800).alternative;
        page.until("all flows are told", async || Ok(picture(page, "aria-label").await? == wanted)).await?;
        assert_ne!(one, wanted);
        let strokes = "return document.querySelectorAll('svg.pic .pic-traffic title').length";
        assert!(page.eval(strokes).await?.as_u64() > Some(2));
        page.screenshot("picture-all-flows").await?;
        page.screen(Screen::Narrow).await?;
        page.theme(Theme::Dark).await?;
        page.screenshot("picture-all-flows-narrow-dark").await?;
        page.screen(Screen::Wide).await?;
        page.theme(Theme::Light).await?;
        page.tab_to("treegrid \"Flows\"").await?;
        page.press("End").await?;
        page.press("Enter").await?;
        page.until("one flow is told", async || Ok(picture(page, "aria-label").await? != wanted)).await?;
        assert_eq!(page.by_role("button", "All flows").await?.text().await?, "All flows");
        let pressed =
            "return document.querySelector('.picture-tools [aria-pressed]').getAttribute('aria-pressed')";
        assert_eq!(page.eval(pressed).await?, "false");
        Ok(())
    });
}

/// The lines of all flows, by their courses, and which of them aren't dimmed.
type Lit = Vec<(String, bool)>;

async fn lit(page: &Page) -> Result<Lit> {
    let script = "return [...document.querySelectorAll('svg.pic .pic-traffic')]
        .map(line => [line.getAttribute('d'), getComputedStyle(line).opacity === '1'])";
    Ok(serde_json::from_value(page.eval(script).await?)?)
}

async fn lights(page: &Page, what: &str, wanted: &Lit) -> Result {
    let mut last = Vec::new();
    let waited = page
        .until(what, async || {
            last = lit(page).await?;
            Ok(last == *wanted)
        })
        .await;
    waited.map_err(|error| format!("{error}: wanted {wanted:?}, last seen {last:?}").into())
}

/// Moves the mouse onto the middle of the first element that a selector finds.
async fn point_at(page: &Page, selector: &str) -> Result {
    let script = format!(
        "const at = document.querySelector('{selector}').getBoundingClientRect();
        return [at.x + at.width / 2, at.y + at.height / 2]"
    );
    let at = page.eval(&script).await?;
    let moved = json!({ "type": "mouseMoved", "x": at[0], "y": at[1] });
    page.devtools("Input.dispatchMouseEvent", moved).await.map(drop)
}

#[test]
fn a_row_that_is_pointed_at_lights_its_lines_and_changes_nothing_else() {
    check("picture-pointed", async |page| {
        // Flows that come back by another exit, and one that is split.
        let plan = example("02")?;
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.choose_example(&plan.name).await?;
        page.answers(&Answer::to(&plan)).await?;
        page.screen(Screen::Size(1440, 1500)).await?;
        page.by_role("button", "All flows").await?.click().await?;
        let solved = Solved::new(plan.clone(), Scenario::default(), false);
        let width = page.eval("return document.querySelector('svg.pic').viewBox.baseVal.width").await?;
        let width = i32::try_from(width.as_i64().unwrap())?;
        let scene = draw_traffic(&plan, &Scenario::default(), &solved.summary().traffic, width);
        let wanted = |of: &dyn Fn(&Stroke) -> bool| -> Lit {
            let strokes = scene.shapes.iter().filter_map(|shape| match shape {
                Shape::Stroke(stroke) if stroke.traffic.is_some() => Some((stroke.path.svg(), of(stroke))),
                _ => None,
            });
            strokes.collect()
        };
        let all = wanted(&|_| true);
        lights(page, "none is dimmed", &all).await?;
        let rows = &solved.rows;
        let of_row = |row: usize| wanted(&|stroke| stroke.carries(&rows[row], &rows[row].parts));
        let other = (1..rows.len()).find(|row| of_row(*row) != of_row(0)).ok_or("all rows go the same ways")?;
        assert_ne!(of_row(0), all);
        // Once the verdict is read out, nothing changes by itself any more.
        let headline = Answer::to(&plan).headline;
        let said = "return [...document.querySelectorAll('p.unseen[role=status]')].map(one => one.textContent)";
        page.until("the verdict is read out", async || Ok(page.eval(said).await?.to_string().contains(&headline)))
            .await?;
        // By the mouse.
        let places = "return [...document.querySelectorAll('body *')]
            .map(one => { const at = one.getBoundingClientRect(); return [at.x, at.y, at.width, at.height]; })";
        let before = page.eval(places).await?;
        page.eval(
            "window.changed = [];
            new MutationObserver(all => changed.push(...all.map(one => one.target)))
                .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});",
        )
        .await?;
        for row in [0, other] {
            point_at(page, &format!("#flow-{row} td")).await?;
            lights(page, "the row's lines are lit", &of_row(row)).await?;
            page.screenshot(&format!("picture-pointed-{row}")).await?;
        }
        page.theme(Theme::Dark).await?;
        page.screenshot("picture-pointed-dark").await?;
        page.theme(Theme::Light).await?;
        let elsewhere = "return changed.map(one => one.closest ? one : one.parentElement)
            .filter(one => !one?.closest('svg.pic')).map(one => one?.outerHTML)";
        assert_eq!(page.eval(elsewhere).await?, json!([]));
        assert_eq!(page.eval(places).await?, before, "something moved");
        point_at(page, ".verdict").await?;
        lights(page, "without the mouse none is dimmed", &all).await?;
        // By the keyboard, down to a part of a row.
        let split = rows.iter().position(|row| row.parts.len() > 1).ok_or("no row is split")?;
        page.tab_to("treegrid \"Flows\"").await?;
        page.press("Home").await?;
        lights(page, "the first row's lines are lit", &of_row(0)).await?;
        for _ in 0..split {
            page.press("ArrowDown").await?;
        }
        lights(page, "the split row's lines are lit", &of_row(split)).await?;
        page.press("ArrowRight").await?;
        page.press("ArrowDown").await?;
        let part = wanted(&|stroke| stroke.carries(&rows[split], &rows[split].parts[..1]));
        assert_ne!(part, of_row(split));
        lights(page, "the part's lines are lit", &part).await?;
        page.press("Shift+Tab").await?;
        lights(page, "without the focus none is dimmed", &all).await
    });
}

#[test]
fn it_is_looked_at_closer_by_keys_and_by_buttons_and_moves_in_its_frame() {
    check("picture-near", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let whole: f64 = picture(page, "width").await?.parse().unwrap();
        let times = async |page: &Page| -> Result<f64> {
            Ok((picture(page, "width").await?.parse::<f64>().unwrap() / whole * 100.0).round() / 100.0)
        };
        page.tab_to("group \"The picture: plus and minus zoom, arrows move it\"").await?;
        page.press("+").await?;
        page.press("+").await?;
        page.press("+").await?;
        page.until("it is twice as large", async || Ok(times(page).await? == 2.0)).await?;
        let frame = "const place = document.querySelector('.picture-place');
            return [place.scrollLeft, place.scrollWidth > place.clientWidth,
                document.documentElement.scrollWidth > document.documentElement.clientWidth]";
        let before = page.eval(frame).await?;
        assert_eq!(
            (&before[1], &before[2]),
            (&true.into(), &false.into()),
            "it moves, and the page doesn't: {before}"
        );
        // What was in the middle is there still.
        assert!(before[0].as_f64() > Some(whole * 0.3), "{before}");
        page.press("ArrowRight").await?;
        page.until("an arrow moved it", async || Ok(page.eval(frame).await?[0].as_f64() > before[0].as_f64()))
            .await?;
        page.screenshot("picture-near").await?;
        page.press("-").await?;
        page.until("it is smaller", async || Ok(times(page).await? == 1.5)).await?;
        page.by_role("button", "Zoom in").await?.click().await?;
        page.until("the button does the same", async || Ok(times(page).await? == 2.0)).await?;
        page.by_role("button", "Show the whole picture").await?.click().await?;
        page.until("it is whole", async || Ok(times(page).await? == 1.0)).await
    });
}
