//! The drawing itself: pixels made here and put on a canvas in one go, so a view is drawn in a few milliseconds.

use super::look::{Group, Hue, is_light};
use crate::space::Share;
use crate::study::map::hilbert::Square;
use crate::study::map::{CELLS, ORDER, SIDE, Window};
use crate::ui::dom;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, ImageData};

/// A colour: red, green, blue.
type Rgb = [u8; 3];

/// The colours of the theme as it is now: of each hue, and of the paper below.
pub(super) struct Colours {
    hues: Vec<Rgb>,
    paper: Rgb,
}

impl Colours {
    /// As the style sheet has them: asked of elements that have them, for only the browser knows theme and tokens.
    pub(super) fn of(swatches: &Element) -> Self {
        let colour = |at: u32| swatches.children().item(at).map_or([128, 128, 128], |element| colour(&element));
        let hues = Hue::ALL.len() as u32;
        Self { hues: (0..hues).map(colour).collect(), paper: colour(hues) }
    }
}

/// The computed colour of an element, which browsers write as `rgb(1, 2, 3)`.
fn colour(element: &Element) -> Rgb {
    let style = dom::window().get_computed_style(element).ok().flatten();
    let text = style.and_then(|style| style.get_property_value("color").ok()).unwrap_or_default();
    let mut numbers = text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|number| number.parse().ok());
    [(); 3].map(|()| numbers.next().unwrap_or(128))
}

/// What is drawn of one cell.
#[derive(Copy, Clone)]
pub(super) struct Cell {
    /// The group that the most of its addresses are in.
    pub(super) group: usize,
    /// The largest of the others that are in it, too; the same where there is none.
    pub(super) other: usize,
}

/// Each cell by its place, row by row: the group with the largest exact share, of equals the first.
pub(super) fn cells(window: &Window, of: &[usize], groups: usize) -> Vec<Cell> {
    let square = square(window);
    let mut cells = vec![Cell { group: 0, other: 0 }; CELLS as usize];
    let mut sums = vec![Share::ZERO; groups];
    for number in 0..CELLS {
        let parts = window.cell(number);
        let group = |kind: u32| of.get(kind as usize).copied().unwrap_or(0);
        let own = match parts {
            [] => continue,
            [only] => Cell { group: group(only.kind), other: group(only.kind) },
            several => {
                sums.fill(Share::ZERO);
                for part in several {
                    if let Some(sum) = sums.get_mut(group(part.kind)) {
                        *sum += part.share;
                    }
                }
                let largest = |but: Option<usize>| {
                    let shown = (0..sums.len()).rev().filter(|at| Some(*at) != but && sums[*at] > Share::ZERO);
                    shown.max_by_key(|at| sums[*at])
                };
                let own = largest(None).unwrap_or(0);
                Cell { group: own, other: largest(Some(own)).unwrap_or(own) }
            }
        };
        let (x, y) = square.place(number, ORDER);
        if let Some(cell) = cells.get_mut((y * SIDE + x) as usize) {
            *cell = own;
        }
    }
    cells
}

/// The square that a window shows.
pub(super) fn square(window: &Window) -> Square {
    window.view.square()
}

/// Draws the cells, each so many of the screen's pixels wide and high.
pub(super) fn draw(canvas: &HtmlCanvasElement, cells: &[Cell], groups: &[Group], colours: &Colours, px: u32) {
    let side = SIDE * px;
    canvas.set_width(side);
    canvas.set_height(side);
    let light = |colour: Rgb| -> Rgb {
        std::array::from_fn(|at| ((u16::from(colour[at]) * 2 + u16::from(colours.paper[at]) * 3) / 5) as u8)
    };
    let paints: Vec<(u8, Rgb, Rgb)> = groups
        .iter()
        .map(|group| {
            let colour = colours.hues.get(group.paint.hue.at()).copied().unwrap_or([128; 3]);
            // What says little is no louder than it must be.
            let colour = if group.paint.hue == Hue::Plain { light(colour) } else { colour };
            (group.paint.pattern, colour, light(colour))
        })
        .collect();
    let dot = (px / 2).max(1);
    let mut bytes = Vec::with_capacity((side * side * 4) as usize);
    for y in 0..side {
        for x in 0..SIDE {
            let cell = cells.get((y / px * SIDE + x) as usize).copied().unwrap_or(Cell { group: 0, other: 0 });
            let (pattern, dark, light) =
                paints.get(cell.group).copied().unwrap_or((0, colours.paper, colours.paper));
            let marked = cell.other != cell.group && px > 1 && y % px < dot;
            let dotted = paints.get(cell.other).map_or(colours.paper, |paint| paint.1);
            for inner in 0..px {
                let [red, green, blue] = if marked && inner < dot {
                    dotted
                } else if is_light(pattern, x * px + inner, y) {
                    light
                } else {
                    dark
                };
                bytes.extend_from_slice(&[red, green, blue, 255]);
            }
        }
    }
    let context = canvas.get_context("2d").ok().flatten();
    let Some(context) = context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok()) else {
        return;
    };
    if let Ok(image) = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&bytes), side, side) {
        let _ = context.put_image_data(&image, 0.0, 0.0);
    }
}
