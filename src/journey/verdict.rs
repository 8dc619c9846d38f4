//! The closed set of verdicts.

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

/// How a journey ends, worst first.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No exit offers a way there; inbound: the far side knows no way to the published address.
    NoRoute,
    /// A private or unique local source leaves untranslated.
    NotTranslated,
    /// The source lies outside the peering's admitted prefixes: Microsoft's edge drops it.
    NotAdmitted,
    /// Inbound arrives at an exit or device that doesn't publish the service.
    NotPublished,
    /// The far side has no way back: a black hole.
    NoReturn,
    /// The answer comes back another way and is dropped there.
    AsymmetricDropped,
    /// Equal paths end differently, or an assumption set to unknown decides.
    Uncertain,
    /// The answer comes back another way, and nothing stands in it.
    AsymmetricTolerated,
    /// The answer comes back the way the packet left.
    Symmetric,
}

/// What a verdict means for those who use the flow.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It doesn't work.
    Fails,
    /// It can't be told from the plan.
    Depends,
    /// It works.
    Works,
}

impl Verdict {
    /// All, worst first.
    pub const ALL: [Self; 9] = [
        Self::NoRoute,
        Self::NotTranslated,
        Self::NotAdmitted,
        Self::NotPublished,
        Self::NoReturn,
        Self::AsymmetricDropped,
        Self::Uncertain,
        Self::AsymmetricTolerated,
        Self::Symmetric,
    ];

    /// Whether it fails, depends or works.
    pub fn standing(self) -> Standing {
        match self {
            Self::NoRoute
            | Self::NotTranslated
            | Self::NotAdmitted
            | Self::NotPublished
            | Self::NoReturn
            | Self::AsymmetricDropped => Standing::Fails,
            Self::Uncertain => Standing::Depends,
            Self::AsymmetricTolerated | Self::Symmetric => Standing::Works,
        }
    }

    /// The verdict over paths of which each may be taken: all alike, that; works all, the lesser; else, where equal
    /// paths are shared, the worst (some sessions die), and where one is taken that a plan can't know, uncertain.
    ///
    /// `None` where there are no paths.
    pub fn over_ties(verdicts: impl IntoIterator<Item = Self>, multipath: bool) -> Option<Self> {
        let mut worst: Option<Self> = None;
        let mut standings = [false; 3];
        let mut alike = true;
        for verdict in verdicts {
            standings[verdict.standing() as usize] = true;
            alike &= worst.is_none_or(|worst| worst == verdict);
            worst = Some(worst.map_or(verdict, |worst| worst.min(verdict)));
        }
        let worst = worst?;
        let mixed = standings.iter().filter(|seen| **seen).count() > 1;
        Some(if alike || !mixed || multipath { worst } else { Self::Uncertain })
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{self, *};

    #[test]
    fn equal_paths_that_end_differently() {
        for (paths, shared, one_taken) in [
            (vec![Symmetric, Symmetric], Symmetric, Symmetric),
            (vec![Symmetric, AsymmetricTolerated], AsymmetricTolerated, AsymmetricTolerated),
            (vec![Symmetric, AsymmetricDropped], AsymmetricDropped, Uncertain),
            (vec![NoReturn, AsymmetricDropped], NoReturn, NoReturn),
            (vec![Uncertain, Symmetric], Uncertain, Uncertain),
            (vec![Uncertain, NoReturn], NoReturn, Uncertain),
        ] {
            for order in [paths.clone(), paths.iter().rev().copied().collect()] {
                assert_eq!(Verdict::over_ties(order.clone(), true), Some(shared), "{order:?}");
                assert_eq!(Verdict::over_ties(order.clone(), false), Some(one_taken), "{order:?}");
            }
        }
        assert_eq!(Verdict::over_ties([], true), None);
    }
}
