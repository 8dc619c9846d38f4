//! Configuration in the preview: what it says, which parts of the plan it is of, and what becomes of these.

use crate::desk::Action;
use crate::desk::import::{Belongs, Item, Turn};
use crate::desk::parts::name_of;
use crate::intake::LineIndex;
use crate::intake::config::{Matched, Setup};
use crate::plan::{Id, PartKind, Plan};
use crate::report::words::page::import as words;
use crate::report::words::page::import::column;
use crate::report::words::{page, setup as told};
use crate::ui::dom;
use crate::ui::inputs::Choice;
use std::ops::Range;
use std::rc::Rc;
use yew::{AttrValue, Callback, Event, Html, Properties, component, html, use_state};

/// At most so many rows of a table, or lines of a list.
const SHOWN: usize = 200;

/// Configuration in the preview.
#[derive(Properties)]
pub struct SetupProps {
    /// The item.
    pub item: Rc<Item>,
    /// What it says.
    pub setup: Rc<Setup>,
    /// The open plan.
    pub plan: Rc<Plan>,
    /// Where actions go.
    pub act: Callback<Action>,
}

impl PartialEq for SetupProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.setup, &other.setup)
            && Rc::ptr_eq(&self.plan, &other.plan)
            && self.item.of == other.item.of
            && self.item.adopted == other.item.adopted
    }
}

/// Which parts of the plan it is of: choices.
#[component]
pub fn BelongsTo(props: &SetupProps) -> Html {
    let (item, setup, plan) = (&props.item, &props.setup, &props.plan);
    let key = item.key;
    let turn = {
        let act = props.act.clone();
        move |to: Belongs| act.emit(Action::Preview(Turn::Belongs(key, to)))
    };
    let one_of = |label: String, kind: PartKind, chosen: Option<&Id>, to: Callback<Option<Id>>| {
        let parts = kinds(plan, kind);
        let mut options: Vec<(AttrValue, AttrValue)> = vec![("".into(), words::AS_TOLD.into())];
        options.extend(parts.iter().map(|id| (id.to_string().into(), name_of(plan, kind, id).into())));
        let value = chosen.map(ToString::to_string).unwrap_or_default();
        let picked = Callback::from(move |value: String| {
            to.emit((!value.is_empty()).then(|| Id::from(value.as_str())));
        });
        html! {
            <Choice label={label.clone()} name={words::of_item(&label, &item.title())} {value} {options} chosen={picked} />
        }
    };
    let emit = |make: fn(Option<Id>) -> Belongs| {
        let turn = turn.clone();
        Callback::from(move |id| turn(make(id)))
    };
    let translates = !setup.rules.is_empty() || !setup.published.is_empty();
    let of = &item.of;
    html! {
        <div class="import-belongs">
            <div class="import-choices">
                if translates {
                    { one_of(words::OF_DEVICE.into(), PartKind::Device, of.device.as_ref(), emit(Belongs::Device)) }
                }
                if !setup.published.is_empty() {
                    { one_of(words::OF_SITE.into(), PartKind::Site, of.site.as_ref(), emit(Belongs::Site)) }
                }
                if !setup.peerings.is_empty() {
                    { one_of(words::OF_CIRCUIT.into(), PartKind::Circuit, of.circuit.as_ref(), emit(Belongs::Circuit)) }
                }
                { for setup.neighbours.iter().take(SHOWN).map(|neighbour| {
                    let (address, turn) = (neighbour.address, turn.clone());
                    let chosen = of.neighbours.iter().find(|(own, _)| *own == address).map(|(_, exit)| exit);
                    let to = Callback::from(move |exit| turn(Belongs::Neighbour(address, exit)));
                    one_of(words::neighbour_of(neighbour), PartKind::Exit, chosen, to)
                }) }
            </div>
            { for item.zones().into_iter().take(SHOWN).map(|zone| self::zone(item, plan, &zone, &turn)) }
        </div>
    }
}

fn kinds(plan: &Plan, kind: PartKind) -> Vec<Id> {
    crate::desk::parts::parts(plan, kind).into_iter().map(|(id, _)| id).collect()
}

/// The exits that a zone leads to: ticks.
fn zone(item: &Item, plan: &Plan, zone: &str, turn: &(impl Fn(Belongs) + Clone + 'static)) -> Html {
    let tick = |exit: &crate::plan::Exit| {
        // What the plan says itself stands.
        let planned = exit.path.iter().any(|crossing| crossing.zone.eq_ignore_ascii_case(zone));
        let said = item.of.zones.iter().any(|(own, to)| own == zone && *to == exit.id);
        let (turn, zone, id) = (turn.clone(), zone.to_owned(), exit.id.clone());
        let onchange = Callback::from(move |event: Event| {
            turn(Belongs::Zone(zone.clone(), id.clone(), dom::checked_of(&event)))
        });
        html! {
            <label class="tick">
                <input type="checkbox" checked={planned || said} disabled={planned && !said} {onchange} />
                <span>{ name_of(plan, PartKind::Exit, &exit.id) }</span>
            </label>
        }
    };
    html! {
        <fieldset class="import-zone">
            <legend>{ words::zone_leads(zone) }</legend>
            { for plan.exits.iter().map(tick) }
        </fieldset>
    }
}

/// What becomes of it: what changes, what has no place, what isn't modelled; and on demand all that it says.
#[component]
pub fn Says(props: &SetupProps) -> Html {
    let open = use_state(|| false);
    let (item, setup) = (&props.item, &props.setup);
    let lines = LineIndex::new(item.text.as_str());
    let line = |span: &Range<u32>| page::line(lines.line_column(span.start).line);
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    let changes: Vec<String> = item
        .adopted
        .iter()
        .flat_map(|adopted| adopted.changes.iter().zip(&adopted.names))
        .map(|(change, name)| told::change(change, name))
        .collect();
    let misses = item.adopted.as_ref().map(|adopted| adopted.misses.as_slice()).unwrap_or_default();
    html! {
        <>
            if !changes.is_empty() {
                <ul class="import-does">
                    { for changes.iter().take(SHOWN).map(|change| html! { <li>{ change }</li> }) }
                    if changes.len() > SHOWN { <li class="quiet">{ words::more_rows(changes.len() - SHOWN) }</li> }
                </ul>
            }
            { list(words::NO_PLACE, misses.iter().map(|miss| (words::miss(miss), line(&miss.span)))) }
            { list(words::NOT_MODELLED, setup.left_out.iter().map(|left| (told::left_out(left), line(&left.span)))) }
            if !setup.is_empty() {
                <button type="button" class="small" aria-expanded={open.to_string()} onclick={toggle}
                    aria-label={words::of_item(words::SAYS, &item.title())}>{ words::SAYS }</button>
                if *open {
                    <div class="import-panel import-says" tabindex="0">{ tables(setup, &line) }</div>
                }
            }
        </>
    }
}

/// What is told with its line; of many the first.
fn list(title: &'static str, rows: impl ExactSizeIterator<Item = (String, String)>) -> Html {
    let all = rows.len();
    if all == 0 {
        return Html::default();
    }
    html! {
        <section aria-label={title} class="import-notes">
            <h4>{ title }{ " (" }{ all }{ ")" }</h4>
            <ul tabindex="0">
                { for rows.take(SHOWN).map(|(said, line)| html! {
                    <li>{ said }{ " " }<span class="quiet">{ line }</span></li>
                }) }
                if all > SHOWN { <li class="quiet">{ words::more_rows(all - SHOWN) }</li> }
            </ul>
        </section>
    }
}

/// A table of so many rows; of many the first.
fn table(
    title: &'static str,
    columns: &[&'static str],
    all: usize,
    rows: impl Iterator<Item = Vec<String>>,
) -> Html {
    if all == 0 {
        return Html::default();
    }
    html! {
        <div class="study-scroll" tabindex="0">
            <table class="study-table">
                <caption>{ title }</caption>
                <thead><tr>{ for columns.iter().map(|column| html! { <th scope="col">{ *column }</th> }) }</tr></thead>
                <tbody>
                    { for rows.take(SHOWN).map(|row| html! {
                        <tr>{ for row.into_iter().map(|cell| html! { <td>{ cell }</td> }) }</tr>
                    }) }
                </tbody>
            </table>
            if all > SHOWN { <p class="quiet">{ words::more_rows(all - SHOWN) }</p> }
        </div>
    }
}

fn tables(setup: &Setup, line: &dyn Fn(&Range<u32>) -> String) -> Html {
    let any = |shown: Vec<String>| if shown.is_empty() { words::ANY.to_owned() } else { shown.join(" ") };
    let matched = |matched: &Matched| any(matched.shown());
    let pool = |pool| setup.pool_of(pool).map_or_else(|| words::UNTRANSLATED.to_owned(), |pool| pool.name.clone());
    let pools = setup.pools.iter().map(|pool| {
        let shown = pool.shown();
        let addresses = if shown.is_empty() { words::NOT_KNOWN.to_owned() } else { shown.join(" ") };
        vec![pool.name.clone(), addresses, line(&pool.span)]
    });
    let rules = setup.rules.iter().map(|rule| {
        vec![
            rule.name.clone(),
            matched(&rule.sources),
            matched(&rule.destinations),
            any(rule.to.clone()),
            pool(rule.pool),
            line(&rule.span),
        ]
    });
    let published = setup.published.iter().map(|own| {
        let (outside, inside) = own.shown();
        vec![
            own.name.clone(),
            outside.join(" "),
            inside.join(" "),
            any(own.from.clone()),
            own.ports.clone(),
            line(&own.span),
        ]
    });
    let advertised = setup.advertised.iter().map(|own| {
        vec![own.prefix.to_string(), told::advertised_by(own.by).to_owned(), own.policy.clone(), line(&own.span)]
    });
    let terms = setup.policies.iter().map(|policy| policy.terms.len()).sum();
    let policies = setup.policies.iter().flat_map(|policy| {
        policy
            .terms
            .iter()
            .map(|term| vec![policy.name.clone(), told::term(term), told::action(&term.action), line(&term.span)])
    });
    let neighbours = setup.neighbours.iter().map(|own| {
        vec![
            own.address.to_string(),
            own.remote_as.map(|asn| asn.to_string()).unwrap_or_default(),
            own.policies_in.join(" "),
            own.policies_out.join(" "),
            line(&own.span),
        ]
    });
    let nets = |nets: &[ipnet::IpNet]| nets.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let peerings = setup.peerings.iter().map(|own| {
        let subnets: Vec<ipnet::IpNet> = own.primary.iter().chain(&own.secondary).copied().collect();
        vec![
            crate::report::words::lists::peering(own.kind).to_owned(),
            own.peer_asn.map(|asn| asn.to_string()).unwrap_or_default(),
            nets(&own.admitted),
            nets(&subnets),
            own.route_filter.clone().unwrap_or_default(),
        ]
    });
    use column::*;
    html! {
        <>
            { table(words::POOLS, &[NAME, ADDRESSES, LINE], setup.pools.len(), pools) }
            { table(words::RULES, &[NAME, SOURCES, DESTINATIONS, OUT_BY, TO_POOL, LINE], setup.rules.len(), rules) }
            { table(words::PUBLISHED, &[NAME, OUTSIDE, INSIDE, IN_BY, PORTS, LINE], setup.published.len(), published) }
            { table(words::ADVERTISED, &[PREFIX, BY, POLICY, LINE], setup.advertised.len(), advertised) }
            { table(words::POLICIES, &[NAME, MATCHES, DOES, LINE], terms, policies) }
            { table(words::NEIGHBOURS, &[NAME, AS, POLICY_IN, POLICY_OUT, LINE], setup.neighbours.len(), neighbours) }
            { table(words::PEERINGS, &[KIND, AS, ADMITTED, SUBNETS, FILTER], setup.peerings.len(), peerings) }
        </>
    }
}
