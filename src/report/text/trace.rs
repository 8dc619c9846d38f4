//! A trace as text: its steps in order, each with who stood, what decided, and where it was written.

use super::layout::{Style, Table, cut_middle, paragraph};
use crate::journey::{Admission, Branch, By, Direction, Stage, Step};
use crate::plan::Citation;
use crate::report::answers::{Traced, stages};
use crate::report::words::{self, assumptions, citations, lists, steps, verdicts};
use crate::routing::{ForwardStep, Lever, Place, ReturnStep};

/// A candidate of a decision.
struct Told<'a> {
    chosen: bool,
    who: String,
    prefix: &'a str,
    /// What it was compared by, or why it lost.
    why: String,
    levers: &'a [Lever],
    /// Where it was written.
    place: &'a Place,
}

/// At most so many candidates or refusals of a step are told.
const MAX_TOLD: usize = 12;

/// The trace as text.
pub fn trace(answer: &Traced, style: Style) -> String {
    let mut out = String::new();
    let trace = answer.trace;
    let site = answer.names.site(&trace.site);
    let heading = match (trace.direction, &trace.published) {
        (Direction::Outbound, _) => format!("From {} at {site} to {}", trace.from, trace.to),
        (Direction::Inbound, Some(published)) => {
            format!("From {} to {}, {} at {site}", trace.from, trace.to, answer.names.published(published))
        }
        (Direction::Inbound, None) => format!("From {} to {} at {site}", trace.from, trace.to),
    };
    out.push_str(&format!("{}\n", style.strong(&heading)));
    let scenario = words::scenario(answer.scenario, answer.names);
    if !scenario.is_empty() {
        paragraph(&mut out, "", "", &scenario);
    }
    let far = match trace.direction {
        Direction::Outbound => trace.to,
        Direction::Inbound => trace.from,
    };
    let because = steps::far_side_because(&trace.far_side_because, answer.names);
    paragraph(&mut out, "", "", &format!("{far}: {because}"));
    out.push('\n');
    let verdict = format!("{}: ", style.verdict(trace.verdict));
    paragraph(&mut out, &verdict, "  ", verdicts::sentence(trace.verdict));
    Printer { out: &mut out, answer, style }.stage(&trace.first, 1, "");
    if !trace.decisive.is_empty() {
        out.push('\n');
        for flip in &trace.decisive {
            paragraph(&mut out, "? ", "  ", &assumptions::flip(flip));
        }
    }
    sources(&mut out, answer, style);
    out
}

struct Printer<'a> {
    out: &'a mut String,
    answer: &'a Traced<'a>,
    style: Style,
}

impl Printer<'_> {
    fn stage(&mut self, stage: &Stage, number: usize, indent: &str) {
        let label = steps::label(&stage.step, self.answer.trace.direction);
        let heading = self.style.strong(&format!("{number}. {label}"));
        self.out.push_str(&format!("\n{indent}{heading}\n"));
        let inner = format!("{indent}   ");
        let source = citations::short(steps::citation(&stage.step)).replace(' ', "\u{a0}");
        let sentence = steps::step(&stage.step, self.answer.names);
        paragraph(self.out, &inner, &inner, &format!("{sentence} [{source}]"));
        self.details(&stage.step, &inner);
        match stage.then.as_slice() {
            [] => {}
            [Branch { by: By::Only, stage }] => self.stage(stage, number.saturating_add(1), indent),
            branches => {
                for branch in branches {
                    let by = steps::by(&branch.by, self.answer.names);
                    let verdict = self.style.verdict(branch.stage.verdict);
                    let by = if by.is_empty() { verdict } else { format!("{verdict}, {by}") };
                    self.out.push_str(&format!("\n{inner}{by}\n"));
                    self.stage(&branch.stage, number.saturating_add(1), &inner);
                }
            }
        }
    }

    fn details(&mut self, step: &Step, indent: &str) {
        let names = self.answer.names;
        match step {
            Step::Forward(step) => self.forward(step, indent),
            Step::Return(step) => self.way_back(step, indent),
            Step::Translation(step) => {
                for device in &step.devices {
                    self.bullet(indent, &steps::device_translation(device, names));
                }
            }
            Step::Admission(step) => {
                if let Admission::Admitted { place, .. } = &step.admission {
                    let place = self.place(place);
                    self.bullet(indent, &place);
                }
            }
            Step::Publication(_) => {}
            Step::State(step) => {
                for crossing in &step.crossings {
                    let text = steps::device_state_sentence(&crossing.device, crossing.state, names);
                    let zone = if crossing.zone.is_empty() {
                        String::new()
                    } else {
                        format!(" Entered by zone {}.", crossing.zone)
                    };
                    self.bullet(indent, &format!("{text}{zone}"));
                }
            }
        }
    }

    fn forward(&mut self, step: &ForwardStep, indent: &str) {
        let mut rows = Vec::new();
        for candidate in step.candidates.iter().take(MAX_TOLD) {
            let why = match candidate.lost_at {
                None => steps::forward_attributes(candidate),
                Some(_) => steps::forward_lost(candidate, step),
            };
            let exit = self.answer.names.exit(&candidate.exit).to_owned();
            rows.push(Told {
                chosen: candidate.lost_at.is_none(),
                who: exit,
                prefix: &candidate.prefix,
                why,
                levers: &candidate.levers,
                place: &candidate.place,
            });
        }
        self.candidates(&rows, step.candidates.len(), indent);
        for (exit, why) in &step.no_say {
            self.bullet(indent, &steps::no_say(self.answer.names.exit(exit), why));
        }
    }

    fn way_back(&mut self, step: &ReturnStep, indent: &str) {
        let mut rows = Vec::new();
        for candidate in step.candidates.iter().take(MAX_TOLD) {
            let names = self.answer.names;
            let exits = names.exits(&candidate.exits, "or");
            let who = match &candidate.provider {
                Some(provider) if exits.is_empty() => format!("{} (no link up)", names.provider(provider)),
                Some(provider) => format!("{exits} ({})", names.provider(provider)),
                None => exits,
            };
            let why = match candidate.lost_at {
                None => words::count(u64::from(candidate.as_path_length), "AS hop"),
                Some(_) => steps::return_lost(candidate, step),
            };
            rows.push(Told {
                chosen: candidate.lost_at.is_none(),
                who,
                prefix: &candidate.prefix,
                why,
                levers: &candidate.levers,
                place: &candidate.place,
            });
        }
        self.candidates(&rows, step.candidates.len(), indent);
        for refusal in step.refused.iter().take(MAX_TOLD) {
            let text = steps::refusal(refusal, self.answer.names);
            let place = self.place(&refusal.place);
            self.bullet(indent, &format!("Not accepted: {text} ({place})"));
        }
        if step.refused.len() > MAX_TOLD {
            self.bullet(indent, &format!("and {} more not accepted", step.refused.len() - MAX_TOLD));
        }
    }

    /// Each candidate with its mark, and where it was written.
    fn candidates(&mut self, rows: &[Told<'_>], all: usize, indent: &str) {
        let mut table = Table::new(&[]);
        for row in rows {
            let mark = if row.chosen { ">" } else { " " };
            table.row([mark, &cut_middle(&row.who, 36), row.prefix, row.why.as_str()]);
        }
        let mut lines = String::new();
        table.print(&mut lines, indent, Style::default());
        for (line, row) in lines.lines().zip(rows) {
            self.out.push_str(&format!("{line}\n"));
            let inner = format!("{indent}     ");
            if let Some(levers) = steps::levers(row.levers, row.chosen) {
                paragraph(self.out, &inner, &inner, &levers);
            }
            let place = self.place(row.place);
            paragraph(self.out, &inner, &inner, &place);
        }
        if all > rows.len() {
            self.bullet(indent, &format!("and {} more", all - rows.len()));
        }
    }

    /// Where something was written, and what stands there.
    fn place(&self, place: &Place) -> String {
        let line = self.answer.line(place);
        let place = lists::place(place, self.answer.names);
        if line.is_empty() { place } else { format!("{place}: {line}") }
    }

    fn bullet(&mut self, indent: &str, text: &str) {
        paragraph(self.out, &format!("{indent}- "), &format!("{indent}  "), text);
    }
}

fn sources(out: &mut String, answer: &Traced, style: Style) {
    let mut cited: Vec<Citation> = Vec::new();
    for stage in stages(&answer.trace.first) {
        let citation = steps::citation(&stage.step);
        if !cited.contains(&citation) {
            cited.push(citation);
        }
    }
    if cited.is_empty() {
        return;
    }
    out.push_str(&format!("\n{}\n", style.strong("Sources")));
    for citation in cited {
        out.push_str(&format!("  [{}] {}\n", citations::short(citation), citations::title(citation)));
        if let Some(url) = citations::url(citation) {
            out.push_str(&format!("    {url}\n"));
        }
    }
}
