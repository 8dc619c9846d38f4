//! Every key that the page has: one table, which the page works by and the sheet of shortcuts shows.
//!
//! A key that isn't in the table does nothing, and one that is does what the table says: so the sheet can't lie.

/// Where a key works.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Area {
    /// Anywhere; keys without Ctrl not while typing.
    Page,
    /// The answers of the ask box.
    Ask,
    /// The row of tabs.
    Tabs,
    /// Tables, and lists that are too long to edit.
    Table,
    /// The map.
    Map,
    /// The picture.
    Picture,
    /// The matrix of failures.
    Matrix,
    /// The steps of a rollout.
    Steps,
}

impl Area {
    /// All, in the order of the sheet.
    pub const ALL: [Self; 8] =
        [Self::Page, Self::Ask, Self::Tabs, Self::Table, Self::Picture, Self::Map, Self::Matrix, Self::Steps];
}

/// What a key does.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Does {
    /// Takes a step back.
    Undo,
    /// Does it again.
    Redo,
    /// Saves the plan as a file.
    Save,
    /// Opens a file.
    Open,
    /// Goes to the ask box.
    Ask,
    /// Shows the shortcuts.
    Sheet,
    /// Goes up, or to the one before.
    Up,
    /// Goes down, or to the next.
    Down,
    /// Goes left.
    Left,
    /// Goes right.
    Right,
    /// Goes up by what is in view.
    PageUp,
    /// Goes down by it.
    PageDown,
    /// Goes to the first.
    First,
    /// Goes to the last.
    Last,
    /// Takes what the keys are on.
    Choose,
    /// Closes what is open.
    Close,
    /// Shows more of less.
    Nearer,
    /// Shows less of more.
    Farther,
    /// Shows all.
    Whole,
}

/// What is held with a key. Shift alone is no matter: which keys need it depends on the keyboard.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Held {
    /// Nothing.
    Nothing,
    /// Ctrl, or on a Mac Command.
    Control,
    /// The same with Shift.
    ControlShift,
    /// Alt, or on a Mac Option.
    Alt,
}

/// A key of the table.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Key {
    /// Where it works.
    pub area: Area,
    /// What is held with it.
    pub held: Held,
    /// What the web calls it, in small letters where it is a letter.
    pub key: &'static str,
    /// What it does.
    pub does: Does,
}

const fn key(area: Area, key: &'static str, does: Does) -> Key {
    Key { area, held: Held::Nothing, key, does }
}

const fn held(held: Held, key: &'static str, does: Does) -> Key {
    Key { area: Area::Page, held, key, does }
}

/// The table.
pub const ALL: &[Key] = &[
    key(Area::Page, "/", Does::Ask),
    key(Area::Page, "?", Does::Sheet),
    held(Held::Control, "z", Does::Undo),
    held(Held::ControlShift, "z", Does::Redo),
    held(Held::Control, "y", Does::Redo),
    held(Held::Control, "s", Does::Save),
    held(Held::Control, "o", Does::Open),
    key(Area::Ask, "ArrowDown", Does::Down),
    key(Area::Ask, "ArrowUp", Does::Up),
    key(Area::Ask, "Enter", Does::Choose),
    key(Area::Ask, "Escape", Does::Close),
    key(Area::Tabs, "ArrowRight", Does::Right),
    key(Area::Tabs, "ArrowLeft", Does::Left),
    key(Area::Tabs, "Home", Does::First),
    key(Area::Tabs, "End", Does::Last),
    key(Area::Table, "ArrowDown", Does::Down),
    key(Area::Table, "ArrowUp", Does::Up),
    key(Area::Table, "PageDown", Does::PageDown),
    key(Area::Table, "PageUp", Does::PageUp),
    key(Area::Table, "Home", Does::First),
    key(Area::Table, "End", Does::Last),
    key(Area::Table, "ArrowRight", Does::Right),
    key(Area::Table, "ArrowLeft", Does::Left),
    key(Area::Table, "Enter", Does::Choose),
    key(Area::Table, " ", Does::Choose),
    key(Area::Picture, "+", Does::Nearer),
    key(Area::Picture, "=", Does::Nearer),
    key(Area::Picture, "-", Does::Farther),
    key(Area::Picture, "0", Does::Whole),
    key(Area::Map, "ArrowDown", Does::Down),
    key(Area::Map, "ArrowUp", Does::Up),
    key(Area::Map, "ArrowRight", Does::Right),
    key(Area::Map, "ArrowLeft", Does::Left),
    key(Area::Map, "+", Does::Nearer),
    key(Area::Map, "=", Does::Nearer),
    key(Area::Map, "-", Does::Farther),
    key(Area::Map, "0", Does::Whole),
    key(Area::Map, "Enter", Does::Choose),
    key(Area::Matrix, "ArrowDown", Does::Down),
    key(Area::Matrix, "ArrowUp", Does::Up),
    key(Area::Matrix, "ArrowRight", Does::Right),
    key(Area::Matrix, "ArrowLeft", Does::Left),
    Key { area: Area::Steps, held: Held::Alt, key: "ArrowUp", does: Does::Up },
    Key { area: Area::Steps, held: Held::Alt, key: "ArrowDown", does: Does::Down },
];

/// What a key does in an area, and `None` where that is the browser's matter.
pub fn does(area: Area, key: &str, control: bool, shift: bool, alt: bool) -> Option<Does> {
    let held = match (control, shift, alt) {
        (false, _, false) => Held::Nothing,
        (true, false, false) => Held::Control,
        (true, true, false) => Held::ControlShift,
        (false, _, true) => Held::Alt,
        (true, _, true) => return None,
    };
    // With Shift, or with Caps Lock, a letter comes as a capital.
    let small = key.to_ascii_lowercase();
    let is = |own: &&Key| own.area == area && own.held == held && (own.key == key || own.key == small);
    ALL.iter().find(is).map(|own| own.does)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::words::page::keys as words;

    #[test]
    fn each_key_does_one_thing_in_its_area_and_the_sheet_has_a_word_for_it() {
        for (at, own) in ALL.iter().enumerate() {
            let (control, shift, alt) = match own.held {
                Held::Nothing => (false, false, false),
                Held::Control => (true, false, false),
                Held::ControlShift => (true, true, false),
                Held::Alt => (false, false, true),
            };
            assert_eq!(does(own.area, own.key, control, shift, alt), Some(own.does), "{own:?}");
            let same = |other: &Key| (other.area, other.held, other.key) == (own.area, own.held, own.key);
            assert!(!ALL[..at].iter().any(same), "twice: {own:?}");
            assert!(words::what(own.area, own.does).is_some(), "no word for {own:?}");
            assert!(Area::ALL.contains(&own.area));
        }
        for area in Area::ALL {
            assert!(words::sheet(area).iter().all(|(keys, what)| !keys.is_empty() && !what.is_empty()));
        }
    }

    #[test]
    fn what_is_held_matters_and_the_case_does_not() {
        assert_eq!(does(Area::Page, "Z", true, true, false), Some(Does::Redo));
        assert_eq!(does(Area::Page, "Z", true, false, false), Some(Does::Undo), "Caps Lock");
        assert_eq!(does(Area::Page, "?", false, true, false), Some(Does::Sheet), "Shift is how it is typed");
        assert_eq!(does(Area::Page, "/", false, true, false), Some(Does::Ask));
        for (key, control, shift, alt) in [
            ("z", false, false, false),
            ("/", true, false, false),
            ("y", true, true, false),
            ("z", true, false, true),
        ] {
            assert_eq!(does(Area::Page, key, control, shift, alt), None, "{key}");
        }
        assert_eq!(does(Area::Steps, "ArrowUp", false, false, false), None);
        assert_eq!(does(Area::Tabs, "ArrowDown", false, false, false), None);
    }
}
