//! `twopath.flows`.

use super::Head;
use crate::desk::flows::{Apart, FlowChange, FlowValues, Rate, Rates, Weight};
use crate::intake::flows::{LogFault, LogFormat, shown_time};
use crate::plan::{Ends, Mbps};
use crate::report::answers::Flowed;
use crate::report::words;
use serde::Serialize;

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    logs: Vec<LogForm<'a>>,
    records: u64,
    bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    rate: Rate,
    rows: Vec<RowForm<'a>>,
    apart: Vec<ApartForm<'a>>,
}

#[derive(Serialize)]
struct LogForm<'a> {
    file: &'a str,
    read_as: Option<ReadAs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as: Option<&'a str>,
    records: u64,
    bytes: u64,
    errors: u64,
    faults: Vec<FaultForm<'a>>,
}

#[derive(Serialize)]
struct ReadAs {
    name: LogFormat,
    title: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sampling: Option<u64>,
}

#[derive(Serialize)]
struct FaultForm<'a> {
    #[serde(flatten)]
    fault: &'a LogFault,
    sentence: String,
}

#[derive(Serialize)]
struct RowForm<'a> {
    id: &'a str,
    name: &'a str,
    change: FlowChange,
    ends: &'a Ends,
    before: ValuesForm,
    now: ValuesForm,
    records: u64,
    bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    out: Option<RatesForm>,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    back: Option<RatesForm>,
}

#[derive(Serialize)]
struct ValuesForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    mbps_out: Option<Mbps>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mbps_in: Option<Mbps>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sessions: Option<u64>,
}

impl From<&FlowValues> for ValuesForm {
    fn from(values: &FlowValues) -> Self {
        Self { mbps_out: values.mbps_out, mbps_in: values.mbps_in, sessions: values.sessions }
    }
}

#[derive(Serialize)]
struct RatesForm {
    mean: Mbps,
    #[serde(skip_serializing_if = "Option::is_none")]
    p95: Option<Mbps>,
    #[serde(skip_serializing_if = "Option::is_none")]
    peak: Option<Mbps>,
}

impl From<Rates> for RatesForm {
    fn from(rates: Rates) -> Self {
        Self { mean: rates.mean, p95: rates.p95, peak: rates.peak }
    }
}

#[derive(Serialize)]
struct ApartForm<'a> {
    why: Apart,
    sentence: &'static str,
    #[serde(flatten)]
    all: Weight,
    most: Vec<MostForm<'a>>,
}

#[derive(Serialize)]
struct MostForm<'a> {
    prefix: &'a str,
    #[serde(flatten)]
    weight: Weight,
}

/// What flow logs say, and what becomes of it.
pub fn flows(answer: &Flowed) -> String {
    let measured = answer.measured;
    let logs = answer.logs.iter().map(|log| LogForm {
        file: &log.name,
        read_as: log.read.format.map(|name| ReadAs { name, title: name.title(), sampling: name.sampling() }),
        same_as: log.same_as.as_deref(),
        records: log.read.records,
        bytes: log.read.bytes,
        errors: log.read.faults.errors,
        faults: log
            .read
            .faults
            .kept
            .iter()
            .map(|fault| FaultForm { fault, sentence: words::faults::fault(&fault.code) })
            .collect(),
    });
    let rows = answer.changes.iter().zip(&measured.rows).map(|(change, row)| RowForm {
        id: change.id.as_str(),
        name: &change.name,
        change: change.change,
        ends: &row.ends,
        before: (&change.before).into(),
        now: (&change.now).into(),
        records: row.weight.records,
        bytes: row.weight.bytes,
        out: row.out.map(Into::into),
        back: row.back.map(Into::into),
    });
    let apart = measured.apart.iter().map(|total| ApartForm {
        why: total.why,
        sentence: words::flows::apart(total.why),
        all: total.all,
        most: total.most.iter().map(|(prefix, weight)| MostForm { prefix, weight: *weight }).collect(),
    });
    super::line(&Form {
        head: Head::of("twopath.flows"),
        logs: logs.collect(),
        records: measured.all.records,
        bytes: measured.all.bytes,
        from: measured.span.map(|(from, _)| shown_time(from)),
        to: measured.span.map(|(_, to)| shown_time(to)),
        rate: answer.rate,
        rows: rows.collect(),
        apart: apart.collect(),
    })
}
