//! Everything that must hold, in parts; cheap ones first, and the first failure ends the run.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use crate::args::{Effort, Part};
use crate::command::{quiet, run};
use crate::failure::{Failure, OrFail, Result};
use crate::project::Project;
use crate::steps::{shown, step};
use crate::tools::browser::{self, Browser, FLAGS};
use crate::tools::wasm_target::TARGET;
use crate::tools::{PageTools, npm, wasm_bindgen, wasm_target};
use crate::{build, licences};

/// The package of the tests of the built page.
pub const BROWSER_TESTS: &str = "twopath-browser-tests";

/// What looks for barriers in the page; run by its tests, never committed.
const AXE_CORE: &str = "4.10.3";

/// Runs the parts asked for.
pub fn run_parts(project: &Project, parts: &[Part], filter: &[String]) -> Result<()> {
    let start = Instant::now();
    let mut skipped = Vec::new();
    for part in parts {
        let name = Part::ALL.iter().find(|(_, known)| known == part).map_or("", |(name, _)| name);
        let result = match part {
            Part::Fmt => step("format", || fmt(project)),
            Part::Licences => step("licences", || licences::check(project)),
            Part::Clippy => clippy(project),
            Part::Native => step("native tests", || native(project)),
            Part::Wasm | Part::Browser => match browser()? {
                Some(found) if *part == Part::Wasm => wasm(project, &found),
                Some(found) => page(project, &found, filter),
                None => {
                    skipped.push(name);
                    Ok(())
                }
            },
        };
        result.inspect_err(|_failure| {
            println!("to run this part alone: cargo xtask test --only {name}");
        })?;
    }
    if skipped.is_empty() {
        println!("everything asked for holds ({})", shown(start.elapsed()));
    } else {
        println!("!!! NOT EVERYTHING WAS TESTED: no browser for {} !!!", skipped.join(", "));
    }
    Ok(())
}

fn fmt(project: &Project) -> Result<()> {
    component(project, "fmt", "rustfmt")?;
    run(project.cargo().args(["fmt", "--all", "--check"]), "cargo fmt --all")
}

fn clippy(project: &Project) -> Result<()> {
    step("warnings, native", || {
        component(project, "clippy", "clippy")?;
        let args = ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
        run(project.cargo().args(args), "mend what clippy names above")
    })?;
    let rust = step("Rust for wasm32", || wasm_target::ready(project))?;
    step("warnings, page", || {
        let mut clippy = rust.command(project, "cargo", &[])?;
        clippy.args(["clippy", "--locked", "--package", "twopath", "--target", TARGET]);
        // The page's own profile: macros are then compiled once for this and for the page itself.
        clippy.args(["--no-default-features", "--features", "page", "--profile", "page"]);
        run(clippy.args(["--", "-D", "warnings"]), "mend what clippy names above")
    })
}

fn native(project: &Project) -> Result<()> {
    let args = ["test", "--locked", "--workspace", "--exclude", BROWSER_TESTS];
    run(project.cargo().args(args), "mend the test that is named above")
}

/// The tests whose files are named `tests/wasm_*.rs`: the same tests, compiled to wasm, in a browser.
fn wasm(project: &Project, found: &Browser) -> Result<()> {
    let tests = wasm_tests(project)?;
    if tests.is_empty() {
        println!("    there is no tests/wasm_*.rs");
        return Ok(());
    }
    let rust = step("Rust for wasm32", || wasm_target::ready(project))?;
    let bindgen = step("wasm-bindgen CLI", || wasm_bindgen::ready(project))?;
    step("wasm tests in the browser", || {
        let settings = webdriver_settings(project, found)?;
        let mut test = rust.command(project, "cargo", &[&bindgen])?;
        test.args(["test", "--locked", "--package", "twopath", "--target", TARGET, "--no-default-features"]);
        for name in tests {
            test.args(["--test", &name]);
        }
        test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", bindgen.join("wasm-bindgen-test-runner"))
            .env("CHROMEDRIVER", &found.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
            .env("WASM_BINDGEN_USE_BROWSER", "1")
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
        run(&mut test, "mend the test that is named above")
    })
}

fn wasm_tests(project: &Project) -> Result<Vec<String>> {
    let Ok(entries) = fs::read_dir(project.root.join("tests")) else {
        return Ok(Vec::new());
    };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name.starts_with("wasm_"))
        .collect();
    names.sort();
    Ok(names)
}

/// Tells the wasm test runner which browser to start and how.
fn webdriver_settings(project: &Project, found: &Browser) -> Result<PathBuf> {
    let path = project.wasm_target().join("webdriver.json");
    let json = serde_json::json!({ "goog:chromeOptions": { "binary": found.browser, "args": FLAGS } });
    fs::create_dir_all(project.wasm_target())
        .and_then(|()| fs::write(&path, json.to_string()))
        .or_fail(format!("cannot write {}", path.display()), "look at the rights on the target folder")?;
    Ok(path)
}

fn page(project: &Project, found: &Browser, filter: &[String]) -> Result<()> {
    let tools = PageTools::ready(project)?;
    let axe = step("axe-core", || npm::package("axe-core", AXE_CORE))?;
    build::page(project, &tools, Effort::Full)?;
    step("the page in the browser", || {
        let mut test = project.cargo();
        test.args(["test", "--locked", "--package", BROWSER_TESTS])
            .args(["--", "--test-threads=2"])
            .args(filter)
            .env("TWOPATH_DIST", project.dist())
            .env("TWOPATH_SCREENSHOTS", project.target.join("screenshots"))
            .env("TWOPATH_AXE", axe.join("axe-core/axe.min.js"))
            .env("CHROME", &found.browser)
            .env("CHROMEDRIVER", &found.driver);
        run(&mut test, "mend the test that is named above; screenshots lie in target/screenshots")
    })
}

/// The browser; without one a failure in CI and a loud line elsewhere.
fn browser() -> Result<Option<Browser>> {
    let found = step("browser", browser::ready)?;
    if found.is_none() {
        let next = "install Chromium and its driver (Debian: apt-get install chromium chromium-driver), or name them in CHROME and CHROMEDRIVER";
        if env::var("CI").is_ok_and(|value| value == "true") {
            return Err(Failure::new("there is no browser to test in", next));
        }
        println!("!!! SKIPPED: there is no browser to test in; {next} !!!");
    }
    Ok(found)
}

/// A part of the toolchain that minimal installs lack.
fn component(project: &Project, subcommand: &str, name: &str) -> Result<()> {
    if quiet(project.cargo().args([subcommand, "--version"]), "").is_ok() {
        return Ok(());
    }
    println!("    rustup component add {name}");
    quiet(
        std::process::Command::new("rustup").args(["component", "add", name]),
        &format!("rustup component add {name}"),
    )
    .map(|_| ())
}
