//! All addresses of a family as bars: by exit, and by verdict.

use crate::plan::{Id, Link, Plan};
use crate::report::words::coverage as told;
use crate::report::words::page::coverage as words;
use crate::report::words::{Names, verdicts};
use crate::space::{Count, Share};
use crate::study::coverage::Totals;
use crate::ui::answer::verdict_class;
use yew::{Classes, Html, classes, html};

/// A part of a bar.
struct Piece {
    name: String,
    class: Classes,
    share: Share,
    addresses: Count,
}

/// The bars of both families.
pub(super) fn totals(all: &[Totals], plan: &Plan, names: &Names) -> Html {
    html! {
        <div class="totals">
            { for all.iter().map(|totals| family(totals, plan, names)) }
        </div>
    }
}

fn family(totals: &Totals, plan: &Plan, names: &Names) -> Html {
    let special = |name: &str| Piece {
        name: name.to_owned(),
        class: classes!("bar-special"),
        share: totals.special_share,
        addresses: totals.special,
    };
    let mut exits: Vec<Piece> = totals
        .exits
        .iter()
        .map(|total| Piece {
            name: name(&total.out, names),
            class: exit_class(&total.out, plan),
            share: total.share,
            addresses: total.addresses,
        })
        .collect();
    exits.push(special(words::SPECIAL));
    let mut ends: Vec<Piece> = totals
        .verdicts
        .iter()
        .map(|total| Piece {
            name: verdicts::title(total.verdict).to_owned(),
            class: classes!("bar-verdict", verdict_class(Some(total.verdict))),
            share: total.share,
            addresses: total.addresses,
        })
        .collect();
    if ends.is_empty() && !totals.no_sources.is_zero() {
        return html! {
            <section class="totals-family">
                <h3>{ totals.family.to_string() }</h3>
                <p class="quiet">{ words::NO_SOURCES }</p>
            </section>
        };
    }
    ends.push(special(words::SPECIAL));
    html! {
        <section class="totals-family">
            <h3>{ totals.family.to_string() }</h3>
            { bar(words::BY_VERDICT, &ends) }
            { bar(words::BY_EXIT, &exits) }
        </section>
    }
}

fn name(out: &[Id], names: &Names) -> String {
    if out.len() > 1 { words::tie(out, names) } else { told::out(out, names) }
}

fn exit_class(out: &[Id], plan: &Plan) -> Classes {
    let is_express =
        |id: &Id| plan.exits.iter().any(|exit| exit.id == *id && matches!(exit.link, Link::ExpressRoute(_)));
    match out {
        [] => classes!("bar-none"),
        [one] if is_express(one) => classes!("bar-exit", "path-express"),
        [_] => classes!("bar-exit", "path-internet"),
        _ => classes!("bar-tie"),
    }
}

/// The width of a whole bar, and the least of a piece, in its own units.
const WHOLE: u32 = 1000;
const LEAST: u32 = 4;

fn bar(title: &str, pieces: &[Piece]) -> Html {
    let pieces: Vec<&Piece> = pieces.iter().filter(|piece| !piece.addresses.is_zero()).collect();
    let mut at = 0;
    let rects: Html = pieces
        .iter()
        .map(|piece| {
            // However small, something is seen.
            let width = (piece.share.millionths() / (1_000_000 / WHOLE)).max(LEAST);
            let x = at.min(WHOLE - LEAST);
            at += width;
            html! {
                <rect class={piece.class.clone()} x={x.to_string()} y="0" width={width.to_string()} height="10">
                    <title>{ format!("{}: {}", piece.name, piece.share) }</title>
                </rect>
            }
        })
        .collect();
    html! {
        <figure class="bars">
            <figcaption class="quiet">{ title }</figcaption>
            <svg class="bars-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                { rects }
            </svg>
            <ul class="bars-legend">
                { for pieces.iter().map(|piece| html! {
                    <li>
                        <svg class="bars-key" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
                            <rect class={piece.class.clone()} x="0" y="0" width="10" height="10" />
                        </svg>
                        <span class="bars-name">{ &piece.name }</span>
                        <span class="bars-share">{ piece.share.to_string() }</span>
                        <span class="bars-count quiet">{ crate::report::words::addresses(piece.addresses) }</span>
                    </li>
                }) }
            </ul>
        </figure>
    }
}
