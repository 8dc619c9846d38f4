//! `twopath.coverage`.

use super::{Head, NamesForm, PlanHead, ScenarioForm, line};
use crate::journey::{Standing, Verdict};
use crate::plan::Id;
use crate::report::answers::Covered;
use crate::report::words::{Names, coverage as told};
use crate::space::{Count, Share};
use crate::study::coverage::{BackRow, Class, ServiceRow, SiteCoverage, Totals};
use serde::Serialize;

/// So many prefixes of a class or a way back are listed where not one class alone was asked for.
const LISTED: usize = 100;

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    plan: PlanHead<'a>,
    scenario: ScenarioForm<'a>,
    all_work: bool,
    sites: Vec<SiteForm<'a>>,
    back: Vec<BackForm<'a>>,
    sticky: &'a [Id],
    names: NamesForm<'a>,
}

#[derive(Serialize)]
struct SiteForm<'a> {
    site: &'a Id,
    name: &'a str,
    totals: &'a [Totals],
    classes: Vec<ClassForm<'a>>,
    services: Vec<ServiceForm>,
}

#[derive(Serialize)]
struct ClassForm<'a> {
    #[serde(flatten)]
    class: &'a Class,
    standing: Option<Standing>,
    sentence: String,
    list: Vec<String>,
}

#[derive(Serialize)]
struct ServiceForm {
    service: Id,
    name: String,
    verdict: Option<Verdict>,
    standing: Option<Standing>,
    ipv4: Count,
    ipv6: Count,
    ways: Vec<WayForm>,
}

#[derive(Serialize)]
struct WayForm {
    class: u32,
    addresses: Count,
    share: Share,
}

#[derive(Serialize)]
struct BackForm<'a> {
    #[serde(flatten)]
    row: &'a BackRow,
    sentence: String,
    list: Vec<String>,
}

/// The answer as JSON on one line.
pub fn coverage(answer: &Covered) -> String {
    let names = answer.names;
    line(&Form {
        head: Head::of("twopath.coverage"),
        plan: PlanHead { name: &answer.plan.name },
        scenario: ScenarioForm::of(answer.scenario, names),
        all_work: answer.all_work(),
        sites: answer.sites().map(|site| site_form(answer, site)).collect(),
        back: answer
            .coverage
            .back()
            .iter()
            .map(|row| BackForm {
                row,
                sentence: told::back(row, names),
                list: answer.coverage.back_prefixes(row.row).take(LISTED).map(|net| net.to_string()).collect(),
            })
            .collect(),
        sticky: answer.coverage.sticky(),
        names: NamesForm::of(answer.plan, names),
    })
}

fn site_form<'a>(answer: &Covered<'a>, site: &'a SiteCoverage) -> SiteForm<'a> {
    let most = if answer.class.is_some() { usize::MAX } else { LISTED };
    let class = |class: &'a Class| ClassForm {
        class,
        standing: class.verdict.map(Verdict::standing),
        sentence: told::class(class, answer.names),
        list: site.prefixes(class.class).take(most).map(|net| net.to_string()).collect(),
    };
    SiteForm {
        site: &site.site,
        name: answer.names.site(&site.site),
        totals: &site.totals,
        classes: answer.classes(site).map(class).collect(),
        services: site.services().map(|row| service(row, answer.names)).collect(),
    }
}

fn service(row: ServiceRow, names: &Names) -> ServiceForm {
    let ways = row.ways.iter();
    ServiceForm {
        name: names.service(&row.service).to_owned(),
        verdict: row.verdict,
        standing: row.verdict.map(Verdict::standing),
        ipv4: row.addresses.0,
        ipv6: row.addresses.1,
        ways: ways
            .map(|way| WayForm { class: way.class.class, addresses: way.addresses, share: way.share })
            .collect(),
        service: row.service,
    }
}
