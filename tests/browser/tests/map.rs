//! The map: seen, pointed at, clicked, walked through by keys, and told in words.

use twopath::desk::Solved;
use twopath::pace::at_once;
use twopath::plan::examples;
use twopath::report::words::Names;
use twopath::report::words::page::map as words;
use twopath::routing::Scenario;
use twopath::study::coverage::Coverage;
use twopath::study::map::{View, Window, window};
use twopath_browser_tests::{Answer, Page, Result, Screen, Theme, check, example};

/// What the engine says natively.
fn native(view: View) -> (twopath::plan::Plan, Window) {
    let plan = examples::first();
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    let coverage = at_once(|pace| {
        let world = solved.world();
        async move { Coverage::new(world, &pace).await }
    });
    (plan, window(&coverage, None, view))
}

/// A block of the table as the page writes it.
fn told(view: View, number: usize) -> String {
    let (plan, shown) = native(view);
    let names = Names::of(&plan);
    let parts: Vec<_> = shown.blocks[number]
        .iter()
        .map(|amount| (amount.share, words::kind(&shown.kinds[amount.kind as usize], &names)))
        .collect();
    words::listed(&parts)
}

async fn open_map(page: &Page) -> Result {
    page.open("").await?;
    page.answers(&Answer::to(&examples::first())).await?;
    page.by_role("tab", "Map").await?.click().await?;
    page.by_role("application", "Map of 0.0.0.0/0, 128 by 128 cells").await.map(drop)
}

/// How many colours there are on the canvas, and whether it is drawn at all.
async fn colours(page: &Page) -> Result<u64> {
    let script = "const canvas = document.querySelector('.map-canvas canvas');
        const bytes = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Set();
        for (let at = 0; at < bytes.length; at += 4) seen.add(bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2]);
        return seen.size";
    Ok(page.eval(script).await?.as_u64().unwrap_or(0))
}

#[test]
fn the_map_says_what_the_engine_says_in_colours_and_in_words() {
    check("map", async |page| {
        open_map(page).await?;
        page.until("it is drawn", async || Ok(colours(page).await? >= 3)).await?;
        let table = page.by_role("table", words::IN_WORDS).await?;
        for number in [0, 1, 3, 15] {
            let told = told(View::default(), number);
            page.until(&format!("{told} is told"), async || Ok(table.text().await?.contains(&told))).await?;
        }
        page.eval("document.querySelector('.map-place').scrollIntoView({block: 'start'})").await?;
        page.screenshot("map").await?;
        page.eval("document.querySelector('[role=tablist]').scrollIntoView({block: 'start'})").await?;
        page.screenshot("map-top").await?;
        // By keyboard: to 20/6 and nearer, the cell is read out and traced.
        page.by_role("application", "Map of 0.0.0.0/0, 128 by 128 cells").await?.focus().await?;
        page.press("ArrowRight").await?;
        let at = View::default();
        let cell = at.cell(at.square().number(1, 0, 7));
        page.wait_for(&format!("{cell}: not judged")).await?;
        page.press("+").await?;
        page.by_role("application", "Map of 0.0.0.0/2, 128 by 128 cells").await?;
        // Right of 0.0.0.0/2 lies 192.0.0.0/2; left of it nothing does.
        for _ in 0..3 {
            page.press("ArrowLeft").await?;
        }
        page.by_role("application", "Map of 0.0.0.0/2, 128 by 128 cells").await?;
        page.press("-").await?;
        page.by_role("application", "Map of 0.0.0.0/0, 128 by 128 cells").await?;
        page.by_role("searchbox", words::SHOW).await?.fill("20.33.147.0/24").await?;
        page.by_role("button", words::SHOW_BUTTON).await?.click().await?;
        page.by_role("application", "Map of 20.33.128.0/18, 128 by 128 cells").await?;
        page.eval("document.querySelector('.map-place').scrollIntoView({block: 'start'})").await?;
        page.screenshot("map-near").await?;
        page.by_role("application", "Map of 20.33.128.0/18, 128 by 128 cells").await?.focus().await?;
        page.press("0").await?;
        page.by_role("application", "Map of 0.0.0.0/0, 128 by 128 cells").await?;
        page.press("Enter").await?;
        page.by_role_containing("heading", "10.20.0.0 →").await?;
        Ok(())
    });
}

#[test]
fn pointing_names_the_cell_and_a_click_traces_it_and_the_wheel_zooms() {
    check("map-mouse", async |page| {
        open_map(page).await?;
        let canvas = page.client.find(fantoccini::Locator::Css(".map-canvas canvas")).await?;
        page.eval("document.querySelector('.map-canvas').scrollIntoView({block: 'center'})").await?;
        // The driver clicks the middle, where four cells meet.
        canvas.click().await?;
        let at = View::default();
        let middle = [(63, 63), (63, 64), (64, 63), (64, 64)].map(|(x, y)| at.cell(at.square().number(x, y, 7)));
        let said = "return document.getElementById('map-says').textContent";
        let said = page.eval(said).await?.as_str().unwrap_or_default().to_owned();
        let cell = middle.iter().find(|cell| said.starts_with(&format!("{cell}"))).ok_or(said)?;
        page.by_role_containing("heading", &format!("→ {}", cell.addr())).await?;
        let script = "const canvas = document.querySelector('.map-canvas canvas'); const box = canvas.getBoundingClientRect();
            canvas.dispatchEvent(new WheelEvent('wheel', {bubbles: true, cancelable: true, deltaY: arguments[0] ?? -100,
                clientX: box.left + 2, clientY: box.top + 2}))";
        page.eval(script).await?;
        page.by_role("application", "Map of 0.0.0.0/2, 128 by 128 cells").await?;
        page.screen(Screen::Narrow).await?;
        page.theme(Theme::Dark).await?;
        page.eval("document.querySelector('.map-place').scrollIntoView({block: 'start'})").await?;
        page.screenshot("map-narrow-dark").await
    });
}

#[test]
fn what_changed_since_the_pinned_plan_is_a_colour() {
    check("map-difference", async |page| {
        page.open("").await?;
        let plan = example("03")?;
        page.choose_example(&plan.name).await?;
        page.answers(&Answer::to(&plan)).await?;
        page.by_role("tab", "Map").await?.click().await?;
        page.by_role("button", words::BY_CHANGE).await?.click().await?;
        page.wait_for(words::NOT_COMPARED).await?;
        page.by_role("tab", "Difference").await?.click().await?;
        page.by_role("button", "Pin this plan").await?.click().await?;
        let other = example("04")?;
        page.choose_example(&other.name).await?;
        page.by_role("tab", "Map").await?.click().await?;
        page.wait_gone(words::NOT_COMPARED).await?;
        let legend = page.by_role("table", words::LEGEND).await?;
        page.until("what is better has a colour", async || Ok(legend.text().await?.contains(words::BETTER)))
            .await?;
        page.eval("document.querySelector('.map-place').scrollIntoView({block: 'start'})").await?;
        page.screenshot("map-difference").await?;
        // The bar of tabs stands over what was scrolled away.
        let button = words::BY_VERDICT;
        page.eval(&format!(
            "[...document.querySelectorAll('button')].find(one => one.textContent.trim() === '{button}')
                .scrollIntoView({{block: 'center'}})"
        ))
        .await?;
        page.by_role("button", button).await?.click().await?;
        page.by_role("button", "IPv6").await?.click().await?;
        page.by_role("application", "Map of 2000::/4, 128 by 128 cells").await?;
        page.theme(Theme::Dark).await?;
        page.eval("document.querySelector('.map-place').scrollIntoView({block: 'start'})").await?;
        page.screenshot("map-six-dark").await
    });
}

/// The real table, where it lies beside the clone: what a view of it takes, and whether the page stops for it.
#[test]
#[ignore = "measures; needs the real table"]
fn the_full_table_on_the_map() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/bgp/full-table.txt.gz");
    let unpacked = std::process::Command::new("gzip").arg("-dc").arg(&path).output();
    let text = match unpacked {
        Ok(output) if output.status.success() => output.stdout,
        _ => return eprintln!("SKIPPED: {} is not there", path.display()),
    };
    check("map-full-table", async |page| {
        page.patience(std::time::Duration::from_secs(120));
        page.open("").await?;
        page.answers(&Answer::to(&examples::first())).await?;
        let learned = "const boxes = [...document.querySelectorAll('textarea.list-text')];
            return `[id=\"${boxes.find(box => box.getAttribute('aria-label').startsWith('Learned')).id}\"]`;";
        let learned = page.eval(learned).await?;
        let into = learned.as_str().ok_or("there is no list")?;
        page.drop_file(into, "full-table.txt", &text).await?;
        page.wait_for("901,899 IPv4").await?;
        page.until("it is answered", async || {
            Ok(page.eval("return document.querySelector('#answer')?.ariaBusy === 'false'").await? == true)
        })
        .await?;
        let watch = "window.tasks = [];
            new PerformanceObserver(list => list.getEntries().forEach(task => window.tasks.push(Math.round(task.duration))))
                .observe({type: 'longtask'});";
        page.eval(watch).await?;
        let took = async |what: &str, name: &str| -> Result {
            page.until(&format!("{name} is shown"), async || {
                Ok(page.all_by_role("application").await?.iter().any(|map| map.name() == name)
                    && page.eval("return !document.querySelector('.panel.dim')").await? == true)
            })
            .await?;
            let tasks = page.eval(
                "const tasks = window.tasks; window.tasks = []; return [performance.now() - window.begun, tasks]",
            );
            println!("{what}: [ms, tasks over 50 ms] {}", tasks.await?);
            Ok(())
        };
        page.eval("window.begun = performance.now(); document.getElementById('tab-map').click()").await?;
        took("opened, coverage worked out", "Map of 0.0.0.0/0, 128 by 128 cells").await?;
        page.by_role("application", "Map of 0.0.0.0/0, 128 by 128 cells").await?.focus().await?;
        for block in ["0.0.0.0/2", "0.0.0.0/4", "0.0.0.0/6"] {
            page.eval("window.begun = performance.now()").await?;
            page.press("+").await?;
            took("zoomed in", &format!("Map of {block}, 128 by 128 cells")).await?;
        }
        page.eval("window.begun = performance.now()").await?;
        page.press("0").await?;
        took("all again", "Map of 0.0.0.0/0, 128 by 128 cells").await?;
        page.screenshot("map-full-table").await
    });
}
