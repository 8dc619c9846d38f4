//! Light, dark, or as the system has it.

use super::icons::{Icon, icon};
use super::{dom, store};
use crate::report::words::page;
use yew::{Html, component, html, use_effect_with, use_state};

/// What was chosen.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    fn of(name: Option<&str>) -> Self {
        match name {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

/// The switch: one button that goes round.
#[component]
pub fn ThemeSwitch() -> Html {
    let theme = use_state(|| Theme::of(store::theme().as_deref()));
    use_effect_with(*theme, |theme| {
        if let Some(root) = dom::document().document_element() {
            let _ = match theme.name() {
                Some(name) => root.set_attribute("data-theme", name),
                None => root.remove_attribute("data-theme"),
            };
        }
    });
    let (shown, label) = match *theme {
        Theme::System => (Icon::System, page::THEME_SYSTEM),
        Theme::Light => (Icon::Sun, page::THEME_LIGHT),
        Theme::Dark => (Icon::Moon, page::THEME_DARK),
    };
    let onclick = {
        let theme = theme.clone();
        move |_| {
            let next = theme.next();
            store::put_theme(next.name());
            theme.set(next);
        }
    };
    html! {
        <button type="button" class="icon-button" aria-label={label} title={label} {onclick}>{ icon(shown) }</button>
    }
}
