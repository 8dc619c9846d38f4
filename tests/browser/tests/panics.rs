//! The program itself fails: in the worker, once and again, and on the page.
//!
//! Nothing that a link or a file holds makes it fail, so these tests break what it stands on: functions of the browser
//! that it calls answer with what they never answer, and a real panic follows.

use serde_json::json;
use twopath::plan::{examples, load};
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check};

/// Before anything of the page runs: the worker's script begins with a listener that takes the test's own messages, and
/// while it is told to, every array that the program asks for its length is longer than memory.
const BREAK_WORKERS: &str = "
    const prelude = `
        const typed = Object.getPrototypeOf(Uint8Array.prototype);
        const length = Object.getOwnPropertyDescriptor(typed, 'length').get;
        let failing = 0;
        Object.defineProperty(typed, 'length', {get() { return failing ? 4294967295 : length.call(this); }});
        addEventListener('message', event => {
            if (event.data?.failing === undefined) return;
            event.stopImmediatePropagation();
            failing = event.data.failing;
        });`;
    window.Blob = class extends Blob {
        constructor(parts, options) {
            super(options?.type === 'text/javascript' ? [prelude, ...parts] : parts, options);
        }
    };
    window.failing = 0;
    window.workers = [];
    window.Worker = class extends Worker {
        constructor(...given) {
            super(...given);
            workers.push(this);
            this.postMessage({failing: window.failing});
        }
    };";

async fn edit(page: &Page, name: &str) -> Result {
    page.by_role("textbox", "Plan name").await?.fill(name).await
}

#[test]
fn a_panic_in_the_worker_is_told_and_another_goes_on_but_not_for_ever() {
    check("panic-worker", async |page| {
        page.accept_error("RuntimeError");
        page.accept_error("unreachable");
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": BREAK_WORKERS })).await?;
        page.open("").await?;
        let mut plan = examples::first();
        page.answers(&Answer::to(&plan)).await?;
        // A list of the plan, so that sources have to reach the new worker too.
        plan.exits[0].advertised = "203.0.113.0/24\n198.51.100.0/24 prepend=2".into();
        let list = page.by_role("textbox", "Advertisements of Internet link").await?;
        list.fill(plan.exits[0].advertised.as_str()).await?;
        let answer = Answer::to(&plan);
        page.answers(&answer).await?;
        // Once: told, and answered again.
        page.eval("workers.at(-1).postMessage({failing: 1})").await?;
        edit(page, "Once").await?;
        page.wait_for("The engine failed and was started again with your plan, which is unchanged.").await?;
        page.answers(&answer).await?;
        assert_eq!(page.eval("return workers.length").await?, 2);
        let said = page.eval("return document.querySelector('.notice-said code').textContent").await?;
        assert!(said.as_str().is_some_and(|said| said.contains("panicked at")), "{said}");
        page.screenshot("panic-worker").await?;
        // Each new worker too: it is given up after the third, and the page goes on.
        page.eval("window.failing = 1; workers.at(-1).postMessage({failing: 1})").await?;
        edit(page, "Again").await?;
        page.wait_for("The engine failed on this plan three times and isn't asked again by itself.").await?;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        assert_eq!(page.eval("return workers.length").await?, 5, "nothing goes round and round");
        page.screenshot("panic-gave-up").await?;
        assert_eq!(page.by_role("textbox", "Plan name").await?.value().await?, "Again");
        // The fault is gone: asked by hand it answers.
        page.eval("window.failing = 0; workers.at(-1).postMessage({failing: 0})").await?;
        page.by_role("button", "Work it out").await?.click().await?;
        page.answers(&answer).await
    });
}

#[test]
fn a_panic_on_the_page_shows_what_happened_and_saves_the_last_plan() {
    check("panic-page", async |page| {
        page.accept_error("RuntimeError");
        page.accept_error("unreachable");
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        fails(page, "panic-page").await
    });
}

#[test]
fn so_does_the_tool_in_one_file() {
    check("panic-single", async |page| {
        page.accept_error("RuntimeError");
        page.accept_error("unreachable");
        page.open_from_disk().await?;
        page.answers(&Answer::to(&examples::first())).await?;
        fails(page, "panic-single").await
    });
}

async fn fails(page: &Page, name: &str) -> Result {
    edit(page, "The last but one").await?;
    page.wait_for("Saved in this browser").await?;
    edit(page, "The last word").await?;
    // Yew can make no element: it panics with the edit that needs one.
    let broken = "Document.prototype.createElementNS = Document.prototype.createElement = () => { throw 'none' };";
    let healed = "
        const kept = document.createElement, keptNS = document.createElementNS;
        addEventListener('error', () => {
            Document.prototype.createElement = kept;
            Document.prototype.createElementNS = keptNS;
        }, {capture: true});";
    page.eval(&format!("{healed}{broken}")).await?;
    page.by_role("button", "Examples").await?.click().await?;
    let dialog = page.by_role("alertdialog", "Twopath failed").await?;
    page.screenshot(name).await?;
    page.screen(Screen::Narrow).await?;
    page.theme(Theme::Dark).await?;
    page.screenshot(&format!("{name}-narrow-dark")).await?;
    // What stands behind doesn't get in the way, and Escape leaves it open.
    page.press("Escape").await?;
    dialog.by_role("button", "Save the plan as a file").await?.click().await?;
    let saved = String::from_utf8(page.downloaded("The last word.twopath.json").await?)?;
    let plan = load(&saved).map_err(|error| error.to_string())?.plan;
    let mut wanted = examples::first();
    "The last word".clone_into(&mut wanted.name);
    assert_eq!(plan, wanted);
    let said = page.eval("return document.querySelector('#failure pre').textContent").await?;
    assert!(said.as_str().is_some_and(|said| said.contains("panicked at")), "{said}");
    dialog.by_role("button", "Load the page again").await?.click().await?;
    // The last edit was too short ago to be kept, the one before wasn't.
    page.until("the page is there again with the plan", async || {
        Ok(page.by_role("textbox", "Plan name").await?.value().await?.starts_with("The last "))
    })
    .await
}
