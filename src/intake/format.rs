//! The formats: their names, and which one a text is in.

use super::Draft;
use super::{json, plain, plain::PlainReader};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A format that can be read.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Format {
    /// A plain list of addresses, prefixes and ranges, with attributes behind them if wanted.
    #[serde(rename = "plain")]
    Plain,
    /// Azure IP ranges and service tags, JSON.
    #[serde(rename = "service-tags")]
    ServiceTags,
    /// The Office 365 endpoints web service's answer, JSON.
    #[serde(rename = "microsoft-365")]
    Microsoft365,
    /// What PowerShell's `Get-AzBgpServiceCommunity` prints.
    #[serde(rename = "bgp-service-community")]
    BgpCommunityPrint,
    /// What `az network route-filter rule list-service-communities` prints, JSON.
    #[serde(rename = "bgp-service-community-cli")]
    BgpCommunityCli,
}

/// What a format lists.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Routes: what is learned.
    Routes,
    /// Destinations: where services live.
    Destinations,
    /// Either; the format doesn't tell.
    Either,
}

impl Format {
    /// Every format, the last resort first.
    pub const ALL: [Self; 5] =
        [Self::Plain, Self::ServiceTags, Self::Microsoft365, Self::BgpCommunityPrint, Self::BgpCommunityCli];

    /// Its name, as `--as` and plans have it. Never changed once released.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::ServiceTags => "service-tags",
            Self::Microsoft365 => "microsoft-365",
            Self::BgpCommunityPrint => "bgp-service-community",
            Self::BgpCommunityCli => "bgp-service-community-cli",
        }
    }

    /// Its title, for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Plain => "plain list",
            Self::ServiceTags => "Azure Service Tags (JSON)",
            Self::Microsoft365 => "Microsoft 365 endpoints (JSON)",
            Self::BgpCommunityPrint => "BGP service communities (Get-AzBgpServiceCommunity)",
            Self::BgpCommunityCli => {
                "BGP service communities (az network route-filter rule list-service-communities)"
            }
        }
    }

    /// What it lists.
    pub fn kind(self) -> Kind {
        match self {
            Self::Plain => Kind::Either,
            Self::ServiceTags | Self::Microsoft365 => Kind::Destinations,
            Self::BgpCommunityPrint | Self::BgpCommunityCli => Kind::Routes,
        }
    }

    fn recognise(self, sample: &Sample<'_>) -> Option<(u8, Reason)> {
        match self {
            Self::Plain => plain::recognise(sample),
            Self::ServiceTags => json::service_tags::recognise(sample),
            Self::Microsoft365 => json::microsoft_365::recognise(sample),
            Self::BgpCommunityPrint => json::bgp_community::recognise_print(sample),
            Self::BgpCommunityCli => json::bgp_community::recognise_cli(sample),
        }
    }

    /// A reader of this format, at the beginning of the text.
    pub(crate) fn open(self, text: &str) -> Box<dyn Read + '_> {
        match self {
            Self::Plain => Box::new(PlainReader::new(text)),
            Self::ServiceTags => Box::new(json::service_tags::open(text)),
            Self::Microsoft365 => Box::new(json::microsoft_365::open(text)),
            Self::BgpCommunityPrint | Self::BgpCommunityCli => Box::new(json::bgp_community::open(text)),
        }
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

/// What reads a text, a piece at a time.
pub(crate) trait Read {
    /// Reads on at least up to this byte, or to the end of the text; where it is now. At the end, that is the
    /// text's length, and everything read is in the draft.
    fn step(&mut self, draft: &mut Draft, until: usize) -> usize;
}

/// A format that a text may be in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Guess {
    /// The format.
    pub format: Format,
    /// How sure that is, 1 to 100; only good for ranking.
    pub confidence: u8,
    /// What speaks for it.
    pub reason: Reason,
}

/// What speaks for a format.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// JSON keys that the format has.
    Keys {
        /// Those found.
        keys: Vec<String>,
    },
    /// A heading that the format has.
    Heading {
        /// The heading.
        heading: String,
    },
    /// Lines at the beginning of the text that begin with an address.
    Addresses {
        /// How many.
        lines: u32,
        /// Of how many that say anything.
        of: u32,
    },
    /// Nothing; it is what remains.
    LastResort,
}

/// The formats that a text may be in, the likeliest first; never empty, for a plain list is the last resort.
pub fn recognise(text: &str) -> Vec<Guess> {
    let sample = Sample::new(text);
    let mut guesses: Vec<Guess> = Format::ALL
        .into_iter()
        .filter_map(|format| {
            let (confidence, reason) = format.recognise(&sample)?;
            Some(Guess { format, confidence, reason })
        })
        .collect();
    guesses.sort_by_key(|guess| std::cmp::Reverse(guess.confidence));
    guesses
}

/// How much of the beginning of a text is looked at to recognise it.
const HEAD: usize = 256 << 10;
/// How much of its end.
const TAIL: usize = 64 << 10;

/// The parts of a text by which it is recognised.
pub(crate) struct Sample<'a> {
    pub(crate) head: &'a str,
    tail: &'a str,
}

impl<'a> Sample<'a> {
    fn new(text: &'a str) -> Self {
        let cut = text.floor_char_boundary(HEAD);
        let (head, rest) = text.split_at(cut);
        let tail = &rest[rest.ceil_char_boundary(rest.len().saturating_sub(TAIL))..];
        Self { head, tail }
    }

    /// Those of these JSON keys that occur, each before a colon and not in a comment line.
    pub(crate) fn keys<'k>(&self, keys: &[&'k str]) -> Vec<&'k str> {
        keys.iter().copied().filter(|key| [self.head, self.tail].iter().any(|part| has_key(part, key))).collect()
    }

    /// Whether a line begins with this word and, after blanks, a colon.
    pub(crate) fn heading(&self, word: &str) -> bool {
        self.head.lines().any(|line| {
            line.trim_start_matches(['\u{feff}', ' ', '\t', '>'])
                .strip_prefix(word)
                .is_some_and(|rest| rest.trim_start().starts_with(':'))
        })
    }
}

fn has_key(part: &str, key: &str) -> bool {
    let quoted = format!("\"{key}\"");
    // A bound, so that no text makes this slow.
    part.match_indices(&quoted).take(100).any(|(at, _)| {
        let line = &part[part[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        part[at + quoted.len()..].trim_start().starts_with(':')
            && !line.trim_start().starts_with(['#', '!', ';'])
            && !line.trim_start().starts_with("//")
    })
}

/// Keys found as the reason for a guess.
pub(crate) fn keys_found(keys: &[&str]) -> Reason {
    Reason::Keys { keys: keys.iter().map(|key| (*key).to_owned()).collect() }
}
