//! What a device chose among the candidates of its own print, beside what our best path would choose.
//!
//! A print doesn't show all that a device compares: not a next hop's metric, the age of a route, a neighbour's router
//! identifier. Where only that can have decided, we say so; what remains is a difference that nobody has explained.

use super::ForwardRule;
use super::best_path::{Contender, decide};
use crate::intake::{Choice, Mark, NamedSet, Reading, Via};
use crate::pace::{Pace, at_once};
use crate::plan::{Attributes, Protocol};
use crate::space::Address;
use borsh::{BorshDeserialize, BorshSerialize};
use ipnet::IpNet;
use serde::Serialize;

/// How many prefixes with a difference are named; the rest are only counted.
pub const MAX_DIFFERING: usize = 1_000;

/// How the choices of a device compare with ours, over all prefixes of its print that have a route in use.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct DeviceChoices {
    /// How many prefixes were compared.
    pub prefixes: u32,
    /// Of them, how many we decide as the device did.
    pub same: u32,
    /// How many are a tie for us, of which the device took one by what the print doesn't show.
    pub tied: u32,
    /// How many we decide otherwise.
    pub differing: u32,
    /// The first of those that we decide otherwise, at most [`MAX_DIFFERING`].
    pub differences: Vec<Differing>,
}

/// A prefix for which we would choose another route than the device did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Differing {
    /// The table: the name of the reading's set.
    pub table: String,
    /// The prefix.
    #[borsh(serialize_with = "crate::space::wire::write_net", deserialize_with = "crate::space::wire::read_net")]
    pub prefix: IpNet,
    /// The routes that the device marks as its best: indices into the reading's entries of that family.
    pub device: Vec<u32>,
    /// The routes that we would choose.
    pub ours: Vec<u32>,
    /// The rule at which the device's route loses for us.
    pub decided_by: ForwardRule,
    /// What the print doesn't show, or shows only in part, that may explain it.
    pub unseen: Option<Unseen>,
    /// Where the device's route stands: a byte of the text.
    pub at: u32,
}

/// What explains a difference between a device's choice and ours.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Unseen {
    /// The device marks several routes to the prefix as best, so it isn't one choice: additional paths, or a print put
    /// together from several.
    SeveralBest,
    /// The route is the device's own; some devices prefer those before all else, without a weight that is shown.
    Own,
    /// A local preference isn't shown, and the device's default may not be 100.
    LocalPreference,
    /// An AS path is cut off, so its length isn't known.
    PathCut,
    /// The print doesn't tell eBGP from iBGP, so what is decided by that, and behind it, isn't known.
    Via,
    /// MED: some devices compare routes in the order of their age, or MED also between neighbour ASes.
    MedOrder,
}

/// Compares the choices of a device with ours; `None` where the reading is no BGP table with marks.
pub fn device_choices(reading: &Reading) -> Option<DeviceChoices> {
    at_once(|pace| async move { device_choices_in_steps(reading, &pace).await })
}

/// The same in steps.
pub(crate) async fn device_choices_in_steps(reading: &Reading, pace: &Pace) -> Option<DeviceChoices> {
    // Routing tables show what was chosen, but not among what.
    let paths = reading.attributes.iter().any(|attributes| attributes.as_path.is_some());
    let chosen = |mark: &Mark| mark.choice.is_some();
    if !paths || !(reading.marks.v4.iter().any(chosen) || reading.marks.v6.iter().any(chosen)) {
        return None;
    }
    let mut choices = DeviceChoices::default();
    for set in &reading.sets {
        let v4 = entries(reading, set, reading.v4_of(set), set.v4.start, &reading.marks.v4);
        compare(v4, set, &mut choices, pace).await;
        let v6 = entries(reading, set, reading.v6_of(set), set.v6.start, &reading.marks.v6);
        compare(v6, set, &mut choices, pace).await;
    }
    Some(choices)
}

/// A route of a print.
struct Candidate<'a> {
    index: u32,
    at: u32,
    prefix: IpNet,
    attributes: &'a Attributes,
    mark: Mark,
    local_as: Option<u32>,
}

/// The routes of one table and family that can be used, those of one prefix together.
fn entries<'a, A: Address>(
    reading: &'a Reading,
    set: &NamedSet,
    entries: &'a [crate::intake::Entry<A>],
    first: u32,
    marks: &[Mark],
) -> Vec<Candidate<'a>> {
    let mut candidates: Vec<Candidate<'a>> = Vec::with_capacity(entries.len());
    for (index, entry) in (first..).zip(entries) {
        let mark = marks.get(index as usize).copied().unwrap_or_default();
        // Where only the chosen route has a sign, the others have none: they stood against it all the same.
        if mark.choice == Some(Choice::Unusable) {
            continue;
        }
        let Ok(prefix) = IpNet::new(entry.prefix.address().to_ip(), entry.prefix.length()) else { continue };
        let attributes = reading.attributes_of(entry);
        candidates.push(Candidate {
            index,
            at: entry.at,
            prefix,
            attributes,
            mark,
            local_as: set.details.local_as,
        });
    }
    // Most prints have them together already.
    candidates.sort_by_key(|candidate| candidate.prefix);
    candidates
}

async fn compare(candidates: Vec<Candidate<'_>>, set: &NamedSet, choices: &mut DeviceChoices, pace: &Pace) {
    pace.work(candidates.len() as u64).await;
    let mut lost = Vec::new();
    for group in candidates.chunk_by(|a, b| a.prefix == b.prefix) {
        let best =
            |candidate: &Candidate<'_>| matches!(candidate.mark.choice, Some(Choice::Best | Choice::NotInstalled));
        if !group.iter().any(best) {
            continue;
        }
        pace.work(group.len() as u64).await;
        choices.prefixes += 1;
        let contenders: Vec<Contender> =
            group.iter().enumerate().map(|(index, candidate)| candidate.contender(index)).collect();
        let rule = decide(&contenders, &mut lost);
        let first_lost = group.iter().zip(&lost).find(|(candidate, lost)| best(candidate) && lost.is_some());
        let Some((candidate, Some(lost_at))) = first_lost else {
            let used = |c: &Candidate<'_>| best(c) || c.mark.choice == Some(Choice::Multipath);
            if rule == ForwardRule::Tie && group.iter().zip(&lost).any(|(c, lost)| lost.is_none() && !used(c)) {
                choices.tied += 1;
            } else {
                choices.same += 1;
            }
            continue;
        };
        choices.differing += 1;
        if choices.differences.len() < MAX_DIFFERING {
            let indices = |take: &dyn Fn(&Candidate<'_>, bool) -> bool| {
                let taken = group.iter().zip(&lost).filter(|(candidate, lost)| take(candidate, lost.is_none()));
                taken.map(|(candidate, _)| candidate.index).collect()
            };
            choices.differences.push(Differing {
                table: set.name.clone(),
                prefix: candidate.prefix,
                device: indices(&|candidate, _| best(candidate)),
                ours: indices(&|_, won| won),
                decided_by: *lost_at,
                unseen: unseen(group, candidate, *lost_at, group.iter().filter(|c| best(c)).count()),
                at: candidate.at,
            });
        }
    }
}

impl Candidate<'_> {
    fn contender(&self, index: usize) -> Contender {
        let attributes = self.attributes;
        let ebgp = !matches!(self.mark.via, Some(Via::Internal));
        let named = attributes.as_path.as_ref().and_then(|path| path.neighbour());
        let inside = || self.local_as.map_or(u64::from(u32::MAX) + 1, u64::from);
        Contender {
            exit: index,
            protocol: attributes.protocol.unwrap_or(Protocol::Bgp),
            weight: attributes.weight.unwrap_or(0),
            local_preference: attributes.local_preference.unwrap_or(100),
            as_path_length: attributes.as_path.as_ref().map_or(0, |path| path.length()),
            origin: attributes.origin.unwrap_or_default(),
            med: attributes.med.unwrap_or(0),
            neighbour: named.map_or_else(inside, u64::from),
            ebgp,
            // The next hop's metric isn't shown.
            cost: 0,
            distance: attributes.distance.unwrap_or(20),
        }
    }
}

/// What may explain that the device's route loses for us at this rule.
fn unseen(group: &[Candidate<'_>], device: &Candidate<'_>, lost_at: ForwardRule, best: usize) -> Option<Unseen> {
    if best > 1 {
        return Some(Unseen::SeveralBest);
    }
    if device.mark.via == Some(Via::Own) {
        return Some(Unseen::Own);
    }
    match lost_at {
        ForwardRule::LocalPreference if group.iter().any(|c| c.attributes.local_preference.is_none()) => {
            Some(Unseen::LocalPreference)
        }
        ForwardRule::AsPathLength if group.iter().any(|c| c.mark.cut) => Some(Unseen::PathCut),
        ForwardRule::Med => Some(Unseen::MedOrder),
        ForwardRule::EbgpOverIbgp if group.iter().any(|c| c.mark.via.is_none()) => Some(Unseen::Via),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Format, read};

    const HEADING: &str = "BGP table version is 1, local router ID is 192.0.2.1\n   Network          Next Hop            Metric LocPrf Weight Path\n";

    /// Rows of IOS: codes, next hop, metric, local preference, weight, path.
    fn table(rows: &[(&str, &str, &str, &str, &str, &str)]) -> DeviceChoices {
        let mut text = HEADING.to_owned();
        for (index, (codes, hop, metric, preference, weight, path)) in rows.iter().enumerate() {
            let network = if index == 0 { "198.51.100.0/24" } else { "" };
            text.push_str(&format!(
                "{codes:<3}{network:<17}{hop:<16}{metric:>10}{preference:>7}{weight:>7} {path}\n"
            ));
        }
        let reading = read(&text, Some(Format::IosBgp));
        assert!(reading.faults.is_empty(), "{:?}\n{text}", reading.faults);
        device_choices(&reading).unwrap()
    }

    #[test]
    fn the_same_a_tie_and_a_difference() {
        let best = ("*>", "192.0.2.9", "0", "", "0", "64701 i");
        let longer = ("*", "192.0.2.13", "0", "", "0", "64702 64701 i");
        let equal = ("*", "192.0.2.13", "0", "", "0", "64702 i");
        let same = table(&[best, longer]);
        assert_eq!((same.prefixes, same.same, same.tied, same.differing), (1, 1, 0, 0));
        let tied = table(&[best, equal]);
        assert_eq!((tied.same, tied.tied, tied.differing), (0, 1, 0));
        let wrong =
            table(&[("*", best.1, best.2, best.3, best.4, best.5), ("*>", longer.1, "0", "", "0", longer.5)]);
        assert_eq!((wrong.differing, wrong.differences[0].decided_by), (1, ForwardRule::AsPathLength));
        assert_eq!((&wrong.differences[0].device, &wrong.differences[0].ours), (&vec![1], &vec![0]));
        assert_eq!(wrong.differences[0].unseen, None);
    }

    #[test]
    fn what_the_print_doesnt_show_explains() {
        let by = |rows: &[_]| {
            let choices = table(rows);
            let difference = &choices.differences[0];
            (difference.decided_by, difference.unseen)
        };
        // A default of 200 for routes without a preference.
        let unknown =
            by(&[("*>", "192.0.2.9", "", "", "0", "64701 i"), ("*i", "192.0.2.13", "", "150", "0", "64701 i")]);
        assert_eq!(unknown, (ForwardRule::LocalPreference, Some(Unseen::LocalPreference)));
        let med =
            by(&[("*>", "192.0.2.9", "9", "", "0", "64701 i"), ("*", "192.0.2.13", "5", "", "0", "64701 i")]);
        assert_eq!(med, (ForwardRule::Med, Some(Unseen::MedOrder)));
        let several =
            by(&[("*>", "192.0.2.9", "", "", "0", "64701 i"), ("*>", "192.0.2.13", "", "", "5", "64701 i")]);
        assert_eq!(several, (ForwardRule::Weight, Some(Unseen::SeveralBest)));
    }

    #[test]
    fn routes_without_a_sign_stand_against_the_one_that_has_it() {
        let circuit = |star: [&str; 2]| {
            let [first, second] = star;
            let text = format!(
                "Network : 198.51.100.0/24\nNextHop : 192.0.2.1{first}\nWeight : 0\nPath : 64700\n\n\
                 Network : 198.51.100.0/24\nNextHop : 192.0.2.5{second}\nWeight : 0\nPath : 64700 64700\n\n\
                 Network : 203.0.113.0/24\nNextHop : 192.0.2.5\nWeight : 0\nPath : 64700\n"
            );
            device_choices(&read(&text, Some(Format::AzureCircuit))).unwrap()
        };
        let same = circuit(["*", ""]);
        assert_eq!((same.prefixes, same.same, same.differing), (1, 1, 0));
        let other = circuit(["", "*"]);
        assert_eq!((other.prefixes, other.differing, other.differences[0].unseen), (1, 1, None));
    }

    #[test]
    fn routes_that_cant_be_used_dont_stand() {
        let damped = ("d", "192.0.2.9", "", "900", "0", "64701 i");
        let best = ("*>", "192.0.2.13", "", "", "0", "64702 64703 i");
        assert_eq!(table(&[damped, best]).same, 1);
        assert_eq!(device_choices(&read("198.51.100.0/24 lp=5", None)), None);
    }
}
