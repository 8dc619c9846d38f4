//! The JSON Schema of the document, generated from the types.

use super::Plan;
use serde_json::Value;
use std::collections::BTreeMap;

/// The schema as it was generated and committed: `static/twopath.plan.schema.json`.
///
/// The page carries this text, not the generator. After a change to the types, write it anew with
/// `UPDATE_EXPECT=1 cargo test --lib plan::schema`.
pub const SCHEMA: &str = include_str!("../../static/twopath.plan.schema.json");

/// The schema (JSON Schema 2020-12), generated from the types; object keys in order, ending in a newline.
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(Plan);
    schema.insert("title".into(), "Twopath plan".into());
    // A tree of maps with string keys and finite numbers: nothing can fail.
    #[allow(clippy::expect_used)]
    let mut json = serde_json::to_string_pretty(&sorted(schema.into())).expect("a schema is JSON");
    json.push('\n');
    json
}

/// The same value with object keys in order, whatever map the JSON library was built with.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<String, Value> = fields.into_iter().collect();
            Value::Object(fields.into_iter().map(|(key, value)| (key, sorted(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schema_is_that_of_the_types() {
        expect_test::expect_file!["../../static/twopath.plan.schema.json"].assert_eq(&schema());
    }

    /// The names of the properties of every object in the schema.
    fn properties(schema: &Value, names: &mut std::collections::BTreeSet<String>) {
        match schema {
            Value::Object(fields) => {
                if let Some(Value::Object(properties)) = fields.get("properties") {
                    names.extend(properties.keys().cloned());
                }
                fields.values().for_each(|value| properties(value, names));
            }
            Value::Array(items) => items.iter().for_each(|value| properties(value, names)),
            _ => {}
        }
    }

    #[test]
    fn every_field_is_described_in_the_documentation() {
        let mut names = std::collections::BTreeSet::new();
        properties(&serde_json::from_str(SCHEMA).unwrap(), &mut names);
        assert!(names.len() > 50, "{names:?}");
        let document = include_str!("../../static/docs/plan-format.md");
        let missing: Vec<_> = names.iter().filter(|name| !document.contains(&format!("`{name}`"))).collect();
        assert!(missing.is_empty(), "static/docs/plan-format.md says nothing of {missing:?}");
    }
}
