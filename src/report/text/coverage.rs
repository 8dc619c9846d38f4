//! The coverage as text: for each site its totals, classes and services, then the way back.

use super::layout::{Style, Table, cut_middle, paragraph};
use crate::report::answers::Covered;
use crate::report::words::{self, coverage as told};
use crate::space::{Count, Share};
use crate::study::coverage::{Class, SiteCoverage, Totals};

/// At most so many classes of a site, services, and ways of one service are told.
const MAX_CLASSES: usize = 100;
const MAX_SERVICES: usize = 200;
const MAX_WAYS: usize = 8;
/// At most so many rows of the way back are told.
const MAX_BACK: usize = 200;

/// The coverage as text; of one class only its prefixes, a line each.
pub fn coverage(answer: &Covered, style: Style) -> String {
    let mut out = String::new();
    if answer.class.is_some() {
        for site in answer.sites() {
            for class in answer.classes(site) {
                for net in site.prefixes(class.class) {
                    out.push_str(&format!("{net}\n"));
                }
            }
        }
        return out;
    }
    let name = answer.plan.name.trim();
    if !name.is_empty() {
        paragraph(&mut out, "", "", name);
    }
    let scenario = words::scenario(answer.scenario, answer.names);
    if !scenario.is_empty() {
        paragraph(&mut out, "", "", &scenario);
    }
    for site in answer.sites() {
        out.push('\n');
        out.push_str(&style.strong(&format!("From {}", answer.names.site(&site.site))));
        out.push('\n');
        for totals in &site.totals {
            family(&mut out, totals, answer, style);
        }
        classes(&mut out, site, answer, style);
        services(&mut out, site, answer, style);
    }
    back(&mut out, answer, style);
    out
}

fn family(out: &mut String, totals: &Totals, answer: &Covered, style: Style) {
    let mut table = Table::new(&[44]);
    let row = |table: &mut Table, what: String, addresses: Count, share: Share| {
        table.row([what, format!("{share:>8}"), words::addresses(addresses)]);
    };
    for total in &totals.exits {
        row(&mut table, told::out(&total.out, answer.names), total.addresses, total.share);
    }
    if !totals.special.is_zero() {
        row(&mut table, told::SPECIAL.to_owned(), totals.special, totals.special_share);
    }
    out.push_str(&format!("  {}, by exit\n", totals.family));
    table.print(out, "    ", style);
    if totals.verdicts.is_empty() {
        return;
    }
    let mut table = Table::default();
    for total in &totals.verdicts {
        let share = format!("{:>8}", total.share.to_string());
        table.verdict_row(total.verdict, [share, words::addresses(total.addresses)]);
    }
    out.push_str(&format!("  {}, by verdict\n", totals.family));
    table.print(out, "    ", style);
}

fn classes(out: &mut String, site: &SiteCoverage, answer: &Covered, style: Style) {
    out.push_str("  Classes of destinations, worst first; --class NUMBER lists the prefixes of one\n");
    let digits = site.classes().len().saturating_sub(1).to_string().len();
    for class in site.classes().iter().take(MAX_CLASSES) {
        let number = format!("{:>digits$}", class.class);
        let first = match class.verdict {
            Some(verdict) => {
                let (leaves, back) =
                    (told::out(&class.out, answer.names), told::answers(&class.parts, answer.names));
                format!("{}; out by {leaves}; answer by {back}:", style.verdict(verdict))
            }
            None => format!("- {}:", told::verdict(None, class.unjudged)),
        };
        let indent = " ".repeat(digits + 6);
        paragraph(out, &format!("    {number}  "), &indent, &format!("{first} {}", size(class)));
    }
    let more = site.classes().len().saturating_sub(MAX_CLASSES);
    if more > 0 {
        out.push_str(&format!("    and {more} more; --json has them all\n"));
    }
}

/// How many addresses a class has, to which side, and where it begins.
fn size(class: &Class) -> String {
    let side = class.far_side.map_or(String::new(), |side| format!(" of {}", told::far_side(side)));
    let noun = if class.addresses == Count::ONE { "address" } else { "addresses" };
    let list = match class.prefixes {
        1 => format!("from {}", class.first),
        more => format!("in {} from {}", words::prefixes(more), class.first),
    };
    format!("{} {} {noun}{side}, {} of all, {list}", class.addresses.grouped(), class.family, class.share)
}

fn services(out: &mut String, site: &SiteCoverage, answer: &Covered, style: Style) {
    if answer.plan.services.is_empty() {
        return;
    }
    let mut table = Table::new(&[22, 23, 17, 17]);
    out.push_str("  Services, worst first\n");
    table.row(["SERVICE", "VERDICT", "LEAVES BY", "ANSWER BY", "ADDRESSES"]);
    for service in site.services().take(MAX_SERVICES) {
        let name = answer.names.service(&service.service).to_owned();
        if service.ways.is_empty() {
            table.row([name.clone(), "- No addresses".to_owned()]);
        }
        for (index, way) in service.ways.iter().take(MAX_WAYS).enumerate() {
            let class = &way.class;
            let verdict = match class.verdict {
                Some(verdict) => super::layout::marked(verdict),
                None => format!("- {}", told::verdict(None, class.unjudged)),
            };
            table.row([
                if index == 0 { name.clone() } else { String::new() },
                verdict,
                if class.is_public() {
                    cut_middle(&told::out(&class.out, answer.names), 17)
                } else {
                    "-".to_owned()
                },
                cut_middle(&told::answers(&class.parts, answer.names), 17),
                format!("{} of {}", way.share, class.family),
            ]);
        }
        let more = service.ways.len().saturating_sub(MAX_WAYS);
        if more > 0 {
            table.row([String::new(), format!("and {more} more; --json has them all")]);
        }
    }
    table.print(out, "    ", style);
    let more = answer.plan.services.len().saturating_sub(MAX_SERVICES);
    if more > 0 {
        out.push_str(&format!("    and {more} more; --json has them all\n"));
    }
}

fn back(out: &mut String, answer: &Covered, style: Style) {
    let rows = answer.coverage.back();
    if rows.is_empty() {
        return;
    }
    out.push('\n');
    out.push_str(&style.strong("The way back"));
    out.push('\n');
    let mut table = Table::new(&[28, 16, 24]);
    table.row(["ADDRESSES OF", "FROM", "SENT BY", "SHARE"]);
    for row in rows.iter().take(MAX_BACK) {
        let more = if row.prefixes > 1 { format!(" and {} more", row.prefixes - 1) } else { String::new() };
        table.row([
            told::ours(&row.ours, answer.names),
            told::sender(row.far_side, row.offered.as_deref(), answer.names),
            told::ways(&row.ways, answer.names),
            format!("{} of {}: {}{more}", row.share, row.family, row.first),
        ]);
    }
    table.print(out, "  ", style);
    let more = rows.len().saturating_sub(MAX_BACK);
    if more > 0 {
        out.push_str(&format!("  and {more} more; --json has them all\n"));
    }
    if !answer.coverage.sticky().is_empty() {
        paragraph(out, "  ", "  ", &told::sticky(answer.coverage.sticky(), answer.names));
    }
}
