//! The flow table's columns, and its lines.

use super::{Column, Line, TableRow, badge};
use crate::desk::door::{Group, GroupBy, SortBy};
use crate::journey::{Direction, Facts, Part, Row};
use crate::plan::{Flow, Id, Link, Plan};
use crate::report::catalogue::{Column as CatalogueColumn, Line as Told, Lines as Catalogue};
use crate::report::words::{Names, answer as words, catalogue as told};
use std::collections::BTreeMap;
use yew::{Classes, Html, classes, html};

/// A column of the flow table.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Verdict,
    Other,
    Flow,
    Direction,
    Site,
    Service,
    Out,
    Translated,
    Back,
    Share,
    Mbps,
    Group,
    Source,
    Destination,
    Ports,
    Admitted,
    Devices,
    Kept,
}

/// The columns that say something for this plan: no site where there is one, no direction where all are one way.
pub(super) fn kinds(plan: &Plan, compare: bool, group: GroupBy) -> Vec<Kind> {
    let inbound = |flow: &Flow| matches!(flow.ends, crate::plan::Ends::Inbound(_));
    let mixed = plan.flows.iter().any(inbound);
    let rates = plan.flows.iter().any(|flow| flow.mbps_in.is_some() || flow.mbps_out.is_some());
    let mut kinds = Vec::new();
    kinds.extend((group != GroupBy::None).then_some(Kind::Group));
    kinds.push(Kind::Verdict);
    kinds.extend(compare.then_some(Kind::Other));
    kinds.push(Kind::Flow);
    kinds.extend(mixed.then_some(Kind::Direction));
    kinds.extend((plan.sites.len() > 1).then_some(Kind::Site));
    kinds.extend([Kind::Out, Kind::Back, Kind::Kept, Kind::Translated, Kind::Admitted, Kind::Service]);
    kinds.extend([Kind::Source, Kind::Destination, Kind::Ports, Kind::Devices, Kind::Share]);
    kinds.extend(rates.then_some(Kind::Mbps));
    kinds
}

impl Kind {
    pub(super) fn column(self) -> Column {
        let (title, class, sorts) = match self {
            Self::Verdict => (words::column::VERDICT, "c-verdict", true),
            Self::Other => (words::column::OTHER, "c-verdict", true),
            Self::Flow => (words::column::FLOW, "c-flow", true),
            Self::Direction => (words::column::DIRECTION, "c-direction", true),
            Self::Site => (words::column::SITE, "c-site", true),
            Self::Service => (words::column::SERVICE, "c-service", true),
            Self::Out => (words::column::OUT, "c-exit", true),
            Self::Translated => (words::column::TRANSLATED, "c-pool", true),
            Self::Back => (words::column::BACK, "c-exit", true),
            Self::Share => (words::column::SHARE, "c-share", true),
            Self::Mbps => (words::column::MBPS, "c-mbps", true),
            Self::Group => (words::column::GROUP, "c-flow", false),
            Self::Source => (words::column::SOURCE, "c-service", true),
            Self::Destination => (words::column::DESTINATION, "c-service", true),
            Self::Ports => (words::column::PORTS, "c-ports", true),
            Self::Admitted => (words::column::ADMITTED, "c-direction", true),
            Self::Devices => (words::column::DEVICES, "c-pool", true),
            Self::Kept => (words::column::KEPT, "c-service", true),
        };
        Column { title: title.into(), class, sorts }
    }

    pub(super) fn sort(self) -> Option<SortBy> {
        Some(match self {
            Self::Verdict => SortBy::Verdict,
            Self::Flow => SortBy::Name,
            Self::Site => SortBy::Site,
            Self::Service => SortBy::Service,
            Self::Out => SortBy::Out,
            Self::Back => SortBy::Back,
            Self::Mbps => SortBy::Mbps,
            Self::Direction => SortBy::Direction,
            Self::Translated => SortBy::Translated,
            Self::Ports => SortBy::Ports,
            Self::Other => SortBy::Other,
            Self::Share => SortBy::Share,
            Self::Source => SortBy::Source,
            Self::Destination => SortBy::Destination,
            Self::Admitted => SortBy::Admitted,
            Self::Devices => SortBy::Devices,
            Self::Kept => SortBy::Kept,
            // Groups stand by their names already.
            Self::Group => return None,
        })
    }
}

/// What a row needs to be shown.
pub(super) struct Lines<'a> {
    pub plan: &'a Plan,
    pub names: &'a Names<'a>,
    pub kinds: &'a [Kind],
    /// The flows of the rows shown.
    pub flows: &'a BTreeMap<&'a Id, &'a Flow>,
    /// The chosen flow, and which part of it.
    pub chosen: Option<(&'a Id, usize)>,
}

impl Lines<'_> {
    /// A row, with its parts where it has several; `other` is the same flow with the other return model.
    pub(super) fn row(
        &self,
        row: &Row,
        other: Option<&Row>,
        facts: &[Facts],
        group: Option<(&Group, bool)>,
    ) -> TableRow {
        let lines = Catalogue::new(self.plan, self.names, GroupBy::None).of(row, facts);
        let flow = self.flows.get(&row.flow).copied();
        let split = row.parts.len() > 1;
        let chosen = self.chosen.filter(|(chosen, _)| **chosen == row.flow).map(|(_, part)| part);
        let differs = other.is_some_and(|other| super::flows::differ(row, other));
        let cells = self.kinds.iter().map(|kind| match kind {
            Kind::Group => group_cell(group),
            kind => self.cell(*kind, row, other, flow, differs, &lines),
        });
        let cells = cells.collect();
        let line = Line {
            name: words::row_name(row, self.names).into(),
            cells,
            chosen: chosen.is_some(),
            class: classes!(differs.then_some("tbl-differs")),
        };
        let parts = if split { row.parts.iter().enumerate() } else { [].iter().enumerate() };
        let parts = parts.map(|(index, part)| Line {
            name: words::part_name(row, part, self.names).into(),
            cells: self.kinds.iter().map(|kind| self.part_cell(*kind, part, lines.get(index))).collect(),
            chosen: chosen == Some(index),
            class: Classes::new(),
        });
        TableRow { line, parts: parts.collect() }
    }

    fn cell(
        &self,
        kind: Kind,
        row: &Row,
        other: Option<&Row>,
        flow: Option<&Flow>,
        differs: bool,
        told: &[Told],
    ) -> Html {
        let parts = &row.parts;
        let all =
            |column: CatalogueColumn| text(&words::union(told.iter().map(|line| line.cell(column).to_owned())));
        match kind {
            Kind::Verdict => badge(row.verdict),
            Kind::Other => match other {
                Some(other) if differs => html! {
                    <><span class="differs" title={words::DIFFERS}>{ "≠" }<span class="unseen">{ words::DIFFERS }</span></span>{ badge(other.verdict) }</>
                },
                Some(_) => html! { <span class="quiet">{ words::SAME }</span> },
                None => Html::default(),
            },
            Kind::Flow => text(self.names.flow(&row.flow)),
            Kind::Direction => text(words::begins(row.direction)),
            Kind::Site => text(self.names.site(&row.site)),
            Kind::Service => text(words::service(flow, self.names)),
            Kind::Out => self.exits(parts.iter().map(|part| part.out.as_slice())),
            Kind::Back => self.exits(parts.iter().map(|part| part.back.as_slice())),
            Kind::Translated => text(&words::union(parts.iter().map(|part| self.pools(part, row.direction)))),
            Kind::Share if parts.len() > 1 => html! { <span class="quiet">{ words::parts(parts.len()) }</span> },
            Kind::Share => Html::default(),
            Kind::Mbps => text(&words::mbps(flow)),
            Kind::Source => all(CatalogueColumn::Source),
            Kind::Destination => all(CatalogueColumn::Destination),
            Kind::Ports => all(CatalogueColumn::Ports),
            Kind::Admitted => all(CatalogueColumn::Admitted),
            Kind::Devices => all(CatalogueColumn::Devices),
            Kind::Kept => all(CatalogueColumn::Kept),
            Kind::Group => Html::default(),
        }
    }

    fn part_cell(&self, kind: Kind, part: &Part, told: Option<&Told>) -> Html {
        let own = |column: CatalogueColumn| text(told.map_or("", |line| line.cell(column)));
        match kind {
            Kind::Verdict => badge(Some(part.verdict)),
            Kind::Flow => text(&words::part_line(part)),
            Kind::Out => self.exits([part.out.as_slice()].into_iter()),
            Kind::Back => self.exits([part.back.as_slice()].into_iter()),
            Kind::Translated => text(&self.pools(part, Direction::Outbound)),
            Kind::Share => text(&part.share.to_string()),
            Kind::Admitted => own(CatalogueColumn::Admitted),
            Kind::Devices => own(CatalogueColumn::Devices),
            Kind::Kept => own(CatalogueColumn::Kept),
            Kind::Other | Kind::Direction | Kind::Site | Kind::Service | Kind::Mbps => Html::default(),
            Kind::Group | Kind::Source | Kind::Destination | Kind::Ports => Html::default(),
        }
    }

    fn pools(&self, part: &Part, direction: Direction) -> String {
        let leaves = !part.out.is_empty() && direction == Direction::Outbound;
        match part.pools.is_empty() {
            true if leaves => words::UNTRANSLATED.to_owned(),
            true => String::new(),
            false => self.names.pools(&part.pools, "or"),
        }
    }

    /// Exits with the colour of their path; each set of equals once.
    fn exits<'b>(&self, sets: impl Iterator<Item = &'b [Id]>) -> Html {
        let mut seen: Vec<&[Id]> = Vec::new();
        for set in sets {
            if !set.is_empty() && !seen.contains(&set) {
                seen.push(set);
            }
        }
        if seen.is_empty() {
            return html! { <span class="quiet">{ words::NOTHING }</span> };
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

    fn set(&self, set: &[Id]) -> Html {
        set.iter()
            .enumerate()
            .map(|(index, id)| {
                let class = match self.plan.exits.iter().find(|exit| exit.id == *id).map(|exit| &exit.link) {
                    Some(Link::ExpressRoute(_)) => "path-express",
                    _ => "path-internet",
                };
                html! { <>{ if index > 0 { words::OR } else { "" } }<span {class}>{ self.names.exit(id) }</span></> }
            })
            .collect()
    }
}

/// The group's name; at its first row how many there are, too.
fn group_cell(group: Option<(&Group, bool)>) -> Html {
    let Some((group, first)) = group else { return Html::default() };
    let sum = told::group_sum(group.flows, group.fail, group.depend);
    if first {
        html! { <span class="tbl-text" title={format!("{}: {sum}", group.name)}><strong>{ &group.name }</strong>{ " " }<span class="quiet">{ sum }</span></span> }
    } else {
        html! { <span class="tbl-text quiet">{ &group.name }</span> }
    }
}

fn text(text: &str) -> Html {
    html! { <span class="tbl-text" title={text.to_owned()}>{ text }</span> }
}
