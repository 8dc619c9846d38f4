//! The page starts, under its closed policy, as page and as worker.

use std::time::Duration;

use twopath_browser_tests::{Result, check};

#[test]
fn the_page_opens() {
    check("opens", async |page| {
        page.open("").await?;
        page.by_role("heading", "Twopath").await?;
        assert_eq!(page.eval("return document.getElementById('boot-failed')?.hidden ?? true").await?, true);
        let asked = page.requests().await?;
        assert!(asked.iter().any(|url| url.ends_with(".wasm")), "requests are seen: {asked:?}");
        page.portrait("opens").await
    });
}

#[test]
fn the_same_program_runs_in_a_blob_worker() {
    check("worker", async |page| {
        page.open("").await?;
        page.by_role("heading", "Twopath").await?;
        let answer = page.client.execute_async(WORKER, Vec::new()).await?;
        assert_eq!(answer, "ready", "the program's own word, once it listens");
        Ok(())
    });
}

/// As static/boot.js describes it.
const WORKER: &str = r#"
const done = arguments[0];
const worker = new Worker(document.documentElement.dataset.worker);
worker.onmessage = ({data}) => { worker.terminate(); done(data); };
worker.onerror = () => done("the worker did not start");
const wasm = performance.getEntriesByType("resource").find(({name}) => name.endsWith(".wasm")).name;
WebAssembly.compileStreaming(fetch(wasm)).then(module => worker.postMessage(module), error => done(String(error)));
"#;

#[test]
fn the_policy_holds() {
    check("policy", async |page| {
        page.accept_error("Content Security Policy");
        page.accept_error("violates the document's");
        page.open("").await?;
        page.by_role("heading", "Twopath").await?;
        let tried = page.client.execute_async(ATTEMPTS, Vec::new()).await?;
        assert_eq!(tried, serde_json::json!(["refused", "refused", "refused"]));
        Ok(())
    });
}

/// A request to another host, an inline script, a `style` attribute.
const ATTEMPTS: &str = r#"
const done = arguments[0];
(async () => {
  const results = [];
  results.push(await fetch("http://127.0.0.1:9/").then(() => "done", () => "refused"));
  const script = document.createElement("script");
  script.textContent = "window.inlineRan = true";
  document.head.append(script);
  results.push(window.inlineRan ? "done" : "refused");
  const styled = document.createElement("p");
  styled.setAttribute("style", "color: rgb(1, 2, 3)");
  document.body.append(styled);
  results.push(getComputedStyle(styled).color === "rgb(1, 2, 3)" ? "done" : "refused");
  styled.remove();
  done(results);
})();
"#;

#[test]
fn errors_name_what_is_there() {
    check("errors", async |page| {
        page.open("").await?;
        page.by_role("heading", "Twopath").await?;
        page.patience(Duration::from_millis(200));
        let none: Result<_> = page.by_role_containing("heading", "No such heading").await;
        let text = none.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(text.contains("there are 0 elements of role heading") && text.contains("Twopath"), "{text}");
        Ok(())
    });
}
