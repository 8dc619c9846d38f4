//! What the page must answer, worked out natively by the same engine.

use twopath::desk::Solved;
use twopath::plan::{Plan, examples};
use twopath::report::words::{Names, answer as words, verdicts};
use twopath::routing::Scenario;

use crate::element::plain;
use crate::{Page, Result};

/// The example whose file's name begins like this.
pub fn example(start: &str) -> Result<Plan> {
    let found = examples::EXAMPLES.iter().find(|example| example.file.starts_with(start));
    Ok(found.ok_or_else(|| format!("there is no example {start}"))?.plan())
}

/// An answer as the page shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The verdict in a sentence.
    pub headline: String,
    /// The counts by verdict, by their accessible names.
    pub counts: Vec<String>,
    /// The rows of the flow table, by their accessible names.
    pub rows: Vec<String>,
}

impl Answer {
    /// The native engine's answer.
    #[must_use]
    pub fn to(plan: &Plan) -> Self {
        Self::with(plan, Scenario::default())
    }

    /// The native engine's answer with something down.
    #[must_use]
    pub fn with(plan: &Plan, scenario: Scenario) -> Self {
        let solved = Solved::new(plan.clone(), scenario, false);
        let summary = solved.summary();
        let names = Names::of(plan);
        Self {
            headline: verdicts::headline(&summary.verdicts, summary.empty),
            counts: summary.verdicts.iter().map(|(verdict, n)| words::verdict_count(*verdict, *n)).collect(),
            rows: solved.rows.iter().map(|row| plain(&words::row_name(row, &names))).collect(),
        }
    }
}

impl Page {
    /// What the page answers now; an error while it works.
    pub async fn answer(&self) -> Result<Answer> {
        let script = "
            const answer = document.querySelector('#answer[aria-busy=false]');
            return answer && !answer.querySelector('.flows .dim') && answer.querySelector('.verdict')?.innerText;";
        let headline = self.eval(script).await?;
        let headline = plain(headline.as_str().ok_or("the page is still at work")?);
        let group = self.by_role("group", words::BY_VERDICT).await?;
        let counts = group.all_by_role("button").await?.iter().map(crate::Found::name).collect();
        let table = self.by_role("treegrid", words::FLOWS).await?;
        // The first is the heading.
        let rows = table.all_by_role("row").await?.iter().skip(1).map(crate::Found::name).collect();
        Ok(Answer { headline, counts, rows })
    }

    /// Waits until the page answers this.
    pub async fn answers(&self, wanted: &Answer) -> Result {
        let mut last = None;
        let waited = self
            .until("the page gives the native engine's answer", async || {
                let now = self.answer().await?;
                let right = now == *wanted;
                last = Some(now);
                Ok(right)
            })
            .await;
        waited.map_err(|error| format!("{error}; wanted {wanted:?}, last seen {last:?}").into())
    }

    /// Chooses an example from the gallery by the plan's name.
    pub async fn choose_example(&self, name: &str) -> Result {
        self.by_role("button", "Examples").await?.click().await?;
        let gallery = self.by_role("dialog", "Examples").await?;
        gallery.by_role_containing("button", name).await?.click().await
    }
}
