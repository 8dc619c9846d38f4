//! The rulebook: the second person who reads a plan and says what is wrong, risky or worth knowing.
//!
//! One rule a file in `rules/`, each with a stable [`Code`], a [`Severity`], the document it rests on and a check.
//! Rules read the solved plan: the network, its world, the rows, what failures do and what links carry; none of them
//! changes anything. What a rule says is data ([`Finding`]): the parts it is about, the arguments of one sentence and
//! the evidence. The sentences are in `report::words::advice`.
//!
//! A finding may be accepted: the plan then keeps its code, what it is about, and a reason. Without parts an
//! acceptance holds for all findings of its code. Findings stay in the order of severity, then code, then the plan's.

mod case;
mod finding;
pub mod fix;
mod rules;
mod view;

pub use finding::{Arg, Code, Finding, MAX_EVIDENCE, Severity};
pub use view::{View, Window};

use crate::journey::{Row, World};
use crate::pace::{Pace, Phase};
use crate::plan::{AcceptedFinding, Citation, Id};
use crate::study::capacity::Capacity;
use crate::study::failures::Failures;
use case::Case;
use finding::Findings;

/// A rule of the book.
#[derive(Copy, Clone)]
pub struct Rule {
    /// Its stable code.
    pub code: Code,
    /// How bad what it finds is.
    pub severity: Severity,
    /// Where it is written.
    pub citation: Citation,
    /// Whether changes of the plan are proposed for what it finds.
    pub fix: bool,
    check: fn(&Case<'_>, &mut Findings),
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.code)
    }
}

/// All rules, in the order of their codes.
pub fn rules() -> &'static [Rule] {
    rules::ALL
}

/// All findings about a solved plan.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Advice {
    /// Worst first, then by code; of one rule in the plan's order. Accepted ones among them.
    pub findings: Vec<Finding>,
}

impl Advice {
    /// Checks every rule, in steps: `rows` are the world's, a flow each, in the plan's order; failures and capacity
    /// are the world's too.
    pub async fn new(world: &World, rows: &[Row], failures: &Failures, capacity: &Capacity, pace: &Pace) -> Self {
        let case = Case::new(world, rows, failures, capacity, pace).await;
        let mut findings = Findings::new();
        for (index, rule) in rules::ALL.iter().enumerate() {
            pace.at(Phase::Studying, index as u64, rules::ALL.len() as u64);
            findings.speak(*rule);
            (rule.check)(&case, &mut findings);
            pace.work(512).await;
        }
        let mut findings = findings.all;
        let accepted = &world.ground.plan().accepted_findings;
        for finding in &mut findings {
            let accepts = |accepted: &&AcceptedFinding| accepts(accepted, finding.code, &finding.about);
            finding.accepted = accepted.iter().find(accepts).map(|accepted| accepted.reason.clone());
        }
        let unused: Vec<&AcceptedFinding> = accepted
            .iter()
            .filter(|accepted| !findings.iter().any(|found| accepts(accepted, found.code, &found.about)))
            .collect();
        findings.extend(rules::unused(&unused));
        // Stable: within a rule the plan's order stays.
        crate::sort::by_key(&mut findings, |finding| (finding.severity, finding.code));
        Self { findings }
    }

    /// The same of a world of which nothing is worked out yet but its rows.
    pub async fn of(world: &World, rows: &[Row], pace: &Pace) -> Self {
        let failures = Failures::new(world, pace).await;
        let capacity = Capacity::new(world, &failures, None, pace).await;
        Self::new(world, rows, &failures, &capacity, pace).await
    }

    /// Those that nobody has accepted.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.accepted.is_none())
    }
}

/// Whether an acceptance in the plan is one of a finding.
fn accepts(accepted: &AcceptedFinding, code: Code, about: &[(crate::plan::PartKind, Id)]) -> bool {
    let same = |id: &Id| about.iter().any(|(_, own)| own == id);
    accepted.code.parse() == Ok(code)
        && (accepted.about.is_empty()
            || accepted.about.iter().all(same) && about.iter().all(|(_, own)| accepted.about.contains(own)))
}

impl Finding {
    /// What the plan keeps where someone accepts it.
    pub fn acceptance(&self, reason: &str) -> AcceptedFinding {
        AcceptedFinding {
            code: self.code.to_string(),
            about: self.about.iter().map(|(_, id)| id.clone()).collect(),
            reason: reason.to_owned(),
        }
    }

    /// Whether an acceptance in the plan is one of this finding.
    pub fn is_accepted_by(&self, accepted: &AcceptedFinding) -> bool {
        accepts(accepted, self.code, &self.about)
    }
}
