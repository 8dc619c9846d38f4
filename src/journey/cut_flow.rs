//! Cutting one flow, see [`super::cut`].

use super::cut::{Ask, Course, Cutter, Entering, Far, Halved, Leaf, Piece, SeenShares, Way};
use super::inbound::Published;
use super::translation::Translated;
use super::world::by_class;
use crate::space::{Set, Share};
use std::rc::Rc;

/// Sources and destinations that are treated alike by the exits so far.
struct Alike<A> {
    sources: Set<A>,
    destinations: Set<A>,
    exits: Vec<(usize, Vec<Leaf>)>,
}

impl Cutter<'_> {
    /// Cuts a flow that we begin.
    pub(super) fn outbound<A: Halved>(
        &mut self,
        site: usize,
        sources: &Set<A>,
        towards: &[(Far, Set<A>)],
    ) -> Vec<Piece> {
        let all_sources = sources.count();
        let all_destinations = towards.iter().map(|(_, set)| set.count()).sum();
        let mut pieces = Vec::new();
        for (far, destinations) in towards {
            let (sources, destinations) = (sources.clone(), destinations.clone());
            let mut joint = vec![Alike { sources, destinations, exits: Vec::new() }];
            for exit in self.exits(site, *far).iter() {
                joint = joint.into_iter().flat_map(|alike| self.by_exit(exit, *far, alike)).collect();
            }
            for Alike { sources, destinations, exits } in joint {
                let (Some(from), Some(to)) = (sources.first_address(), destinations.first_address()) else {
                    continue;
                };
                pieces.push(Piece {
                    family: A::FAMILY,
                    share: sources.count().share_of(all_sources) * destinations.count().share_of(all_destinations),
                    site,
                    far: *far,
                    course: Course::Outbound(exits),
                    from: from.to_ip(),
                    to: to.to_ip(),
                });
            }
        }
        pieces
    }

    /// Cuts further what one more exit tells apart.
    fn by_exit<A: Halved>(&mut self, exit: usize, far: Far, alike: Alike<A>) -> Vec<Alike<A>> {
        let plan = self.ground.plan();
        let parts = self.ground.translators.translate(plan, exit, &alike.sources, &alike.destinations);
        let mut cut: Vec<Alike<A>> = Vec::new();
        for part in parts {
            let way = self.way(exit, &part);
            let ask = |seen| Ask { way, family: A::FAMILY, seen, side: far.side, offered: far.offered };
            let Some(pool) = part.pool else {
                // Untranslated: the sources themselves are told apart.
                for (seen, sources) in self.seen(&part.outside) {
                    let leaf = Leaf { share: Share::ONE, ask: self.asks.index(ask(seen)) };
                    let mut exits = alike.exits.clone();
                    exits.push((exit, vec![leaf]));
                    cut.push(Alike { sources, destinations: part.destinations.clone(), exits });
                }
                continue;
            };
            let seen = self.seen_of_pool(pool, &part.outside);
            let leaves = seen.iter().map(|(seen, share)| {
                let share = part.share * *share;
                Leaf { share, ask: self.asks.index(ask(*seen)) }
            });
            let leaves: Vec<Leaf> = leaves.collect();
            let same =
                |known: &&mut Alike<A>| known.sources == part.sources && known.destinations == part.destinations;
            match cut.iter_mut().find(same) {
                // A later device told addresses of an earlier one's pool apart.
                Some(known) => known.exits.last_mut().into_iter().for_each(|(_, own)| own.extend(&leaves)),
                None => {
                    let mut exits = alike.exits.clone();
                    exits.push((exit, leaves));
                    cut.push(Alike { sources: part.sources, destinations: part.destinations, exits });
                }
            }
        }
        for (_, leaves) in cut.iter_mut().filter_map(|alike| alike.exits.last_mut()) {
            settle(leaves);
        }
        cut
    }

    fn way<A: Halved>(&mut self, exit: usize, part: &Translated<A>) -> u32 {
        let plan = self.ground.plan();
        let translations = part.by.iter().enumerate().filter_map(|(crossing, step)| {
            let pool = step.pool.as_ref()?;
            let device = plan.devices.iter().position(|device| device.id == step.device)?;
            Some((crossing, device, plan.pools.iter().position(|known| known.id == *pool)?))
        });
        let translations = translations.collect();
        self.ways.index(Way { exit, translations })
    }

    /// What the far side sees of a pool, or of some of its addresses.
    fn seen_of_pool<A: Halved>(&mut self, pool: usize, outside: &Set<A>) -> Rc<SeenShares> {
        let whole = self.ground.translators.pools.get(pool).map(A::set).is_some_and(|all| all == outside);
        if let Some(known) = self.pools.get(&(pool, A::FAMILY)).filter(|_| whole) {
            return Rc::clone(known);
        }
        let total = outside.count();
        let shares = self.seen(outside).into_iter().map(|(seen, set)| (seen, set.count().share_of(total)));
        let seen = Rc::new(shares.collect::<SeenShares>());
        if whole {
            self.pools.insert((pool, A::FAMILY), Rc::clone(&seen));
        }
        seen
    }

    /// Cuts a flow that the far side begins.
    pub(super) fn inbound<A: Halved>(
        &mut self,
        published: &Published<'_>,
        towards: &[(Far, Set<A>)],
    ) -> Vec<Piece> {
        let plan = self.ground.plan();
        let index = plan.published.iter().position(|known| known.id == published.service.id);
        let Some(index) = index else { return Vec::new() };
        let outside = A::set(&published.outside);
        let all_ours = outside.count();
        let all_far = towards.iter().map(|(_, set)| set.count()).sum();
        let ours = by_class(A::ours(&self.ours), outside);
        let mut pieces = Vec::new();
        for (far, set) in towards {
            for (own, outside) in &ours {
                let (Some(from), Some(to)) = (set.first_address(), outside.first_address()) else { continue };
                let site = published.site;
                let entering = Entering { published: index, site, family: A::FAMILY, ours: *own, far: *far };
                pieces.push(Piece {
                    family: A::FAMILY,
                    share: outside.count().share_of(all_ours) * set.count().share_of(all_far),
                    site,
                    far: *far,
                    course: Course::Inbound(self.enterings.index(entering)),
                    from: from.to_ip(),
                    to: to.to_ip(),
                });
            }
        }
        pieces
    }
}

/// Makes the shares of a piece's leaves add up to one.
fn settle(leaves: &mut [Leaf]) {
    let mut shares: Vec<Share> = leaves.iter().map(|leaf| leaf.share).collect();
    Share::settle(&mut shares);
    for (leaf, share) in leaves.iter_mut().zip(shares) {
        leaf.share = share;
    }
}
