//! What the page says of links that hold a plan.

use super::lists::grouped as grouped_u32;
use crate::desk::link::{Fit, LinkError, MOST_CHARACTERS, MOST_JSON, PASSES_MAIL};
use crate::report::words::load_error;

/// Opens the dialog.
pub const SHARE: &str = "Share";
/// What that does.
pub const SHARE_HINT: &str = "A link that holds the plan, to copy";
/// The dialog's title.
pub const TITLE: &str = "Share this plan";
/// What a link is.
pub const INTRO: &str = "The link holds the whole plan as it is now, compressed, behind the #. Browsers send that part to no server. Whoever opens the link gets a plan of their own; yours stays as it is.";
/// The field with the link.
pub const LINK: &str = "Link";
/// Copies the link.
pub const COPY: &str = "Copy the link";
/// It was copied.
pub const COPIED: &str = "Copied.";
/// It wasn't.
pub const NOT_COPIED: &str = "This browser doesn't let the page copy: mark the link and copy it.";
/// Saves the plan as a file.
pub const FILE: &str = "Save as a file";
/// The page was opened from disk.
pub const FROM_DISK: &str = "This page was opened from disk: its address means nothing elsewhere. Send the file, or what stands from # on, to be put behind the address of any Twopath.";
/// A plan was opened from a link.
pub const FROM_LINK: &str = "This plan came by a link.";
/// Goes back to the plan before.
pub const BACK: &str = "Back to my plan";

/// How long a link is, and what that means.
pub fn length(characters: usize, fit: Fit) -> String {
    let n = grouped(characters);
    match fit {
        Fit::Everywhere => format!("{n} characters: every mail program carries that."),
        Fit::Mostly => format!(
            "{n} characters: browsers carry that, but some mail programs cut a link after {}. A link that was cut \
             says so; then send the file.",
            grouped(PASSES_MAIL)
        ),
        Fit::TooLong => format!(
            "A link would have {n} characters, and more than {} are not carried safely. Send the file instead.",
            grouped(MOST_CHARACTERS)
        ),
    }
}

/// The plan is larger than any link.
pub fn too_large() -> String {
    format!("This plan is too large for a link (more than {}). Send the file instead.", kilobytes(MOST_JSON))
}

/// Why a link isn't opened.
pub fn bad_link(error: &LinkError) -> String {
    let why = match error {
        LinkError::Cut => "the link's end is missing. Mail programs cut long links: ask for the plan as a file.".to_owned(),
        LinkError::Altered => {
            "the link isn't what was sent: something changed or cut it on the way. Copy it once more, whole, or ask for the \
             plan as a file."
                .to_owned()
        }
        LinkError::Newer { version } => {
            format!("a newer Twopath made it (links of version {version}), or it was changed on the way.")
        }
        LinkError::TooLarge => format!("the link unpacks to more than {}.", kilobytes(MOST_JSON)),
        LinkError::Plan(error) => return format!("{UNOPENED}. {}", load_error(error)),
    };
    format!("{UNOPENED}: {why}")
}

const UNOPENED: &str = "The link was not opened, and the plan you had is unchanged";

fn kilobytes(bytes: usize) -> String {
    format!("{} kB", grouped(bytes / 1024))
}

fn grouped(number: usize) -> String {
    grouped_u32(u32::try_from(number).unwrap_or(u32::MAX))
}
