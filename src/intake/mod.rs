//! Text in: recognise the format, read it, point at what is wrong, guess nothing silently.
//!
//! [`decode`] turns the bytes of a file into text, [`recognise`] ranks the formats it may be in, [`read`] reads it,
//! or a [`Reader`] does so in steps. What comes out is a [`Reading`]: prefixes with attributes, in named sets, each
//! knowing its place in the text, and faults with a span, a stable code and, where there is one, a fix. Reading
//! never stops at a fault. The sentences for faults are `report`'s.
//!
//! A format is one file with one small definition (name, title, kind, how to recognise and how to open it), and a line
//! in the table of [`format`]. Folders are families: [`plain`] is the list that people type, [`json`] holds the formats
//! in JSON over one forgiving scanner, [`bgp`] the BGP tables of devices, [`routes`] their routing tables, [`junos`] both in one, [`azure`] what Azure says of routes. What families share: [`lines`] (cleaned of
//! prompts, pagers and mail, with the place of every column), [`tables`] (one named set a VRF), [`mark`] (what a device
//! made of a route) and [`address`] (scanners for addresses).
//!
//! Configuration is no list: what a device does, in its order, is a [`config::Setup`], read by [`config`].
//!
//! This room knows only `plan` and `space`.

mod address;
mod as_path;
mod azure;
mod bgp;
mod bytes;
mod communities;
pub mod config;
mod csv;
mod fault;
pub mod flows;
mod format;
mod json;
mod junos;
mod lines;
mod mark;
mod memo;
mod nat;
mod parts;
mod place;
pub mod plain;
mod policy;
mod reader;
mod reading;
mod recognise;
mod routes;
mod tables;

pub use bytes::{BytesError, Decoded, MAX_TEXT, Note, decode};
pub use fault::{Counted, Expected, Fault, FaultCode, Faults, Fix, JsonProblem, MAX_FAULTS, Severity};
pub use format::{Format, Kind, UnknownFormat};
pub use mark::{Choice, Mark, Via};
pub use parts::{MAX_PARTS, MAX_SPLIT, TextPart, split};
pub use place::{LineColumn, LineIndex};
pub use reader::{Progress, Reader};
pub use reading::{Entry, MAX_ENTRIES, MAX_SETS, MAX_URLS, NamedSet, Neighbour, Reading, SetDetails};
pub use recognise::{Guess, Reason, recognise};

pub(crate) use reading::Draft;

/// Reads a text in the format named, or in the likeliest one.
pub fn read(text: &str, as_format: Option<Format>) -> Reading {
    Reader::new(text, as_format).finish()
}
