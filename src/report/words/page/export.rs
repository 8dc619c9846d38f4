//! Parts of the plan as configuration, on the page.

/// Opens it, and its title.
pub const EXPORT: &str = "Export…";
/// The same in more words.
pub const EXPORT_HINT: &str =
    "Write lists, pools, advertisements and policies of the plan as a router's configuration";
/// The dialog's title.
pub const TITLE: &str = "Export as configuration";
/// What it is for.
pub const INTRO: &str =
    "What the plan says, as a device reads it. Pasted into the import it reads the same again.";
/// What is written.
pub const WHAT: &str = "What";
/// Whose configuration.
pub const VENDOR: &str = "Written for";
/// What it is called there.
pub const NAME: &str = "Called";
/// Entries are put together.
pub const MINIMAL: &str = "As few entries as match the same";
/// Bounds of lengths.
pub const LONGEST: &str = "Also match up to";
/// Longer prefixes are left out.
pub const AT_MOST: &str = "None longer than";
/// Which family.
pub const FAMILY: &str = "Family";
/// Both of them.
pub const BOTH: &str = "IPv4 and IPv6";
/// The configuration.
pub const TEXT: &str = "Configuration";
/// Puts it on the clipboard.
pub const COPY: &str = "Copy";
/// It is there.
pub const COPIED: &str = "Copied";
/// The browser doesn't let it.
pub const NOT_COPIED: &str = "This browser doesn't let pages copy: mark the text and press Ctrl+C.";
/// Saves it as a file.
pub const DOWNLOAD: &str = "Download";
/// The plan has nothing to write.
pub const NOTHING: &str = "The plan holds nothing yet that could be written.";
/// It is on its way.
pub const WAITING: &str = "Being written.";

/// How many lines there are.
pub fn lines(number: usize) -> String {
    crate::report::words::count(number as u64, "line")
}

/// A note, as a sentence of its own.
pub fn note(note: crate::desk::export::Note) -> String {
    let said = crate::report::words::export::note(note);
    let mut letters = said.chars();
    letters.next().map(|first| format!("{}{}", first.to_uppercase(), letters.as_str())).unwrap_or_default()
}
