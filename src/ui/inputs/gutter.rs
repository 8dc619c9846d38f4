//! Beside a paste box its line numbers, and under its letters the marks where faults are.
//!
//! Only the lines in sight are drawn, so a list of a hundred thousand lines costs no more than one of ten.

use crate::desk::door::ListFault;
use crate::plan::Text;
use crate::ui::dom;
use std::rc::Rc;
use web_sys::Element;
use yew::{Html, Properties, component, html, use_effect_with, use_node_ref};

/// The height of a line, in pixels, as `--line` in inputs.css says.
pub const LINE: i32 = 20;

/// So many lines are drawn: as many as a box stretched over a large screen shows.
const DRAWN: usize = 120;

/// The lines of a paste box.
#[derive(Properties, PartialEq)]
pub struct GutterProps {
    /// The text.
    pub text: Text,
    /// Where its lines begin, in bytes.
    pub starts: Rc<Vec<u32>>,
    /// The faults in it.
    pub faults: Vec<ListFault>,
    /// How far the box is scrolled, down and to the right.
    pub scroll: (i32, i32),
}

/// Where the lines of a text begin, in bytes.
pub fn line_starts(text: &str) -> Vec<u32> {
    let mut starts = vec![0];
    starts.extend(
        text.bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .filter_map(|(at, _)| u32::try_from(at + 1).ok()),
    );
    starts
}

/// Draws numbers and marks.
#[component]
pub fn Gutter(props: &GutterProps) -> Html {
    let numbers = use_node_ref();
    let marks = use_node_ref();
    let (down, right) = props.scroll;
    let first = usize::try_from(down / LINE).unwrap_or(0);
    use_effect_with((props.scroll, props.starts.len()), {
        let (numbers, marks) = (numbers.clone(), marks.clone());
        move |_| {
            for node in [&numbers, &marks] {
                if let Some(element) = node.cast::<Element>() {
                    dom::set_style(&element, "transform", &format!("translate({}px, {}px)", 0, -(down % LINE)));
                }
            }
            if let Some(element) = marks.cast::<Element>() {
                dom::set_style(&element, "transform", &format!("translate({}px, {}px)", -right, -(down % LINE)));
            }
        }
    });
    let lines = first..props.starts.len().min(first + DRAWN);
    let number = |index: usize| {
        let line = index + 1;
        let mut class = "line-number";
        for fault in props.faults.iter().filter(|fault| fault.line as usize == line) {
            class = if fault.error { "line-number line-error" } else { "line-number line-warning" };
            if fault.error {
                break;
            }
        }
        html! { <span class={class}>{ line.to_string() }</span> }
    };
    let width = match props.starts.len() {
        0..=999 => "gutter",
        1_000..=9_999 => "gutter gutter-4",
        10_000..=99_999 => "gutter gutter-5",
        _ => "gutter gutter-6",
    };
    html! {
        <>
            <div class={width} aria-hidden="true">
                <div class="gutter-lines" ref={numbers}>{ for lines.clone().map(number) }</div>
            </div>
            <div class="underlay" aria-hidden="true">
                <div class="underlay-lines" ref={marks}>{ for lines.map(|index| underlay(props, index)) }</div>
            </div>
        </>
    }
}

/// A line with its faulty spans marked; the letters themselves aren't seen.
fn underlay(props: &GutterProps, index: usize) -> Html {
    let spans: Vec<&ListFault> = props.faults.iter().filter(|fault| fault.line as usize == index + 1).collect();
    if spans.is_empty() {
        return html! { <span class="underlay-line"></span> };
    }
    let text = props.text.as_str();
    let from = props.starts.get(index).copied().unwrap_or(0) as usize;
    let line = text.get(from..).unwrap_or_default().split(['\n', '\r']).next().unwrap_or_default();
    html! { <span class="underlay-line">{ marked(line, spans) }</span> }
}

/// A line with these spans marked.
pub fn marked(line: &str, mut spans: Vec<&ListFault>) -> Html {
    crate::sort::by_key(&mut spans, |fault| fault.column);
    let letters: Vec<char> = line.chars().take(2_000).collect();
    let mut pieces = Vec::new();
    let mut done = 0;
    for fault in spans {
        let begin = (fault.column.saturating_sub(1) as usize).min(letters.len());
        if begin < done {
            continue;
        }
        let mut units = fault.utf16.1.saturating_sub(fault.utf16.0) as usize;
        let mut end = begin;
        while end < letters.len() && units > 0 {
            units = units.saturating_sub(letters[end].len_utf16());
            end += 1;
        }
        let class = if fault.error { "mark mark-error" } else { "mark mark-warning" };
        pieces.push(html! { { letters[done..begin].iter().collect::<String>() } });
        pieces.push(html! { <span class={class}>{ letters[begin..end].iter().collect::<String>() }</span> });
        done = end;
    }
    pieces.push(html! { { letters[done..].iter().collect::<String>() } });
    html! { { for pieces } }
}
