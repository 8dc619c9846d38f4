//! Small drawings, each beside a word or a label that says the same.

use yew::{Html, html};

/// What is drawn.
#[derive(Copy, Clone, PartialEq, Eq)]
pub enum Icon {
    /// An arrow that goes back.
    Undo,
    /// An arrow that goes on.
    Redo,
    /// A sun.
    Sun,
    /// A moon.
    Moon,
    /// A screen.
    System,
    /// A cross to close or remove.
    Cross,
    /// A plus.
    Plus,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
    /// A wedge that turns when its panel is open.
    Wedge,
}

/// Draws it, as large as the text beside it.
pub fn icon(icon: Icon) -> Html {
    let path = match icon {
        Icon::Undo => "M6 3 2.5 6.5 6 10M2.5 6.5H10a3.5 3.5 0 0 1 0 7H6",
        Icon::Redo => "M10 3l3.5 3.5L10 10M13.5 6.5H6a3.5 3.5 0 0 0 0 7h4",
        Icon::Sun => {
            "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1"
        }
        Icon::Moon => "M13 9.8A5.6 5.6 0 0 1 6.2 3 5.6 5.6 0 1 0 13 9.8Z",
        Icon::System => "M2 3h12v8H2zM5.5 14h5M8 11v3",
        Icon::Cross => "M4 4l8 8M12 4l-8 8",
        Icon::Plus => "M8 3v10M3 8h10",
        Icon::Up => "M8 13V3M4 7l4-4 4 4",
        Icon::Down => "M8 3v10M4 9l4 4 4-4",
        Icon::Wedge => "M6 4l4 4-4 4",
    };
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d={path} /></svg>
    }
}
