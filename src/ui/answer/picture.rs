//! The picture of the chosen flow.

use crate::desk::{Action, Desk};
use crate::report::picture::{Course, Element, draw, to_svg};
use crate::report::words::{Names, answer as words, parts};
use crate::ui::Props;
use crate::ui::answer::badge;
use crate::ui::size::use_size;
use std::rc::Rc;
use yew::virtual_dom::VTag;
use yew::{Html, classes, component, html, use_memo, use_node_ref};

/// The picture, as wide as its column.
#[component]
pub fn Picture(props: &Props) -> Html {
    let place = use_node_ref();
    let (width, _) = use_size(place.clone());
    let desk = &props.desk;
    let scene = use_memo((desk.clone(), width), |(desk, width)| {
        let answered = desk.answered.as_ref()?;
        let course = course(desk);
        (*width > 0).then(|| draw(&answered.plan, &answered.scenario, course.as_ref(), *width))
    });
    let drawn = scene.as_ref().as_ref().map(|scene| {
        html! {
            <svg class="pic" role="img" aria-label={scene.alternative.clone()}
                viewBox={format!("0 0 {} {}", scene.width, scene.height)}
                width={scene.width.to_string()} height={scene.height.to_string()}>
                { for scene.shapes.iter().map(|shape| element(shape.element())) }
            </svg>
        }
    });
    let save = {
        let (scene, act) = (Rc::clone(&scene), props.act.clone());
        move |_: yew::MouseEvent| {
            if let Some(scene) = scene.as_ref() {
                act.emit(Action::SavePicture(to_svg(scene)));
            }
        }
    };
    html! {
        <figure class={classes!("picture", (!desk.stale() && waiting(desk)).then_some("dim"))} aria-label={words::PICTURE}>
            <figcaption>
                { caption(desk) }
                <button type="button" class="small picture-save" title={words::SAVE_PICTURE_HINT} onclick={save}>
                    { words::SAVE_PICTURE }
                </button>
            </figcaption>
            <div class="picture-place" ref={place}>{ drawn.unwrap_or_default() }</div>
        </figure>
    }
}

/// Whether the trace of what is chosen is still on its way.
fn waiting(desk: &Desk) -> bool {
    desk.trace_stale() && desk.selected.as_ref().is_some_and(|chosen| chosen.query.is_some())
}

/// What the caption says: the flow, how it ends, and its way in a sentence.
fn caption(desk: &Desk) -> Html {
    let Some(answered) = &desk.answered else { return Html::default() };
    let names = Names::of(&answered.plan);
    let chosen = desk.selected.as_ref();
    if let Some((flow, row)) = chosen.and_then(|chosen| chosen.flow.as_ref().zip(chosen.row.as_ref())) {
        let part = chosen.and_then(|chosen| row.parts.get(chosen.part));
        let sentence = part.map(|part| parts::part(part, row.direction, &names));
        return html! {
            <>
                <strong>{ names.flow(flow) }</strong>{ badge(part.map(|part| part.verdict)) }
                <span class="picture-says">{ sentence.unwrap_or_default() }</span>
            </>
        };
    }
    match desk.trace.as_ref().and_then(|traced| traced.trace.as_ref().ok()) {
        Some(trace) if chosen.is_some() => html! {
            <>
                <strong class="address">{ words::ends(&trace.from.to_string(), &trace.to.to_string()) }</strong>
                { badge(Some(trace.verdict)) }
            </>
        },
        _ => html! { <span class="quiet">{ words::PICTURE_PLAIN }</span> },
    }
}

/// The journey that is chosen: by its trace, or until that is there by its part of the row.
fn course(desk: &Desk) -> Option<Course> {
    let chosen = desk.selected.as_ref()?;
    let traced = desk.trace.as_ref().filter(|traced| chosen.query.as_ref() == Some(&traced.query));
    if let Some(trace) = traced.and_then(|traced| traced.trace.as_ref().ok()) {
        return Some(Course::of_trace(trace));
    }
    let (row, answered) = chosen.row.as_ref().zip(desk.answered.as_ref())?;
    Some(Course::of_part(&answered.plan, row, row.parts.get(chosen.part)?))
}

fn element(element: Element) -> Html {
    let mut tag = VTag::new(element.tag);
    for (name, value) in element.attributes {
        tag.add_attribute(name, value);
    }
    if let Some(title) = element.title {
        tag.add_child(html! { <@{"title"}>{ title }</@> });
    }
    if let Some(text) = element.text {
        tag.add_child(text.into());
    }
    tag.into()
}
