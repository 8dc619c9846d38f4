//! What is written as configuration is read back the same.

use ipnet::IpNet;
use proptest::prelude::*;
use twopath::intake::config::{
    ConfigFormat, PrefixListEntry, RoutePolicy, RouteTerm, Setup, TermAction, What, read, what,
};
use twopath::intake::{Format, read as read_list};
use twopath::plan::Community;
use twopath::report::config::{Vendor, merged, networks, policy, pool, prefix_list};
use twopath::space::AddressSet;

fn entry() -> impl Strategy<Value = PrefixListEntry> {
    let v4 = (any::<u32>(), 0..=32u8)
        .prop_map(|(bits, length)| IpNet::new(std::net::Ipv4Addr::from(bits).into(), length));
    let v6 = (any::<u128>(), 0..=128u8)
        .prop_map(|(bits, length)| IpNet::new(std::net::Ipv6Addr::from(bits).into(), length));
    // Few networks, so that some are halves of one, or lie in each other.
    let near = (0..8u32, 20..=24u8)
        .prop_map(|(third, length)| IpNet::new(std::net::Ipv4Addr::from(0x0a00_0000 | third << 8).into(), length));
    (prop_oneof![2 => near, 1 => v4, 1 => v6], any::<(prop::sample::Index, prop::sample::Index)>()).prop_map(
        |(net, (low, high))| {
            let prefix = net.unwrap().trunc();
            let (length, most) = (prefix.prefix_len(), prefix.max_prefix_len());
            let shortest = length + low.index(usize::from(most - length) + 1).min(3) as u8;
            let longest = shortest + high.index(usize::from(most - shortest) + 1).min(3) as u8;
            PrefixListEntry { permit: true, prefix, shortest, longest }
        },
    )
}

fn list() -> impl Strategy<Value = Vec<PrefixListEntry>> {
    prop::collection::vec(entry(), 1..20).prop_map(|mut entries| {
        let mut seen = std::collections::HashSet::new();
        entries.retain(|entry| seen.insert((entry.prefix, entry.shortest, entry.longest)));
        // IPv4 first, as every vendor but IOS-XR keeps them apart.
        entries.sort_by_key(|entry| matches!(entry.prefix, IpNet::V6(_)));
        entries
    })
}

pub fn back(text: &str) -> Setup {
    let What::Config(format) = what(text) else { panic!("not recognised:\n{text}") };
    let setup = read(text, format);
    assert_eq!((setup.left_out.as_slice(), setup.faults.total()), (&[][..], 0), "{text}");
    setup
}

pub fn set_of(entries: &[PrefixListEntry]) -> std::collections::BTreeSet<(IpNet, u8, u8)> {
    entries.iter().map(|entry| (entry.prefix, entry.shortest, entry.longest)).collect()
}

fn matches(entries: &[PrefixListEntry], net: IpNet) -> bool {
    entries
        .iter()
        .any(|entry| entry.prefix.contains(&net) && (entry.shortest..=entry.longest).contains(&net.prefix_len()))
}

fn communities() -> impl Strategy<Value = Vec<Community>> {
    prop::collection::btree_set((0..3u16).prop_map(|n| Community::microsoft(51_000 + n)), 0..3)
        .prop_map(|communities| communities.into_iter().collect())
}

fn action() -> impl Strategy<Value = TermAction> {
    let number = || prop::option::of(1..1000u32);
    (any::<bool>(), number(), number(), prop::option::of(1..9u32), communities()).prop_map(
        |(permit, local_preference, weight, prepend, communities)| match permit {
            false => TermAction::default(),
            true => TermAction { permit, local_preference, weight, prepend, communities },
        },
    )
}

fn route_policy() -> impl Strategy<Value = RoutePolicy> {
    // One family a term, as IOS has it.
    let entries = prop::option::of((list(), any::<bool>())).prop_map(|entries| {
        let (entries, v4) = entries?;
        let entries: Vec<PrefixListEntry> =
            entries.into_iter().filter(|entry| entry.prefix.addr().is_ipv4() == v4).collect();
        (!entries.is_empty()).then_some(entries)
    });
    let term =
        (entries, communities(), action()).prop_filter_map("it matches all", |(prefixes, communities, action)| {
            let all = prefixes.is_none() && communities.is_empty();
            (!all).then_some(RouteTerm { prefixes, communities, action, span: 0..0 })
        });
    (prop::collection::vec(term, 0..5), action()).prop_map(|(terms, otherwise)| RoutePolicy {
        name: "P".into(),
        terms,
        otherwise,
        span: 0..0,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn prefix_lists_of_every_vendor(entries in list()) {
        for vendor in Vendor::ALL {
            let text = prefix_list(vendor, "OURS", &entries);
            if vendor == Vendor::Cidr {
                let reading = read_list(&text, Some(Format::Plain));
                prop_assert!(reading.faults.is_empty());
                let nets: Vec<IpNet> = reading.v4.iter().map(|e| e.prefix.into()).chain(reading.v6.iter().map(|e| e.prefix.into())).collect();
                prop_assert_eq!(nets, entries.iter().map(|entry| entry.prefix).collect::<Vec<_>>());
                continue;
            }
            let setup = back(&text);
            let again: Vec<PrefixListEntry> = setup.prefix_lists.iter().flat_map(|list| list.entries.clone()).collect();
            prop_assert_eq!(&again, &entries, "{:?}\n{}", vendor, text);
        }
    }

    #[test]
    fn entries_that_deny(entries in list(), denied in prop::collection::vec(any::<bool>(), 20)) {
        let entries: Vec<PrefixListEntry> =
            entries.into_iter().zip(denied).map(|(entry, denied)| PrefixListEntry { permit: !denied, ..entry }).collect();
        for vendor in [Vendor::Ios, Vendor::Nxos, Vendor::Eos, Vendor::Frr] {
            let text = prefix_list(vendor, "OURS", &entries);
            let setup = back(&text);
            let again: Vec<PrefixListEntry> = setup.prefix_lists.iter().flat_map(|list| list.entries.clone()).collect();
            prop_assert_eq!(&again, &entries, "{:?}\n{}", vendor, text);
        }
    }

    #[test]
    fn merged_lists_match_the_same(entries in list(), more in prop::collection::vec(entry(), 1..20)) {
        let fewer = merged(&entries, true);
        prop_assert!(fewer.len() <= entries.len() * 4);
        prop_assert_eq!(set_of(&merged(&fewer, true)), set_of(&fewer), "again it changes nothing");
        let nets = entries.iter().chain(&more).flat_map(|entry| {
            let parent = entry.prefix.supernet();
            let halves = entry.prefix.subnets((entry.prefix.prefix_len() + 1).min(entry.prefix.max_prefix_len())).unwrap();
            halves.take(2).chain([entry.prefix]).chain(parent)
        });
        for net in nets {
            for length in net.prefix_len()..=(net.prefix_len() + 5).min(net.max_prefix_len()) {
                let longer = IpNet::new(net.addr(), length).unwrap();
                prop_assert_eq!(matches(&entries, longer), matches(&fewer, longer), "{} {:?}", longer, fewer);
            }
        }
        let addresses = |entries: &[PrefixListEntry]| AddressSet::from_nets(entries.iter().map(|entry| entry.prefix));
        prop_assert_eq!(addresses(&merged(&entries, false)), addresses(&entries));
    }

    #[test]
    fn policies(given in route_policy()) {
        for vendor in [Vendor::Ios, Vendor::Junos] {
            let text = policy(vendor, &given, Some(65010)).unwrap();
            let format: ConfigFormat = if vendor == Vendor::Ios { "ios-config" } else { "junos-config" }.parse().unwrap();
            let setup = read(&text, format);
            prop_assert_eq!(setup.left_out.len(), 0, "{}\n{:?}", text, setup.left_out);
            let Some(again) = setup.policies.first() else {
                // IOS has nothing to say of a policy that denies everything.
                prop_assert!(given.terms.is_empty() && !given.otherwise.permit);
                continue;
            };
            prop_assert_eq!(again.terms.len(), given.terms.len(), "{}", text);
            // Junos has no weight.
            let said = |action: &TermAction| TermAction {
                weight: action.weight.filter(|_| vendor == Vendor::Ios),
                ..action.clone()
            };
            for (again, given) in again.terms.iter().zip(&given.terms) {
                prop_assert_eq!(&again.prefixes, &given.prefixes, "{}", text);
                prop_assert_eq!(&again.communities, &given.communities, "{}", text);
                prop_assert_eq!(&again.action, &said(&given.action), "{}", text);
            }
            prop_assert_eq!(&again.otherwise, &said(&given.otherwise), "{}", text);
        }
    }

    #[test]
    fn pools_and_networks(
        nets in prop::collection::btree_set((any::<u32>(), 8..=32u8), 1..8),
        v6 in prop::collection::btree_set((any::<u128>(), 0..=128u8), 0..4),
    ) {
        let nets: Vec<IpNet> = nets.into_iter().map(|(bits, length)| IpNet::new(std::net::Ipv4Addr::from(bits).into(), length).unwrap().trunc()).collect();
        let addresses = AddressSet::from_nets(nets.iter().copied());
        let ios = format!(
            "{}ip nat inside source list 1 pool P overload\naccess-list 1 permit any\n",
            pool(Vendor::Ios, "P", &addresses).unwrap()
        );
        let junos = format!(
            "{}set security nat source rule-set A to zone b\nset security nat source rule-set A rule c then source-nat pool P\n",
            pool(Vendor::Junos, "P", &addresses).unwrap()
        );
        for text in [ios, junos] {
            let setup = back(&text);
            prop_assert_eq!(setup.pools.len(), 1);
            prop_assert_eq!(&setup.pools[0].addresses, &addresses, "{}", text);
        }
        for vendor in [Vendor::Ios, Vendor::Junos] {
            let v6 = v6.iter().map(|(bits, length)| IpNet::new(std::net::Ipv6Addr::from(*bits).into(), *length).unwrap().trunc());
            let nets: Vec<IpNet> = nets.iter().copied().chain(v6).collect();
            let text = networks(vendor, Some(65010), &nets).unwrap();
            let format: ConfigFormat = if vendor == Vendor::Ios { "ios-config" } else { "junos-config" }.parse().unwrap();
            let mut again: Vec<IpNet> = read(&text, format).advertised.iter().map(|found| found.prefix).collect();
            let mut nets = nets;
            again.sort_unstable();
            nets.sort_unstable();
            nets.dedup();
            again.dedup();
            prop_assert_eq!(again, nets, "{}", text);
        }
    }
}
