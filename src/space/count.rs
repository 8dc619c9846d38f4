//! How many addresses, exactly.

use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};
use std::str::FromStr;

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Share;

/// An exact number of addresses.
///
/// The whole IPv6 space is 2^128 addresses, one more than a `u128` holds; a sum over several sites
/// or both families is more still. A `Count` holds 0 to 2^192 - 1, and a sum beyond that, which
/// no plan can reach, stays at the top.
///
/// In JSON it is a string of decimal digits, for JSON numbers are exact to 2^53 only.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, BorshSerialize, BorshDeserialize)]
pub struct Count {
    // The derived order depends on the order of these fields.
    high: u64,
    low: u128,
}

impl Count {
    /// No address.
    pub const ZERO: Self = Count { high: 0, low: 0 };
    /// One address.
    pub const ONE: Self = Count { high: 0, low: 1 };
    /// The most that a `Count` holds.
    const MAX: Self = Count { high: u64::MAX, low: u128::MAX };

    /// Is it no address?
    #[inline]
    pub fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    /// The number itself; `None` from 2^128 on.
    pub fn to_u128(self) -> Option<u128> {
        (self.high == 0).then_some(self.low)
    }

    /// This many less; `None` if that would be below zero.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        let high = self.high.checked_sub(other.high)?.checked_sub(borrow.into())?;
        Some(Count { high, low })
    }

    /// Which part this is of `total`, to the nearest 2^-62, except that something is never
    /// [`Share::ZERO`] and less than `total` never [`Share::ONE`]. All from `total` up is `ONE`;
    /// nothing is `ZERO`, also of nothing.
    pub fn share_of(self, total: Self) -> Share {
        if self.is_zero() {
            return Share::ZERO;
        }
        if self >= total {
            return Share::ONE;
        }
        // Below 2^127 a remainder can be doubled. The bits dropped are far below 2^-62 of total.
        let excess = (total.bits()).saturating_sub(u128::BITS - 1);
        Share::of_ratio(self.shifted_right(excess), total.shifted_right(excess))
    }

    /// Decimal digits with a comma between groups of three: `4,294,967,296`.
    pub fn grouped(self) -> String {
        let digits = self.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }

    /// The number of bits up to the highest set one.
    fn bits(self) -> u32 {
        if self.high > 0 {
            u128::BITS + (u64::BITS - self.high.leading_zeros())
        } else {
            u128::BITS - self.low.leading_zeros()
        }
    }

    /// Shifted so that it fits; `by` is at most 65, for a `Count` has at most 192 bits.
    fn shifted_right(self, by: u32) -> u128 {
        match by {
            0 => self.low,
            _ => (self.low >> by) | (u128::from(self.high) << (u128::BITS - by)),
        }
    }

    /// The 64-bit digits, highest first.
    fn limbs(self) -> [u64; 3] {
        [self.high, (self.low >> 64) as u64, self.low as u64]
    }

    fn from_limbs([high, middle, low]: [u64; 3]) -> Self {
        Count { high, low: (u128::from(middle) << 64) | u128::from(low) }
    }

    /// Long division by `divisor`: quotient and remainder.
    fn divided(self, divisor: u64) -> (Self, u64) {
        let mut remainder = 0;
        let quotient = self.limbs().map(|limb| {
            let part = (u128::from(remainder) << 64) | u128::from(limb);
            remainder = (part % u128::from(divisor)) as u64;
            (part / u128::from(divisor)) as u64
        });
        (Self::from_limbs(quotient), remainder)
    }

    /// Ten times this and a digit more; `None` if that is too much.
    fn appended(self, digit: u32) -> Option<Self> {
        let mut carry = u128::from(digit);
        let mut limbs = self.limbs();
        for limb in limbs.iter_mut().rev() {
            let part = u128::from(*limb) * 10 + carry;
            *limb = part as u64;
            carry = part >> 64;
        }
        (carry == 0).then(|| Self::from_limbs(limbs))
    }
}

impl From<u128> for Count {
    #[inline]
    fn from(low: u128) -> Self {
        Count { high: 0, low }
    }
}

impl From<u64> for Count {
    fn from(low: u64) -> Self {
        u128::from(low).into()
    }
}

impl From<u32> for Count {
    fn from(low: u32) -> Self {
        u128::from(low).into()
    }
}

impl Add for Count {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        let (low, carry) = self.low.overflowing_add(other.low);
        self.high
            .checked_add(other.high)
            .and_then(|high| high.checked_add(carry.into()))
            .map_or(Self::MAX, |high| Count { high, low })
    }
}

impl AddAssign for Count {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Count> for Count {
    fn sum<I: Iterator<Item = &'a Self>>(counts: I) -> Self {
        counts.copied().sum()
    }
}

/// Exact decimal digits, nothing between them.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// The largest power of ten in 64 bits.
        const GROUP: u64 = 10_000_000_000_000_000_000;
        if let Some(small) = self.to_u128() {
            return fmt::Display::fmt(&small, f);
        }
        let (mut rest, lowest) = self.divided(GROUP);
        let mut digits = format!("{lowest:019}");
        while rest >= GROUP.into() {
            let (higher, group) = rest.divided(GROUP);
            digits.insert_str(0, &format!("{group:019}"));
            rest = higher;
        }
        digits.insert_str(0, &rest.low.to_string());
        f.pad_integral(true, "", &digits)
    }
}

impl fmt::Debug for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text isn't a count: one or more decimal digits, below 2^192.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct NotACount;

impl fmt::Display for NotACount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of addresses is decimal digits only, below 2^192")
    }
}

impl std::error::Error for NotACount {}

impl FromStr for Count {
    type Err = NotACount;

    fn from_str(text: &str) -> Result<Self, NotACount> {
        if text.is_empty() {
            return Err(NotACount);
        }
        text.chars().try_fold(Self::ZERO, |count, c| count.appended(c.to_digit(10)?)).ok_or(NotACount)
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <String as Deserialize>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Count {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[0-9]+$",
            "description": "A number of addresses, in decimal digits.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Set, Span};
    use super::*;

    const WHOLE_V6: &str = "340282366920938463463374607431768211456";

    #[test]
    fn whole_spaces() {
        assert_eq!(Set::<u32>::all().count().to_string(), "4294967296");
        assert_eq!(Set::<u32>::all().count().grouped(), "4,294,967,296");
        let v6 = Span::<u128>::ALL.count();
        assert_eq!(v6.to_string(), WHOLE_V6);
        assert_eq!(v6.grouped(), "340,282,366,920,938,463,463,374,607,431,768,211,456");
        assert_eq!(v6.to_u128(), None);
        assert_eq!(v6.checked_sub(Count::ONE), Some(u128::MAX.into()));
    }

    #[test]
    fn grouped_edges() {
        for (count, text) in
            [(0_u32, "0"), (999, "999"), (1_000, "1,000"), (100_000, "100,000"), (1_000_000, "1,000,000")]
        {
            assert_eq!(Count::from(count).grouped(), text);
        }
    }

    #[test]
    fn beyond_the_top_stays_there() {
        let top = "6277101735386680763835789423207666416102355444464034512895";
        assert_eq!(Count::MAX.to_string(), top);
        assert_eq!(top.parse(), Ok(Count::MAX));
        assert_eq!(Count::MAX + Count::ONE, Count::MAX);
        let beyond = "6277101735386680763835789423207666416102355444464034512896";
        assert_eq!(beyond.parse::<Count>(), Err(NotACount));
        assert_eq!(Count::ZERO.checked_sub(Count::ONE), None);
    }

    #[test]
    fn json_is_a_string() {
        let json = serde_json::to_string(&Span::<u128>::ALL.count()).expect("writes");
        assert_eq!(json, format!("\"{WHOLE_V6}\""));
        let back: Count = serde_json::from_str(&json).expect("reads");
        assert_eq!(back, Span::<u128>::ALL.count());
        for wrong in ["\"\"", "\"-1\"", "\"+1\"", "\" 1\"", "\"1e3\"", "1"] {
            assert!(serde_json::from_str::<Count>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn pads_like_a_number() {
        assert_eq!(format!("{:>5}|", Count::from(12_u32)), "   12|");
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use proptest::prelude::*;

    use super::*;

    fn count() -> impl Strategy<Value = Count> {
        let high = prop_oneof![3 => Just(0), 1 => 0_u64..3, 1 => any::<u64>()];
        let low = prop_oneof![any::<u128>(), any::<u64>().prop_map(u128::from), Just(u128::MAX)];
        (high, low).prop_map(|(high, low)| Count { high, low })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn text_round_trips(count in count()) {
            let text = count.to_string();
            prop_assert!(text == "0" || !text.starts_with('0'));
            prop_assert_eq!(text.parse::<Count>(), Ok(count));
            prop_assert_eq!(count.grouped().replace(',', ""), text);
        }

        #[test]
        fn small_ones_are_integers(a in any::<u64>(), b in any::<u64>()) {
            let (x, y) = (Count::from(a), Count::from(b));
            let sum = u128::from(a) + u128::from(b);
            prop_assert_eq!((x + y).to_u128(), Some(sum));
            prop_assert_eq!((x + y).to_string(), sum.to_string());
            prop_assert_eq!(x.checked_sub(y), a.checked_sub(b).map(Count::from));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        }

        #[test]
        fn sums_come_apart_again(a in count(), b in count()) {
            let sum = a + b;
            prop_assert_eq!(sum, b + a);
            prop_assert!(sum >= a && sum >= b);
            if sum < Count::MAX {
                prop_assert_eq!(sum.checked_sub(a), Some(b));
            }
            prop_assert_eq!(a.checked_sub(b).is_some(), a >= b);
        }

        #[test]
        fn shares_grow_with_the_part(a in count(), b in count(), total in count()) {
            let (less, more) = (a.min(b), a.max(b));
            prop_assert!(less.share_of(total) <= more.share_of(total));
            prop_assert_eq!(a.share_of(total) == Share::ZERO, a.is_zero());
            prop_assert_eq!(a.share_of(total) == Share::ONE, a >= total && !a.is_zero());
        }

        #[test]
        fn shares_are_the_nearest(part in any::<u32>(), total in 1_u32..) {
            let (part, total) = (part.min(total), part.max(total));
            let exact = (u128::from(part) * 1_000_000 + u128::from(total) / 2) / u128::from(total);
            let edges = if part == 0 { 0..=0 } else if part == total { 1_000_000..=1_000_000 } else { 1..=999_999 };
            let share = Count::from(part).share_of(total.into());
            let off = u128::from(share.millionths()).abs_diff(exact.clamp(*edges.start(), *edges.end()));
            // Off by one only where the exact value is halfway, to within 2^-62.
            let halfway = (u128::from(part) * 2_000_000) % u128::from(total) == 0;
            prop_assert!(off == 0 || (off == 1 && halfway));
        }
    }
}
