//! What several tests do with imports: pasting, opening a plan of the test's, and what the browser keeps then.

use serde_json::json;
use twopath::plan::{Plan, examples, load, save};

use crate::{Answer, Page, Result};

impl Page {
    /// Pastes a text where the focus is, as Ctrl+V does with this on the clipboard.
    pub async fn paste(&self, text: &str) -> Result {
        let script = "
            const data = new DataTransfer();
            data.setData('text/plain', arguments[0]);
            const target = document.activeElement ?? document.body;
            target.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true, clipboardData: data}));";
        self.client.execute(script, vec![json!(text)]).await.map(drop).map_err(Into::into)
    }

    /// The same, and waits for the preview that it opens.
    pub async fn paste_to_import(&self, text: &str) -> Result {
        self.paste(text).await?;
        self.by_role("dialog", "Import").await.map(drop)
    }

    /// Waits until no dialog is open.
    pub async fn without_dialog(&self) -> Result {
        self.until("the dialog is closed", async || {
            Ok(self.eval("return document.querySelectorAll('dialog').length").await? == 0)
        })
        .await
    }

    /// Loads the page and opens a plan in it, as a file that is dropped.
    pub async fn open_plan(&self, plan: &Plan) -> Result {
        self.open("").await?;
        self.answers(&Answer::to(&examples::first())).await?;
        self.drop_file("main", "plan.json", save(plan)).await?;
        self.answers(&Answer::to(plan)).await
    }

    /// The plan that the browser kept last; long lists lie apart and aren't in it.
    pub async fn kept_plan(&self) -> Result<Plan> {
        let json = self.kept().await?.first().cloned().unwrap_or_default();
        Ok(load(&json).map_err(|error| error.to_string())?.plan)
    }
}
