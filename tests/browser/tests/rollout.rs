//! The tab of the rollout: steps moved by keyboard and buttons, a better order taken in one step.

use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

/// Pins one example, opens another, and the tab.
async fn open(page: &Page, from: &str, to: &str) -> Result {
    page.open("").await?;
    for (number, pin) in [(from, true), (to, false)] {
        let plan = example(number)?;
        page.by_role("tab", "Flows").await?.click().await?;
        page.choose_example(&plan.name).await?;
        page.answers(&Answer::to(&plan)).await?;
        page.by_role("tab", "Rollout").await?.click().await?;
        if pin {
            page.wait_for("No plan is pinned.").await?;
            page.by_role("button", "Pin this plan").await?.click().await?;
            page.wait_for("Nothing has to change").await?;
        }
    }
    page.until("steps are told", async || {
        Ok(page.eval("return document.querySelectorAll('.rollout-step').length > 2").await? == true)
    })
    .await
}

async fn titles(page: &Page) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('.rollout-step h3')].map(own => own.innerText)";
    let found = page.eval(script).await?;
    Ok(found.as_array().into_iter().flatten().filter_map(|own| own.as_str().map(str::to_owned)).collect())
}

#[test]
fn steps_are_moved_by_buttons_and_keys_and_a_better_order_is_one_step_to_undo() {
    check("rollout", async |page| {
        open(page, "02", "04").await?;
        let first = titles(page).await?;
        page.eval("document.querySelector('.rollout-step:nth-child(2) .rollout-tools button').focus()").await?;
        page.press("Enter").await?;
        let mut swapped = first.clone();
        swapped.swap(0, 1);
        page.until("the second step is first", async || Ok(titles(page).await? == swapped)).await?;
        // The focus goes with the step: now at the top, on the arrow down.
        let focused = page.focused().await?;
        assert!(focused.contains("Later: step 1"), "{focused}");
        page.press("Alt+ArrowDown").await?;
        page.until("it is back", async || Ok(titles(page).await? == first)).await?;
        page.by_role("button", "Undo").await?.click().await?;
        page.until("the move is undone", async || Ok(titles(page).await? == swapped)).await?;
        page.by_role("button", "Back to the usual order").await?.click().await?;
        page.until("the usual order", async || Ok(titles(page).await? == first)).await?;
        page.wait_for("In another order").await?;
        page.by_role("button", "Use this order").await?.click().await?;
        page.until("none is better", async || {
            let script = "return document.querySelector('.rollout-better') === null && \
                document.querySelector('.panel').getAttribute('aria-busy') === 'false'";
            Ok(page.eval(script).await? == true)
        })
        .await?;
        assert!(titles(page).await? != first);
        page.by_role("button", "Undo").await?.click().await?;
        page.until("the order before", async || Ok(titles(page).await? == first)).await?;
        let styled = "return document.querySelectorAll('.study [style]').length";
        assert_eq!(page.eval(styled).await?, 0);
        Ok(())
    });
}

#[test]
fn it_looks_as_it_should() {
    check("rollout-look", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&twopath::plan::examples::first())).await?;
        page.by_role("tab", "Rollout").await?.click().await?;
        page.screenshot("rollout-empty").await?;
        open(page, "02", "04").await?;
        for (screen, size) in [(Screen::Narrow, "narrow"), (Screen::Wide, "wide")] {
            page.screen(screen).await?;
            for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
                page.theme(theme).await?;
                page.eval("document.querySelector('.study').scrollIntoView()").await?;
                page.screenshot(&format!("rollout-{size}-{name}")).await?;
            }
            let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
            assert_eq!(page.eval(wide).await?, false, "{size}");
        }
        page.theme(Theme::Forced).await?;
        page.screenshot("rollout-wide-forced").await?;
        page.theme(Theme::Light).await?;
        page.on_paper().await?;
        page.eval("document.querySelector('.tabs').scrollIntoView()").await?;
        page.screenshot("rollout-on-paper").await?;
        page.theme(Theme::Light).await?;
        page.print("rollout-paper").await?;
        page.screen(Screen::Narrow).await?;
        page.eval("document.querySelector('.tabs').scrollIntoView()").await?;
        page.screenshot("rollout-narrow-tabs").await?;
        page.screen(Screen::Wide).await?;
        Ok(())
    });
}
