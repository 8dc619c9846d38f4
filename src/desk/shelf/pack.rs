//! A plan as it is kept: its long lists lie apart, each once, under the hash of its content.
//!
//! So an edit writes what it changed, and not a routing table once more. In the plan's JSON a mark stands in the list's
//! place: a letter that nobody types, and the hash.

use crate::plan::{self, ListId, LoadError, Loaded, Plan, Text};
use std::collections::BTreeMap;

/// A list of at least so many bytes lies apart.
pub const KEEP_APART: usize = 65_536;

const MARK: &str = "\u{0}text ";

/// The plan's JSON with marks, and the lists that lie apart.
pub fn pack(plan: &Plan) -> (String, BTreeMap<u128, Text>) {
    let mut texts = BTreeMap::new();
    let mut packed = plan.clone();
    for (list, text) in plan.lists() {
        // What looks like a mark lies apart too: it has to come back as it is.
        if text.len() < KEEP_APART && !text.as_str().starts_with(MARK) {
            continue;
        }
        let hash = text.content_hash();
        if let Some(place) = packed.list_mut(&list) {
            *place = format!("{MARK}{hash:032x}").into();
            texts.insert(hash, text.clone());
        }
    }
    (plan::save(&packed), texts)
}

/// Reads a packed plan; which lists still lie apart, [`wanted`] says.
///
/// # Errors
/// As [`plan::load`].
pub fn wanted(json: &str) -> Result<(Loaded, Vec<(ListId, u128)>), LoadError> {
    let loaded = plan::load(json)?;
    let hash = |text: &Text| u128::from_str_radix(text.as_str().strip_prefix(MARK)?, 16).ok();
    let lists = loaded.plan.lists();
    let wanted = lists.into_iter().filter_map(|(list, text)| Some((list, hash(text)?))).collect();
    Ok((loaded, wanted))
}

/// Puts a list back in its place.
pub fn fill(plan: &mut Plan, list: &ListId, text: Text) {
    if let Some(place) = plan.list_mut(list) {
        *place = text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::examples;

    fn unpacked(json: &str, texts: &BTreeMap<u128, Text>) -> Plan {
        let (loaded, lists) = wanted(json).unwrap();
        let mut plan = loaded.plan;
        for (list, hash) in lists {
            fill(&mut plan, &list, texts[&hash].clone());
        }
        plan
    }

    #[test]
    fn a_packed_plan_comes_back_to_the_letter() {
        for example in examples::EXAMPLES {
            let mut plan = example.plan();
            let (json, texts) = pack(&plan);
            assert!(texts.is_empty());
            assert_eq!(unpacked(&json, &texts), plan);
            let long: Text = "10.0.0.0/8\n".repeat(KEEP_APART / 11 + 1).into();
            plan.exits[0].learned = long.clone();
            plan.exits[0].advertised = long;
            plan.sites[0].inside = format!("{MARK}00").into();
            let (json, texts) = pack(&plan);
            assert_eq!(texts.len(), 2, "the same list lies there once");
            assert!(json.len() < 20_000);
            assert_eq!(unpacked(&json, &texts), plan);
        }
    }
}
