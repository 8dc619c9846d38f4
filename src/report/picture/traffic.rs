//! All flows together: the more traffic, the thicker.

use super::draw::{Drawing, Step, aside};
use super::lanes::Lanes;
use super::scene::{Run, Shape, Stroke, THICKEST, Traffic, Way};
use crate::journey::{Bundle, Part, Row};
use crate::report::words::picture as words;

/// What runs along a line.
#[derive(Default)]
struct Load {
    flows: u32,
    /// At what rate in kbit/s.
    kbps: u64,
    runs: Vec<Run>,
}

impl Drawing {
    /// The traffic of all flows: what bundles share runs as one.
    pub(super) fn draw_bundles(&mut self, lanes: &Lanes, bundles: &[Bundle]) -> Vec<Step> {
        // Few, for they are lines of a picture.
        let mut loads: Vec<(Step, Load)> = Vec::new();
        for bundle in bundles {
            let way = if bundle.leaving { Way::Out } else { Way::Back };
            let mut steps: Vec<(Step, Vec<Run>)> = Vec::new();
            for (exit, far_side) in &bundle.ways {
                let Some(stops) = lanes.stops(&bundle.site, exit, *far_side, bundle.leaving) else { continue };
                let run = Run { site: bundle.site.clone(), exit: exit.clone(), far_side: *far_side };
                for pair in stops.windows(2) {
                    let step = (way, pair[0].clone(), pair[1].clone());
                    // What its exits share, it runs along once.
                    match steps.iter_mut().find(|(known, _)| *known == step) {
                        Some((_, runs)) => runs.push(run.clone()),
                        None => steps.push((step, vec![run.clone()])),
                    }
                }
            }
            for (step, mut runs) in steps {
                let at = loads.iter().position(|(known, _)| *known == step).unwrap_or_else(|| {
                    loads.push((step, Load::default()));
                    loads.len() - 1
                });
                let load = &mut loads[at].1;
                load.flows += bundle.flows;
                load.kbps = load.kbps.saturating_add(bundle.kbps);
                runs.retain(|run| !load.runs.contains(run));
                load.runs.append(&mut runs);
            }
        }
        let most = loads.iter().map(|(_, load)| load.kbps).max().unwrap_or(0).max(1);
        let mut walked = Vec::new();
        for (step, load) in loads {
            let (way, from, to) = &step;
            if let Some(path) = self.course(from, to, aside(*way), 0) {
                let told = words::traffic(*way == Way::Out, load.flows, load.kbps);
                let traffic = Some(Traffic { thickness: thickness(load.kbps, most), told, runs: load.runs });
                self.scene.shapes.push(Shape::Stroke(Stroke { way: *way, path, traffic }));
            }
            walked.push(step);
        }
        walked
    }
}

impl Stroke {
    /// Whether it carries traffic of these parts of a row.
    pub fn carries(&self, row: &Row, parts: &[Part]) -> bool {
        let Some(traffic) = &self.traffic else { return false };
        parts.iter().any(|part| {
            let exits = part.exits(row.direction, self.way == Way::Out);
            let of =
                |run: &Run| run.site == row.site && run.far_side == part.far_side && exits.contains(&run.exit);
            traffic.runs.iter().any(of)
        })
    }
}

/// How thick so much is drawn where `most` is the most: by the square root, so that a tenth is still seen.
fn thickness(kbps: u64, most: u64) -> u8 {
    let full = u64::from(THICKEST);
    let scaled = u128::from(kbps) * u128::from(full * full) / u128::from(most);
    (u64::try_from(scaled.isqrt()).unwrap_or(full).clamp(1, full)) as u8
}
