//! The canvas with its hand: pointing, clicking, the wheel, the keys; and the legend beside it.

use super::canvas::{Cell, Colours, cells, draw};
use super::look::{Group, Hue};
use super::{ask, told};
use crate::desk::Action;
use crate::desk::door::TraceQuery;
use crate::desk::keys::{Area, Does};
use crate::desk::state::Told;
use crate::report::words::Names;
use crate::report::words::page::map as words;
use crate::study::map::{ORDER, SIDE, View, Window, whole};
use crate::ui::dom;
use crate::ui::keys::pressed;
use crate::ui::size::use_size;
use gloo::events::{EventListener, EventListenerOptions};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, HtmlCanvasElement, KeyboardEvent, MouseEvent, MutationObserver, MutationObserverInit, WheelEvent,
};
use yew::{
    Callback, Html, Properties, classes, component, html, use_effect_with, use_memo, use_node_ref, use_state,
    use_state_eq,
};

/// The map is at most so many of the page's pixels wide.
const WIDEST: f64 = 512.0;

/// So many milliseconds pass between two zooms of one turn of the wheel.
const WHEEL_EVERY: f64 = 140.0;

/// What the picture needs.
#[derive(Properties)]
pub(super) struct PictureProps {
    pub(super) told: Told<Window>,
    /// What is drawn, and in which colours: another text for each.
    pub(super) drawing: String,
    pub(super) groups: Rc<Vec<Group>>,
    pub(super) of: Rc<Vec<usize>>,
    pub(super) act: Callback<Action>,
}

impl PartialEq for PictureProps {
    /// The same drawing is the same picture: it tells generation, view and colours.
    fn eq(&self, other: &Self) -> bool {
        self.drawing == other.drawing && self.act == other.act
    }
}

/// The map and its legend.
#[component]
pub(super) fn Picture(props: &PictureProps) -> Html {
    let window = &props.told.window;
    let view = &window.view;
    let (place, canvas, swatches) = (use_node_ref(), use_node_ref(), use_node_ref());
    let (width, _) = use_size(place.clone());
    let cursor = use_state_eq(|| (0_u32, 0_u32));
    let pointed = use_state_eq(|| None::<(u32, u32)>);
    let by_key = use_state_eq(|| false);
    let theme = use_theme();
    let density = dom::window().device_pixel_ratio().clamp(1.0, 4.0);
    // A whole number of the screen's pixels for each cell, so that nothing is blurred.
    let px = ((f64::from(width).min(WIDEST) * density / f64::from(SIDE)).floor() as u32).clamp(1, 16);
    let shown = f64::from(SIDE * px) / density;
    let drawn: Rc<Vec<Cell>> = {
        let (window, groups, of) = (Rc::clone(window), Rc::clone(&props.groups), Rc::clone(&props.of));
        use_memo(props.drawing.clone(), move |_| cells(&window, &of, groups.len()))
    };
    {
        let (canvas, swatches, groups) = (canvas.clone(), swatches.clone(), Rc::clone(&props.groups));
        use_effect_with((props.drawing.clone(), px, theme, width > 0), move |_| {
            let canvas = canvas.cast::<HtmlCanvasElement>();
            if let (Some(canvas), Some(swatches), true) = (canvas, swatches.cast::<Element>(), width > 0) {
                draw(&canvas, &drawn, &groups, &Colours::of(&swatches), px);
                dom::set_style(&canvas, "width", &format!("{shown}px"));
                dom::set_style(&canvas, "height", &format!("{shown}px"));
            }
        });
    }
    let hand = Hand { view: view.clone(), site: window.site.clone(), act: props.act.clone() };
    {
        let (hand, place) = (hand.clone(), canvas.clone());
        use_effect_with(view.clone(), move |_| {
            let element = place.cast::<Element>();
            let last = std::cell::Cell::new(0.0_f64);
            let options = EventListenerOptions::enable_prevent_default();
            let listener = element.map(|element| {
                let target = element.clone();
                EventListener::new_with_options(&element, "wheel", options, move |event| {
                    let Some(wheel) = event.dyn_ref::<WheelEvent>() else { return };
                    let at = cell_at(&target, wheel.client_x(), wheel.client_y());
                    let next = if wheel.delta_y() < 0.0 { hand.nearer(at) } else { hand.view.farther() };
                    // Where it goes no farther, the page scrolls.
                    let Some(next) = next else { return };
                    event.prevent_default();
                    if dom::now() - last.get() > WHEEL_EVERY {
                        last.set(dom::now());
                        hand.act.emit(ask(next));
                    }
                })
            });
            move || drop(listener)
        });
    }
    let onmousemove = {
        let (pointed, canvas) = (pointed.setter(), canvas.clone());
        Callback::from(move |event: MouseEvent| {
            pointed
                .set(canvas.cast::<Element>().map(|canvas| cell_at(&canvas, event.client_x(), event.client_y())));
        })
    };
    let onmouseleave = {
        let pointed = pointed.setter();
        Callback::from(move |_| pointed.set(None))
    };
    let onclick = {
        let (hand, canvas, cursor, by_key) = (hand.clone(), canvas.clone(), cursor.setter(), by_key.setter());
        Callback::from(move |event: MouseEvent| {
            let Some(canvas) = canvas.cast::<Element>() else { return };
            let at = cell_at(&canvas, event.client_x(), event.client_y());
            cursor.set(at);
            by_key.set(false);
            hand.trace(at);
        })
    };
    let onkeydown = {
        let (hand, cursor, by_key, pointed) = (hand.clone(), cursor.clone(), by_key.setter(), pointed.setter());
        Callback::from(move |event: KeyboardEvent| {
            let Some(does) = pressed(Area::Map, &event) else { return };
            event.prevent_default();
            by_key.set(true);
            pointed.set(None);
            cursor.set(hand.key(does, *cursor));
        })
    };
    let names = Names::of(&props.told.plan);
    let says = |(x, y): (u32, u32)| {
        let number = view.square().number(x, y, ORDER);
        words::block(view.cell(number), &told::parts(window.cell(number), window, &names))
    };
    let at = pointed.unwrap_or(*cursor);
    let side = shown / f64::from(SIDE);
    {
        let place = place.clone();
        use_effect_with((at, side.to_bits()), move |((x, y), _)| {
            let frame =
                place.cast::<Element>().and_then(|place| place.query_selector(".map-cursor").ok().flatten());
            let Some(frame) = frame else { return };
            for (property, value) in [
                ("left", f64::from(*x) * side - 2.0),
                ("top", f64::from(*y) * side - 2.0),
                ("width", side + 4.0),
                ("height", side + 4.0),
            ] {
                dom::set_style(&frame, property, &format!("{value}px"));
            }
        });
    }
    let number = view.square().number(at.0, at.1, ORDER);
    html! {
        <div class="map-place">
            <div class="map-picture" ref={place}>
                <div class="map-canvas" role="application" tabindex="0" aria-label={words::map(view.block())}
                    aria-describedby="map-says" {onkeydown}>
                    <canvas ref={canvas} {onmousemove} {onmouseleave} {onclick} />
                    <div class={classes!("map-cursor", pointed.is_some().then_some("map-pointed"))} aria-hidden="true"></div>
                </div>
                <p class="quiet map-scale">{ words::scale(view.block(), view.cell(0)) }</p>
                <p id="map-says" class="map-says">{ says(at) }</p>
                <p class="unseen" role="status">{ if *by_key { says(*cursor) } else { String::new() } }</p>
                <button type="button" class="small" onclick={let hand = hand.clone(); move |_| hand.trace(at)}>
                    { words::trace(view.cell(number).addr()) }
                </button>
            </div>
            <div class="map-side">
                { legend(&props.groups) }
                <p class="quiet">{ words::MIXED }</p>
            </div>
            <div class="map-hues" ref={swatches} aria-hidden="true">
                { for Hue::ALL.into_iter().map(|hue| html! { <i class={hue.class()} /> }) }
                <i class="hue-paper" />
            </div>
        </div>
    }
}

/// What pointing, wheel and keys do.
#[derive(Clone)]
struct Hand {
    view: View,
    site: Option<crate::plan::Id>,
    act: Callback<Action>,
}

impl Hand {
    fn number(&self, (x, y): (u32, u32)) -> u32 {
        self.view.square().number(x, y, ORDER)
    }

    fn nearer(&self, at: (u32, u32)) -> Option<View> {
        self.view.nearer(self.number(at))
    }

    fn trace(&self, at: (u32, u32)) {
        let to = self.view.cell(self.number(at)).addr();
        self.act.emit(Action::Trace(TraceQuery::Outbound { site: self.site.clone(), from: None, to }));
    }

    /// Does it; where the cursor is then.
    fn key(&self, does: Does, (x, y): (u32, u32)) -> (u32, u32) {
        let (right, down) = match does {
            Does::Right => (1, 0),
            Does::Left => (-1, 0),
            Does::Down => (0, 1),
            Does::Up => (0, -1),
            Does::Nearer => {
                let Some(next) = self.nearer((x, y)) else { return (x, y) };
                self.act.emit(ask(next));
                return (x * 2 % SIDE, y * 2 % SIDE);
            }
            Does::Farther => {
                let Some(next) = self.view.farther() else { return (x, y) };
                self.act.emit(ask(next));
                let quarter = |at: u64| (at & 1) as u32 * SIDE / 2;
                let square = self.view.square();
                return (quarter(square.x) + x / 2, quarter(square.y) + y / 2);
            }
            Does::Whole => {
                self.act.emit(ask(self.view.of(whole(self.view.family()))));
                return (x, y);
            }
            Does::Choose => {
                self.trace((x, y));
                return (x, y);
            }
            _ => return (x, y),
        };
        let moved = |at: u32, by: i64| (i64::from(at) + by).rem_euclid(i64::from(SIDE)) as u32;
        let beyond = |at: u32, by: i64| !(0..i64::from(SIDE)).contains(&(i64::from(at) + by));
        if beyond(x, right) || beyond(y, down) {
            // Beyond the edge lies the square beside, or nothing.
            let Some(next) = self.view.beside(right, down) else { return (x, y) };
            self.act.emit(ask(next));
        }
        (moved(x, right), moved(y, down))
    }
}

/// The cell at a point of the window.
fn cell_at(canvas: &Element, x: i32, y: i32) -> (u32, u32) {
    let rect = canvas.get_bounding_client_rect();
    let place = |at: f64, whole: f64| ((at / whole.max(1.0) * f64::from(SIDE)) as u32).min(SIDE - 1);
    (place(f64::from(x) - rect.left(), rect.width()), place(f64::from(y) - rect.top(), rect.height()))
}

fn legend(groups: &[Group]) -> Html {
    /// Longer numbers are broken: an IPv6 block's would push all else out.
    const LONG: usize = 15;
    let row = |(at, group): (usize, &Group)| {
        let addresses = group.addresses.grouped();
        html! {
            <tr>
                <td>{ swatch(at, group) }</td>
                <td>{ &group.name }</td>
                <td class="num">{ group.share.to_string() }</td>
                <td class={classes!("num", (addresses.len() > LONG).then_some("long"))}>{ addresses }</td>
            </tr>
        }
    };
    html! {
        <table class="study-table map-legend">
            <caption>{ words::LEGEND }</caption>
            <thead><tr>
                <th scope="col"><span class="unseen">{ words::COLOUR }</span></th><th scope="col"><span class="unseen">{ words::KIND }</span></th>
                <th scope="col" class="num">{ words::OF_IT }</th><th scope="col" class="num">{ words::ADDRESSES }</th>
            </tr></thead>
            <tbody>{ for groups.iter().enumerate().map(row) }</tbody>
        </table>
    }
}

/// A small canvas would do; drawn as the map draws it, in squares of SVG.
fn swatch(at: usize, group: &Group) -> Html {
    let light: String = (0..16_u32)
        .flat_map(|y| (0..16_u32).map(move |x| (x, y)))
        .filter(|(x, y)| super::look::is_light(group.paint.pattern, *x, *y))
        .map(|(x, y)| format!("M{x} {y}h1v1h-1z"))
        .collect();
    html! {
        <svg key={at} class={classes!("map-swatch", group.paint.hue.class())} viewBox="0 0 16 16" aria-hidden="true"
            focusable="false">
            <rect width="16" height="16" class="map-dark" />
            <path d={light} class="map-light" />
        </svg>
    }
}

/// Another number whenever the theme may be another: the switch of the page, or the system's.
#[yew::hook]
fn use_theme() -> u32 {
    let count = use_state(|| 0_u32);
    let current = std::rc::Rc::new(std::cell::Cell::new(0_u32));
    let set = count.setter();
    use_effect_with((), move |()| {
        let changed = {
            let current = Rc::clone(&current);
            move || {
                current.set(current.get() + 1);
                set.set(current.get());
            }
        };
        let seen = changed.clone();
        let heard = Closure::<dyn FnMut()>::new(seen);
        let observer = MutationObserver::new(heard.as_ref().unchecked_ref()).ok();
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        if let (Some(observer), Some(root)) = (&observer, dom::document().document_element()) {
            let _ = observer.observe_with_options(&root, &options);
        }
        let media = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map(|query| {
            let list = dom::window().match_media(query).ok().flatten();
            let changed = changed.clone();
            list.map(|list| EventListener::new(&list, "change", move |_| changed()))
        });
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop((heard, media));
        }
    });
    *count
}
