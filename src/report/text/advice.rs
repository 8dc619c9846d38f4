//! What the rulebook found, as text: a sentence a finding, what shows it, what mends it, and where that is written.

use super::layout::{Style, paragraph};
use crate::advice::{Finding, Severity};
use crate::report::words::{Names, advice, citations, lists};

/// At most so many lines of evidence of a finding are named.
const MAX_LINES: usize = 4;

/// The findings, accepted ones last.
pub(super) fn findings(out: &mut String, findings: &[Finding], names: &Names, style: Style) {
    if findings.is_empty() {
        return;
    }
    let open =
        |level: Severity| findings.iter().filter(|one| one.severity == level && one.accepted.is_none()).count();
    let counts: Vec<(Severity, u32)> =
        Severity::ALL.into_iter().map(|level| (level, open(level) as u32)).collect();
    let accepted = findings.iter().filter(|finding| finding.accepted.is_some());
    out.push('\n');
    out.push_str(&style.strong(&advice::headline(&counts, accepted.clone().count() as u32)));
    out.push('\n');
    for finding in findings.iter().filter(|finding| finding.accepted.is_none()).chain(accepted) {
        one(out, finding, names, style);
    }
}

fn one(out: &mut String, finding: &Finding, names: &Names, style: Style) {
    let head = format!("{} {} {}", advice::mark(finding.severity), finding.code, advice::title(finding.code));
    out.push_str(&format!("  {}\n", style.severity(finding.severity, &head)));
    paragraph(out, "    ", "    ", &advice::finding(finding, names));
    if let Some(reason) = &finding.accepted {
        paragraph(out, "    Accepted: ", "    ", reason);
        return;
    }
    if !finding.places.is_empty() {
        let named = finding.places.iter().take(MAX_LINES).map(|place| lists::place(place, names));
        let mut named: Vec<String> = named.collect();
        if finding.places.len() > MAX_LINES {
            named.push(format!("and {} more", finding.places.len() - MAX_LINES));
        }
        paragraph(out, "    See: ", "    ", &named.join("; "));
    }
    paragraph(out, "    Mend: ", "    ", advice::mend(finding.code));
    paragraph(out, "    Source: ", "    ", citations::title(finding.citation));
}
