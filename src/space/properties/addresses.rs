//! Addresses and prefixes against `ipnet`.

use ipnet::IpNet;
use proptest::prelude::*;

use super::{Outcome, Sample};
use crate::*;

pub fn address_arithmetic<A: Sample>(bits: u128, length: u8) -> Outcome {
    let address = A::of(bits);
    let net = IpNet::new(address.to_ip(), length).expect("length is in range");
    prop_assert_eq!(address.network(length).to_ip(), net.network());
    prop_assert_eq!(address.last_of(length).to_ip(), net.broadcast());
    prop_assert_eq!(A::from_ip(address.to_ip()), Some(address));
    prop_assert_eq!(address.next().map_or(Some(address), A::previous), Some(address));
    prop_assert_eq!(address.previous().map_or(Some(address), A::next), Some(address));
    let prefix = Prefix::<A>::try_from(net).expect("same family");
    prop_assert_eq!(IpNet::from(prefix), net.trunc());
    prop_assert_eq!(prefix.to_string(), net.trunc().to_string());
    prop_assert_eq!(Prefix::new(address, length).is_some(), net == net.trunc());
    Ok(())
}

pub fn prefix_relations<A: Sample>(a: Prefix<A>, b: Prefix<A>) -> Outcome {
    let (x, y) = (IpNet::from(a), IpNet::from(b));
    prop_assert_eq!(a.covers(&b), x.contains(&y));
    prop_assert_eq!(a.contains(b.first()), x.contains(&y.network()));
    prop_assert_eq!(a.contains(b.last()), a.span().contains(b.last()));
    // A prefix comes before what it covers.
    prop_assert!(!a.covers(&b) || a <= b);
    // Two prefixes nest or are apart.
    let meet = a.span().intersect(&b.span());
    prop_assert_eq!(meet.is_some(), a.covers(&b) || b.covers(&a));
    prop_assert_eq!(a.span().as_prefix(), Some(a));
    prop_assert_eq!(a.span().count().to_string(), {
        match A::BITS - a.length() {
            128 => "340282366920938463463374607431768211456".to_owned(),
            hosts => (1_u128 << hosts).to_string(),
        }
    });
    Ok(())
}
