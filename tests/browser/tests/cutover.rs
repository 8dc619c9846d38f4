//! The cut-over: a table pasted and one chosen, beside the plan; and what to trace.

use twopath::desk::Solved;
use twopath::desk::cutover::Whose;
use twopath::pace::at_once;
use twopath::report::words::page::cutover as words;
use twopath::routing::Scenario;
use twopath::study::checklist::checklist;
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

/// What Microsoft shows of an advertisement that the plan has, and of one that it hasn't.
const MICROSOFTS: &str = r#"{"value": [
    {"locPrf": "", "network": "198.51.100.0/24", "nextHop": "192.0.2.1*", "path": "64496 I", "weight": 0},
    {"locPrf": "", "network": "192.88.99.0/24", "nextHop": "192.0.2.1", "path": "64496 I", "weight": 0}
]}"#;

const OURS: &str = "\
BGP table version is 412, local router ID is 192.0.2.1
     Network          Next Hop            Metric LocPrf Weight Path
 *>  0.0.0.0          198.51.100.1             0             0 3356 i
 *>  20.33.147.0/24   198.51.100.1             0    200      0 3356 8075 i
 *                    192.0.2.2                0             0 12076 i
this is no row
";

async fn open(page: &Page) -> Result {
    page.open("").await?;
    let plan = example("04")?;
    page.choose_example(&plan.name).await?;
    page.answers(&Answer::to(&plan)).await?;
    page.by_role("tab", "Cut-over").await?.click().await?;
    page.by_role("table", words::CHECKLIST).await.map(drop)
}

#[test]
fn tables_are_pasted_chosen_and_dropped_beside_the_plan() {
    check("cutover", async |page| {
        open(page).await?;
        let kept = page.kept().await?;
        page.screenshot("cutover-empty").await?;
        // Typed, and compared by the button.
        page.by_role("textbox", words::paste(Whose::Microsofts)).await?.fill(MICROSOFTS).await?;
        // What is typed is still there after another tab.
        page.by_role("tab", "Flows").await?.click().await?;
        page.by_role("tab", "Cut-over").await?.click().await?;
        let typed = page.by_role("textbox", words::paste(Whose::Microsofts)).await?.value().await?;
        assert_eq!(typed, MICROSOFTS);
        let box_of = page.by_role("region", words::title(Whose::Microsofts)).await?;
        box_of.by_role("button", words::COMPARE).await?.click().await?;
        page.wait_for("192.88.99.0/24 is there, and the plan doesn't advertise it.").await?;
        page.wait_for("line 3: ").await?;
        // A file, dropped on its box.
        page.drop_file("#panel-cutover section:nth-of-type(2)", "edge.txt", OURS).await?;
        page.wait_for("20.33.147.0/24 is learned over ExpressRoute and not used").await?;
        page.wait_for("edge.txt: ").await?;
        page.wait_for("line 6, column").await?;
        page.screenshot("cutover-wide").await?;
        // They outlive another tab and an edit, and are no part of the plan.
        page.by_role("tab", "Flows").await?.click().await?;
        assert_eq!(page.kept().await?, kept);
        page.by_role("textbox", "Plan name").await?.fill("Another").await?;
        page.by_role("tab", "Cut-over").await?.click().await?;
        page.wait_for("20.33.147.0/24 is learned over ExpressRoute and not used").await?;
        for list in page.kept().await? {
            assert!(!list.contains("192.88.99.0"), "{list}");
        }
        page.screen(Screen::Narrow).await?;
        page.theme(Theme::Dark).await?;
        page.eval("document.querySelector('.cutover').scrollIntoView()").await?;
        page.screenshot("cutover-narrow-dark").await?;
        let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        assert_eq!(page.eval(wide).await?, false);
        page.by_role("button", &words::remove(Whose::Microsofts)).await?.click().await?;
        page.wait_gone("192.88.99.0/24 is there").await?;
        page.by_role("textbox", words::paste(Whose::Microsofts)).await.map(drop)
    });
}

#[test]
fn the_checklist_says_what_the_engine_says_and_leads_to_the_flow() {
    check("cutover-checklist", async |page| {
        open(page).await?;
        let plan = example("04")?;
        let solved = Solved::new(plan.clone(), Scenario::default(), false);
        let checks = at_once(async |pace| checklist(solved.world(), &solved.rows, &pace).await);
        let table = page.by_role("table", words::CHECKLIST).await?.text().await?;
        for check in &checks {
            assert!(table.contains(&check.to.to_string()), "{} in {table}", check.to);
        }
        // By keyboard: the first flow of the list is selected, and traced at the right.
        let flow = plan.flows.iter().find(|flow| Some(&flow.id) == checks[0].flow.as_ref()).ok_or("a flow")?;
        page.by_role("table", words::CHECKLIST).await?.by_role("button", &flow.name).await?.focus().await?;
        page.press("Enter").await?;
        page.by_role_containing("heading", &format!("→ {}", checks[0].to)).await.map(drop)
    });
}
