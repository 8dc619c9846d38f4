//! What of the advice is shown.

use super::fix::Fixes;
use super::{Advice, Code, Finding, Severity};
use crate::study::{MAX_ROWS, difference};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// What of the advice is shown, and how.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct View {
    /// Only this severity; absent: all.
    pub severity: Option<Severity>,
    /// Only this rule; absent: all.
    pub code: Option<Code>,
    /// Accepted ones too.
    pub accepted: bool,
    /// The first, from 0.
    pub from: u32,
    /// How many, at most [`MAX_ROWS`]; 0: that many.
    pub count: u32,
    /// Whether fixes are looked for.
    pub fixes: bool,
    /// Which of them is tried, and compared with the plan as it is: [`Fixes::proposal`].
    pub preview: Option<u32>,
}

/// What is shown of the advice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Window {
    /// What was asked.
    pub view: View,
    /// How many there are of each severity that nobody has accepted, worst first.
    pub open: Vec<(Severity, u32)>,
    /// How many are accepted.
    pub accepted: u32,
    /// How many the view has.
    pub total: u32,
    /// Those, worst first.
    pub findings: Vec<Finding>,
    /// The fixes, where asked for.
    pub fixes: Option<Fixes>,
    /// What the one that is tried changes, flow by flow, at most [`MAX_ROWS`] flows.
    pub preview: Option<difference::Window>,
}

impl Advice {
    /// How many there are of each severity that nobody has accepted, worst first; none left out.
    pub fn counts(&self) -> Vec<(Severity, u32)> {
        let count = |severity| self.open().filter(|finding| finding.severity == severity).count() as u32;
        Severity::ALL.into_iter().map(|severity| (severity, count(severity))).collect()
    }

    /// What a view shows; fixes and what they change aren't the book's, and are added by who has them.
    pub fn window(&self, view: View) -> Window {
        let count = if view.count == 0 { MAX_ROWS } else { view.count.min(MAX_ROWS) } as usize;
        let shown = || {
            self.findings.iter().filter(|finding| {
                (view.accepted || finding.accepted.is_none())
                    && view.severity.is_none_or(|only| only == finding.severity)
                    && view.code.is_none_or(|only| only == finding.code)
            })
        };
        Window {
            open: self.counts(),
            accepted: (self.findings.len() - self.open().count()) as u32,
            total: shown().count() as u32,
            findings: shown().skip(view.from as usize).take(count).cloned().collect(),
            view,
            fixes: None,
            preview: None,
        }
    }
}
