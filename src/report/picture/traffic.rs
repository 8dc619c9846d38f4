//! All flows together: the more traffic, the thicker.

use super::draw::{Drawing, Step, aside};
use super::lanes::Lanes;
use super::scene::{Shape, Stroke, THICKEST, Traffic, Way};
use crate::journey::Bundle;
use crate::report::words::picture as words;

/// How many flows run along a line, and at what rate in kbit/s.
type Load = (u32, u64);

impl Drawing {
    /// The traffic of all flows: what bundles share runs as one.
    pub(super) fn draw_bundles(&mut self, lanes: &Lanes, bundles: &[Bundle]) -> Vec<Step> {
        // Few, for they are lines of a picture.
        let mut loads: Vec<(Step, Load)> = Vec::new();
        for bundle in bundles {
            let way = if bundle.leaving { Way::Out } else { Way::Back };
            let mut steps: Vec<Step> = Vec::new();
            for (exit, side) in &bundle.ways {
                let Some(stops) = lanes.stops(&bundle.site, exit, *side, bundle.leaving) else { continue };
                for pair in stops.windows(2) {
                    let step = (way, pair[0].clone(), pair[1].clone());
                    // What its exits share, it runs along once.
                    if !steps.contains(&step) {
                        steps.push(step);
                    }
                }
            }
            for step in steps {
                match loads.iter_mut().find(|(known, _)| *known == step) {
                    Some((_, load)) => *load = (load.0 + bundle.flows, load.1.saturating_add(bundle.kbps)),
                    None => loads.push((step, (bundle.flows, bundle.kbps))),
                }
            }
        }
        let most = loads.iter().map(|(_, (_, kbps))| *kbps).max().unwrap_or(0).max(1);
        for ((way, from, to), (flows, kbps)) in &loads {
            if let Some(path) = self.course(from, to, aside(*way), 0) {
                let told = words::traffic(*way == Way::Out, *flows, *kbps);
                let traffic = Some(Traffic { thickness: thickness(*kbps, most), told });
                self.scene.shapes.push(Shape::Stroke(Stroke { way: *way, path, traffic }));
            }
        }
        loads.into_iter().map(|(step, _)| step).collect()
    }
}

/// How thick so much is drawn where `most` is the most: by the square root, so that a tenth is still seen.
fn thickness(kbps: u64, most: u64) -> u8 {
    let full = u64::from(THICKEST);
    let scaled = u128::from(kbps) * u128::from(full * full) / u128::from(most);
    (u64::try_from(scaled.isqrt()).unwrap_or(full).clamp(1, full)) as u8
}
