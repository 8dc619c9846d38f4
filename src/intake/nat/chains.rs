//! Chains of rules that lead to each other, as Linux has them, put in one row.
//!
//! The first rule that matches decides, here as there. A jump's rules come in its place, each for what it and the jump
//! match both. A packet that a `return` takes out of a chain goes on behind the jump: so what stands there is repeated
//! before the rest of the chain, for that packet alone. Nothing is subtracted, so every rule that comes out is exact.

use crate::intake::config::{Book, Matched, Reason};
use std::ops::Range;

/// How many rules one rule of a base chain may lead through.
pub(super) const MAX_VISITS: u32 = 16_384;

/// How many rules the rules of a hook's base chains may lead through in all. What a `return` goes on with is repeated for
/// it, so the row may grow with the square of the text.
pub(super) const MAX_VISITS_IN_ALL: u32 = 131_072;

/// How many jumps may follow each other.
const MAX_JUMPS: u32 = Book::MAX_STEPS;

/// What packets a rule is for.
#[derive(Clone, PartialEq, Eq, Default)]
pub(super) struct Condition {
    pub(super) sources: Matched,
    pub(super) destinations: Matched,
    /// The interfaces that they come in by; none: any.
    pub(super) incoming: Vec<String>,
    /// The interfaces that they leave by; none: any.
    pub(super) outgoing: Vec<String>,
    /// Protocol and ports; empty: all.
    pub(super) ports: String,
}

impl Condition {
    fn is_everything(&self) -> bool {
        self.sources == Matched::Any
            && self.destinations == Matched::Any
            && self.incoming.is_empty()
            && self.outgoing.is_empty()
            && self.ports.is_empty()
    }

    /// What both are for; `None` where that is no packet.
    fn and(&self, other: &Self) -> Option<Self> {
        if self.is_everything() {
            return (!other.sources.is_nothing() && !other.destinations.is_nothing()).then(|| other.clone());
        }
        let names = |ours: &[String], theirs: &[String]| match (ours, theirs) {
            ([], names) | (names, []) => Some(names.to_vec()),
            _ => {
                let both: Vec<String> = ours.iter().filter(|name| theirs.contains(name)).cloned().collect();
                (!both.is_empty()).then_some(both)
            }
        };
        let ports = match (self.ports.as_str(), other.ports.as_str()) {
            (ours, "") => ours.to_owned(),
            // A jump for a protocol, and there a rule for a port of it.
            (ours, theirs) if theirs.starts_with(ours) => theirs.to_owned(),
            (ours, theirs) => format!("{ours} {theirs}"),
        };
        let both = Self {
            sources: both(&self.sources, &other.sources),
            destinations: both(&self.destinations, &other.destinations),
            incoming: names(&self.incoming, &other.incoming)?,
            outgoing: names(&self.outgoing, &other.outgoing)?,
            ports,
        };
        (!both.sources.is_nothing() && !both.destinations.is_nothing()).then_some(both)
    }
}

fn both(ours: &Matched, theirs: &Matched) -> Matched {
    match (ours, theirs) {
        (Matched::Any, other) | (other, Matched::Any) => other.clone(),
        (Matched::Of(ours), Matched::Of(theirs)) => Matched::of(ours.intersection(theirs)),
    }
}

/// What becomes of the packets of a rule.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Verdict<A> {
    /// They are translated.
    Act(A),
    /// They have gone through this base chain, and stay as they are if none behind it translates them.
    Accept,
    /// They go on behind the jump that led here.
    Return,
    /// They go through the chain of this index, and then on.
    Jump(usize),
    /// They go through the chain of this index, and then on behind the jump that led here.
    Goto(usize),
}

/// A rule of a chain.
pub(super) struct Rule<A> {
    pub(super) condition: Condition,
    pub(super) verdict: Verdict<A>,
    /// What people call it; empty: nothing.
    pub(super) name: String,
    pub(super) span: Range<u32>,
}

/// A chain.
pub(super) struct Chain<A> {
    pub(super) name: String,
    pub(super) rules: Vec<Rule<A>>,
}

impl<A> Chain<A> {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), rules: Vec::new() }
    }
}

/// What comes out: a rule in the row.
pub(super) enum Step<'c, A> {
    /// Packets of this condition are translated as this rule has it.
    Act(Condition, &'c Rule<A>),
    /// Packets of this condition stay as they are, by this rule.
    Keep(Condition, &'c Rule<A>),
    /// This rule isn't modelled.
    Lost(Reason, &'c Rule<A>),
}

/// What a `return` goes on with.
struct Rest<'c, 'r, A> {
    rules: &'c [Rule<A>],
    then: Option<&'r Rest<'c, 'r, A>>,
}

/// The way through the chains of one hook.
pub(super) struct Walk<'c, A> {
    chains: &'c [Chain<A>],
    /// The base chains, in their order.
    bases: &'c [usize],
    /// Whether rules for ports are none, and named.
    by_address: bool,
    /// Chains that rules led to.
    pub(super) reached: Vec<usize>,
    visits: u32,
    /// What all rules before this one led through.
    before: u32,
    jumps: u32,
    lost: Option<Reason>,
    steps: Vec<Step<'c, A>>,
}

impl<'c, A> Walk<'c, A> {
    pub(super) fn new(chains: &'c [Chain<A>], bases: &'c [usize], by_address: bool) -> Self {
        let (reached, steps) = (Vec::new(), Vec::new());
        Self { chains, bases, by_address, reached, visits: 0, before: 0, jumps: 0, lost: None, steps }
    }

    fn rules(&self, chain: usize) -> &'c [Rule<A>] {
        self.chains.get(chain).map_or(&[], |chain| &chain.rules)
    }

    /// What comes out of one rule of the base chain of this number.
    pub(super) fn base_rule(&mut self, base: usize, nth: usize) -> std::vec::Drain<'_, Step<'c, A>> {
        let rules = self.bases.get(base).map_or(&[][..], |chain| self.rules(*chain));
        self.steps.clear();
        let Some(rule) = rules.get(nth) else { return self.steps.drain(..) };
        (self.visits, self.lost) = (0, None);
        self.rule(
            rule,
            &Rest { rules: rules.get(nth + 1..).unwrap_or_default(), then: None },
            &Condition::default(),
            base,
        );
        // The rule itself costs what it costs to write it down.
        self.before = self.before.saturating_add(self.visits.saturating_sub(1));
        if let Some(reason) = self.lost.take() {
            // Half of a row would say what isn't so.
            self.steps.clear();
            self.steps.push(Step::Lost(reason, rule));
        }
        self.steps.drain(..)
    }

    /// Whether every packet of the condition is decided on.
    fn chain(
        &mut self,
        rules: &'c [Rule<A>],
        then: Option<&Rest<'c, '_, A>>,
        within: &Condition,
        base: usize,
    ) -> bool {
        let mut decided = false;
        for (nth, rule) in rules.iter().enumerate() {
            let behind = rules.get(nth + 1..).unwrap_or_default();
            // Then the chain ends here, and what stands behind is never met.
            if matches!(rule.verdict, Verdict::Return) && rule.condition.is_everything() && then.is_some() {
                self.steps.extend(behind.iter().map(|rule| Step::Lost(Reason::Inactive, rule)));
                break;
            }
            decided |= self.rule(rule, &Rest { rules: behind, then }, within, base);
            if self.lost.is_some() {
                // They count as if each were looked at, so that the rules behind this one have less left.
                self.visits = self.visits.saturating_add(u32::try_from(behind.len()).unwrap_or(u32::MAX));
                return true;
            }
        }
        decided
    }

    fn rule(&mut self, rule: &'c Rule<A>, rest: &Rest<'c, '_, A>, within: &Condition, base: usize) -> bool {
        self.visits = self.visits.saturating_add(1);
        if self.visits > MAX_VISITS {
            self.lost.get_or_insert(Reason::TooManyPieces { limit: MAX_VISITS });
        }
        if self.visits > 1 && self.before.saturating_add(self.visits) > MAX_VISITS_IN_ALL {
            self.lost.get_or_insert(Reason::TooManyPieces { limit: MAX_VISITS_IN_ALL });
        }
        if self.lost.is_some() {
            return true;
        }
        let Some(both) = within.and(&rule.condition) else { return false };
        if self.by_address && !both.ports.is_empty() {
            self.steps.push(Step::Lost(Reason::Ports { ports: both.ports }, rule));
            return false;
        }
        let whole = rule.condition.is_everything();
        match &rule.verdict {
            Verdict::Act(_) => {
                self.steps.push(Step::Act(both, rule));
                whole
            }
            Verdict::Accept => {
                self.leave(rule, both, base);
                whole
            }
            Verdict::Return => {
                if !self.resume(rest.then, &both, base) {
                    self.leave(rule, both, base);
                }
                whole
            }
            Verdict::Jump(chain) => {
                self.jump(*chain, |walk, rules| walk.chain(rules, Some(rest), &both, base)) && whole
            }
            Verdict::Goto(chain) => {
                let then = rest.then;
                if !self.jump(*chain, |walk, rules| walk.chain(rules, then, &both, base))
                    && !self.resume(then, &both, base)
                {
                    self.leave(rule, both, base);
                }
                whole
            }
        }
    }

    fn jump(&mut self, chain: usize, go: impl FnOnce(&mut Self, &'c [Rule<A>]) -> bool) -> bool {
        if self.jumps >= MAX_JUMPS {
            let name = self.chains.get(chain).map(|chain| chain.name.clone()).unwrap_or_default();
            let too_deep = match self.leads_to_itself(chain) {
                true => Reason::NameLoop { name },
                false => Reason::JumpsTooDeep { chain: name, limit: MAX_JUMPS },
            };
            self.lost.get_or_insert(too_deep);
            return true;
        }
        self.reached.push(chain);
        self.jumps += 1;
        let decided = go(self, self.rules(chain));
        self.jumps -= 1;
        decided
    }

    /// Whether jumps lead from a chain back to it.
    fn leads_to_itself(&self, chain: usize) -> bool {
        let mut seen = vec![false; self.chains.len()];
        let mut open = vec![chain];
        while let Some(at) = open.pop() {
            for rule in self.rules(at) {
                let (Verdict::Jump(to) | Verdict::Goto(to)) = rule.verdict else { continue };
                if to == chain {
                    return true;
                }
                if seen.get_mut(to).is_some_and(|seen| !std::mem::replace(seen, true)) {
                    open.push(to);
                }
            }
        }
        false
    }

    /// Goes on behind the jumps.
    fn resume(&mut self, mut then: Option<&Rest<'c, '_, A>>, within: &Condition, base: usize) -> bool {
        while let Some(rest) = then {
            if self.chain(rest.rules, rest.then, within, base) {
                return true;
            }
            then = rest.then;
        }
        false
    }

    /// Goes on with the base chains behind this one; what none of them decides on stays as it is.
    fn leave(&mut self, rule: &'c Rule<A>, within: Condition, base: usize) {
        for later in base + 1..self.bases.len() {
            let rules = self.bases.get(later).map_or(&[][..], |chain| self.rules(*chain));
            if self.chain(rules, None, &within, later) {
                return;
            }
        }
        self.steps.push(Step::Keep(within, rule));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random chains of few packets against walking them packet by packet, as the kernel does.
    #[test]
    fn the_row_decides_as_the_chains_do() {
        let mut seed = 7_u64;
        let mut random = |of: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % of
        };
        let (mut compared, mut translated) = (0, 0);
        for _ in 0..400 {
            let mut chains: Vec<Chain<u64>> = (0..5).map(|nth| Chain::new(&format!("c{nth}"))).collect();
            for (nth, chain) in chains.iter_mut().enumerate() {
                for _ in 0..random(4) {
                    let mut condition = Condition::default();
                    if random(2) == 0 {
                        let net = format!("10.0.0.{}/{}", random(8), 29 + random(4));
                        let net: ipnet::IpNet = net.parse::<ipnet::IpNet>().unwrap().trunc();
                        condition.sources = Matched::Of([net].into_iter().collect());
                    }
                    if random(3) == 0 {
                        condition.outgoing = vec![format!("e{}", random(2))];
                    }
                    let further = (nth + 1 + random(3) as usize).min(4);
                    let verdict = match random(6) {
                        0 => Verdict::Accept,
                        1 => Verdict::Return,
                        2 if nth < 4 => Verdict::Jump(further.max(2)),
                        3 if nth < 4 => Verdict::Goto(further.max(2)),
                        _ => Verdict::Act(random(1000)),
                    };
                    // No loops: chains lead to later ones only.
                    let loops = matches!(verdict, Verdict::Jump(to) | Verdict::Goto(to) if to <= nth);
                    if !loops {
                        let name = String::new();
                        chain.rules.push(Rule { condition, verdict, name, span: 0..0 });
                    }
                }
            }
            let bases = [0, 1];
            let mut walk = Walk::new(&chains, &bases, true);
            let mut row: Vec<(Condition, Option<u64>)> = Vec::new();
            for (base, chain) in bases.iter().enumerate() {
                for nth in 0..chains[*chain].rules.len() {
                    for step in walk.base_rule(base, nth) {
                        match step {
                            Step::Act(condition, Rule { verdict: Verdict::Act(act), .. }) => {
                                row.push((condition, Some(*act)));
                            }
                            Step::Keep(condition, _) => row.push((condition, None)),
                            Step::Lost(reason, _) => assert_eq!(reason, Reason::Inactive),
                            Step::Act(..) => unreachable!(),
                        }
                    }
                }
            }
            for address in 0..8_u8 {
                for interface in ["e0", "e1"] {
                    let packet = (std::net::IpAddr::from([10, 0, 0, address]), interface);
                    let expected = bases.iter().find_map(|base| kernel(&chains, *base, packet).flatten());
                    let found = row.iter().find(|(condition, _)| matches(condition, packet));
                    assert_eq!(found.and_then(|(_, act)| *act), expected, "{packet:?}");
                    compared += 1;
                    translated += u32::from(expected.is_some());
                }
            }
        }
        assert!(compared == 6400 && translated > 1000, "{translated} of {compared}");
    }

    fn matches(condition: &Condition, (address, interface): (std::net::IpAddr, &str)) -> bool {
        condition.sources.set().contains(address)
            && (condition.outgoing.is_empty() || condition.outgoing.iter().any(|name| name == interface))
    }

    /// What a chain does with a packet: `None`: it falls off its end; no act: it is accepted.
    fn kernel(chains: &[Chain<u64>], chain: usize, packet: (std::net::IpAddr, &str)) -> Option<Option<u64>> {
        for rule in &chains[chain].rules {
            if !matches(&rule.condition, packet) {
                continue;
            }
            match rule.verdict {
                Verdict::Act(act) => return Some(Some(act)),
                Verdict::Accept => return Some(None),
                Verdict::Return => return None,
                Verdict::Goto(to) => return kernel(chains, to, packet),
                Verdict::Jump(to) => {
                    if let Some(decided) = kernel(chains, to, packet) {
                        return Some(decided);
                    }
                }
            }
        }
        None
    }

    /// Jumps into a chain that returns, one behind the other: each repeats all that stand behind it.
    #[test]
    fn a_row_that_grows_with_the_square_of_its_text_is_cut_short() {
        let rule = |verdict| Rule { condition: Condition::default(), verdict, name: String::new(), span: 0..0 };
        let mut returns = rule(Verdict::Return);
        returns.condition.ports = "tcp".to_owned();
        let mut chains: Vec<Chain<()>> = vec![Chain::new("base"), Chain::new("returns")];
        chains[1].rules.push(returns);
        chains[0].rules.extend((0..1000).map(|_| rule(Verdict::Act(()))));
        for nth in 0..1000 {
            chains[0].rules.insert(nth, rule(Verdict::Jump(1)));
        }
        let mut walk = Walk::new(&chains, &[0], false);
        let (mut steps, mut lost) = (0, 0);
        for nth in 0..2000 {
            for step in walk.base_rule(0, nth) {
                match step {
                    Step::Lost(Reason::TooManyPieces { limit }, _) => {
                        assert!([MAX_VISITS, MAX_VISITS_IN_ALL].contains(&limit));
                        lost += 1;
                    }
                    _ => steps += 1,
                }
            }
        }
        assert!(lost > 900 && (1000..=1000 + MAX_VISITS_IN_ALL).contains(&steps), "{lost} lost, {steps} steps");
    }

    #[test]
    fn a_loop_is_named() {
        let rule = |verdict| Rule { condition: Condition::default(), verdict, name: String::new(), span: 0..0 };
        let mut chains: Vec<Chain<()>> = vec![Chain::new("base"), Chain::new("round")];
        chains[0].rules.push(rule(Verdict::Jump(1)));
        chains[1].rules.push(rule(Verdict::Jump(1)));
        let mut walk = Walk::new(&chains, &[0], true);
        let steps = walk.base_rule(0, 0);
        assert!(
            matches!(steps.as_slice(), [Step::Lost(Reason::NameLoop { name }, _)] if name == "round"),
            "it is told by its name"
        );
    }

    /// Jumps that return, one behind the other, and jumps in one another: neither leads to itself.
    #[test]
    fn jumps_too_deep_are_no_loop() {
        let rule = |verdict| Rule { condition: Condition::default(), verdict, name: String::new(), span: 0..0 };
        let last = |chains: &[Chain<()>]| match Walk::new(chains, &[0], false).base_rule(0, 0).next_back() {
            Some(Step::Lost(Reason::JumpsTooDeep { chain, limit }, _)) => Some((chain, limit)),
            _ => None,
        };
        // For one packet each: so they return, and the row behind is gone through for it.
        let one_behind_the_other = |count: u8| {
            let mut chains: Vec<Chain<()>> = vec![Chain::new("base")];
            for nth in 0..count {
                let mut returns = rule(Verdict::Return);
                returns.condition.ports = "tcp".to_owned();
                chains[0].rules.push(rule(Verdict::Jump(usize::from(nth) + 1)));
                let mut chain = Chain::new(&format!("c{nth}"));
                chain.rules.push(returns);
                chains.push(chain);
            }
            last(&chains)
        };
        assert_eq!(one_behind_the_other(8), None);
        assert_eq!(one_behind_the_other(40), Some(("c32".to_owned(), MAX_JUMPS)));
        let in_one_another = |count: usize| {
            let mut chains: Vec<Chain<()>> = (0..=count).map(|nth| Chain::new(&format!("c{nth}"))).collect();
            for (nth, chain) in chains.iter_mut().take(count).enumerate() {
                chain.rules.push(rule(Verdict::Jump(nth + 1)));
            }
            chains[count].rules.push(rule(Verdict::Act(())));
            last(&chains)
        };
        assert_eq!(in_one_another(32), None);
        assert_eq!(in_one_another(33), Some(("c33".to_owned(), MAX_JUMPS)));
    }
}
