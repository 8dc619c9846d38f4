//! The picture of the chosen flow.

use crate::desk::{Action, Desk};
use crate::journey::{Part, Row};
use crate::report::picture::{Course, Element, Shape, draw, draw_traffic, to_svg};
use crate::report::words::{Names, answer as words, parts};
use crate::ui::answer::badge;
use crate::ui::answer::lens::use_lens;
use crate::ui::answer::pointing::Pointed;
use crate::ui::size::use_size;
use std::rc::Rc;
use yew::virtual_dom::VTag;
use yew::{
    Callback, Html, Properties, classes, component, html, use_effect_with, use_memo, use_node_ref, use_state_eq,
};

/// What the picture needs.
#[derive(Properties, PartialEq)]
pub struct PictureProps {
    /// The desk as it is.
    pub desk: Rc<Desk>,
    /// Where actions go.
    pub act: Callback<Action>,
    /// The row of the flow table that is pointed at.
    pub pointed: Option<Pointed>,
}

/// The picture, as wide as its column.
#[component]
pub fn Picture(props: &PictureProps) -> Html {
    let frame = use_node_ref();
    let (width, _) = use_size(frame.clone());
    let lens = use_lens();
    let desk = &props.desk;
    let all = use_state_eq(|| false);
    // Whoever chooses a flow wants to see it.
    let chosen = desk.selected.as_ref().map(|chosen| (chosen.flow.clone(), chosen.part, chosen.query.clone()));
    {
        let all = all.setter();
        use_effect_with(chosen, move |_| all.set(false));
    }
    let scene = use_memo((desk.clone(), width, *all), |(desk, width, all)| {
        let answered = desk.answered.as_ref()?;
        let course = course(desk).filter(|_| !all);
        let (plan, scenario) = (&answered.plan, &answered.scenario);
        (*width > 0).then(|| match &course {
            Some(course) => draw(plan, scenario, Some(course), *width),
            None => draw_traffic(plan, scenario, &answered.summary.traffic, *width),
        })
    });
    let pointed = props.pointed.and_then(|pointed| row_at(desk, pointed));
    let drawn = scene.as_ref().as_ref().map(|scene| {
        let shape = |shape: &Shape| {
            let lit = pointed.is_some_and(|(row, parts)| match shape {
                Shape::Stroke(stroke) => stroke.carries(row, parts),
                _ => false,
            });
            element(shape.element(), lit)
        };
        let near = (lens.percent > 100).then_some("pic-near");
        html! {
            <svg class={classes!("pic", near, pointed.is_some().then_some("pic-pointed"))} role="img"
                aria-label={scene.alternative.clone()} viewBox={format!("0 0 {} {}", scene.width, scene.height)}
                width={(scene.width * lens.percent / 100).to_string()}
                height={(scene.height * lens.percent / 100).to_string()}>
                { for scene.shapes.iter().map(shape) }
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
    let together = {
        let all = all.clone();
        move |_: yew::MouseEvent| all.set(!*all)
    };
    html! {
        <figure class={classes!("picture", (!desk.stale() && waiting(desk)).then_some("dim"))} aria-label={words::PICTURE}>
            <figcaption>
                if *all { <strong>{ words::PICTURE_TOGETHER }</strong> } else { { caption(desk) } }
                <span class="picture-tools">
                    if desk.selected.is_some() {
                        <button type="button" class="small" aria-pressed={all.to_string()} onclick={together}>
                            { words::PICTURE_ALL }
                        </button>
                    }
                    { lens.tools }
                    <button type="button" class="small" title={words::SAVE_PICTURE_HINT} onclick={save}>
                        { words::SAVE_PICTURE }
                    </button>
                </span>
                if *all {
                    <span class="picture-says">{ words::PICTURE_ALL_SAYS }</span>
                } else {
                    { says(desk) }
                }
            </figcaption>
            <div ref={frame}>
                <div class="picture-place" ref={lens.place} role="group" tabindex="0" aria-label={words::PICTURE_PLACE}
                    onkeydown={lens.onkeydown} onmousedown={lens.onmousedown} onmousemove={lens.onmousemove}>
                    { drawn.unwrap_or_default() }
                </div>
            </div>
        </figure>
    }
}

/// Whether the trace of what is chosen is still on its way.
fn waiting(desk: &Desk) -> bool {
    desk.trace_stale() && desk.selected.as_ref().is_some_and(|chosen| chosen.query.is_some())
}

/// The way of the part that is chosen, in a sentence.
fn says(desk: &Desk) -> Html {
    let told = desk.answered.as_ref().and_then(|answered| {
        let chosen = desk.selected.as_ref()?;
        chosen.flow.as_ref()?;
        let row = chosen.row.as_ref()?;
        Some(parts::part(row.parts.get(chosen.part)?, row.direction, &Names::of(&answered.plan)))
    });
    html! { if let Some(told) = told { <span class="picture-says">{ told }</span> } }
}

/// What the caption names: the flow, and how it ends.
fn caption(desk: &Desk) -> Html {
    let Some(answered) = &desk.answered else { return Html::default() };
    let names = Names::of(&answered.plan);
    let chosen = desk.selected.as_ref();
    if let Some((flow, row)) = chosen.and_then(|chosen| chosen.flow.as_ref().zip(chosen.row.as_ref())) {
        let part = chosen.and_then(|chosen| row.parts.get(chosen.part));
        return html! { <><strong>{ names.flow(flow) }</strong>{ badge(part.map(|part| part.verdict)) }</> };
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

/// What a row of the flow table shows, or one of its parts.
fn row_at(desk: &Desk, (row, part): Pointed) -> Option<(&Row, &[Part])> {
    let window = &desk.rows.as_ref()?.window;
    let row = window.rows.get(row.checked_sub(window.view.from)? as usize)?;
    let parts = match part {
        None => row.parts.as_slice(),
        Some(part) => row.parts.get(part as usize).map(std::slice::from_ref)?,
    };
    Some((row, parts))
}

fn element(element: Element, lit: bool) -> Html {
    let mut tag = VTag::new(element.tag);
    for (name, mut value) in element.attributes {
        if lit && name == "class" {
            value.push_str(" pic-lit");
        }
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
