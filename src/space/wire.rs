//! Prefixes of another crate's type and sets on their way through the engine's door: a prefix as its address, then
//! its length, a set as its spans.

use super::{Address, Set, Span};
use borsh::{BorshDeserialize, BorshSerialize};
use ipnet::IpNet;
use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::IpAddr;

/// Writes it.
pub fn write_net<W: Write>(net: &IpNet, writer: &mut W) -> Result<()> {
    (net.addr(), net.prefix_len()).serialize(writer)
}

/// Writes several.
pub fn write_nets<W: Write>(nets: &[IpNet], writer: &mut W) -> Result<()> {
    (nets.len() as u64).serialize(writer)?;
    nets.iter().try_for_each(|net| write_net(net, writer))
}

/// Reads several.
pub fn read_nets<R: Read>(reader: &mut R) -> Result<Vec<IpNet>> {
    let count = u64::deserialize_reader(reader)?;
    (0..count).map(|_| read_net(reader)).collect()
}

/// A set goes through as its spans. What comes is brought into order, whatever it is.
impl<A: Address + BorshSerialize> BorshSerialize for Set<A> {
    fn serialize<W: Write>(&self, writer: &mut W) -> Result<()> {
        (self.spans().len() as u64).serialize(writer)?;
        self.spans().iter().try_for_each(|span| (span.first, span.last).serialize(writer))
    }
}

impl<A: Address + BorshDeserialize> BorshDeserialize for Set<A> {
    fn deserialize_reader<R: Read>(reader: &mut R) -> Result<Self> {
        let count = u64::deserialize_reader(reader)?;
        let span = |_| <(A, A)>::deserialize_reader(reader).map(|(first, last)| Span { first, last });
        Ok(Self::from_spans((0..count).map(span).collect::<Result<Vec<_>>>()?))
    }
}

/// Reads it; a length that its family doesn't have is an error.
pub fn read_net<R: Read>(reader: &mut R) -> Result<IpNet> {
    let (address, length) = <(IpAddr, u8)>::deserialize_reader(reader)?;
    IpNet::new(address, length).map_err(|_| Error::from(ErrorKind::InvalidData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_passes_unchanged_and_an_impossible_one_not() {
        for text in ["192.0.2.0/24", "0.0.0.0/0", "2001:db8::/128"] {
            let net: IpNet = text.parse().unwrap();
            let mut bytes = Vec::new();
            write_net(&net, &mut bytes).unwrap();
            assert_eq!(read_net(&mut bytes.as_slice()).unwrap(), net);
            bytes.pop();
            bytes.push(129);
            assert!(read_net(&mut bytes.as_slice()).is_err());
        }
    }

    #[test]
    fn several_prefixes_pass_unchanged() {
        let nets: Vec<IpNet> = vec!["192.0.2.0/24".parse().unwrap(), "2001:db8::/32".parse().unwrap()];
        let mut bytes = Vec::new();
        write_nets(&nets, &mut bytes).unwrap();
        assert_eq!(read_nets(&mut bytes.as_slice()).unwrap(), nets);
        bytes.pop();
        assert!(read_nets(&mut bytes.as_slice()).is_err());
    }

    #[test]
    fn a_set_passes_unchanged_and_what_is_none_is_brought_into_order() {
        let set = Set::from_spans([Span { first: 5_u32, last: 9 }, Span { first: 20, last: 20 }]);
        assert_eq!(borsh::from_slice::<Set<u32>>(&borsh::to_vec(&set).unwrap()).unwrap(), set);
        let bytes = borsh::to_vec(&vec![(20_u32, 20_u32), (9, 5), (5, 7), (6, 9)]).unwrap();
        let count = (4_u64).to_le_bytes();
        let bytes: Vec<u8> = count.into_iter().chain(bytes[4..].iter().copied()).collect();
        assert_eq!(borsh::from_slice::<Set<u32>>(&bytes).unwrap(), set);
    }
}
