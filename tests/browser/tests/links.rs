//! A plan in a link: made, opened over a plan that stays, cut, altered, too long.

use twopath::desk::link;
use twopath::plan::{Plan, examples};
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

async fn shown_link(page: &Page) -> Result<String> {
    page.by_role("button", "Share").await?.click().await?;
    let dialog = page.by_role("dialog", "Share this plan").await?;
    let link = dialog.by_role("textbox", "Link").await?.value().await?;
    Ok(link)
}

async fn plan_name(page: &Page, name: &str) -> Result {
    page.until("the plan has its name", async || {
        Ok(page.by_role("textbox", "Plan name").await?.value().await? == name)
    })
    .await
}

#[test]
fn a_link_holds_the_plan_and_the_plan_that_was_there_comes_back() {
    check("link", async |page| {
        page.open("").await?;
        let mut mine = examples::first();
        page.answers(&Answer::to(&mine)).await?;
        "Mine & <b>yours</b> ü".clone_into(&mut mine.name);
        page.by_role("textbox", "Plan name").await?.fill(&mine.name).await?;
        page.wait_for("Saved in this browser").await?;
        let link = shown_link(page).await?;
        assert_eq!(
            link,
            format!("{}#{}", page.base(), link::write(&mine).unwrap()),
            "as the engine writes it natively"
        );
        page.wait_for("characters: browsers carry that").await?;
        page.screenshot("share").await?;
        page.screen(Screen::Narrow).await?;
        page.theme(Theme::Dark).await?;
        page.screenshot("share-narrow-dark").await?;
        page.theme(Theme::Light).await?;
        page.screen(Screen::Wide).await?;
        page.press("Escape").await?;
        // Over an example that nobody has changed there is no plan to go back to; Undo has it.
        let other = example("04")?;
        page.choose_example(&other.name).await?;
        page.answers(&Answer::to(&other)).await?;
        page.eval(&format!("location.href = {:?}", link)).await?;
        page.wait_for("This plan came by a link.").await?;
        page.answers(&Answer::to(&mine)).await?;
        assert!(!page.text().await?.contains("Back to my plan"), "nobody has made a plan");
        page.by_role("button", "Undo").await?.click().await?;
        plan_name(page, &other.name).await?;
        // In a browser that has another plan: that one is a step back.
        let other = Plan { name: "A plan of mine".into(), ..other };
        page.by_role("textbox", "Plan name").await?.fill(&other.name).await?;
        page.answers(&Answer::to(&other)).await?;
        page.eval(&format!("location.href = {:?}", link)).await?;
        page.wait_for("This plan came by a link.").await?;
        page.answers(&Answer::to(&mine)).await?;
        assert_eq!(
            page.eval("return location.hash").await?,
            "",
            "loaded again, it isn't opened over what became of it"
        );
        page.screenshot("link-opened").await?;
        page.by_role("button", "Back to my plan").await?.click().await?;
        plan_name(page, &other.name).await?;
        // In a fresh tab, and loaded again.
        page.client.goto("about:blank").await?;
        page.client.goto(&link).await?;
        plan_name(page, &mine.name).await?;
        page.answers(&Answer::to(&mine)).await?;
        page.wait_for("Saved in this browser").await?;
        page.reload().await?;
        plan_name(page, &mine.name).await
    });
}

#[test]
fn a_cut_or_altered_link_says_so_and_leaves_the_plan_alone() {
    check("link-bad", async |page| {
        page.open("").await?;
        let first = Answer::to(&examples::first());
        page.answers(&first).await?;
        let link = link::write(&example("04")?).unwrap();
        let middle = link.len() / 2;
        let altered = format!(
            "{}{}{}",
            &link[..middle],
            if &link[middle..=middle] == "A" { "B" } else { "A" },
            &link[middle + 1..]
        );
        for (fragment, words) in [
            (&link[..middle], "the link's end is missing."),
            (&*altered, "the link isn't what was sent"),
            (&*link.replacen("plan=1", "plan=2", 1), "a newer Twopath made it"),
            ("plan=<img src=x onerror=alert(1)>", "the link isn't what was sent"),
        ] {
            page.client.goto("about:blank").await?;
            page.open(&format!("#{fragment}")).await?;
            page.wait_for("The link was not opened, and the plan you had is unchanged").await?;
            page.wait_for(words).await?;
            page.answers(&first).await?;
        }
        page.screenshot("link-bad").await?;
        // A place on the page is none.
        page.by_role("button", "Dismiss").await?.click().await?;
        page.eval("location.hash = 'why'").await?;
        page.answers(&first).await?;
        assert!(!page.text().await?.contains("The link was not opened"));
        Ok(())
    });
}

#[test]
fn too_long_for_a_link_a_file_is_offered() {
    check("link-long", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let mut long = Plan { name: "Long".into(), ..examples::first() };
        let mut at = 1_u32;
        let noise: Vec<String> = (0..3_000)
            .map(|_| {
                at = at.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                format!("{}/32", std::net::Ipv4Addr::from(at))
            })
            .collect();
        long.sites[0].inside = noise.join("\n").into();
        page.drop_file("main", "long.json", twopath::plan::save(&long)).await?;
        plan_name(page, "Long").await?;
        page.by_role("button", "Share").await?.click().await?;
        let dialog = page.by_role("dialog", "Share this plan").await?;
        page.wait_for("more than 8,000 are not carried safely. Send the file instead.").await?;
        page.screenshot("share-long").await?;
        dialog.by_role("button", "Save as a file").await?.click().await?;
        assert_eq!(String::from_utf8(page.downloaded("Long.twopath.json").await?)?, twopath::plan::save(&long));
        Ok(())
    });
}

#[test]
fn from_disk_links_open_too_and_say_what_they_are_worth() {
    check("link-disk", async |page| {
        page.open_from_disk().await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let other = example("04")?;
        page.eval(&format!("location.hash = {:?}", link::write(&other).unwrap())).await?;
        plan_name(page, &other.name).await?;
        page.answers(&Answer::to(&other)).await?;
        page.until("the address is clean", async || Ok(page.eval("return location.hash").await? == "")).await?;
        let link = shown_link(page).await?;
        assert!(link.starts_with("file://"), "{link}");
        page.wait_for("This page was opened from disk").await
    });
}

#[test]
fn on_a_phone_the_dialog_has_no_empty_strips() {
    check("share-phone", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.by_role("button", "Share").await?.click().await?;
        // From edge to edge of their row, in pixels, and from the last one to the end of the dialog.
        let empty = "const place = one => document.querySelector(one).getBoundingClientRect();
            const [tools, body] = [place('.export-tools'), place('.dialog-body')];
            const buttons = [...document.querySelectorAll('.export-tools button')]
                .map(one => one.getBoundingClientRect());
            const rows = [...new Set(buttons.map(one => one.y))].map(y => buttons.filter(one => one.y === y));
            return rows.flatMap(row => [row[0].left - tools.left, tools.right - row.at(-1).right])
                .concat(body.bottom - 16 - buttons.at(-1).bottom).map(Math.round)";
        for width in [320, 360, 390] {
            page.screen(Screen::Size(width, 700)).await?;
            page.screenshot(&format!("share-{width}")).await?;
            let strips = page.eval(empty).await?;
            let strips: Vec<i64> = strips.as_array().into_iter().flatten().filter_map(|px| px.as_i64()).collect();
            assert!(strips.len() >= 3 && strips.iter().all(|px| *px == 0), "{width}: {strips:?}");
        }
        page.by_role("button", "Copy the link").await?.click().await?;
        page.wait_for("Copied.").await?;
        page.screenshot("share-390-copied").await
    });
}
