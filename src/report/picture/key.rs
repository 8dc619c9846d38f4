//! The key below the picture.

use super::draw::{Drawing, EDGE, face};
use super::measure::width;
use super::scene::{Arrow, Cross, Heading, Label, Path, Piece, Point, Shape, Stroke, Tone, Way};
use crate::report::words::picture as words;

impl Drawing {
    /// What the two lines and the cross mean, below the picture.
    pub(super) fn draw_key(&mut self, out: &str, back: &str) {
        let crossed = self.scene.shapes.iter().any(|shape| matches!(shape, Shape::Cross(_)));
        let mut entries = vec![(Some(Way::Out), out), (Some(Way::Back), back)];
        if crossed {
            entries.push((None, words::KEY_DROP));
        }
        let face = face(Tone::Key);
        let (mut x, mut y) = (EDGE, self.scene.height + 12);
        for (way, word) in entries {
            let sample = if way.is_some() { 40 } else { 14 };
            let all = sample + 6 + width(word, face) + 16;
            if x > EDGE && x + all > self.scene.width {
                (x, y) = (EDGE, y + 18);
            }
            match way {
                Some(way) => {
                    let path = Path {
                        start: Point { x, y },
                        pieces: vec![Piece::Straight(Point { x: x + sample - 6, y })],
                    };
                    self.scene.shapes.push(Shape::Stroke(Stroke { way, path, traffic: None }));
                    let tip = Point { x: x + sample, y };
                    self.scene.shapes.push(Shape::Arrow(Arrow { way, tip, to: Heading::Right }));
                }
                None => {
                    self.scene
                        .shapes
                        .push(Shape::Cross(Cross { at: Point { x: x + 7, y }, word: word.to_owned() }));
                }
            }
            self.scene.shapes.push(Shape::Label(Label {
                at: Point { x: x + sample + 6, y: y + 4 },
                centred: false,
                tone: Tone::Key,
                text: word.to_owned(),
                whole: None,
                down: false,
                width: width(word, face),
            }));
            x += all;
        }
        self.scene.height = y + 10;
    }
}
