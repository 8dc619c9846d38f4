//! Proven fixes: looked for, previewed, and applied in one step that can be taken back.

use twopath::advice::fix::Fixes;
use twopath::desk::Solved;
use twopath::pace::at_once;
use twopath::plan::{Plan, examples};
use twopath::report::words::page::fixes as words;
use twopath::report::words::{Names, fixes as told};
use twopath::routing::Scenario;
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

/// The example, and its fixes as the native engine finds them.
fn case() -> Result<(Plan, Fixes)> {
    let plan = example("03")?;
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    let (world, rows) = (solved.world(), solved.rows.as_slice());
    let fixes = at_once(|pace| async move { Fixes::of(world, rows, &pace).await });
    Ok((plan, fixes))
}

async fn open(page: &Page, plan: &Plan) -> Result {
    page.open("").await?;
    page.answers(&Answer::to(&examples::first())).await?;
    page.choose_example(&plan.name).await?;
    page.answers(&Answer::to(plan)).await?;
    page.by_role("tab", "Advice").await?.click().await?;
    page.wait_for("The rulebook finds").await
}

#[test]
fn everything_is_made_to_work_by_keyboard_and_taken_back() {
    check("fixes", async |page| {
        let (plan, fixes) = case()?;
        open(page, &plan).await?;
        page.tab_to(&format!("button \"{}\"", words::EVERYTHING)).await?;
        page.press("Enter").await?;
        page.wait_for(&told::everything(&fixes.everything, &Names::of(&plan))).await?;
        assert_eq!(page.focused().await?, format!("heading \"{}\"", words::TITLE));
        for proposal in &fixes.proposals {
            for sentence in told::effect(&proposal.effect, &Names::of(&plan)) {
                page.wait_for(&sentence).await?;
            }
        }
        let all = fixes.proposal(0).ok_or("something makes everything work")?;
        let before = page.text().await?;
        page.tab_to("button \"Preview: All together\"").await?;
        page.press("Enter").await?;
        let preview = page.by_role("region", words::DIFFERENCE).await?;
        if let Some(change) = told::inserted(&all.changes[0], &Names::of(&plan)) {
            page.wait_for(&change).await?;
        }
        assert!(!preview.all_by_role("row").await?.is_empty(), "the flows that move");
        assert!(!before.contains(words::IN_ANSWER));
        // The plan stands as it was.
        page.by_role("tab", "Flows").await?.click().await?;
        page.answers(&Answer::to(&plan)).await?;
        page.by_role("tab", "Advice").await?.click().await?;
        page.tab_to("button \"Apply: All together\"").await?;
        page.press("Enter").await?;
        page.by_role("tab", "Flows").await?.click().await?;
        page.answers(&Answer::to(&all.apply(&plan))).await?;
        page.by_role("button", "Undo").await?.click().await?;
        page.answers(&Answer::to(&plan)).await
    });
}

#[test]
fn a_failing_flow_and_a_finding_lead_to_their_fixes() {
    check("fixes-flow", async |page| {
        let (plan, _) = case()?;
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.choose_example(&plan.name).await?;
        page.answers(&Answer::to(&plan)).await?;
        page.by_role("button", words::FOR_FLOW).await?.click().await?;
        page.wait_for(words::FAILING).await?;
        let styled = "return document.querySelectorAll('.study [style]').length";
        assert_eq!(page.eval(styled).await?, 0);
        let link = "
            const link = [...document.querySelectorAll('.fixes-flows .place')][0];
            link.click();
            return link.innerText";
        let wanted = page.eval(link).await?;
        let wanted = wanted.as_str().unwrap_or_default();
        assert_eq!(page.focused().await?, format!("heading \"{wanted}\""));
        Ok(())
    });
}

#[test]
fn it_looks_as_it_should() {
    check("fixes-look", async |page| {
        let (plan, _) = case()?;
        open(page, &plan).await?;
        page.by_role("button", words::LOOK).await?.click().await?;
        page.by_role("button", "Preview: All together").await?.click().await?;
        page.by_role("region", words::DIFFERENCE).await?;
        for (screen, size) in [(Screen::Narrow, "narrow"), (Screen::Wide, "wide")] {
            page.screen(screen).await?;
            for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
                page.theme(theme).await?;
                page.eval("document.querySelector('.study').scrollIntoView()").await?;
                page.screenshot(&format!("fixes-{size}-{name}")).await?;
            }
            let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
            assert_eq!(page.eval(wide).await?, false, "{size}");
        }
        page.on_paper().await?;
        page.screenshot("fixes-print").await
    });
}
