//! The document as text.

use super::Plan;

/// The plan as JSON, indented, ending in a newline: the same plan gives the same bytes everywhere, and
/// [`super::load`] gives the same plan again.
pub fn save(plan: &Plan) -> String {
    // Every key of the document is a string and every number finite, so there is nothing that can fail.
    #[allow(clippy::expect_used)]
    let mut json = serde_json::to_string_pretty(plan).expect("a plan is JSON");
    json.push('\n');
    json
}
