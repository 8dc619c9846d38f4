//! TP406: a circuit's bandwidth is none that Microsoft has circuits of.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(406), severity: Severity::Note, citation: Citation::Circuits, fix: false, check };

/// Bandwidths of a provider's circuits, in Mbps; those of ExpressRoute Direct from 1 Gbps on are among them.
const OF_PROVIDERS: [u32; 8] = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];
/// Beyond them only ExpressRoute Direct has circuits, in steps of so many Mbps,
const DIRECT_STEP: u32 = 10_000;
/// up to so many.
const DIRECT_MOST: u32 = 400_000;

fn check(case: &Case<'_>, out: &mut Findings) {
    for circuit in &case.plan().circuits {
        let Some(bandwidth) = circuit.bandwidth else { continue };
        let (mbps, whole) = (bandwidth.kbps / 1_000, bandwidth.kbps.is_multiple_of(1_000));
        let direct = mbps > DIRECT_STEP && mbps.is_multiple_of(DIRECT_STEP) && mbps <= DIRECT_MOST;
        if !whole || !OF_PROVIDERS.contains(&mbps) && !direct {
            let about = (PartKind::Circuit, circuit.id.clone());
            let args = vec![Arg::Part(about.0, about.1.clone()), Arg::Rate(u64::from(bandwidth.kbps))];
            out.say(vec![about], args);
        }
    }
}
