//! The words of the picture.

use super::difference::mbps_of as mbps;
use super::{Names, count, listing};
use crate::journey::{Bundle, Direction, Dropped};
use crate::plan::{Device, Exit, Link, PeeringKind, Plan, Side};
use crate::report::picture::{Course, Leg, Loss};
use crate::routing::FarSide;

/// Over the sites.
pub const LANE_SITES: &str = "Sites";
/// Over the devices.
pub const LANE_DEVICES: &str = "Devices";
/// Over the exits.
pub const LANE_EXITS: &str = "Exits";
/// Over the far sides.
pub const LANE_FAR: &str = "Far side";
/// The key: the solid line.
pub const KEY_OUT: &str = "first packet";
/// The key: the dashed line.
pub const KEY_BACK: &str = "its answer";
/// The key of all flows: the solid line.
pub const KEY_LEAVING: &str = "out of our sites";
/// The key of all flows: the dashed line.
pub const KEY_COMING: &str = "into our sites";
/// The key: the cross.
pub const KEY_DROP: &str = "dropped";
/// Behind what a part is, when it is down.
pub const DOWN: &str = "down";

/// A far side's name.
pub fn far_side(side: FarSide) -> &'static str {
    match side {
        FarSide::Microsoft => "Microsoft",
        FarSide::Internet => "Rest of the Internet",
    }
}

/// Parts that there was no room for.
pub fn more(count: usize) -> String {
    format!("{count} more")
}

/// What an exit is, in short.
pub fn exit_kind(exit: &Exit) -> String {
    match &exit.link {
        Link::Internet(_) => "Internet".to_owned(),
        Link::ExpressRoute(link) => {
            let peering = match link.peering {
                PeeringKind::Microsoft => "ER",
                PeeringKind::LegacyPublic => "ER public,",
                PeeringKind::Private => "ER private,",
            };
            let side = match link.side {
                Side::Primary => "primary",
                Side::Secondary => "secondary",
            };
            format!("{peering} {side}")
        }
    }
}

/// What a device is, in short.
pub fn device_kind(device: &Device) -> &'static str {
    if device.stateful { "stateful" } else { "stateless" }
}

/// A translation.
pub fn translates(pool: &str) -> String {
    format!("→ {pool}")
}

/// Why packets are dropped, in a word or two.
pub fn loss(names: &Names, loss: &Loss) -> String {
    match loss {
        Loss::NoRoute => "no route".to_owned(),
        Loss::NotTranslated => "private source".to_owned(),
        Loss::NotAdmitted => "not admitted".to_owned(),
        Loss::NotPublished => "not published".to_owned(),
        Loss::NoReturn => "no way back".to_owned(),
        Loss::Dropped(Dropped::NoSession(_)) => "no session".to_owned(),
        Loss::Dropped(Dropped::OtherZone(_)) => "other zone".to_owned(),
        Loss::Dropped(Dropped::UnsaidZone(_)) => "zone not said".to_owned(),
        Loss::Dropped(Dropped::MissesTranslation(device)) => format!("misses {}", names.device(device)),
    }
}

/// What all flows that run along a line come to.
pub fn traffic(leaving: bool, flows: u32, kbps: u64) -> String {
    let way = if leaving { "Out" } else { "In" };
    let flows = count(u64::from(flows), "flow");
    match kbps {
        0 => format!("{way}: {flows}"),
        _ => format!("{way}: {flows}, {} Mbps", mbps(kbps)),
    }
}

/// The picture without a journey.
pub fn plain(plan: &Plan, names: &Names, bundles: &[Bundle]) -> String {
    let parts = [(plan.sites.len(), "site"), (plan.devices.len(), "device"), (plan.exits.len(), "exit")];
    let parts: Vec<String> = parts.iter().map(|(number, noun)| count(*number as u64, noun)).collect();
    let mut told = format!("{}, with the far sides they lead to.", listing(&parts, "and"));
    for exit in &plan.exits {
        let by = |leaving: bool| {
            let through =
                |bundle: &&Bundle| bundle.leaving == leaving && bundle.ways.iter().any(|(way, _)| *way == exit.id);
            let through = bundles.iter().filter(through);
            through.fold((0, 0), |(flows, kbps), bundle| (flows + bundle.flows, kbps + bundle.kbps))
        };
        let ways = [(true, by(true)), (false, by(false))];
        let ways: Vec<String> = ways
            .into_iter()
            .filter(|(_, (flows, _))| *flows > 0)
            .map(|(leaving, (flows, kbps))| traffic(leaving, flows, kbps))
            .collect();
        if !ways.is_empty() {
            told.push_str(&format!(" {}: {}.", names.exit(&exit.id), ways.join("; ")));
        }
    }
    told
}

/// A journey, told to those who don't see the picture.
pub fn told(names: &Names, course: &Course) -> String {
    let site = names.site(&course.site);
    let far = match course.far_side {
        FarSide::Microsoft => "Microsoft",
        FarSide::Internet => "the rest of the Internet",
    };
    let (from, to) = match course.direction {
        Direction::Outbound => (site, far),
        Direction::Inbound => (far, site),
    };
    let mut text = format!("From {from} to {to}: {}.", ways(names, &course.first, course.first_nowhere.as_ref()));
    if !course.answer.is_empty() || course.answer_nowhere.is_some() {
        let answer = ways(names, &course.answer, course.answer_nowhere.as_ref());
        text.push_str(&format!(" The answer: {answer}."));
    }
    text
}

fn ways(names: &Names, legs: &[Leg], nowhere: Option<&Loss>) -> String {
    let mut ways: Vec<String> = legs.iter().map(|leg| way(names, leg)).collect();
    ways.extend(nowhere.map(|why| format!("dropped, {}", loss(names, why))));
    listing(&ways, "or")
}

fn way(names: &Names, leg: &Leg) -> String {
    let by = format!("by {}", names.exit(&leg.exit));
    let why: Vec<String> = leg.drops.iter().map(|drop| loss(names, &drop.loss)).collect();
    match (why.is_empty(), leg.arrives) {
        (true, _) => by,
        (false, true) => format!("{by} (some dropped: {})", why.join(", ")),
        (false, false) => format!("{by} (dropped: {})", why.join(", ")),
    }
}
