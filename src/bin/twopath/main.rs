//! The command line: the same engine as the page, for terminals, scripts and pipelines.

mod add_flows;
mod adopt;
mod args;
mod ask;
mod capacity;
mod catalogue;
mod check;
mod checklist;
mod coverage;
mod diff;
mod down;
mod export;
mod failures;
mod fix;
mod flows;
mod import;
mod input;
mod lookup;
mod output;
mod reality;
mod report;
mod rollout;
mod trace;

use args::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

/// How a run ended.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Outcome {
    /// All is well.
    Works,
    /// Something fails, or can't be told.
    Fails,
    /// The input, or a part of it, is unusable.
    Unusable,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Works => ExitCode::SUCCESS,
            Outcome::Fails => ExitCode::from(1),
            Outcome::Unusable => ExitCode::from(2),
        }
    }
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Trace(arguments) => trace::run(&arguments),
        Command::Coverage(arguments) => coverage::run(&arguments),
        Command::Failures(arguments) => failures::run(&arguments),
        Command::Fix(arguments) => fix::run(&arguments),
        Command::Capacity(arguments) => capacity::run(&arguments),
        Command::Catalogue(arguments) => catalogue::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Rollout(arguments) => rollout::run(&arguments),
        Command::Lookup(arguments) => lookup::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Adopt(arguments) => adopt::run(&arguments),
        Command::AddFlows(arguments) => add_flows::run(&arguments),
        Command::Flows(arguments) => flows::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Reality(arguments) => reality::run(&arguments),
        Command::Checklist(arguments) => checklist::run(&arguments),
        Command::Schema => output::print(twopath::plan::SCHEMA).map(|()| Outcome::Works),
    };
    match done {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            output::complain(&failure);
            Outcome::Unusable.into()
        }
    }
}
