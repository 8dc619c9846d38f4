//! Editing on the page: lists with faults, mending a broken plan, undo and redo, hostile text.

use twopath::plan::examples;
use twopath_browser_tests::{Answer, Page, Result, check, example};

const FAULTY: &str =
    "# what we learn\n0.0.0.0/0\n20.33.147.5/24 med=10\n300.1.1.1/8\n20.47.3.0/33\n20.60.28.0/23\n";
const FIXED: &str =
    "# what we learn\n0.0.0.0/0\n20.33.147.0/24 med=10\n300.1.1.1/8\n20.47.3.0/33\n20.60.28.0/23\n";

#[test]
fn a_pasted_list_with_faults_is_marked_and_mended_by_a_click() {
    check("faults", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let list = page.by_role("textbox", "Learned routes of Internet link").await?;
        list.fill(FAULTY).await?;
        page.wait_for("Plain list: 3 IPv4, 2 skipped").await?;
        page.by_role("button", "2 errors, 1 warning").await?.click().await?;
        // Each place leads to its span, brings it into sight and shows it marked.
        for (place, span) in [("3:1", "20.33.147.5/24"), ("4:1", "300"), ("5:11", "33")] {
            page.by_role("button", place).await?.click().await?;
            assert_eq!(selected(page).await?, span);
            page.until(&format!("{span} is marked"), async || {
                let marks = "return [...document.querySelectorAll('.mark')].map(mark => mark.textContent)";
                Ok(page.eval(marks).await?.as_array().is_some_and(|marks| marks.iter().any(|mark| mark == span)))
            })
            .await?;
        }
        page.by_role("button", "Make it 20.33.147.0/24").await?.click().await?;
        page.until("the warning is gone", async || {
            page.by_role("button", "2 errors").await?;
            Ok(list.value().await? == FIXED)
        })
        .await?;
        page.screenshot("faults").await
    });
}

async fn selected(page: &Page) -> Result<String> {
    let script = "
        const box = document.activeElement;
        return box.value.slice(box.selectionStart, box.selectionEnd);";
    Ok(page.eval(script).await?.as_str().unwrap_or_default().to_owned())
}

#[test]
fn the_broken_example_is_mended_with_a_pool_of_its_own() {
    check("mend", async |page| {
        let (plan, mended) = (example("03")?, Answer::to(&example("04")?));
        let broken = Answer::to(&plan);
        assert_ne!(broken.headline, mended.headline);
        assert_eq!(mended.headline, "All 8 flows work.");
        page.open("").await?;
        page.choose_example(&plan.name).await?;
        page.answers(&broken).await?;
        // A second pool,
        page.by_role("button", "Pools 1").await?.click().await?;
        page.by_role("button", "Add a pool").await?.click().await?;
        page.until("its name has the focus", async || Ok(page.focused().await? == "textbox \"Name\"")).await?;
        page.by_role("textbox", "Addresses of pool Pool 2").await?.fill("198.51.100.16/28").await?;
        // to which the ExpressRoute firewall translates,
        page.by_role("button", "Devices 2").await?.click().await?;
        page.by_role_containing("button", "ExpressRoute firewall").await?.click().await?;
        page.by_role("combobox", "Translate sources to").await?.select("Pool 2").await?;
        // which Microsoft admits,
        page.by_role("button", "Circuits and peerings 1").await?.click().await?;
        page.by_role_containing("button", "Chicago Standard").await?.click().await?;
        page.by_role_containing("textbox", "Admitted prefixes of Chicago").await?.fill("198.51.100.16/28").await?;
        // and which is advertised there and nowhere else.
        let advertised = "Advertisements of ExpressRoute Chicago, primary";
        page.by_role("textbox", advertised).await?.fill("198.51.100.16/28").await?;
        page.answers(&mended).await?;
        page.screenshot("mended").await
    });
}

#[test]
fn an_edit_is_undone_and_redone_by_button_and_key() {
    check("undo", async |page| {
        let plan = example("03")?;
        let broken = Answer::to(&plan);
        page.open("").await?;
        let first = Answer::to(&examples::first());
        page.answers(&first).await?;
        assert!(page.by_role("button", "Undo").await?.is("disabled"), "nothing to take back");
        page.choose_example(&plan.name).await?;
        page.answers(&broken).await?;
        let mut emptied = plan.clone();
        let exit = emptied.exits.iter().position(|exit| exit.name == "Internet link").unwrap();
        emptied.exits[exit].advertised = "".into();
        let emptied = Answer::to(&emptied);
        assert_ne!(emptied, broken);
        let list = page.by_role("textbox", "Advertisements of Internet link").await?;
        list.fill("").await?;
        page.answers(&emptied).await?;
        page.by_role("button", "Undo").await?.click().await?;
        page.answers(&broken).await?;
        assert_eq!(list.value().await?, "203.0.113.0/24");
        page.by_role("button", "Redo").await?.click().await?;
        page.answers(&emptied).await?;
        assert_eq!(list.value().await?, "");
        // By key, outside text boxes.
        page.by_role("treegrid", "Flows").await?.focus().await?;
        page.press("Control+z").await?;
        page.answers(&broken).await?;
        page.press("Control+Shift+z").await?;
        page.answers(&emptied).await?;
        page.press("Control+z").await?;
        // Opening a plan is a step too.
        page.press("Control+z").await?;
        page.answers(&first).await
    });
}

#[test]
fn typed_markup_stays_text() {
    check("hostile", async |page| {
        const MARKUP: &str = "<img src=x onerror=alert(1)>";
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.by_role("textbox", "Plan name").await?.fill(MARKUP).await?;
        page.by_role("button", "Internet link 100 Mbps").await?.click().await?;
        page.by_role("textbox", "Name").await?.fill(MARKUP).await?;
        page.by_role("checkbox", &format!("{MARKUP} is down")).await?;
        let list = page.by_role("textbox", &format!("Learned routes of {MARKUP}")).await?;
        list.fill(&format!("0.0.0.0/0\n{MARKUP}\n")).await?;
        page.by_role("button", "1 error").await?.click().await?;
        page.by_role("button", "2:2").await?;
        let found = page.eval("return document.querySelectorAll('img, [onerror]').length").await?;
        assert_eq!(found, 0, "nothing typed became an element");
        // The same from storage.
        page.wait_for("Saved in this browser").await?;
        page.reload().await?;
        page.by_role("checkbox", &format!("{MARKUP} is down")).await?;
        assert_eq!(page.by_role("textbox", "Plan name").await?.value().await?, MARKUP);
        assert_eq!(page.eval("return document.querySelectorAll('img, [onerror]').length").await?, 0);
        Ok(())
    });
}
