//! ExpressRoute circuits and their peerings.

use super::{Community, Id, Text};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An ExpressRoute circuit: two links to Microsoft's edge, one bandwidth, up to three peerings.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Circuit {
    /// Its identifier.
    pub id: Id,
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// Its SKU.
    #[serde(default)]
    pub sku: Sku,
    /// Where it meets Microsoft, e.g. "Chicago".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// The Azure regions that count as local to its location, as the last three digits of their community
    /// (20 is Canada Central): what a Local SKU is given, and what tells the geopolitical area.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub local_regions: Vec<u16>,
    /// The circuit's bandwidth, each way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bandwidth: Option<Mbps>,
    /// Whether Microsoft has authorised Microsoft 365 over it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub microsoft_365_authorised: bool,
    /// Its peerings, each kind at most once.
    #[serde(default)]
    pub peerings: Vec<Peering>,
}

impl Circuit {
    /// The peering of a kind.
    pub fn peering(&self, kind: PeeringKind) -> Option<&Peering> {
        self.peerings.iter().find(|peering| peering.kind == kind)
    }
}

/// What a circuit may reach (Microsoft: ExpressRoute FAQ).
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Sku {
    /// The region or regions of its metro.
    Local,
    /// The regions of its geopolitical area.
    #[default]
    Standard,
    /// All regions, and Microsoft 365 where authorised.
    Premium,
}

/// The three kinds of peering of a circuit.
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
pub enum PeeringKind {
    /// Microsoft peering: Microsoft's public services by public addresses.
    #[default]
    Microsoft,
    /// Legacy public peering, retired on 2024-03-31: Azure's public services, customer-initiated only.
    LegacyPublic,
    /// Private peering: virtual networks. Recorded, and reported as not analysed.
    Private,
}

/// How Microsoft picks the way back for what came over a peering.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ReturnModel {
    /// By longest prefix on the translated source, as documented for Microsoft peering.
    #[default]
    LongestPrefix,
    /// By the exit it left by, as the field report saw on public peering.
    Sticky,
}

/// One peering of a circuit.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Peering {
    /// Its kind.
    pub kind: PeeringKind,
    /// How Microsoft picks the way back.
    #[serde(default)]
    pub return_model: ReturnModel,
    /// The customer's AS number on it, 1 to 4294967295.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_asn: Option<u32>,
    /// Admitted prefixes (the portal's "advertised public prefixes"): a plain list.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub admitted: Text,
    /// The communities of the attached route filter; absent: no filter is attached, and nothing is received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route_filter: Option<Vec<Community>>,
    /// The subnets of the primary link: IPv4 /30, IPv6 /126; a plain list.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub primary_subnets: Text,
    /// The subnets of the secondary link.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub secondary_subnets: Text,
}

/// A rate in Mbps, kept to the kbps.
///
/// In JSON a number such as `200` or `0.5`; 0 to 4,294,967 Mbps.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, BorshSerialize, BorshDeserialize)]
pub struct Mbps {
    /// The rate in kbps.
    pub kbps: u32,
}

impl Mbps {
    /// So many whole Mbps.
    pub const fn whole(mbps: u32) -> Self {
        Self { kbps: mbps.saturating_mul(1000) }
    }
}

impl std::str::FromStr for Mbps {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const SHAPE: &str = "a rate is a number of Mbps from 0 to 4,294,967 with at most three decimals";
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > 3 {
            return Err(SHAPE);
        }
        let whole: u32 = whole.parse().map_err(|_| SHAPE)?;
        let decimals: u32 = format!("{decimals:0<3}").parse().map_err(|_| SHAPE)?;
        let kbps = whole.checked_mul(1000).and_then(|kbps| kbps.checked_add(decimals)).ok_or(SHAPE)?;
        Ok(Self { kbps })
    }
}

impl std::fmt::Display for Mbps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, rest) = (self.kbps / 1000, self.kbps % 1000);
        if rest == 0 {
            write!(f, "{whole}")
        } else {
            f.write_str(format!("{whole}.{rest:03}").trim_end_matches('0'))
        }
    }
}

impl Serialize for Mbps {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.kbps.is_multiple_of(1000) {
            serializer.serialize_u32(self.kbps / 1000)
        } else {
            serializer.serialize_f64(f64::from(self.kbps) / 1000.0)
        }
    }
}

impl<'de> Deserialize<'de> for Mbps {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mbps = <f64 as Deserialize>::deserialize(deserializer)?;
        let kbps = (mbps * 1000.0).round();
        if (0.0..=f64::from(u32::MAX)).contains(&kbps) {
            // In range and whole: the conversion is exact.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Ok(Self { kbps: kbps as u32 })
        } else {
            Err(serde::de::Error::custom("a rate is 0 to 4,294,967 Mbps"))
        }
    }
}

impl JsonSchema for Mbps {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Mbps".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "number", "minimum": 0, "maximum": 4_294_967,
            "description": "A rate in Mbps, kept to the kbps."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_exact_to_the_kbps() {
        for (json, shown) in [("200", "200"), ("0.5", "0.5"), ("1.234", "1.234"), ("4294967", "4294967")] {
            let rate: Mbps = serde_json::from_str(json).unwrap();
            assert_eq!(rate.to_string(), shown);
            assert_eq!(shown.parse(), Ok(rate));
            assert_eq!(serde_json::to_string(&rate).unwrap(), json);
        }
        assert!(serde_json::from_str::<Mbps>("-1").is_err());
        assert!("1.2345".parse::<Mbps>().is_err());
    }
}
