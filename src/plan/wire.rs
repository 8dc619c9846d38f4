//! A plan on its way through the engine's door: the document that it is.
//!
//! What else passes the door is written field by field, without names; a plan is written by [`save`] and read by the
//! reader of files, so that there is one reading of its many types.

use super::load::read_saved;
use super::{Plan, save};
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
