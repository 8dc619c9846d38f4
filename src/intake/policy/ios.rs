//! Cisco IOS and its like: BGP.

use crate::intake::config::{Draft, Statement};
use crate::intake::recognise::{Reason, Sample};

pub(crate) fn recognise(_sample: &Sample<'_>) -> Option<(u8, Reason)> {
    None
}

pub(crate) fn read(_statements: &[Statement], _draft: &mut Draft) {}
