//! `twopath flows`.

use crate::output::{Failure, note, print, style};
use crate::{Outcome, args, input};
use std::io::Read;
use twopath::desk::flows::{LogChoice, LogTold, Rate, Taking, ends_of, take_in};
use twopath::intake::flows::{Field, LogFormat, given, lacks, propose, set_name};
use twopath::plan::{LogColumns, save};
use twopath::report::answers::Flowed;
use twopath::report::words::{self, flows as told};
use twopath::report::{json, text};

/// So many bytes are read at a time.
const CHUNK: usize = 256 << 10;

/// Reads flow logs, and says what becomes of the plan's catalogue.
pub fn run(arguments: &args::Flows) -> Result<Outcome, Failure> {
    let mut plan = input::plan(&arguments.plan)?.plan;
    let choice = LogChoice {
        format: arguments.format.as_deref().and_then(|name| name.parse::<LogFormat>().ok()),
        columns: arguments.columns.as_deref().map(columns).transpose()?,
        sampling: arguments.sampling.unwrap_or(1),
    };
    let mut taking = Taking::new(&plan, ends_of(&plan), choice);
    let mut bytes = vec![0; CHUNK];
    for file in &arguments.logs {
        if *file == arguments.plan {
            return Err(Failure(format!("{}: It can't be both the plan and a log.", input::shown(file))));
        }
        let mut open = input::open(file)?;
        taking.begin(input::shown(file));
        loop {
            match open.read(&mut bytes) {
                Ok(0) => break,
                Ok(read) => taking.feed(bytes.get(..read).unwrap_or_default()),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let why = format!("Can't read it: {}.", crate::output::plain(&error));
                    return Err(Failure::of(input::shown(file), &why));
                }
            }
        }
        taking.end();
        if let Some(log) = taking.logs.last() {
            faults(log);
        }
    }
    let measured = taking.measured(&plan);
    let rate = arguments.rate.map_or(Rate::P95, Into::into);
    let columns = taking.new_columns(&plan);
    let changes = take_in(&mut plan, &measured, rate, &columns);
    let answer = Flowed { logs: &taking.logs, measured: &measured, changes: &changes, rate };
    match (arguments.into, arguments.json) {
        (false, true) => print(&json::flows(&answer))?,
        (false, false) => print(&text::flows(&answer, style()))?,
        (true, _) => {
            text::flows(&answer, text::Style::default()).lines().for_each(note);
            print(&save(&plan))?;
        }
    }
    let unread = taking.logs.iter().filter(|log| log.read.format.is_none()).count();
    Ok(match (measured.all.records, unread) {
        (0, _) => Outcome::Unusable,
        (_, 0) if taking.logs.iter().all(|log| log.read.faults.errors == 0) => Outcome::Works,
        _ => Outcome::Fails,
    })
}

fn faults(log: &LogTold) {
    let (name, faults) = (&log.name, &log.read.faults);
    for fault in &faults.kept {
        let sentence = words::faults::fault(&fault.code);
        note(&format!("{name}:{}:{}: error: {sentence}", fault.line, fault.column));
    }
    if faults.dropped() > 0 {
        note(&format!("{name}: and {} more.", words::count(faults.dropped(), "fault")));
    }
    if !log.read.heading.is_empty() {
        let proposed = propose(&log.read.heading);
        let said: Vec<String> = given(&proposed).map(|(field, name)| format!("{}={name}", field.name())).collect();
        let example = if lacks(&proposed).is_none() { said.join(",") } else { EXAMPLE.to_owned() };
        note(&format!("{name}: note: {}", told::name_columns(&format!("'{example}'"))));
    }
}

const EXAMPLE: &str = "source=NAME,destination=NAME,bytes=NAME,start=NAME";

/// `source=SrcIP,destination=DstIP,…`.
fn columns(text: &str) -> Result<LogColumns, Failure> {
    let fields = || Field::ALL.map(Field::name).join(", ");
    let mut columns = LogColumns::default();
    for part in text.split(',').filter(|part| !part.trim().is_empty()) {
        let (name, column) = part.split_once('=').unwrap_or((part, ""));
        let field = Field::ALL.into_iter().find(|field| field.name() == name.trim());
        match (field, column.trim()) {
            (Some(field), column) if !column.is_empty() => set_name(&mut columns, field, column.to_owned()),
            (Some(_), _) => return Err(Failure(format!("--columns “{part}”: write {name}=COLUMN."))),
            (None, _) => return Err(Failure(format!("--columns “{part}”: known are {}.", fields()))),
        }
    }
    match lacks(&columns) {
        None => Ok(columns),
        Some(Field::Start) => Err(Failure("--columns: say which column is start or end.".to_owned())),
        Some(field) => Err(Failure(format!("--columns: say which column is {}.", field.name()))),
    }
}
