//! The formats: their names, and where each is defined.
//!
//! A format is one file with one [`Definition`]. To add one: write the file, add a line to the table below, its name to
//! [`FORMATS`](crate::plan::FORMATS), and a row to `static/docs/formats.md`.

use super::recognise::{Reason, Sample};
use super::{Draft, azure, bgp, csv, json, junos, plain, routes};
use crate::plan::Stage;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// What a format is.
pub(crate) struct Definition {
    /// As `--as` and plans have it. Never changed once released.
    pub(crate) name: &'static str,
    /// For people.
    pub(crate) title: &'static str,
    /// What it lists.
    pub(crate) kind: Kind,
    /// Where on the way from Microsoft to us such a list of routes is usually taken.
    pub(crate) stage: Stage,
    /// Whether a text may be in this format: how sure that is, 1 to 100, and what speaks for it. A plain list never
    /// gets more than 50, so what is known by its rows alone gets more than that, and what has a heading of its own
    /// about 90.
    pub(crate) recognise: fn(&Sample<'_>) -> Option<(u8, Reason)>,
    /// A reader at the beginning of a text.
    pub(crate) open: for<'a> fn(&'a str) -> Box<dyn Read + 'a>,
}

/// Makes the enumeration, the list of all and the way to the definitions from one table.
macro_rules! formats {
    ($($(#[$doc:meta])* $format:ident => $definition:path,)+) => {
        /// A format that can be read.
        #[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize)]
        #[non_exhaustive]
        pub enum Format {
            $($(#[$doc])* $format,)+
        }

        impl Format {
            /// Every format, the last resort first.
            pub const ALL: [Self; [$(stringify!($format)),+].len()] = [$(Self::$format),+];

            fn definition(self) -> &'static Definition {
                match self {
                    $(Self::$format => &$definition,)+
                }
            }
        }
    };
}

formats! {
    /// A plain list of addresses, prefixes and ranges, with attributes behind them if wanted.
    Plain => plain::FORMAT,
    /// Azure IP ranges and service tags, JSON.
    ServiceTags => json::service_tags::FORMAT,
    /// The Office 365 endpoints web service's answer, JSON.
    Microsoft365 => json::microsoft_365::FORMAT,
    /// What PowerShell's `Get-AzBgpServiceCommunity` prints.
    BgpCommunityPrint => json::bgp_community::PRINT,
    /// What `az network route-filter rule list-service-communities` prints, JSON.
    BgpCommunityCli => json::bgp_community::CLI,
    /// `show ip bgp` of Cisco IOS and IOS-XE.
    IosBgp => bgp::ios::FORMAT,
    /// `show bgp` of Cisco IOS-XR.
    XrBgp => bgp::xr::FORMAT,
    /// `show ip bgp` of Cisco NX-OS.
    NxosBgp => bgp::nxos::FORMAT,
    /// `show ip bgp` of Arista EOS.
    EosBgp => bgp::eos::FORMAT,
    /// `show ip bgp` of FRR and Quagga.
    FrrBgp => bgp::frr::FORMAT,
    /// `show bgp ipv4 unicast json` of FRR.
    FrrBgpJson => bgp::frr_json::FORMAT,
    /// `show route` of Junos.
    JunosRoute => junos::brief::FORMAT,
    /// `show route detail` of Junos.
    JunosRouteDetail => junos::detail::FORMAT,
    /// `show route terse` of Junos.
    JunosRouteTerse => junos::terse::FORMAT,
    /// `show route | display json` of Junos.
    JunosRouteJson => junos::json::FORMAT,
    /// `show route` and `show route all` of BIRD.
    Bird => bgp::bird::FORMAT,
    /// `bgpdump -m` lines.
    Bgpdump => bgp::bgpdump::FORMAT,
    /// CSV with a heading.
    Csv => csv::FORMAT,
    /// `show ip route` of Cisco IOS and IOS-XE.
    IosRoute => routes::ios::FORMAT,
    /// `show route` of Cisco IOS-XR.
    XrRoute => routes::xr::FORMAT,
    /// `show route` of Cisco ASA.
    AsaRoute => routes::asa::FORMAT,
    /// `show ip route` of Arista EOS.
    EosRoute => routes::eos::FORMAT,
    /// `get router info routing-table` of FortiGate.
    FortigateRoute => routes::fortigate::FORMAT,
    /// `show ip route` of Cisco NX-OS.
    NxosRoute => routes::nxos::FORMAT,
    /// `show routing route` of Palo Alto PAN-OS.
    PanosRoute => routes::panos::FORMAT,
    /// `show route` of Check Point Gaia.
    CheckpointRoute => routes::checkpoint::FORMAT,
    /// `ip route` of Linux.
    IpRoute => routes::linux::FORMAT,
    /// `ip -j route` of Linux.
    IpRouteJson => routes::linux_json::FORMAT,
    /// The route table of an ExpressRoute circuit, as `az` and PowerShell print it.
    AzureCircuit => azure::circuit::FORMAT,
    /// A summary of BGP neighbours, as `az` and PowerShell print it.
    AzureSummary => azure::summary::FORMAT,
    /// The effective routes of a network interface, as `az` and PowerShell print them.
    AzureEffective => azure::effective::FORMAT,
    /// What an Azure gateway learned, as `az` and PowerShell print it.
    AzureLearned => azure::learned::FORMAT,
    /// What an Azure gateway advertises, as `az` and PowerShell print it.
    AzureAdvertised => azure::advertised::FORMAT,
}

/// What a format lists.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Routes: what is learned.
    Routes,
    /// Destinations: where services live.
    Destinations,
    /// Either; the format doesn't tell.
    Either,
    /// Microsoft's own view of a circuit: the rows that we originated are our accepted advertisements.
    Accepted,
}

impl Format {
    /// Its name, as `--as` and plans have it. Never changed once released.
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// Its title, for people.
    pub fn title(self) -> &'static str {
        self.definition().title
    }

    /// What it lists.
    pub fn kind(self) -> Kind {
        self.definition().kind
    }

    /// Where a list of routes in it was taken, unless its source says otherwise: generated lists and lists typed by
    /// hand say what Microsoft would offer, prints of devices what they received.
    pub fn stage(self) -> Stage {
        self.definition().stage
    }

    pub(crate) fn recognise(self, sample: &Sample<'_>) -> Option<(u8, Reason)> {
        (self.definition().recognise)(sample)
    }

    /// A reader of this format, at the beginning of the text.
    pub(crate) fn open(self, text: &str) -> Box<dyn Read + '_> {
        (self.definition().open)(text)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Not the name of a format.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownFormat(pub String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown format {:?}", self.0)
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

impl Serialize for Format {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <String as Deserialize>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// What reads a text, a piece at a time.
pub(crate) trait Read {
    /// Reads on at least up to this byte, or to the end of the text; where it is now. At the end, that is the
    /// text's length, and everything read is in the draft.
    fn step(&mut self, draft: &mut Draft, until: usize) -> usize;
}
