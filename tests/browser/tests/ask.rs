//! The ask box leads where its answers say, by keyboard alone; and the sheet of shortcuts tells every key.

use twopath::desk::keys::Area;
use twopath::plan::examples;
use twopath::report::words::page::{find, keys};
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

async fn focus_is(page: &Page, wanted: &str) -> Result {
    page.until(&format!("the focus is on {wanted}"), async || {
        let now = page.focused().await?;
        if now.starts_with(wanted) { Ok(true) } else { Err(format!("it is on {now}").into()) }
    })
    .await
}

/// Asks by keyboard: the slash, the question.
async fn ask(page: &Page, question: &str) -> Result {
    page.press("/").await?;
    focus_is(page, "combobox \"Ask\"").await?;
    page.insert(question).await
}

#[test]
fn an_address_a_prefix_a_name_and_a_verdict_lead_there() {
    check("ask", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        // An address: its trace.
        ask(page, "52.96.0.1").await?;
        let options = page.by_role("listbox", find::ANSWERS).await?;
        options.by_role("option", "Trace to 52.96.0.1 from Head office").await?;
        page.screenshot("ask").await?;
        page.press("Enter").await?;
        focus_is(page, "region \"WHY\"").await?;
        page.by_role_containing("heading", "10.20.0.0 → 52.96.0.1").await?;
        // The second answer: the row of the coverage that holds it.
        ask(page, "52.96.0.1").await?;
        page.press("ArrowDown").await?;
        page.press("ArrowDown").await?;
        let chosen = "const box = document.activeElement; \
            return document.getElementById(box.getAttribute('aria-activedescendant'))?.textContent";
        page.until("the second is the active one", async || {
            Ok(page.eval(chosen).await?.as_str() == Some("Coverage the prefix that decides for 52.96.0.1"))
        })
        .await?;
        page.press("Enter").await?;
        focus_is(page, "tab \"Coverage\"").await?;
        let table = page.by_role("treegrid", "Every prefix").await?;
        page.until("the row around it is the active one", async || {
            let script = "const table = document.querySelector('[role=treegrid]'); \
                return document.getElementById(table.getAttribute('aria-activedescendant'))?.textContent ?? ''";
            let row = page.eval(script).await?;
            Ok(row.as_str().is_some_and(|row| row.contains("0.0.0.0/0")))
        })
        .await?;
        drop(table);
        // A name: the part in the inputs.
        ask(page, "firewall cl").await?;
        page.press("Enter").await?;
        focus_is(page, "textbox").await?;
        assert_eq!(page.eval("return document.activeElement.value").await?, "Firewall cluster");
        // There a slash is a letter.
        page.press("/").await?;
        assert_eq!(page.eval("return document.activeElement.value").await?, "Firewall cluster/");
        page.press("Backspace").await?;
        // A verdict: the flows that have it.
        let plan = example("03")?;
        page.choose_example(&plan.name).await?;
        let answer = Answer::to(&plan);
        page.by_role("tab", "Flows").await?.click().await?;
        page.answers(&answer).await?;
        page.by_role("tab", "Capacity").await?.click().await?;
        ask(page, "dropped").await?;
        page.press("Enter").await?;
        focus_is(page, "tab \"Flows\"").await?;
        let dropped: Vec<_> = answer.rows.iter().filter(|row| row.ends_with("dropped")).cloned().collect();
        assert!(!dropped.is_empty() && dropped.len() < answer.rows.len());
        page.until("only these are shown", async || Ok(page.answer().await?.rows == dropped)).await?;
        // Nothing is said to be nothing, and what can be asked.
        ask(page, "no such thing").await?;
        page.wait_for(&find::nothing("no such thing")).await?;
        page.wait_for(find::WHAT).await?;
        let status = page.all_by_role("status").await?;
        let said = async |wanted: &str| -> Result<bool> {
            for one in &status {
                if one.element.prop("textContent").await?.is_some_and(|text| text == wanted) {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        page.until("it is said", async || said(&find::nothing("no such thing")).await).await?;
        page.screenshot("ask-nothing").await?;
        // Escape closes, then empties.
        page.press("Escape").await?;
        page.wait_gone(find::WHAT).await?;
        page.press("Escape").await?;
        assert_eq!(page.by_role("combobox", find::ASK).await?.value().await?, "");
        page.theme(Theme::Dark).await?;
        page.insert("internet").await?;
        page.screenshot("ask-dark").await?;
        page.theme(Theme::Light).await?;
        page.screen(Screen::Narrow).await?;
        page.screenshot("ask-narrow").await
    });
}

#[test]
fn an_answer_is_taken_by_a_click() {
    check("ask-click", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.by_role("combobox", find::ASK).await?.click().await?;
        page.insert("storsimple").await?;
        page.by_role("option", "Trace of “StorSimple backup (it filled the Internet link)”")
            .await?
            .click()
            .await?;
        focus_is(page, "region \"WHY\"").await?;
        page.wait_gone("Flow “StorSimple").await
    });
}

#[test]
fn the_sheet_tells_every_key_and_gives_the_focus_back() {
    check("sheet", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.tab_to("button \"Examples\"").await?;
        page.press("?").await?;
        let sheet = page.by_role("dialog", keys::SHEET).await?;
        let text = sheet.text().await?;
        for area in Area::ALL {
            assert!(text.contains(keys::area(area)), "{text}");
            for (_, what) in keys::sheet(area) {
                assert!(text.contains(what), "{what} in {text}");
            }
        }
        page.screenshot("sheet").await?;
        page.press("Escape").await?;
        focus_is(page, "button \"Examples\"").await?;
        page.wait_gone(keys::SHEET_NOTE).await?;
        // By its button too.
        page.by_role("button", keys::SHEET).await?.click().await?;
        page.by_role("dialog", keys::SHEET).await?;
        page.theme(Theme::Dark).await?;
        page.screen(Screen::Narrow).await?;
        page.screenshot("sheet-narrow-dark").await?;
        page.press("Escape").await?;
        focus_is(page, &format!("button \"{}\"", keys::SHEET)).await?;
        // In a field it is a letter.
        page.by_role("combobox", find::ASK).await?.focus().await?;
        page.press("?").await?;
        assert_eq!(page.by_role("combobox", find::ASK).await?.value().await?, "?");
        assert!(page.all_by_role("dialog").await?.is_empty());
        Ok(())
    });
}

#[test]
fn the_picture_is_saved_as_a_file_of_its_own() {
    check("picture-svg", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.by_role("button", "SVG").await?.click().await?;
        let svg = String::from_utf8(page.downloaded("Field report- public peering.svg").await?)?;
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.contains("<style>"));
        assert!(svg.contains("Firewall cluster") && svg.contains("class=\"pic-back\""), "the way back is drawn");
        Ok(())
    });
}
