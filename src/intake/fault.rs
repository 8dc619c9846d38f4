//! Faults: what is wrong in a text, where, and how it may be mended. The sentences are `report`'s.

use super::Format;
use super::config::ConfigFormat;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::ops::Range;

/// How many faults of one text are kept; the rest are only counted.
pub const MAX_FAULTS: usize = 1_000;

/// How many characters of a text a fault quotes.
pub(crate) const MAX_QUOTE: usize = 60;

/// Something wrong in a text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Fault {
    /// How bad it is.
    pub severity: Severity,
    /// What it is.
    #[serde(flatten)]
    pub code: FaultCode,
    /// Where it is: bytes of the text, on character boundaries.
    pub span: Range<u32>,
    /// What would mend it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// How bad a fault is.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something was not read.
    Error,
    /// It was read, in the way that the fault says.
    Warning,
}

/// A replacement that mends a fault.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Fix {
    /// What is replaced: bytes of the text.
    pub span: Range<u32>,
    /// By what.
    pub replacement: String,
}

/// What a fault is, with the values that its sentence needs. The code is stable, see [`FaultCode::code`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FaultCode {
    /// Neither an address, a prefix nor a range.
    NotAnAddress {
        /// The word.
        token: String,
    },
    /// A community behind a prefix, without the name of the attribute.
    CommunityAlone {
        /// The community.
        community: String,
    },
    /// A prefix length that a blank parts from its address.
    LengthApart {
        /// The address.
        address: String,
        /// The length with its slash.
        length: String,
    },
    /// An IPv4 prefix with octets left out, `10.1/16`.
    ShortAddress {
        /// As written.
        given: String,
        /// With all four octets.
        full: String,
    },
    /// An IPv4 octet with a leading zero: decimal to some, octal to others.
    LeadingZero {
        /// The octet.
        octet: String,
    },
    /// An IPv4 octet above 255.
    OctetTooLarge {
        /// The octet.
        octet: String,
        /// The largest octet.
        limit: u32,
    },
    /// An IPv6 address with a zone, `fe80::1%eth0`: it means something on one machine only.
    ZoneId {
        /// The zone with its percent sign.
        zone: String,
    },
    /// An IPv4 address in IPv6 dress, `::ffff:192.0.2.1`; read as IPv4.
    MappedAddress {
        /// As written.
        given: String,
        /// The IPv4 prefix.
        ipv4: String,
    },
    /// What stands behind the slash is not a prefix length.
    NotALength {
        /// As written.
        given: String,
        /// The longest length of the family.
        limit: u8,
    },
    /// A prefix length beyond the family's.
    LengthTooLong {
        /// As written.
        given: String,
        /// The longest length of the family.
        limit: u8,
    },
    /// A prefix with host bits set; read as its network.
    HostBitsSet {
        /// As written.
        given: String,
        /// The network.
        network: String,
    },
    /// A netmask with a one behind a zero.
    MaskNotContiguous {
        /// The mask.
        mask: String,
    },
    /// A wildcard mask, `0.0.0.255`; read as the prefix.
    WildcardMask {
        /// The mask.
        mask: String,
        /// The prefix.
        prefix: String,
    },
    /// `0.0.0.0` behind an address: everything as a netmask, one address as a wildcard.
    AmbiguousMask {
        /// The address.
        address: String,
    },
    /// The second end of a range is not an address.
    NotARange {
        /// As written.
        given: String,
    },
    /// A range whose last address comes before its first.
    RangeReversed {
        /// The first address as written.
        first: String,
        /// The last address as written.
        last: String,
    },
    /// A range from one family to the other.
    RangeMixed {
        /// The first address as written.
        first: String,
        /// The last address as written.
        last: String,
    },
    /// A range whose last address is cut to its last octet, `192.0.2.1-9`; read as that.
    RangeShort {
        /// As written.
        given: String,
        /// In full.
        full: String,
    },
    /// The word `default`; read as `0.0.0.0/0`.
    DefaultIsIpv4,
    /// A word behind a prefix that is no attribute.
    UnknownAttribute {
        /// The word.
        name: String,
    },
    /// An attribute with no prefix before it on its line.
    AttributeWithoutPrefix {
        /// The attribute.
        name: String,
    },
    /// An attribute that is given twice; the first holds.
    DuplicateAttribute {
        /// The attribute.
        name: String,
    },
    /// A value that its attribute, or its place in the format, doesn't take.
    BadValue {
        /// The attribute or JSON key.
        name: String,
        /// The value as written.
        value: String,
        /// What would do.
        expected: Expected,
    },
    /// The text is not JSON at this place.
    JsonSyntax {
        /// What is wrong.
        problem: JsonProblem,
    },
    /// Text around the JSON; passed over.
    OutsideJson {
        /// How many lines.
        lines: u32,
    },
    /// A line of a print that wasn't understood; passed over.
    NotUnderstood {
        /// The line.
        line: String,
    },
    /// A row that goes on with the prefix above, and there is none.
    NoPrefixAbove {
        /// The line.
        line: String,
    },
    /// A prefix alone on its line, and no row behind it.
    NoRowBelow {
        /// The prefix.
        prefix: String,
    },
    /// A row whose values don't stand under the headings of their columns.
    NotInColumns {
        /// The line.
        line: String,
    },
    /// A table without its heading; the columns were taken to be where the device usually has them.
    NoHeading,
    /// An AS path that is cut off; it has more AS numbers than are shown.
    PathCut {
        /// As written.
        path: String,
    },
    /// A list of values that is cut off; what stands behind isn't shown.
    ListCut {
        /// As written.
        list: String,
    },
    /// A summary of neighbours, which has no routes.
    OnlyNeighbours,
    /// Nothing of the format was found.
    NothingFound {
        /// The format it was read as.
        format: Format,
    },
    /// Nothing of the format of configuration was found.
    NoConfiguration {
        /// The format it was read as.
        format: ConfigFormat,
    },
    /// The text is too long; only its beginning was read.
    TextTooLong {
        /// The limit in bytes.
        limit: u64,
        /// Its length in bytes.
        value: u64,
    },
    /// A line is too long; only its beginning was read.
    LineTooLong {
        /// The limit in bytes.
        limit: u32,
        /// Its length in bytes.
        value: u32,
    },
    /// The gzip file is damaged or cut off; what could be unpacked was read.
    GzipBroken {
        /// How many bytes that is.
        unpacked: u64,
    },
    /// A record of a log that is longer than any record is; passed over.
    RecordTooLong {
        /// The limit in bytes.
        limit: u32,
    },
    /// A record of a log that lacks something; left out.
    RecordLacks {
        /// What.
        what: String,
    },
    /// A heading of a log in which no column has a name that was given.
    NoSuchColumn {
        /// The name.
        name: String,
    },
    /// A log in no known format.
    NoLog {
        /// The line that is likeliest to be its heading; empty where there is none.
        heading: String,
    },
    /// The text has too many of something; only the first were read.
    TooManyEntries {
        /// Of what.
        what: Counted,
        /// The limit.
        limit: u32,
    },
}

impl FaultCode {
    /// The stable code, e.g. `host-bits-set`: the same as in JSON, and never changed once released.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAnAddress { .. } => "not-an-address",
            Self::CommunityAlone { .. } => "community-alone",
            Self::LengthApart { .. } => "length-apart",
            Self::ShortAddress { .. } => "short-address",
            Self::LeadingZero { .. } => "leading-zero",
            Self::OctetTooLarge { .. } => "octet-too-large",
            Self::ZoneId { .. } => "zone-id",
            Self::MappedAddress { .. } => "mapped-address",
            Self::NotALength { .. } => "not-a-length",
            Self::LengthTooLong { .. } => "length-too-long",
            Self::HostBitsSet { .. } => "host-bits-set",
            Self::MaskNotContiguous { .. } => "mask-not-contiguous",
            Self::WildcardMask { .. } => "wildcard-mask",
            Self::AmbiguousMask { .. } => "ambiguous-mask",
            Self::NotARange { .. } => "not-a-range",
            Self::RangeReversed { .. } => "range-reversed",
            Self::RangeMixed { .. } => "range-mixed",
            Self::RangeShort { .. } => "range-short",
            Self::DefaultIsIpv4 => "default-is-ipv4",
            Self::UnknownAttribute { .. } => "unknown-attribute",
            Self::AttributeWithoutPrefix { .. } => "attribute-without-prefix",
            Self::DuplicateAttribute { .. } => "duplicate-attribute",
            Self::BadValue { .. } => "bad-value",
            Self::JsonSyntax { .. } => "json-syntax",
            Self::OutsideJson { .. } => "outside-json",
            Self::NotUnderstood { .. } => "not-understood",
            Self::NoPrefixAbove { .. } => "no-prefix-above",
            Self::NoRowBelow { .. } => "no-row-below",
            Self::NotInColumns { .. } => "not-in-columns",
            Self::NoHeading => "no-heading",
            Self::PathCut { .. } => "path-cut",
            Self::ListCut { .. } => "list-cut",
            Self::OnlyNeighbours => "only-neighbours",
            Self::NothingFound { .. } => "nothing-found",
            Self::NoConfiguration { .. } => "no-configuration",
            Self::TextTooLong { .. } => "text-too-long",
            Self::LineTooLong { .. } => "line-too-long",
            Self::GzipBroken { .. } => "gzip-broken",
            Self::RecordTooLong { .. } => "record-too-long",
            Self::RecordLacks { .. } => "record-lacks",
            Self::NoSuchColumn { .. } => "no-such-column",
            Self::NoLog { .. } => "no-log",
            Self::TooManyEntries { .. } => "too-many-entries",
        }
    }
}

/// What a value should have been.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    /// A whole number, both ends included.
    Number {
        /// The smallest.
        from: u32,
        /// The largest.
        to: u32,
    },
    /// A prefix length between that of the prefixes before it and the family's, `ge` not above `le`.
    LengthBound {
        /// The smallest.
        from: u8,
        /// The largest.
        to: u8,
    },
    /// AS numbers, sets `{1,2}`, confederations `(1 2)` and `[1,2]`.
    AsPath,
    /// `igp`, `egp`, `incomplete`, or `i`, `e`, `?`.
    Origin,
    /// `ASN:VALUE`, or a well-known name.
    Community,
    /// An address without a length.
    Address,
    /// A prefix.
    Prefix,
    /// `bgp`, `static` or `igp`.
    Protocol,
    /// JSON's true or false.
    Boolean,
    /// A JSON string.
    Text,
    /// A time of this century.
    Time,
    /// A span in seconds.
    Seconds,
    /// A whole number of any size.
    Count,
    /// The values of a flow, with commas between.
    Tuple,
}

/// What there may be too many of.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// Prefixes of one family.
    Prefixes,
    /// Named sets.
    Sets,
    /// Host names.
    Urls,
    /// Rules or published services of configuration.
    Items,
    /// Words in all paths of a configuration in braces.
    Words,
}

/// What is wrong with a piece of JSON.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JsonProblem {
    /// No comma between two values.
    MissingComma,
    /// A comma with nothing behind it, or two of them.
    StrayComma,
    /// No colon between a key and its value.
    MissingColon,
    /// A value without a key in an object.
    MissingKey,
    /// A key without a value.
    MissingValue,
    /// A bracket or brace that closes nothing.
    StrayCloser,
    /// A bracket or brace that closes another kind.
    WrongCloser,
    /// A string without its closing quote on its line.
    UnclosedString,
    /// A word that is no JSON value.
    UnknownWord,
    /// The text ends in the middle.
    CutOff,
    /// Arrays and objects are nested too deep; the inner ones were passed over.
    TooDeep {
        /// The limit.
        limit: u32,
    },
}

/// The faults of one text: the first [`MAX_FAULTS`] of them in the text's order, and how many there are.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Faults {
    /// Those kept, by place.
    pub kept: Vec<Fault>,
    /// How many errors there are, kept or not.
    pub errors: u32,
    /// How many warnings there are, kept or not.
    pub warnings: u32,
}

impl Faults {
    /// How many there are, kept or not.
    pub fn total(&self) -> u32 {
        self.errors.saturating_add(self.warnings)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.total() == 0
    }

    /// How many are counted, but not kept.
    pub fn dropped(&self) -> u32 {
        self.total().saturating_sub(u32::try_from(self.kept.len()).unwrap_or(u32::MAX))
    }

    /// Counts one more and keeps it while there is room; what it says is made only then.
    pub(crate) fn add(
        &mut self,
        severity: Severity,
        span: Range<u32>,
        say: impl FnOnce() -> (FaultCode, Option<Fix>),
    ) {
        let count = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count = count.saturating_add(1);
        if self.kept.len() < MAX_FAULTS {
            let (code, fix) = say();
            self.kept.push(Fault { severity, code, span, fix });
        }
    }
}

/// At most [`MAX_QUOTE`] characters of a text, for quoting.
pub(crate) fn quote(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTE) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}
