//! How many faults lie in each part of the plan, for the marks beside it.

use super::door::Summary;
use super::focus::{Spot, Target};
use crate::plan::{Id, ListId, PartKind, Plan, PlanFault, Severity};
use std::ops::AddAssign;

/// Errors and warnings.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Mark {
    /// Something was passed over.
    pub errors: u32,
    /// Something is worth knowing.
    pub warnings: u32,
}

impl AddAssign for Mark {
    fn add_assign(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
    }
}

impl Mark {
    /// Whether there is nothing to mark.
    pub fn is_clear(self) -> bool {
        self == Self::default()
    }
}

/// What of a part is marked where: an exit's learned routes and advertisements have panels of their own.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Area {
    /// A part's own fields and lists.
    Part(PartKind),
    /// The learned routes of exits.
    Learned,
    /// The advertisements of exits.
    Advertised,
}

/// The area and the part that a list belongs to.
pub fn area_of(list: &ListId) -> Option<(Area, Id)> {
    match list {
        ListId::Learned(id) => Some((Area::Learned, id.clone())),
        ListId::Advertised(id) => Some((Area::Advertised, id.clone())),
        other => {
            let target = Target::List(other.clone(), Spot::Whole);
            target.part().map(|(kind, id)| (Area::Part(kind), id.clone()))
        }
    }
}

/// The marks of every part that has any.
pub fn marks(plan: &Plan, summary: &Summary) -> Vec<(Area, Id, Mark)> {
    let mut all: Vec<(Area, Id, Mark)> = Vec::new();
    let mut add = |area: Area, id: Id, mark: Mark| {
        if mark.is_clear() {
            return;
        }
        match all.iter_mut().find(|(other, part, _)| *other == area && *part == id) {
            Some((_, _, sum)) => *sum += mark,
            None => all.push((area, id, mark)),
        }
    };
    for list in &summary.lists {
        if let Some((area, id)) = area_of(&list.list) {
            add(area, id, Mark { errors: list.errors, warnings: list.warnings });
        }
    }
    for fault in &summary.plan_faults {
        if let Some((kind, id)) = part_of(plan, fault) {
            let mark = match fault.severity {
                Severity::Error => Mark { errors: 1, warnings: 0 },
                Severity::Warning => Mark { errors: 0, warnings: 1 },
            };
            add(Area::Part(kind), id, mark);
        }
    }
    all
}

/// The part that a fault of the plan lies in, by its path.
pub fn part_of(plan: &Plan, fault: &PlanFault) -> Option<(PartKind, Id)> {
    let (list, rest) = fault.path.split_once('[')?;
    let index: usize = rest.split_once(']')?.0.parse().ok()?;
    let kind = match list {
        "sites" => PartKind::Site,
        "circuits" => PartKind::Circuit,
        "exits" => PartKind::Exit,
        "devices" => PartKind::Device,
        "pools" => PartKind::Pool,
        "sources" => PartKind::Source,
        "services" => PartKind::Service,
        "published" => PartKind::Published,
        "flows" => PartKind::Flow,
        "provider_covered" => PartKind::ProviderCovered,
        _ => return None,
    };
    super::parts::parts(plan, kind).into_iter().nth(index).map(|(id, _)| (kind, id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::parts;
    use crate::plan::validate;

    #[test]
    fn a_dangling_reference_marks_its_exit() {
        let mut plan = Plan::default();
        parts::add(&mut plan, PartKind::Exit, "Exit");
        let exit = parts::add(&mut plan, PartKind::Exit, "Exit");
        plan.exits[0].site = "nowhere".into();
        plan.exits[1].site = "nowhere".into();
        let faults = validate(&plan);
        assert_eq!(part_of(&plan, &faults[1]), Some((PartKind::Exit, exit.clone())));
        let summary = Summary {
            verdicts: Vec::new(),
            empty: 0,
            other_verdicts: None,
            differs: Vec::new(),
            exits: Vec::new(),
            lists: Vec::new(),
            traffic: Vec::new(),
            plan_faults: faults,
        };
        let marks = marks(&plan, &summary);
        assert!(marks.contains(&(Area::Part(PartKind::Exit), exit, Mark { errors: 1, warnings: 0 })));
    }
}
