//! Step 5: the devices that an answer meets (domain rule 8).

use super::{Case, translate::Translated};
use twopath::journey::Verdict;
use twopath::plan::{Entry, Id, UnsaidZones};

/// How it ends for a packet that left by one exit and is answered by another, or by the same.
pub fn answer_from_outside(
    case: &Case,
    out: usize,
    packet: &Translated,
    by: usize,
    zones: UnsaidZones,
) -> Verdict {
    let forward = &case.plan.exits[out].path;
    // The devices, by their place on the way out, whose translation is still on the answer's destination.
    let mut still_on: Vec<usize> = (0..forward.len()).filter(|place| packet.by[*place].is_some()).collect();
    for crossing in case.plan.exits[by].path.iter().rev() {
        let stateful = case.is_stateful(&crossing.device);
        let Some(place) = forward.iter().position(|known| known.device == crossing.device) else {
            if stateful {
                return Verdict::AsymmetricDropped; // No session.
            }
            continue;
        };
        let named = [&forward[place].zone, &crossing.zone].iter().all(|zone| !zone.is_empty());
        let other_interface = match named {
            true => forward[place].zone != crossing.zone,
            false => out != by && zones == UnsaidZones::Dropped,
        };
        if stateful && other_interface {
            return Verdict::AsymmetricDropped; // Another zone.
        }
        // It knows the packet as it was when it left this device: with the translations up to here and no other.
        let as_it_left: Vec<usize> = (0..=place).filter(|place| packet.by[*place].is_some()).collect();
        if still_on == as_it_left {
            still_on.retain(|on| *on != place);
        } else if stateful {
            return Verdict::AsymmetricDropped; // It has no session with this destination.
        }
    }
    arrives(still_on.is_empty(), out == by)
}

/// How it ends for a packet that came in by one exit, was translated as published there, and whose reply leaves by
/// another exit, or by the same. `translated`: whether the entry's device changed anything.
pub fn reply_from_inside(case: &Case, entry: &Entry, translated: bool, came: usize, by: usize) -> Verdict {
    let known = &case.plan.exits[came].path;
    let place_of = |device: &Id| known.iter().position(|known| known.device == *device);
    let translator = if translated { place_of(&entry.device) } else { None };
    // Whether the reply still bears the inside address.
    let mut inside = translator.is_some();
    for crossing in &case.plan.exits[by].path {
        let stateful = case.is_stateful(&crossing.device);
        let Some(place) = place_of(&crossing.device) else {
            if stateful {
                return Verdict::AsymmetricDropped;
            }
            continue;
        };
        // Devices from the translator inwards know the server by its inside address.
        let expects_inside = translator.is_some_and(|translator| place <= translator);
        if inside == expects_inside {
            inside = inside && translator != Some(place);
        } else if stateful {
            return Verdict::AsymmetricDropped;
        }
    }
    arrives(!inside, came == by)
}

fn arrives(all_undone: bool, same_exit: bool) -> Verdict {
    match (all_undone, same_exit) {
        (false, _) => Verdict::AsymmetricDropped, // It misses the device that holds the translation.
        (true, true) => Verdict::Symmetric,
        (true, false) => Verdict::AsymmetricTolerated,
    }
}
