//! What may be asked.

use clap::{Args, Parser, Subcommand};
use std::net::IpAddr;

/// Which way does each packet leave, and which way does its answer come back?
///
/// Twopath reads a plan of sites, exits, routes, address translation and advertisements, and says for every address
/// which exit it leaves by, how its answer returns, and whether that works.
///
/// Nothing is sent anywhere. Files are read, nothing is written but the answer. The same engine answers on the page.
#[derive(Parser, Debug)]
#[command(
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = "PLAN and FILE may be - for standard input.\n\n\
        Exit codes: 0 all works; 1 something fails or is uncertain; 2 the input, or a part of it, is unusable.",
    after_long_help = "PLAN and FILE may be - for standard input.\n\n\
        Exit codes:\n  \
        0  all works\n  \
        1  something fails or is uncertain\n  \
        2  the input, or a part of it, is unusable\n\n\
        Examples:\n  \
        twopath check plan.json\n  \
        twopath check plan.json --down er-chicago --json\n  \
        twopath trace plan.json --to 13.107.6.152 --site hq\n  \
        twopath lookup plan.json addresses.txt\n  \
        twopath import ServiceTags_Public.json"
)]
pub struct Arguments {
    /// What is asked.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Judge every flow of a plan: verdict counts, and a line a flow
    Check(Check),
    /// Trace one packet out and its answer back, step by step
    Trace(Trace),
    /// Say where destinations go: address, matched prefix, exits
    Lookup(Lookup),
    /// Read a file of prefixes or routes, and say what was found in it and what is wrong
    Import(Import),
    /// Print the plan's JSON Schema
    Schema,
}

/// `twopath check`.
#[derive(Args, Debug)]
pub struct Check {
    /// The plan, a JSON file
    pub plan: String,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// What is supposed.
#[derive(Args, Debug)]
pub struct ScenarioArguments {
    /// Suppose that this exit, circuit, device or site is down; may be repeated
    ///
    /// Written by its identifier, or as exit:ID, circuit:ID, device:ID or site:ID where that alone is ambiguous.
    #[arg(long, value_name = "ID")]
    pub down: Vec<String>,
    /// Suppose that each peering answers by the return model that the plan doesn't give it
    #[arg(long)]
    pub other_return_model: bool,
}

/// `twopath trace`.
#[derive(Args, Debug)]
pub struct Trace {
    /// The plan, a JSON file
    pub plan: String,
    /// The destination of the first packet; inbound, one of the service's published addresses
    #[arg(long, value_name = "ADDRESS", required_unless_present = "inbound")]
    pub to: Option<IpAddr>,
    /// The source of the first packet; inbound, the address outside that begins
    #[arg(long, value_name = "ADDRESS")]
    pub from: Option<IpAddr>,
    /// The site it sets out from [default: the one whose inside prefixes hold --from, else the first]
    #[arg(long, value_name = "ID", conflicts_with = "inbound")]
    pub site: Option<String>,
    /// Trace a packet that comes in, from --from, to this published service
    #[arg(long, value_name = "SERVICE", requires = "from")]
    pub inbound: Option<String>,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// `twopath lookup`.
#[derive(Args, Debug)]
pub struct Lookup {
    /// The plan, a JSON file
    pub plan: String,
    /// Destinations, an address a line; empty lines and comments (#) are passed over
    #[arg(default_value = "-")]
    pub file: String,
    /// The site that they are sent from [default: the plan's first]
    #[arg(long, value_name = "ID")]
    pub site: Option<String>,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// `twopath import`.
#[derive(Args, Debug)]
pub struct Import {
    /// The file: prefix lists, Service Tags, Microsoft 365 endpoints, community prints; gzip is unpacked
    pub file: String,
    /// Read it in this format, whatever it looks like
    #[arg(long = "as", value_name = "FORMAT", value_parser = format_name())]
    pub format: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

fn format_name() -> clap::builder::PossibleValuesParser {
    let names = twopath::intake::Format::ALL;
    names.map(|format| clap::builder::PossibleValue::new(format.name()).help(format.title())).into()
}
