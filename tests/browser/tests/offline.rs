//! Without a server: the tool in one file from disk, and the page whose server is gone.

use serde_json::json;
use twopath::plan::examples;
use twopath_browser_tests::{Answer, check, example};

#[test]
fn one_file_from_disk_answers_and_asks_nobody() {
    check("single", async |page| {
        page.accept_error("Content Security Policy");
        page.accept_error("violates the document's");
        page.open_from_disk().await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let before = page.requests().await?;
        assert!(before.iter().any(|url| url.starts_with("file://")), "requests are seen: {before:?}");
        // The worker runs too: what the answer leads to is its.
        page.by_role("tab", "Failures").await?.click().await?;
        page.wait_for("Failures, worst first").await?;
        page.screenshot("single").await?;
        // Whatever would leave is refused by the policy, one's own disk too.
        let script = "
            const done = arguments[0];
            const tried = address => fetch(address).then(() => 'done', () => 'refused');
            Promise.all(['http://127.0.0.1:9/', location.href, 'data:,x'].map(tried)).then(done);";
        let tried = page.client.execute_async(script, Vec::new()).await?;
        assert_eq!(tried, json!(["refused", "refused", "refused"]));
        Ok(())
    });
}

#[test]
fn without_its_server_the_page_opens_and_answers() {
    check("offline", async |page| {
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let kept = "
            const done = arguments[0];
            navigator.serviceWorker.ready
                .then(() => caches.keys())
                .then(async names => (await (await caches.open(names[0])).keys()).map(({url}) => url))
                .then(done);";
        let kept = page.client.execute_async(kept, Vec::new()).await?;
        let kept: Vec<&str> = kept.as_array().into_iter().flatten().filter_map(|url| url.as_str()).collect();
        assert!(kept.iter().any(|url| url.ends_with(".wasm")) && kept.contains(&page.base()), "{kept:?}");
        assert!(!kept.iter().any(|url| url.ends_with("twopath.html")), "the file to take away is not kept");
        page.stop_server();
        page.reload().await?;
        page.answers(&Answer::to(&examples::first())).await?;
        // Links in the page's own folder, too, and work that takes the worker.
        page.open("?from=mail").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let other = example("03")?;
        page.choose_example(&other.name).await?;
        page.answers(&Answer::to(&other)).await
    });
}

#[test]
fn a_newer_version_is_offered_and_taken_only_when_one_says_so() {
    check("update", async |page| {
        const OFFER: &str = "A newer version of Twopath is here.";
        let site = page.serve_copy()?;
        page.open("").await?;
        let first = Answer::to(&examples::first());
        page.answers(&first).await?;
        page.client.execute_async("navigator.serviceWorker.ready.then(arguments[0])", Vec::new()).await?;
        page.reload().await?;
        page.answers(&first).await?;
        assert!(!page.text().await?.contains(OFFER), "nothing is newer yet");
        // Another version of the page lies on the server.
        let change = |name: &str, from: &str, to: &str| {
            let text = std::fs::read_to_string(site.join(name)).unwrap();
            assert_eq!(text.matches(from).count(), 1, "{from} in {name}");
            std::fs::write(site.join(name), text.replacen(from, to, 1)).unwrap();
        };
        change("index.html", "<title>Twopath</title>", "<title>Twopath, newer</title>");
        change("sw.js", "const VERSION = \"", "const VERSION = \"newer");
        let title = async || Ok::<_, Box<dyn std::error::Error>>(page.client.title().await?);
        for _ in 0..2 {
            // However often it is loaded: the old one runs, and the new one is offered.
            page.reload().await?;
            page.answers(&first).await?;
            page.wait_for(OFFER).await?;
            assert_eq!(title().await?, "Twopath");
        }
        page.screenshot("update").await?;
        page.by_role("button", "Later").await?.click().await?;
        page.wait_gone(OFFER).await?;
        page.by_role("textbox", "Plan name").await?.fill("Mine").await?;
        page.wait_for("Saved in this browser").await?;
        page.reload().await?;
        page.wait_for(OFFER).await?;
        page.by_role("button", "Load it").await?.click().await?;
        page.until("the newer one runs", async || Ok(title().await? == "Twopath, newer")).await?;
        // What was kept is there, and nothing is newer.
        page.until("the plan is there", async || {
            Ok(page.by_role("textbox", "Plan name").await?.value().await? == "Mine")
        })
        .await?;
        assert!(!page.text().await?.contains(OFFER));
        Ok(())
    });
}
