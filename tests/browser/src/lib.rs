//! A browser to test the built page in: one call gives a test its own server, browser and profile.
//!
//! ```no_run
//! use twopath_browser_tests::check;
//!
//! #[test]
//! fn undo_takes_back_an_edit() {
//!     check("undo", async |page| {
//!         page.open("").await?;
//!         page.by_role("button", "Undo").await?.click().await?;
//!         page.wait_for("Nothing to undo").await?;
//!         page.screenshot("undo").await
//!     });
//! }
//! ```
//!
//! Elements are found as a person with a screen reader finds them, by accessible role and name, and every
//! search waits until there is exactly one. A test that leaves an error on the console, or asked any other
//! host for anything, fails; a failing test leaves `target/screenshots/FAILED-<name>.png`.
//!
//! Run by `cargo xtask test --only browser [-- FILTER]`, which builds the page and says where it is.

mod answer;
mod barriers;
mod chrome;
pub mod compare;
mod element;
mod import;
mod keys;
mod log;
mod look;
mod page;
mod report;
pub mod views;

use std::any::Any;
use std::env;
use std::error::Error;
use std::panic::AssertUnwindSafe;
use std::process::Command;
use std::time::Duration;

use futures_util::FutureExt;

pub use answer::{Answer, example};
pub use element::Found;
pub use log::{Entry, Level};
pub use look::{Screen, Theme};
pub use page::Page;

/// What a step of a test gives: `?` takes any error.
pub type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// How long a search or wait goes on before it fails, unless [`Page::patience`] says otherwise.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long one test may take, unless it asks for more.
const TEST_LIMIT: Duration = Duration::from_secs(180);

/// Runs a test with a page of its own.
///
/// # Panics
/// When the test fails, as tests do.
pub fn check(name: &str, test: impl AsyncFnOnce(&Page) -> Result) {
    check_within(name, TEST_LIMIT, test);
}

/// The same for what takes longer than a test may.
///
/// # Panics
/// When the test fails, as tests do.
pub fn check_within(name: &str, limit: Duration, test: impl AsyncFnOnce(&Page) -> Result) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(attempt(name, limit, test)));
    if let Err(error) = outcome {
        panic!("{name}: {error}");
    }
}

/// What the driver says when the page's process is gone, as it is for want of memory or of room on the disk.
const CRASHED: &str = "tab crashed";

/// Disk and memory that are free, in the words of the system's own tools.
fn room() -> String {
    let said = |program: &str, given: &[&str]| {
        let output = Command::new(program).args(given).output();
        output
            .map_or_else(|error| error.to_string(), |output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    said("df", &["-h", &env::temp_dir().to_string_lossy()]) + &said("free", &["-h"])
}

async fn attempt(name: &str, limit: Duration, test: impl AsyncFnOnce(&Page) -> Result) -> Result {
    let page = Page::start().await?;
    let run = AssertUnwindSafe(test(&page)).catch_unwind();
    let outcome = match tokio::time::timeout(limit, run).await {
        Ok(Ok(Ok(()))) => page.is_quiet().await,
        Ok(Ok(Err(error))) => Err(error),
        Ok(Err(panic)) => Err(message(&*panic).into()),
        Err(_) => Err(format!("not done after {} s", limit.as_secs()).into()),
    };
    if outcome.as_ref().is_err_and(|error| error.to_string().contains(CRASHED)) {
        eprintln!("{name}: what the machine has left:\n{}", room());
    }
    if outcome.is_err() {
        // The failure is the news; a picture of it is a help where it can still be had.
        drop(page.screenshot(&format!("FAILED-{name}")).await);
        for entry in page.console().await.unwrap_or_default() {
            eprintln!("console: {entry}");
        }
    }
    page.end().await;
    outcome
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_else(|| "panicked".into())
}
