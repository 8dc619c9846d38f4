//! TP121: the same addresses are in two pools, in a pool and inside, or inside at two sites: answers to them can't be
//! told apart.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(121), severity: Severity::Warning, citation: Citation::NatRequirements, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    let mut all: Vec<((PartKind, Id), ListId, AddressSet)> = Vec::new();
    for site in &case.plan().sites {
        let list = ListId::Inside(site.id.clone());
        all.push(((PartKind::Site, site.id.clone()), list.clone(), case.network().addresses(&list)));
    }
    for owner in case.owners().into_iter().filter(|owner| matches!(owner, Owner::Pool(_))) {
        let list = case.owner_list(owner);
        all.push((case.owner(owner), list.clone(), case.network().addresses(&list)));
    }
    for (index, (about, list, set)) in all.iter().enumerate() {
        for (other, other_list, other_set) in all.iter().skip(index + 1) {
            let shared = set.intersection(other_set);
            if !shared.is_empty() {
                let part = |(kind, id): &(PartKind, Id)| Arg::Part(*kind, id.clone());
                let args = vec![part(about), part(other), nets(&shared)];
                let said = out.say(vec![about.clone(), other.clone()], args);
                said.prefixes(shared.nets()).places(case.list(list.clone())).places(case.list(other_list.clone()));
            }
        }
    }
}
