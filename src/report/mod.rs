//! (room)

pub mod words;
