//! What the fuzz targets share: the formats of each family, and what must hold for whatever they are given.
//!
//! An input begins with the name of a format on a line of its own; where that is no name of the family, its bytes pick
//! one. What follows is the text.

#[path = "../tests/intake/sound.rs"]
mod sound;
#[path = "../tests/config/sound.rs"]
mod sound_setup;
#[path = "../tests/flows/sound.rs"]
mod sound_log;

use sound::{sound, stepped};
use twopath::intake::config::{self, ConfigFormat};
use twopath::intake::flows::LogFormat;
use twopath::intake::{Format, decode, read, recognise};
use twopath::plan::LogColumns;

/// Lists that people type.
pub const PLAIN: [Format; 2] = [Format::Plain, Format::Bgpdump];

/// Tables in columns, and prints whose rows stand alone.
pub const TABLES: [Format; 17] = [
    Format::IosBgp,
    Format::XrBgp,
    Format::NxosBgp,
    Format::EosBgp,
    Format::FrrBgp,
    Format::Bird,
    Format::IosRoute,
    Format::XrRoute,
    Format::AsaRoute,
    Format::EosRoute,
    Format::FortigateRoute,
    Format::NxosRoute,
    Format::PanosRoute,
    Format::CheckpointRoute,
    Format::IpRoute,
    Format::Bgpdump,
    Format::Plain,
];

/// Formats in JSON.
pub const JSON: [Format; 7] = [
    Format::ServiceTags,
    Format::Microsoft365,
    Format::BgpCommunityPrint,
    Format::BgpCommunityCli,
    Format::FrrBgpJson,
    Format::JunosRouteJson,
    Format::IpRouteJson,
];

/// CSV.
pub const CSV: [Format; 1] = [Format::Csv];

/// Junos.
pub const JUNOS: [Format; 4] =
    [Format::JunosRoute, Format::JunosRouteDetail, Format::JunosRouteTerse, Format::JunosRouteJson];

/// Azure.
pub const AZURE: [Format; 5] = [
    Format::AzureCircuit,
    Format::AzureSummary,
    Format::AzureEffective,
    Format::AzureLearned,
    Format::AzureAdvertised,
];

/// Cisco IOS and its like, IOS-XR, BIRD.
pub const CONFIG_IOS: [ConfigFormat; 3] = [ConfigFormat::Ios, ConfigFormat::Xr, ConfigFormat::Bird];

/// Cisco ASA.
pub const CONFIG_ASA: [ConfigFormat; 2] = [ConfigFormat::Asa, ConfigFormat::AsaShowNat];

/// Junos.
pub const CONFIG_JUNOS: [ConfigFormat; 1] = [ConfigFormat::Junos];

/// FortiGate and PAN-OS.
pub const CONFIG_FIREWALLS: [ConfigFormat; 3] =
    [ConfigFormat::Fortigate, ConfigFormat::Panos, ConfigFormat::PanosNatPolicy];

/// Linux.
pub const CONFIG_LINUX: [ConfigFormat; 2] = [ConfigFormat::Iptables, ConfigFormat::Nftables];

/// Azure's peerings and route filters.
pub const CONFIG_AZURE: [ConfigFormat; 1] = [ConfigFormat::AzurePeering];

/// Reads an input as configuration of this family: soundly, the same twice, and the same in steps of any size.
pub fn configures(data: &[u8], family: &[ConfigFormat]) {
    let data = String::from_utf8_lossy(data);
    let (name, text) = data.split_once('\n').unwrap_or(("", &data));
    let sum = name.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let named = name.parse::<ConfigFormat>().ok().filter(|format| family.contains(format));
    let Some(format) = named.or_else(|| family.get(sum % family.len()).copied()) else { return };
    let setup = config::read(text, format);
    sound_setup::sound(text, &setup);
    assert_eq!(config::read(text, format), setup, "the same twice");
    let sizes = [1 + sum as u64 % 7, 1 + text.len() as u64 % 61, 1, 17];
    assert_eq!(sound_setup::stepped(text, format, &sizes), setup, "the same in steps");
}

/// Reads an input as a format of this family: soundly, the same twice, and the same in steps of any size.
pub fn reads(data: &[u8], family: &[Format]) {
    let data = String::from_utf8_lossy(data);
    let (name, text) = data.split_once('\n').unwrap_or(("", &data));
    let sum = name.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let named = name.parse::<Format>().ok().filter(|format| family.contains(format));
    let Some(format) = named.or_else(|| family.get(sum % family.len()).copied()) else { return };
    let reading = read(text, Some(format));
    sound(text, &reading);
    assert_eq!(read(text, Some(format)), reading, "the same twice");
    let sizes = [1 + sum % 7, 1 + text.len() % 61, 1, 17];
    assert_eq!(stepped(text, Some(format), &sizes), reading, "the same in steps");
}

/// Makes a file text and says what it is: never nothing, the likeliest first, the last resort last, the same twice, and
/// the same with blanks around it.
pub fn recognises(data: &[u8]) {
    let Ok(decoded) = decode(data.to_vec()) else { return };
    let text = decoded.text;
    let guesses = recognise(&text);
    assert!(!guesses.is_empty() && guesses.iter().any(|guess| guess.format == Format::Plain));
    assert!(guesses.iter().all(|guess| (1..=100).contains(&guess.confidence)));
    assert!(guesses.is_sorted_by_key(|guess| std::cmp::Reverse(guess.confidence)));
    assert_eq!(recognise(&text), guesses, "the same twice");
    let trimmed = text.trim();
    // A mail's quote marks are marks in the first column only.
    if !trimmed.starts_with('>') && trimmed.len() < 16 << 10 {
        let padded = format!("\n \n{trimmed}\n\n");
        assert_eq!(recognise(&padded)[0].format, recognise(trimmed)[0].format, "the same with blanks around it");
    }
    let reading = read(&text, None);
    assert_eq!(reading.format, guesses[0].format);
    sound(&text, &reading);
}

/// Reads an input as a flow log of the format that its first line names, else of the one that it is recognised as:
/// soundly, and the same in pieces of any size.
pub fn logs(data: &[u8]) {
    let (name, log) = data.iter().position(|byte| *byte == b'\n').map_or((&b""[..], data), |at| data.split_at(at));
    let format = std::str::from_utf8(name).ok().and_then(|name| name.parse::<LogFormat>().ok());
    let log = if format.is_some() { log.get(1..).unwrap_or_default() } else { data };
    let named = LogColumns {
        source: "src".into(),
        destination: "dst".into(),
        bytes: "bytes".into(),
        start: "3".into(),
        ..LogColumns::default()
    };
    let known = [named];
    let (told, records) = sound_log::read(log, format, &known);
    sound_log::sound(log, &told, &records);
    let sizes = [1 + log.len() % 7, 1, 1 + log.len() % 61, 17];
    assert_eq!(sound_log::in_pieces(log, format, &known, &sizes), (told, records), "the same in pieces");
}
