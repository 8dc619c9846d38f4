//! Sessions against the ports of the addresses they are translated to.

use super::load::Range;
use crate::plan::{Flow, Id, Plan};
use crate::space::{AddressSet, Count, Family};
use crate::study::failures::Told;

/// The ports that one address has for translation, less those that its pool keeps back (Microsoft: NAT support with
/// Microsoft 365, where the devices one address can carry are these ports by the peak ports of a device).
pub const PORTS_OF_AN_ADDRESS: u32 = 64_000;

/// The addresses of a pool, of one family.
pub(super) struct PoolHalf {
    /// By its index.
    pub(super) pool: usize,
    pub(super) id: Id,
    pub(super) family: Family,
    pub(super) addresses: Count,
    /// Ports of each address.
    pub(super) ports: u32,
}

/// The pools of a plan in its order, IPv4 before IPv6, without those that have no address.
pub(super) fn pools(plan: &Plan, addresses: &[AddressSet]) -> Vec<PoolHalf> {
    let mut all = Vec::new();
    for (index, (pool, set)) in plan.pools.iter().zip(addresses).enumerate() {
        let ports = PORTS_OF_AN_ADDRESS.saturating_sub(pool.reserved_ports.unwrap_or(0));
        let count = set.count();
        for (family, addresses) in [(Family::V4, count.v4), (Family::V6, count.v6)] {
            if !addresses.is_zero() {
                all.push(PoolHalf { pool: index, id: pool.id.clone(), family, addresses, ports });
            }
        }
    }
    all
}

impl PoolHalf {
    /// How many sessions all its addresses have ports for; of more addresses than anyone can use up without end.
    pub(super) fn room(&self) -> u64 {
        self.countable().saturating_mul(u64::from(self.ports))
    }

    fn countable(&self) -> u64 {
        self.addresses.to_u128().and_then(|count| u64::try_from(count).ok()).unwrap_or(u64::MAX)
    }

    /// So many sessions spread over its addresses, rounded up.
    pub(super) fn per_address(&self, sessions: u64) -> u64 {
        sessions.div_ceil(self.countable().max(1))
    }
}

/// The sessions that every pool has to carry in one scenario.
pub(super) fn sessions(flows: &[Flow], pools: &[PoolHalf], told: &[Told]) -> Vec<Range> {
    let mut ranges = vec![Range::default(); pools.len()];
    for (flow, told) in flows.iter().zip(told) {
        let Some(sessions) = flow.sessions.filter(|sessions| *sessions > 0) else { continue };
        for (pool, range) in pools.iter().zip(&mut ranges) {
            let is = |all: &[(usize, Family)]| all.contains(&(pool.pool, pool.family));
            range.add(sessions, told.works && is(&told.always), is(&told.pools));
        }
    }
    ranges
}
