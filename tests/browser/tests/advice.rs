//! The tab of advice: findings with what shows them, a reason where one is accepted.

use twopath::plan::examples;
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check};

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
