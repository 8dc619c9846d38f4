//! A list too long for a text box: looked at through a window that the engine fills.

use super::gutter::marked;
use super::list_box::{ListBoxProps, ListStatus, slug};
use crate::desk::door::ListFault;
use crate::desk::focus::Spot;
use crate::desk::keys::{Area, Does};
use crate::desk::scroll::Scroll;
use crate::desk::{Action, ImportInto};
use crate::report::words::page;
use crate::ui::dom;
use crate::ui::files::FilesHandle;
use crate::ui::inputs::LinesOf;
use crate::ui::keys::pressed;
use crate::ui::size::use_size;
use web_sys::Element;
use yew::{
    AttrValue, Callback, Html, component, html, use_context, use_effect_with, use_mut_ref, use_node_ref,
    use_state, use_state_eq,
};

/// The height of a line, in pixels; the style sheet says the same (`--line`).
const LINE_PX: u64 = 20;

/// So many lines are asked for at once, so many of them before those in view.
const WINDOW: u32 = 120;
const BEFORE: u32 = 50;

/// The window on a long list.
///
/// The lines stand still and say which they are; what scrolls is an empty box behind them, no higher than browsers
/// allow. So the bar reaches every line, and the keys go exactly one line or one window on, however long the list is.
#[component]
pub fn LongList(props: &ListBoxProps) -> Html {
    let viewer = use_node_ref();
    let spacer = use_node_ref();
    let open = use_state(|| false);
    let first = use_state_eq(|| 0_u64);
    // How far the box was scrolled by us, not by the user.
    let ours = use_mut_ref(|| 0_i32);
    let files = use_context::<FilesHandle>();
    let (_, height) = use_size(viewer.clone());
    let lines = use_context::<LinesOf>().and_then(|lines| lines.0.get(&props.list).cloned());
    let known = props.summary.as_ref().map_or(0, |summary| summary.lines);
    let total = lines.as_ref().map_or(known, |lines| lines.total);
    let scroll = Scroll {
        lines: u64::from(total),
        line_px: LINE_PX,
        window_px: u64::try_from(height).unwrap_or(0).max(LINE_PX),
    };
    let top_line = (*first).min(scroll.last_first());
    let shown_lines = (scroll.window_px.div_ceil(LINE_PX)).min(scroll.lines);

    use_effect_with((props.list.clone(), props.act.clone()), |(list, act)| {
        act.emit(Action::Watch { list: list.clone(), from: 0, count: WINDOW });
        let (list, act) = (list.clone(), act.clone());
        move || act.emit(Action::Unwatch(list))
    });
    use_effect_with(scroll.content_px(), {
        let spacer = spacer.clone();
        move |height| {
            if let Some(spacer) = spacer.cast::<Element>() {
                dom::set_style(&spacer, "height", &format!("{height}px"));
            }
        }
    });
    let (from, have) =
        lines.as_ref().map_or((0, 0), |lines| (lines.from, u32::try_from(lines.lines.len()).unwrap_or(0)));
    let wanted = u32::try_from(top_line).unwrap_or(u32::MAX);
    let inside = wanted >= from && (top_line + shown_lines).min(scroll.lines) <= u64::from(from) + u64::from(have);
    use_effect_with((wanted, inside, total), {
        let (act, list) = (props.act.clone(), props.list.clone());
        move |(wanted, inside, total)| {
            if !inside && *total > 0 {
                act.emit(Action::Watch { list, from: wanted.saturating_sub(BEFORE), count: WINDOW });
            }
        }
    });
    let show_line: Callback<u64> = {
        let (viewer, first, ours) = (viewer.clone(), first.setter(), ours.clone());
        Callback::from(move |line: u64| {
            let line = line.min(scroll.last_first());
            first.set(line);
            if let Some(viewer) = viewer.cast::<Element>() {
                viewer.set_scroll_top(i32::try_from(scroll.top_of(line)).unwrap_or(i32::MAX));
                *ours.borrow_mut() = viewer.scroll_top();
            }
        })
    };
    let reveal: Callback<u32> = {
        let (viewer, show_line) = (viewer.clone(), show_line.clone());
        Callback::from(move |line: u32| {
            show_line.emit(u64::from(line.saturating_sub(3)));
            if let Some(viewer) = viewer.cast::<web_sys::HtmlElement>() {
                let _ = viewer.focus();
            }
        })
    };
    use_effect_with((props.focus, total), {
        let (text, reveal) = (props.text.clone(), reveal.clone());
        move |(focus, _): &(Option<(Spot, u64)>, u32)| {
            if let Some((Spot::Byte(at), _)) = focus {
                let before = &text.as_str().as_bytes()[..(*at as usize).min(text.len())];
                let line = before.iter().filter(|byte| **byte == b'\n').count();
                reveal.emit(u32::try_from(line).unwrap_or(0));
            }
        }
    });
    let onscroll = {
        let (viewer, first, ours) = (viewer.clone(), first.setter(), ours.clone());
        move |_| {
            let Some(viewer) = viewer.cast::<Element>() else { return };
            let top = viewer.scroll_top();
            if std::mem::replace(&mut *ours.borrow_mut(), top) != top {
                first.set(scroll.first_at(u64::try_from(top).unwrap_or(0)));
            }
        }
    };
    let onkeydown = {
        let show_line = show_line.clone();
        move |event: web_sys::KeyboardEvent| {
            let page = shown_lines.max(2) - 1;
            let to = match pressed(Area::Table, &event) {
                Some(Does::Down) => top_line + 1,
                Some(Does::Up) => top_line.saturating_sub(1),
                Some(Does::PageDown) => top_line + page,
                Some(Does::PageUp) => top_line.saturating_sub(page),
                Some(Does::First) => 0,
                Some(Does::Last) => scroll.last_first(),
                _ => return,
            };
            event.prevent_default();
            show_line.emit(to);
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
    let faults = lines.as_ref().map(|lines| lines.faults.clone()).unwrap_or_default();
    let one = |line: u64| {
        let number = line + 1;
        let text = lines.as_ref().and_then(|lines| {
            let at = usize::try_from(line.checked_sub(u64::from(lines.from))?).ok()?;
            lines.lines.get(at).cloned()
        });
        let wrong: Vec<&ListFault> = faults.iter().filter(|fault| u64::from(fault.line) == number).collect();
        let class = match wrong.iter().max_by_key(|fault| fault.error) {
            Some(fault) if fault.error => "line-number line-error",
            Some(_) => "line-number line-warning",
            None => "line-number",
        };
        html! {
            <div class="long-line"><span class={class}>{ number.to_string() }</span><span>{ marked(&text.unwrap_or_default(), wrong) }</span></div>
        }
    };
    let id = slug(&props.list);
    let status_id = AttrValue::from(format!("{id}-read"));
    let select = {
        let faults: Vec<ListFault> =
            props.summary.as_ref().map(|summary| summary.faults.clone()).unwrap_or_default();
        Callback::from(move |span: (u32, u32)| {
            if let Some(fault) = faults.iter().find(|fault| fault.utf16 == span) {
                reveal.emit(fault.line);
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
                aria-describedby={status_id.clone()} {onscroll} {onkeydown}>
                <div class="long-lines">{ for (top_line..(top_line + shown_lines).min(scroll.lines)).map(one) }</div>
                <div class="long-spacer" ref={spacer}></div>
            </div>
            <ListStatus id={status_id} empty=false summary={props.summary.clone()} open={*open} {toggle} {select}
                list={props.list.clone()} text={props.text.clone()} current={props.current} act={props.act.clone()} />
        </div>
    }
}
