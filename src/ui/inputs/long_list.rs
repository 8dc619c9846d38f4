//! A list too long for a text box: looked at through a window that the engine fills.

use super::list_box::{ListBoxProps, ListStatus, slug};
use crate::desk::door::ListFault;
use crate::desk::focus::Spot;
use crate::desk::{Action, ImportInto};
use crate::report::words::page;
use crate::ui::dom;
use crate::ui::files::FilesHandle;
use crate::ui::inputs::LinesOf;
use web_sys::Element;
use yew::{AttrValue, Callback, Html, component, html, use_context, use_effect_with, use_node_ref, use_state};

/// The height of a line, in pixels.
const LINE: f64 = 20.0;

/// So many lines are asked for at once.
const WINDOW: u32 = 60;

/// Browsers cap an element's height: beyond so many pixels the scroll is scaled.
const MOST: f64 = 8_000_000.0;

/// The window on a long list.
#[component]
pub fn LongList(props: &ListBoxProps) -> Html {
    let viewer = use_node_ref();
    let spacer = use_node_ref();
    let open = use_state(|| false);
    let files = use_context::<FilesHandle>();
    let lines = use_context::<LinesOf>().and_then(|lines| lines.0.get(&props.list).cloned());
    let total = props.summary.as_ref().map_or(0, |summary| summary.lines);
    let height = (f64::from(total) * LINE).min(MOST);

    use_effect_with((props.list.clone(), props.act.clone()), |(list, act)| {
        act.emit(Action::Watch { list: list.clone(), from: 0, count: WINDOW });
        let (list, act) = (list.clone(), act.clone());
        move || act.emit(Action::Unwatch(list))
    });
    use_effect_with(total, {
        let spacer = spacer.clone();
        move |_| {
            if let Some(spacer) = spacer.cast::<Element>() {
                dom::set_style(&spacer, "height", &format!("{height}px"));
            }
        }
    });
    let show_line: Callback<u32> = {
        let viewer = viewer.clone();
        Callback::from(move |line: u32| {
            if let Some(viewer) = viewer.cast::<web_sys::HtmlElement>() {
                let share = f64::from(line.saturating_sub(3)) / f64::from(total.max(1));
                // A number of pixels, at most `MOST`.
                #[allow(clippy::cast_possible_truncation)]
                viewer.set_scroll_top((share * height) as i32);
                let _ = viewer.focus();
            }
        })
    };
    use_effect_with((props.focus, total), {
        let (text, show_line) = (props.text.clone(), show_line.clone());
        move |(focus, _): &(Option<(Spot, u64)>, u32)| {
            if let Some((Spot::Byte(at), _)) = focus {
                let before = &text.as_str().as_bytes()[..(*at as usize).min(text.len())];
                let line = before.iter().filter(|byte| **byte == b'\n').count();
                show_line.emit(u32::try_from(line).unwrap_or(0));
            }
        }
    });
    let onscroll = {
        let (viewer, act, list) = (viewer.clone(), props.act.clone(), props.list.clone());
        move |_| {
            if let Some(viewer) = viewer.cast::<Element>() {
                let share = f64::from(viewer.scroll_top()) / height.max(1.0);
                // At most the number of lines.
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let from = (share * f64::from(total)) as u32;
                act.emit(Action::Watch { list: list.clone(), from, count: WINDOW });
            }
        }
    };
    let replace = {
        let list = props.list.clone();
        move |_| {
            if let Some(files) = &files {
                files.pick_list.emit(ImportInto::List(list.clone()));
            }
        }
    };
    let clear = {
        let list = props.list.clone();
        props.act.reform(move |_| Action::list(list.clone(), "".into()))
    };
    let (from, shown, faults) =
        lines.map(|lines| (lines.from, lines.lines.clone(), lines.faults.clone())).unwrap_or_default();
    let one = |(index, line): (u32, &String)| {
        let number = from + index + 1;
        let class = match faults.iter().find(|fault: &&ListFault| fault.line == number) {
            Some(fault) if fault.error => "line-number line-error",
            Some(_) => "line-number line-warning",
            None => "line-number",
        };
        html! { <div class="long-line"><span class={class}>{ number.to_string() }</span><span>{ line }</span></div> }
    };
    let id = slug(&props.list);
    let status_id = AttrValue::from(format!("{id}-read"));
    let select = {
        let faults: Vec<ListFault> =
            props.summary.as_ref().map(|summary| summary.faults.clone()).unwrap_or_default();
        Callback::from(move |span: (u32, u32)| {
            if let Some(fault) = faults.iter().find(|fault| fault.utf16 == span) {
                show_line.emit(fault.line);
            }
        })
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |()| open.set(!*open))
    };
    html! {
        <div class="list-box">
            <div class="list-label-row">
                <span class="list-label">{ &props.label }</span>
                <button type="button" class="small" onclick={replace}>{ page::REPLACE }</button>
                <button type="button" class="small" onclick={clear}>{ page::CLEAR }</button>
            </div>
            <div ref={viewer} class="long-list" tabindex="0" role="region" aria-label={props.name.clone()}
                aria-describedby={status_id.clone()} {onscroll}>
                <div class="long-lines">{ for (0..).zip(shown.iter()).map(one) }</div>
                <div class="long-spacer" ref={spacer}></div>
            </div>
            <ListStatus id={status_id} empty=false summary={props.summary.clone()} open={*open} {toggle} {select}
                list={props.list.clone()} text={props.text.clone()} current={props.current} act={props.act.clone()} />
        </div>
    }
}
