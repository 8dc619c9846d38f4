//! Flows that take the same ways, bundled: what the picture of all flows is drawn from.

use super::Row;
use crate::plan::{Flow, Id, Plan};
use crate::routing::FarSide;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// The traffic of one direction of all flows that take the same ways.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Bundle {
    /// Our site.
    pub site: Id,
    /// The exits with their far sides, each flow by one of them or by several.
    pub ways: Vec<(Id, FarSide)>,
    /// Whether it leaves our site; else it comes in.
    pub leaving: bool,
    /// How many flows.
    pub flows: u32,
    /// Their rate, as far as the plan says it, in kbit/s.
    pub kbps: u64,
}

/// All bundles of a plan's rows, each flow in one for each direction in which it goes at all.
pub fn bundles(plan: &Plan, rows: &[Row]) -> Vec<Bundle> {
    let mut found: Vec<Bundle> = Vec::new();
    // A row a flow, in the plan's order.
    for (row, flow) in rows.iter().zip(&plan.flows) {
        for leaving in [true, false] {
            let mut ways: Vec<(Id, FarSide)> = Vec::new();
            for part in &row.parts {
                let exits = part.exits(row.direction, leaving).iter();
                ways.extend(exits.map(|exit| (exit.clone(), part.far_side)));
            }
            crate::sort::up(&mut ways);
            ways.dedup();
            if !ways.is_empty() {
                found.push(Bundle { site: row.site.clone(), ways, leaving, flows: 1, kbps: kbps(flow, leaving) });
            }
        }
    }
    let same = |a: &Bundle, b: &Bundle| (&a.site, &a.ways, a.leaving).cmp(&(&b.site, &b.ways, b.leaving));
    crate::sort::by(&mut found, same);
    found.dedup_by(|next, bundle| {
        let joins = same(next, bundle).is_eq();
        if joins {
            bundle.flows += next.flows;
            bundle.kbps = bundle.kbps.saturating_add(next.kbps);
        }
        joins
    });
    found
}

fn kbps(flow: &Flow, leaving: bool) -> u64 {
    let rate = if leaving { flow.mbps_out } else { flow.mbps_in };
    rate.map_or(0, |rate| u64::from(rate.kbps))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Solved;
    use crate::plan::load;
    use crate::routing::Scenario;

    #[test]
    fn flows_of_the_same_ways_are_one_bundle_each_way() {
        let plan = load(
            r#"{"schema_version": 1, "sites": [{"id": "hq", "inside": ["10.0.0.0/8"]}],
            "exits": [
              {"id": "a", "site": "hq", "link": {"internet": {}}, "learned": ["0.0.0.0/0"], "advertised": ["198.51.100.0/24"]},
              {"id": "b", "site": "hq", "link": {"internet": {}}, "learned": ["9.0.0.0/8", "8.0.0.0/8"], "advertised": []},
              {"id": "c", "site": "hq", "link": {"internet": {}}, "learned": ["8.0.0.0/8"], "advertised": []}],
            "services": [{"id": "one", "destinations": ["7.0.0.0/24"]}, {"id": "two", "destinations": ["6.0.0.0/24"]},
              {"id": "tie", "destinations": ["8.0.0.0/24", "9.0.0.0/24"]}],
            "devices": [], "pools": [],
            "flows": [
              {"id": "f1", "ends": {"outbound": {"site": "hq", "service": "one"}}, "mbps_out": 1.5, "mbps_in": 20},
              {"id": "f2", "ends": {"outbound": {"site": "hq", "service": "two"}}, "mbps_out": 2},
              {"id": "f3", "ends": {"outbound": {"site": "hq", "service": "tie"}}, "mbps_out": 4}]}"#,
        )
        .expect("a plan")
        .plan;
        let solved = Solved::new(plan, Scenario::default(), false);
        let found = bundles(solved.plan(), &solved.rows);
        let out: Vec<(Vec<&str>, u32, u64)> = found
            .iter()
            .filter(|bundle| bundle.leaving)
            .map(|bundle| (bundle.ways.iter().map(|(exit, _)| exit.as_str()).collect(), bundle.flows, bundle.kbps))
            .collect();
        // The rate of a flow that splits is told once, by all its ways.
        assert_eq!(out, [(vec!["a"], 2, 3_500), (vec!["b", "c"], 1, 4_000)]);
        // Untranslated, nothing comes back.
        assert!(found.iter().all(|bundle| bundle.leaving), "{found:?}");
    }
}
