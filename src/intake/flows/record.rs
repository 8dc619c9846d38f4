//! What one record of a flow log says, whatever the format.

use std::net::IpAddr;

/// One record of a flow log.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// When its bytes began to flow: milliseconds since 1970 in UTC, or in the log's own time where that names no zone.
    pub from: u64,
    /// When they ended; never before [`from`](Self::from).
    pub to: u64,
    /// The sender of the packets that the record is of.
    pub source: IpAddr,
    /// Their receiver.
    pub destination: IpAddr,
    /// The sender's port; 0 where there is none.
    pub source_port: u16,
    /// The receiver's port; 0 where there is none.
    pub destination_port: u16,
    /// Bytes from the source to the destination; samples are multiplied already.
    pub sent: u64,
    /// Bytes from the destination to the source, where the record is of both ways.
    pub received: u64,
    /// What it says of sessions.
    pub sessions: Sessions,
    /// Whether the source is known to have begun the session; else ports must tell.
    pub source_began: bool,
    /// It was refused: nothing flowed.
    pub denied: bool,
}

/// What a record says of sessions.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Sessions {
    /// Nothing: the log is of sampled packets.
    Untold,
    /// So many flows, alive from its beginning to its end.
    Flows(u32),
    /// One begins.
    Begins,
    /// One goes on.
    Continues,
    /// One ends.
    Ends,
}

/// What a column or field of a record holds.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    /// The sender.
    Source,
    /// The receiver.
    Destination,
    /// The sender's port.
    SourcePort,
    /// The receiver's port.
    DestinationPort,
    /// Bytes from sender to receiver.
    Bytes,
    /// Bytes from receiver to sender.
    BytesBack,
    /// When it began.
    Start,
    /// When it ended.
    End,
    /// How long it lasted, in seconds.
    Duration,
    /// How many flows it is of.
    Flows,
    /// Of how many packets one was looked at.
    Sampling,
}

impl Field {
    /// Every field, in the order people name them.
    pub const ALL: [Self; 11] = [
        Self::Source,
        Self::Destination,
        Self::Bytes,
        Self::BytesBack,
        Self::Start,
        Self::End,
        Self::Duration,
        Self::SourcePort,
        Self::DestinationPort,
        Self::Flows,
        Self::Sampling,
    ];

    /// Its name, as `--columns` has it. Never changed once released.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Destination => "destination",
            Self::SourcePort => "source-port",
            Self::DestinationPort => "destination-port",
            Self::Bytes => "bytes",
            Self::BytesBack => "bytes-back",
            Self::Start => "start",
            Self::End => "end",
            Self::Duration => "duration",
            Self::Flows => "flows",
            Self::Sampling => "sampling",
        }
    }
}
