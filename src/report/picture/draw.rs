//! Lays out the lanes and draws them.

use super::course::{Course, Leg, Loss, Spot};
use super::lanes::{Box, Key, Lanes};
use super::measure::{Face, fit, width, wrap};
use super::order::{Item, place};
use super::scene::{
    Arrow, Cross, Heading, Label, Link, Node, Path, Piece, Point, Scene, Shape, Strike, Stroke, Tone, Way,
};
use crate::journey::{Bundle, Direction};
use crate::plan::Plan;
use crate::report::words::{Names, picture as words};
use crate::routing::Scenario;
use std::collections::BTreeMap;

/// The narrowest and the widest picture.
const WIDTHS: (i32, i32) = (240, 1200);
/// Around everything.
pub(super) const EDGE: i32 = 10;
/// The narrowest and the widest box.
const BOXES: (i32, i32) = (92, 172);
/// A box with little to say, side by side.
const MOST_NARROW: i32 = 76;
/// Between lanes: the least, and what is wanted, where they stand side by side.
const GAPS: (i32, i32) = (44, 58);
/// Between lanes, one below the other.
const GAP_BELOW: i32 = 50;
/// Between boxes of a lane.
const BETWEEN: i32 = 12;
/// An exit's way through a lane where it crosses nothing.
const THROUGH: i32 = 22;
/// How far the two ways are apart from the middle.
const APART: i32 = 6;
/// The most boxes of a lane, side by side.
const MOST: usize = 10;

/// Draws the plan in this scenario, with a journey where one is chosen, at most this many pixels wide.
///
/// Texts of boxes that take too many lines are cut, and told whole where a pointer rests on them.
pub fn draw(plan: &Plan, scenario: &Scenario, course: Option<&Course>, width: i32) -> Scene {
    drawn(plan, scenario, course, &[], width, ON_SCREEN)
}

/// Draws all flows of a plan together: the more traffic, the thicker.
pub fn draw_traffic(plan: &Plan, scenario: &Scenario, bundles: &[Bundle], width: i32) -> Scene {
    drawn(plan, scenario, None, bundles, width, ON_SCREEN)
}

/// The same for paper, where no pointer rests on anything: names are cut only where they are longer than any name.
pub fn draw_on_paper(plan: &Plan, scenario: &Scenario, course: &Course, width: i32) -> Scene {
    drawn(plan, scenario, Some(course), &[], width, ON_PAPER)
}

/// How many lines a name and any other text of a box may take.
type MostLines = (usize, usize);

const ON_SCREEN: MostLines = (3, 2);
const ON_PAPER: MostLines = (8, 8);

fn drawn(
    plan: &Plan,
    scenario: &Scenario,
    course: Option<&Course>,
    bundles: &[Bundle],
    width: i32,
    most_lines: MostLines,
) -> Scene {
    let width = width.clamp(WIDTHS.0, WIDTHS.1);
    let mut lanes = Lanes::new(plan, scenario, course, MOST);
    let count = i32::try_from(lanes.lanes.len()).unwrap_or(3);
    let beside = width >= 2 * EDGE + count * BOXES.0 + (count - 1) * GAPS.0;
    if !beside {
        let most = usize::try_from((width - 2 * EDGE + BETWEEN) / (BOXES.0 + BETWEEN)).unwrap_or(2);
        lanes = Lanes::new(plan, scenario, course, most.max(2));
    }
    let names = Names::of(plan);
    let mut drawing = Drawing {
        beside,
        spots: BTreeMap::new(),
        bands: Vec::new(),
        scene: Scene {
            width,
            height: 0,
            alternative: match course {
                Some(course) => words::told(&names, course),
                None => words::plain(plan, &names, bundles),
            },
            shapes: Vec::new(),
        },
    };
    drawing.lay_out(&lanes, most_lines);
    let walked = match course {
        Some(course) => drawing.draw_course(&names, &lanes, course),
        None => drawing.draw_bundles(&lanes, bundles),
    };
    drawing.draw_links(&lanes, &walked);
    drawing.draw_boxes(&lanes);
    match course {
        Some(_) => drawing.draw_key(words::KEY_OUT, words::KEY_BACK),
        None if !walked.is_empty() => drawing.draw_key(words::KEY_LEAVING, words::KEY_COMING),
        None => {}
    }
    // What stands on the lines and boxes comes last.
    crate::sort::by_key(&mut drawing.scene.shapes, |shape| match shape {
        Shape::Link(_) => 0,
        Shape::Stroke(_) => 1,
        Shape::Node(_) => 2,
        Shape::Strike(_) => 3,
        Shape::Label(_) => 4,
        Shape::Arrow(_) => 5,
        Shape::Cross(_) => 6,
    });
    drawing.scene
}

/// Where a box is: `main` runs from lane to lane, `cross` along a lane.
#[derive(Clone, Debug)]
struct Place {
    lane: usize,
    /// Begin and end along the way from lane to lane.
    main: (i32, i32),
    /// The middle along the lane.
    cross: i32,
    /// The size along the lane.
    size: i32,
    lines: Vec<Line>,
    through: bool,
}

#[derive(Clone, Debug)]
struct Line {
    tone: Tone,
    text: String,
    whole: Option<String>,
}

/// One way from one box to the next.
pub(super) type Step = (Way, Key, Key);

pub(super) struct Drawing {
    /// Lanes side by side, else one below the other.
    beside: bool,
    spots: BTreeMap<Key, Place>,
    /// Begin and end of each lane.
    bands: Vec<(i32, i32)>,
    pub(super) scene: Scene,
}

pub(super) fn face(tone: Tone) -> Face {
    match tone {
        Tone::Name => Face { size: 13, bold: true },
        Tone::Drop => Face { size: 11, bold: true },
        Tone::Lane | Tone::Kind | Tone::Note | Tone::Key => Face { size: 11, bold: false },
    }
}

fn line_height(tone: Tone) -> i32 {
    if tone == Tone::Name { 17 } else { 15 }
}

/// Above and below the text of a box, beside it.
const PADDING: (i32, i32) = (8, 7);

fn lines(node: &Box, room: i32, most: MostLines) -> Vec<Line> {
    let mut lines = Vec::new();
    for (tone, text) in &node.texts {
        let text = if *tone == Tone::Drop { format!("✕ {text}") } else { text.clone() };
        let (wrapped, cut) =
            wrap(&text, face(*tone), room - 2 * PADDING.1, if *tone == Tone::Name { most.0 } else { most.1 });
        for line in wrapped {
            lines.push(Line { tone: *tone, text: line, whole: cut.then(|| text.clone()) });
        }
    }
    lines
}

fn height(lines: &[Line]) -> i32 {
    2 * PADDING.0 + lines.iter().map(|line| line_height(line.tone)).sum::<i32>()
}

impl Drawing {
    fn point(&self, main: i32, cross: i32) -> Point {
        if self.beside { Point { x: main, y: cross } } else { Point { x: cross, y: main } }
    }

    fn heading(&self, outward: bool) -> Heading {
        match (self.beside, outward) {
            (true, true) => Heading::Right,
            (true, false) => Heading::Left,
            (false, true) => Heading::Down,
            (false, false) => Heading::Up,
        }
    }

    fn lay_out(&mut self, lanes: &Lanes, most_lines: MostLines) {
        let count = i32::try_from(lanes.lanes.len()).unwrap_or(3);
        let inner = self.scene.width - 2 * EDGE;
        let widths = lane_widths(lanes, inner - (count - 1) * GAPS.0);
        let mut places: BTreeMap<&Key, Place> = BTreeMap::new();
        for (lane, keys) in lanes.lanes.iter().enumerate() {
            let through = keys.iter().filter(|key| matches!(key, Key::Through(..))).count();
            let (through, all) = (i32::try_from(through).unwrap_or(0), i32::try_from(keys.len()).unwrap_or(1));
            let below_width =
                ((inner - (all - 1) * BETWEEN - through * THROUGH) / (all - through).max(1)).min(150);
            for key in keys {
                let Some(node) = lanes.boxes.get(key) else { continue };
                let is_through = node.kind.is_none();
                let width = if self.beside { widths[lane] } else { below_width };
                let lines = lines(node, width, most_lines);
                let tall = height(&lines);
                let (main, size) = match (self.beside, is_through) {
                    (true, true) => (width, THROUGH),
                    (true, false) => (width, tall),
                    (false, true) => (0, THROUGH),
                    (false, false) => (tall, width),
                };
                places.insert(key, Place { lane, main: (0, main), cross: 0, size, lines, through: is_through });
            }
        }
        self.lay_bands(lanes, &mut places);
        self.lay_across(lanes, &mut places);
        self.spots = places.into_iter().map(|(key, place)| (key.clone(), place)).collect();
    }

    /// Places along the way from lane to lane.
    fn lay_bands(&mut self, lanes: &Lanes, places: &mut BTreeMap<&Key, Place>) {
        let sizes: Vec<i32> = lanes
            .lanes
            .iter()
            .map(|keys| keys.iter().filter_map(|key| places.get(key)).map(|place| place.main.1).max().unwrap_or(0))
            .collect();
        let (mut at, gap) = if self.beside {
            let spaces = i32::try_from(sizes.len()).unwrap_or(3) - 1;
            let boxes: i32 = sizes.iter().sum();
            let gap = ((self.scene.width - 2 * EDGE - boxes) / spaces).clamp(GAPS.0, 2 * GAPS.1);
            ((self.scene.width - boxes - spaces * gap) / 2, gap)
        } else {
            (EDGE, GAP_BELOW)
        };
        for size in sizes {
            self.bands.push((at, at + size));
            at += size + gap;
        }
        for place in places.values_mut() {
            let (begin, end) = self.bands[place.lane];
            place.main = if place.through {
                (begin, end)
            } else {
                let own = place.main.1;
                (begin + (end - begin - own) / 2, begin + (end - begin - own) / 2 + own)
            };
        }
        if !self.beside {
            self.scene.height = at - GAP_BELOW + EDGE;
        }
    }

    /// Places along each lane: exits in their order, everything else in the middle of what it is connected with.
    fn lay_across(&mut self, lanes: &Lanes, places: &mut BTreeMap<&Key, Place>) {
        let bounds = if self.beside { (0, 1_000_000) } else { (EDGE, self.scene.width - EDGE) };
        let exits = lanes.lanes.len() - 2;
        let order: Vec<usize> = (0..=exits).rev().chain([exits + 1]).collect();
        for lane in order {
            let keys = &lanes.lanes[lane];
            let steps = i32::try_from(keys.len()).unwrap_or(1).max(1);
            let mut wanted: Vec<(i32, &Key)> = keys
                .iter()
                .enumerate()
                .map(|(index, key)| {
                    let index = i32::try_from(index).unwrap_or(0);
                    let even = if self.beside {
                        index * 10
                    } else {
                        EDGE + (self.scene.width - 2 * EDGE) * (2 * index + 1) / (2 * steps)
                    };
                    let near = if lane == exits { None } else { neighbours(lanes, places, key, lane, exits) };
                    (near.unwrap_or(even), key)
                })
                .collect();
            if lane != exits {
                crate::sort::by_key(&mut wanted, |(wanted, _)| *wanted);
            }
            let items: Vec<Item> = wanted
                .iter()
                .map(|(wanted, key)| Item { wanted: *wanted, size: places.get(key).map_or(0, |place| place.size) })
                .collect();
            for (middle, (_, key)) in place(&items, BETWEEN, bounds.0, bounds.1).into_iter().zip(wanted) {
                if let Some(place) = places.get_mut(key) {
                    place.cross = middle;
                }
            }
        }
        if self.beside {
            let top = places.values().map(|place| place.cross - place.size / 2).min().unwrap_or(0);
            let shift = EDGE + 20 - top;
            for place in places.values_mut() {
                place.cross += shift;
            }
            let bottom = places.values().map(|place| place.cross + (place.size + 1) / 2).max().unwrap_or(0);
            self.scene.height = bottom + EDGE;
        }
    }

    /// What is connected, where no way runs.
    fn draw_links(&mut self, lanes: &Lanes, walked: &[Step]) {
        for (from, to, down) in &lanes.links {
            if walked.iter().any(|(_, a, b)| (a, b) == (from, to) || (b, a) == (from, to)) {
                continue;
            }
            if let Some(path) = self.course(from, to, 0, 0) {
                self.scene.shapes.push(Shape::Link(Link { path, down: *down }));
            }
        }
    }

    /// The line from one box to the next, `aside` of the middle, ending `early` before the box.
    pub(super) fn course(&self, from: &Key, to: &Key, aside: i32, early: i32) -> Option<Path> {
        let (a, b) = (self.spots.get(from)?, self.spots.get(to)?);
        let outward = a.lane < b.lane;
        let side = |place: &Place, leaving: bool| if leaving == outward { place.main.1 } else { place.main.0 };
        let band = |place: &Place, leaving: bool| {
            let band = self.bands[place.lane];
            if leaving == outward { band.1 } else { band.0 }
        };
        let sign = if outward { 1 } else { -1 };
        let (start, end) = (side(a, true), side(b, false));
        let (bend, unbend) = (band(a, true), band(b, false));
        let (p, q) = (a.cross + aside, b.cross + aside);
        let mut pieces = Vec::new();
        if bend != start {
            pieces.push(Piece::Straight(self.point(bend, p)));
        }
        if p == q {
            pieces.push(Piece::Straight(self.point(end - sign * early, q)));
        } else {
            // A curve that ends early ends straight, so that an arrow on it points along it.
            let unbend = unbend - sign * early.min((unbend - bend).abs());
            let middle = i32::midpoint(bend, unbend);
            pieces.push(Piece::Curve(self.point(middle, p), self.point(middle, q), self.point(unbend, q)));
            if end - sign * early != unbend {
                pieces.push(Piece::Straight(self.point(end - sign * early, q)));
            }
        }
        if b.through {
            pieces.push(Piece::Straight(self.point(side(b, true), q)));
        }
        Some(Path { start: self.point(start, p), pieces })
    }

    fn draw_course(&mut self, names: &Names, lanes: &Lanes, course: &Course) -> Vec<Step> {
        let ours = course.direction == Direction::Outbound;
        let mut seen = Vec::new();
        for (way, legs, outward) in [(Way::Out, &course.first, ours), (Way::Back, &course.answer, !ours)] {
            for leg in legs {
                self.draw_leg(names, lanes, course, way, leg, outward, &mut seen);
            }
        }
        if let Some(loss) = &course.first_nowhere {
            self.draw_stub(names, course, Way::Out, loss, ours);
        }
        if let Some(loss) = &course.answer_nowhere {
            self.draw_stub(names, course, Way::Back, loss, !ours);
        }
        seen
    }

    #[allow(clippy::too_many_arguments)]
    fn draw_leg(
        &mut self,
        names: &Names,
        lanes: &Lanes,
        course: &Course,
        way: Way,
        leg: &Leg,
        outward: bool,
        seen: &mut Vec<Step>,
    ) {
        let Some(stops) = lanes.stops(&course.site, &leg.exit, course.far_side, outward) else { return };
        for pair in stops.windows(2) {
            let (from, to) = (&pair[0], &pair[1]);
            let drop = leg.drops.iter().find(|drop| match (&drop.before, to) {
                (Spot::Site, Key::Site(_)) | (Spot::Exit, Key::Exit(_)) | (Spot::FarSide, Key::Far(_)) => true,
                (Spot::Device(device), Key::Device(id)) => device == id,
                _ => false,
            });
            let ends = drop.is_some() && !leg.arrives;
            self.draw_step(way, from, to, ends, seen);
            if let Some(drop) = drop
                && let Some(at) = self.before(to, way, outward, 15)
            {
                self.cross(at, words::loss(names, &drop.loss));
            }
            if ends {
                break;
            }
        }
    }

    fn draw_step(&mut self, way: Way, from: &Key, to: &Key, ends: bool, seen: &mut Vec<Step>) {
        let step = (way, from.clone(), to.clone());
        if seen.contains(&step) {
            return;
        }
        seen.push(step);
        let (Some(a), Some(b)) = (self.spots.get(from), self.spots.get(to)) else { return };
        let (outward, through) = (a.lane < b.lane, b.through);
        let aside = aside(way);
        let early = match (ends, through) {
            (true, _) => 15,
            (false, true) => 0,
            (false, false) => 8,
        };
        if let Some(path) = self.course(from, to, aside, early) {
            self.scene.shapes.push(Shape::Stroke(Stroke { way, path, traffic: None }));
        }
        if !ends
            && !through
            && let Some(tip) = self.before(to, way, outward, 1)
        {
            let to = self.heading(outward);
            self.scene.shapes.push(Shape::Arrow(Arrow { way, tip, to }));
        }
    }

    /// The point on a way so many pixels before it enters a box.
    fn before(&self, key: &Key, way: Way, outward: bool, early: i32) -> Option<Point> {
        let place = self.spots.get(key)?;
        let main = if outward { place.main.0 - early } else { place.main.1 + early };
        Some(self.point(main, place.cross + aside(way)))
    }

    /// A way that ends as soon as it begins.
    fn draw_stub(&mut self, names: &Names, course: &Course, way: Way, loss: &Loss, outward: bool) {
        let key = if outward { Key::Site(course.site.clone()) } else { Key::Far(course.far_side) };
        let Some(place) = self.spots.get(&key) else { return };
        let legs = if way == Way::Out { &course.first } else { &course.answer };
        // Beside the ways that lead on, where there are any.
        let cross = place.cross + aside(way) * if legs.is_empty() { 1 } else { 2 };
        let (start, end) =
            if outward { (place.main.1, place.main.1 + 24) } else { (place.main.0, place.main.0 - 24) };
        let (start, end) = (self.point(start, cross), self.point(end, cross));
        let path = Path { start, pieces: vec![Piece::Straight(end)] };
        self.scene.shapes.push(Shape::Stroke(Stroke { way, path, traffic: None }));
        self.cross(end, words::loss(names, loss));
    }

    fn cross(&mut self, at: Point, word: String) {
        let cross = Shape::Cross(Cross { at, word });
        if !self.scene.shapes.contains(&cross) {
            self.scene.shapes.push(cross);
        }
    }

    fn draw_boxes(&mut self, lanes: &Lanes) {
        let spots = std::mem::take(&mut self.spots);
        for (key, place) in &spots {
            let Some(node) = lanes.boxes.get(key) else { continue };
            let Some(kind) = node.kind else { continue };
            let size = if self.beside {
                (place.main.1 - place.main.0, place.size)
            } else {
                (place.size, place.main.1 - place.main.0)
            };
            let corner = self.point(place.main.0, place.cross - place.size / 2);
            let title: Vec<&str> = node.texts.iter().map(|(_, text)| text.as_str()).collect();
            self.scene.shapes.push(Shape::Node(Node {
                kind,
                corner,
                width: size.0,
                height: size.1,
                touched: node.touched,
                down: node.down,
                title: title.join(", "),
            }));
            if node.down {
                self.scene.shapes.push(Shape::Strike(Strike {
                    from: Point { x: corner.x, y: corner.y + size.1 },
                    to: Point { x: corner.x + size.0, y: corner.y },
                }));
            }
            let mut y = corner.y + PADDING.0;
            for line in &place.lines {
                y += line_height(line.tone);
                self.scene.shapes.push(Shape::Label(Label {
                    at: Point { x: corner.x + size.0 / 2, y: y - 4 },
                    centred: true,
                    tone: line.tone,
                    text: line.text.clone(),
                    whole: line.whole.clone(),
                    down: node.down && line.tone == Tone::Name,
                    width: width(&line.text, face(line.tone)),
                }));
            }
        }
        if self.beside {
            self.draw_captions();
        }
    }

    fn draw_captions(&mut self) {
        let last = self.bands.len() - 1;
        for (lane, band) in self.bands.clone().into_iter().enumerate() {
            let caption = match lane {
                0 => words::LANE_SITES,
                lane if lane == last => words::LANE_FAR,
                lane if lane + 1 == last => words::LANE_EXITS,
                1 => words::LANE_DEVICES,
                _ => continue,
            };
            let face = face(Tone::Lane);
            let (text, cut) = fit(caption, face, band.1 - band.0);
            self.scene.shapes.push(Shape::Label(Label {
                at: Point { x: i32::midpoint(band.0, band.1), y: EDGE + 8 },
                centred: true,
                tone: Tone::Lane,
                width: width(&text, face),
                whole: cut.then(|| caption.to_owned()),
                text,
                down: false,
            }));
        }
    }
}

/// How wide the boxes of each lane are, side by side: no word is broken where there is room, no line where there is
/// more.
fn lane_widths(lanes: &Lanes, room: i32) -> Vec<i32> {
    let texts = |keys: &[Key], measure: &dyn Fn(&str, Face) -> i32| {
        let boxes = keys.iter().filter_map(|key| lanes.boxes.get(key));
        let widest = boxes.flat_map(|node| &node.texts).map(|(tone, text)| measure(text, face(*tone))).max();
        (widest.unwrap_or(0) + 2 * PADDING.1 + 2).clamp(MOST_NARROW, BOXES.1)
    };
    let words = |text: &str, face: Face| text.split_whitespace().map(|word| width(word, face)).max().unwrap_or(0);
    let least: Vec<i32> = lanes.lanes.iter().map(|keys| texts(keys, &words)).collect();
    let most: Vec<i32> = lanes.lanes.iter().map(|keys| texts(keys, &width)).collect();
    let count = i32::try_from(least.len()).unwrap_or(1);
    let needed: i32 = least.iter().sum();
    if needed > room {
        // What the narrow lanes leave goes to the wide ones.
        let mut even = room / count;
        let spared: i32 = least.iter().map(|width| (even - width).max(0)).sum();
        let wide = i32::try_from(least.iter().filter(|width| **width > even).count()).unwrap_or(1).max(1);
        even += spared / wide;
        return least.into_iter().map(|width| width.min(even)).collect();
    }
    // Those that want little get it first.
    let mut widths = least;
    let mut order: Vec<usize> = (0..widths.len()).collect();
    crate::sort::by_key(&mut order, |&lane| most[lane] - widths[lane]);
    let mut spare = room - needed;
    for lane in order {
        let more = (most[lane] - widths[lane]).clamp(0, spare);
        widths[lane] += more;
        spare -= more;
    }
    widths
}

/// How far a way runs aside of the middle.
pub(super) fn aside(way: Way) -> i32 {
    match way {
        Way::Out => -APART,
        Way::Back => APART,
    }
}

/// The middle of what a box is connected with in lanes that have their places.
fn neighbours(lanes: &Lanes, places: &BTreeMap<&Key, Place>, key: &Key, lane: usize, exits: usize) -> Option<i32> {
    let far = lane == exits + 1;
    let others: Vec<i32> = lanes
        .links
        .iter()
        .filter_map(|(a, b, _)| match far {
            true if b == key => places.get(a),
            false if a == key => places.get(b),
            _ => None,
        })
        .map(|place| place.cross)
        .collect();
    let count = i32::try_from(others.len()).ok().filter(|count| *count > 0)?;
    Some(others.iter().sum::<i32>() / count)
}
