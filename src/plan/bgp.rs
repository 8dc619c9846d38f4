//! BGP's words: communities, AS paths, origins and the attributes a route may carry.

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// Microsoft's AS number on every ExpressRoute peering (Microsoft: ExpressRoute routing requirements).
pub const MICROSOFT_ASN: u32 = 12076;

/// A BGP community of the form `ASN:VALUE`, both 0 to 65535 (RFC 1997).
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize)]
pub struct Community {
    /// The upper 16 bits, by convention an AS number.
    pub asn: u16,
    /// The lower 16 bits.
    pub value: u16,
}

impl Community {
    /// A community of Microsoft's, `12076:value`.
    pub const fn microsoft(value: u16) -> Self {
        Self { asn: MICROSOFT_ASN as u16, value }
    }
}

impl fmt::Display for Community {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.asn, self.value)
    }
}

impl FromStr for Community {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const SHAPE: &str = "a community is written ASN:VALUE, both 0 to 65535, e.g. 12076:51004";
        let (asn, value) = text.split_once(':').ok_or(SHAPE)?;
        let part = |digits: &str| {
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(SHAPE);
            }
            digits.parse::<u16>().map_err(|_| SHAPE)
        };
        Ok(Self { asn: part(asn)?, value: part(value)? })
    }
}

impl Serialize for Community {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Community {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <String as Deserialize>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Community {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Community".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9]{1,5}:[0-9]{1,5}$",
            "description": "A BGP community, ASN:VALUE (RFC 1997)."
        })
    }
}

/// One segment of an AS path (RFC 4271 section 4.3, RFC 5065 section 3).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// AS_SEQUENCE: each AS counts one.
    Sequence(Vec<u32>),
    /// AS_SET, written `{1,2}`: counts one, however many it names.
    Set(Vec<u32>),
    /// AS_CONFED_SEQUENCE, written `(1 2)`: counts none.
    ConfedSequence(Vec<u32>),
    /// AS_CONFED_SET, written `[1,2]`: counts none.
    ConfedSet(Vec<u32>),
}

/// An AS path, nearest AS first. Empty for a route originated inside.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct AsPath(pub Vec<Segment>);

impl AsPath {
    /// A path of one sequence.
    pub fn sequence(asns: impl IntoIterator<Item = u32>) -> Self {
        let asns: Vec<u32> = asns.into_iter().collect();
        if asns.is_empty() { Self::default() } else { Self(vec![Segment::Sequence(asns)]) }
    }

    /// The length that best path compares: a set counts one, confederation segments none
    /// (RFC 4271 section 9.1.2.2 a, RFC 5065 section 5.3).
    pub fn length(&self) -> u32 {
        self.0
            .iter()
            .map(|segment| match segment {
                Segment::Sequence(asns) => u32::try_from(asns.len()).unwrap_or(u32::MAX),
                Segment::Set(_) => 1,
                Segment::ConfedSequence(_) | Segment::ConfedSet(_) => 0,
            })
            .fold(0, u32::saturating_add)
    }

    /// The AS that the route was learned from, where the path says: the first of a leading sequence,
    /// confederation segments passed over. MED is compared within it.
    pub fn neighbour(&self) -> Option<u32> {
        self.0.iter().find_map(|segment| match segment {
            Segment::Sequence(asns) => asns.first().copied(),
            Segment::Set(_) => Some(0),
            Segment::ConfedSequence(_) | Segment::ConfedSet(_) => None,
        })
    }

    /// Every AS named, in order.
    pub fn asns(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().flat_map(|segment| {
            let (Segment::Sequence(asns)
            | Segment::Set(asns)
            | Segment::ConfedSequence(asns)
            | Segment::ConfedSet(asns)) = segment;
            asns.iter().copied()
        })
    }

    /// The path without the AS numbers that `drop` names; emptied segments vanish.
    #[must_use]
    pub fn without(&self, drop: impl Fn(u32) -> bool) -> Self {
        let keep = |asns: &Vec<u32>| asns.iter().copied().filter(|asn| !drop(*asn)).collect::<Vec<_>>();
        Self(
            self.0
                .iter()
                .map(|segment| match segment {
                    Segment::Sequence(asns) => Segment::Sequence(keep(asns)),
                    Segment::Set(asns) => Segment::Set(keep(asns)),
                    Segment::ConfedSequence(asns) => Segment::ConfedSequence(keep(asns)),
                    Segment::ConfedSet(asns) => Segment::ConfedSet(keep(asns)),
                })
                .filter(|segment| {
                    let (Segment::Sequence(asns)
                    | Segment::Set(asns)
                    | Segment::ConfedSequence(asns)
                    | Segment::ConfedSet(asns)) = segment;
                    !asns.is_empty()
                })
                .collect(),
        )
    }
}

impl fmt::Display for AsPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |asns: &[u32], by: &str| asns.iter().map(u32::to_string).collect::<Vec<_>>().join(by);
        for (index, segment) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            match segment {
                Segment::Sequence(asns) => f.write_str(&join(asns, " "))?,
                Segment::Set(asns) => write!(f, "{{{}}}", join(asns, ","))?,
                Segment::ConfedSequence(asns) => write!(f, "({})", join(asns, " "))?,
                Segment::ConfedSet(asns) => write!(f, "[{}]", join(asns, ","))?,
            }
        }
        Ok(())
    }
}

/// Whether an AS number is for private use: 64512 to 65534, 4200000000 to 4294967294 (RFC 6996).
pub fn is_private_asn(asn: u32) -> bool {
    (64512..=65534).contains(&asn) || (4_200_000_000..=4_294_967_294).contains(&asn)
}

/// Whether an AS number is kept for documentation: 64496 to 64511, 65536 to 65551 (RFC 5398).
pub fn is_documentation_asn(asn: u32) -> bool {
    (64496..=64511).contains(&asn) || (65536..=65551).contains(&asn)
}

/// How a prefix came into BGP, best first (RFC 4271 section 5.1.1).
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
    BorshSerialize,
    BorshDeserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// From an interior protocol (or `network`): best.
    #[default]
    Igp,
    /// From EGP, the forerunner.
    Egp,
    /// Redistributed: worst.
    Incomplete,
}

/// What a route is, other than a BGP route.
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
    Deserialize,
    JsonSchema,
    BorshSerialize,
    BorshDeserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// Learned by BGP.
    Bgp,
    /// Configured by hand.
    Static,
    /// Learned by an interior protocol (OSPF, IS-IS, EIGRP, RIP).
    Igp,
}

/// What stands behind a prefix in a list; everything is optional, absent means that the list doesn't say.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Attributes {
    /// Weight, local to one router; higher is better; vendors compare it first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
    /// Local preference; higher is better (RFC 4271 section 5.1.5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_preference: Option<u32>,
    /// The AS path as learned, or, in an advertisement, as sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_path: Option<AsPath>,
    /// How many more times our own AS is put in front, in an advertisement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prepend: Option<u32>,
    /// Origin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Multi-exit discriminator; lower is better; absent counts as 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub med: Option<u32>,
    /// Communities, sorted, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub communities: Vec<Community>,
    /// Where the list says the next hop is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_hop: Option<IpAddr>,
    /// The protocol; absent is BGP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// Administrative distance, 0 to 255; lower is better; absent is the plan's for the protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<u8>,
    /// In a policy's match: the shortest length taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ge: Option<u8>,
    /// In a policy's match: the longest length taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub le: Option<u8>,
}

impl Attributes {
    /// Whether nothing at all is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_counts_one_and_confederations_none() {
        let path = AsPath(vec![
            Segment::ConfedSequence(vec![65001, 65002]),
            Segment::Sequence(vec![3356, 1299]),
            Segment::Set(vec![1, 2, 3]),
        ]);
        assert_eq!(path.length(), 3);
        assert_eq!(path.neighbour(), Some(3356));
        assert_eq!(path.to_string(), "(65001 65002) 3356 1299 {1,2,3}");
    }

    #[test]
    fn communities_are_read_strictly() {
        assert_eq!("12076:51004".parse(), Ok(Community::microsoft(51004)));
        for bad in ["", "12076", "12076:", ":1", "65536:1", "1:65536", "+1:1", " 1:1"] {
            assert!(bad.parse::<Community>().is_err(), "{bad}");
        }
    }
}
