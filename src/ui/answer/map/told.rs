//! The map in words: what becomes of each sixteenth of what is shown, and the way into it.

use super::ask;
use crate::desk::Action;
use crate::desk::door::TraceQuery;
use crate::desk::state::Told;
use crate::report::words::Names;
use crate::report::words::page::map as words;
use crate::space::Share;
use crate::study::map::{Amount, Part, Window, deepest};
use yew::{Callback, Html, html};

/// The parts of a cell in words, the largest first.
pub(super) fn parts(parts: &[Part], window: &Window, names: &Names) -> Vec<(Share, String)> {
    named(parts.iter().map(|part| (part.kind, part.share)), window, names)
}

/// The amounts of a block in words.
fn amounts(amounts: &[Amount], window: &Window, names: &Names) -> Vec<(Share, String)> {
    named(amounts.iter().map(|amount| (amount.kind, amount.share)), window, names)
}

fn named(parts: impl Iterator<Item = (u32, Share)>, window: &Window, names: &Names) -> Vec<(Share, String)> {
    parts.filter_map(|(kind, share)| Some((share, words::kind(window.kinds.get(kind as usize)?, names)))).collect()
}

/// The table.
pub(super) fn blocks(told: &Told<Window>, names: &Names, act: &Callback<Action>) -> Html {
    let (window, view) = (&told.window, &told.window.view);
    let row = |(number, own): (usize, &Vec<Amount>)| {
        let net = view.sixteenth(number as u32);
        // Blocks are of even length, so each is a map of its own; the nearest are traced.
        let (label, action) = if net.prefix_len() <= deepest(view.family()) {
            let next = view.of(net);
            (words::nearer_to(net), act.reform(move |_: yew::MouseEvent| ask(next.clone())))
        } else {
            let query = TraceQuery::Outbound { site: window.site.clone(), from: None, to: net.addr() };
            (words::trace(net.addr()), act.reform(move |_| Action::Trace(query.clone())))
        };
        html! {
            <tr>
                <th scope="row" class="mono">{ net.to_string() }</th>
                <td>{ words::listed(&amounts(own, window, names)) }</td>
                <td><button type="button" class="small" onclick={action}>{ label }</button></td>
            </tr>
        }
    };
    html! {
        <div class="study-scroll" tabindex="0">
            <table class="study-table map-table">
                <caption>{ words::IN_WORDS }</caption>
                <thead><tr>
                    <th scope="col">{ words::BLOCK }</th><th scope="col">{ words::BECOMES }</th>
                    <th scope="col">{ words::GO }</th>
                </tr></thead>
                <tbody>{ for window.blocks.iter().enumerate().map(row) }</tbody>
            </table>
        </div>
    }
}
