//! Text to document.

use super::document::{self, At, Node, Watch, Words};
use super::migrate::{STEPS, Step as Migration, migrate};
use super::{LoadError, Plan, PlanFault, SCHEMA_VERSION, validate};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

/// A plan that was read, with everything that is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loaded {
    /// The plan, whole.
    pub plan: Plan,
    /// Unknown fields, then what [`validate`] finds, each in the order of the document.
    pub faults: Vec<PlanFault>,
}

/// Reads a plan from JSON of this version or an older one.
///
/// The version is looked at before anything else is judged. A syntax fault or a value of the wrong type refuses
/// the text, named once, with its place; whatever else is wrong is named and the plan still read, so that nobody
/// loses work to a dangling reference.
pub fn load(json: &str) -> Result<Loaded, LoadError> {
    load_with(json, SCHEMA_VERSION, STEPS)
}

/// Only the version, whatever else is there.
#[derive(Deserialize)]
struct Head {
    schema_version: Option<Value>,
}

fn load_with(json: &str, newest: u32, steps: &[Migration]) -> Result<Loaded, LoadError> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let version = version(json, newest)?;
    let (plan, mut faults) = if version == newest {
        read(json, Some(json))?
    } else {
        let document = migrate(serde_json::from_str(json).map_err(|error| syntax(&error))?, version, steps)?;
        // What is wrong with it stands nowhere in the text that was given.
        read(&document.to_string(), None)?
    };
    faults.extend(validate(&plan));
    Ok(Loaded { plan, faults })
}

/// Reads a document that [`super::save`] wrote, and nothing else: neither version nor meaning is looked at.
pub(super) fn read_saved(json: &str) -> Result<Plan, LoadError> {
    read(json, None).map(|(plan, _)| plan)
}

fn version(json: &str, newest: u32) -> Result<u32, LoadError> {
    // Derived readers take an array for an object; a plan is never one.
    if !json.trim_start().starts_with('{') {
        return Err(match serde_json::from_str::<IgnoredAny>(json) {
            Err(error) => syntax(&error),
            Ok(_) => LoadError::NotAnObject,
        });
    }
    let found = serde_json::from_str::<Head>(json).map_err(|error| match error.is_data() {
        // Named twice.
        true => type_fault("schema_version".into(), &error),
        false => syntax(&error),
    })?;
    let found = found.schema_version.ok_or(LoadError::NoVersion)?;
    match found.as_u64() {
        None | Some(0) => Err(LoadError::BadVersion { found: shortened(&found) }),
        Some(found) => match u32::try_from(found) {
            Ok(version) if version <= newest => Ok(version),
            _ => Err(LoadError::NewerVersion { found, newest }),
        },
    }
}

/// Reads a document, and names the fields that no type asked for; faults are placed in the text that is given for it.
fn read(json: &str, shown: Option<&str>) -> Result<(Plan, Vec<PlanFault>), LoadError> {
    let tree: Node<'_> = serde_json::from_str(json).map_err(|error| syntax(&error))?;
    let watch = Watch::default();
    match Plan::deserialize(At::new(&tree, &watch)) {
        Ok(plan) => Ok((plan, watch.unknown())),
        Err(Words(detail)) => {
            let path = watch.path();
            let (line, column) = shown.map_or((0, 0), |json| document::place(json, &path));
            Err(LoadError::Type { path: document::shown(&path), line, column, detail })
        }
    }
}

fn type_fault(path: String, error: &serde_json::Error) -> LoadError {
    LoadError::Type { path, line: error.line(), column: error.column(), detail: without_place(error) }
}

fn syntax(error: &serde_json::Error) -> LoadError {
    LoadError::Syntax { line: error.line(), column: error.column(), detail: without_place(error) }
}

/// The JSON reader's words without the place that it puts behind them.
fn without_place(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    words.strip_suffix(place.as_str()).unwrap_or(&words).to_owned()
}

fn shortened(value: &Value) -> String {
    let json = value.to_string();
    match json.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", &json[..cut]),
        None => json,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{PlanFaultCode, Severity};

    fn error(json: &str) -> LoadError {
        load(json).unwrap_err()
    }

    #[test]
    fn the_least_plan_is_only_a_version() {
        let loaded = load("\u{feff}{\"schema_version\": 1}").unwrap();
        assert_eq!(loaded, Loaded { plan: Plan::default(), faults: Vec::new() });
    }

    #[test]
    fn the_version_is_judged_before_the_rest() {
        assert_eq!(error(r#"{"exits": 7, "schema_version": 2}"#), LoadError::NewerVersion { found: 2, newest: 1 });
        assert_eq!(
            error(r#"{"schema_version": 99999999999}"#),
            LoadError::NewerVersion { found: 99_999_999_999, newest: 1 }
        );
        assert_eq!(error(r#"{"exits": 7}"#), LoadError::NoVersion);
        for (found, shown) in [("0", "0"), ("-1", "-1"), ("1.5", "1.5"), ("\"1\"", "\"1\""), ("[]", "[]")] {
            let json = format!(r#"{{"schema_version": {found}}}"#);
            assert_eq!(error(&json), LoadError::BadVersion { found: shown.into() });
        }
    }

    #[test]
    fn what_is_not_an_object_is_no_plan() {
        for json in ["[]", "[1]", "[1, 2]", "null", "7", "\"plan\""] {
            assert_eq!(error(json), LoadError::NotAnObject, "{json}");
        }
    }

    #[test]
    fn a_syntax_fault_has_line_and_column() {
        assert_eq!(
            error("{\n  \"schema_version\": 1,\n  oops\n}"),
            LoadError::Syntax { line: 3, column: 3, detail: "key must be a string".into() }
        );
        for json in
            ["", "{", "[", "{\"schema_version\": 1", "{\"schema_version\": 1}}", "\u{0}", "{\"a\": \"\\q\"}"]
        {
            assert!(matches!(error(json), LoadError::Syntax { .. }), "{json}: {:?}", error(json));
        }
    }

    #[test]
    fn a_type_fault_has_its_path() {
        let json = r#"{
          "schema_version": 1,
          "exits": [{"id": "a", "site": "s", "link": {"internet": {"bandwidth": "fast"}}}]
        }"#;
        let LoadError::Type { path, line, detail, .. } = error(json) else { panic!() };
        assert_eq!((path.as_str(), line), ("exits[0].link.internet.bandwidth", 3));
        assert!(detail.contains("invalid type: string \"fast\""), "{detail}");
        let LoadError::Type { path, .. } = error(r#"{"schema_version": 1, "name": "a", "name": "b"}"#) else {
            panic!()
        };
        assert_eq!(path, "");
        let twice = error(r#"{"schema_version": 1, "schema_version": 1}"#);
        assert!(matches!(twice, LoadError::Type { path, .. } if path == "schema_version"));
    }

    #[test]
    fn unknown_fields_are_all_named_with_the_nearest_known_name() {
        let json = r#"{
          "schema_version": 1,
          "circuts": [],
          "sites": [{"id": "hq", "insides": ["10.0.0.0/8"]}],
          "exits": [{"id": "a", "site": "hq", "link": {"internet": {"band_width": 5}}}],
          "assumptions": {"zzz": {"deep": [1]}}
        }"#;
        let loaded = load(json).unwrap();
        let named: Vec<_> = loaded
            .faults
            .iter()
            .map(|fault| match &fault.code {
                PlanFaultCode::UnknownField { nearest, .. } => {
                    assert_eq!(fault.severity, Severity::Warning);
                    (fault.path.as_str(), nearest.as_deref(), fault.about.as_ref().map(|id| id.as_str()))
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            named,
            [
                ("assumptions.zzz", None, None),
                ("circuts", Some("circuits"), None),
                ("exits[0].link.internet.band_width", Some("bandwidth"), Some("a")),
                ("sites[0].insides", Some("inside"), Some("hq")),
            ]
        );
    }

    #[test]
    fn an_older_document_is_migrated_and_its_faults_are_named() {
        let steps: &[Migration] = &[|mut document| {
            let title = document.as_object_mut().and_then(|fields| fields.remove("title"));
            document["name"] = title.ok_or("there is no title")?;
            Ok(document)
        }];
        // The test's version 2 reads like version 1 with a name.
        let loaded = load_with(r#"{"schema_version": 1, "title": "old", "nots": ""}"#, 2, steps).unwrap();
        assert_eq!(loaded.plan.name, "old");
        assert_eq!(loaded.faults.len(), 1);
        assert_eq!(loaded.faults[0].path, "nots");
        assert_eq!(
            load_with(r#"{"schema_version": 1}"#, 2, steps),
            Err(LoadError::Migration { from: 1, detail: "there is no title".into() })
        );
        assert!(matches!(
            load_with(r#"{"schema_version": 1, "title": 7}"#, 2, steps),
            Err(LoadError::Type { path, line: 0, .. }) if path == "name"
        ));
    }
}
