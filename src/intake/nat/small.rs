//! The words by which a statement is known, whatever their case.

use crate::intake::config::Statement;
use std::borrow::Cow;

/// The first three words of a statement in small letters; most are so already.
pub(super) struct Small<'s>([Cow<'s, str>; 3]);

impl<'s> Small<'s> {
    pub(super) fn of(statement: &'s Statement<'_>) -> Self {
        Self([small(statement.at(0)), small(statement.at(1)), small(statement.at(2))])
    }

    pub(super) fn words(&self) -> (&str, &str, &str) {
        let [first, second, third] = &self.0;
        (first, second, third)
    }
}

#[inline]
fn small(word: &str) -> Cow<'_, str> {
    if word.bytes().any(|byte| byte.is_ascii_uppercase()) { word.to_ascii_lowercase().into() } else { word.into() }
}
