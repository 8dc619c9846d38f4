//! Findings as SARIF 2.1.0 (OASIS), for a repository's continuous integration.
//!
//! A finding's place is the line of the plan's file on which the first part that it is about begins (its `id`); the
//! lines of lists within it are logical locations. What is accepted is suppressed, with its reason.

use crate::advice::{Finding, Severity, rules};
use crate::plan::{Id, PartKind};
use crate::report::words::{Names, advice, citations, lists};
use serde_json::{Value, json};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The findings about the plan in a file, of which `text` is the content; indented, for it is kept in repositories.
pub fn sarif(findings: &[Finding], names: &Names, file: &str, text: &str) -> String {
    let ids = lines_of_ids(text);
    let rules: Vec<Value> = rules()
        .iter()
        .map(|rule| {
            json!({
                "id": rule.code.to_string(),
                "shortDescription": { "text": advice::title(rule.code) },
                "help": { "text": format!("{} Source: {}.", advice::mend(rule.code), citations::title(rule.citation)) },
                "helpUri": citations::url(rule.citation).unwrap_or("https://learn.microsoft.com/azure/expressroute/"),
                "defaultConfiguration": { "level": level(rule.severity) },
            })
        })
        .collect();
    let index = |finding: &Finding| crate::advice::rules().iter().position(|rule| rule.code == finding.code);
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let line = finding.about.first().and_then(|about| line_of(&ids, about)).unwrap_or(1);
            let about: Vec<String> =
                finding.about.iter().map(|(kind, id)| format!("{}:{id}", key(*kind))).collect();
            let logical: Vec<Value> = finding
                .places
                .iter()
                .map(|place| json!({ "fullyQualifiedName": lists::place(place, names) }))
                .collect();
            let mut result = json!({
                "ruleId": finding.code.to_string(),
                "ruleIndex": index(finding),
                "level": level(finding.severity),
                "message": { "text": advice::finding(finding, names) },
                "locations": [{
                    "physicalLocation": {
                        "artifactLocation": { "uri": uri(file) },
                        "region": { "startLine": line },
                    },
                    "logicalLocations": logical,
                }],
                "partialFingerprints": { "twopathFinding/v1": format!("{}/{}", finding.code, about.join("/")) },
            });
            if let (Some(reason), Some(fields)) = (&finding.accepted, result.as_object_mut()) {
                let suppression = json!([{ "kind": "external", "justification": reason }]);
                fields.insert("suppressions".to_owned(), suppression);
            }
            result
        })
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "Twopath", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A file's name as a URI reference: what isn't allowed in a path is escaped, a backslash is a slash.
fn uri(file: &str) -> String {
    let mut uri = String::new();
    for byte in file.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte.into()),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// The field of a plan that holds the parts of a kind.
fn key(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Site => "sites",
        PartKind::Circuit => "circuits",
        PartKind::Exit => "exits",
        PartKind::Device => "devices",
        PartKind::Pool => "pools",
        PartKind::Source => "sources",
        PartKind::Service => "services",
        PartKind::Published => "published",
        PartKind::Flow => "flows",
        PartKind::ProviderCovered => "provider_covered",
    }
}

fn line_of(ids: &[(String, String, u32)], (kind, id): &(PartKind, Id)) -> Option<u32> {
    let found = ids.iter().find(|(field, own, _)| field == key(*kind) && own == id.as_str());
    found.map(|(_, _, line)| *line)
}

/// The identifiers of all parts of a plan as JSON: the root's field, the identifier, the line from 1.
fn lines_of_ids(json: &str) -> Vec<(String, String, u32)> {
    let mut found = Vec::new();
    let (mut depth, mut line) = (0_u32, 1);
    let (mut field, mut last) = (String::new(), String::new());
    let mut id = false;
    let mut letters = json.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\n' => line += 1,
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            ':' if depth == 1 => field.clone_from(&last),
            ':' => id = depth == 3 && last == "id",
            '"' => {
                let mut escaped = false;
                let end = letters.find(|(_, letter)| {
                    let ends = *letter == '"' && !escaped;
                    escaped = *letter == '\\' && !escaped;
                    ends
                });
                let literal = end.and_then(|(end, _)| json.get(at..=end)).unwrap_or_default();
                last = serde_json::from_str(literal).unwrap_or_default();
                if std::mem::take(&mut id) {
                    found.push((field.clone(), last.clone(), line));
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_by_the_line_of_their_id() {
        let json = "{\n \"sites\": [{\"inside\": [\"id\"],\n \"id\" : \"h\\\"q\"}],\n \"exits\": [\n{\"id\":\"er\", \"link\": {\"id\": \"x\"}}]}";
        let found = lines_of_ids(json);
        let told: Vec<_> = found.iter().map(|(field, id, line)| (field.as_str(), id.as_str(), *line)).collect();
        assert_eq!(told, [("sites", "h\"q", 3), ("exits", "er", 5)]);
    }

    #[test]
    fn files_become_uri_references() {
        assert_eq!(uri("plans\\my plan.json"), "plans/my%20plan.json");
    }
}
