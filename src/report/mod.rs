//! Sentences, text, JSON: everything that is said of an answer, and nothing that decides one.

pub mod picture;
pub mod words;
