//! The filters of the flow table: by how symmetry is kept, with the pointer and by keyboard.

use twopath::desk::Solved;
use twopath::journey::Kept;
use twopath::plan::examples::EXAMPLES;
use twopath::plan::{Id, Plan};
use twopath::report::words::{answer as words, catalogue};
use twopath::routing::Scenario;
use twopath_browser_tests::{Answer, Page, Result, check};

/// The flows of which some addresses are kept so.
fn so_kept(plan: &Plan, kept: Kept) -> Vec<Id> {
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    let is = |row: &&twopath::journey::Row| solved.facts(row).iter().any(|facts| facts.kept.contains(&kept));
    solved.rows.iter().filter(is).map(|row| row.flow.clone()).collect()
}

/// Says that these rows and no others are shown.
async fn shows(page: &Page, plan: &Plan, wanted: &[Id]) -> Result {
    page.wait_for(&words::shown(wanted.len() as u32, plan.flows.len() as u32)).await?;
    let table = page.by_role("treegrid", "Flows").await?.text().await?;
    for flow in &plan.flows {
        let name = if flow.name.is_empty() { flow.id.as_str() } else { &flow.name };
        assert_eq!(table.contains(name), wanted.contains(&flow.id), "{name} in {table}");
    }
    Ok(())
}

#[test]
fn flows_are_filtered_by_how_their_symmetry_is_kept() {
    check("filter-kept", async |page| {
        page.open("").await?;
        let kinds = |plan: &Plan| -> Vec<(Kept, Vec<Id>)> {
            let all = Kept::ALL.into_iter().map(|kept| (kept, so_kept(plan, kept)));
            all.filter(|(_, flows)| !flows.is_empty() && flows.len() < plan.flows.len()).collect()
        };
        // The example in which the most kinds are some rows' and not all rows'.
        let plans = EXAMPLES.iter().map(|example| example.plan());
        let plan = plans.max_by_key(|plan| kinds(plan).len()).ok_or("there are examples")?;
        let some = kinds(&plan);
        assert!(some.len() > 1, "an example has several kinds");
        page.choose_example(&plan.name).await?;
        page.answers(&Answer::to(&plan)).await?;
        for (kept, flows) in &some {
            page.by_role("combobox", words::KEPT).await?.select(catalogue::kept(*kept)).await?;
            shows(page, &plan, flows).await?;
        }
        // By keyboard: the first letter of a choice chooses it, as in every select.
        let select = page.by_role("combobox", words::KEPT).await?;
        select.select(words::KEPT_ALL).await?;
        let all: Vec<Id> = plan.flows.iter().map(|flow| flow.id.clone()).collect();
        shows(page, &plan, &all).await?;
        select.focus().await?;
        let (kept, flows) = &some[0];
        let down = Kept::ALL.iter().position(|one| one == kept).unwrap_or(0) + 1;
        for _ in 0..down {
            page.press("ArrowDown").await?;
        }
        shows(page, &plan, flows).await?;
        page.by_role("button", words::SHOW_ALL).await?.click().await?;
        shows(page, &plan, &all).await
    });
}
