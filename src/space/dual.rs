//! Both address families side by side.

use std::net::IpAddr;

use borsh::{BorshDeserialize, BorshSerialize};
use ipnet::IpNet;

use super::{Address, Count, Partition, Prefix, Set};

/// One thing for each address family.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default, BorshSerialize, BorshDeserialize)]
pub struct Dual<X, Y> {
    /// What is so for IPv4.
    pub v4: X,
    /// What is so for IPv6.
    pub v6: Y,
}

/// A set of addresses of both families.
pub type AddressSet = Dual<Set<u32>, Set<u128>>;

/// A value for every address of both families.
pub type SpacePartition<T> = Dual<Partition<u32, T>, Partition<u128, T>>;

impl AddressSet {
    /// No address.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Every address of both families.
    pub fn all() -> Self {
        Dual { v4: Set::all(), v6: Set::all() }
    }

    /// All addresses of these prefixes, which may come in any order, overlap and repeat. Host bits
    /// are ignored.
    pub fn from_nets(nets: impl IntoIterator<Item = IpNet>) -> Self {
        let Dual { v4, v6 } = split(nets.into_iter().map(|net| (net, ())));
        Dual {
            v4: Set::from_prefixes(v4.into_iter().map(|(prefix, ())| prefix)),
            v6: Set::from_prefixes(v6.into_iter().map(|(prefix, ())| prefix)),
        }
    }

    /// Is there no address in it?
    pub fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }

    /// Is every address of both families in it?
    pub fn is_all(&self) -> bool {
        self.v4.is_all() && self.v6.is_all()
    }

    /// Is this address in it?
    pub fn contains(&self, ip: IpAddr) -> bool {
        match ip {
            IpAddr::V4(ip) => self.v4.contains(ip.to_bits()),
            IpAddr::V6(ip) => self.v6.contains(ip.to_bits()),
        }
    }

    /// How many addresses, per family.
    pub fn count(&self) -> Dual<Count, Count> {
        Dual { v4: self.v4.count(), v6: self.v6.count() }
    }

    /// The addresses in either.
    pub fn union(&self, other: &Self) -> Self {
        Dual { v4: self.v4.union(&other.v4), v6: self.v6.union(&other.v6) }
    }

    /// The addresses in both.
    pub fn intersection(&self, other: &Self) -> Self {
        Dual { v4: self.v4.intersection(&other.v4), v6: self.v6.intersection(&other.v6) }
    }

    /// The addresses in this set that aren't in the other.
    pub fn difference(&self, other: &Self) -> Self {
        Dual { v4: self.v4.difference(&other.v4), v6: self.v6.difference(&other.v6) }
    }

    /// Every address of both families that isn't in this set.
    pub fn complement(&self) -> Self {
        Dual { v4: self.v4.complement(), v6: self.v6.complement() }
    }

    /// Is any address in both?
    pub fn intersects(&self, other: &Self) -> bool {
        self.v4.intersects(&other.v4) || self.v6.intersects(&other.v6)
    }

    /// Is every address of this set in the other?
    pub fn is_subset_of(&self, other: &Self) -> bool {
        self.v4.is_subset_of(&other.v4) && self.v6.is_subset_of(&other.v6)
    }

    /// The fewest prefixes with exactly these addresses, in order, IPv4 first.
    pub fn nets(&self) -> impl Iterator<Item = IpNet> + '_ {
        let v4 = self.v4.prefixes().map(IpNet::from);
        v4.chain(self.v6.prefixes().map(IpNet::from))
    }

    /// The lowest address, IPv4 before IPv6.
    pub fn first_address(&self) -> Option<IpAddr> {
        let v4 = self.v4.first_address().map(Address::to_ip);
        v4.or_else(|| self.v6.first_address().map(Address::to_ip))
    }
}

impl FromIterator<IpNet> for AddressSet {
    fn from_iter<I: IntoIterator<Item = IpNet>>(nets: I) -> Self {
        Self::from_nets(nets)
    }
}

impl From<IpNet> for AddressSet {
    fn from(net: IpNet) -> Self {
        Self::from_nets([net])
    }
}

impl<T: Copy + Eq> SpacePartition<T> {
    /// The same value everywhere.
    pub fn uniform(value: T) -> Self {
        Dual { v4: Partition::uniform(value), v6: Partition::uniform(value) }
    }

    /// For every address, the value of the longest prefix around it, or `default`. Of equal
    /// prefixes the last given wins. Host bits are ignored.
    pub fn from_nets(default: T, nets: impl IntoIterator<Item = (IpNet, T)>) -> Self {
        let Dual { v4, v6 } = split(nets);
        Dual { v4: Partition::from_prefixes(default, v4), v6: Partition::from_prefixes(default, v6) }
    }

    /// One value in a set, another outside.
    pub fn from_set(set: &AddressSet, inside: T, outside: T) -> Self {
        Dual {
            v4: Partition::from_set(&set.v4, inside, outside),
            v6: Partition::from_set(&set.v6, inside, outside),
        }
    }

    /// The value at an address.
    pub fn lookup(&self, ip: IpAddr) -> T {
        match ip {
            IpAddr::V4(ip) => self.v4.lookup(ip.to_bits()),
            IpAddr::V6(ip) => self.v6.lookup(ip.to_bits()),
        }
    }

    /// Another value for each value; neighbours that become equal are merged.
    pub fn map<U: Copy + Eq>(&self, mut f: impl FnMut(T) -> U) -> SpacePartition<U> {
        Dual { v4: self.v4.map(&mut f), v6: self.v6.map(&mut f) }
    }

    /// The common refinement: for every address a value made from the values of both.
    pub fn refine<U: Copy + Eq, V: Copy + Eq>(
        &self,
        other: &SpacePartition<U>,
        mut f: impl FnMut(T, U) -> V,
    ) -> SpacePartition<V> {
        Dual { v4: self.v4.refine(&other.v4, &mut f), v6: self.v6.refine(&other.v6, &mut f) }
    }

    /// The addresses whose value is chosen.
    pub fn set_where(&self, mut chosen: impl FnMut(T) -> bool) -> AddressSet {
        Dual { v4: self.v4.set_where(&mut chosen), v6: self.v6.set_where(&mut chosen) }
    }
}

/// Prefixes with what belongs to them, one list for each family.
type Split<T> = Dual<Vec<(Prefix<u32>, T)>, Vec<(Prefix<u128>, T)>>;

/// Sorts prefixes into their families; within each they stay in order.
fn split<T>(nets: impl IntoIterator<Item = (IpNet, T)>) -> Split<T> {
    let mut split = Dual { v4: Vec::new(), v6: Vec::new() };
    for (net, value) in nets {
        match net {
            IpNet::V4(net) => split.v4.push((net.into(), value)),
            IpNet::V6(net) => split.v6.push((net.into(), value)),
        }
    }
    split
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nets(texts: &[&str]) -> AddressSet {
        texts.iter().map(|text| text.parse::<IpNet>().expect("a prefix")).collect()
    }

    fn texts(set: &AddressSet) -> Vec<String> {
        set.nets().map(|net| net.to_string()).collect()
    }

    #[test]
    fn both_families_at_once() {
        let a = nets(&["fd00::/8", "10.1.2.3/8", "10.0.0.0/9", "fc00::/8"]);
        assert_eq!(texts(&a), ["10.0.0.0/8", "fc00::/7"]);
        let b = nets(&["10.128.0.0/9", "fd00::/8", "::1/128"]);
        assert_eq!(texts(&a.intersection(&b)), ["10.128.0.0/9", "fd00::/8"]);
        assert_eq!(texts(&a.difference(&b)), ["10.0.0.0/9", "fc00::/8"]);
        assert_eq!(texts(&a.union(&b)), ["10.0.0.0/8", "::1/128", "fc00::/7"]);
        assert!(a.intersects(&b) && !b.is_subset_of(&a) && a.intersection(&b).is_subset_of(&b));
        assert_eq!(a.complement().complement(), a);
        assert_eq!(AddressSet::all().difference(&a), a.complement());
        assert!(AddressSet::empty().is_empty() && !nets(&["::1/128"]).is_empty());
        assert_eq!(b.count().v6, Count::from((1_u128 << 120) + 1));
        assert_eq!(a.first_address(), "10.0.0.0".parse().ok());
        assert_eq!(nets(&["::1/128"]).first_address(), "::1".parse().ok());
    }

    #[test]
    fn one_family_never_answers_for_the_other() {
        let all_v4 = nets(&["0.0.0.0/0"]);
        let v6 = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert!(!all_v4.contains(v6("::ffff:10.0.0.1")));
        let exits = SpacePartition::from_set(&all_v4, 'x', '-');
        assert_eq!(exits.lookup(v6("::")), '-');
        assert_eq!(exits.lookup(v6("0.0.0.0")), 'x');
        assert_eq!(exits.set_where(|exit| exit == 'x'), all_v4);
        let tagged = SpacePartition::from_nets(0, all_v4.nets().map(|net| (net, 1)));
        let both = exits.refine(&tagged, |exit, tag| (exit, tag));
        assert_eq!(both.lookup(v6("1.2.3.4")), ('x', 1));
        assert_eq!(both.map(|(_, tag)| tag), tagged);
        assert_eq!(both.map(|_| ()), SpacePartition::uniform(()));
    }
}
