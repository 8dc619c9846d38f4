//! Every part of every example, written for every vendor, reads back as the same.

use crate::roundtrip::{back, set_of};
use ipnet::IpNet;
use twopath::desk::export::{Exported, What, export};
use twopath::intake::config::{PrefixListEntry, RoutePolicy, read};
use twopath::intake::{Format, read as read_list};
use twopath::plan::{Plan, load};
use twopath::report::config::{Vendor, merged, networks, policy, pool, prefix_list};
use twopath::space::AddressSet;

/// A prefix, and the lengths that it matches.
type Bounds = (IpNet, u8, u8);

fn plans() -> Vec<Plan> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("static/examples");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    paths.iter().map(|path| load(&std::fs::read_to_string(path).unwrap()).unwrap().plan).collect()
}

/// Everything of a plan that can be written.
fn parts(plan: &Plan) -> Vec<What> {
    let mut parts = Vec::new();
    parts.extend(plan.sites.iter().map(|site| What::Inside(site.id.clone())));
    for exit in &plan.exits {
        let id = &exit.id;
        parts.extend([What::Learned(id.clone()), What::Advertised(id.clone()), What::Networks(id.clone())]);
        parts.extend([What::PolicyIn(id.clone()), What::PolicyOut(id.clone())]);
    }
    parts.extend(plan.circuits.iter().map(|circuit| What::Admitted(circuit.id.clone())));
    parts.extend(plan.services.iter().map(|service| What::Service(service.id.clone())));
    parts.extend(plan.sources.iter().map(|source| What::Source(source.id.clone())));
    for pool in &plan.pools {
        parts.extend([What::Addresses(pool.id.clone()), What::Pool(pool.id.clone())]);
    }
    parts
}

fn lists(entries: &[PrefixListEntry]) {
    for vendor in Vendor::ALL {
        for entries in [entries.to_vec(), merged(entries, vendor != Vendor::Cidr)] {
            let text = prefix_list(vendor, "OURS", &entries);
            if vendor == Vendor::Cidr {
                let reading = read_list(&text, Some(Format::Plain));
                let v4 = reading.v4.iter().map(|entry| IpNet::from(entry.prefix));
                let again: Vec<IpNet> = v4.chain(reading.v6.iter().map(|entry| entry.prefix.into())).collect();
                let nets = |nets: Vec<IpNet>| AddressSet::from_nets(nets);
                assert_eq!(nets(again), nets(entries.iter().map(|entry| entry.prefix).collect()));
                continue;
            }
            let setup = back(&text);
            let again: Vec<PrefixListEntry> =
                setup.prefix_lists.iter().flat_map(|list| list.entries.clone()).collect();
            assert_eq!((again.len(), set_of(&again)), (entries.len(), set_of(&entries)), "{vendor:?}\n{text}");
        }
    }
}

fn policies(given: &RoutePolicy) {
    for vendor in [Vendor::Ios, Vendor::Junos] {
        let text = policy(vendor, given, Some(65010)).unwrap();
        let format = if vendor == Vendor::Ios { "ios-config" } else { "junos-config" };
        let setup = read(&text, format.parse().unwrap());
        assert_eq!(setup.left_out, [], "{text}");
        let [again] = setup.policies.as_slice() else { panic!("{text}") };
        // IOS has one family an entry.
        let families = |policy: &RoutePolicy| {
            let mut found: Vec<(Vec<Bounds>, String)> = Vec::new();
            for term in &policy.terms {
                let said = format!("{:?} {:?}", term.communities, term.action);
                let Some(entries) = &term.prefixes else {
                    found.push((Vec::new(), said));
                    continue;
                };
                for v6 in [false, true] {
                    let of = |entry: &&PrefixListEntry| matches!(entry.prefix, IpNet::V6(_)) == v6;
                    let own: Vec<_> = entries
                        .iter()
                        .filter(of)
                        .map(|entry| (entry.prefix, entry.shortest, entry.longest))
                        .collect();
                    if !own.is_empty() {
                        found.push((own, said.clone()));
                    }
                }
            }
            found
        };
        assert_eq!(families(again), families(given), "{text}");
        assert_eq!(again.otherwise, given.otherwise, "{text}");
    }
}

#[test]
fn of_every_example() {
    let mut count = 0;
    for plan in plans() {
        for part in parts(&plan) {
            // A circuit without Microsoft peering admits nothing.
            let Some(exported) = export(&plan, &part, "OURS") else {
                assert!(matches!(part, What::Admitted(_)), "{part:?}");
                continue;
            };
            count += 1;
            match exported {
                Exported::Prefixes(entries) if entries.is_empty() => count -= 1,
                Exported::Prefixes(entries) => {
                    lists(&entries);
                    let mut longer = entries;
                    longer.iter_mut().for_each(|entry| entry.longest = entry.longest.max(28));
                    lists(&longer);
                }
                Exported::Pool(addresses) => {
                    let ios = pool(Vendor::Ios, "P", &addresses).unwrap();
                    let ios =
                        format!("{ios}ip nat inside source list 1 pool P overload\naccess-list 1 permit any\n");
                    assert_eq!(back(&ios).pools[0].addresses.v4, addresses.v4);
                    let junos = pool(Vendor::Junos, "P", &addresses).unwrap();
                    let junos = format!(
                        "{junos}set security nat source rule-set A to zone b\n\
                         set security nat source rule-set A rule c then source-nat pool P\n"
                    );
                    assert_eq!(back(&junos).pools[0].addresses, addresses);
                }
                Exported::Networks(asn, nets) if !nets.is_empty() => {
                    for (vendor, format) in [(Vendor::Ios, "ios-config"), (Vendor::Junos, "junos-config")] {
                        let text = networks(vendor, asn, &nets).unwrap();
                        let setup = read(&text, format.parse().unwrap());
                        let mut again: Vec<IpNet> = setup.advertised.iter().map(|found| found.prefix).collect();
                        let mut nets = nets.clone();
                        again.sort_unstable();
                        nets.sort_unstable();
                        assert_eq!(again, nets, "{text}");
                    }
                }
                Exported::Networks(..) => count -= 1,
                Exported::Policy(given, ..) => policies(&given),
            }
        }
    }
    assert!(count > 100, "{count} parts are too few to tell");
}
