//! One flow, out and back, with its verdict and trace.

mod row;
mod trace;
mod verdict;

pub use row::{Part, Row};
pub use trace::{
    Admission, AdmissionStep, Assumption, Branch, By, CrossingState, DeviceState, DeviceTranslation, Direction,
    Dropped, FarSideBecause, Flip, PublicationStep, Stage, StateStep, Step, Trace, TranslationStep,
};
pub use verdict::{Standing, Verdict};
