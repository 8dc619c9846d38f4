//! The formats of configuration: their names, and where each is read.

use super::Draft;
use crate::intake::recognise::{Reason, Sample};
use crate::intake::{nat, policy};
use crate::pace::Pace;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;

/// A text that is being read. In a box, for each format's reading has a type of its own.
pub(crate) type Reading<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// What a format of configuration is.
pub(crate) struct ConfigDefinition {
    /// As `--as` has it. Never changed once released.
    pub(crate) name: &'static str,
    /// For people.
    pub(crate) title: &'static str,
    /// Whether a text may be in this format: how sure that is, 1 to 100, and what speaks for it.
    pub(crate) recognise: fn(&Sample<'_>) -> Option<(u8, Reason)>,
    /// Reads the text, in steps.
    pub(crate) read: for<'a> fn(&'a str, &'a mut Draft, &'a Pace) -> Reading<'a>,
}

/// Makes the enumeration, the list of all and the way to the definitions from one table.
macro_rules! formats {
    ($($(#[$doc:meta])* $format:ident => $definition:path,)+) => {
        /// A format of configuration that can be read.
        #[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize)]
        #[non_exhaustive]
        pub enum ConfigFormat {
            $($(#[$doc])* $format,)+
        }

        impl ConfigFormat {
            /// Every format.
            pub const ALL: [Self; [$(stringify!($format)),+].len()] = [$(Self::$format),+];

            fn definition(self) -> &'static ConfigDefinition {
                match self {
                    $(Self::$format => &$definition,)+
                }
            }
        }
    };
}

formats! {
    /// Cisco IOS and IOS-XE.
    Ios => nat::ios::FORMAT,
    /// Cisco ASA.
    Asa => nat::asa::FORMAT,
    /// `show nat` of Cisco ASA.
    AsaShowNat => nat::asa_show::FORMAT,
    /// Junos, in braces or as `set` lines.
    Junos => nat::junos::FORMAT,
    /// FortiGate.
    Fortigate => nat::fortigate::FORMAT,
    /// PAN-OS, as `set` lines.
    Panos => nat::panos::FORMAT,
    /// `show running nat-policy` of PAN-OS.
    PanosNatPolicy => nat::panos_show::FORMAT,
    /// `iptables-save`, and `iptables` commands.
    Iptables => nat::iptables::FORMAT,
    /// `nft list ruleset`.
    Nftables => nat::nftables::FORMAT,
    /// Prefix sets of Cisco IOS-XR.
    Xr => policy::xr::FORMAT,
    /// Prefix sets of BIRD.
    Bird => policy::bird::FORMAT,
    /// `az network express-route peering show` and `list`.
    AzurePeering => policy::azure_peering::FORMAT,
}

impl ConfigFormat {
    /// Its name, as `--as` has it. Never changed once released.
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// Its title, for people.
    pub fn title(self) -> &'static str {
        self.definition().title
    }

    pub(crate) fn recognise(self, sample: &Sample<'_>) -> Option<(u8, Reason)> {
        (self.definition().recognise)(sample)
    }

    pub(crate) fn read<'a>(self, text: &'a str, draft: &'a mut Draft, pace: &'a Pace) -> Reading<'a> {
        (self.definition().read)(text, draft, pace)
    }
}

impl fmt::Display for ConfigFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Not the name of a format of configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownConfigFormat(pub String);

impl FromStr for ConfigFormat {
    type Err = UnknownConfigFormat;

    fn from_str(name: &str) -> Result<Self, UnknownConfigFormat> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| UnknownConfigFormat(name.to_owned()))
    }
}

impl Serialize for ConfigFormat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for ConfigFormat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <String as Deserialize>::deserialize(deserializer)?;
        name.parse().map_err(|_| de::Error::custom(format!("unknown format {name:?}")))
    }
}
