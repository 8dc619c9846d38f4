//! Services: which share of their addresses goes which way.

use super::class::{PIECES, SiteClasses};
use super::view::{ServiceRow, ServiceWay};
use crate::journey::World;
use crate::pace::Pace;
use crate::plan::Id;
use crate::space::{Address, AddressSet, Count, Set};
use crate::study::cut::Cut;
use std::collections::BTreeMap;

/// A service with its addresses counted by class.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    service: Id,
    addresses: (Count, Count),
    /// By the number of the class.
    by_class: Vec<(u32, Count)>,
}

/// Counts the addresses of every service by the classes of a site, in steps; worst first, then in the plan's order.
pub(crate) async fn count(
    world: &World,
    services: &[(Id, AddressSet)],
    found: &SiteClasses,
    pace: &Pace,
) -> Vec<Counted> {
    let mut all = Vec::with_capacity(services.len());
    for (service, set) in services {
        let mut by_class = BTreeMap::new();
        add(&set.v4, &found.by_address.v4, &mut by_class, pace).await;
        add(&set.v6, &found.by_address.v6, &mut by_class, pace).await;
        let counts = set.count();
        all.push(Counted {
            service: service.clone(),
            addresses: (counts.v4, counts.v6),
            by_class: by_class.into_iter().collect(),
        });
    }
    debug_assert_eq!(all.len(), world.plan().services.len());
    // Classes are numbered worst first, and what isn't judged last.
    crate::sort::by_key(&mut all, |counted| {
        let verdict = worst(counted, found);
        (verdict.is_none(), verdict)
    });
    all
}

fn worst(counted: &Counted, found: &SiteClasses) -> Option<crate::journey::Verdict> {
    let classes = counted.by_class.iter().filter_map(|(class, _)| found.classes.get(*class as usize));
    classes.filter_map(|class| class.verdict).min()
}

async fn add<A: Address>(set: &Set<A>, cut: &Cut<A>, by_class: &mut BTreeMap<u32, Count>, pace: &Pace) {
    let mut pieces = 0;
    for span in set.spans() {
        for (piece, class) in cut.within(*span) {
            *by_class.entry(class).or_default() += piece.count();
            pieces += 1;
            if pieces % PIECES == 0 {
                pace.work(PIECES as u64).await;
            }
        }
    }
    pace.work((pieces % PIECES) as u64 + 16).await;
}

impl Counted {
    /// The row of the service.
    pub(crate) fn row(&self, found: &SiteClasses) -> ServiceRow {
        let of = |family| match family {
            crate::space::Family::V4 => self.addresses.0,
            crate::space::Family::V6 => self.addresses.1,
        };
        let ways = self.by_class.iter().filter_map(|(class, addresses)| {
            let class = found.classes.get(*class as usize)?.clone();
            let share = addresses.share_of(of(class.family));
            Some(ServiceWay { class, addresses: *addresses, share })
        });
        ServiceRow {
            service: self.service.clone(),
            verdict: worst(self, found),
            addresses: self.addresses,
            ways: ways.collect(),
        }
    }
}
