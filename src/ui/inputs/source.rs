//! A source: a pasted or opened file that other parts take lists from.

use super::edit::Edit;
use super::fields::Choice;
use super::shared::Form;
use crate::desk::{ImportInto, parts};
use crate::plan::{FORMATS, ListId, Source, Stage};
use crate::report::words::page;
use crate::ui::files::FilesHandle;
use yew::{AttrValue, Html, Properties, component, html, use_context};

/// A few words on a source.
pub fn summary(form: &Form, source: &Source) -> String {
    match form.desk.list_summary(&ListId::Source(source.id.clone())) {
        Some(summary) => page::list_read(summary),
        None => String::new(),
    }
}

/// The fields of a source.
pub fn fields(form: &Form, source: &Source) -> Html {
    let edit = Edit::new(&form.act, "source", parts::source, &source.id);
    let list = ListId::Source(source.id.clone());
    let mut formats: Vec<(AttrValue, AttrValue)> = vec![("".into(), page::RECOGNISED.into())];
    formats.extend(FORMATS.iter().map(|format| ((*format).into(), page::format(format).into())));
    let stages: Vec<(AttrValue, AttrValue)> = vec![
        ("".into(), page::STAGE_USUAL.into()),
        ("offered".into(), page::STAGE_OFFERED.into()),
        ("received".into(), page::STAGE_RECEIVED.into()),
    ];
    let stage = match source.stage {
        None => "",
        Some(Stage::Offered) => "offered",
        Some(Stage::Received) => "received",
    };
    html! {
        <>
            { form.list(list.clone(), page::TEXT, page::SOURCE_HINT) }
            <FileButton {list} />
            <div class="fields">
                <Choice label={page::FORMAT} value={source.format.clone().unwrap_or_default()} options={formats}
                    chosen={edit.choice(|source: &mut Source, format: String| {
                        source.format = (!format.is_empty()).then_some(format);
                    })} />
                <Choice label={page::STAGE} value={stage} options={stages}
                    chosen={edit.choice(|source: &mut Source, stage: String| {
                        source.stage = match stage.as_str() {
                            "offered" => Some(Stage::Offered),
                            "received" => Some(Stage::Received),
                            _ => None,
                        };
                    })} />
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct FileButtonProps {
    list: ListId,
}

/// Reads a file in place of the text.
#[component]
fn FileButton(props: &FileButtonProps) -> Html {
    let files = use_context::<FilesHandle>();
    let list = props.list.clone();
    let onclick = move |_| {
        if let Some(files) = &files {
            files.pick_list.emit(ImportInto::List(list.clone()));
        }
    };
    html! { <button type="button" class="small" {onclick}>{ page::FROM_FILE }</button> }
}
