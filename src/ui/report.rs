//! The report: the date on its front, and its form.

use super::dialog::Dialog;
use super::dom;
use super::inputs::TextField;
use crate::desk::Action;
use crate::desk::door::{PaperForm, Writing};
use crate::report::words::page::report as words;
use web_sys::SubmitEvent;
use yew::{Callback, Html, Properties, component, html, use_state};

/// The dialog, open as long as it is there.
#[derive(Properties, PartialEq)]
pub struct ReportProps {
    /// Where actions go.
    pub act: Callback<Action>,
    /// Closed.
    pub close: Callback<()>,
}

/// Asks for the date, today's where nothing else is written, and saves the report.
#[component]
pub fn Report(props: &ReportProps) -> Html {
    let date = use_state(dom::today);
    let write = |form: PaperForm| {
        let (date, act, close) = ((*date).clone(), props.act.clone(), props.close.clone());
        move || {
            act.emit(Action::Write(Writing::Report(form, date.trim().to_owned())));
            close.emit(());
        }
    };
    let typed = {
        let date = date.setter();
        move |typed: String| date.set(typed)
    };
    let onsubmit = {
        let write = write(PaperForm::Html);
        move |event: SubmitEvent| {
            event.prevent_default();
            write();
        }
    };
    let markdown = {
        let write = write(PaperForm::Markdown);
        move |_| write()
    };
    html! {
        <Dialog title={words::TITLE} close={props.close.clone()}>
            <form {onsubmit}>
                <p class="quiet">{ words::INTRO }</p>
                <div class="fields export-fields">
                    <TextField label={words::DATE} value={(*date).clone()} {typed} wide=true />
                </div>
                <p class="quiet">{ words::DATE_HINT }</p>
                <div class="export-tools">
                    <button type="button" onclick={markdown}>{ words::MARKDOWN }</button>
                    <button type="submit" class="primary" autofocus=true>{ words::HTML }</button>
                </div>
            </form>
        </Dialog>
    }
}
