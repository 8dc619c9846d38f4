//! The tab of capacity: loads before, normally and in the worst failure; ports.

use twopath::plan::examples;
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check};

async fn open(page: &Page) -> Result {
    page.open("").await?;
    page.answers(&Answer::to(&examples::first())).await?;
    page.by_role("tab", "Capacity").await?.click().await?;
    page.wait_for("Circuits and Internet links, the fullest first").await
}

#[test]
fn the_field_reports_saturated_link_is_seen() {
    check("capacity", async |page| {
        open(page).await?;
        // 110 Mbps of 100 before; 11 with ExpressRoute, as the command line says.
        page.by_role("img", "Out, Before: 110 Mbps of 100 Mbps").await?;
        page.by_role("img", "Out, Normally: 11 Mbps of 100 Mbps").await?;
        page.wait_for("✗ Over").await?;
        page.wait_for("Sessions and ports").await?;
        let styled = "return document.querySelectorAll('.study [style]').length";
        assert_eq!(page.eval(styled).await?, 0);
        Ok(())
    });
}

#[test]
fn it_looks_as_it_should() {
    check("capacity-look", async |page| {
        open(page).await?;
        for (screen, size) in [(Screen::Narrow, "narrow"), (Screen::Wide, "wide")] {
            page.screen(screen).await?;
            for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
                page.theme(theme).await?;
                page.eval("document.querySelector('.study').scrollIntoView()").await?;
                page.screenshot(&format!("capacity-{size}-{name}")).await?;
            }
            let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
            assert_eq!(page.eval(wide).await?, false, "{size}");
        }
        Ok(())
    });
}
