//! What is typed in small fields, understood or refused with a reason.

use crate::plan::{Community, Mbps, Text};
use crate::report::words::page;
use crate::space::{Count, Set};
use std::fmt;

/// A whole number.
pub fn number(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| page::BAD_NUMBER.to_owned())
}

/// A whole number that may be very large.
pub fn big_number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| page::BAD_NUMBER.to_owned())
}

/// An AS number.
pub fn asn(text: &str) -> Result<u32, String> {
    let digits = text.trim_start_matches("AS").trim_start_matches("as");
    match digits.parse() {
        Ok(asn) if asn > 0 => Ok(asn),
        _ => Err(page::BAD_ASN.to_owned()),
    }
}

/// A rate in Mbps.
pub fn rate(text: &str) -> Result<Mbps, String> {
    text.parse().map_err(|_| page::BAD_RATE.to_owned())
}

/// An administrative distance.
pub fn distance(text: &str) -> Result<u8, String> {
    text.parse().map_err(|_| page::BAD_DISTANCE.to_owned())
}

/// A prefix length, with or without its slash.
pub fn length(text: &str) -> Result<u8, String> {
    match text.trim_start_matches('/').parse() {
        Ok(length) if length <= 128 => Ok(length),
        _ => Err(page::BAD_LENGTH.to_owned()),
    }
}

/// A number of ports kept from translation.
pub fn ports(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(ports) if ports <= 64_000 => Ok(ports),
        _ => Err(page::BAD_PORTS.to_owned()),
    }
}

/// How many addresses a list holds: a range counts each of them, and what is written twice counts once.
pub fn addresses(text: &Text) -> Count {
    let reading = crate::intake::read(text.as_str(), None);
    let v4 = Set::from_prefixes(reading.v4.iter().map(|entry| entry.prefix));
    let v6 = Set::from_prefixes(reading.v6.iter().map(|entry| entry.prefix));
    v4.count() + v6.count()
}

/// Communities, in a row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Communities(pub Vec<Community>);

impl fmt::Display for Communities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
    }
}

/// Communities with commas or blanks between.
pub fn communities(text: &str) -> Result<Communities, String> {
    words(text)
        .map(|word| word.parse().map_err(|_| page::bad_community(word)))
        .collect::<Result<_, _>>()
        .map(Communities)
}

/// Regions, in a row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Regions(pub Vec<u16>);

impl fmt::Display for Regions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
    }
}

/// Regions by the last three digits of their community, with commas or blanks between.
pub fn regions(text: &str) -> Result<Regions, String> {
    words(text)
        .map(|word| match word.parse::<u16>() {
            Ok(region) if region < 1_000 => Ok(region),
            _ => Err(page::bad_region(word)),
        })
        .collect::<Result<_, _>>()
        .map(Regions)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ', ';', '\t']).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_again() {
        for text in ["12076:51004, 12076:5010", ""] {
            assert_eq!(communities(text).unwrap().to_string(), text);
        }
        assert_eq!(regions("7 9,020").unwrap().to_string(), "7, 9, 20");
        assert_eq!(rate("0.5").unwrap().to_string(), "0.5");
        assert_eq!(asn("AS65001"), Ok(65_001));
    }

    #[test]
    fn nonsense_is_refused_with_a_reason() {
        assert!(number("-1").is_err() && number("4294967296").is_err() && big_number("x").is_err());
        assert!(asn("0").is_err() && distance("256").is_err() && ports("64001").is_err() && rate("1e3").is_err());
        assert!(communities("12076:51004, x").unwrap_err().contains('x'));
        assert!(regions("51007").unwrap_err().contains("51007"));
    }
}
