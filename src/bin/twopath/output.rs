//! Standard output and standard error, as pipelines want them: a reader that goes away ends the run quietly.

use std::io::{self, ErrorKind, IsTerminal, Write};
use twopath::report::text::Style;

/// Why there is no answer: a line for standard error.
#[derive(Debug)]
pub struct Failure(pub String);

impl Failure {
    /// What is wrong with a file.
    pub fn of(file: &str, what: &str) -> Self {
        Self(format!("{file}: {what}"))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(format!("Can't write the answer: {}.", plain(&error)))
    }
}

/// An input or output error in plain words, without a full stop.
pub fn plain(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        ErrorKind::IsADirectory => "it is a directory".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

/// Writes to standard output. A reader that has gone away is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    quiet(out.write_all(text.as_bytes()).and_then(|()| out.flush())).map(|_| ())
}

/// Whether there is still a reader.
pub fn quiet(written: io::Result<()>) -> Result<bool, Failure> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Writes a failure to standard error.
pub fn complain(failure: &Failure) {
    note(&format!("twopath: {}", failure.0));
}

/// Writes a line to standard error; what can't be written is lost, for there is nowhere to say so.
pub fn note(line: &str) {
    // Control characters of a file must not steer the terminal.
    let line: String = line.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Colour only for a terminal, and not where NO_COLOR (no-color.org) is set.
pub fn style() -> Style {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    Style { colour: io::stdout().is_terminal() && !unwanted }
}
