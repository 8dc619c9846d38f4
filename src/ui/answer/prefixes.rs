//! A list of prefixes, a window of it at a time, to be read, selected and copied.

use crate::report::words::page::coverage as words;
use crate::ui::dom;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_state};

/// What a list shows.
#[derive(Properties, PartialEq)]
pub struct PrefixListProps {
    /// The prefixes of the window.
    pub nets: Vec<String>,
    /// The first of them, from 0.
    pub from: u32,
    /// How many there are in all.
    pub total: u32,
    /// How many a window has.
    pub count: u32,
    /// Asks for the window from here on.
    pub turn: Callback<u32>,
}

/// The list.
#[component]
pub fn PrefixList(props: &PrefixListProps) -> Html {
    // Whether it was copied; absent: not tried.
    let copied = use_state(|| None::<bool>);
    {
        let copied = copied.setter();
        use_effect_with(props.nets.clone(), move |_| copied.set(None));
    }
    let text = props.nets.join("\n");
    let copy = {
        let (text, copied) = (text.clone(), copied.setter());
        Callback::from(move |_| copied.set(Some(dom::copy(&text))))
    };
    let (from, count) = (props.from, props.count.max(1));
    let earlier = props.turn.reform(move |_| from.saturating_sub(count));
    let later = props.turn.reform(move |_| from.saturating_add(count));
    let more = props.total > u32::try_from(props.nets.len()).unwrap_or(u32::MAX);
    html! {
        <div class="nets">
            <div class="nets-tools">
                <span class="quiet" role="status">{ words::shown(from, props.nets.len(), props.total) }</span>
                if more {
                    <button type="button" class="small" disabled={from == 0} onclick={earlier}>{ words::EARLIER }</button>
                    <button type="button" class="small" disabled={from.saturating_add(count) >= props.total} onclick={later}>
                        { words::LATER }
                    </button>
                }
                <button type="button" class="small" onclick={copy}>
                    { if *copied == Some(true) { words::COPIED } else { words::COPY } }
                </button>
                if *copied == Some(false) {
                    <span class="quiet" role="status">{ words::NOT_COPIED }</span>
                }
            </div>
            <div class="nets-list" tabindex="0" role="region" aria-label={words::PREFIX_LIST}>
                <pre class="nets-text mono">{ text }</pre>
            </div>
        </div>
    }
}
