//! Measures the engine beside its peers. The work is `tests/bench`'s; here it is built, started and put together.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::args::{Bench, Effort};
use crate::build;
use crate::command::{on_path, quiet, run};
use crate::failure::{OrFail, Result};
use crate::project::Project;
use crate::steps::step;
use crate::tools::browser::{self, Browser};
use crate::tools::wasm_target::TARGET;
use crate::tools::{PageTools, npm, wasm_opt};

/// The package that measures, and the name of its program.
const PACKAGE: &str = "twopath-bench";
/// The profile it is built with, in Cargo.toml.
const PROFILE: &str = "measured";

/// The profile of its wasm: the page's own, so that what is measured is what people get.
const WASM_PROFILE: &str = "page";
/// How often each row runs beside wasm.
const ROUNDS: usize = 9;
const ROUNDS_QUICK: usize = 2;
/// The JavaScript that merges and excludes prefixes, from npm; used for measuring alone, never committed.
const FAST_CIDR_TOOLS: &str = "0.3.4";
const JAVASCRIPT: [&str; 4] = ["node.mjs", "compare.mjs", "browser.mjs", "index.html"];

/// Measures all that is asked for and writes the summary.
pub fn run_all(project: &Project, wanted: &Bench) -> Result<()> {
    let folder = project.target.join("bench");
    fresh(&folder)?;
    let program = step("measuring program", || program(project))?;
    let measure = |task: &str| {
        let mut command = Command::new(&program);
        command.arg(task).arg(&folder);
        command
    };
    step("native rows", || {
        let mut native = measure("native");
        options(&mut native, wanted);
        run(&mut native, "mend what is named above")
    })?;
    if !wanted.native {
        beyond(project, wanted, &folder, &program)?;
    }
    step("summary", || {
        let mut report = measure("report");
        if wanted.docs {
            report.arg("--docs").arg(project.root.join("static/docs/benchmarks.md"));
        }
        run(&mut report, "mend what is named above")?;
        println!("    {}", folder.join("summary.json").display());
        println!("    {}", folder.join("summary.md").display());
        Ok(())
    })
}

/// The same rows in wasm, in Node and in a browser, and the page itself.
fn beyond(project: &Project, wanted: &Bench, folder: &Path, program: &Path) -> Result<()> {
    let tools = PageTools::ready(project)?;
    step("rows as wasm", || wasm(project, &tools, folder))?;
    let rounds = if wanted.quick { ROUNDS_QUICK } else { ROUNDS }.to_string();
    step("rows in Node", || match on_path("node") {
        Some(node) => {
            let mut command = Command::new(node);
            command.arg(folder.join("node.mjs")).arg(folder).arg(program).arg(&rounds);
            options(&mut command, wanted);
            run(&mut command, "mend what is named above")
        }
        None => skipped("there is no Node.js on PATH"),
    })?;
    let Some(found) = step("browser", browser::ready)? else {
        return skipped("there is no browser");
    };
    let test = |name: &str, pages: &Path| {
        let mut command = browser_test(project, &found, name, pages);
        command
            .env("TWOPATH_BENCH", folder)
            .env("TWOPATH_BENCH_NATIVE", program)
            .env("TWOPATH_BENCH_ROUNDS", &rounds)
            .env("TWOPATH_BENCH_QUICK", if wanted.quick { "1" } else { "0" })
            .env("TWOPATH_BENCH_ONLY", wanted.only.as_deref().unwrap_or_default());
        run(&mut command, "mend what is named above")
    };
    step("rows in Chromium", || test("rows_in_chromium", folder))?;
    build::page(project, &tools, Effort::Full)?;
    step("the page", || test("a_full_table_dropped_on_the_page", &project.dist()))
}

fn skipped(why: &str) -> Result<()> {
    println!("!!! SKIPPED: {why}, so these rows are missing !!!");
    Ok(())
}

/// Builds the rows for wasm and lays everything that Node and the browser load into the folder.
fn wasm(project: &Project, tools: &PageTools, folder: &Path) -> Result<()> {
    let mut build = tools.rust.command(project, "cargo", &[])?;
    build.args(["build", "--locked", "--package", PACKAGE, "--target", TARGET, "--profile", WASM_PROFILE]);
    run(&mut build, "mend what the compiler names above")?;
    let built = project.wasm_target().join(TARGET).join(WASM_PROFILE).join(format!("{PACKAGE}.wasm"));
    let mut bind = Command::new(tools.wasm_bindgen.join("wasm-bindgen"));
    bind.arg(&built).args(["--no-typescript", "--target", "web", "--out-name", PACKAGE, "--out-dir"]).arg(folder);
    quiet(&mut bind, "remove target/wasm and try again")?;
    let (level, mut arguments) = wasm_opt::of_page(project)?;
    arguments.push(level);
    wasm_opt::change(&tools.wasm_opt, &arguments, &folder.join(format!("{PACKAGE}_bg.wasm")))?;
    // Node takes wasm-bindgen's script for a module where this says so.
    fs::write(folder.join("package.json"), r#"{"type": "module"}"#)
        .or_fail("cannot write package.json", "look at the rights on the target folder")?;
    for file in JAVASCRIPT {
        let from = project.root.join("tests/bench/js").join(file);
        fs::copy(&from, folder.join(file)).or_fail(format!("cannot copy {}", from.display()), "restore it")?;
    }
    copy(&npm::package("fast-cidr-tools", FAST_CIDR_TOOLS)?, &folder.join("npm"))?;
    // Node finds packages by this name alone.
    copy(&folder.join("npm"), &folder.join("node_modules"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let next = "look at the rights on the target folder";
    fs::create_dir_all(to).or_fail(format!("cannot make {}", to.display()), next)?;
    for entry in fs::read_dir(from).or_fail(format!("cannot read {}", from.display()), next)?.flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).or_fail(format!("cannot copy {}", path.display()), next)?;
        }
    }
    Ok(())
}

fn browser_test(project: &Project, found: &Browser, name: &str, pages: &Path) -> Command {
    let mut test = project.cargo();
    test.args(["test", "--quiet", "--locked", "--package", "twopath-browser-tests", "--test", "measured", "--"])
        .args(["--ignored", "--exact", name, "--nocapture"])
        .env("TWOPATH_DIST", pages)
        .env("TWOPATH_SCREENSHOTS", project.target.join("screenshots"))
        .env("CHROME", &found.browser)
        .env("CHROMEDRIVER", &found.driver);
    test
}

fn options(command: &mut Command, wanted: &Bench) {
    if wanted.quick {
        command.arg("--quick");
    }
    if let Some(only) = &wanted.only {
        command.arg("--only").arg(only);
    }
}

/// An empty folder: nothing of an older run may pass for this one's.
fn fresh(folder: &Path) -> Result<()> {
    let next = "look at the rights on the target folder";
    if folder.exists() {
        fs::remove_dir_all(folder).or_fail(format!("cannot empty {}", folder.display()), next)?;
    }
    fs::create_dir_all(folder).or_fail(format!("cannot make {}", folder.display()), next)
}

/// Builds the program that measures.
fn program(project: &Project) -> Result<PathBuf> {
    let mut build = project.cargo();
    build.args(["build", "--locked", "--package", PACKAGE, "--profile", PROFILE]);
    run(&mut build, "mend what the compiler names above")?;
    Ok(project.target.join(PROFILE).join(format!("{PACKAGE}{}", std::env::consts::EXE_SUFFIX)))
}
