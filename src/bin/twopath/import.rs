//! `twopath import`.

use crate::output::{Failure, note, print, style};
use crate::{Outcome, args, input};
use twopath::desk::import::{Done, Item, Neighbours, Target, apply, default_target, imported, usual_use};
use twopath::intake::config::{self, ConfigFormat, What};
use twopath::intake::{Decoded, Faults, Format, Kind, LineIndex, Reading, Severity, TextPart, read, split};
use twopath::pace::at_once;
use twopath::plan::{Plan, Text, save};
use twopath::report::answers::{Configured, Imported};
use twopath::report::words::{self, page::import as told};
use twopath::report::{json, text};
use twopath::routing::{DeviceChoices, device_choices};

/// Reads files, and puts them into a plan where that is asked.
pub fn run(arguments: &args::Import) -> Result<Outcome, Failure> {
    let mut into = match &arguments.into {
        Some(file) if arguments.files.contains(file) => {
            return Err(Failure(format!(
                "{}: It can't be both the plan and a file to import.",
                input::shown(file)
            )));
        }
        Some(file) => Some(Into { plan: input::plan(file)?.plan, done: Done::default() }),
        None => None,
    };
    let mut worst = Outcome::Works;
    for file in &arguments.files {
        worst = worst.max(one(file, arguments, into.as_mut())?);
    }
    if let Some(into) = into {
        note(&told::done(&into.done, &into.plan));
        print(&save(&into.plan))?;
    }
    Ok(worst)
}

/// The plan that files are put into.
struct Into {
    plan: Plan,
    done: Done,
}

fn one(file: &str, arguments: &args::Import, mut into: Option<&mut Into>) -> Result<Outcome, Failure> {
    let (shown, decoded) = (input::shown(file), input::text(file)?);
    for done in &decoded.notes {
        note(&format!("{shown}: note: {}", words::faults::note(*done)));
    }
    let chosen = match &arguments.format {
        Some(name) => Some(match name.parse::<ConfigFormat>() {
            Ok(format) => What::Config(format),
            Err(_) => {
                What::List(name.parse::<Format>().map_err(|error| Failure(words::faults::unknown_format(&error)))?)
            }
        }),
        None => None,
    };
    let format = match chosen.unwrap_or_else(|| config::what(&decoded.text)) {
        What::Config(_) if into.is_some() => return Err(Failure::of(shown, told::IS_CONFIGURATION)),
        What::Config(format) => return setup(shown, &decoded, format, arguments.json),
        What::List(format) => arguments.format.is_some().then_some(format),
    };
    let whole = || vec![TextPart { span: 0..decoded.text.len(), command: String::new() }];
    let parts = if format.is_some() { whole() } else { split(&decoded.text) };
    let lines = LineIndex::new(&decoded.text);
    let mut worst = Outcome::Works;
    for (index, part) in parts.iter().enumerate() {
        let reading = read(decoded.text.get(part.span.clone()).unwrap_or_default(), format);
        let choices = device_choices(&reading);
        faults_from(shown, &reading.faults, &lines, start(part));
        let own = Own { file: shown, decoded: &decoded, part, reading: &reading, choices: choices.as_ref() };
        let number = (u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1), parts.len() as u32);
        match &mut into {
            Some(into) => own.put(into, arguments, &lines, number)?,
            None => own.tell(arguments, &lines, number)?,
        }
        worst = worst.max(match (reading.is_empty(), reading.faults.errors) {
            (true, _) => Outcome::Unusable,
            (false, 0) => Outcome::Works,
            (false, _) => Outcome::Fails,
        });
    }
    Ok(worst)
}

fn setup(file: &str, decoded: &Decoded, format: ConfigFormat, as_json: bool) -> Result<Outcome, Failure> {
    let setup = config::read(&decoded.text, format);
    let lines = LineIndex::new(&decoded.text);
    faults(file, &setup.faults, &lines);
    left_out(file, &setup, &lines);
    let answer = Configured { file, text: &decoded.text, notes: &decoded.notes, setup: &setup, lines: &lines };
    print(&if as_json { json::setup(&answer) } else { text::setup(&answer, style()) })?;
    Ok(match (setup.is_empty(), setup.faults.errors, setup.left_out.is_empty()) {
        (true, ..) => Outcome::Unusable,
        (false, 0, true) => Outcome::Works,
        (false, ..) => Outcome::Fails,
    })
}

/// Says what is wrong with a text.
pub fn faults(file: &str, faults: &Faults, lines: &LineIndex<'_>) {
    faults_from(file, faults, lines, 0);
}

/// The same of a part that begins at this byte of the text.
fn faults_from(file: &str, faults: &Faults, lines: &LineIndex<'_>, start: u32) {
    for fault in &faults.kept {
        let place = lines.line_column(fault.span.start.saturating_add(start));
        let severity = match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let sentence = words::faults::fault(&fault.code);
        note(&format!("{file}:{}:{}: {severity}: {sentence}", place.line, place.column));
    }
    if faults.dropped() > 0 {
        note(&format!("{file}: and {} more.", words::count(u64::from(faults.dropped()), "fault")));
    }
}

/// Says what of configuration isn't modelled as it is.
pub fn left_out(file: &str, setup: &config::Setup, lines: &LineIndex<'_>) {
    for left in &setup.left_out {
        let place = lines.line_column(left.span.start);
        let sentence = words::setup::left_out(left);
        note(&format!("{file}:{}:{}: warning: {sentence}", place.line, place.column));
    }
}

fn start(part: &TextPart) -> u32 {
    u32::try_from(part.span.start).unwrap_or(u32::MAX)
}

/// A file, or a part of one.
struct Own<'a> {
    file: &'a str,
    decoded: &'a Decoded,
    part: &'a TextPart,
    reading: &'a Reading,
    choices: Option<&'a DeviceChoices>,
}

impl Own<'_> {
    fn text(&self) -> Text {
        Text::from(self.decoded.text.get(self.part.span.clone()).unwrap_or_default())
    }

    fn imported(&self) -> twopath::desk::door::Imported {
        let name = self.file.rsplit(['/', '\\']).next().unwrap_or(self.file).to_owned();
        imported(name, self.part.command.clone(), &self.text(), self.reading, self.choices)
    }

    fn tell(&self, arguments: &args::Import, lines: &LineIndex, part: (u32, u32)) -> Result<(), Failure> {
        let answer = Imported {
            file: self.file,
            notes: &self.decoded.notes,
            reading: self.reading,
            lines,
            start: start(self.part),
            part,
            command: &self.part.command,
            usual: usual_use(&self.imported()),
            choices: self.choices,
        };
        // An empty line between the texts of parts and files.
        let again = part.0 > 1
            || arguments.files.first().is_some_and(|first| first != self.file && self.file != input::shown(first));
        let between = if again { "\n" } else { "" };
        print(&if arguments.json {
            json::import(&answer)
        } else {
            format!("{between}{}", text::import(&answer, style()))
        })
    }

    fn put(
        &self,
        into: &mut Into,
        arguments: &args::Import,
        lines: &LineIndex,
        part: (u32, u32),
    ) -> Result<(), Failure> {
        let neighbours = match self.reading.kind {
            Kind::Routes => at_once(async |pace| Neighbours::of(self.reading, &pace).await),
            _ => Neighbours::default(),
        };
        let imported = twopath::desk::door::Imported { neighbours, ..self.imported() };
        let found = told::found(&imported);
        let target = target(&into.plan, arguments)?.unwrap_or_else(|| default_target(&into.plan, &imported));
        let mut item = Item::into(imported, self.text(), arguments.format.clone(), target, &into.plan);
        (item.key.1, item.parts) = (part.0.saturating_sub(1), part.1);
        if !arguments.sets.is_empty() {
            let sets = &item.imported.sets;
            for name in &arguments.sets {
                if sets.iter().all(|set| set.name != *name) {
                    return Err(Failure::of(self.file, &told::no_set(name)));
                }
            }
            let without =
                (0..sets.len()).filter(|at| sets.get(*at).is_some_and(|s| !arguments.sets.contains(&s.name)));
            item.without = without.collect();
        }
        let outcome = apply(&mut into.plan, &item, &mut into.done);
        let said = told::outcome(outcome, &item.target, &into.plan, item.taken());
        let line = lines.line_column(start(self.part)).line;
        let of =
            if part.1 > 1 { format!(", {}", told::part(part, &self.part.command, line)) } else { String::new() };
        note(&format!("{}{of}: {found}. {said}", self.file));
        let neighbours = &item.imported.neighbours;
        let more = [
            told::takes_all(neighbours, &item.target, &into.plan),
            told::own_routes(neighbours.own),
            told::inside_routes(neighbours, &item.target),
        ];
        for said in more.iter().filter(|said| !said.is_empty()) {
            note(&format!("{}{of}: {said}", self.file));
        }
        Ok(())
    }
}

/// Where everything goes, where that is said.
fn target(plan: &Plan, arguments: &args::Import) -> Result<Option<Target>, Failure> {
    let exit = |id: &String| {
        let id = id.as_str().into();
        match plan.exits.iter().any(|exit| exit.id == id) {
            true => Ok(id),
            false => Err(Failure(told::no_exit(&id, plan))),
        }
    };
    Ok(match arguments {
        args::Import { learned_by: Some(id), .. } => Some(Target::Learned(exit(id)?)),
        args::Import { advertised_by: Some(id), .. } => Some(Target::Advertised(exit(id)?)),
        args::Import { service: true, .. } => Some(Target::Service),
        args::Import { each_set: true, .. } => Some(Target::EachSet),
        args::Import { source: true, .. } => Some(Target::Source),
        _ => None,
    })
}
