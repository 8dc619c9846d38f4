//! The tables of the coverage: their columns and lines.

use super::super::{Column, Line, TableRow, badge};
use crate::plan::{Id, Link, Plan};
use crate::report::words::coverage as told;
use crate::report::words::page::coverage::{self as words, column};
use crate::report::words::{Names, verdicts};
use crate::study::coverage::{
    BackRow, Class, ClassPart, Rows, ServiceRow, ServiceWay, TableRow as Decision, Unjudged,
};
use yew::{Classes, Html, html};

/// The columns of the rows that are shown.
pub(super) fn columns(rows: &Rows) -> Vec<Column> {
    let column = |title: &'static str, class: &'static str| Column { title: title.into(), class, sorts: false };
    match rows {
        Rows::Classes(_) => vec![
            column(column::VERDICT, "s-verdict"),
            column(column::ADDRESSES, "s-count"),
            column(column::SHARE, "s-share"),
            column(column::OUT, "c-exit"),
            column(column::BACK, "c-exit"),
            column(column::TO, "s-side"),
            column(column::PREFIXES, "s-number"),
            column(column::FIRST, "s-address"),
        ],
        Rows::Services(_) => vec![
            column(column::VERDICT, "s-verdict"),
            column(column::SERVICE, "c-flow"),
            column(column::OUT, "c-exit"),
            column(column::BACK, "c-exit"),
            column(column::SHARE, "s-side"),
            column(column::ADDRESSES, "s-count"),
        ],
        Rows::Back(_) => vec![
            column(column::OURS, "c-flow"),
            column(column::SENDER, "c-service"),
            column(column::SENT, "c-flow"),
            column(column::SHARE, "s-side"),
            column(column::ADDRESSES, "s-count"),
            column(column::FIRST, "s-address"),
        ],
        Rows::Table(_) => vec![
            column(column::RANGE, "s-range"),
            column(column::PREFIX, "s-address"),
            column(column::OUT, "c-exit"),
            column(column::VERDICT, "s-verdict"),
            column(column::TO, "s-side"),
        ],
        Rows::Prefixes(_) => Vec::new(),
    }
}

/// What a line needs.
pub(super) struct Lines<'a> {
    pub(super) plan: &'a Plan,
    pub(super) names: &'a Names<'a>,
}

impl Lines<'_> {
    /// The lines of all rows of a window.
    pub(super) fn all(&self, rows: &Rows) -> Vec<TableRow> {
        match rows {
            Rows::Classes(rows) => rows.iter().map(|row| single(self.class(row))).collect(),
            Rows::Services(rows) => rows.iter().map(|row| self.service(row)).collect(),
            Rows::Back(rows) => rows.iter().map(|row| single(self.back(row))).collect(),
            Rows::Table(rows) => rows.iter().map(|row| single(self.decision(row))).collect(),
            Rows::Prefixes(_) => Vec::new(),
        }
    }

    fn class(&self, class: &Class) -> Line {
        let name = format!(
            "{}, {}",
            told::verdict(class.verdict, class.unjudged),
            crate::report::words::addresses(class.addresses)
        );
        let out = if class.is_public() { self.exits(&class.out) } else { Html::default() };
        line(
            name,
            vec![
                verdict(class),
                text(&class.addresses.grouped()),
                text(&class.share.to_string()),
                out,
                self.answers(&class.parts),
                text(&side(class)),
                text(&crate::space::Count::from(class.prefixes).grouped()),
                address(&class.first.to_string()),
            ],
        )
    }

    fn service(&self, row: &ServiceRow) -> TableRow {
        let service = self.names.service(&row.service);
        let ways: Vec<Line> = row.ways.iter().map(|way| self.way(service, way)).collect();
        let mut first = match ways.as_slice() {
            [only] => only.clone(),
            several => {
                let out = self.union(row.ways.iter().map(|way| way.class.out.as_slice()));
                let parts = row.ways.iter().flat_map(|way| &way.class.parts);
                let back = self.union(parts.map(|part| part.back.as_slice()));
                let count = crate::report::words::answer::parts(several.len());
                let all = row.addresses.0 + row.addresses.1;
                let cells =
                    vec![badge(row.verdict), Html::default(), out, back, text(&count), text(&all.grouped())];
                line(String::new(), cells)
            }
        };
        first.name = format!("{service}: {}", row.verdict.map_or("–", verdicts::title)).into();
        if let Some(cell) = first.cells.get_mut(1) {
            *cell = text(service);
        }
        TableRow { line: first, parts: if ways.len() > 1 { ways } else { Vec::new() } }
    }

    fn way(&self, service: &str, way: &ServiceWay) -> Line {
        let class = &way.class;
        let out = if class.is_public() { self.exits(&class.out) } else { Html::default() };
        let share = format!("{} of {}", way.share, class.family);
        line(
            format!("{service}: {}", told::verdict(class.verdict, class.unjudged)),
            vec![
                verdict(class),
                text(&side(class)),
                out,
                self.answers(&class.parts),
                text(&share),
                text(&way.addresses.grouped()),
            ],
        )
    }

    fn back(&self, row: &BackRow) -> Line {
        line(
            told::back(row, self.names),
            vec![
                text(&told::ours(&row.ours, self.names)),
                text(&told::sender(row.far_side, row.offered.as_deref(), self.names)),
                text(&told::ways(&row.ways, self.names)),
                text(&format!("{} of {}", row.share, row.family)),
                text(&row.addresses.grouped()),
                address(&row.first),
            ],
        )
    }

    fn decision(&self, row: &Decision) -> Line {
        let range =
            if row.first == row.last { row.first.to_string() } else { format!("{} – {}", row.first, row.last) };
        let to = row.far_side.map_or(words::NO_PREFIX, told::far_side);
        let ended = match row.verdict {
            Some(verdict) => badge(Some(verdict)),
            None => html! { <span class="quiet">{ words::class(row.class) }</span> },
        };
        line(
            range.clone(),
            vec![
                address(&range),
                address(row.prefix.as_deref().unwrap_or(words::NO_PREFIX)),
                self.exits(&row.out),
                ended,
                text(to),
            ],
        )
    }

    /// The exits of all answers, each combination once.
    fn answers(&self, parts: &[ClassPart]) -> Html {
        self.union(parts.iter().map(|part| part.back.as_slice()))
    }

    fn union<'b>(&self, sets: impl Iterator<Item = &'b [Id]>) -> Html {
        let mut seen: Vec<&[Id]> = Vec::new();
        for set in sets.filter(|set| !set.is_empty()) {
            if !seen.contains(&set) {
                seen.push(set);
            }
        }
        if seen.is_empty() {
            return html! { <span class="quiet">{ "–" }</span> };
        }
        let whole: Vec<String> = seen.iter().map(|set| self.names.exits(set, "or")).collect();
        html! {
            <span class="tbl-text" title={whole.join("; ")}>
                { for seen.iter().enumerate().map(|(index, set)| html! {
                    <>{ if index > 0 { "; " } else { "" } }{ self.set(set) }</>
                }) }
            </span>
        }
    }

    /// Exits with the colours of their paths.
    pub(super) fn exits(&self, exits: &[Id]) -> Html {
        if exits.is_empty() {
            return html! { <span class="quiet">{ told::NO_ROUTE }</span> };
        }
        html! { <span class="tbl-text" title={told::out(exits, self.names)}>{ self.set(exits) }</span> }
    }

    fn set(&self, set: &[Id]) -> Html {
        set.iter()
            .enumerate()
            .map(|(index, id)| {
                let class = match self.plan.exits.iter().find(|exit| exit.id == *id).map(|exit| &exit.link) {
                    Some(Link::ExpressRoute(_)) => "path-express",
                    _ => "path-internet",
                };
                let or = if index > 0 { crate::report::words::answer::OR } else { "" };
                html! { <>{ or }<span {class}>{ self.names.exit(id) }</span></> }
            })
            .collect()
    }
}

fn single(line: Line) -> TableRow {
    TableRow { line, parts: Vec::new() }
}

fn line(name: String, cells: Vec<Html>) -> Line {
    Line { name: name.into(), cells, chosen: false, class: Classes::new() }
}

/// The verdict of a class, or why it has none.
fn verdict(class: &Class) -> Html {
    match class.verdict {
        Some(verdict) => badge(Some(verdict)),
        None => html! { <span class="quiet tbl-text">{ told::verdict(None, class.unjudged) }</span> },
    }
}

/// Where a class lies: the family, and on which side.
fn side(class: &Class) -> String {
    match (class.unjudged, class.far_side) {
        (Some(Unjudged::Special(_)), _) | (_, None) => class.family.to_string(),
        (_, Some(side)) => format!("{}, {}", class.family, told::far_side(side)),
    }
}

pub(in crate::ui::answer) fn text(text: &str) -> Html {
    html! { <span class="tbl-text" title={text.to_owned()}>{ text }</span> }
}

pub(in crate::ui::answer) fn address(text: &str) -> Html {
    html! { <span class="tbl-text mono" title={text.to_owned()}>{ text }</span> }
}
