//! The picture: one journey, all flows together, and looked at closer.

use twopath::desk::Solved;
use twopath::plan::examples;
use twopath::report::picture::draw_traffic;
use twopath::routing::Scenario;
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check};

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
