//! What a picture is made of: typed shapes at whole pixels, nothing of SVG in them.

use crate::plan::Id;
use crate::routing::FarSide;

/// A place in the picture, in pixels from its upper left corner.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Point {
    /// To the right.
    pub x: i32,
    /// Down.
    pub y: i32,
}

/// A picture, laid out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scene {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// What it shows, in a sentence, for those who don't see it.
    pub alternative: String,
    /// The shapes, the hindmost first.
    pub shapes: Vec<Shape>,
}

/// One shape of a picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// What is connected with what.
    Link(Link),
    /// The way of a packet, from one node to the next.
    Stroke(Stroke),
    /// The head of an arrow.
    Arrow(Arrow),
    /// A box: a site, a device, an exit or a far side.
    Node(Node),
    /// A text of one line.
    Label(Label),
    /// A cross: here packets are dropped.
    Cross(Cross),
    /// A line through what is down.
    Strike(Strike),
}

/// A connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// Its course.
    pub path: Path,
    /// Whether what it belongs to is down.
    pub down: bool,
}

/// Which of the two ways.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Way {
    /// Of the first packet; of all flows, out of our sites.
    Out,
    /// Of its answer; of all flows, into our sites.
    Back,
}

/// A piece of a packet's way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stroke {
    /// Which way.
    pub way: Way,
    /// Its course.
    pub path: Path,
    /// The traffic of many flows, where it isn't the way of one packet.
    pub traffic: Option<Traffic>,
}

/// What runs along a stroke.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Traffic {
    /// How thick it is drawn, from 1 to [`THICKEST`].
    pub thickness: u8,
    /// How much it is, in words.
    pub told: String,
    /// Whose it is.
    pub runs: Vec<Run>,
}

/// Traffic of one site, over one exit, with one far side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// The site.
    pub site: Id,
    /// The exit.
    pub exit: Id,
    /// The far side.
    pub far_side: FarSide,
}

/// The most that a stroke is thick.
pub const THICKEST: u8 = 6;

/// The head of an arrow.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arrow {
    /// Which way.
    pub way: Way,
    /// Its point.
    pub tip: Point,
    /// Where it points.
    pub to: Heading,
}

/// Where an arrow points.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Heading {
    /// To the right.
    Right,
    /// To the left.
    Left,
    /// Down.
    Down,
    /// Up.
    Up,
}

/// What a box stands for.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NodeKind {
    /// A site.
    Site,
    /// A device.
    Device,
    /// An Internet link.
    Internet,
    /// A link of an ExpressRoute circuit.
    ExpressRoute,
    /// A far side.
    FarSide,
    /// Several parts that there is no room for.
    More,
}

/// A box.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// What it stands for.
    pub kind: NodeKind,
    /// Its upper left corner.
    pub corner: Point,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// Whether the journey touches it.
    pub touched: bool,
    /// Whether it is down.
    pub down: bool,
    /// Everything there is to say about it.
    pub title: String,
}

/// What a text is.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Tone {
    /// The name of a lane.
    Lane,
    /// A name.
    Name,
    /// What a part is.
    Kind,
    /// What a device makes of addresses.
    Note,
    /// Why packets are dropped.
    Drop,
    /// A word of the key.
    Key,
}

/// A text of one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The left end of its baseline, or the middle of it.
    pub at: Point,
    /// Whether `at` is the middle.
    pub centred: bool,
    /// What it is.
    pub tone: Tone,
    /// The text, cut to its room.
    pub text: String,
    /// The whole text, where it was cut.
    pub whole: Option<String>,
    /// Whether it names something that is down.
    pub down: bool,
    /// How wide it may come out.
    pub width: i32,
}

/// A cross.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cross {
    /// Its middle.
    pub at: Point,
    /// Why packets are dropped here.
    pub word: String,
}

/// A line through what is down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Strike {
    /// From here
    pub from: Point,
    /// to there.
    pub to: Point,
}

/// A line of pieces.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path {
    /// Where it begins.
    pub start: Point,
    /// Its pieces.
    pub pieces: Vec<Piece>,
}

/// A piece of a line.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Straight to a point.
    Straight(Point),
    /// A cubic curve by two control points to a third.
    Curve(Point, Point, Point),
}

impl Path {
    /// Written as SVG writes it.
    pub fn svg(&self) -> String {
        use std::fmt::Write as _;
        let mut text = format!("M{} {}", self.start.x, self.start.y);
        for piece in &self.pieces {
            // Writing to a string doesn't fail.
            let _ = match piece {
                Piece::Straight(to) => write!(text, "L{} {}", to.x, to.y),
                Piece::Curve(a, b, to) => write!(text, "C{} {} {} {} {} {}", a.x, a.y, b.x, b.y, to.x, to.y),
            };
        }
        text
    }
}
