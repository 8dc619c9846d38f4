//! The command line, read by hand: a handful of commands does not carry an argument parser's compile time.

use std::path::PathBuf;

use crate::failure::{Failure, Result};

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask serve [--port N]     build the page and serve it on 127.0.0.1 (8080, or the next free port)
cargo xtask build [--quick]      build the page into dist/ and print its sizes; --quick, for trying changes:
                                 not optimised, larger and slower, made in a fraction of the time
cargo xtask test [--only PARTS] [-- FILTER]
                                 everything that must hold; PARTS, in this order, with commas between:
                                   fmt       formatting
                                   licences  licences of all dependencies against the allow-list
                                   clippy    warnings in native code and in the page's code, as errors
                                   native    tests, compiled for this machine
                                   wasm      the tests named tests/wasm_*.rs, in a browser
                                   browser   the built page in a browser (FILTER picks tests by name)
cargo xtask bench [--quick] [--only ROW] [--native] [--docs]
                                 measure the engine beside its peers into target/bench/summary.json and .md;
                                 --quick shows only that it works, --only takes rows whose name has ROW in it,
                                 --native leaves out wasm and the browser, --docs writes static/docs/benchmarks.md
cargo xtask reproduce [--quick]  build what is committed in two folders and compare every byte of the two pages
cargo xtask lighthouse           what Lighthouse says of dist/ on a desktop, into target/lighthouse/summary.json
cargo xtask screenshots [--against FOLDER]
                                 picture every view of dist/ (wide, dark, narrow, paper) into target/views;
                                 --against compares with a copy of earlier ones and fails where any changed
cargo xtask setup                install what is missing, and nothing else
cargo xtask help                 this text

Tools are kept in $TWOPATH_CACHE or ~/.cache, below twopath/. CHROME and CHROMEDRIVER name a browser and its
driver that are not on PATH. With CI=true a missing browser is a failure.";

/// A part of `cargo xtask test`, in the order in which they run: cheap ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Formatting.
    Fmt,
    /// Licences of all dependencies.
    Licences,
    /// Warnings, as errors.
    Clippy,
    /// Native tests.
    Native,
    /// Tests compiled to wasm, in a browser.
    Wasm,
    /// The built page in a browser.
    Browser,
}

impl Part {
    /// All parts in their order, with the names that `--only` takes.
    pub const ALL: [(&'static str, Self); 6] = [
        ("fmt", Self::Fmt),
        ("licences", Self::Licences),
        ("clippy", Self::Clippy),
        ("native", Self::Native),
        ("wasm", Self::Wasm),
        ("browser", Self::Browser),
    ];
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    /// Build and serve.
    Serve {
        /// The first port to try.
        port: u16,
    },
    /// Build.
    Build(Effort),
    /// Test.
    Test {
        /// In the order of [`Part`], each once.
        parts: Vec<Part>,
        /// Handed to the browser tests.
        filter: Vec<String>,
    },
    /// Measure.
    Bench(Bench),
    /// Build twice and compare.
    Reproduce(Effort),
    /// Ask Lighthouse.
    Lighthouse,
    /// Picture every view.
    Screenshots {
        /// An earlier folder of pictures.
        against: Option<PathBuf>,
    },
    /// Install.
    Setup,
    /// Print [`HELP`].
    Help,
}

/// How much the compiler shall do for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// What is released.
    Full,
    /// Enough to see it work.
    Quick,
}

/// How to measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bench {
    /// Few rounds on a small table.
    pub quick: bool,
    /// Only rows whose name has this in it.
    pub only: Option<String>,
    /// Neither wasm nor the page.
    pub native: bool,
    /// Write the tables into the docs.
    pub docs: bool,
}

/// Reads the arguments behind the program's name.
pub fn parse(mut args: impl Iterator<Item = String>) -> Result<Task> {
    let task = match args.next().as_deref() {
        Some("serve") => Task::Serve { port: port(&mut args)? },
        Some("build") => Task::Build(effort("build", &mut args)?),
        Some("test") => test(&mut args)?,
        Some("bench") => bench(&mut args)?,
        Some("reproduce") => Task::Reproduce(effort("reproduce", &mut args)?),
        Some("lighthouse") => Task::Lighthouse,
        Some("screenshots") => Task::Screenshots { against: against(&mut args)? },
        Some("setup") => Task::Setup,
        None | Some("help" | "--help" | "-h") => Task::Help,
        Some(other) => return Err(wrong(format!("no command `{other}`"))),
    };
    match args.next() {
        Some(extra) if task != Task::Help => Err(wrong(format!("`{extra}` is one argument too many"))),
        _ => Ok(task),
    }
}

fn effort(command: &str, args: &mut impl Iterator<Item = String>) -> Result<Effort> {
    match args.next().as_deref() {
        None => Ok(Effort::Full),
        Some("--quick") => Ok(Effort::Quick),
        Some(other) => Err(wrong(format!("{command} takes no `{other}`"))),
    }
}

fn against(args: &mut impl Iterator<Item = String>) -> Result<Option<PathBuf>> {
    match args.next().as_deref() {
        None => Ok(None),
        Some("--against") => {
            args.next().map(|folder| Some(folder.into())).ok_or_else(|| wrong("--against takes a folder"))
        }
        Some(other) => Err(wrong(format!("screenshots takes no `{other}`"))),
    }
}

fn port(args: &mut impl Iterator<Item = String>) -> Result<u16> {
    match args.next().as_deref() {
        None => Ok(8080),
        Some("--port") => args
            .next()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| wrong("--port takes a number from 0 to 65535")),
        Some(other) => Err(wrong(format!("serve takes no `{other}`"))),
    }
}

fn test(args: &mut impl Iterator<Item = String>) -> Result<Task> {
    let mut parts: Vec<Part> = Part::ALL.map(|(_, part)| part).to_vec();
    let mut filter = Vec::new();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--only" => {
                let names = args.next().ok_or_else(|| wrong("--only takes the names of parts"))?;
                parts = names.split(',').map(|name| part(name.trim())).collect::<Result<_>>()?;
                parts.sort_unstable();
                parts.dedup();
            }
            "--" => filter.extend(args.by_ref()),
            other => return Err(wrong(format!("test takes no `{other}`"))),
        }
    }
    Ok(Task::Test { parts, filter })
}

fn bench(args: &mut impl Iterator<Item = String>) -> Result<Task> {
    let mut bench = Bench::default();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--quick" => bench.quick = true,
            "--native" => bench.native = true,
            "--docs" => bench.docs = true,
            "--only" => {
                bench.only = Some(args.next().ok_or_else(|| wrong("--only takes a part of a row's name"))?);
            }
            other => return Err(wrong(format!("bench takes no `{other}`"))),
        }
    }
    Ok(Task::Bench(bench))
}

fn part(name: &str) -> Result<Part> {
    let found = Part::ALL.iter().find(|(known, _)| *known == name);
    found.map(|(_, part)| *part).ok_or_else(|| wrong(format!("there is no part `{name}`")))
}

fn wrong(what: impl Into<String>) -> Failure {
    Failure::new(what, "see `cargo xtask help`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Task> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn commands_are_read() {
        assert_eq!(parsed("serve").unwrap(), Task::Serve { port: 8080 });
        assert_eq!(parsed("serve --port 0").unwrap(), Task::Serve { port: 0 });
        assert_eq!(parsed("build").unwrap(), Task::Build(Effort::Full));
        assert_eq!(parsed("build --quick").unwrap(), Task::Build(Effort::Quick));
        assert_eq!(parsed("reproduce").unwrap(), Task::Reproduce(Effort::Full));
        assert_eq!(parsed("reproduce --quick").unwrap(), Task::Reproduce(Effort::Quick));
        assert_eq!(parsed("lighthouse").unwrap(), Task::Lighthouse);
        assert_eq!(parsed("screenshots").unwrap(), Task::Screenshots { against: None });
        let against = Some("old".into());
        assert_eq!(parsed("screenshots --against old").unwrap(), Task::Screenshots { against });
        assert_eq!(parsed("").unwrap(), Task::Help);
        assert_eq!(
            parsed("test --only browser,fmt,fmt -- opens").unwrap(),
            Task::Test { parts: vec![Part::Fmt, Part::Browser], filter: vec!["opens".into()] }
        );
    }

    #[test]
    fn measuring_has_its_switches() {
        assert_eq!(parsed("bench").unwrap(), Task::Bench(Bench::default()));
        let asked = Bench { quick: true, only: Some("lookup".into()), native: true, docs: true };
        assert_eq!(parsed("bench --quick --only lookup --native --docs").unwrap(), Task::Bench(asked));
    }

    #[test]
    fn parts_run_in_the_order_of_their_list() {
        assert!(Part::ALL.is_sorted_by_key(|(_, part)| *part));
    }

    #[test]
    fn mistakes_are_named() {
        for line in [
            "bulid",
            "serve --port",
            "serve --port 70000",
            "serve 8080",
            "test --only",
            "test --only all",
            "build now",
            "build --quick now",
            "reproduce --fast",
            "screenshots --against",
            "screenshots old",
            "lighthouse now",
            "bench --only",
            "bench --fast",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
