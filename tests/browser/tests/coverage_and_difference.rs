//! The tabs of the coverage and the difference: what they say is what the engine says.

use twopath::desk::Solved;
use twopath::pace::at_once;
use twopath::plan::Plan;
use twopath::report::words::page::coverage as words;
use twopath::routing::Scenario;
use twopath::study::coverage::{Coverage, Filter, Rows, Show, View};
use twopath::study::difference::Difference;
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

fn solve(plan: &Plan) -> Solved {
    Solved::new(plan.clone(), Scenario::default(), false)
}

/// Opens an example, solved.
async fn open(page: &Page, start: &str) -> Result<Plan> {
    page.open("").await?;
    let plan = example(start)?;
    page.choose_example(&plan.name).await?;
    page.answers(&Answer::to(&plan)).await?;
    Ok(plan)
}

/// The whole panel.
async fn picture(page: &Page, name: &str) -> Result {
    page.screen(Screen::Size(1440, 1800)).await?;
    page.screenshot(name).await?;
    page.screen(Screen::Wide).await
}

/// Wide and light, dark, and narrow.
async fn pictures(page: &Page, name: &str) -> Result {
    // So high that the whole panel is seen.
    page.screen(Screen::Size(1440, 1800)).await?;
    page.screenshot(name).await?;
    page.theme(Theme::Dark).await?;
    page.screenshot(&format!("{name}-dark")).await?;
    page.theme(Theme::Light).await?;
    page.screen(Screen::Narrow).await?;
    page.screenshot_full(&format!("{name}-narrow")).await?;
    let wide =
        page.eval("return document.documentElement.scrollWidth - document.documentElement.clientWidth").await?;
    assert_eq!(wide, 0, "a narrow screen has nothing beyond its edge");
    page.screen(Screen::Wide).await
}

#[test]
fn coverage_tells_every_class_with_its_exact_size() {
    check("coverage", async |page| {
        let plan = open(page, "03").await?;
        let solved = solve(&plan);
        let coverage = at_once(|pace| async move { Coverage::new(solved.world(), &pace).await });
        let site = &coverage.sites()[0];
        page.by_role("tab", "Coverage").await?.click().await?;
        let table = page.by_role("treegrid", words::CLASSES).await?;
        let text = table.text().await?;
        for class in site.classes().iter().take(6) {
            assert!(text.contains(&class.addresses.grouped()), "{} of {text}", class.addresses.grouped());
        }
        // Every bar has its exact number beside it.
        let all = page.text().await?;
        for totals in &site.totals[..1] {
            for total in &totals.exits {
                assert!(all.contains(&total.addresses.grouped()), "{total:?} {all}");
            }
        }
        pictures(page, "coverage").await?;
        // A class leads to its prefixes, and to a trace.
        table.focus().await?;
        page.press("Enter").await?;
        let first: Vec<String> = site.prefixes(0).take(2).map(|net| net.to_string()).collect();
        let list = page.by_role("region", words::PREFIX_LIST).await?.text().await?;
        assert!(list.starts_with(&first.join("\n")), "{list}");
        picture(page, "coverage-class").await?;
        page.by_role("button", words::LATER).await?.click().await?;
        page.wait_for(&format!(
            "201 to 400 of {} prefixes",
            twopath::space::Count::from(site.classes()[0].prefixes).grouped()
        ))
        .await?;
        page.by_role("button", words::TRACE).await?.click().await?;
        page.wait_for(&site.classes()[0].first.to_string()).await?;
        Ok(())
    });
}

#[test]
fn coverage_shows_services_ways_back_and_every_prefix() {
    check("coverage-sections", async |page| {
        let plan = open(page, "10").await?;
        let solved = solve(&plan);
        let world = solved.world();
        let coverage = at_once(|pace| async move { Coverage::new(world, &pace).await });
        page.by_role("tab", "Coverage").await?.click().await?;
        page.by_role("treegrid", words::CLASSES).await?;
        let second = plan.sites[1].name.clone();
        page.by_role("combobox", words::SITE).await?.select(&second).await?;
        page.wait_for("Destinations").await?;
        page.by_role("button", words::SERVICES).await?.click().await?;
        let services = page.by_role("treegrid", words::SERVICES).await?.text().await?;
        for service in &plan.services {
            assert!(services.contains(service.name.trim()), "{} of {services}", service.name);
        }
        picture(page, "coverage-services").await?;
        page.by_role("button", words::BACK).await?.click().await?;
        let back = page.by_role("treegrid", words::BACK).await?.text().await?;
        for row in coverage.back().iter().take(4) {
            assert!(back.contains(&row.first), "{row:?} of {back}");
        }
        picture(page, "coverage-back").await?;
        page.by_role("button", words::PREFIXES).await?.click().await?;
        let table = page.by_role("treegrid", words::PREFIXES).await?;
        assert!(table.text().await?.contains("0.0.0.0"), "it begins at the beginning");
        // To the last row by one key, and to an address by its field.
        table.focus().await?;
        page.press("End").await?;
        page.wait_for("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff").await?;
        page.by_role("searchbox", words::FIND).await?.fill("13.107.6.152").await?;
        page.press("Enter").await?;
        let filter = Filter { find: Some("13.107.6.152".parse()?), ..Filter::default() };
        let view = |from| View {
            site: Some(plan.sites[1].id.clone()),
            show: Show::Prefixes(filter.clone()),
            from,
            count: 1,
        };
        let at = coverage.window(world, view(0)).at.ok_or("a row around it")?;
        let Rows::Table(rows) = coverage.window(world, view(at)).rows else {
            return Err("rows of the table".into());
        };
        page.wait_for(&format!("{} – {}", rows[0].first, rows[0].last)).await?;
        pictures(page, "coverage-prefixes").await?;
        page.by_role("searchbox", words::FIND).await?.fill("nonsense").await?;
        page.press("Enter").await?;
        page.wait_for(words::NO_ADDRESS).await
    });
}

#[test]
fn difference_says_what_moves_since_the_plan_was_pinned() {
    use twopath::report::words::page::difference as words;
    check("difference", async |page| {
        let before = open(page, "03").await?;
        page.by_role("tab", "Difference").await?.click().await?;
        page.by_role("button", "Pin this plan").await?.click().await?;
        page.wait_for(words::SAME).await?;
        let after = example("05")?;
        page.choose_example(&after.name).await?;
        let (was, is) = (solve(&before), solve(&after));
        let difference = at_once(|pace| async move { Difference::new(was.world(), is.world(), &pace).await });
        let headline = twopath::report::words::difference::headline(difference.summary());
        page.wait_for(&headline).await?;
        let changes = page.by_role("treegrid", words::CHANGES).await?;
        let text = changes.text().await?;
        for change in difference.changes().iter().take(3) {
            assert!(text.contains(&change.addresses.grouped()), "{change:?} of {text}");
        }
        pictures(page, "difference").await?;
        changes.focus().await?;
        page.press("Enter").await?;
        let first = difference.addresses(0).and_then(|set| set.nets().next()).ok_or("a change")?.to_string();
        let list =
            page.by_role("region", twopath::report::words::page::coverage::PREFIX_LIST).await?.text().await?;
        assert!(list.starts_with(&first), "{list}");
        picture(page, "difference-change").await?;
        let number = difference.flows().len();
        page.by_role("button", &format!("{} {number}", words::FLOWS)).await?.click().await?;
        let flows = page.by_role("treegrid", words::FLOWS).await?.text().await?;
        for flow in
            difference.flows().iter().filter_map(|change| after.flows.iter().find(|f| f.id == change.flow)).take(3)
        {
            assert!(flows.contains(flow.name.trim()), "{} of {flows}", flow.name);
        }
        picture(page, "difference-flows").await
    });
}
