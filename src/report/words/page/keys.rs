//! The sheet of shortcuts.

use crate::desk::keys::{ALL, Area, Does, Held};

/// The sheet, and the button that shows it.
pub const SHEET: &str = "Keyboard shortcuts";
/// The button, with its key.
pub const SHEET_HINT: &str = "Keyboard shortcuts (?)";
/// What holds for all keys.
pub const SHEET_NOTE: &str = "On a Mac, Ctrl is ⌘ and Alt is ⌥. In a field that you type in, undo and redo take back \
     letters, and keys without Ctrl are letters. Tab goes from one place to the next; Escape closes what is open.";

/// Where keys work.
pub fn area(area: Area) -> &'static str {
    match area {
        Area::Page => "Anywhere",
        Area::Ask => "In the ask box",
        Area::Tabs => "On the tabs of the answer",
        Area::Table => "In a table or a long list",
        Area::Picture => "On the picture",
        Area::Map => "On the map",
        Area::Matrix => "In the matrix of failures",
        Area::Steps => "On a step of the rollout",
    }
}

/// What a key does; `None` where it isn't one of that area.
pub fn what(area: Area, does: Does) -> Option<&'static str> {
    Some(match (area, does) {
        (Area::Page, Does::Ask) => "Ask: an address, a prefix, a name or a verdict",
        (Area::Page, Does::Sheet) => "Show this sheet",
        (Area::Page, Does::Undo) => "Undo",
        (Area::Page, Does::Redo) => "Redo",
        (Area::Page, Does::Save) => "Save the plan as a file",
        (Area::Page, Does::Open) => "Open a plan from a file",
        (Area::Ask, Does::Up | Does::Down) => "Go through the answers",
        (Area::Ask, Does::Choose) => "Go to the answer, the first if none is chosen",
        (Area::Ask, Does::Close) => "Close the answers, then empty the box",
        (Area::Tabs, Does::Left | Does::Right) => "Open the tab beside",
        (Area::Tabs, Does::First | Does::Last) => "Open the first or last tab",
        (Area::Table, Does::Up | Does::Down) => "Go a row up or down",
        (Area::Table, Does::PageUp | Does::PageDown) => "Go up or down by what is in view",
        (Area::Table, Does::First | Does::Last) => "Go to the first or last row",
        (Area::Table, Does::Left | Does::Right) => "Close or open the parts of a row",
        (Area::Table, Does::Choose) => "Choose the row: its trace, or what is behind it",
        (Area::Map, Does::Up | Does::Down | Does::Left | Does::Right) => {
            "Go from cell to cell, and beyond the edge"
        }
        (Area::Map | Area::Picture, Does::Nearer) => "Zoom in",
        (Area::Map | Area::Picture, Does::Farther) => "Zoom out",
        (Area::Picture, Does::Whole) => "Show the whole picture",
        (Area::Map, Does::Whole) => "Show the whole space",
        (Area::Map, Does::Choose) => "Trace the cell's first address",
        (Area::Matrix, Does::Up | Does::Down | Does::Left | Does::Right) => "Go from cell to cell",
        (Area::Steps, Does::Up | Does::Down) => "Move the step up or down",
        _ => return None,
    })
}

/// The lines of an area: keys that do the same, each as the caps that are pressed together; and what they do.
pub fn sheet(of: Area) -> Vec<(Vec<Vec<&'static str>>, &'static str)> {
    let mut lines: Vec<(Vec<Vec<&'static str>>, &'static str)> = Vec::new();
    for key in ALL.iter().filter(|key| key.area == of) {
        let Some(what) = what(key.area, key.does) else { continue };
        let mut caps = match key.held {
            Held::Nothing => vec![],
            Held::Control => vec!["Ctrl"],
            Held::ControlShift => vec!["Ctrl", "Shift"],
            Held::Alt => vec!["Alt"],
        };
        caps.push(cap(key.key));
        match lines.iter_mut().find(|(_, other)| *other == what) {
            Some((keys, _)) => keys.push(caps),
            None => lines.push((vec![caps], what)),
        }
    }
    lines
}

/// What stands on a key.
fn cap(key: &'static str) -> &'static str {
    match key {
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "PageUp" => "Page up",
        "PageDown" => "Page down",
        "Escape" => "Esc",
        " " => "Space",
        "z" => "Z",
        "y" => "Y",
        "s" => "S",
        "o" => "O",
        other => other,
    }
}

/// The caps as they are read out: arrows by their words.
pub fn spoken(caps: &[&'static str]) -> String {
    let word = |cap: &&'static str| match *cap {
        "↑" => "Up",
        "↓" => "Down",
        "←" => "Left",
        "→" => "Right",
        "/" => "Slash",
        "?" => "Question mark",
        other => other,
    };
    caps.iter().map(word).collect::<Vec<_>>().join("+")
}

/// Between keys that do the same.
pub const OR: &str = "or";
