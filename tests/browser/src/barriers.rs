//! What axe-core finds on the page: barriers for those who don't see it, or don't use a mouse.

use std::env;
use std::fs;

use serde_json::Value;

use crate::{Page, Result};

impl Page {
    /// Fails where axe-core finds anything on the page as it is, by any of its rules. `view` says what is shown.
    ///
    /// `TWOPATH_AXE` says where axe-core is; `cargo xtask test` puts it there. Without it nothing is looked for, which a
    /// loud line says.
    pub async fn has_no_barriers(&self, view: &str) -> Result {
        let Ok(path) = env::var("TWOPATH_AXE") else {
            println!("!!! SKIPPED: TWOPATH_AXE names no axe-core, so {view} isn't looked at for barriers !!!");
            return Ok(());
        };
        self.eval(&fs::read_to_string(path)?).await?;
        let found = self.eval_later(RUN).await?;
        let found: Vec<&str> = found.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if found.is_empty() { Ok(()) } else { Err(format!("{view}: {}", found.join("\n")).into()) }
    }
}

/// Each violation as a line: rule, what it says, and where it is first.
const RUN: &str = "const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'] }).then(
    (found) => done(found.violations.map((one) => {
        const where = one.nodes.slice(0, 3).map((node) => `${node.target.join(' ')}: ${node.failureSummary}`);
        return `${one.id}, ${one.nodes.length} times: ${one.help}: ${where.join('; ')}`;
    })),
    (error) => done([String(error)]));";
