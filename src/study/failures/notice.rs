//! How long it takes until packets take their new way.

use crate::journey::Outlook;
use crate::plan::{Citation, Exit, Id};
use crate::routing::ExitSet;
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

/// How long it takes until packets take their new way; until then they are lost.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Nothing that these packets used has failed: there is nothing to notice.
    #[default]
    Nothing,
    /// The way is moved by prepends while the old one still works.
    Drained,
    /// The session of an exit has to time out.
    After {
        /// How long at most, in milliseconds.
        milliseconds: u64,
        /// The exit whose session takes longest.
        exit: Id,
        /// Whether BFD notices; otherwise it is the hold time.
        bfd: bool,
    },
    /// BGP with the outside sees nothing; our inside routing has to, and a plan doesn't say how fast it is. Answers
    /// that follow our packets to their new address wait for the same.
    Inside,
    /// Nobody does: the far side keeps sending into the black hole until someone acts.
    Never,
}

impl Notice {
    /// Where that is written; `None`: there is nothing to it.
    pub fn citation(&self) -> Option<Citation> {
        match self {
            Self::Nothing => None,
            Self::Drained => Some(Citation::Faq),
            Self::After { .. } => Some(Citation::Bfd),
            Self::Inside | Self::Never => Some(Citation::HighAvailability),
        }
    }
}

/// The same, small.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub(super) enum Noticed {
    #[default]
    Nothing,
    Drained,
    After {
        milliseconds: u64,
        exit: usize,
    },
    Inside,
    Never,
}

impl Noticed {
    pub(super) fn told(self, exits: &[Exit]) -> Notice {
        match self {
            Self::Nothing => Notice::Nothing,
            Self::Drained => Notice::Drained,
            Self::After { milliseconds, exit } => match exits.get(exit) {
                Some(exit) => {
                    Notice::After { milliseconds, exit: exit.id.clone(), bfd: exit.detection.bfd.is_some() }
                }
                None => Notice::Nothing,
            },
            Self::Inside => Notice::Inside,
            Self::Never => Notice::Never,
        }
    }
}

/// How packets are sent, and who therefore has to notice.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Sender {
    Us,
    FarSide,
}

/// How long it takes until packets take their new way: those of which something changes used some exits, and of these
/// some move.
pub(super) fn notice(
    exits: &[Exit],
    (before, after): (&Outlook, &Outlook),
    (used, moved): (ExitSet, ExitSet),
    sender: Sender,
) -> Noticed {
    let dead = used.intersection(after.up.dead()).without(before.up.dead());
    if !dead.is_empty() {
        return match sender {
            Sender::Us => Noticed::Inside,
            Sender::FarSide => Noticed::Never,
        };
    }
    let failed = used.intersection(before.up.advertising()).without(after.up.advertising());
    let slowest = failed.iter().filter_map(|exit| Some((milliseconds(exits.get(exit)?), exit)));
    // Of equals the first in the plan's order.
    if let Some((milliseconds, exit)) = slowest.max_by_key(|(time, exit)| (*time, std::cmp::Reverse(*exit))) {
        return Noticed::After { milliseconds, exit };
    }
    let drained = after.up.drained().without(before.up.drained());
    if moved.is_empty() || drained.is_empty() { Noticed::Nothing } else { Noticed::Drained }
}

/// How long the failure of an exit's session goes unnoticed at most.
pub(crate) fn milliseconds(exit: &Exit) -> u64 {
    match &exit.detection.bfd {
        Some(bfd) => u64::from(bfd.interval_milliseconds) * u64::from(bfd.multiplier),
        None => u64::from(exit.detection.hold_time_seconds) * 1000,
    }
}
