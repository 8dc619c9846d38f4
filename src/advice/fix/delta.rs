//! What changes of a plan change in its lists, line by line, for people who want to see it before they agree.

use crate::plan::{ListId, Plan, Text};

/// A list that changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListChange {
    /// The list, as the changed plan has it.
    pub list: ListId,
    /// Lines that are gone.
    pub gone: Vec<String>,
    /// Lines that are new.
    pub new: Vec<String>,
}

/// The lists that differ between a plan and the same with changes done to it. Lists of rules and policies aren't among
/// them: a change inserts these whole, and moves the others' numbers.
pub fn list_changes(before: &Plan, after: &Plan) -> Vec<ListChange> {
    let was: Vec<(ListId, &Text)> = before.lists();
    let kinds = |list: &ListId| matches!(list, ListId::Advertised(_) | ListId::Admitted(..) | ListId::Pool(_));
    let mut changes = Vec::new();
    for (list, now) in after.lists().into_iter().filter(|(list, _)| kinds(list)) {
        let old = was.iter().find(|(own, _)| *own == list).map_or("", |(_, text)| text.as_str());
        if old == now.as_str() {
            continue;
        }
        let (gone, new) = (missing(old, now.as_str()), missing(now.as_str(), old));
        changes.push(ListChange { list, gone, new });
    }
    changes
}

/// The lines of a text that another hasn't, each as often as it is missing there.
fn missing(of: &str, from: &str) -> Vec<String> {
    let mut there: Vec<&str> = from.lines().map(str::trim).collect();
    crate::sort::up(&mut there);
    let mut lines = Vec::new();
    for line in of.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match there.binary_search(&line) {
            Ok(at) => {
                there.remove(at);
            }
            Err(_) => lines.push(line.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::fix::Change;
    use crate::plan::examples;

    #[test]
    fn lines_that_come_and_go_are_named_and_no_others() {
        let plan = examples::first();
        let exit = plan.exits.iter().find(|exit| !exit.advertised.is_empty()).unwrap();
        let line = exit.advertised.as_str().lines().next().unwrap().trim().to_owned();
        let mut changed = plan.clone();
        Change::Withdraw { exits: vec![exit.id.clone()], prefixes: vec![line.clone()] }.apply(&mut changed);
        let list = ListId::Advertised(exit.id.clone());
        let gone = [ListChange { list: list.clone(), gone: vec![line.clone()], new: Vec::new() }];
        assert_eq!(list_changes(&plan, &changed), gone);
        let new = [ListChange { list, gone: Vec::new(), new: vec![line] }];
        assert_eq!(list_changes(&changed, &plan), new);
        assert_eq!(list_changes(&plan, &plan), []);
    }

    #[test]
    fn a_line_twice_is_missed_once() {
        assert_eq!(missing("a\nb\na", "a"), ["b", "a"]);
    }
}
