//! Markup and script stay text: in every field, in every name of a plan, a file or a link, in both builds of the page.
//!
//! What ran would set `window.struck`, what was fetched would be a stranger among the requests, and what the page's policy
//! had to stop would be an error on the console: each is a failure.

use std::time::Duration;

use serde_json::{Value, json};
use twopath::desk::link;
use twopath::plan::{Plan, examples};
use twopath_browser_tests::{Answer, Page, Result, check_within, example};

/// Breaks out of a text, an attribute, a title, a style, a comment and a script, and asks another host.
const HOSTILE: &str = "</textarea></title></style></script>--><script>window.struck=1</script>\"'>\
    <img src=//127.0.0.2:9/x onerror=window.struck=1><svg onload=window.struck=1><iframe srcdoc='<script>top.struck=1</script>'>";
/// Would run where it became an address.
const ADDRESS: &str = "javascript:window.struck=1//";

const LIMIT: Duration = Duration::from_secs(600);

/// What only hostile text would have brought.
const STRUCK: &str = "
    const address = own => ['href', 'src', 'action', 'data', 'srcdoc', 'xlink:href'].includes(own.name);
    const odd = one => ['img', 'iframe', 'object', 'embed', 'base', 'meta'].includes(one.localName) && !one.closest('head')
        || one.localName === 'script' && one.textContent.includes('struck')
        || [...one.attributes].some(own => own.name.startsWith('on') || address(own) && /^\\s*javascript:/i.test(own.value));
    return [window.struck ?? null, window.asked ?? 0,
        [...document.querySelectorAll('*')].filter(odd).map(one => one.outerHTML.slice(0, 200))];";

/// A dialog of the browser's is counted and answered with no.
const ASKED: &str = "
    window.asked = 0;
    for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { window.asked += 1; };";

async fn unharmed(page: &Page, when: &str) -> Result {
    let found = page.eval(STRUCK).await?;
    if found == json!([null, 0, []]) { Ok(()) } else { Err(format!("{when}: {found}").into()) }
}

/// The page with its first example, served or from disk.
async fn opened(page: &Page, disk: bool) -> Result {
    page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": ASKED })).await?;
    if disk {
        page.open_from_disk().await?;
    } else {
        page.open("").await?;
    }
    page.answers(&Answer::to(&examples::first())).await?;
    unharmed(page, "at first").await
}

fn in_both(name: &str, test: impl AsyncFn(&Page) -> Result) {
    for (disk, build) in [(false, "served"), (true, "from-disk")] {
        check_within(&format!("{name}-{build}"), LIMIT, async |page| {
            page.patience(Duration::from_secs(20));
            opened(page, disk).await?;
            test(page).await
        });
    }
}

/// A plan in which each text that is no reference to a part says something hostile.
fn hostile(start: &str) -> Result<Plan> {
    let mut document: Value = serde_json::from_str(&twopath::plan::save(&example(start)?))?;
    let mut said = 0;
    poison(&mut document, &mut said);
    let plan = twopath::plan::load(&document.to_string()).map_err(|error| format!("{error:?}"))?.plan;
    assert!(said > 20, "{said} texts are hostile");
    Ok(plan)
}

fn poison(value: &mut Value, said: &mut usize) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| poison(item, said)),
        Value::Object(fields) => {
            for (key, inner) in fields {
                if ["name", "notes", "note", "ports", "reason", "description"].contains(&key.as_str())
                    && inner.is_string()
                {
                    *said += 1;
                    *inner =
                        format!("{said} {}{HOSTILE}", if said.is_multiple_of(2) { ADDRESS } else { "" }).into();
                } else {
                    poison(inner, said);
                }
            }
        }
        _ => {}
    }
}

/// Opens what is closed in the inputs, until nothing is: every card, every list's faults.
async fn open_all(page: &Page) -> Result {
    for _ in 0..8 {
        let script = "
            const closed = [...document.querySelectorAll('#inputs [aria-expanded=false]')].filter(one => one.offsetParent);
            closed.forEach(one => one.click());
            return closed.length;";
        if page.eval(script).await? == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    Ok(())
}

/// Every tab, and every dialog that the bar opens.
async fn walked(page: &Page) -> Result {
    let names = "return [...document.querySelectorAll('[role=tab]')].map(tab => tab.innerText.trim())";
    for name in texts(&page.eval(names).await?) {
        page.by_role_containing("tab", &name).await?.click().await?;
        let there = "return document.querySelector('[role=tabpanel]')?.innerText.length > 20
            && !document.querySelector('[role=tabpanel][aria-busy=true], #answer[aria-busy=true]')";
        page.until(&format!("{name} is there"), async || Ok(page.eval(there).await? == true)).await?;
        unharmed(page, &name).await?;
    }
    for name in ["Examples", "Plans", "Share", "Report"] {
        page.by_role("button", name).await?.click().await?;
        page.until(&format!("{name} opens"), async || {
            Ok(page.eval("return !!document.querySelector('dialog[open]')").await? == true)
        })
        .await?;
        unharmed(page, name).await?;
        page.press("Escape").await?;
        page.until(&format!("{name} closes"), async || {
            Ok(page.eval("return !document.querySelector('dialog[open]')").await? == true)
        })
        .await?;
    }
    Ok(())
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

async fn drop_file(page: &Page, name: &str, text: &str) -> Result {
    page.drop_file("main", name, text).await
}

#[test]
fn a_plan_whose_every_name_is_hostile() {
    in_both("hostile-plan", async |page| {
        let plan = hostile("08")?;
        drop_file(page, &format!("{HOSTILE}.json").replace('/', "\u{2215}"), &twopath::plan::save(&plan)).await?;
        page.answers(&Answer::to(&plan)).await?;
        open_all(page).await?;
        unharmed(page, "the inputs").await?;
        // It is shown, and as it was written.
        let shown = "return [...document.querySelectorAll('input')].some(own => own.value.includes('<script>window.struck'))";
        assert_eq!(page.eval(shown).await?, true);
        assert!(page.text().await?.contains("<img src=//127.0.0.2:9/x onerror=window.struck=1>"));
        walked(page).await?;
        // Kept, and read again.
        page.wait_for("Saved in this browser").await?;
        page.reload().await?;
        page.answers(&Answer::to(&plan)).await?;
        unharmed(page, "after a reload").await
    });
}

#[test]
fn every_field_that_one_can_type_in() {
    in_both("hostile-fields", async |page| {
        open_all(page).await?;
        // One at a time, as typing does: each may draw the others anew.
        let type_in = "
            const [number, text] = arguments;
            const all = [...document.querySelectorAll('textarea, input')].filter(own => own.offsetParent && !own.disabled
                && !own.readOnly && !['checkbox', 'radio', 'file', 'range', 'button'].includes(own.type));
            const field = all[number];
            if (!field) return null;
            field.focus();
            const kind = field.localName === 'input' ? HTMLInputElement : HTMLTextAreaElement;
            Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(field, text);
            for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, {bubbles: true}));
            field.blur();
            return field.getAttribute('aria-label') ?? field.labels?.[0]?.innerText ?? field.id;";
        let mut typed = 0;
        for number in 0..400 {
            let text = format!("{}{HOSTILE}", if number % 2 == 0 { "" } else { ADDRESS });
            if page.client.execute(type_in, vec![json!(number), json!(text)]).await?.is_null() {
                break;
            }
            typed += 1;
        }
        assert!(typed > 25, "{typed} fields");
        page.until("it is answered", async || {
            Ok(page.eval("return !!document.querySelector('#answer[aria-busy=false]')").await? == true)
        })
        .await?;
        open_all(page).await?;
        unharmed(page, "all fields").await?;
        assert!(page.text().await?.contains("<script>window.struck=1</script>"), "the faults name what is wrong");
        walked(page).await
    });
}

#[test]
fn what_is_pasted_and_dropped() {
    in_both("hostile-import", async |page| {
        let json = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let tags = format!(
            "{{\"values\": [{{\"name\": {0}, \"properties\": {{\"addressPrefixes\": [\"13.64.0.0/11\", {0}]}}}}, \
             {{\"name\": \"b\", \"properties\": {{\"addressPrefixes\": [\"13.0.0.0/11\"]}}}}]}}",
            json(HOSTILE)
        );
        // Blanks would end a word of it.
        let word = HOSTILE.replace(' ', "/");
        let asa = format!(
            "ASA Version 9.16(4)\nhostname {word}\nobject network {word}\n subnet 10.0.0.0 255.0.0.0\n\
             object network pool\n host 203.0.113.7\nnat (inside,{word}) source dynamic {word} pool\n{HOSTILE}\n"
        );
        let log = format!(
            "{HOSTILE},src ip,dst ip,octets,seen\n{HOSTILE},10.1.2.3,13.107.6.152,75,2026-11-17 08:00:00\n"
        );
        for (kind, name, text) in [
            ("a plain list", "list.txt", format!("10.0.0.0/8\n{HOSTILE}\n{HOSTILE} 10.1.0.0/16\n{ADDRESS}\n")),
            ("a print", "print.txt", format!("{word}#show ip bgp\n10.0.0.0/8\n{HOSTILE} 10.1.0.0/16\n")),
            ("service tags", "tags.json", tags),
            ("a configuration", "asa.conf", asa),
            ("a flow log", "log.csv", log),
            ("a page", "page.html", format!("<!doctype html><html><body>{HOSTILE}</body></html>")),
        ] {
            let name = format!("{HOSTILE}{name}").replace('/', "\u{2215}");
            drop_file(page, &name, &text).await?;
            page.by_role("dialog", "Import").await?;
            page.wait_for("<img src=").await.map_err(|error| format!("{kind}: {error}"))?;
            let open = "document.querySelectorAll('dialog [aria-expanded=false]').forEach(one => one.click())";
            page.eval(open).await?;
            tokio::time::sleep(Duration::from_millis(300)).await;
            unharmed(page, kind).await?;
            let apply = "const apply = document.querySelector('.import-apply:not(:disabled)');
                if (apply) setTimeout(() => apply.click()); return !!apply;";
            if page.eval(apply).await? != true {
                page.by_role("button", "Cancel").await?.click().await?;
            }
            page.until(&format!("the preview of {kind} is gone"), async || {
                Ok(page.eval("return !document.querySelector('dialog[open]')").await? == true)
            })
            .await?;
            unharmed(page, &format!("{kind}, taken")).await?;
        }
        walked(page).await
    });
}

#[test]
fn what_stands_behind_the_hash_of_a_link() {
    in_both("hostile-link", async |page| {
        let plan = hostile("02")?;
        let link = link::write(&plan).ok_or("the plan is too large for a link")?;
        // As whoever sends a link writes it, not as a browser would.
        for fragment in [HOSTILE, ADDRESS, &format!("plan=1.{HOSTILE}.0"), &format!("plan=1.{ADDRESS}")] {
            page.client.execute("location.hash = arguments[0]", vec![json!(fragment)]).await?;
            tokio::time::sleep(Duration::from_millis(300)).await;
            unharmed(page, fragment).await?;
            page.answers(&Answer::to(&examples::first())).await?;
        }
        page.client.execute("location.hash = arguments[0]", vec![json!(link)]).await?;
        page.answers(&Answer::to(&plan)).await?;
        open_all(page).await?;
        unharmed(page, "a link with a hostile plan").await?;
        assert!(page.text().await?.contains("<script>window.struck=1</script>"));
        // And in the ask box, where it is searched for.
        page.press("/").await?;
        page.insert(HOSTILE).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        unharmed(page, "the ask box").await
    });
}
