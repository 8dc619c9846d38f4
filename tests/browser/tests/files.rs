//! Save, reload, open.

use twopath::plan::{Plan, examples, load};
use twopath_browser_tests::{Answer, Page, Result, check};

async fn saved(page: &Page, name: &str) -> Result<(String, Plan)> {
    page.by_role("button", "Save").await?.click().await?;
    let text = String::from_utf8(page.downloaded(name).await?)?;
    let loaded = load(&text).map_err(|error| format!("{error}"))?;
    assert_eq!(loaded.faults, []);
    Ok((text, loaded.plan))
}

#[test]
fn saved_reloaded_and_opened_it_is_the_same_plan() {
    check("save", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let mut wanted = examples::first();
        "Ours tested".clone_into(&mut wanted.name);
        wanted.exits[0].advertised = "203.0.113.0/24\n# kept as typed  \n198.51.100.0/24 prepend=2".into();
        page.by_role("textbox", "Plan name").await?.fill(&wanted.name).await?;
        let list = page.by_role("textbox", "Advertisements of Internet link").await?;
        list.fill(wanted.exits[0].advertised.as_str()).await?;
        let answer = Answer::to(&wanted);
        page.answers(&answer).await?;
        page.wait_for("Saved in this browser").await?;
        page.until("the edits are stored", async || {
            let kept = page.kept().await?;
            Ok(kept.first().is_some_and(|json| json.contains("prepend=2") && json.contains(&wanted.name)))
        })
        .await?;
        let (text, plan) = saved(page, "Ours tested.twopath.json").await?;
        assert_eq!(plan, wanted);
        // What was stored in the browser comes back.
        page.reload().await?;
        page.answers(&answer).await?;
        assert_eq!(page.by_role("textbox", "Plan name").await?.value().await?, wanted.name);
        // Another plan is opened, then the file.
        let other = examples::EXAMPLES[2].plan();
        page.choose_example(&other.name).await?;
        page.answers(&Answer::to(&other)).await?;
        page.hold_picker().await?;
        page.by_role("button", "Open").await?.click().await?;
        page.pick(&page.file("opened.json", &text)?).await?;
        page.answers(&answer).await?;
        std::fs::remove_file(page.downloads().join("Ours tested.twopath.json"))?;
        let (again, plan) = saved(page, "Ours tested.twopath.json").await?;
        assert_eq!(plan, wanted);
        assert_eq!(again, text, "to the byte");
        Ok(())
    });
}

#[test]
fn a_dropped_plan_is_opened_and_a_bad_one_is_refused_in_words() {
    check("drop", async |page| {
        page.open("").await?;
        let first = Answer::to(&examples::first());
        page.answers(&first).await?;
        page.drop_file("main", "bad.json", "{ \"schema_version\": 1, \"name\": 7 }").await?;
        page.wait_for("bad.json was not opened, and the plan you had is unchanged.").await?;
        page.answers(&first).await?;
        let other = &examples::EXAMPLES[4];
        page.drop_file("main", "good.json", other.json).await?;
        page.answers(&Answer::to(&other.plan())).await
    });
}
