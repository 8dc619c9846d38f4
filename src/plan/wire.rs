//! A plan on its way through the engine's door: the document that it is.
//!
//! What else passes the door is written field by field, without names; a plan is written by [`save`] and read by the
//! reader of files, so that there is one reading of its many types.

use super::load::read_saved;
use super::{Ends, Id, Inbound, Outbound, Plan, Text, save};
use borsh::{BorshDeserialize, BorshSerialize};
use std::io::{Error, ErrorKind, Read, Result, Write};

impl BorshSerialize for Plan {
    fn serialize<W: Write>(&self, writer: &mut W) -> Result<()> {
        BorshSerialize::serialize(&save(self), writer)
    }
}

impl BorshDeserialize for Plan {
    fn deserialize_reader<R: Read>(reader: &mut R) -> Result<Self> {
        let json = String::deserialize_reader(reader)?;
        read_saved(&json).map_err(|_| Error::from(ErrorKind::InvalidData))
    }
}

/// What a flow is between, for measures of logs: small, so without JSON.
impl BorshSerialize for Ends {
    fn serialize<W: Write>(&self, writer: &mut W) -> Result<()> {
        let (kind, first, other, sources) = match self {
            Self::Outbound(ends) => (0_u8, &ends.site, &ends.service, ends.sources.as_str()),
            Self::Inbound(ends) => (1, &ends.published, &ends.from, ""),
        };
        kind.serialize(writer)?;
        first.serialize(writer)?;
        other.serialize(writer)?;
        sources.serialize(writer)
    }
}

impl BorshDeserialize for Ends {
    fn deserialize_reader<R: Read>(reader: &mut R) -> Result<Self> {
        let kind = u8::deserialize_reader(reader)?;
        let first = Id::deserialize_reader(reader)?;
        let other = Option::<Id>::deserialize_reader(reader)?;
        let sources = Text::from(String::deserialize_reader(reader)?);
        Ok(match kind {
            0 => Self::Outbound(Outbound { site: first, sources, service: other }),
            _ => Self::Inbound(Inbound { published: first, from: other }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::examples::EXAMPLES;
    use crate::plan::load;

    #[test]
    fn plans_pass_unchanged() {
        for example in EXAMPLES {
            let plan = load(example.json).unwrap().plan;
            let bytes = borsh::to_vec(&plan).unwrap();
            assert_eq!(borsh::from_slice::<Plan>(&bytes).unwrap(), plan, "{}", example.file);
            assert!(borsh::from_slice::<Plan>(&bytes[..bytes.len() - 1]).is_err());
        }
    }
}
