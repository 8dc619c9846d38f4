//! Save, reload, open.

use serde_json::json;
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

/// From now on the browser's database takes a while to open, and meanwhile a file is dropped on the page: it listens
/// already, and shows nothing yet.
async fn dropped_early(page: &Page, file: &str, contents: &str) -> Result {
    let script = "
        const success = Object.getOwnPropertyDescriptor(IDBRequest.prototype, 'onsuccess');
        let early = true;
        Object.defineProperty(IDBOpenDBRequest.prototype, 'onsuccess', {set(heard) {
            if (!early) return success.set.call(this, heard);
            early = false;
            const data = new DataTransfer();
            data.items.add(new File([CONTENTS], NAME));
            const event = new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: data});
            document.body.dispatchEvent(event);
            window.taken = event.defaultPrevented && document.querySelector('main') === null;
            success.set.call(this, event => setTimeout(() => heard.call(this, event), 1000));
        }});";
    let script =
        script.replace("CONTENTS", &json!(contents).to_string()).replace("NAME", &json!(file).to_string());
    page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
    page.reload().await?;
    page.until("the page is there", async || {
        Ok(page.eval("return !!document.querySelector('main')").await? == true)
    })
    .await?;
    assert_eq!(page.eval("return window.taken").await?, true, "it was dropped before the page was there");
    Ok(())
}

/// A page that keeps a plan of this name.
async fn keeps_mine(page: &Page) -> Result {
    page.open("").await?;
    page.answers(&Answer::to(&examples::first())).await?;
    page.by_role("textbox", "Plan name").await?.fill("Mine").await?;
    page.wait_for("Saved in this browser").await
}

#[test]
fn a_plan_dropped_before_the_kept_one_is_there_is_opened_over_it() {
    check("drop-early", async |page| {
        keeps_mine(page).await?;
        let other = &examples::EXAMPLES[4];
        dropped_early(page, "other.json", other.json).await?;
        page.answers(&Answer::to(&other.plan())).await?;
        page.keeps(&other.plan()).await?;
        page.by_role("button", "Undo").await?.click().await?;
        page.until("the kept plan is a step back", async || {
            Ok(page.by_role("textbox", "Plan name").await?.value().await? == "Mine")
        })
        .await
    });
}

#[test]
fn a_list_dropped_before_the_kept_plan_is_there_is_previewed_for_it() {
    check("drop-early-list", async |page| {
        keeps_mine(page).await?;
        dropped_early(page, "list.txt", "192.0.2.0/24\n").await?;
        page.by_role("dialog", "Import").await?;
        page.wait_for("1 prefix from a plain list").await?;
        page.by_role("button", "Cancel").await?.click().await?;
        assert_eq!(page.by_role("textbox", "Plan name").await?.value().await?, "Mine");
        Ok(())
    });
}
