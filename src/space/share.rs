//! A share of addresses, without floating point.

use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul};
use std::str::FromStr;

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A part of a whole, from nothing to all of it.
///
/// Fixed point in steps of 2^-62, so sums and products are the same bytes on every machine. Every
/// operation rounds by at most one step, and none rounds something to [`Share::ZERO`]. Parts of
/// a power of two, as prefixes are of the IPv4 space, are exact. Where the parts must add up,
/// add [`Count`](super::Count)s and take the share once, or [`Share::settle`] the parts.
///
/// In text and in JSON it has less precision: see [`Share::millionths`].
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, BorshSerialize, BorshDeserialize)]
pub struct Share(u64);

/// The number of bits after the point.
const POINT: u32 = 62;
/// The number of [`Share::millionths`] of the whole.
const MILLION: u32 = 1_000_000;

impl Share {
    /// Nothing of it.
    pub const ZERO: Self = Share(0);
    /// All of it.
    pub const ONE: Self = Share(1 << POINT);

    /// What is missing to the whole.
    pub fn rest(self) -> Self {
        Share(Self::ONE.0 - self.0)
    }

    /// The share in millionths, 0 to 1,000,000, to the nearest, except that something is at least
    /// 1 and less than all at most 999,999. This is what text and JSON are made from.
    pub fn millionths(self) -> u32 {
        let half = 1_u128 << (POINT - 1);
        let nearest = (u128::from(self.0) * u128::from(MILLION) + half) >> POINT;
        // At most a million, hence within u32.
        self.with_honest_edges(nearest as u32, MILLION)
    }

    /// A share of so many millionths; `None` above 1,000,000.
    pub fn from_millionths(millionths: u32) -> Option<Self> {
        let half = u128::from(MILLION / 2);
        let nearest = ((u128::from(millionths) << POINT) + half) / u128::from(MILLION);
        (millionths <= MILLION).then_some(Share(nearest as u64))
    }

    /// Makes the parts of one whole add up to exactly [`Share::ONE`]: what rounding left over or
    /// took too much goes to the largest part (of several, the first). Parts that are zero stay so,
    /// and so do all parts if all are zero.
    pub fn settle(parts: &mut [Share]) {
        let total: u128 = parts.iter().map(|part| u128::from(part.0)).sum();
        let mut excess = total.saturating_sub(Self::ONE.0.into());
        let missing = u128::from(Self::ONE.0).saturating_sub(total);
        // Normally once: no part is larger than the excess only if most were rounded up to a step.
        while let Some(at) = largest(parts).filter(|&at| excess > 0 && parts[at].0 > 1) {
            let taken = excess.min(u128::from(parts[at].0 - 1));
            parts[at].0 -= taken as u64;
            excess -= taken;
        }
        if let Some(at) = largest(parts).filter(|_| missing > 0) {
            parts[at].0 += missing as u64;
        }
    }

    /// The share `part` / `total`, where 0 < `part` < `total` < 2^127, rounding as
    /// [`Count::share_of`](super::Count::share_of) says.
    pub(super) fn of_ratio(part: u128, total: u128) -> Self {
        // Schoolbook division, bit by bit.
        let mut remainder = part;
        let mut quotient = 0_u64;
        for _ in 0..POINT {
            remainder <<= 1;
            quotient <<= 1;
            if remainder >= total {
                remainder -= total;
                quotient |= 1;
            }
        }
        let nearest = quotient + u64::from(remainder << 1 >= total);
        Share(nearest.clamp(1, Self::ONE.0 - 1))
    }

    /// `rounded`, moved inward by one unit where it says nothing or all and the share doesn't.
    fn with_honest_edges(self, rounded: u32, whole: u32) -> u32 {
        match self {
            Self::ZERO => 0,
            Self::ONE => whole,
            _ => rounded.clamp(1, whole - 1),
        }
    }
}

/// Where the first of the largest parts is; `None` if all are zero.
fn largest(parts: &[Share]) -> Option<usize> {
    let largest = *parts.iter().max()?;
    parts.iter().position(|&part| part == largest && part > Share::ZERO)
}

/// Never more than [`Share::ONE`].
impl Add for Share {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Share((self.0 + other.0).min(Self::ONE.0))
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Share {
    fn sum<I: Iterator<Item = Self>>(shares: I) -> Self {
        shares.fold(Self::ZERO, Add::add)
    }
}

/// The share of a share.
impl Mul for Share {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        if self == Self::ZERO || other == Self::ZERO {
            return Self::ZERO;
        }
        let product = (u128::from(self.0) * u128::from(other.0)) >> POINT;
        Share((product as u64).max(1))
    }
}

/// Per cent with one decimal and honest edges: `0%` and `100%` mean exactly that; below them it
/// says `<0.1%` and `>99.9%`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.millionths() {
            0 => f.pad("0%"),
            MILLION => f.pad("100%"),
            1..1_000 => f.pad("<0.1%"),
            999_001..MILLION => f.pad(">99.9%"),
            between => {
                let tenths = (between + 500) / 1_000;
                f.pad(&format!("{}.{}%", tenths / 10, tenths % 10))
            }
        }
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/2^{POINT}", self.0)
    }
}

/// The text isn't a share: `0` or `1`, a point and six decimals, at most `1.000000`.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct NotAShare;

impl fmt::Display for NotAShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a share is a decimal from 0.000000 to 1.000000")
    }
}

impl std::error::Error for NotAShare {}

impl FromStr for Share {
    type Err = NotAShare;

    fn from_str(text: &str) -> Result<Self, NotAShare> {
        let (whole, decimals) = text.split_once('.').ok_or(NotAShare)?;
        let digits = |text: &str, length: usize| {
            let fits = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
            text.parse::<u32>().ok().filter(|_| fits)
        };
        let whole = digits(whole, 1).ok_or(NotAShare)?;
        let decimals = digits(decimals, 6).ok_or(NotAShare)?;
        Share::from_millionths(whole * MILLION + decimals).ok_or(NotAShare)
    }
}

/// A string with six decimals, such as `"0.125000"`: see [`Share::millionths`]. Reading it back
/// gives a share that is written and displayed the same.
impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let millionths = self.millionths();
        serializer.collect_str(&format_args!("{}.{:06}", millionths / MILLION, millionths % MILLION))
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <String as Deserialize>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Share {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Share".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^(0\\.[0-9]{6}|1\\.000000)$",
            "description": "A share of addresses, from 0.000000 to 1.000000.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Count, Span};
    use super::*;

    fn share(part: u128, total: u128) -> Share {
        Count::from(part).share_of(total.into())
    }

    #[test]
    fn honest_per_cent() {
        for (part, total, text) in [
            (0, 1, "0%"),
            (0, 0, "0%"),
            (1, 1, "100%"),
            (2, 1, "100%"),
            (1, 8, "12.5%"),
            (1, 2, "50.0%"),
            (1, 3, "33.3%"),
            (2, 3, "66.7%"),
            (1, 1_000, "0.1%"),
            (999, 1_000, "99.9%"),
            (999, 1_000_000, "<0.1%"),
            (999_001, 1_000_000, ">99.9%"),
            (1, u128::MAX, "<0.1%"),
            (u128::MAX - 1, u128::MAX, ">99.9%"),
        ] {
            assert_eq!(share(part, total).to_string(), text, "{part} of {total}");
        }
        let v6 = Span::<u128>::ALL.count();
        assert_eq!(Count::ONE.share_of(v6).to_string(), "<0.1%");
        assert_eq!(Count::from(u128::MAX).share_of(v6).to_string(), ">99.9%");
        assert_eq!(Count::from(1_u128 << 127).share_of(v6), share(1, 2));
        assert_eq!(v6.share_of(v6), Share::ONE);
    }

    #[test]
    fn to_the_nearest_step() {
        // 2^62 / 3 is 1537228672809129301 and a third.
        assert_eq!(share(1, 3), Share(1_537_228_672_809_129_301));
        assert_eq!(share(2, 3), Share(3_074_457_345_618_258_603));
    }

    #[test]
    fn json_has_six_decimals_and_honest_edges() {
        for (part, total, json) in [
            (0, 1, "\"0.000000\""),
            (1, 1, "\"1.000000\""),
            (1, 8, "\"0.125000\""),
            (2, 3, "\"0.666667\""),
            (1, u128::MAX, "\"0.000001\""),
            (u128::MAX - 1, u128::MAX, "\"0.999999\""),
        ] {
            let written = serde_json::to_string(&share(part, total)).expect("writes");
            assert_eq!(written, json);
        }
        for wrong in [
            "\"1.000001\"",
            "\"2.000000\"",
            "\"0.5\"",
            "\"0.+50000\"",
            "\"+.500000\"",
            "\".500000\"",
            "\"1\"",
            "0.5",
        ] {
            assert!(serde_json::from_str::<Share>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn parts_settle_to_the_whole() {
        let mut thirds = [share(1, 3); 3];
        assert_eq!(thirds.iter().copied().sum::<Share>().to_string(), ">99.9%");
        Share::settle(&mut thirds);
        assert_eq!(thirds.iter().copied().sum::<Share>(), Share::ONE);
        assert_eq!(thirds[1], share(1, 3), "only the first of the largest moves");

        let mut uneven = [share(1, u128::MAX), share(u128::MAX - 1, u128::MAX)];
        Share::settle(&mut uneven);
        assert_eq!(uneven.map(|part| part.to_string()), ["<0.1%", ">99.9%"]);

        let mut over = [Share::ONE, share(1, u128::MAX), Share::ZERO];
        Share::settle(&mut over);
        assert_eq!(over.map(|part| part.to_string()), [">99.9%", "<0.1%", "0%"]);

        let mut alone = [Share::ZERO, share(9, 10)];
        Share::settle(&mut alone);
        assert_eq!(alone, [Share::ZERO, Share::ONE]);

        let mut nothing = [Share::ZERO; 2];
        Share::settle(&mut nothing);
        assert_eq!(nothing, [Share::ZERO; 2]);
        Share::settle(&mut []);
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use proptest::prelude::*;

    use super::*;

    fn share() -> impl Strategy<Value = Share> {
        let edge = prop_oneof![Just(0), Just(1), Just(Share::ONE.0 - 1), Just(Share::ONE.0)];
        prop_oneof![edge, 0..=Share::ONE.0, (0_u32..62).prop_map(|shift| 1 << shift)].prop_map(Share)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn sums_and_products_keep_in_bounds(a in share(), b in share(), c in share()) {
            prop_assert_eq!(a + b, b + a);
            prop_assert_eq!((a + b) + c, a + (b + c));
            prop_assert!(a + b <= Share::ONE && a + b >= a.max(b));
            prop_assert_eq!(a + a.rest(), Share::ONE);
            prop_assert_eq!(a * b, b * a);
            prop_assert!(a * b <= a.min(b));
            prop_assert_eq!(a * Share::ONE, a);
            prop_assert_eq!(a * Share::ZERO, Share::ZERO);
            prop_assert_eq!(a * b == Share::ZERO, a == Share::ZERO || b == Share::ZERO);
            prop_assert_eq!(a * b == Share::ONE, a == Share::ONE && b == Share::ONE);
        }

        #[test]
        fn reads_back_as_written(a in share()) {
            let json = serde_json::to_string(&a).expect("writes");
            let back: Share = serde_json::from_str(&json).expect("reads");
            prop_assert_eq!(serde_json::to_string(&back).expect("writes"), json);
            prop_assert_eq!(back.to_string(), a.to_string());
            prop_assert_eq!(back.millionths(), a.millionths());
        }

        #[test]
        fn settled_parts_are_a_whole(mut parts in proptest::collection::vec(share(), 1..8)) {
            let before = parts.clone();
            Share::settle(&mut parts);
            let total: u128 = parts.iter().map(|part| u128::from(part.0)).sum();
            let any = before.iter().any(|&part| part > Share::ZERO);
            prop_assert_eq!(total, if any { u128::from(Share::ONE.0) } else { 0 });
            for (part, was) in parts.iter().zip(before) {
                prop_assert_eq!(*part == Share::ZERO, was == Share::ZERO);
            }
        }
    }
}
