//! What a rule finds: a code, what it is about, the arguments of its sentence, and the evidence.

use super::Rule;
use crate::journey::Assumption;
use crate::plan::{Citation, Id, PartKind};
use crate::routing::{Place, Refused};
use crate::study::failures::Failure;
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// A rule's stable code: `TP101`. Never used again for another rule.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, BorshSerialize, BorshDeserialize)]
pub struct Code(pub u16);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TP{:03}", self.0)
    }
}

impl FromStr for Code {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const SHAPE: &str = "a rule's code is TP and three digits, e.g. TP101";
        let digits = text.strip_prefix("TP").or_else(|| text.strip_prefix("tp")).ok_or(SHAPE)?;
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SHAPE);
        }
        digits.parse().map(Self).map_err(|_| SHAPE)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <String as Deserialize>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^TP[0-9]{3}$" })
    }
}

/// How bad a finding is, worst first.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Packets are lost, or Microsoft refuses it.
    Error,
    /// It breaks under a condition: a failure, a server elsewhere, an undocumented choice.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// All, worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];
}

/// An argument of a sentence; `report::words::advice` tells it in the plan's own names.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// A part of the plan.
    Part(PartKind, Id),
    /// Several of a kind.
    Parts(PartKind, Vec<Id>),
    /// Translation rules of a device, by their indexes from 0.
    Rules(Id, Vec<usize>),
    /// Text that needs no translation: a prefix, a community, an AS number.
    Text(String),
    /// Several of that.
    Texts(Vec<String>),
    /// A number, counted by the sentence.
    Number(u64),
    /// A rate in kbps.
    Rate(u64),
    /// Something that fails.
    Failure(Failure),
    /// Assumptions.
    Assumptions(Vec<Assumption>),
    /// Why an advertisement isn't taken.
    Refused(Refused),
}

/// What a rule found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Finding {
    /// The rule.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The parts it is about, by which it may be accepted; a rule says each combination once.
    pub about: Vec<(PartKind, Id)>,
    /// The arguments of its sentence.
    pub args: Vec<Arg>,
    /// Flows whose rows show it.
    pub rows: Vec<Id>,
    /// Prefixes that show it.
    pub prefixes: Vec<String>,
    /// Lines that cause it.
    pub places: Vec<Place>,
    /// Where the rule is written.
    pub citation: Citation,
    /// Whether changes of the plan are proposed for it (see `advice::fix`).
    pub fix: bool,
    /// Why it is accepted; absent: it isn't.
    pub accepted: Option<String>,
}

/// At most so many rows, prefixes and places are named in one finding.
pub const MAX_EVIDENCE: usize = 20;

/// What is found, as rules say it.
pub(super) struct Findings {
    pub(super) all: Vec<Finding>,
    rule: Rule,
}

/// One finding being said.
pub(super) struct Said<'a>(&'a mut Finding);

impl Findings {
    pub(super) fn new() -> Self {
        Self { all: Vec::new(), rule: super::rules::ALL[0] }
    }

    /// From here on this rule speaks.
    pub(super) fn speak(&mut self, rule: Rule) {
        self.rule = rule;
    }

    /// A finding about these parts; said again about the same it is the same one, with more evidence.
    pub(super) fn say(&mut self, about: Vec<(PartKind, Id)>, args: Vec<Arg>) -> Said<'_> {
        let known = self.all.iter().position(|found| found.code == self.rule.code && found.about == about);
        let at = known.unwrap_or_else(|| self.push(about, args));
        Said(&mut self.all[at])
    }

    /// A finding about no part.
    pub(super) fn say_again(&mut self, args: Vec<Arg>) {
        self.push(Vec::new(), args);
    }

    fn push(&mut self, about: Vec<(PartKind, Id)>, args: Vec<Arg>) -> usize {
        let Rule { code, severity, citation, fix, .. } = self.rule;
        let (rows, prefixes, places) = (Vec::new(), Vec::new(), Vec::new());
        self.all.push(Finding {
            code,
            severity,
            about,
            args,
            rows,
            prefixes,
            places,
            citation,
            fix,
            accepted: None,
        });
        self.all.len() - 1
    }
}

impl Said<'_> {
    pub(super) fn rows(self, rows: impl IntoIterator<Item = Id>) -> Self {
        add(&mut self.0.rows, rows);
        self
    }

    /// Where its reason is written, where that is another place than the rule's.
    pub(super) fn citation(self, citation: Citation) -> Self {
        self.0.citation = citation;
        self
    }

    pub(super) fn prefixes<T: fmt::Display>(self, prefixes: impl IntoIterator<Item = T>) -> Self {
        add(&mut self.0.prefixes, prefixes.into_iter().take(4 * MAX_EVIDENCE).map(|prefix| prefix.to_string()));
        self
    }

    pub(super) fn places(self, places: impl IntoIterator<Item = Place>) -> Self {
        add(&mut self.0.places, places);
        self
    }
}

fn add<T: PartialEq>(all: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for one in more {
        if all.len() < MAX_EVIDENCE && !all.contains(&one) {
            all.push(one);
        }
    }
}
