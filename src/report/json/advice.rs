//! A finding of the rulebook, as other forms hold it.

use super::{CitationForm, PlaceForm};
use crate::advice::{Code, Finding, Severity};
use crate::plan::{Id, PartKind};
use crate::report::words::{Names, advice};
use serde::Serialize;

/// A finding with its words.
#[derive(Serialize)]
pub(super) struct FindingForm<'a> {
    code: Code,
    severity: Severity,
    title: &'static str,
    sentence: String,
    mend: &'static str,
    about: Vec<AboutForm<'a>>,
    flows: &'a [Id],
    prefixes: &'a [String],
    inputs: Vec<PlaceForm<'a>>,
    citation: CitationForm,
    fix: bool,
    accepted: Option<&'a str>,
}

#[derive(Serialize)]
struct AboutForm<'a> {
    kind: PartKind,
    id: &'a Id,
}

impl<'a> FindingForm<'a> {
    pub(super) fn of(finding: &'a Finding, names: &Names) -> Self {
        Self {
            code: finding.code,
            severity: finding.severity,
            title: advice::title(finding.code),
            sentence: advice::finding(finding, names),
            mend: advice::mend(finding.code),
            about: finding.about.iter().map(|(kind, id)| AboutForm { kind: *kind, id }).collect(),
            flows: &finding.rows,
            prefixes: &finding.prefixes,
            inputs: finding.places.iter().map(|place| PlaceForm::of(place, names, String::new())).collect(),
            citation: CitationForm::of(finding.citation),
            fix: finding.fix,
            accepted: finding.accepted.as_deref(),
        }
    }
}
