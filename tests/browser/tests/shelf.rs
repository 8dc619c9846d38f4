//! Nothing is lost: plans kept in the browser's database, its small store or nowhere; storage that is full; two tabs;
//! the list of plans; forgetting everything.

use fantoccini::wd::WindowHandle;
use serde_json::json;
use std::time::Duration;
use twopath::plan::{Plan, Source, examples, load, save};
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

const SAVED: &str = "Saved in this browser";

async fn before_loading(page: &Page, script: &str) -> Result {
    page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await.map(drop)
}

async fn begins(page: &Page) -> Result {
    page.open("").await?;
    page.answers(&Answer::to(&examples::first())).await
}

async fn name(page: &Page, name: &str) -> Result {
    page.by_role("textbox", "Plan name").await?.fill(name).await
}

/// Waits until the open plan is called so.
async fn is_named(page: &Page, wanted: &str) -> Result {
    let mut last = String::new();
    let waited = page
        .until("the plan has its name", async || {
            last = page.by_role("textbox", "Plan name").await?.value().await?;
            Ok(last == wanted)
        })
        .await;
    waited.map_err(|error| format!("{error}: {wanted:?}, last seen {last:?}").into())
}

/// Names of the plans in the list, which is open afterwards.
async fn listed(page: &Page) -> Result<Vec<String>> {
    page.by_role("button", "Plans").await?.click().await?;
    page.by_role("dialog", "Plans in this browser").await?;
    names(page).await
}

async fn names(page: &Page) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('.plan-title')].map(title => title.textContent)";
    let names = page.eval(script).await?;
    Ok(names.as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect())
}

async fn lists(page: &Page, wanted: &[&str]) -> Result {
    let mut last = Vec::new();
    let waited = page
        .until("the list is so", async || {
            last = names(page).await?;
            Ok(last == wanted)
        })
        .await;
    waited.map_err(|error| format!("{error}: {wanted:?}, last seen {last:?}").into())
}

#[test]
fn what_an_earlier_version_kept_is_taken_over() {
    check("shelf-old", async |page| {
        let mut old = example("04")?;
        "Of last year".clone_into(&mut old.name);
        before_loading(
            page,
            &format!(
                "if (!localStorage.getItem('seeded')) {{
                    localStorage.setItem('seeded', 1); localStorage.setItem('twopath.plan', {}); }}",
                json!(save(&old))
            ),
        )
        .await?;
        page.open("").await?;
        is_named(page, "Of last year").await?;
        page.answers(&Answer::to(&old)).await?;
        page.wait_for(SAVED).await?;
        assert_eq!(page.eval("return localStorage.getItem('twopath.plan')").await?, json!(null));
        let kept: Vec<Plan> = page.kept().await?.iter().filter_map(|json| Some(load(json).ok()?.plan)).collect();
        assert_eq!(kept, [old]);
        page.reload().await?;
        is_named(page, "Of last year").await
    });
}

#[test]
fn a_long_list_is_kept_apart_and_comes_back() {
    check("shelf-long", async |page| {
        begins(page).await?;
        let mut long = Plan { name: "Long".into(), ..examples::first() };
        let lines: Vec<String> =
            (0..20_000_u32).map(|at| format!("20.{}.{}.0/24", at >> 8 & 255, at & 255)).collect();
        long.exits[1].learned = lines.join("\n").into();
        // More than is written at a time, with letters that no cut may part.
        let text = "# ü is two bytes, € is three\n".repeat(160_000).into();
        long.sources.push(Source { id: "notes".into(), name: "Notes".into(), text, ..Source::default() });
        page.drop_file("main", "long.json", save(&long)).await?;
        page.patience(Duration::from_secs(30));
        is_named(page, "Long").await?;
        page.wait_for(SAVED).await?;
        let kept = page.kept().await?;
        assert!(kept.len() == 1 && kept[0].len() < 100_000, "{} bytes", kept[0].len());
        page.reload().await?;
        is_named(page, "Long").await?;
        page.answers(&Answer::to(&long)).await?;
        page.by_role("button", "Save").await?.click().await?;
        assert_eq!(String::from_utf8(page.downloaded("Long.twopath.json").await?)?, save(&long));
        Ok(())
    });
}

#[test]
fn two_tabs_on_one_plan_overwrite_nothing() {
    check("shelf-tabs", async |page| {
        begins(page).await?;
        name(page, "Ours").await?;
        page.wait_for(SAVED).await?;
        let first = page.client.window().await?;
        let second = page.client.new_window(true).await?.handle;
        let go = async |to: &WindowHandle| page.client.switch_to_window(to.clone()).await;
        go(&second).await?;
        page.open("").await?;
        is_named(page, "Ours").await?;
        name(page, "Theirs").await?;
        page.wait_for(SAVED).await?;
        // The earlier tab knows nothing of it: told when it would write.
        go(&first).await?;
        name(page, "Mine").await?;
        page.wait_for("Not saved: changed in another tab").await?;
        page.wait_for("Another tab has changed this plan since you opened it here.").await?;
        page.screenshot("shelf-tabs").await?;
        assert_eq!(load(&page.kept().await?[0])?.plan.name, "Theirs");
        // Mine as a copy: both are there.
        page.by_role("button", "Keep mine as a copy").await?.click().await?;
        is_named(page, "Mine (copy)").await?;
        page.wait_for(SAVED).await?;
        assert_eq!(listed(page).await?, ["Mine (copy)", "Theirs"]);
        // The other way: theirs, and a step back to mine.
        page.by_role_containing("button", "Open Theirs, 20").await?.click().await?;
        is_named(page, "Theirs").await?;
        go(&second).await?;
        name(page, "Theirs, later").await?;
        page.wait_for(SAVED).await?;
        go(&first).await?;
        name(page, "Mine again").await?;
        page.wait_for("Not saved: changed in another tab").await?;
        page.by_role("button", "Show theirs").await?.click().await?;
        is_named(page, "Theirs, later").await?;
        page.by_role("button", "Undo").await?.click().await?;
        is_named(page, "Mine again").await
    });
}

#[test]
fn full_storage_is_told_and_saved_once_there_is_room() {
    check("shelf-full", async |page| {
        begins(page).await?;
        name(page, "Before").await?;
        page.wait_for(SAVED).await?;
        let origin = page.base().trim_end_matches('/').to_owned();
        page.devtools("Storage.overrideQuotaForOrigin", json!({ "origin": origin, "quotaSize": 1000 })).await?;
        // Chromium looks at how much room there is once in half a minute.
        tokio::time::sleep(Duration::from_secs(35)).await;
        name(page, "Without room").await?;
        page.wait_for("Not saved: this browser's storage is full. Save it as a file.").await?;
        page.screenshot("shelf-full").await?;
        page.devtools("Storage.overrideQuotaForOrigin", json!({ "origin": origin })).await?;
        name(page, "With room").await?;
        page.wait_for(SAVED).await?;
        page.reload().await?;
        is_named(page, "With room").await
    });
}

#[test]
fn without_a_database_the_small_store_keeps_plans_and_is_filled_for_true() {
    check("shelf-small", async |page| {
        before_loading(page, "Object.defineProperty(window, 'indexedDB', {value: undefined});").await?;
        begins(page).await?;
        name(page, "Small").await?;
        page.wait_for(SAVED).await?;
        page.reload().await?;
        is_named(page, "Small").await?;
        listed(page).await?;
        page.wait_for("This browser offers no database here: plans are kept in its small storage").await?;
        page.press("Escape").await?;
        let fill = "
            let text = 'x'.repeat(1 << 20), at = 0;
            while (text.length > 0) {
                try { localStorage.setItem('filler' + at++, text); } catch { text = text.slice(0, text.length >> 1); }
            }
            return at;";
        page.eval(fill).await?;
        name(page, "Small, with a name that is longer than what was there").await?;
        page.wait_for("Not saved: this browser's storage is full. Save it as a file.").await?;
        let empty = "Object.keys(localStorage).filter(name => name.startsWith('filler')).forEach(name => localStorage.removeItem(name))";
        page.eval(empty).await?;
        name(page, "Small again").await?;
        page.wait_for(SAVED).await?;
        page.reload().await?;
        is_named(page, "Small again").await
    });
}

#[test]
fn where_nothing_is_kept_that_is_said_and_the_page_works() {
    check("shelf-memory", async |page| {
        before_loading(
            page,
            "Object.defineProperty(window, 'indexedDB', {get() { throw new DOMException('no', 'SecurityError'); }});
             for (const store of ['localStorage', 'sessionStorage'])
                Object.defineProperty(window, store, {get() { throw new DOMException('no', 'SecurityError'); }});",
        )
        .await?;
        begins(page).await?;
        name(page, "For now").await?;
        page.wait_for("Not saved: this browser keeps nothing here. Save it as a file.").await?;
        // Several plans all the same, as long as the tab is open.
        assert_eq!(listed(page).await?, ["For now"]);
        page.wait_for("plans are gone when this tab is closed").await?;
        page.screenshot("shelf-memory").await?;
        page.press("Escape").await?;
        page.reload().await?;
        is_named(page, &examples::first().name).await
    });
}

#[test]
fn plans_are_listed_opened_renamed_copied_and_deleted_with_a_way_back() {
    check("shelf-list", async |page| {
        begins(page).await?;
        listed(page).await?;
        page.wait_for("None yet.").await?;
        page.press("Escape").await?;
        name(page, "First <b>").await?;
        page.wait_for(SAVED).await?;
        let other = example("04")?;
        page.choose_example(&other.name).await?;
        page.answers(&Answer::to(&other)).await?;
        page.wait_for("Kept once you change it").await?;
        name(page, "Second").await?;
        page.wait_for(SAVED).await?;
        assert_eq!(listed(page).await?, ["Second", "First <b>"]);
        page.by_role("button", "Duplicate First <b>").await?.click().await?;
        lists(page, &["First <b> (copy)", "Second", "First <b>"]).await?;
        page.by_role("button", "Rename First <b>").await?.click().await?;
        page.by_role("textbox", "New name").await?.fill("Third").await?;
        page.press("Enter").await?;
        lists(page, &["Third", "First <b> (copy)", "Second"]).await?;
        for (screen, size) in [(Screen::Narrow, "narrow"), (Screen::Wide, "wide")] {
            page.screen(screen).await?;
            for (theme, colours) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
                page.theme(theme).await?;
                page.screenshot(&format!("shelf-list-{size}-{colours}")).await?;
            }
        }
        page.by_role("button", "Delete First <b> (copy)").await?.click().await?;
        lists(page, &["Third", "Second"]).await?;
        page.press("Escape").await?;
        page.wait_for("First <b> (copy) was deleted.").await?;
        page.by_role("button", "Bring it back").await?.click().await?;
        page.until("it is kept again", async || Ok(page.kept().await?.len() == 3)).await?;
        assert_eq!(listed(page).await?[0], "First <b> (copy)");
        page.by_role_containing("button", "Open Third, 20").await?.click().await?;
        is_named(page, "Third").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        // Undo leads back to the plan before, which keeps its place.
        page.by_role("button", "Undo").await?.click().await?;
        is_named(page, "Second").await?;
        // This tab opens what it had open.
        page.wait_for(SAVED).await?;
        page.reload().await?;
        is_named(page, "Second").await
    });
}

#[test]
fn everything_is_forgotten_when_asked() {
    check("shelf-forget", async |page| {
        begins(page).await?;
        name(page, "Secret").await?;
        page.wait_for(SAVED).await?;
        page.by_role("button", "Theme: as the system").await?.click().await?;
        page.client.execute_async("navigator.serviceWorker.ready.then(arguments[0])", Vec::new()).await?;
        listed(page).await?;
        page.by_role("button", "Forget everything…").await?.click().await?;
        page.screenshot("shelf-forget").await?;
        page.by_role("button", "Forget everything now").await?.click().await?;
        page.wait_for("Everything is forgotten").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        assert!(page.by_role("button", "Undo").await?.is("disabled"), "nothing of before comes back");
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(page.kept().await?, Vec::<String>::new());
        let left = "
            const done = arguments[0];
            Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]).then(([names, workers]) =>
                done([names.length, workers.length, Object.keys(localStorage), Object.keys(sessionStorage)]));";
        let left = page.client.execute_async(left, Vec::new()).await?;
        assert_eq!(left, json!([0, 0, [], []]));
        page.reload().await?;
        is_named(page, &examples::first().name).await
    });
}

#[test]
fn from_disk_plans_are_kept_too() {
    check("shelf-disk", async |page| {
        page.open_from_disk().await?;
        page.answers(&Answer::to(&examples::first())).await?;
        name(page, "From disk").await?;
        page.wait_for(SAVED).await?;
        page.reload().await?;
        is_named(page, "From disk").await?;
        assert_eq!(listed(page).await?, ["From disk"]);
        println!("kept from disk by: {}", page.text().await?.contains("IndexedDB"));
        Ok(())
    });
}
