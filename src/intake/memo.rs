//! What pieces of text came to, so that the same piece is read once. Tables repeat themselves.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use xxhash_rust::xxh3::xxh3_64;

/// How many pieces are remembered.
const MAX_PIECES: usize = 1 << 16;
/// How long a remembered piece may be, in bytes.
const MAX_PIECE: usize = 512;

/// Remembers what pieces of text came to. Never walked, only asked, so its order shows nowhere.
pub(crate) struct Memo<T> {
    known: HashMap<u64, (Box<str>, usize, T), BuildHasherDefault<Ready>>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { known: HashMap::default() }
    }
}

impl<T: Copy> Memo<T> {
    /// What this piece came to where it stands in this column.
    #[inline]
    pub(crate) fn get(&self, piece: &str, column: usize) -> Option<T> {
        let (known, at, what) = self.known.get(&xxh3_64(piece.as_bytes()))?;
        (*at == column && **known == *piece).then_some(*what)
    }

    /// Remembers what a piece came to.
    pub(crate) fn put(&mut self, piece: &str, column: usize, what: T) {
        if self.known.len() < MAX_PIECES && piece.len() <= MAX_PIECE {
            self.known.insert(xxh3_64(piece.as_bytes()), (piece.into(), column, what));
        }
    }

    /// Forgets everything: the columns have moved.
    pub(crate) fn clear(&mut self) {
        self.known.clear();
    }
}

/// Hashes what is a hash already.
#[derive(Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
