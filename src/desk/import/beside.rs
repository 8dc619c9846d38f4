//! Long texts of an import: they go beside the reply that tells of it, one after the other, so that the page can take
//! them in by and by.

use super::super::door::{Imported, Reply};

impl Reply {
    /// The texts that go beside the reply, by their hashes, in their order.
    pub fn beside(&self) -> Vec<&str> {
        match self {
            Self::Imported { imported: Ok(imported), .. } => {
                let own = imported.text.is_none().then_some(imported.hash.as_str());
                own.into_iter().chain(imported.neighbours.beside()).collect()
            }
            // The text itself is where it was read from.
            Self::ReadAgain { imported: Some(imported), .. } => imported.neighbours.beside().collect(),
            _ => Vec::new(),
        }
    }

    /// Puts the next of the texts beside the reply into it.
    pub fn put_beside(&mut self, text: String) {
        let put = |imported: &mut Imported, own: bool, text| match &mut imported.text {
            none @ None if own => *none = Some(text),
            _ => imported.neighbours.put_beside(text),
        };
        match self {
            Self::Imported { imported: Ok(imported), .. } => put(imported, true, text),
            Self::ReadAgain { imported: Some(imported), .. } => put(imported, false, text),
            _ => {}
        }
    }
}
