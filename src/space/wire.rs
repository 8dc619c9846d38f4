//! A prefix of another crate's type on its way through the engine's door: its address, then its length.

use borsh::{BorshDeserialize, BorshSerialize};
use ipnet::IpNet;
use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::IpAddr;

/// Writes it.
pub fn write_net<W: Write>(net: &IpNet, writer: &mut W) -> Result<()> {
    (net.addr(), net.prefix_len()).serialize(writer)
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
}
