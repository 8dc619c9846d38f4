//! `twopath.import`.

use super::Head;
use crate::desk::import::Use;
use crate::intake::{Entry, Fault, Fix, Kind, LineColumn, Mark, NamedSet, Neighbour, Note, Severity};
use crate::plan::{Attributes, Community};
use crate::report::answers::Imported;
use crate::report::words;
use crate::routing::DeviceChoices;
use crate::space::Address;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<PartForm<'a>>,
    read_as: ReadAs,
    kind: Kind,
    becomes: Use,
    notes: &'a [Note],
    lines: u32,
    entries_read: u32,
    ipv4: usize,
    ipv6: usize,
    skipped: u32,
    errors: u32,
    warnings: u32,
    faults: Vec<FaultForm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_choice: Option<ChoicesForm<'a>>,
    sets: Vec<SetForm<'a>>,
}

/// Which part of a file it is.
#[derive(Serialize)]
struct PartForm<'a> {
    number: u32,
    of: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    command: &'a str,
    first_line: u32,
}

/// How a device's own choices compare with ours.
#[derive(Serialize)]
struct ChoicesForm<'a> {
    prefixes: u32,
    same: u32,
    tied: u32,
    differing: u32,
    sentence: String,
    differences: Vec<DifferingForm<'a>>,
}

#[derive(Serialize)]
struct DifferingForm<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    table: &'a str,
    prefix: String,
    line: u32,
    decided_by: crate::routing::ForwardRule,
    #[serde(skip_serializing_if = "Option::is_none")]
    unseen: Option<crate::routing::Unseen>,
    sentence: String,
}

#[derive(Serialize)]
struct ReadAs {
    name: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct FaultForm<'a> {
    severity: Severity,
    #[serde(flatten)]
    code: &'a crate::intake::FaultCode,
    line: u32,
    column: u32,
    sentence: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixForm<'a>>,
}

#[derive(Serialize)]
struct FixForm<'a> {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    replacement: &'a str,
}

#[derive(Serialize)]
struct SetForm<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    express_route: Option<bool>,
    #[serde(skip_serializing_if = "str::is_empty")]
    ports: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    category: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    community: Option<Community>,
    #[serde(skip_serializing_if = "str::is_empty")]
    region: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    vrf: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    router_id: Option<std::net::Ipv4Addr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    local_as: Option<u32>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    urls: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    neighbour: Option<&'a Neighbour>,
    line: u32,
    entries: Entries<'a>,
}

/// The entries of a set, IPv4 first, made as they are written: there may be millions.
struct Entries<'a> {
    answer: Imported<'a>,
    set: &'a NamedSet,
}

#[derive(Serialize)]
struct EntryForm<'a> {
    prefix: String,
    line: u32,
    #[serde(skip_serializing_if = "Attributes::is_empty")]
    attributes: &'a Attributes,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<Mark>,
}

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let reading = self.answer.reading;
        let (v4, v6) = (reading.v4_of(self.set), reading.v6_of(self.set));
        let mut entries = serializer.serialize_seq(Some(v4.len() + v6.len()))?;
        let marks = &reading.marks;
        for (nth, entry) in (self.set.v4.start as usize..).zip(v4) {
            entries.serialize_element(&self.form(entry, marks.v4.get(nth)))?;
        }
        for (nth, entry) in (self.set.v6.start as usize..).zip(v6) {
            entries.serialize_element(&self.form(entry, marks.v6.get(nth)))?;
        }
        entries.end()
    }
}

impl Entries<'_> {
    fn form<A: Address>(&self, entry: &Entry<A>, mark: Option<&Mark>) -> EntryForm<'_> {
        EntryForm {
            prefix: entry.prefix.to_string(),
            line: self.answer.place(entry.at).line,
            attributes: self.answer.reading.attributes_of(entry),
            mark: mark.copied(),
        }
    }
}

/// What was read, as JSON on one line.
pub fn import(answer: &Imported) -> String {
    let reading = answer.reading;
    super::line(&Form {
        head: Head::of("twopath.import"),
        file: answer.file,
        part: (answer.part.1 > 1).then(|| PartForm {
            number: answer.part.0,
            of: answer.part.1,
            command: answer.command,
            first_line: answer.place(0).line,
        }),
        read_as: ReadAs { name: reading.format.name(), title: reading.format.title() },
        kind: reading.kind,
        becomes: answer.usual,
        notes: answer.notes,
        lines: reading.lines,
        entries_read: reading.entries_read,
        ipv4: reading.v4.len(),
        ipv6: reading.v6.len(),
        skipped: reading.skipped,
        errors: reading.faults.errors,
        warnings: reading.faults.warnings,
        faults: reading.faults.kept.iter().map(|found| fault(found, answer)).collect(),
        device_choice: answer.choices.map(|found| choices(found, answer)),
        sets: reading.sets.iter().map(|found| set(found, answer)).collect(),
    })
}

fn choices<'a>(choices: &'a DeviceChoices, answer: &Imported) -> ChoicesForm<'a> {
    let differing = |found: &'a crate::routing::Differing| DifferingForm {
        table: &found.table,
        prefix: found.prefix.to_string(),
        line: answer.place(found.at).line,
        decided_by: found.decided_by,
        unseen: found.unseen,
        sentence: words::device_choice::difference(found),
    };
    ChoicesForm {
        prefixes: choices.prefixes,
        same: choices.same,
        tied: choices.tied,
        differing: choices.differing,
        sentence: words::device_choice::summary(choices),
        differences: choices.differences.iter().map(differing).collect(),
    }
}

fn fault<'a>(fault: &'a Fault, answer: &Imported) -> FaultForm<'a> {
    let LineColumn { line, column } = answer.place(fault.span.start);
    FaultForm {
        severity: fault.severity,
        code: &fault.code,
        line,
        column,
        sentence: words::faults::fault(&fault.code),
        fix: fault.fix.as_ref().map(|found| fix(found, answer)),
    }
}

fn fix<'a>(fix: &'a Fix, answer: &Imported) -> FixForm<'a> {
    let LineColumn { line, column } = answer.place(fix.span.start);
    let end = answer.place(fix.span.end);
    FixForm { line, column, end_line: end.line, end_column: end.column, replacement: &fix.replacement }
}

fn set<'a>(set: &'a NamedSet, answer: &Imported<'a>) -> SetForm<'a> {
    let details = &set.details;
    SetForm {
        name: &set.name,
        title: &set.title,
        express_route: details.express_route,
        ports: &details.ports,
        category: &details.category,
        community: details.community,
        region: &details.region,
        vrf: &details.vrf,
        router_id: details.router_id,
        local_as: details.local_as,
        urls: &details.urls,
        neighbour: details.neighbour.as_ref(),
        line: answer.place(set.at).line,
        entries: Entries { answer: *answer, set },
    }
}
