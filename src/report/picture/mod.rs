//! The picture: site, devices, exits and far sides in lanes, with the two ways of a journey.
//!
//! Pure and in whole pixels: the same plan gives the same picture, in a file, in print and on the page. Where it is
//! wide enough the lanes stand side by side, else one below the other. Text is measured by an upper bound of any
//! system font, and every text has room of its own in a box, so none overlaps another.

mod course;
mod draw;
mod key;
mod lanes;
mod measure;
mod order;
mod scene;
mod svg;
mod traffic;

pub use course::{Course, Drop, Leg, Loss, Spot};
pub use draw::{draw, draw_on_paper, draw_traffic};
pub use scene::{
    Arrow, Cross, Heading, Label, Link, Node, NodeKind, Path, Piece, Point, Run, Scene, Shape, Strike, Stroke,
    THICKEST, Tone, Traffic, Way,
};
pub use svg::{Element, STYLE, push_svg, to_svg};
