//! The sheet of shortcuts: the table of keys, area by area.

use super::dialog::Dialog;
use crate::desk::keys::Area;
use crate::report::words::page::keys as words;
use yew::{Callback, Html, Properties, component, html};

/// The sheet, open as long as it is there.
#[derive(Properties, PartialEq)]
pub struct SheetProps {
    /// Closed.
    pub close: Callback<()>,
}

/// Shows it.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    html! {
        <Dialog title={words::SHEET} close={props.close.clone()}>
            <div class="keys">{ for Area::ALL.into_iter().map(area) }</div>
            <p class="quiet keys-note">{ words::SHEET_NOTE }</p>
        </Dialog>
    }
}

fn area(area: Area) -> Html {
    let line = |(keys, what): (Vec<Vec<&'static str>>, &'static str)| {
        html! {
            <tr>
                <td class="keys-caps">
                    { for keys.iter().enumerate().map(|(at, caps)| html! {
                        <>
                            if at > 0 { <span class="quiet">{ " " }{ words::OR }{ " " }</span> }
                            <span class="keys-chord">
                                <span class="unseen">{ words::spoken(caps) }</span>
                                { for caps.iter().map(|cap| html! { <kbd aria-hidden="true">{ *cap }</kbd> }) }
                            </span>
                        </>
                    }) }
                </td>
                <td>{ what }</td>
            </tr>
        }
    };
    html! {
        <table class="keys-area">
            <caption>{ words::area(area) }</caption>
            <tbody>{ for words::sheet(area).into_iter().map(line) }</tbody>
        </table>
    }
}
