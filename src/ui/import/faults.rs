//! The faults of a list in the preview: line and column, what is wrong, and the line itself.

use crate::desk::door::{INLINE_TEXT, Imported};
use crate::plan::Text;
use crate::report::words::page;
use crate::ui::inputs::marked;
use std::rc::Rc;
use yew::{Html, Properties, component, html, use_memo, use_state};

/// The faults of one list.
#[derive(Properties, PartialEq)]
pub struct FaultsProps {
    /// What was read.
    pub imported: Rc<Imported>,
    /// Its text.
    pub text: Text,
}

/// The faults, listed on demand.
#[component]
pub fn Faults(props: &FaultsProps) -> Html {
    let open = use_state(|| false);
    let summary = &props.imported.summary;
    // The lines in question, in one walk over the text; a long one isn't walked.
    let lines = use_memo((props.text.clone(), *open, Rc::as_ptr(&props.imported)), |(text, open, _)| {
        let mut wanted = summary.faults.iter().map(|fault| fault.line as usize).peekable();
        let mut found = Vec::new();
        if *open && text.len() <= INLINE_TEXT {
            for (index, line) in text.as_str().split('\n').enumerate() {
                while wanted.next_if(|wanted| *wanted <= index + 1).is_some() {
                    found.push(line.trim_end_matches('\r').to_owned());
                }
                if wanted.peek().is_none() {
                    break;
                }
            }
        }
        found
    });
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    let class = if summary.errors > 0 { "list-faults list-errors" } else { "list-faults list-warnings" };
    let all = summary.errors + summary.warnings;
    let one = |(index, fault): (usize, &crate::desk::door::ListFault)| {
        html! {
            <li class={if fault.error { "fault fault-error" } else { "fault fault-warning" }}>
                <span class="fault-place">{ page::line_column(fault.line, fault.column) }</span>
                <span class="fault-text">{ page::fault(fault) }</span>
                if let Some(line) = lines.get(index) {
                    <code class="fault-line">{ marked(line, vec![fault]) }</code>
                }
            </li>
        }
    };
    html! {
        <>
            <button type="button" {class} aria-expanded={open.to_string()} onclick={toggle}>
                { page::list_faults(summary) }
            </button>
            if *open {
                <ul class="faults import-panel" tabindex="0">
                    { for summary.faults.iter().enumerate().map(one) }
                    if all as usize > summary.faults.len() {
                        <li class="quiet">{ page::more_faults(all, summary.faults.len()) }</li>
                    }
                </ul>
            }
        </>
    }
}
