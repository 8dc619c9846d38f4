//! How the columns of a flow log are called.

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the columns of flow logs in CSV are called, as someone said it once.
///
/// A log whose heading has all these names is read by them. A number is a column by its place, from 1, in logs without a
/// heading.
#[derive(
    Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema, BorshSerialize, BorshDeserialize,
)]
pub struct LogColumns {
    /// The sender's address.
    pub source: String,
    /// The receiver's address.
    pub destination: String,
    /// Bytes from sender to receiver.
    pub bytes: String,
    /// Bytes from receiver to sender, where a record is of both ways.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bytes_back: String,
    /// When the flow began.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub start: String,
    /// When it ended; one of the two is needed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub end: String,
    /// How many seconds it lasted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub duration: String,
    /// The sender's port.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_port: String,
    /// The receiver's port.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub destination_port: String,
    /// How many flows the record is of.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub flows: String,
    /// Of how many packets one was looked at.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sampling: String,
}
