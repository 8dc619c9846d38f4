//! The form in which the user says which column of a log holds what.

use super::logs::no_column;
use crate::desk::Action;
use crate::desk::import::{Log, LogTurn, Turn};
use crate::intake::flows::{Field, name_of};
use crate::report::words::flows as say;
use crate::report::words::page::{import as words, logs as told};
use crate::ui::inputs::Choice;
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, Properties, component, html};

/// A log.
#[derive(Properties, PartialEq)]
pub struct ColumnsProps {
    /// It.
    pub log: Rc<Log>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// A choice of column for each field of a record.
#[component]
pub fn Columns(props: &ColumnsProps) -> Html {
    let (log, act) = (&props.log, &props.act);
    let ticket = log.ticket;
    let places = log.is_without_heading();
    let mut options: Vec<(AttrValue, AttrValue)> = vec![no_column()];
    options.extend(log.choices().into_iter().map(|(name, shown)| match places {
        true => (name.clone().into(), told::place(&name, &shown).into()),
        false => (name.into(), shown.into()),
    }));
    let field = |field: Field| {
        let chosen =
            act.reform(move |name: String| Action::Preview(Turn::Log(LogTurn::Column(ticket, field, name))));
        html! {
            <Choice key={field.name()} label={say::field(field)} name={words::of_item(say::field(field), &log.name)}
                value={name_of(&log.columns, field).to_owned()} options={options.clone()} {chosen} wide=true />
        }
    };
    let lacks = log.lacks();
    html! {
        <fieldset class="log-columns">
            <legend>{ told::COLUMNS }</legend>
            <p class="quiet import-because">{ if places { told::PLACES_HINT } else { told::COLUMNS_HINT } }</p>
            <div class="log-fields">{ for Field::ALL.into_iter().map(field) }</div>
            <div class="import-more">
                <button type="button" disabled={lacks.is_some()}
                    onclick={act.reform(move |_| Action::Preview(Turn::Log(LogTurn::Named(ticket))))}>{ told::READ }</button>
                if let Some(lacks) = lacks {
                    <span class="quiet">{ told::lacks(lacks) }</span>
                }
            </div>
        </fieldset>
    }
}
