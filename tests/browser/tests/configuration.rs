//! Configuration in and out: pasted, placed, applied, taken back, and again nothing; written, copied, downloaded.

use twopath::desk::adopt::{Target, adopt};
use twopath::desk::export::{View, write};
use twopath::intake::config::{self, ConfigFormat};
use twopath::plan::Plan;
use twopath::report::words::page::export as words;
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

const PANOS: &str = include_str!("../../golden/config/panos-config.txt");
const PEERING: &str = include_str!("../../golden/config/azure-peering.json");

async fn open(page: &Page) -> Result<Plan> {
    let plan = example("03")?;
    page.open("").await?;
    page.choose_example(&plan.name).await?;
    page.answers(&Answer::to(&plan)).await?;
    Ok(plan)
}

#[test]
fn a_firewall_becomes_parts_of_the_plan_where_one_says_which() {
    check("configuration", async |page| {
        let plan = open(page).await?;
        let setup = config::read(PANOS, ConfigFormat::Panos);
        page.paste_to_import(PANOS).await?;
        page.wait_for(&twopath::report::words::page::import::configured(&setup)).await?;
        for left in &setup.left_out {
            page.wait_for(&twopath::report::words::setup::left_out(left)).await?;
        }
        // Which device, and which exit a zone leads to, by keyboard.
        let device = page.by_role_containing("combobox", "Device: ").await?;
        device.select("ExpressRoute firewall").await?;
        page.by_role("group", "“er” leads to").await?;
        page.tab_to("checkbox \"ExpressRoute Chicago, primary\"").await?;
        page.press("Space").await?;
        page.by_role_containing("button", "What it says").await?.focus().await?;
        page.press("Enter").await?;
        page.by_role("table", "Translation rules, in their order").await?;
        page.screenshot("configuration-wide").await?;
        page.theme(Theme::Dark).await?;
        page.screen(Screen::Narrow).await?;
        page.screenshot("configuration-narrow-dark").await?;
        let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        assert_eq!(page.eval(wide).await?, false);
        page.on_paper().await?;
        page.screenshot("configuration-paper").await?;
        page.theme(Theme::Light).await?;
        page.screen(Screen::Wide).await?;
        let mut wanted = plan.clone();
        let target = Target {
            device: Some("fw-microsoft".into()),
            zones: vec![("er".into(), "er-chicago".into())],
            ..Target::default()
        };
        let adopted = adopt(&mut wanted, &setup, &target).map_err(|refused| format!("{refused:?}"))?;
        assert!(!adopted.changes.is_empty());
        page.by_role("button", "Apply").await?.click().await?;
        page.keeps(&wanted).await?;
        page.answers(&Answer::to(&wanted)).await?;
        // The same again, placed as before, changes nothing.
        page.by_role("button", "Paste or open…").await?.click().await?;
        page.by_role("textbox", "Paste here").await?;
        page.paste_to_import(PANOS).await?;
        let device = page.by_role_containing("combobox", "Device: ").await?;
        device.select("ExpressRoute firewall").await?;
        page.tab_to("checkbox \"ExpressRoute Chicago, primary\"").await?;
        page.press("Space").await?;
        page.wait_for("It changes nothing.").await?;
        page.by_role("button", "Cancel").await?.click().await?;
        page.by_role("button", "Undo").await?.click().await?;
        page.keeps(&plan).await
    });
}

#[test]
fn a_peering_as_azure_shows_it_goes_to_its_circuit() {
    check("configuration-peering", async |page| {
        let plan = open(page).await?;
        page.paste_to_import(PEERING).await?;
        let circuit = page.by_role_containing("combobox", "Circuit: ").await?;
        circuit.select(&plan.circuits[0].name).await?;
        let mut wanted = plan.clone();
        let target = Target { circuit: Some("chicago".into()), ..Target::default() };
        let setup = config::read(PEERING, ConfigFormat::AzurePeering);
        adopt(&mut wanted, &setup, &target).map_err(|refused| format!("{refused:?}"))?;
        assert_ne!(wanted, plan);
        page.wait_for("It changes the plan, in one step that Undo takes back.").await?;
        page.by_role("button", "Apply").await?.click().await?;
        page.keeps(&wanted).await
    });
}

#[test]
fn a_part_of_the_plan_is_written_copied_and_downloaded() {
    check("export", async |page| {
        let mut plan = open(page).await?;
        page.tab_to(&format!("button \"{}\"", words::EXPORT)).await?;
        // Two halves, of which the fewest prefixes make one.
        plan.exits[0].advertised = "203.0.113.0/25\n203.0.113.128/25".into();
        let list = page.by_role("textbox", "Advertisements of Internet link").await?;
        list.fill("203.0.113.0/25\n203.0.113.128/25").await?;
        page.by_role("button", words::EXPORT).await?.focus().await?;
        page.press("Enter").await?;
        page.by_role("dialog", words::TITLE).await?;
        let shown = async |view: &View| -> Result {
            let wanted = write(&plan, view).map_err(|trouble| format!("{trouble:?}"))?;
            page.until("the configuration is as the native engine writes it", async || {
                Ok(page.eval("return document.querySelector('.export-text')?.value").await?
                    == wanted.text.as_str())
            })
            .await
        };
        let first = View { what: "advertised:isp".into(), vendor: "ios".into(), ..View::default() };
        shown(&first).await?;
        page.by_role("combobox", words::VENDOR).await?.select("Junos").await?;
        page.by_role("checkbox", words::MINIMAL).await?.click().await?;
        page.by_role("textbox", words::LONGEST).await?.click().await?;
        page.insert("28").await?;
        page.by_role("textbox", words::NAME).await?.click().await?;
        page.insert("OURS").await?;
        let second = View {
            vendor: "junos".into(),
            minimal: true,
            longest: Some(28),
            shortest: None,
            name: "OURS".into(),
            ..first.clone()
        };
        let halves = View { minimal: false, ..second.clone() };
        assert_ne!(write(&plan, &second).ok(), write(&plan, &halves).ok());
        shown(&second).await?;
        page.screenshot("export-wide").await?;
        page.theme(Theme::Dark).await?;
        page.screen(Screen::Narrow).await?;
        page.screenshot("export-narrow-dark").await?;
        page.theme(Theme::Light).await?;
        page.screen(Screen::Wide).await?;
        page.by_role("button", words::COPY).await?.click().await?;
        page.wait_for(words::COPIED).await?;
        page.by_role("button", words::DOWNLOAD).await?.click().await?;
        let file = page.downloaded("advertised-isp.junos.txt").await?;
        assert_eq!(
            String::from_utf8(file)?,
            write(&plan, &second).map_err(|trouble| format!("{trouble:?}"))?.text
        );
        // What isn't a list is offered for those that it is written for.
        page.by_role("combobox", words::VENDOR).await?.select("BIRD").await?;
        let pool = format!("Pool {}, for translation", plan.pools[0].name);
        page.by_role("combobox", words::WHAT).await?.select(&pool).await?;
        shown(&View { what: "pool:shared".into(), vendor: "ios".into(), ..second.clone() }).await
    });
}
