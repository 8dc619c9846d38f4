//! The flow table: which rows are shown, in which order.

use super::door::{Group, GroupBy, RowView, SortBy};
use crate::journey::{Direction, Facts, Kept, Row, Standing, Verdict};
use crate::plan::{Ends, Flow, Id, Plan};
use crate::report::catalogue::{Column, Lines};
use crate::report::words::{Names, catalogue as words, steps, verdicts};
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a row, by its index, beside the row itself.
pub trait Beside {
    /// Whether it differs with the other return model.
    fn differs(&self, row: usize) -> bool;
    /// Its verdict with the other return model, where asked for.
    fn other(&self, row: usize) -> Option<Verdict>;
    /// What the catalogue says of each of its parts.
    fn facts(&self, row: usize) -> &[Facts];
}

fn kept_so(facts: &Facts, wanted: &[Kept]) -> bool {
    facts.kept.iter().any(|kept| wanted.contains(kept))
}

/// The rows that the view shows, as indexes into `rows` in the view's order; of equals the plan's order holds, also
/// where the order is turned round. `from` and `count` of the view are not looked at.
///
/// With n rows, p of their parts and w words in the filter: n w p to filter, n log n to sort.
///
/// How symmetry is kept and what is admitted is asked only where the view does.
pub fn view(plan: &Plan, rows: &[Row], view: &RowView, beside: &dyn Beside) -> Vec<u32> {
    let catalogue = Catalogue::new(plan, rows);
    let words = Words::new(plan, &view.filter);
    let shown = (0..rows.len()).filter(|&index| {
        let row = &rows[index];
        let verdict = || row.verdict.is_some_and(|verdict| view.verdicts.contains(&verdict));
        (view.verdicts.is_empty() || verdict())
            && (!view.only_differing || beside.differs(index))
            && (view.kept.is_empty() || beside.facts(index).iter().any(|facts| kept_so(facts, &view.kept)))
            && words.all_in(row, catalogue.flow(index, row))
    });
    // No plan has 2^32 flows: they would not fit in memory.
    let mut order: Vec<u32> = shown.filter_map(|index| u32::try_from(index).ok()).collect();
    sort(&catalogue, rows, view, beside, &mut order);
    if view.group != GroupBy::None {
        // Stable: within a group the order holds.
        order.sort_by_cached_key(|index| catalogue.group(view.group, *index as usize, rows).to_lowercase());
    }
    order
}

/// The groups of a view's order that have rows in its window.
pub fn groups(plan: &Plan, rows: &[Row], view: &RowView, order: &[u32]) -> Vec<Group> {
    if view.group == GroupBy::None {
        return Vec::new();
    }
    let catalogue = Catalogue::new(plan, rows);
    let mut groups: Vec<Group> = Vec::new();
    for (place, index) in order.iter().enumerate() {
        let name = catalogue.group(view.group, *index as usize, rows);
        if groups.last().is_none_or(|last| last.name != name) {
            groups.push(Group { name, flows: 0, fail: 0, depend: 0, first: place as u32 });
        }
        let standing = rows.get(*index as usize).and_then(|row| row.verdict).map(Verdict::standing);
        if let Some(group) = groups.last_mut() {
            group.flows += 1;
            group.fail += u32::from(standing == Some(Standing::Fails));
            group.depend += u32::from(standing == Some(Standing::Depends));
        }
    }
    let (from, to) = (view.from, view.from.saturating_add(view.count));
    groups.retain(|group| group.first < to && group.first + group.flows > from);
    groups
}

/// The flows of the rows.
struct Catalogue<'a> {
    plan: &'a Plan,
    names: Names<'a>,
    /// Empty where the rows are in the plan's order, as the engine gives them.
    by_id: BTreeMap<&'a Id, &'a Flow>,
}

impl<'a> Catalogue<'a> {
    fn new(plan: &'a Plan, rows: &[Row]) -> Self {
        let aligned =
            rows.len() == plan.flows.len() && rows.iter().zip(&plan.flows).all(|(row, flow)| row.flow == flow.id);
        let by_id =
            if aligned { BTreeMap::new() } else { plan.flows.iter().rev().map(|flow| (&flow.id, flow)).collect() };
        Self { plan, names: Names::of(plan), by_id }
    }

    fn flow(&self, index: usize, row: &Row) -> Option<&'a Flow> {
        if self.by_id.is_empty() { self.plan.flows.get(index) } else { self.by_id.get(&row.flow).copied() }
    }
}

impl Catalogue<'_> {
    fn group(&self, by: GroupBy, index: usize, rows: &[Row]) -> String {
        let Some(row) = rows.get(index) else { return String::new() };
        words::group(by, self.flow(index, row), &row.site, &self.names)
    }
}

fn sort(catalogue: &Catalogue, rows: &[Row], view: &RowView, beside: &dyn Beside, order: &mut [u32]) {
    let names = &catalogue.names;
    let lower = |text: &str| text.to_lowercase();
    let flow = |index: u32| catalogue.flow(index as usize, &rows[index as usize]);
    let first = |index: u32| rows[index as usize].parts.first();
    // As the line says it.
    let told = |column: Column, order: &mut [u32]| {
        let mut lines = Lines::new(catalogue.plan, names, GroupBy::None);
        by_key(order, view.descending, |index| {
            let lines = lines.of(&rows[index as usize], &[]);
            lines.first().map(|line| lower(line.cell(column)))
        });
    };
    match view.sort {
        SortBy::Plan if view.descending => order.reverse(),
        SortBy::Plan => {}
        SortBy::Verdict => by_key(order, view.descending, |index| {
            let verdict = rows[index as usize].verdict;
            (verdict.is_none(), verdict)
        }),
        SortBy::Name => by_key(order, view.descending, |index| lower(names.flow(&rows[index as usize].flow))),
        SortBy::Site => by_key(order, view.descending, |index| lower(names.site(&rows[index as usize].site))),
        SortBy::Service => by_key(order, view.descending, |index| match flow(index).map(|flow| &flow.ends) {
            Some(Ends::Outbound(outbound)) => outbound.service.as_ref().map(|id| lower(names.service(id))),
            Some(Ends::Inbound(inbound)) => Some(lower(names.published(&inbound.published))),
            None => None,
        }),
        SortBy::Out => by_key(order, view.descending, |index| {
            let part = rows[index as usize].parts.first();
            part.map(|part| part.out.iter().map(|id| lower(names.exit(id))).collect::<Vec<_>>())
        }),
        SortBy::Back => by_key(order, view.descending, |index| {
            let part = rows[index as usize].parts.first();
            part.map(|part| part.back.iter().map(|id| lower(names.exit(id))).collect::<Vec<_>>())
        }),
        SortBy::Mbps => by_key(order, view.descending, |index| flow(index).map_or(0, kbps)),
        SortBy::Direction => by_key(order, view.descending, |index| rows[index as usize].direction),
        SortBy::Translated => by_key(order, view.descending, |index| {
            let part = rows[index as usize].parts.first();
            part.map(|part| part.pools.iter().map(|id| lower(names.pool(id))).collect::<Vec<_>>())
        }),
        SortBy::Ports => told(Column::Ports, order),
        // Addresses by number, not as text: 9.9.9.9 comes before 13.64.0.1.
        SortBy::Source => by_key(order, view.descending, |index| first(index).map(|part| part.from)),
        SortBy::Destination => by_key(order, view.descending, |index| first(index).map(|part| part.to)),
        SortBy::Devices => told(Column::Devices, order),
        SortBy::Share => {
            by_key(order, view.descending, |index| rows[index as usize].parts.first().map(|part| part.share))
        }
        SortBy::Kept => by_key(order, view.descending, |index| {
            let kept = beside.facts(index as usize).first().map(|facts| facts.kept.clone()).unwrap_or_default();
            (kept.is_empty(), kept)
        }),
        SortBy::Admitted => by_key(order, view.descending, |index| {
            Reverse(beside.facts(index as usize).first().map(|facts| facts.admitted))
        }),
        SortBy::Other => by_key(order, view.descending, |index| {
            let verdict = beside.other(index as usize);
            (verdict.is_none(), verdict)
        }),
    }
}

/// Each key is made once; the sort keeps the order of equals.
fn by_key<K: Ord>(order: &mut [u32], descending: bool, mut key: impl FnMut(u32) -> K) {
    let mut keyed: Vec<(K, u32)> = order.iter().map(|&index| (key(index), index)).collect();
    crate::sort::by(&mut keyed, |(a, i), (b, j)| {
        let by_key = if descending { b.cmp(a) } else { a.cmp(b) };
        if by_key == Ordering::Equal { i.cmp(j) } else { by_key }
    });
    for (place, (_, index)) in order.iter_mut().zip(keyed) {
        *place = index;
    }
}

/// Both ways together, in kbps.
fn kbps(flow: &Flow) -> u64 {
    [flow.mbps_out, flow.mbps_in].iter().flatten().map(|rate| u64::from(rate.kbps)).sum()
}

/// The words of a filter, each with what it matches.
struct Words<'a> {
    words: Vec<Word<'a>>,
}

/// A word, and the parts of the plan whose names hold it.
struct Word<'a> {
    text: String,
    sites: BTreeSet<&'a Id>,
    exits: BTreeSet<&'a Id>,
    pools: BTreeSet<&'a Id>,
    services: BTreeSet<&'a Id>,
    published: BTreeSet<&'a Id>,
    verdicts: Vec<Verdict>,
    directions: Vec<Direction>,
}

impl<'a> Words<'a> {
    fn new(plan: &'a Plan, filter: &str) -> Self {
        let words = filter.split_whitespace().map(|word| {
            let text = word.to_lowercase();
            let has = |name: &str| name.to_lowercase().contains(&text);
            let named = |parts: &mut dyn Iterator<Item = (&'a Id, &'a String)>| -> BTreeSet<&'a Id> {
                parts.filter(|(id, name)| has(name) || has(id.as_str())).map(|(id, _)| id).collect()
            };
            Word {
                sites: named(&mut plan.sites.iter().map(|part| (&part.id, &part.name))),
                exits: named(&mut plan.exits.iter().map(|part| (&part.id, &part.name))),
                pools: named(&mut plan.pools.iter().map(|part| (&part.id, &part.name))),
                services: named(&mut plan.services.iter().map(|part| (&part.id, &part.name))),
                published: named(&mut plan.published.iter().map(|part| (&part.id, &part.name))),
                verdicts: Verdict::ALL.into_iter().filter(|verdict| has(verdicts::title(*verdict))).collect(),
                directions: [Direction::Outbound, Direction::Inbound]
                    .into_iter()
                    .filter(|direction| has(steps::direction(*direction)))
                    .collect(),
                text,
            }
        });
        Self { words: words.collect() }
    }

    fn all_in(&self, row: &Row, flow: Option<&Flow>) -> bool {
        self.words.iter().all(|word| word.is_in(row, flow))
    }
}

impl Word<'_> {
    fn is_in(&self, row: &Row, flow: Option<&Flow>) -> bool {
        let has = |name: &str| name.to_lowercase().contains(&self.text);
        let ends = flow.is_some_and(|flow| match &flow.ends {
            Ends::Outbound(outbound) => outbound.service.as_ref().is_some_and(|id| self.services.contains(id)),
            Ends::Inbound(inbound) => {
                self.published.contains(&inbound.published)
                    || inbound.from.as_ref().is_some_and(|id| self.services.contains(id))
            }
        });
        ends || self.sites.contains(&row.site)
            || self.directions.contains(&row.direction)
            || row.verdict.is_some_and(|verdict| self.verdicts.contains(&verdict))
            || row.parts.iter().any(|part| {
                part.out.iter().chain(&part.back).any(|id| self.exits.contains(id))
                    || part.pools.iter().any(|id| self.pools.contains(id))
            })
            || has(row.flow.as_str())
            || flow.is_some_and(|flow| has(&flow.name) || has(&flow.ports))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journey::{Admitted, Part};
    use crate::plan::{Exit, InternetLink, Link, Mbps, Outbound, Service, Site};
    use crate::routing::FarSide;
    use crate::space::{Count, Family, Share};
    use std::net::IpAddr;

    fn exit(id: &str, name: &str) -> Exit {
        Exit {
            id: id.into(),
            name: name.into(),
            site: "hq".into(),
            link: Link::Internet(InternetLink::default()),
            path: vec![],
            learned: "".into(),
            learned_from: vec![],
            local_preference: None,
            policy_in: vec![],
            policy_out: vec![],
            advertised: "".into(),
            detection: Default::default(),
        }
    }

    fn flow(id: &str, name: &str, service: &str, mbps: Option<u32>) -> Flow {
        Flow {
            id: id.into(),
            name: name.into(),
            ends: Ends::Outbound(Outbound {
                site: "hq".into(),
                service: Some(service.into()),
                ..Outbound::default()
            }),
            mbps_out: mbps.map(Mbps::whole),
            ..Flow::default()
        }
    }

    fn row(flow: &str, verdict: Verdict, out: &[&str], back: &[&str]) -> Row {
        let ids = |ids: &[&str]| ids.iter().map(|id| Id::from(*id)).collect::<Vec<_>>();
        let part = Part {
            family: Family::V4,
            verdict,
            share: Share::ONE,
            far_addresses: Count::ONE,
            far_side: FarSide::Microsoft,
            out: ids(out),
            pools: vec![],
            back: ids(back),
            dropped: vec![],
            from: IpAddr::from([10, 0, 0, 1]),
            to: IpAddr::from([13, 64, 0, 1]),
        };
        Row {
            flow: flow.into(),
            direction: Direction::Outbound,
            site: "hq".into(),
            verdict: Some(verdict),
            parts: vec![part],
            decisive: vec![],
        }
    }

    fn sample() -> (Plan, Vec<Row>) {
        let plan = Plan {
            sites: vec![Site { id: "hq".into(), name: "Head office".into(), ..Site::default() }],
            exits: vec![exit("i", "Internet"), exit("e", "Chicago")],
            services: vec![
                Service { id: "s".into(), name: "Storage".into(), ..Service::default() },
                Service { id: "m".into(), name: "Mail".into(), ..Service::default() },
            ],
            flows: vec![
                flow("f0", "Backup", "s", Some(200)),
                flow("f1", "archive", "s", None),
                flow("f2", "Mail out", "m", Some(5)),
                flow("f3", "Überwachung", "m", Some(5)),
            ],
            ..Plan::default()
        };
        let mut rows = vec![
            row("f0", Verdict::Symmetric, &["e"], &["e"]),
            row("f1", Verdict::NoReturn, &["i"], &[]),
            row("f2", Verdict::AsymmetricDropped, &["i"], &["e"]),
            row("f3", Verdict::Symmetric, &["i"], &["i"]),
        ];
        rows[3].verdict = None;
        rows[2].parts[0].to = IpAddr::from([9, 9, 9, 9]);
        (plan, rows)
    }

    /// What is told of the sample's rows, which may stand in another order.
    struct Told(fn(usize) -> usize);

    impl Beside for Told {
        fn differs(&self, row: usize) -> bool {
            (self.0)(row).is_multiple_of(2)
        }

        fn other(&self, row: usize) -> Option<Verdict> {
            [Some(Verdict::Symmetric), None, Some(Verdict::NoReturn), Some(Verdict::Symmetric)][(self.0)(row)]
        }

        fn facts(&self, row: usize) -> &[Facts] {
            static FACTS: std::sync::OnceLock<[[Facts; 1]; 4]> = std::sync::OnceLock::new();
            let facts = FACTS.get_or_init(|| {
                [
                    (Admitted::Admitted, vec![Kept::MoreSpecific, Kept::SingleDevice]),
                    (Admitted::Refused, vec![]),
                    (Admitted::NotAsked, vec![]),
                    (Admitted::NotAsked, vec![Kept::SeparatePool]),
                ]
                .map(|(admitted, kept)| [Facts { admitted, kept }])
            });
            &facts[(self.0)(row)]
        }
    }

    fn seen(set: impl FnOnce(&mut RowView)) -> Vec<u32> {
        let (plan, rows) = sample();
        let mut wanted = RowView::default();
        set(&mut wanted);
        let there = view(&plan, &rows, &wanted, &Told(|index| index));
        // Rows in another order than the plan's give the same, by the flows they name.
        let turned: Vec<Row> = rows.iter().rev().cloned().collect();
        let mut again = view(&plan, &turned, &wanted, &Told(|index| 3 - index));
        again.iter_mut().for_each(|index| *index = 3 - *index);
        again.sort_unstable();
        let mut sorted = there.clone();
        sorted.sort_unstable();
        assert_eq!(again, sorted);
        there
    }

    #[test]
    fn every_order_and_its_reverse_keep_the_plans_order_among_equals() {
        for (sort, up, down) in [
            (SortBy::Plan, [0, 1, 2, 3], [3, 2, 1, 0]),
            (SortBy::Verdict, [1, 2, 0, 3], [3, 0, 2, 1]),
            (SortBy::Name, [1, 0, 2, 3], [3, 2, 0, 1]),
            (SortBy::Site, [0, 1, 2, 3], [0, 1, 2, 3]),
            (SortBy::Service, [2, 3, 0, 1], [0, 1, 2, 3]),
            (SortBy::Out, [0, 1, 2, 3], [1, 2, 3, 0]),
            (SortBy::Back, [1, 0, 2, 3], [3, 0, 2, 1]),
            (SortBy::Mbps, [1, 2, 3, 0], [0, 2, 3, 1]),
            (SortBy::Kept, [3, 0, 1, 2], [1, 2, 0, 3]),
            (SortBy::Admitted, [1, 0, 2, 3], [2, 3, 0, 1]),
            (SortBy::Other, [2, 0, 3, 1], [1, 0, 3, 2]),
            (SortBy::Share, [0, 1, 2, 3], [0, 1, 2, 3]),
            (SortBy::Destination, [2, 0, 1, 3], [0, 1, 3, 2]),
        ] {
            assert_eq!(seen(|view| view.sort = sort), up, "{sort:?}");
            let turned = seen(|view| {
                view.sort = sort;
                view.descending = true;
            });
            assert_eq!(turned, down, "{sort:?} turned round");
        }
    }

    #[test]
    fn all_words_of_the_filter_are_found_in_some_name() {
        for (filter, found) in [
            ("", vec![0, 1, 2, 3]),
            ("  ", vec![0, 1, 2, 3]),
            ("ARCH", vec![1]),
            ("über", vec![3]),
            ("mail", vec![2, 3]),
            ("mail chicago", vec![2]),
            ("office storage", vec![0, 1]),
            ("no way back", vec![1]),
            ("f2", vec![2]),
            ("inbound", vec![]),
            ("nonsense", vec![]),
        ] {
            assert_eq!(seen(|view| view.filter = filter.into()), found, "{filter}");
        }
    }

    #[test]
    fn verdicts_and_differences() {
        assert_eq!(seen(|view| view.verdicts = vec![Verdict::NoReturn, Verdict::Symmetric]), [0, 1]);
        assert_eq!(seen(|view| view.only_differing = true), [0, 2]);
    }

    #[test]
    fn how_symmetry_is_kept() {
        for (kept, found) in [
            (vec![Kept::MoreSpecific], vec![0]),
            (vec![Kept::SingleDevice], vec![0]),
            (vec![Kept::SeparatePool, Kept::MoreSpecific], vec![0, 3]),
            (vec![Kept::OurRoutes], vec![]),
        ] {
            assert_eq!(seen(|view| view.kept.clone_from(&kept)), found, "{kept:?}");
        }
    }

    #[test]
    fn no_rows() {
        assert_eq!(view(&Plan::default(), &[], &RowView::default(), &Told(|index| index)), [0_u32; 0]);
    }
}
