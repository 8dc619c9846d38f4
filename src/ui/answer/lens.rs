//! Looking closer at a drawing: by buttons, by keys, and pulled by hand.

use crate::desk::keys::{Area, Does};
use crate::report::words::answer as words;
use crate::ui::keys::pressed;
use web_sys::{Element, KeyboardEvent, MouseEvent};
use yew::{Callback, Html, NodeRef, hook, html, use_effect_with, use_mut_ref, use_node_ref, use_state_eq};

/// How much larger than it is drawn, in hundredths.
const STEPS: [i32; 6] = [100, 125, 150, 200, 300, 400];

/// What an element that holds a drawing needs.
pub(super) struct Lens {
    /// How large the drawing is shown, in hundredths.
    pub(super) percent: i32,
    /// The buttons.
    pub(super) tools: Html,
    /// Of the element that scrolls.
    pub(super) place: NodeRef,
    pub(super) onkeydown: Callback<KeyboardEvent>,
    pub(super) onmousedown: Callback<MouseEvent>,
    pub(super) onmousemove: Callback<MouseEvent>,
}

/// A lens for one drawing. What was in the middle stays there.
#[hook]
pub(super) fn use_lens() -> Lens {
    let place = use_node_ref();
    let step = use_state_eq(|| 0_usize);
    let percent = STEPS.get(*step).copied().unwrap_or(100);
    let before = use_mut_ref(|| 100_i32);
    use_effect_with((place.clone(), percent), move |(place, percent)| {
        let was = before.replace(*percent);
        if let Some(place) = place.cast::<Element>() {
            let moved = |scrolled: i32, seen: i32| (scrolled + seen / 2) * percent / was.max(1) - seen / 2;
            place.set_scroll_left(moved(place.scroll_left(), place.client_width()));
            place.set_scroll_top(moved(place.scroll_top(), place.client_height()));
        }
    });
    let go = {
        let (at, set) = (*step, step.setter());
        Callback::from(move |does: Does| match does {
            Does::Nearer => set.set((at + 1).min(STEPS.len() - 1)),
            Does::Farther => set.set(at.saturating_sub(1)),
            _ => set.set(0),
        })
    };
    let button = |text: &'static str, label: &'static str, does: Does, disabled: bool| {
        let onclick = go.reform(move |_| does);
        html! { <button type="button" class="small" aria-label={label} title={label} {disabled} {onclick}>{ text }</button> }
    };
    let tools = html! {
        <span class="picture-zoom" role="group" aria-label={words::zoomed(percent)}>
            { button("−", words::ZOOM_OUT, Does::Farther, *step == 0) }
            { button("+", words::ZOOM_IN, Does::Nearer, *step + 1 == STEPS.len()) }
            if *step > 0 { { button("1:1", words::ZOOM_WHOLE, Does::Whole, false) } }
        </span>
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if let Some(does) = pressed(Area::Picture, &event) {
            event.prevent_default();
            go.emit(does);
        }
    });
    // Where the mouse was pressed, and how far was scrolled then.
    let held = use_mut_ref(|| None::<[i32; 4]>);
    let onmousedown = {
        let (held, place) = (held.clone(), place.clone());
        Callback::from(move |event: MouseEvent| {
            *held.borrow_mut() = place
                .cast::<Element>()
                .filter(|_| event.button() == 0)
                .map(|place| [event.client_x(), event.client_y(), place.scroll_left(), place.scroll_top()]);
        })
    };
    let onmousemove = {
        let place = place.clone();
        Callback::from(move |event: MouseEvent| {
            if event.buttons() & 1 == 0 {
                held.replace(None);
            }
            if let (Some([x, y, left, top]), Some(place)) = (*held.borrow(), place.cast::<Element>()) {
                place.set_scroll_left(left + x - event.client_x());
                place.set_scroll_top(top + y - event.client_y());
            }
        })
    };
    Lens { percent, tools, place, onkeydown, onmousedown, onmousemove }
}
