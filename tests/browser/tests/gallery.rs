//! The page opens answered, and every example is answered as the native engine does.

use twopath::plan::examples;
use twopath_browser_tests::{Answer, Result, check, example};

#[test]
fn opens_on_the_field_report_answered() {
    check("field-report", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        assert_eq!(page.by_role("textbox", "Plan name").await?.value().await?, "Field report: public peering");
        assert_eq!(page.answer().await?.headline, "All 7 flows work.");
        page.portrait("field-report").await
    });
}

#[test]
fn every_example_has_the_native_verdict() {
    check("gallery", async |page| {
        page.open("").await?;
        // The first last: it is open already.
        let (first, others) = examples::EXAMPLES.split_first().unwrap();
        for example in others.iter().chain([first]) {
            let plan = example.plan();
            page.choose_example(&plan.name).await?;
            page.answers(&Answer::to(&plan)).await.map_err(|error| format!("{}: {error}", example.file))?;
            assert_eq!(page.by_role("textbox", "Plan name").await?.value().await?, plan.name);
        }
        Ok(())
    });
}

#[test]
fn the_other_return_model_marks_what_differs() {
    check("other-model", async |page| {
        let plan = examples::first();
        let planned = Answer::to(&plan);
        let other =
            Answer::with(&plan, twopath::routing::Scenario { other_return_model: true, ..Default::default() });
        assert_ne!(planned.headline, other.headline, "the field report is about that very difference");
        page.open("").await?;
        page.answers(&planned).await?;
        page.by_role("switch", "Show the other return model beside").await?.click().await?;
        page.wait_for(&format!("With the other return model: {}", other.headline)).await?;
        page.by_role("columnheader", "Other model").await?;
        page.answers(&planned).await?;
        let differing = planned.rows.iter().zip(&other.rows).filter(|(a, b)| a != b).count();
        page.until("each row that differs is marked", async || {
            let cells = page.all_by_role("gridcell").await?;
            Ok(cells.iter().filter(|cell| cell.name().contains("differs")).count() >= differing && differing > 0)
        })
        .await?;
        page.by_role("checkbox", "Only flows that differ").await?.click().await?;
        let fails: Vec<&String> =
            planned.rows.iter().zip(&other.rows).filter(|(a, b)| a != b).map(|(a, _)| a).collect();
        page.until("only those are left", async || {
            let rows = page.answer().await?.rows;
            Ok(rows.len() < planned.rows.len() && fails.iter().all(|row| rows.contains(row)))
        })
        .await
    });
}

#[test]
fn switching_a_link_down_changes_the_answer() {
    check("what-if", async |page| {
        let plan = example("05")?;
        let up = Answer::to(&plan);
        let exit =
            plan.exits.iter().find(|exit| matches!(exit.link, twopath::plan::Link::ExpressRoute(_))).unwrap();
        let down = [twopath::routing::Part::Exit(exit.id.clone())].into_iter().collect();
        let down = Answer::with(&plan, twopath::routing::Scenario { down, ..Default::default() });
        page.open("").await?;
        page.choose_example(&plan.name).await?;
        page.answers(&up).await?;
        let before = exits_in_table(page).await?;
        assert!(before.contains(&exit.name), "{before}");
        page.by_role("checkbox", &format!("{} is down", exit.name)).await?.click().await?;
        page.wait_for("1 part is down").await?;
        page.answers(&down).await?;
        page.until("no flow takes that link", async || Ok(!exits_in_table(page).await?.contains(&exit.name)))
            .await?;
        page.by_role("button", "All up again").await?.click().await?;
        page.answers(&up).await?;
        page.until("the table is as before", async || Ok(exits_in_table(page).await? == before)).await
    });
}

async fn exits_in_table(page: &twopath_browser_tests::Page) -> Result<String> {
    page.by_role("treegrid", "Flows").await?.text().await
}

#[test]
fn the_verdict_buttons_and_the_filter_narrow_the_table() {
    check("filter", async |page| {
        let plan = example("03")?;
        let all = Answer::to(&plan);
        page.open("").await?;
        page.choose_example(&plan.name).await?;
        page.answers(&all).await?;
        let dropped: Vec<String> =
            all.rows.iter().filter(|row| row.ends_with(": Asymmetric, dropped")).cloned().collect();
        assert!(!dropped.is_empty() && dropped.len() < all.rows.len());
        page.by_role_containing("button", "Asymmetric, dropped flow").await?.click().await?;
        page.until("only dropped flows are shown", async || Ok(page.answer().await?.rows == dropped)).await?;
        page.by_role("button", "Show all").await?.click().await?;
        page.answers(&all).await?;
        page.by_role("searchbox", "Filter flows").await?.fill("supplier").await?;
        page.until("only the supplier is shown", async || {
            Ok(page.answer().await?.rows == ["Supplier portal: Symmetric"])
        })
        .await
    });
}
