//! Many rows of the catalogue at once: previewed, added in one step, taken back.

use twopath::desk::bulk::{self, Ask, Which};
use twopath::plan::{Ends, Plan, Source};
use twopath::report::words::page::bulk as words;
use twopath_browser_tests::{Answer, Result, Screen, Theme, check, example};

const ENDPOINTS: &str = r#"[
  {"id": 1, "serviceArea": "Exchange", "ips": ["13.107.6.152/31"], "tcpPorts": "80,443", "expressRoute": true,
   "category": "Optimize", "required": true},
  {"id": 46, "serviceArea": "Common", "ips": ["20.20.32.0/19"], "tcpPorts": "443", "expressRoute": false,
   "category": "Allow", "required": true}]"#;

/// Mail without its rows from outside, and Microsoft's endpoint sets beside it.
fn case() -> Result<Plan> {
    let mut plan = example("08")?;
    plan.flows.retain(|flow| matches!(flow.ends, Ends::Outbound(_)));
    plan.sources.push(Source {
        id: "m365".into(),
        name: "Endpoints".to_owned(),
        text: ENDPOINTS.into(),
        ..Source::default()
    });
    Ok(plan)
}

#[test]
fn rows_are_previewed_added_in_one_step_and_taken_back() {
    check("bulk", async |page| {
        let plan = case()?;
        let sets = bulk::all_endpoint_sets(&plan);
        let ask = |which: Which| Ask {
            to: bulk::offers(&plan, &sets)
                .into_iter()
                .filter(|offer| which.takes(offer))
                .map(|offer| offer.to)
                .collect(),
            sites: plan.sites.iter().map(|site| site.id.clone()).collect(),
            published: bulk::without_row(&plan).into_iter().collect(),
        };
        let counts = |which: Which| {
            let rows = bulk::rows(&plan, &sets, &ask(which));
            let there = rows.iter().filter(|row| row.there.is_some()).count();
            (rows.len() - there, there)
        };
        page.open_plan(&plan).await?;
        page.by_role("button", words::ADD).await?.click().await?;
        let dialog = page.by_role("dialog", words::TITLE).await?;
        // What allows ExpressRoute, and what has no row from outside, is chosen at first.
        let (new, there) = counts(Which::ExpressRoute);
        assert_eq!((new, there), (2, 0));
        page.wait_for(&words::sum(new, there)).await?;
        page.screenshot("bulk").await?;
        page.theme(Theme::Dark).await?;
        page.screen(Screen::Narrow).await?;
        page.screenshot("bulk-phone-dark").await?;
        page.screen(Screen::Wide).await?;
        page.theme(Theme::Light).await?;
        let offers = bulk::offers(&plan, &sets).len();
        dialog.by_role("button", &words::which(Which::All, offers)).await?.click().await?;
        let (new, there) = counts(Which::All);
        assert!(there > 0, "some are there already");
        page.wait_for(&words::sum(new, there)).await?;
        let rows = dialog.by_role("region", words::PREVIEW).await?.text().await?;
        assert_eq!(rows.matches(words::THERE).count(), there);
        page.screenshot("bulk-all").await?;
        // Without what the outside begins there is one row less.
        dialog.by_role("checkbox", "Mail gateway").await?.click().await?;
        page.wait_for(&words::sum(new - 1, there)).await?;
        dialog.by_role("checkbox", "Mail gateway").await?.click().await?;
        dialog.by_role("button", &words::add(new)).await?.click().await?;
        let mut after = plan.clone();
        bulk::add(&mut after, &sets, &ask(Which::All));
        page.answers(&Answer::to(&after)).await?;
        page.by_role("button", "Undo").await?.click().await?;
        page.answers(&Answer::to(&plan)).await
    });
}
