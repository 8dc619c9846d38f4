//! The document keeps what it is given.

mod support;

use support::random_plan::random_plan;
use twopath::plan::{Ends, Link, PeeringKind, ReturnModel, Setting, load, save, validate};

#[test]
fn random_plans_are_sound_and_survive_saving_byte_for_byte() {
    for seed in 0..500 {
        let plan = random_plan(seed);
        assert_eq!(validate(&plan), [], "seed {seed}");
        let saved = save(&plan);
        assert!(saved.ends_with("}\n"), "seed {seed}");
        let loaded = load(&saved).unwrap();
        assert_eq!(loaded.faults, [], "seed {seed}");
        assert_eq!(loaded.plan, plan, "seed {seed}");
        assert_eq!(save(&loaded.plan), saved, "seed {seed}");
    }
}

#[test]
fn a_seed_is_a_plan_and_another_seed_another() {
    assert_eq!(random_plan(7), random_plan(7));
    let texts: std::collections::BTreeSet<String> = (0..200).map(|seed| save(&random_plan(seed))).collect();
    assert_eq!(texts.len(), 200);
}

#[test]
fn random_plans_are_varied() {
    let plans: Vec<_> = (0..300).map(random_plan).collect();
    let share = |what: &str, has: &dyn Fn(&twopath::plan::Plan) -> bool| {
        let count = plans.iter().filter(|plan| has(plan)).count();
        assert!((10..=290).contains(&count), "{what}: {count} of 300");
    };
    let express_route = |plan: &twopath::plan::Plan| {
        plan.exits.iter().filter(|exit| matches!(exit.link, Link::ExpressRoute(_))).count()
    };
    share("several sites", &|plan| plan.sites.len() > 1);
    share("no circuit", &|plan| plan.circuits.is_empty());
    share("both links or two circuits", &|plan| express_route(plan) > 1);
    share("one device for all", &|plan| plan.devices.len() == 1 && plan.exits.len() > 1);
    share("a stateless device", &|plan| plan.devices.iter().any(|device| !device.stateful));
    share("inbound", &|plan| plan.flows.iter().any(|flow| matches!(flow.ends, Ends::Inbound(_))));
    share("IPv6", &|plan| plan.sites.iter().any(|site| site.inside.as_str().contains("db8:")));
    share("no admitted list", &|plan| {
        plan.circuits.iter().flat_map(|circuit| &circuit.peerings).any(|peering| peering.admitted.is_empty())
    });
    share("no route filter", &|plan| {
        plan.circuits.iter().flat_map(|circuit| &circuit.peerings).any(|peering| peering.route_filter.is_none())
    });
    share("sticky", &|plan| {
        plan.circuits
            .iter()
            .flat_map(|circuit| &circuit.peerings)
            .any(|peering| peering.return_model == ReturnModel::Sticky)
    });
    share("legacy public peering", &|plan| {
        plan.circuits.iter().any(|circuit| circuit.peering(PeeringKind::LegacyPublic).is_some())
    });
    share("a policy", &|plan| plan.exits.iter().any(|exit| !exit.policy_in.is_empty()));
    share("a provider's block", &|plan| !plan.provider_covered.is_empty());
    share("a list of Microsoft's space", &|plan| plan.microsoft_space.is_some());
    share("multipath", &|plan| plan.multipath);
    share("an unknown assumption", &|plan| plan.assumptions.out_of_area == Setting::Unknown);
}

#[test]
fn a_damaged_file_never_panics() {
    let saved = save(&random_plan(3)).into_bytes();
    for at in (0..saved.len()).step_by(37) {
        for damage in [b'"', b'}', b'[', b'7', b'\\', b' '] {
            let mut bytes = saved.clone();
            bytes[at] = damage;
            let damaged = String::from_utf8(bytes).unwrap();
            // Whatever is read can be saved and read again.
            if let Ok(loaded) = load(&damaged) {
                assert_eq!(load(&save(&loaded.plan)).unwrap().plan, loaded.plan);
            }
        }
        let _ = load(&String::from_utf8_lossy(&saved[..at]));
    }
}

// Without a clock in wasm.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn thousands_of_services_and_flows_are_checked_in_an_instant() {
    let mut plan = random_plan(1);
    let (service, flow) = (plan.services[0].clone(), plan.flows[0].clone());
    plan.services = (0..2_601)
        .map(|index| twopath::plan::Service { id: format!("service{index}").into(), ..service.clone() })
        .collect();
    plan.flows = (0..2_601)
        .map(|index| twopath::plan::Flow { id: format!("flow{index}").into(), ..flow.clone() })
        .collect();
    let start = std::time::Instant::now();
    for _ in 0..10 {
        assert_eq!(validate(&plan), []);
    }
    // Generous for a slow debug build: one check takes a few milliseconds.
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[test]
fn the_formats_a_source_may_name_are_those_that_can_be_read() {
    let names: Vec<_> = twopath::intake::Format::ALL.iter().map(|format| format.name()).collect();
    assert_eq!(names, twopath::plan::FORMATS);
}

#[test]
fn every_list_of_the_gallery_is_read_without_a_fault() {
    for example in twopath::plan::examples::EXAMPLES {
        for (list, text) in load(example.json).unwrap().plan.lists() {
            let reading = twopath::intake::read(text.as_str(), None);
            assert!(reading.faults.is_empty(), "{} {list:?}: {:?}", example.file, reading.faults);
            assert!(text.is_empty() || reading.entries_read > 0, "{} {list:?}", example.file);
        }
    }
}

#[test]
fn every_list_of_a_random_plan_is_read_without_an_error() {
    for seed in 0..200 {
        for (list, text) in random_plan(seed).lists() {
            let reading = twopath::intake::read(text.as_str(), None);
            assert_eq!(reading.faults.errors, 0, "seed {seed} {list:?}: {:?}", reading.faults);
        }
    }
}

#[test]
fn the_built_in_space_is_a_plain_list() {
    let reading = twopath::intake::read(twopath::plan::microsoft_space::builtin(), None);
    assert!(reading.faults.is_empty(), "{:?}", reading.faults);
    assert_eq!((reading.v4.len(), reading.v6.len()), (1_364, 914));
}
