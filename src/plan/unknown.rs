//! Names the fields of a document that the schema doesn't know.

use super::{Id, PlanFault, PlanFaultCode, nearest};
use serde_json::{Map, Value};

/// Every unknown field, in the order of their paths. Only called where the reader has met one.
pub(super) fn unknown_fields(document: &Value) -> Vec<PlanFault> {
    // The committed schema is checked against the types by a test.
    let Ok(schema) = serde_json::from_str::<Value>(super::SCHEMA) else { return Vec::new() };
    let mut walk = Walk { root: &schema, about: None, faults: Vec::new() };
    walk.value(document, &[&schema], &mut String::new());
    walk.faults
}

struct Walk<'a> {
    root: &'a Value,
    about: Option<Id>,
    faults: Vec<PlanFault>,
}

impl<'a> Walk<'a> {
    /// Walks a value that any of `schemas` may describe.
    fn value(&mut self, value: &Value, schemas: &[&'a Value], path: &mut String) {
        let mut shapes = Vec::new();
        schemas.iter().for_each(|schema| self.resolve(schema, &mut shapes));
        let length = path.len();
        match value {
            Value::Array(items) => {
                let inner: Vec<_> = shapes.iter().filter_map(|shape| shape.get("items")).collect();
                if inner.is_empty() {
                    return;
                }
                for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_string()) {
                    path.push_str(&format!("[{index}]"));
                    self.value(item, &inner, path);
                    path.truncate(length);
                }
            }
            Value::Object(fields) => {
                let outer = self.about.clone();
                if let Some(id) = fields.get("id").and_then(Value::as_str) {
                    self.about = Some(id.into());
                }
                self.fields(fields, &shapes, path);
                self.about = outer;
            }
            _ => {}
        }
    }

    fn fields(&mut self, fields: &Map<String, Value>, shapes: &[&'a Value], path: &mut String) {
        let length = path.len();
        let known: Vec<&'a Map<String, Value>> =
            shapes.iter().filter_map(|shape| shape.get("properties")?.as_object()).collect();
        let free: Vec<&'a Value> = shapes
            .iter()
            .filter_map(|shape| shape.get("additionalProperties").filter(|schema| schema.is_object()))
            .collect();
        let mut sorted: Vec<_> = fields.iter().collect();
        sorted.sort_by_key(|(key, _)| *key);
        for (key, value) in sorted {
            push_key(path, key);
            let mut inner: Vec<_> = known.iter().filter_map(|properties| properties.get(key)).collect();
            if inner.is_empty() {
                inner.clone_from(&free);
            }
            if inner.is_empty() {
                let names = known.iter().flat_map(|properties| properties.keys().map(String::as_str));
                let nearest = nearest(key, names).map(str::to_owned);
                let code = PlanFaultCode::UnknownField { field: key.clone(), nearest };
                self.faults.push(PlanFault {
                    severity: code.severity(),
                    code,
                    path: path.clone(),
                    about: self.about.clone(),
                });
            } else {
                self.value(value, &inner, path);
            }
            path.truncate(length);
        }
    }

    /// The plain shapes that a schema stands for: references followed, alternatives spread out.
    fn resolve(&self, schema: &'a Value, shapes: &mut Vec<&'a Value>) {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            let target = name.strip_prefix("#/$defs/").and_then(|name| self.root.get("$defs")?.get(name));
            if let Some(target) = target {
                self.resolve(target, shapes);
            }
        }
        for alternatives in ["anyOf", "oneOf", "allOf"] {
            if let Some(Value::Array(schemas)) = schema.get(alternatives) {
                schemas.iter().for_each(|schema| self.resolve(schema, shapes));
            }
        }
        shapes.push(schema);
    }
}

/// Appends `.key`, or `["key"]` where the key isn't a plain word.
pub(super) fn push_key(path: &mut String, key: &str) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if key.is_empty() || !key.bytes().all(plain) {
        path.push_str(&format!("[{key:?}]"));
    } else {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
    }
}
