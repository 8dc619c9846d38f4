//! Routing: BGP best path and the return models, each decision leaving its steps.

mod scenario;
mod steps;

pub use scenario::{Part, Scenario};
pub use steps::{
    FarSide, ForwardCandidate, ForwardRule, ForwardStep, MAX_CANDIDATES, NoSay, Place, Refusal, Refused,
    ReturnCandidate, ReturnRule, ReturnStep,
};
