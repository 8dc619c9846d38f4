//! A record as it comes together, value by value.

use super::format::Traits;
use super::record::{Field, Record, Sessions};
use super::time::{seconds, time};
use crate::intake::Expected;
use crate::intake::address::{scan_v4, scan_v6};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What is known of a record so far.
#[derive(Copy, Clone, Default, Debug)]
pub(super) struct Partial {
    source: Option<IpAddr>,
    destination: Option<IpAddr>,
    source_port: u16,
    destination_port: u16,
    bytes: Option<u64>,
    bytes_back: Option<u64>,
    start: Option<u64>,
    end: Option<u64>,
    duration: Option<u64>,
    flows: Option<u64>,
    sampling: Option<u64>,
    /// A value of it can't be read; that was said.
    bad: bool,
}

/// What a partial record turned out to be.
pub(super) enum Finished {
    /// A record.
    Record(Record),
    /// Something else, or a record of which it was said that a value can't be read.
    Nothing,
    /// A record without this.
    Lacks(Field),
}

impl Partial {
    /// Takes a value; what the field would take where it isn't one. An empty value is none.
    pub(super) fn set(&mut self, field: Field, value: &[u8]) -> Result<(), Expected> {
        if value.is_empty() || value == b"-" {
            return Ok(());
        }
        let read = self.read(field, value);
        self.bad |= read.is_err();
        read
    }

    fn read(&mut self, field: Field, value: &[u8]) -> Result<(), Expected> {
        match field {
            Field::Source => self.source = Some(address(value).ok_or(Expected::Address)?),
            Field::Destination => self.destination = Some(address(value).ok_or(Expected::Address)?),
            // Some write the type of ICMP there; it says nothing of who began.
            Field::SourcePort => {
                self.source_port = number(value).and_then(|port| port.try_into().ok()).unwrap_or(0)
            }
            Field::DestinationPort => {
                self.destination_port = number(value).and_then(|port| port.try_into().ok()).unwrap_or(0);
            }
            Field::Bytes => self.bytes = Some(number(value).ok_or(Expected::Count)?),
            Field::BytesBack => self.bytes_back = Some(number(value).ok_or(Expected::Count)?),
            Field::Start => self.start = Some(time(value).ok_or(Expected::Time)?),
            Field::End => self.end = Some(time(value).ok_or(Expected::Time)?),
            Field::Duration => self.duration = Some(seconds(value).ok_or(Expected::Seconds)?),
            Field::Flows => self.flows = Some(number(value).ok_or(Expected::Count)?),
            Field::Sampling => self.sampling = Some(number(value).ok_or(Expected::Count)?),
        }
        Ok(())
    }

    /// The record, once everything is there.
    pub(super) fn finish(&self, traits: &Traits) -> Finished {
        if self.bad {
            return Finished::Nothing;
        }
        let (source, destination) = match (self.source, self.destination) {
            (Some(source), Some(destination)) => (source, destination),
            (None, None) => return Finished::Nothing,
            (None, _) => return Finished::Lacks(Field::Source),
            (_, None) => return Finished::Lacks(Field::Destination),
        };
        let Some(bytes) = self.bytes else { return Finished::Lacks(Field::Bytes) };
        let (from, to) = match (self.start, self.end, self.duration) {
            // A collector names when it told of the flow, and the time that it tells of ends then.
            (start, end, _) if traits.interval > 0 => match end.or(start) {
                Some(end) => (end.saturating_sub(traits.interval), end),
                None => return Finished::Lacks(Field::End),
            },
            (Some(start), Some(end), _) => (start, end.max(start)),
            (Some(start), None, duration) => (start, start.saturating_add(duration.unwrap_or(0))),
            (None, Some(end), duration) => (end.saturating_sub(duration.unwrap_or(0)), end),
            (None, None, _) => return Finished::Lacks(Field::Start),
        };
        let rate = self.sampling.unwrap_or(traits.sampling).max(1);
        let sessions = match traits.sampling {
            // Of most sessions no packet was looked at.
            2.. => Sessions::Untold,
            _ if rate > 1 => Sessions::Untold,
            _ => Sessions::Flows(u32::try_from(self.flows.unwrap_or(1)).unwrap_or(u32::MAX)),
        };
        Finished::Record(Record {
            from,
            to,
            source,
            destination,
            source_port: self.source_port,
            destination_port: self.destination_port,
            sent: bytes.saturating_mul(rate),
            received: self.bytes_back.unwrap_or(0).saturating_mul(rate),
            sessions,
            source_began: false,
            denied: false,
        })
    }
}

/// An address that takes up all of some bytes; IPv4 in IPv6 dress is IPv4.
pub(super) fn address(bytes: &[u8]) -> Option<IpAddr> {
    if let Some((address, end)) = scan_v4(bytes) {
        return (end == bytes.len()).then(|| Ipv4Addr::from_bits(address).into());
    }
    let (address, end) = scan_v6(bytes)?;
    (end == bytes.len()).then(|| Ipv6Addr::from_bits(address).to_canonical())
}

/// A whole number that takes up all of some bytes; a fraction of nothing but zeros is none.
pub(super) fn number(bytes: &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    let mut digits = 0;
    for byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            let rest = bytes.get(digits..)?;
            let zeros = rest.first() == Some(&b'.') && rest.len() > 1 && rest.iter().skip(1).all(|b| *b == b'0');
            return (digits > 0 && zeros).then_some(number);
        }
        number = number.checked_mul(10)?.checked_add(u64::from(digit))?;
        digits += 1;
    }
    (digits > 0).then_some(number)
}
