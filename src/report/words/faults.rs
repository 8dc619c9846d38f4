//! What is wrong in a text, in one plain sentence: what, the value and the limit, what to do.

use crate::intake::{BytesError, Counted, Expected, FaultCode, JsonProblem, Note, Reason, UnknownFormat};

/// A fault of a text.
pub fn fault(code: &FaultCode) -> String {
    match code {
        FaultCode::NotAnAddress { token } => {
            format!("“{token}” is neither an address, a prefix nor a range; it was left out.")
        }
        FaultCode::CommunityAlone { community } => {
            format!("“{community}” looks like a community and was left out; write community={community}.")
        }
        FaultCode::LengthApart { address, length } => format!(
            "“{length}” stands apart from {address}, which was read as one address; write {address}{length}."
        ),
        FaultCode::ShortAddress { given, full } => {
            format!("“{given}” leaves octets out and was left out itself; write {full}.")
        }
        FaultCode::LeadingZero { octet } => format!(
            "The octet {octet} has a leading zero, decimal to some programs and octal to others; it was left out, \
             write it without."
        ),
        FaultCode::OctetTooLarge { octet, limit } => {
            format!("The octet {octet} is more than {limit}; the address was left out.")
        }
        FaultCode::ZoneId { zone } => format!(
            "The zone {zone} means something on one machine only; the address was left out, write it without."
        ),
        FaultCode::MappedAddress { given, ipv4 } => {
            format!("{given} is the IPv4 address {ipv4} in IPv6 dress, and was read as that.")
        }
        FaultCode::NotALength { given, limit } => {
            format!("“{given}” is not a prefix length; write a whole number from 0 to {limit}.")
        }
        FaultCode::LengthTooLong { given, limit } => {
            format!("The prefix length {given} is more than {limit}; the prefix was left out.")
        }
        FaultCode::HostBitsSet { given, network } => {
            format!("{given} has host bits set; it was read as its network, {network}.")
        }
        FaultCode::MaskNotContiguous { mask } => {
            format!("{mask} is not a netmask, for a one stands behind a zero; the address before it was left out.")
        }
        FaultCode::WildcardMask { mask, prefix } => {
            format!("{mask} is a wildcard mask; it was read as {prefix}.")
        }
        FaultCode::AmbiguousMask { address } => format!(
            "0.0.0.0 behind {address} is everything as a netmask and one address as a wildcard; it was left out, \
             write {address}/32 or 0.0.0.0/0."
        ),
        FaultCode::NotARange { given } => format!(
            "“{given}” is not a range; write two addresses without lengths, the smaller first, e.g. \
             192.0.2.1-192.0.2.9."
        ),
        FaultCode::RangeReversed { first, last } => {
            format!("The range ends before it begins: {last} comes before {first}; it was left out.")
        }
        FaultCode::RangeMixed { first, last } => {
            format!("The range from {first} to {last} mixes IPv4 and IPv6; it was left out.")
        }
        FaultCode::RangeShort { given, full } => {
            format!("“{given}” cuts the end of the range to its last octet; it was read as {full}.")
        }
        FaultCode::DefaultIsIpv4 => "“default” was read as 0.0.0.0/0; write that, or ::/0 for IPv6.".to_owned(),
        FaultCode::UnknownAttribute { name } => format!(
            "“{name}” is no attribute of a prefix; it was left out with all up to the next comma, semicolon or line \
             end."
        ),
        FaultCode::AttributeWithoutPrefix { name } => {
            format!(
                "No prefix stands before “{name}” on its line; attributes come behind the prefixes they are for."
            )
        }
        FaultCode::DuplicateAttribute { name } => {
            format!("“{name}” is given twice for the same prefixes; the first one holds.")
        }
        FaultCode::BadValue { name, value, expected } if value.is_empty() => {
            format!("“{name}” has no value; it takes {}.", self::expected(*expected))
        }
        FaultCode::BadValue { name, value, expected } => {
            format!("“{name}” can't be “{value}”; it takes {}.", self::expected(*expected))
        }
        FaultCode::JsonSyntax { problem } => json(*problem),
        FaultCode::OutsideJson { lines: 1 } => "One line that is not JSON was passed over.".to_owned(),
        FaultCode::OutsideJson { lines } => format!("{lines} lines that are not JSON were passed over."),
        FaultCode::NotUnderstood { line } => format!("“{line}” was not understood and was passed over."),
        FaultCode::NoPrefixAbove { line } => {
            format!("“{line}” goes on with a prefix above it, and there is none; it was left out.")
        }
        FaultCode::NoRowBelow { prefix } => {
            format!("The prefix {prefix} stands alone, and no row follows it; it was left out.")
        }
        FaultCode::NotInColumns { line } => format!(
            "The values of “{line}” don't stand under their headings, so which is which can't be told; it was left \
             out. Paste it with all its blanks."
        ),
        FaultCode::NoHeading => {
            "The heading of this table is missing; its columns were taken to be where the device \
                                 usually has them."
                .to_owned()
        }
        FaultCode::PathCut { path } => {
            format!(
                "The AS path “{path}” is cut off; it is longer than what is shown, by how much can't be known."
            )
        }
        FaultCode::ListCut { list } => {
            format!("“{list}” is cut off, and what stands behind it isn't shown; paste the list in full, as JSON.")
        }
        FaultCode::OnlyNeighbours => {
            "This is a summary of BGP neighbours and has no routes; their number was kept. \
                                      Paste the route table itself."
                .to_owned()
        }
        FaultCode::NothingFound { format } => {
            format!("Nothing of the format “{}” was found here; choose another format.", format.title())
        }
        FaultCode::NoConfiguration { format } => {
            format!(
                "No translation, advertisement or policy was found in this {}; choose another format.",
                format.title()
            )
        }
        FaultCode::TextTooLong { limit, value } => format!(
            "The text is {value} bytes long, more than the limit of {limit}; only its beginning was read. Split it."
        ),
        FaultCode::LineTooLong { limit, value } => format!(
            "The line is {value} bytes long, more than the limit of {limit}; only its beginning was read. Break it."
        ),
        FaultCode::GzipBroken { unpacked } => format!(
            "The gzip file is damaged or cut off: {unpacked} bytes could be unpacked, and were read. Fetch it again."
        ),
        FaultCode::RecordTooLong { limit } => {
            format!("A record is longer than {limit} bytes, which is the limit; it was passed over.")
        }
        FaultCode::RecordLacks { what } => format!("A record without its {what} was left out."),
        FaultCode::NoSuchColumn { name } => {
            format!("No column of the heading is called “{name}”; say what it is called.")
        }
        FaultCode::NoLog { heading } if heading.is_empty() => {
            "It is no flow log of a known kind, nor CSV with a heading.".to_owned()
        }
        FaultCode::NoLog { heading } => {
            format!("It is no flow log of a known kind; if it is CSV, say what the columns of “{heading}” hold.")
        }
        FaultCode::TooManyEntries { what, limit } => {
            let what = match what {
                Counted::Prefixes => "prefixes of one family",
                Counted::Sets => "named sets",
                Counted::Urls => "host names",
                Counted::Items => "rules or published services",
                Counted::Words => "words, those before its braces told again for each line in them",
            };
            format!("The text has more than {limit} {what}, which is the limit; the rest was left out. Split it.")
        }
    }
}

fn expected(expected: Expected) -> String {
    match expected {
        Expected::Number { from, to } => format!("a whole number from {from} to {to}"),
        Expected::LengthBound { from, to } if from == to => format!("only the length {to} here"),
        Expected::LengthBound { from, to } => format!("a length from {from} to {to} here"),
        Expected::AsPath => "AS numbers, sets like {1,2} and confederations like (1 2)".to_owned(),
        Expected::Origin => "igp, egp or incomplete".to_owned(),
        Expected::Community => "communities like 12076:51004, both numbers 0 to 65535".to_owned(),
        Expected::Address => "an address without a length".to_owned(),
        Expected::Prefix => "a prefix like 192.0.2.0/24".to_owned(),
        Expected::Protocol => "bgp, static or igp".to_owned(),
        Expected::Boolean => "true or false".to_owned(),
        Expected::Text => "text in quotes".to_owned(),
        Expected::Time => "a time of this century, like 2026-11-16 08:00:00 or seconds since 1970".to_owned(),
        Expected::Seconds => "a number of seconds".to_owned(),
        Expected::Count => "a whole number".to_owned(),
        Expected::Tuple => "the values of a flow, with commas between".to_owned(),
    }
}

fn json(problem: JsonProblem) -> String {
    match problem {
        JsonProblem::MissingComma => "A comma is missing before this; it was read as if it were there.",
        JsonProblem::StrayComma => "This comma separates nothing; it was passed over.",
        JsonProblem::MissingColon => "A colon is missing before this; it was read as if it were there.",
        JsonProblem::MissingKey => "This value stands in an object without a key.",
        JsonProblem::MissingValue => "A key has no value before this.",
        JsonProblem::StrayCloser => "This bracket closes nothing; it was passed over.",
        JsonProblem::WrongCloser => {
            "This bracket closes more than was opened last; what is open inside ends here."
        }
        JsonProblem::UnclosedString => {
            "The closing quote is missing on this line; it was read up to the line's end."
        }
        JsonProblem::UnknownWord => "This word is no JSON; it was passed over.",
        JsonProblem::CutOff => "The text ends in the middle of the JSON; what came before was read.",
        JsonProblem::TooDeep { limit } => {
            return format!(
                "Arrays and objects are nested more than {limit} deep; the inner ones were passed over."
            );
        }
    }
    .to_owned()
}

/// Why the bytes of a file can't be read as text.
pub fn bytes_error(error: &BytesError) -> String {
    match error {
        BytesError::TooLong { limit, value } => {
            format!("The text is {value} bytes long, more than the limit of {limit}. Split it.")
        }
        BytesError::GzipTooLong { limit, packed } => format!(
            "The gzip file of {packed} bytes unpacks to more than the limit of {limit} bytes. Unpack and split it."
        ),
        BytesError::GzipBroken { unpacked } => format!(
            "The gzip file is damaged or cut off: {unpacked} bytes came out of it before that. Fetch it again."
        ),
        BytesError::Zip => {
            "This is a zip archive or an Office document. Unpack it, or save the sheet as CSV or text.".to_owned()
        }
    }
}

/// What was done to a file's bytes to get its text.
pub fn note(note: Note) -> &'static str {
    match note {
        Note::Gzip => "Unpacked from gzip.",
        Note::ByteOrderMark => "A byte order mark was taken off.",
        Note::Utf16Le => "Read as UTF-16, low byte first.",
        Note::Utf16Be => "Read as UTF-16, high byte first.",
        Note::Latin1 => "Not UTF-8: read as Windows-1252.",
        Note::Replaced => "Some characters could not be read and were replaced.",
    }
}

/// Why a text is taken for a format.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Keys { keys } if keys.len() == 1 => format!("It has the key {}.", keys.concat()),
        Reason::Keys { keys } => format!("It has the keys {}.", keys.join(", ")),
        Reason::Heading { heading } => format!("It has the heading “{heading}”."),
        Reason::Addresses { lines, of } if lines == of => "Its lines hold addresses.".to_owned(),
        Reason::Addresses { lines, of } => format!("{lines} of its first {of} lines hold addresses."),
        Reason::Rows { lines, of } if lines == of => "Its lines have the shape of its rows.".to_owned(),
        Reason::Rows { lines, of } => format!("{lines} of its first {of} lines have the shape of its rows."),
        Reason::LastResort => "It looks like nothing else that is known.".to_owned(),
    }
}

/// Not the name of a format.
pub fn unknown_format(error: &UnknownFormat) -> String {
    let names = crate::intake::Format::ALL.map(crate::intake::Format::name).join(", ");
    format!("“{}” is no format. Known are: {names}.", error.0)
}
