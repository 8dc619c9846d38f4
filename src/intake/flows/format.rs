//! The formats of flow logs: their names, and how each is laid out.

use super::json::Layout;
use super::record::Field;
use super::{collector, custom, nfdump, nsg, vnet};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// What a format of flow logs is.
pub(super) struct Definition {
    /// As `--as` has it. Never changed once released.
    pub(super) name: &'static str,
    /// For people.
    pub(super) title: &'static str,
    /// How it is laid out.
    pub(super) shape: Shape,
    /// What its records can't say themselves.
    pub(super) traits: Traits,
    /// Whether the beginning of a log is in this format; only asked of formats in JSON.
    pub(super) recognise: fn(&str) -> bool,
}

/// How a format is laid out.
pub(super) enum Shape {
    /// Lines under a heading whose columns have these names, in small letters and digits.
    Csv(&'static [(&'static str, Field)]),
    /// Lines whose columns the user names.
    Named,
    /// JSON.
    Json(Layout),
}

/// What the records of a format can't say themselves.
#[derive(Copy, Clone, Default)]
pub(super) struct Traits {
    /// Of so many packets one is looked at; 0 where all are.
    pub(super) sampling: u64,
    /// Records are of so many milliseconds up to the time that they name; 0 where they say it.
    pub(super) interval: u64,
}

/// Makes the enumeration, the list of all and the way to the definitions from one table.
macro_rules! formats {
    ($($(#[$doc:meta])* $format:ident => $definition:path,)+) => {
        /// A format of flow logs that can be read.
        #[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize)]
        #[non_exhaustive]
        pub enum LogFormat {
            $($(#[$doc])* $format,)+
        }

        impl LogFormat {
            /// Every format.
            pub const ALL: [Self; [$(stringify!($format)),+].len()] = [$(Self::$format),+];

            pub(super) fn definition(self) -> &'static Definition {
                match self {
                    $(Self::$format => &$definition,)+
                }
            }
        }
    };
}

formats! {
    /// `nfdump -o csv`, of 1.6 and of 1.7, and `csv-fast`.
    Nfdump => nfdump::FORMAT,
    /// Flow logs of network security groups, version 1 and 2.
    Nsg => nsg::FORMAT,
    /// Flow logs of virtual networks.
    Vnet => vnet::FORMAT,
    /// ExpressRoute Traffic Collector's rows, as CSV.
    CollectorCsv => collector::CSV,
    /// The same as JSON.
    CollectorJson => collector::JSON,
    /// CSV whose columns the user names.
    Named => custom::FORMAT,
}

impl LogFormat {
    /// Its name, as `--as` has it. Never changed once released.
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// Its title, for people.
    pub fn title(self) -> &'static str {
        self.definition().title
    }

    /// Of so many packets one is looked at, where that is a matter of the format.
    pub fn sampling(self) -> Option<u64> {
        Some(self.definition().traits.sampling).filter(|rate| *rate > 1)
    }
}

impl fmt::Display for LogFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Not the name of a format of flow logs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownLogFormat(pub String);

impl FromStr for LogFormat {
    type Err = UnknownLogFormat;

    fn from_str(name: &str) -> Result<Self, UnknownLogFormat> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| UnknownLogFormat(name.to_owned()))
    }
}

impl Serialize for LogFormat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
