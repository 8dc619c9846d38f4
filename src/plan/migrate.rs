//! Older documents are brought to the current version step by step, as JSON, before they are read.

use super::LoadError;
use serde_json::Value;

/// Brings a document of one version to the next; the version number itself is written by [`migrate`].
/// The error says what was found that it couldn't carry over.
pub(super) type Step = fn(Value) -> Result<Value, String>;

/// The steps in order: the first brings version 1 to version 2. There is only version 1 so far.
///
/// When the format changes: raise [`super::SCHEMA_VERSION`], append a step here, and keep an old document
/// with its expected outcome among the tests. A step is never edited once released.
pub(super) const STEPS: &[Step] = &[];

const _: () = assert!(STEPS.len() + 1 == super::SCHEMA_VERSION as usize, "a step is missing, or one too many");

/// Takes a document of version `from` (1 or more) through all the steps that follow.
pub(super) fn migrate(mut document: Value, from: u32, steps: &[Step]) -> Result<Value, LoadError> {
    for (version, step) in (1u32..).zip(steps).filter(|(version, _)| *version >= from) {
        document = step(document).map_err(|detail| LoadError::Migration { from: version, detail })?;
        if let Value::Object(fields) = &mut document {
            fields.insert("schema_version".into(), Value::from(version + 1));
        }
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// 1 to 2: `title` becomes `name`. 2 to 3: `mtu` must be a number, and is dropped.
    const CHAIN: &[Step] = &[
        |mut document| {
            if let Some(title) = document.as_object_mut().and_then(|fields| fields.remove("title")) {
                document["name"] = title;
            }
            Ok(document)
        },
        |mut document| {
            let mtu = document.as_object_mut().and_then(|fields| fields.remove("mtu"));
            match mtu {
                Some(mtu) if !mtu.is_number() => Err(format!("mtu is {mtu}")),
                _ => Ok(document),
            }
        },
    ];

    #[test]
    fn each_version_takes_only_the_steps_that_follow_it() {
        let old = json!({ "schema_version": 1, "title": "a", "mtu": 1400 });
        assert_eq!(migrate(old, 1, CHAIN).unwrap(), json!({ "schema_version": 3, "name": "a" }));
        let middle = json!({ "schema_version": 2, "title": "kept", "mtu": 1400 });
        assert_eq!(migrate(middle, 2, CHAIN).unwrap(), json!({ "schema_version": 3, "title": "kept" }));
        let new = json!({ "schema_version": 3, "mtu": 1400 });
        assert_eq!(migrate(new.clone(), 3, CHAIN).unwrap(), new);
    }

    #[test]
    fn a_step_that_fails_names_its_version() {
        let old = json!({ "schema_version": 1, "mtu": "big" });
        assert_eq!(migrate(old, 1, CHAIN), Err(LoadError::Migration { from: 2, detail: "mtu is \"big\"".into() }));
    }
}
