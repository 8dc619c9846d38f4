//! Which format a log is in, told by its beginning.

use super::bytes::{Coding, PACKED};
use super::columns::{Columns, by_number, headings, name_of, propose};
use super::fault::quoted;
use super::format::{LogFormat, Shape};
use super::record::Field;
use crate::plan::LogColumns;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// In so many lines a heading is looked for.
const LINES: usize = 20;

/// The format of a log that begins with this text, and the naming by which it is read; `None` where it is none that is
/// known.
pub fn recognise(begin: &str, known: &[LogColumns]) -> Option<(LogFormat, Option<LogColumns>)> {
    recognise_bytes(begin.as_bytes(), known)
}

/// The same of bytes, in UTF-8.
pub fn recognise_bytes(begin: &[u8], known: &[LogColumns]) -> Option<(LogFormat, Option<LogColumns>)> {
    let begin = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin);
    if begin.trim_ascii_start().first().is_some_and(|byte| matches!(byte, b'{' | b'[')) {
        let text = String::from_utf8_lossy(begin);
        let json = |format: &LogFormat| {
            matches!(format.definition().shape, Shape::Json(_)) && (format.definition().recognise)(&text)
        };
        return LogFormat::ALL.into_iter().find(json).map(|format| (format, None));
    }
    for format in LogFormat::ALL {
        if let Shape::Csv(names) = format.definition().shape
            && lines(begin).any(|line| Columns::of_format(line, names).is_some())
        {
            return Some((format, None));
        }
    }
    naming(begin, known).map(|columns| (LogFormat::Named, Some(columns)))
}

/// What a file looks like that may be a flow log.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Looks {
    /// The format; `None` where someone has to say first which column holds what.
    pub format: Option<LogFormat>,
    /// The naming by which its columns are known.
    pub columns: Option<LogColumns>,
    /// The line that may be its heading; empty where there is none.
    pub heading: String,
}

/// What a file looks like that begins with these bytes, packed or not; `None` where nothing says that it is a log.
///
/// CSV of no known kind is taken for a log where its heading names both ends, and bytes or a time.
pub fn looks(begin: &[u8], known: &[LogColumns]) -> Option<Looks> {
    let mut coding = Coding::of(begin);
    let mut text = Vec::new();
    for piece in begin.chunks(PACKED) {
        // What is cut off, or damaged, has a beginning all the same.
        if coding.take(piece, &mut text).is_err() || text.len() >= super::LOOK_AT {
            break;
        }
    }
    let _ = coding.end(&mut text);
    text.truncate(super::LOOK_AT);
    let heading = heading(&text);
    if let Some((format, columns)) = recognise_bytes(&text, known) {
        return Some(Looks { format: Some(format), columns, heading });
    }
    let proposed = propose(&heading);
    let has = |field| !name_of(&proposed, field).is_empty();
    let any = [Field::Bytes, Field::Start, Field::End].into_iter().any(has);
    (has(Field::Source) && has(Field::Destination) && any).then_some(Looks {
        format: None,
        columns: None,
        heading,
    })
}

/// The first naming whose names all stand in the log's heading. Numbers fit any log, so they are only for a log that is
/// said to be so.
pub(super) fn naming(begin: &[u8], known: &[LogColumns]) -> Option<LogColumns> {
    let fits = |names: &&LogColumns| {
        !by_number(names) && lines(begin).any(|line| Columns::of_names(line, names).is_some())
    };
    known.iter().find(fits).cloned()
}

/// The line that is likeliest to be a heading: the first with several names. Empty where there is none.
pub(super) fn heading(begin: &[u8]) -> String {
    let line = lines(begin).find(|line| headings(&String::from_utf8_lossy(line)).len() >= 4);
    line.map(|line| String::from_utf8_lossy(line.get(..line.len().min(8192)).unwrap_or_default()).into_owned())
        .filter(|line| !quoted(line.as_bytes()).contains(['{', '<', '\0']))
        .unwrap_or_default()
}

fn lines(begin: &[u8]) -> impl Iterator<Item = &[u8]> {
    let whole = begin.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    whole.filter(|line| !line.trim_ascii().is_empty()).take(LINES)
}
