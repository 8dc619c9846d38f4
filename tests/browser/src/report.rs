//! The report that the page saves, to the byte as natively (`tests/report.rs`), as a browser opens it.

use base64::Engine as _;
use twopath::desk::Solved;
use twopath::desk::report::report;
use twopath::pace::{Pace, at_once};
use twopath::report::paper;
use twopath::routing::Scenario;

use crate::{Page, Result, example};

impl Page {
    /// Opens the report of an example.
    pub async fn open_report(&self, start: &str) -> Result {
        let solved = Solved::new(example(start)?, Scenario::default(), false);
        let (told, summary) = (&solved, &solved.summary());
        let made =
            at_once(|pace: Pace| async move { report(told, summary, None, "27 November 2026", &pace).await });
        let html = base64::engine::general_purpose::STANDARD.encode(paper::html(&made));
        self.client.goto(&format!("data:text/html;base64,{html}")).await?;
        self.wait_for("27 November 2026").await.map(drop)
    }
}
