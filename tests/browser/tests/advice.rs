//! The tab of advice: findings with what shows them, a reason where one is accepted.

use twopath::desk::Engine;
use twopath::desk::door::{Reply, Request};
use twopath::plan::{Plan, examples};
use twopath::report::words::advice::headline;
use twopath::routing::Scenario;
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

async fn open(page: &Page) -> Result {
    page.open("").await?;
    page.answers(&Answer::to(&examples::first())).await?;
    page.by_role("tab", "Advice").await?.click().await?;
    page.wait_for("The rulebook finds 2 warnings.").await
}

#[test]
fn a_finding_is_accepted_and_the_acceptance_taken_back() {
    check("advice", async |page| {
        open(page).await?;
        page.wait_for("Public peering is retired").await?;
        page.eval("document.querySelector('.advice details').open = true").await?;
        page.eval("document.querySelector('.advice details input').focus()").await?;
        page.insert("It is history").await?;
        page.press("Enter").await?;
        page.wait_for("The rulebook finds 1 warning; 1 accepted.").await?;
        page.eval("document.querySelector('.study-filters input').click()").await?;
        page.wait_for("It is history").await?;
        page.by_role("button", "Take the acceptance back").await?.click().await?;
        page.wait_for("The rulebook finds 2 warnings.").await?;
        page.by_role("button", "Undo").await?.click().await?;
        page.wait_for("The rulebook finds 1 warning; 1 accepted.").await?;
        let styled = "return document.querySelectorAll('.study [style]').length";
        assert_eq!(page.eval(styled).await?, 0);
        Ok(())
    });
}

#[test]
fn how_many_findings_there_are_is_told_on_every_tab_and_after_every_edit() {
    check("advice-line", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.by_role("button", "The rulebook finds 2 warnings.").await?;
        // Another tab's study is worked out first, and the line stays.
        page.by_role("tab", "Failures").await?.click().await?;
        page.by_role("button", "The rulebook finds 2 warnings.").await?;
        let mended = example("04")?;
        page.choose_example(&mended.name).await?;
        page.by_role("button", &told(&mended)).await?;
        page.choose_example(&examples::first().name).await?;
        // An edit, seen from where nothing of the rulebook is shown.
        page.by_role("tab", "Flows").await?.click().await?;
        let mut edited = examples::first();
        edited.exits[0].advertised = "203.0.113.0/24\n10.0.0.0/8".into();
        assert_ne!(told(&edited), told(&examples::first()));
        page.by_role("textbox", "Advertisements of Internet link")
            .await?
            .fill("203.0.113.0/24\n10.0.0.0/8")
            .await?;
        page.by_role("button", &told(&edited)).await?.click().await?;
        assert_eq!(page.by_role("tab", "Advice").await?.state("selected"), &true);
        page.wait_for("Public peering is retired").await
    });
}

/// What the line says of a plan.
fn told(plan: &Plan) -> String {
    let mut engine = Engine::default();
    let (plan, kept, scenario) = (Box::new(plan.clone()), Vec::new(), Scenario::default());
    engine.handle(Request::Solve { generation: 1, plan, kept, scenario, compare: false }, None);
    engine.finish();
    engine.handle(Request::Check { generation: 1 }, None);
    match engine.finish().pop() {
        Some(Reply::Checked { open, accepted, .. }) => headline(&open, accepted),
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_looks_as_it_should() {
    check("advice-look", async |page| {
        open(page).await?;
        for (screen, size) in [(Screen::Narrow, "narrow"), (Screen::Wide, "wide")] {
            page.screen(screen).await?;
            for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
                page.theme(theme).await?;
                page.eval("document.querySelector('.study').scrollIntoView()").await?;
                page.screenshot(&format!("advice-{size}-{name}")).await?;
            }
            let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
            assert_eq!(page.eval(wide).await?, false, "{size}");
        }
        Ok(())
    });
}
