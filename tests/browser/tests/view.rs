//! What is asked for is seen: tabs at the top, one scrollbar, the order of the document, nothing removed by a key.

use twopath::plan::examples;
use twopath::report::words::page::{advice, begin, bulk, find};
use twopath_browser_tests::{Answer, Page, Result, Screen, check, example};

/// Where the row of tabs stands below the top of what scrolls, in pixels.
async fn tabs_at(page: &Page) -> Result<f64> {
    let script = "
        const tabs = document.querySelector('[role=tablist]').getBoundingClientRect();
        const column = document.querySelector('#answer');
        const own = getComputedStyle(column).overflowY === 'auto';
        const top = own ? column.getBoundingClientRect().top
            : Math.max(0, ...['.bar', '.skip'].map(name => document.querySelector(name))
                .filter(one => getComputedStyle(one).position === 'sticky')
                .map(one => one.getBoundingClientRect().bottom));
        return tabs.top - top;";
    Ok(page.eval(script).await?.as_f64().unwrap_or(f64::NAN))
}

async fn tabs_are_at_the_top(page: &Page) -> Result {
    page.until("the tabs stand at the top", async || {
        let at = tabs_at(page).await?;
        if at.abs() <= 14.0 { Ok(true) } else { Err(format!("they stand at {at}").into()) }
    })
    .await
}

#[test]
fn what_a_tab_a_finding_or_a_question_opens_is_in_view() {
    check("in-view", async |page| {
        let plan = example("03")?;
        for (screen, name) in
            [(Screen::Wide, "wide"), (Screen::Size(1000, 700), "two-columns"), (Screen::Narrow, "phone")]
        {
            page.screen(screen).await?;
            page.open("").await?;
            page.answers(&Answer::to(&examples::first())).await?;
            page.choose_example(&plan.name).await?;
            page.answers(&Answer::to(&plan)).await?;
            assert!(tabs_at(page).await? > 60.0, "{name}: before, the picture stands above them");
            page.by_role_containing("button", "The rulebook finds").await?.click().await?;
            tabs_are_at_the_top(page).await?;
            page.until("findings are told", async || {
                Ok(page.eval("return document.querySelectorAll('.advice h3').length > 1").await? == true)
            })
            .await?;
            page.screenshot(&format!("in-view-{name}")).await?;
            for tab in ["Coverage", "Map", "Failures", "Capacity", "Difference", "Flows"] {
                page.eval("document.querySelector('#answer').scrollTop = 0; scrollTo(0, 0)").await?;
                page.by_role("tab", tab).await?.click().await?;
                tabs_are_at_the_top(page).await.map_err(|error| format!("{name}, {tab}: {error}"))?;
            }
            page.eval("document.querySelector('#answer').scrollTop = 0; scrollTo(0, 0)").await?;
            // Typing moves nothing, the answer does.
            page.by_role("combobox", find::ASK).await?.focus().await?;
            let before = tabs_at(page).await?;
            page.insert("dropped").await?;
            page.by_role_containing("option", "Asymmetric, dropped").await?;
            assert!((tabs_at(page).await? - before).abs() < 1.0, "{name}: typing moves nothing");
            page.press("Enter").await?;
            tabs_are_at_the_top(page).await?;
            page.until("the tab has the focus", async || Ok(page.focused().await? == "tab \"Flows\"")).await?;
        }
        page.screen(Screen::Wide).await
    });
}

#[test]
fn a_banner_takes_its_height_from_the_columns() {
    check("banner", async |page| {
        page.open("#plan=1.broken.0").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.wait_for("the plan you had is unchanged").await?;
        let scrolls = "return document.documentElement.scrollHeight - innerHeight";
        assert_eq!(page.eval(scrolls).await?, 0, "the page itself doesn't scroll");
        let shown = "return [...document.querySelectorAll('.column')].every(column => \
            Math.abs(column.getBoundingClientRect().bottom - innerHeight) < 1)";
        assert_eq!(page.eval(shown).await?, true, "and the columns end where it ends");
        assert_eq!(page.eval("return !!document.querySelector('.notice')").await?, true, "with a banner there");
        page.screenshot("banner").await
    });
}

#[test]
fn the_document_has_the_order_that_is_seen() {
    check("order", async |page| {
        const ORDER: &str = "return [...document.querySelectorAll('.column')].map(column => column.id).join()";
        const LINKS: &str = "return [...document.querySelectorAll('.skip a')].map(link => link.hash).join()";
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        assert_eq!(page.eval(ORDER).await?, "inputs,answer,why");
        // A phone, and a wide screen at 200%.
        for screen in [Screen::Narrow, Screen::Size(720, 450)] {
            page.screen(screen).await?;
            page.until("the answer comes first", async || Ok(page.eval(ORDER).await? == "answer,why,inputs"))
                .await?;
            assert_eq!(page.eval(LINKS).await?, "#answer,#why,#inputs");
            let seen = "const tops = [...document.querySelectorAll('.column')].map(column => column.getBoundingClientRect().top);
                return tops.every((top, at) => at === 0 || top >= tops[at - 1])";
            assert_eq!(page.eval(seen).await?, true);
        }
        page.screen(Screen::Wide).await?;
        page.until("the inputs come first again", async || Ok(page.eval(ORDER).await? == "inputs,answer,why"))
            .await
    });
}

#[test]
fn the_way_through_the_fields_removes_nothing() {
    check("remove-last", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.by_role("button", "Devices 1").await?.click().await?;
        page.by_role_containing("button", "Firewall cluster stateful").await?.click().await?;
        page.by_role("textbox", "Name").await?.focus().await?;
        page.press("Tab").await?;
        page.until("a field is next", async || {
            let now = page.focused().await?;
            if now.starts_with("checkbox") { Ok(true) } else { Err(now.into()) }
        })
        .await?;
        let last = "const body = document.querySelector('.card-open .card-body');
            return [...body.querySelectorAll('button')].at(-1).textContent";
        assert_eq!(page.eval(last).await?, "Remove Firewall cluster");
        page.screenshot("remove-last").await
    });
}

#[test]
fn a_list_box_grows_with_what_is_pasted() {
    check("list-grows", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let list = page.by_role("textbox", "Learned routes of Internet link").await?;
        list.focus().await?;
        let height = "return document.activeElement.clientHeight";
        let before = page.eval(height).await?.as_f64().unwrap_or_default();
        let pasted: String = (0..15).map(|n| format!("\n20.{n}.0.1/16")).collect();
        page.press("End").await?;
        page.insert(&pasted).await?;
        page.until("all of it is seen", async || {
            let after = page.eval(height).await?.as_f64().unwrap_or_default();
            Ok(after > before + 150.0)
        })
        .await?;
        page.by_role("button", "15 warnings").await?.click().await?;
        page.screenshot("list-grows").await
    });
}

#[test]
fn a_rule_is_asked_for_by_its_code_and_a_service_leads_to_its_flows() {
    check("ask-rule", async |page| {
        let plan = example("03")?;
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.choose_example(&plan.name).await?;
        page.answers(&Answer::to(&plan)).await?;
        let field = page.by_role("combobox", find::ASK).await?;
        field.click().await?;
        page.insert("TP305").await?;
        page.by_role_containing("option", "Rule TP305: ").await?;
        page.press("Enter").await?;
        page.wait_for(&advice::none_of(twopath::advice::Code(305))).await?;
        page.screenshot("ask-rule").await?;
        page.by_role("button", advice::ALL_RULES).await?.click().await?;
        page.until("all are told again", async || {
            Ok(page.eval("return document.querySelectorAll('.advice h3').length > 1").await? == true)
        })
        .await?;
        // A service: first the trace of its flow, which says how it fares.
        field.fill("exchange").await?;
        page.by_role_containing("option", "Trace of “").await?;
        page.press("Enter").await?;
        page.until("the reasons have the focus", async || Ok(page.focused().await?.starts_with("region \"WHY\"")))
            .await?;
        page.by_role_containing("heading", "ail").await.map(drop)
    });
}

/// Whether the name of a part that was just added has the focus.
async fn name_has_focus(page: &Page, name: &str) -> Result {
    page.until(&format!("the name {name} has the focus"), async || {
        let value = page.eval("return document.activeElement.value ?? ''").await?;
        Ok(page.focused().await? == "textbox \"Name\"" && value == name)
    })
    .await
}

#[test]
fn the_guide_leads_from_an_empty_plan_to_an_answer() {
    check("guide", async |page| {
        use twopath::desk::begin::Step;
        // The inputs have buttons of the same names.
        let press = async |step: Step| -> Result {
            page.by_role("region", begin::TITLE).await?.by_role("button", begin::button(step)).await?.click().await
        };
        let write = async |name: &str, text: &str| -> Result {
            page.until(&format!("{name} has the focus"), async || {
                Ok(page.focused().await? == format!("textbox {name:?}"))
            })
            .await?;
            page.insert(text).await
        };
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.by_role("button", "New").await?.click().await?;
        page.wait_for(begin::hint(Step::Site)).await?;
        page.screenshot("guide").await?;
        press(Step::Site).await?;
        name_has_focus(page, "Site 1").await?;
        page.wait_for(begin::hint(Step::Inside)).await?;
        press(Step::Inside).await?;
        write("Inside prefixes of Site 1", "10.20.0.0/16").await?;
        page.wait_for(begin::hint(Step::Internet)).await?;
        press(Step::Internet).await?;
        name_has_focus(page, "Exit 1").await?;
        press(Step::Default).await?;
        write("Learned routes of Exit 1", "0.0.0.0/0").await?;
        page.wait_for(begin::hint(Step::Circuit)).await?;
        page.screenshot("guide-half").await?;
        press(Step::Circuit).await?;
        name_has_focus(page, "Circuit 1").await?;
        press(Step::ExpressRoute).await?;
        name_has_focus(page, "Exit 2").await?;
        page.by_role("combobox", "Circuit").await?;
        press(Step::Device).await?;
        name_has_focus(page, "Device 1").await?;
        press(Step::Path).await?;
        name_has_focus(page, "Exit 1").await?;
        // Both exits are open: the first is the one that was led to.
        let all = page.all_by_role("button").await?;
        let add = all.into_iter().find(|own| own.name() == "Add a device to the path");
        add.ok_or("there is no such button")?.click().await?;
        page.wait_for(begin::hint(Step::Pool)).await?;
        press(Step::Pool).await?;
        name_has_focus(page, "Pool 1").await?;
        press(Step::Pool).await?;
        write("Addresses of pool Pool 1", "203.0.113.0/28").await?;
        page.wait_for(begin::hint(Step::Rule)).await?;
        press(Step::Rule).await?;
        name_has_focus(page, "Device 1").await?;
        page.by_role("button", "Add a rule").await?.click().await?;
        // Where another part is needed, the list offers a new one.
        page.by_role("combobox", "Translate sources to").await?.select("New pool…").await?;
        name_has_focus(page, "Pool 2").await?;
        page.by_role("button", "Undo").await?.click().await?;
        page.by_role("combobox", "Translate sources to").await?.select("Pool 1").await?;
        press(Step::Flow).await?;
        name_has_focus(page, "Flow 1").await?;
        page.wait_gone(begin::TITLE).await?;
        page.screenshot("guide-done").await
    });
}

#[test]
fn there_is_no_dead_end_where_a_part_is_needed() {
    check("dead-ends", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        page.by_role("button", "New").await?.click().await?;
        page.by_role("button", "Add an exit").await?.click().await?;
        name_has_focus(page, "Exit 1").await?;
        page.by_role("button", "Add a device to the path").await?.click().await?;
        name_has_focus(page, "Device 1").await?;
        page.by_role("combobox", "Kind").await?.select("ExpressRoute").await?;
        page.by_role("combobox", "Circuit").await?.select("New circuit…").await?;
        name_has_focus(page, "Circuit 1").await?;
        page.by_role("combobox", "Home site").await?.select("New site…").await?;
        name_has_focus(page, "Site 1").await?;
        page.wait_gone("missing").await?;
        page.wait_gone("Choose…").await?;
        page.screenshot("dead-ends").await?;
        // Services: by hand, or Microsoft's list, whose address stands there as text.
        page.by_role("button", "Services 0").await?.click().await?;
        page.by_role("button", bulk::IMPORT_LIST).await?;
        page.wait_for(bulk::LIST_ADDRESS).await?;
        page.by_role("button", "Flows 0").await?.click().await?;
        page.by_role("button", bulk::ADD).await?.click().await?;
        let dialog = page.by_role("dialog", bulk::TITLE).await?;
        dialog.by_role("button", bulk::IMPORT_LIST).await?;
        page.screenshot("dead-ends-rows").await?;
        dialog.by_role("button", "Add a service").await?.click().await?;
        name_has_focus(page, "Service 1").await
    });
}
