//! What went in: the parts and lists of the plan, and what it assumes.

use super::written::written;
use super::{Block, Reported, Table, heading, text};
use crate::journey::Assumption;
use crate::report::words::{assumptions, lists, plan_fault};
use crate::space::Count;

pub(super) fn inputs(told: &Reported<'_>, blocks: &mut Vec<Block>) {
    let plan = told.plan;
    heading(blocks, "Inputs");
    text(blocks, plan.notes.trim());
    let mut parts = Table::new("Parts of the plan", &["Part", "How many"]);
    parts.figures = vec![1];
    for (name, number) in [
        ("Sites", plan.sites.len()),
        ("Circuits", plan.circuits.len()),
        ("Exits", plan.exits.len()),
        ("Devices", plan.devices.len()),
        ("Translation rules", plan.devices.iter().map(|device| device.rules.len()).sum()),
        ("Pools", plan.pools.len()),
        ("Sources", plan.sources.len()),
        ("Services", plan.services.len()),
        ("Published services", plan.published.len()),
        ("Flows", plan.flows.len()),
    ] {
        parts.row(vec![name.to_owned(), Count::from(number as u64).grouped()]);
    }
    blocks.push(Block::Table(parts));
    written(told, blocks);
    if !told.summary.lists.is_empty() {
        let mut read = Table::new(
            "Lists, as they were read",
            &["List", "Format", "Lines", "IPv4", "IPv6", "Passed over", "Fingerprint"],
        );
        read.figures = vec![2, 3, 4, 5];
        for list in &told.summary.lists {
            let number = |number: u32| Count::from(number).grouped();
            let hash = plan.list(&list.list).map_or(String::new(), |text| format!("{:032x}", text.content_hash()));
            read.row(vec![
                lists::list(&list.list, told.names),
                list.format.clone(),
                number(list.lines),
                number(list.entries_v4),
                number(list.entries_v6),
                number(list.skipped),
                hash,
            ]);
        }
        blocks.push(Block::Table(read));
    }
    if !told.summary.plan_faults.is_empty() {
        text(blocks, "What is wrong with the plan as a document:");
        blocks.push(Block::List(told.summary.plan_faults.iter().map(plan_fault).collect()));
    }
    heading(blocks, "Assumptions");
    text(blocks, "What Microsoft's documents, or the plan, leave open, and what this plan takes for granted.");
    let mut table = Table::new("Assumptions", &["Assumption", "Question", "Assumed"]);
    for assumption in Assumption::ALL {
        let value = assumptions::current(&plan.assumptions, assumption);
        table.row(vec![
            assumptions::name(assumption).to_owned(),
            assumptions::question(assumption).to_owned(),
            assumptions::value(assumption, &value),
        ]);
    }
    blocks.push(Block::Table(table));
    let decisive = told.rows.iter().filter(|row| !row.decisive.is_empty());
    let said: Vec<String> = decisive
        .flat_map(|row| {
            row.decisive.iter().map(|flip| format!("{}: {}", told.names.flow(&row.flow), assumptions::flip(flip)))
        })
        .collect();
    if !said.is_empty() {
        text(blocks, "Flows that would fare otherwise if one assumption were otherwise:");
        blocks.push(Block::List(said));
    }
}
