//! Which nodes a picture has, in which lanes, and what is written in them.

use super::course::{Course, Drop, Leg, Spot};
use super::scene::{NodeKind, Tone};
use crate::plan::{Exit, Id, Link, PeeringKind, Plan};
use crate::report::words::{Names, picture as words};
use crate::routing::{FarSide, Part, Scenario};
use std::collections::BTreeMap;

/// What a node stands for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Key {
    /// A site.
    Site(Id),
    /// A device.
    Device(Id),
    /// An exit.
    Exit(Id),
    /// A far side.
    Far(FarSide),
    /// Parts of a lane that there is no room for.
    More(usize),
    /// An exit's way through a lane where it crosses nothing.
    Through(Id, usize),
}

/// A node before it has a place.
#[derive(Clone, Debug)]
pub(super) struct Box {
    /// What it is drawn as; absent: not at all.
    pub kind: Option<NodeKind>,
    /// Its texts, from top to bottom.
    pub texts: Vec<(Tone, String)>,
    /// Whether the journey touches it.
    pub touched: bool,
    /// Whether it is down.
    pub down: bool,
}

/// Everything a picture shows, before it has places.
#[derive(Clone, Debug)]
pub(super) struct Lanes {
    /// The nodes.
    pub boxes: BTreeMap<Key, Box>,
    /// The nodes of each lane, in the order wanted.
    pub lanes: Vec<Vec<Key>>,
    /// For each exit shown, what is crossed from inside to outside, a node a lane, the exit last.
    pub chains: Vec<(Id, Vec<Key>)>,
    /// What is connected, and whether it is down.
    pub links: Vec<(Key, Key, bool)>,
}

/// More than so many devices in a row aren't drawn.
const DEPTH: usize = 4;

impl Lanes {
    /// At most `most` nodes a lane.
    pub fn new(plan: &Plan, scenario: &Scenario, course: Option<&Course>, most: usize) -> Self {
        let names = Names::of(plan);
        let down = Down { scenario };
        let mut sites: Vec<&Id> = plan.sites.iter().map(|site| &site.id).collect();
        let more_sites = keep(&mut sites, most, |site| course.is_some_and(|course| course.site == **site));
        let mut exits: Vec<&Exit> = plan.exits.iter().collect();
        let more_exits = keep(&mut exits, most, |exit| course.is_some_and(|course| course.touches(&exit.id)));
        // Exits of one site stand together: fewer lines cross.
        crate::sort::by_key(&mut exits, |exit| plan.sites.iter().position(|site| site.id == exit.site));

        let layers = layers(&exits);
        let depth = layers.values().copied().max().map_or(0, |deepest| deepest + 1);
        let mut made = Self {
            boxes: BTreeMap::new(),
            lanes: vec![Vec::new(); depth + 3],
            chains: Vec::new(),
            links: Vec::new(),
        };
        for id in sites {
            let text = vec![(Tone::Name, names.site(id).to_owned())];
            let touched = course.is_some_and(|course| course.site == *id);
            made.add(Key::Site(id.clone()), NodeKind::Site, 0, text, touched, down.site(id));
        }
        for exit in &exits {
            made.add_chain(plan, &names, exit, &layers, depth, course, &down);
        }
        made.add_more(0, more_sites);
        made.add_more(depth + 1, more_exits);
        let internet = plan.exits.iter().any(|exit| matches!(exit.link, Link::Internet(_)));
        for side in [FarSide::Microsoft, FarSide::Internet] {
            let touched = course.is_some_and(|course| course.far_side == side);
            if side == FarSide::Microsoft || internet || touched {
                let text = vec![(Tone::Name, words::far_side(side).to_owned())];
                made.add(Key::Far(side), NodeKind::FarSide, depth + 2, text, touched, false);
            }
        }
        made.link(plan, &exits, course, &down);
        if let Some(course) = course {
            made.write_notes(&names, course);
        }
        made
    }

    /// The nodes on the way over an exit, from the site to the far side or back; `None` where the exit isn't shown.
    pub fn stops(&self, site: &Id, exit: &Id, far: FarSide, outward: bool) -> Option<Vec<Key>> {
        let (_, chain) = self.chains.iter().find(|(of, _)| of == exit)?;
        let mut stops = vec![Key::Site(site.clone())];
        stops.extend(chain.iter().cloned());
        stops.push(Key::Far(far));
        if !outward {
            stops.reverse();
        }
        Some(stops)
    }

    fn add(
        &mut self,
        key: Key,
        kind: NodeKind,
        lane: usize,
        mut texts: Vec<(Tone, String)>,
        touched: bool,
        down: bool,
    ) {
        if self.boxes.contains_key(&key) {
            return;
        }
        if down {
            match texts.iter_mut().find(|(tone, _)| *tone == Tone::Kind) {
                Some((_, text)) => *text = format!("{text}, {}", words::DOWN),
                None => texts.push((Tone::Kind, words::DOWN.to_owned())),
            }
        }
        self.lanes[lane].push(key.clone());
        self.boxes.insert(key, Box { kind: Some(kind), texts, touched, down });
    }

    #[allow(clippy::too_many_arguments)]
    fn add_chain(
        &mut self,
        plan: &Plan,
        names: &Names,
        exit: &Exit,
        layers: &BTreeMap<Id, usize>,
        depth: usize,
        course: Option<&Course>,
        down: &Down,
    ) {
        let touched = course.is_some_and(|course| course.touches(&exit.id));
        let mut crossed: Vec<Option<&Id>> = vec![None; depth];
        let mut next = 0;
        for crossing in &exit.path {
            if let Some(&layer) = layers.get(&crossing.device).filter(|layer| **layer >= next) {
                crossed[layer] = Some(&crossing.device);
                next = layer + 1;
            }
        }
        let mut chain = Vec::new();
        for (layer, device) in crossed.into_iter().enumerate() {
            let key = match device {
                Some(id) => {
                    let found = plan.devices.iter().find(|device| device.id == *id);
                    let mut texts = vec![(Tone::Name, names.device(id).to_owned())];
                    texts.extend(found.map(|device| (Tone::Kind, words::device_kind(device).to_owned())));
                    let key = Key::Device(id.clone());
                    self.add(key.clone(), NodeKind::Device, layer + 1, texts, touched, down.device(id));
                    if let Some(device) = self.boxes.get_mut(&key) {
                        device.touched |= touched;
                    }
                    key
                }
                None => {
                    let key = Key::Through(exit.id.clone(), layer + 1);
                    let through = Box { kind: None, texts: Vec::new(), touched: false, down: false };
                    self.boxes.insert(key.clone(), through);
                    self.lanes[layer + 1].push(key.clone());
                    key
                }
            };
            chain.push(key);
        }
        let kind = match exit.link {
            Link::Internet(_) => NodeKind::Internet,
            Link::ExpressRoute(_) => NodeKind::ExpressRoute,
        };
        let texts = vec![(Tone::Name, names.exit(&exit.id).to_owned()), (Tone::Kind, words::exit_kind(exit))];
        let key = Key::Exit(exit.id.clone());
        self.add(key.clone(), kind, depth + 1, texts, touched, down.exit(exit));
        chain.push(key);
        self.chains.push((exit.id.clone(), chain));
    }

    fn add_more(&mut self, lane: usize, count: usize) {
        if count > 0 {
            let text = vec![(Tone::Kind, words::more(count))];
            self.add(Key::More(lane), NodeKind::More, lane, text, false, false);
        }
    }

    fn link(&mut self, plan: &Plan, exits: &[&Exit], course: Option<&Course>, down: &Down) {
        let mut links = Vec::new();
        for (exit, (_, chain)) in exits.iter().zip(&self.chains) {
            let is_down = down.exit(exit);
            let Some(first) = chain.first() else { continue };
            for site in &plan.sites {
                // From other sites only what the journey's site sees: else many sites make a thicket.
                let near = exit.site == site.id;
                let chosen = plan.sites.len() == 1 || course.is_some_and(|course| course.site == site.id);
                if near || (chosen && site.costs.contains_key(&exit.id)) {
                    links.push((Key::Site(site.id.clone()), first.clone(), is_down || down.site(&site.id)));
                }
            }
            for pair in chain.windows(2) {
                links.push((pair[0].clone(), pair[1].clone(), is_down));
            }
            let last = Key::Exit(exit.id.clone());
            match &exit.link {
                Link::Internet(_) => {
                    links.push((last.clone(), Key::Far(FarSide::Microsoft), is_down));
                    links.push((last, Key::Far(FarSide::Internet), is_down));
                }
                Link::ExpressRoute(link) if link.peering == PeeringKind::Private => {}
                Link::ExpressRoute(_) => links.push((last, Key::Far(FarSide::Microsoft), is_down)),
            }
        }
        links.retain(|(a, b, _)| self.boxes.contains_key(a) && self.boxes.contains_key(b));
        // A connection shared by exits is down only where all of them are.
        crate::sort::up(&mut links);
        links.dedup_by(|later, kept| later.0 == kept.0 && later.1 == kept.1);
        self.links = links;
    }

    fn write_notes(&mut self, names: &Names, course: &Course) {
        for (device, pool) in &course.pools {
            self.note(&Key::Device(device.clone()), Tone::Note, words::translates(names.pool(pool)));
        }
        for leg in course.first.iter().chain(&course.answer) {
            for drop in &leg.drops {
                self.note(&note_place(leg, drop, course), Tone::Drop, words::loss(names, &drop.loss));
            }
        }
        let (site, far) = (Key::Site(course.site.clone()), Key::Far(course.far_side));
        let ours = course.direction == crate::journey::Direction::Outbound;
        if let Some(loss) = &course.first_nowhere {
            self.note(if ours { &site } else { &far }, Tone::Drop, words::loss(names, loss));
        }
        if let Some(loss) = &course.answer_nowhere {
            self.note(if ours { &far } else { &site }, Tone::Drop, words::loss(names, loss));
        }
    }

    fn note(&mut self, key: &Key, tone: Tone, text: String) {
        if let Some(found) = self.boxes.get_mut(key)
            && !found.texts.iter().any(|(other, written)| *other == tone && *written == text)
        {
            found.texts.push((tone, text));
        }
    }
}

/// The node in which the word of a drop is written: several exits may lead to one far side, so theirs is at the exit.
fn note_place(leg: &Leg, drop: &Drop, course: &Course) -> Key {
    match &drop.before {
        Spot::Site => Key::Site(course.site.clone()),
        Spot::Device(device) => Key::Device(device.clone()),
        Spot::Exit | Spot::FarSide => Key::Exit(leg.exit.clone()),
    }
}

/// Leaves `most` of the parts, those that matter first, in their order; how many were left out.
fn keep<T>(parts: &mut Vec<T>, most: usize, matters: impl Fn(&T) -> bool) -> usize {
    if parts.len() <= most {
        return 0;
    }
    let room = most.saturating_sub(1);
    let mattering = parts.iter().filter(|part| matters(part)).count();
    let mut others = room.saturating_sub(mattering);
    let before = parts.len();
    let mut kept_mattering = 0;
    parts.retain(|part| {
        if matters(part) {
            kept_mattering += 1;
            kept_mattering <= room
        } else {
            let kept = others > 0;
            others = others.saturating_sub(1);
            kept
        }
    });
    before - parts.len()
}

/// The lane of each device, counted from inside: behind every device that some exit crosses before it.
fn layers(exits: &[&Exit]) -> BTreeMap<Id, usize> {
    let mut layers: BTreeMap<Id, usize> = BTreeMap::new();
    // Each round lets a device move behind another; a circle of them ends at the depth drawn.
    for _ in 0..DEPTH {
        for exit in exits {
            let mut next = 0;
            for crossing in &exit.path {
                let layer = layers.entry(crossing.device.clone()).or_default();
                *layer = (*layer).max(next).min(DEPTH - 1);
                next = *layer + 1;
            }
        }
    }
    layers
}

/// What is down, with what depends on it.
struct Down<'a> {
    scenario: &'a Scenario,
}

impl Down<'_> {
    fn part(&self, part: Part) -> bool {
        self.scenario.down.contains(&part)
    }

    fn site(&self, id: &Id) -> bool {
        self.part(Part::Site(id.clone()))
    }

    fn device(&self, id: &Id) -> bool {
        self.part(Part::Device(id.clone()))
    }

    fn exit(&self, exit: &Exit) -> bool {
        let circuit = match &exit.link {
            Link::ExpressRoute(link) => self.part(Part::Circuit(link.circuit.clone())),
            Link::Internet(_) => false,
        };
        circuit
            || self.part(Part::Exit(exit.id.clone()))
            || self.site(&exit.site)
            || exit.path.iter().any(|crossing| self.device(&crossing.device))
    }
}
