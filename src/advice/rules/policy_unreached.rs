//! TP302: no route ever reaches a policy: one before it takes all that it matches.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(302), severity: Severity::Warning, citation: Citation::BestPath, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for exit in &case.plan().exits {
        let incoming = |index| ListId::PolicyIn(exit.id.clone(), index);
        let outgoing = |index| ListId::PolicyOut(exit.id.clone(), index);
        let mut shadowed = shadowed(case, &exit.policy_in, &incoming, "policy_in");
        shadowed.extend(self::shadowed(case, &exit.policy_out, &outgoing, "policy_out"));
        if !shadowed.is_empty() {
            out.say(vec![(PartKind::Exit, exit.id.clone())], vec![exit_arg(exit), Arg::Texts(shadowed)]);
        }
    }
}

fn shadowed(case: &Case<'_>, policies: &[Policy], list: &dyn Fn(usize) -> ListId, path: &str) -> Vec<String> {
    let takes_all = |earlier: usize, later: usize| {
        let (Some(a), Some(b)) = (policies.get(earlier), policies.get(later)) else { return false };
        let subset = |a: &[Id], b: &[Id]| a.is_empty() || !b.is_empty() && b.iter().all(|id| a.contains(id));
        let marks = a.communities.is_empty()
            || !b.communities.is_empty() && b.communities.iter().all(|mark| a.communities.contains(mark));
        let (own, others) = (case.entries(&list(earlier)), case.entries(&list(later)));
        let within = |(net, attributes, _): &(IpNet, &Attributes, u32)| {
            own.iter().any(|(outer, bounds, _)| {
                let whole = bounds.ge.is_none() && bounds.le.is_none();
                outer.contains(net)
                    && (whole || outer == net && (bounds.ge, bounds.le) == (attributes.ge, attributes.le))
            })
        };
        let prefixes = own.is_empty() || !others.is_empty() && others.iter().all(within);
        prefixes && marks && subset(&a.sites, &b.sites)
    };
    let later = (1..policies.len()).filter(|later| (0..*later).any(|earlier| takes_all(earlier, *later)));
    later.map(|index| format!("{path}[{index}]")).collect()
}
