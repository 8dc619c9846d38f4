//! Records in JSON: objects that have what a format needs, wherever they are. Nulls say nothing.

use super::Shape;
use super::record::{Field, Record};
use crate::intake::json::{Frame, Handler, Token};
use crate::intake::reading::Draft;
use crate::intake::tables::Tables;

/// Finds records.
pub(super) struct Records {
    shape: &'static Shape,
    record: Record,
    /// At how many frames the record's object is, while there is one.
    depth: usize,
    tables: Tables,
}

impl Records {
    pub(super) fn new(shape: &'static Shape) -> Self {
        Self { shape, record: Record::default(), depth: 0, tables: Tables::default() }
    }

    fn close(&mut self, draft: &mut Draft) {
        if !self.record.is_empty() {
            (self.shape.read)(&self.record, &mut self.tables, draft);
            self.record.clear();
        }
    }
}

impl<'a> Handler<'a> for Records {
    fn token(&mut self, frames: &[Frame<'a>], token: &Token<'a>, draft: &mut Draft) {
        match token {
            Token::Text(written) | Token::Literal(written) => {
                let Some(frame) = frames.last() else { return };
                let (key, depth) = match frame.array {
                    true => (frame.name, frames.len() - 1),
                    false => (frame.key, frames.len()),
                };
                let Some(field) = self.shape.field(key).filter(|field| *field != Field::Other) else { return };
                if self.record.is_empty() {
                    self.depth = depth;
                }
                if depth == self.depth && !(matches!(token, Token::Literal(_)) && written.text == "null") {
                    self.record.add_json(field, written);
                }
            }
            Token::Close if frames.len() <= self.depth => self.close(draft),
            // Route Server has an array for each of its two instances.
            Token::Open => {
                if let Some(frame) =
                    frames.last().filter(|frame| frame.array && frame.name.starts_with("RouteServiceRole"))
                {
                    self.tables.begin(frame.name, frame.at, draft);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        self.close(draft);
        self.tables.close(draft);
    }

    fn knows(&self, line: &str) -> bool {
        super::print::is_furniture(line)
    }
}
