//! The import: paste or drop anything, see what it is and what becomes of it, apply, undo, again, cancel.

use twopath::plan::{Plan, examples};
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

const IOS: &str = "\
r1#show ip bgp
BGP table version is 412, local router ID is 192.0.2.1
     Network          Next Hop            Metric LocPrf Weight Path
 *>  20.60.28.0/23    192.0.2.9                0             0 12076 i
 *>  52.240.0.0/16    192.0.2.9                0             0 12076 i
 *   198.18.0.0/15    192.0.2.9                0             0 12076 i
 *>                   192.0.2.13               0             0 12076 12076 i
 *>  300.1.1.1/8      192.0.2.9                0             0 12076 i
";
const TAGS: &str = r#"{"values": [
 {"name": "Sql", "properties": {"addressPrefixes": ["13.64.0.0/11"]}},
 {"name": "Storage", "properties": {"addressPrefixes": ["20.60.0.0/16", "2603:1000::/40"]}}
]}"#;

/// The plan as the browser keeps it, once it holds this.
async fn stored(page: &Page, holds: &str) -> Result<Plan> {
    let mut json = String::new();
    page.until(&format!("the stored plan holds {holds:?}"), async || {
        json = page.kept().await?.first().cloned().unwrap_or_default();
        Ok(json.contains(holds))
    })
    .await?;
    Ok(twopath::plan::load(&json).map_err(|error| format!("{error}"))?.plan)
}

#[test]
fn several_pasted_at_once_are_previewed_chosen_applied_undone_and_nothing_when_done_again() {
    check("import", async |page| {
        let plan = example("03")?;
        page.open("").await?;
        page.choose_example(&plan.name).await?;
        let before = Answer::to(&plan);
        page.answers(&before).await?;
        page.paste(&format!("{IOS}\n{TAGS}\n\n192.0.2.0/24\n")).await?;
        page.by_role("dialog", "Import").await?;
        page.wait_for("from show ip bgp (Cisco IOS and IOS-XE), 1 line not understood").await?;
        page.wait_for("3 prefixes (2 IPv4, 1 IPv6) from Azure Service Tags (JSON)").await?;
        page.wait_for("1 prefix from a plain list").await?;
        // Where each goes is shown, with a sensible default.
        let goes = |title: &str| format!("Becomes: {title}");
        let print = page.by_role("combobox", &goes("r1 show ip bgp")).await?;
        assert_eq!(print.value().await?, "learned:er-chicago");
        let tags = page.by_role("combobox", &goes("Pasted list, part 2")).await?;
        assert_eq!(tags.value().await?, "service");
        assert_eq!(page.by_role("combobox", &goes("Pasted list, part 3")).await?.value().await?, "source");
        // What is wrong, where, in its line.
        page.by_role("button", "1 error").await?.click().await?;
        page.wait_for("300.1.1.1/8 192.0.2.9").await?;
        let marked = page.eval("return document.querySelector('.import-item .mark')?.textContent ?? ''").await?;
        assert!(marked.as_str().is_some_and(|marked| marked.contains("300")), "{marked}");
        // What the router chose otherwise.
        page.by_role_containing("button", "The router chose otherwise for 1 of 3 prefixes").await?.click().await?;
        page.wait_for("The router took 192.0.2.13, path 12076 12076").await?;
        page.wait_for("Twopath takes 192.0.2.9, path 12076").await?;
        page.wait_for("Decided by AS-path length").await?;
        page.screenshot("import-wide").await?;
        // A service for one of the two sets; the plain list is left out.
        tags.select("A service for each set").await?;
        page.by_role("button", "2 sets").await?.click().await?;
        page.by_role_containing("checkbox", "Sql").await?.click().await?;
        page.by_role("button", "1 of 2 sets").await?;
        page.by_role("combobox", &goes("Pasted list, part 3")).await?.select("Nothing: leave it out").await?;
        page.wait_for("2 of 3 change the plan, in one step that Undo takes back.").await?;
        page.theme(Theme::Dark).await?;
        page.screenshot("import-dark").await?;
        page.theme(Theme::Light).await?;
        page.on_paper().await?;
        page.screenshot("import-paper").await?;
        page.theme(Theme::Light).await?;
        page.screen(Screen::Narrow).await?;
        page.screenshot("import-narrow").await?;
        page.screen(Screen::Size(1000, 800)).await?;
        page.theme(Theme::Forced).await?;
        page.screenshot("import-forced").await?;
        page.theme(Theme::Light).await?;
        page.screen(Screen::Wide).await?;
        page.by_role("button", "Apply").await?.click().await?;
        page.without_dialog().await?;
        page.wait_for(
            "Imported: 2 sources, 1 service and routes of ExpressRoute Chicago, primary; 1 list left out.",
        )
        .await?;
        let after = stored(page, "r1-show-ip-bgp").await?;
        assert_eq!((after.sources.len(), after.services.len()), (2, plan.services.len() + 1));
        let exit = after.exits.iter().find(|exit| exit.id.as_str() == "er-chicago").unwrap();
        assert_eq!(exit.learned_from.len(), 1);
        page.answers(&Answer::to(&after)).await?;
        // The exit's learned routes say it too, and lead to the line.
        page.by_role_containing("button", "The router chose otherwise for 1 of 3 prefixes").await?.click().await?;
        page.screenshot("import-applied").await?;
        page.by_role("button", "line 6").await?.click().await?;
        page.until("the line is selected", async || {
            let script = "const box = document.activeElement;
                return box.value?.slice(box.selectionStart, box.selectionEnd) ?? ''";
            Ok(page.eval(script).await?.as_str().is_some_and(|text| text.starts_with("198.18.0.0/15")))
        })
        .await?;
        // The same again changes nothing, and says so.
        page.by_role("button", "Paste or open…").await?.click().await?;
        page.by_role("textbox", "Paste here").await?;
        page.paste(IOS).await?;
        page.wait_for("Already in the plan: nothing changes.").await?;
        page.by_role("button", "Apply").await?.click().await?;
        page.wait_for("Nothing changed; 1 list was in the plan already.").await?;
        page.until("the focus is back", async || Ok(page.focused().await? == "button \"Paste or open…\"")).await?;
        assert_eq!(stored(page, "r1-show-ip-bgp").await?, after);
        // One step takes all of it back.
        page.by_role("button", "Undo").await?.click().await?;
        page.answers(&before).await?;
        Ok(())
    });
}

#[test]
fn cancel_leaves_the_plan_alone_and_a_chosen_format_wins() {
    check("import-cancel", async |page| {
        page.open("").await?;
        let first = Answer::to(&examples::first());
        page.answers(&first).await?;
        page.drop_file("main", "print.txt", IOS).await?;
        page.drop_file("main", "archive.zip", "PK\u{3}\u{4}rest").await?;
        page.wait_for("archive.zip can't be read.").await?;
        let format = page.by_role("combobox", "Read as: print.txt").await?;
        format.select("plain list").await?;
        page.wait_for("from a plain list").await?;
        page.wait_for("As you chose.").await?;
        format.select("As recognised: show ip bgp (Cisco IOS and IOS-XE)").await?;
        page.wait_for("from show ip bgp (Cisco IOS and IOS-XE)").await?;
        page.press("Escape").await?;
        page.without_dialog().await?;
        assert!(page.by_role("button", "Undo").await?.is("disabled"), "nothing to take back");
        page.answers(&first).await
    });
}

#[test]
fn by_keyboard_alone() {
    check("import-keyboard", async |page| {
        page.open("").await?;
        let plan = examples::first();
        page.answers(&Answer::to(&plan)).await?;
        page.tab_to("button \"Paste or open…\"").await?;
        page.press("Enter").await?;
        page.until("the box has the focus", async || Ok(page.focused().await? == "textbox \"Paste here\""))
            .await?;
        // Typed, not pasted: read by the button beside it.
        page.insert("203.0.113.0/24 localpref=150\n198.51.100.0/24\n").await?;
        page.tab_to("button \"Read it\"").await?;
        page.press("Enter").await?;
        page.wait_for("2 prefixes from a plain list").await?;
        page.tab_to("combobox \"Becomes: Pasted list\"").await?;
        page.press("End").await?;
        page.wait_for("Left out.").await?;
        page.press("Home").await?;
        let name = &plan.exits[0].name;
        page.wait_for(&format!("{name} learns these routes.")).await?;
        page.tab_to("button \"Apply\"").await?;
        page.press("Enter").await?;
        page.wait_for(&format!("Imported: 1 source and routes of {name}.")).await?;
        let after = stored(page, "localpref=150").await?;
        assert_eq!(after.exits[0].learned_from.len(), plan.exits[0].learned_from.len() + 1);
        page.answers(&Answer::to(&after)).await?;
        page.press("Control+z").await?;
        page.answers(&Answer::to(&plan)).await
    });
}

#[test]
fn hostile_markup_stays_text() {
    check("import-hostile", async |page| {
        const MARKUP: &str = "<img src=x onerror=alert(1)>";
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let text = format!(
            "{MARKUP}#show ip bgp\n10.0.0.0/8\n{MARKUP} 10.1.0.0/16\n\n{{\"values\": [{{\"name\": \"{MARKUP}\", \
             \"properties\": {{\"addressPrefixes\": [\"13.64.0.0/11\"]}}}}, {{\"name\": \"b\", \"properties\": \
             {{\"addressPrefixes\": [\"13.0.0.0/11\"]}}}}]}}\n"
        );
        page.drop_file("main", &format!("{MARKUP}.txt"), text).await?;
        page.wait_for(MARKUP).await?;
        for button in page.all_by_role("button").await? {
            if button.name().contains("set") || button.name().contains("error") {
                button.click().await?;
            }
        }
        let elements = "return document.querySelectorAll('img, [onerror]').length";
        assert_eq!(page.eval(elements).await?, 0);
        page.by_role("button", "Apply").await?.click().await?;
        page.wait_for("Imported:").await?;
        assert_eq!(page.eval(elements).await?, 0, "nothing pasted became an element");
        Ok(())
    });
}

#[test]
fn all_that_can_be_mended_is_mended_at_once() {
    check("import-mend", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let list = page.by_role("textbox", "Learned routes of Internet link").await?;
        list.fill("10.0.0.1/8\nfine\n20.1.2.3/16 med=10\n192.0.2.0/24\n").await?;
        page.by_role("button", "1 error, 2 warnings").await?.click().await?;
        page.by_role("button", "Mend all 3").await?.click().await?;
        page.until("all are mended", async || {
            Ok(list.value().await? == "10.0.0.0/8\n# fine\n20.1.0.0/16 med=10\n192.0.2.0/24\n")
        })
        .await?;
        page.by_role("button", "Undo").await?.click().await?;
        page.until("one step", async || Ok(list.value().await?.starts_with("10.0.0.1/8\n"))).await
    });
}
