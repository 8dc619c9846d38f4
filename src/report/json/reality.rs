//! `twopath.reality` and `twopath.checklist`.

use super::{Head, NamesForm, PlanHead};
use crate::intake::LineIndex;
use crate::report::answers::{AgainstReality, Checklist};
use crate::report::words::reality as told;
use crate::study::checklist::Check;
use crate::study::reality::{Chosen, Missing, Unplanned};
use serde::Serialize;

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    plan: PlanHead<'a>,
    names: NamesForm<'a>,
    site: &'a str,
    as_planned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    microsoft: Option<MicrosoftForm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    router: Option<RouterForm<'a>>,
}

#[derive(Serialize)]
struct MicrosoftForm<'a> {
    sentence: String,
    as_planned: u32,
    missing: Vec<Told<&'a Missing>>,
    unplanned: Vec<Told<&'a Unplanned>>,
}

#[derive(Serialize)]
struct RouterForm<'a> {
    sentence: String,
    as_planned: u32,
    unused: Vec<Told<&'a Chosen>>,
    other: Vec<Told<&'a Chosen>>,
    not_learned: &'a [ipnet::IpNet],
    unknown: u32,
}

/// A finding with its line and sentence.
#[derive(Serialize)]
struct Told<T> {
    #[serde(flatten)]
    found: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    sentence: String,
}

/// How reality differs from the plan, as JSON on one line.
pub fn reality(answer: &AgainstReality) -> String {
    let names = answer.names;
    let line = |lines: Option<&LineIndex>, at: u32| lines.map(|lines| lines.line_column(at).line);
    let microsoft = answer.reality.microsoft.as_ref().map(|found| MicrosoftForm {
        sentence: told::advertisements(found),
        as_planned: found.as_planned,
        missing: found
            .missing
            .iter()
            .map(|one| Told { found: one, line: None, sentence: told::missing(one, names) })
            .collect(),
        unplanned: found
            .unplanned
            .iter()
            .map(|one| Told {
                found: one,
                line: line(answer.microsoft, one.at),
                sentence: told::unplanned(one, answer.names),
            })
            .collect(),
    });
    let chosen = |one, sentence| Told::<&Chosen> { found: one, line: line(answer.router, one.at), sentence };
    let router = answer.reality.router.as_ref().map(|found| RouterForm {
        sentence: told::choices(found),
        as_planned: found.as_planned,
        unused: found.unused.iter().map(|one| chosen(one, told::unused(one, names))).collect(),
        other: found.other.iter().map(|one| chosen(one, told::other(one, names))).collect(),
        not_learned: &found.not_learned,
        unknown: found.unknown,
    });
    super::line(&Form {
        head: Head::of("twopath.reality"),
        plan: PlanHead { name: &answer.plan.name },
        names: NamesForm::of(answer.plan, names),
        site: answer.site.as_str(),
        as_planned: answer.reality.is_as_planned(),
        microsoft,
        router,
    })
}

#[derive(Serialize)]
struct ListForm<'a> {
    #[serde(flatten)]
    head: Head,
    plan: PlanHead<'a>,
    names: NamesForm<'a>,
    checks: &'a [Check],
}

/// What to trace at the cut-over, as JSON on one line.
pub fn checklist(answer: &Checklist) -> String {
    super::line(&ListForm {
        head: Head::of("twopath.checklist"),
        plan: PlanHead { name: &answer.plan.name },
        names: NamesForm::of(answer.plan, answer.names),
        checks: answer.checks,
    })
}
