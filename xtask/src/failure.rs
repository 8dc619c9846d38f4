//! The one error of this crate: what went wrong, and what to do next.

use std::fmt;

/// What went wrong, and what the person at the keyboard can do about it.
#[derive(Debug)]
pub struct Failure {
    what: String,
    next: String,
}

/// The result of everything here that can fail.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure with its remedy.
    pub fn new(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { what: what.into(), next: next.into() }
    }

    /// What went wrong, without the remedy.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}\n  what to do: {}", self.what, self.next)
    }
}

impl std::error::Error for Failure {}

/// Turns any error into a [`Failure`] that says what was tried and what to do next.
pub trait OrFail<T> {
    /// `what` is what was being done; the error itself is added behind it.
    fn or_fail(self, what: impl fmt::Display, next: impl Into<String>) -> Result<T>;
}

impl<T, E: fmt::Display> OrFail<T> for std::result::Result<T, E> {
    fn or_fail(self, what: impl fmt::Display, next: impl Into<String>) -> Result<T> {
        self.map_err(|error| Failure::new(format!("{what}: {error}"), next))
    }
}
