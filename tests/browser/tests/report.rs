//! The report and the flow catalogue: written by one click, to the byte as natively.

use twopath::desk::Solved;
use twopath::desk::door::{GroupBy, RowView};
use twopath::desk::report::report;
use twopath::desk::table;
use twopath::pace::{Pace, at_once};
use twopath::plan::{Plan, examples};
use twopath::report::answers::Catalogued;
use twopath::report::words::Names;
use twopath::report::words::page::report as words;
use twopath::report::{catalogue, paper};
use twopath::routing::Scenario;
use twopath_browser_tests::{Answer, Page, Result, check};

async fn opened(page: &Page, plan: &Plan) -> Result {
    page.open("").await?;
    page.answers(&Answer::to(&examples::first())).await?;
    page.choose_example(&plan.name).await?;
    page.answers(&Answer::to(plan)).await
}

#[test]
fn the_report_has_the_date_that_one_gives_it_and_the_bytes_of_the_command_line() {
    check("report", async |page| {
        let plan = examples::EXAMPLES[1].plan();
        opened(page, &plan).await?;
        let today = page
            .eval("const d = new Date(); return [d.getFullYear(), d.getMonth() + 1, d.getDate()].map((n) => String(n).padStart(2, '0')).join('-')")
            .await?;
        let solved = Solved::new(plan.clone(), Scenario::default(), false);
        let natively = |date: &str| {
            let (solved, summary, date) = (&solved, &solved.summary(), date.to_owned());
            at_once(|pace: Pace| async move { report(solved, summary, None, &date, &pace).await })
        };
        // Today's where nothing else is written, by the keyboard alone: the button to print has the focus.
        let button = page.by_role("button", "Report").await?;
        button.focus().await?;
        page.press("Enter").await?;
        page.wait_for(words::TITLE).await?;
        page.screenshot("report-dialog").await?;
        page.press("Enter").await?;
        let text = String::from_utf8(page.downloaded(&format!("{}.report.html", plan.name)).await?)?;
        let today = natively(today.as_str().unwrap_or_default());
        assert!(text == paper::html(&today), "the page's report isn't the command line's");
        // Or as one writes it, harmless in HTML and Markdown alike.
        button.click().await?;
        page.by_role("textbox", words::DATE).await?.fill("Review <3>, 2 Dec 2026").await?;
        page.by_role("button", words::MARKDOWN).await?.click().await?;
        let text = String::from_utf8(page.downloaded(&format!("{}.report.md", plan.name)).await?)?;
        assert!(text.contains("2 Dec 2026"), "{text}");
        assert!(text == paper::markdown(&natively("Review <3>, 2 Dec 2026")), "nor is its Markdown");
        page.screenshot("report-button").await
    });
}

#[test]
fn the_catalogue_is_grouped_and_saved_as_it_is_shown() {
    check("catalogue", async |page| {
        let plan = examples::EXAMPLES[9].plan();
        opened(page, &plan).await?;
        page.by_role("combobox", "Group flows").await?.select("By service").await?;
        page.wait_for("2 flows").await?;
        page.screenshot("catalogue-grouped").await?;
        page.by_role("button", "CSV").await?.click().await?;
        let text = String::from_utf8(page.downloaded(&format!("{}.flows.csv", plan.name)).await?)?;
        let solved = Solved::new(plan.clone(), Scenario::default(), false);
        let names = Names::of(&plan);
        let by = |group| table::view(&plan, &solved.rows, &RowView { group, ..RowView::default() }, &solved);
        let order = by(GroupBy::Service);
        assert_ne!(order, by(GroupBy::None), "the order of the groups is another");
        let rows = order.iter().map(|index| &solved.rows[*index as usize]).map(|row| (row, solved.facts(row)));
        let scenario = Scenario::default();
        let answer = Catalogued {
            plan: &plan,
            names: &names,
            scenario: &scenario,
            rows: rows.collect(),
            group: GroupBy::Service,
        };
        assert_eq!(text, catalogue::csv(&catalogue::lines(&answer)));
        Ok(())
    });
}
