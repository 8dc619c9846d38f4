//! The classes of a site added up: by exits, and by verdict.

use super::class::{Class, Unjudged, all};
use super::view::{ExitTotal, Totals, VerdictTotal};
use crate::journey::{Verdict, World};
use crate::plan::Id;
use crate::space::{Count, Family};

/// The totals of both families.
pub(crate) fn totals(world: &World, classes: &[Class]) -> Vec<Totals> {
    [(Family::V4, all::<u32>()), (Family::V6, all::<u128>())]
        .map(|(family, whole)| {
            let own: Vec<&Class> = classes.iter().filter(|class| class.family == family).collect();
            let sum = |of: &dyn Fn(&Class) -> bool| -> Count {
                own.iter().filter(|class| of(class)).map(|class| class.addresses).sum()
            };
            let mut ways: Vec<&[Id]> =
                own.iter().filter(|class| class.is_public()).map(|class| class.out.as_slice()).collect();
            let place = |id: &Id| world.plan().exits.iter().position(|exit| exit.id == *id);
            // One exit before ties, and no route last.
            crate::sort::by_key(&mut ways, |out| {
                let places: Vec<Option<usize>> = out.iter().map(place).collect();
                (out.is_empty(), out.len(), places)
            });
            ways.dedup();
            let exits = ways.into_iter().map(|out| {
                let addresses = sum(&|class| class.is_public() && class.out == out);
                ExitTotal { out: out.to_vec(), addresses, share: addresses.share_of(whole) }
            });
            let verdicts = Verdict::ALL.into_iter().map(|verdict| {
                let addresses = sum(&|class| class.verdict == Some(verdict));
                VerdictTotal { verdict, addresses, share: addresses.share_of(whole) }
            });
            let special = sum(&|class| !class.is_public());
            Totals {
                family,
                exits: exits.collect(),
                verdicts: verdicts.filter(|total| !total.addresses.is_zero()).collect(),
                special,
                special_share: special.share_of(whole),
                no_sources: sum(&|class| class.unjudged == Some(Unjudged::NoSources)),
            }
        })
        .into()
}
