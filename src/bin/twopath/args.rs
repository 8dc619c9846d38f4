//! What may be asked.

use clap::{Args, Parser, Subcommand};
use std::net::IpAddr;
use twopath::advice::Code;
use twopath::report::words;

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
        twopath check plan.json --deny all --allow TP117 --sarif findings.sarif\n  \
        twopath trace plan.json --to 13.107.6.152 --site hq\n  \
        twopath coverage plan.json --site hq\n  \
        twopath failures plan.json --pairs no\n  \
        twopath fix plan.json --apply all -o mended.json\n  \
        twopath capacity plan.json --before before.json\n  \
        twopath catalogue plan.json --as csv --group service > flows.csv\n  \
        twopath report plan.json --date 2026-11-26 --baseline before.json -o report.html\n  \
        twopath diff before.json after.json\n  \
        twopath diff plan.json --replace full-table=december.txt\n  \
        twopath rollout target.json --from today.json\n  \
        twopath lookup plan.json addresses.txt\n  \
        twopath import ServiceTags_Public.json\n  \
        twopath adopt plan.json firewall.conf --device fw --zone outside=isp\n  \
        twopath add-flows plan.json --sets expressroute --sites all -o more.json\n  \
        twopath flows plan.json nfdump-week.csv.gz --into > new.json\n  \
        twopath import --into plan.json --learned-by er-chicago show-ip-bgp.txt > new.json"
)]
pub struct Arguments {
    /// What is asked.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Judge every flow of a plan, and read it by the rulebook: verdicts, a line a flow, findings
    Check(Check),
    /// Trace one packet out and its answer back, step by step
    Trace(Trace),
    /// Say what becomes of every address there is: exits, verdict and exact size of each class, and the way back
    Coverage(Coverage),
    /// Let each link, circuit, device and site fail, and say what becomes of every flow, worst first
    Failures(Failures),
    /// Look for changes of the plan that mend it, each tried on the engine in every single failure too
    Fix(Fix),
    /// Say what every link and circuit carries, before, normally and in each failure; and ports against sessions
    Capacity(Capacity),
    /// Print the flow catalogue: a line for each fate of each flow's addresses, for spreadsheets and documents
    Catalogue(Catalogue),
    /// Say what changes between two plans, or between two snapshots of a list
    Diff(Diff),
    /// Say step by step how to come from one plan to another, what breaks on the way, and in which order less does
    Rollout(Rollout),
    /// Say where destinations go: address, matched prefix, exits
    Lookup(Lookup),
    /// Read a file of prefixes, routes or device configuration, and say what was found in it and what is wrong
    Import(Import),
    /// Take what a device's configuration says into a plan, and print that plan
    Adopt(Adopt),
    /// Write a report to print, keep and sign: HTML in one file, or Markdown
    Report(Report),
    /// Add many rows to the flow catalogue: services and endpoint sets from sites, and published services from outside
    AddFlows(AddFlows),
    /// Read flow logs, and say what becomes of the plan's catalogue: Mbps and sessions by site and service
    Flows(Flows),
    /// Compare a plan with what Microsoft's and our router's tables show
    Reality(Reality),
    /// Say what to trace at the cut-over: for each flow an address, the exit, the return, and the hop to look for
    Checklist(Checklist),
    /// Write a list, pool or policy of a plan as configuration of a device
    Export(Export),
    /// Print the plan's JSON Schema
    Schema,
}

/// `twopath check`.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 all flows work, and nothing denied is found; 1 a flow fails or is uncertain, or \
    something denied is found; 2 the input, or a part of it, is unusable.\n\n\
    A finding that the plan accepts with a reason is printed, and never denied."
)]
pub struct Check {
    /// The plan, a JSON file
    pub plan: String,
    /// End with 1 where this rule of the rulebook finds something, e.g. TP101, or all; may be repeated
    #[arg(long, value_name = "CODE", value_parser = rule)]
    pub deny: Vec<Rules>,
    /// Pass over what this rule finds, or all; may be repeated
    #[arg(long, value_name = "CODE", value_parser = rule)]
    pub allow: Vec<Rules>,
    /// Also write the findings to this file as SARIF 2.1.0, for continuous integration
    #[arg(long, value_name = "FILE")]
    pub sarif: Option<String>,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// Rules by their code.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Rules {
    /// Every rule.
    All,
    /// One.
    One(Code),
}

impl Rules {
    /// Whether a rule is among some.
    pub fn have(some: &[Self], code: Code) -> bool {
        some.iter().any(|one| *one == Self::All || *one == Self::One(code))
    }
}

fn rule(text: &str) -> Result<Rules, String> {
    if text == "all" {
        return Ok(Rules::All);
    }
    let code: Code = text.parse()?;
    let known = twopath::advice::rules().iter().any(|rule| rule.code == code);
    if known { Ok(Rules::One(code)) } else { Err(format!("the rulebook has no rule {code}")) }
}

/// What is supposed.
#[derive(Args, Debug)]
pub struct ScenarioArguments {
    /// Suppose that this exit, circuit, device or site is down; may be repeated
    ///
    /// Written by its identifier, or as exit:ID, circuit:ID, device:ID or site:ID where that alone is ambiguous.
    #[arg(long, value_name = "ID")]
    pub down: Vec<String>,
    /// Suppose that the inside behind this part is dead while its exits still advertise; may be repeated
    ///
    /// Written as for --down. What the far side sends there is lost, and BGP doesn't see it.
    #[arg(long, value_name = "ID")]
    pub inside_dead: Vec<String>,
    /// Suppose that Microsoft drains this ExpressRoute exit by prepending, as before maintenance; may be repeated
    #[arg(long, value_name = "EXIT")]
    pub prepended: Vec<String>,
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

/// `twopath coverage`.
#[derive(Args, Debug)]
pub struct Coverage {
    /// The plan, a JSON file
    pub plan: String,
    /// Only as seen from this site
    #[arg(long, value_name = "ID")]
    pub site: Option<String>,
    /// Print the prefixes of this class alone, a line each: its number as the answer gives it
    #[arg(long, value_name = "NUMBER", requires = "site")]
    pub class: Option<u32>,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// `twopath failures`.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 every flow works, also in each failure told; 1 some flow fails or is uncertain in \
    one; 2 the input, or a part of it, is unusable."
)]
pub struct Failures {
    /// The plan, a JSON file
    pub plan: String,
    /// Whether links and circuits also fail in pairs
    #[arg(long, value_enum, default_value_t = Pairs::Yes)]
    pub pairs: Pairs,
    /// Only failures that break, unsettle or reset some flow
    #[arg(long)]
    pub only_harm: bool,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// `twopath fix`.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 every flow works, or does in the plan written; 1 some flow doesn't; 2 the input, or a \
    part of it, is unusable."
)]
pub struct Fix {
    /// The plan, a JSON file
    pub plan: String,
    /// Write the plan with this proposal applied: its number, or all for what makes everything work
    #[arg(long, value_name = "NUMBER")]
    pub apply: Option<String>,
    /// Where the changed plan is written [default: standard output]
    #[arg(long, short, value_name = "FILE", requires = "apply")]
    pub output: Option<String>,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Answer as JSON
    #[arg(long, conflicts_with = "apply")]
    pub json: bool,
}

/// Whether pairs are told.
#[derive(clap::ValueEnum, Copy, Clone, PartialEq, Eq, Debug)]
pub enum Pairs {
    /// They are.
    Yes,
    /// They aren't.
    No,
}

/// `twopath capacity`.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 everything fits, also in each failure; 1 something is over its bandwidth or its \
    ports, or may be; 2 the input, or a part of it, is unusable."
)]
pub struct Capacity {
    /// The plan, a JSON file
    pub plan: String,
    /// The plan before [default: the same plan with every ExpressRoute circuit down]
    #[arg(long, value_name = "PLAN")]
    pub before: Option<String>,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// `twopath catalogue`.
#[derive(Args, Debug)]
#[command(
    after_help = "In CSV and TSV no cell is a formula: one that begins with =, +, - or @ gets an apostrophe before it.\n\n\
    Exit codes: 0 every flow works; 1 some flow fails or is uncertain; 2 the input, or a part of it, is unusable."
)]
pub struct Catalogue {
    /// The plan, a JSON file
    pub plan: String,
    /// The form: csv, tsv (for pasting into a spreadsheet), json or markdown
    #[arg(long = "as", value_enum, default_value_t = Form::Csv)]
    pub form: Form,
    /// What the flows are grouped by
    #[arg(long, value_enum)]
    pub group: Option<Group>,
    /// Only flows in whose names all these words are found
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub filter: String,
    /// Only flows of which some part is kept symmetric so, e.g. separate-pool; may be repeated
    #[arg(long, value_name = "KIND", value_parser = kept_kind())]
    pub kept: Vec<twopath::journey::Kept>,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
}

/// `twopath report`.
#[derive(Args, Debug)]
#[command(after_help = "The same plan, date and baseline give the same bytes.\n\n\
    Exit codes: 0 every flow works; 1 some flow fails or is uncertain; 2 the input, or a part of it, is unusable.")]
pub struct Report {
    /// The plan, a JSON file
    pub plan: String,
    /// Where it is written [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<String>,
    /// The form [default: as the file's name ends, else HTML]
    #[arg(long = "as", value_enum)]
    pub form: Option<PaperForm>,
    /// The date that stands on it, as you write it
    #[arg(long, value_name = "DATE", default_value = "")]
    pub date: String,
    /// The plan before: adds the difference from it, and the steps from there
    #[arg(long, value_name = "PLAN")]
    pub baseline: Option<String>,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
}

/// The form of a report.
#[derive(clap::ValueEnum, Copy, Clone, PartialEq, Eq, Debug)]
pub enum PaperForm {
    /// HTML in one file.
    Html,
    /// Markdown.
    Markdown,
}

/// The form of a catalogue.
#[derive(clap::ValueEnum, Copy, Clone, PartialEq, Eq, Debug)]
pub enum Form {
    /// Comma-separated, RFC 4180.
    Csv,
    /// Tab-separated.
    Tsv,
    /// JSON.
    Json,
    /// Markdown tables.
    Markdown,
}

/// What flows are grouped by.
#[derive(clap::ValueEnum, Copy, Clone, PartialEq, Eq, Debug)]
pub enum Group {
    /// The service, or published service.
    Service,
    /// The site.
    Site,
}

/// `twopath diff`.
#[derive(Args, Debug)]
#[command(
    after_help = "A and B are two plans or two lists in any format that import reads; what they are is told by \
    their content.\n\n\
    Exit codes: 0 nothing changes; 1 something changes; 2 the input, or a part of it, is unusable."
)]
pub struct Diff {
    /// The plan or list before
    #[arg(value_name = "A")]
    pub before: String,
    /// The plan or list after; absent with --replace: the plan A, with lists replaced
    #[arg(value_name = "B", required_unless_present = "replace")]
    pub after: Option<String>,
    /// Compare plan A with itself, this list replaced by a file; may be repeated
    ///
    /// A list is named by its source's identifier, or by its exit's for what is learned there, or as source:ID,
    /// learned:ID or advertised:ID.
    #[arg(long, value_name = "LIST=FILE", conflicts_with = "after")]
    pub replace: Vec<String>,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// `twopath rollout`.
#[derive(Args, Debug)]
#[command(
    after_help = "Steps are done in the order that the plan keeps, else in the usual one; --write keeps a better one in \
    it. Every state between is judged like a plan.\n\n\
    Exit codes: 0 no flow breaks on the way; 1 some do; 2 the input, or a part of it, is unusable."
)]
pub struct Rollout {
    /// The plan to come to, a JSON file
    pub plan: String,
    /// The plan of today's network
    #[arg(long, value_name = "BASELINE")]
    pub from: String,
    /// Write the plan with the better order of steps in it, or where there is none with this one
    #[arg(long, conflicts_with = "json")]
    pub write: bool,
    /// Where that plan is written [default: standard output]
    #[arg(long, short, value_name = "FILE", requires = "write")]
    pub output: Option<String>,
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
    /// Files: prefix lists, tables that routers print, Service Tags, Microsoft 365 endpoints, route tables of Azure,
    /// community prints, CSV, configuration of routers and firewalls; gzip is unpacked
    ///
    /// A file that holds several prints one after the other is taken apart.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// Read them in this format, whole, whatever they look like
    #[arg(long = "as", value_name = "FORMAT", value_parser = format_name())]
    pub format: Option<String>,
    /// Print this plan with the files put into it, and say on standard error what changed
    ///
    /// Each goes where its kind usually goes, unless an option below says otherwise. What is in the plan already isn't
    /// put there again.
    #[arg(long, value_name = "PLAN", conflicts_with = "json")]
    pub into: Option<String>,
    /// With --into: as learned routes of this exit
    #[arg(long, value_name = "EXIT", requires = "into", group = "target")]
    pub learned_by: Option<String>,
    /// With --into: as advertisements of this exit
    #[arg(long, value_name = "EXIT", requires = "into", group = "target")]
    pub advertised_by: Option<String>,
    /// With --into: as a service
    #[arg(long, requires = "into", group = "target")]
    pub service: bool,
    /// With --into: as a service for each named set
    #[arg(long, requires = "into", group = "target")]
    pub each_set: bool,
    /// With --into: as a source only
    #[arg(long, requires = "into", group = "target")]
    pub source: bool,
    /// With --into: only these of its named sets; may be repeated
    #[arg(long = "set", value_name = "NAME", requires = "into")]
    pub sets: Vec<String>,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// `twopath adopt`.
#[derive(Args, Debug)]
#[command(
    after_help = "The plan is printed; what was changed in it, and what of the configuration a plan can't hold, goes \
    to standard error. The same configuration taken twice changes nothing the second time.\n\n\
    Exit codes: 0 all of it was taken; 1 a part of it was left out; 2 the input is unusable."
)]
pub struct Adopt {
    /// The plan, a JSON file
    pub plan: String,
    /// Configuration of a router or firewall, or peerings as Azure shows them
    pub file: String,
    /// Read it in this format, whatever it looks like
    #[arg(long = "as", value_name = "FORMAT", value_parser = config_name())]
    pub format: Option<String>,
    /// The device that it is of [default: the one called as the configuration says, else a new one]
    #[arg(long, value_name = "ID")]
    pub device: Option<String>,
    /// The site where published servers stand [default: the plan's only one]
    #[arg(long, value_name = "ID")]
    pub site: Option<String>,
    /// This zone or interface leads to this exit, which then crosses the device; may be repeated
    ///
    /// Exits that cross the device already by a zone of the same name needn't be named.
    #[arg(long, value_name = "ZONE=EXIT")]
    pub zone: Vec<String>,
    /// This BGP neighbour is at the other end of this exit; may be repeated
    ///
    /// Found without it where the neighbour's address lies in a subnet of the exit's peering, or only one Internet exit
    /// has the neighbour's AS as its provider.
    #[arg(long, value_name = "ADDRESS=EXIT")]
    pub neighbour: Vec<String>,
    /// The circuit that a peering is of [default: the one called as the peering's identifier says, else the only one]
    #[arg(long, value_name = "ID")]
    pub circuit: Option<String>,
}

/// `twopath add-flows`.
#[derive(Args, Debug)]
#[command(
    after_help = "The plan is printed with the rows; what was added goes to standard error. Rows that are there \
    already aren't added again. An endpoint set that is no service of the plan yet becomes one.\n\n\
    Exit codes: 0 rows were added, or all are there; 2 the input is unusable, or nothing is as asked."
)]
pub struct AddFlows {
    /// The plan, a JSON file
    pub plan: String,
    /// Rows to these: expressroute (services and endpoint sets of Microsoft 365 that allow ExpressRoute), microsoft (all
    /// of Microsoft's), all, or the identifier of a service or the name of a set; may be repeated
    #[arg(long, value_name = "SETS", required_unless_present = "inbound")]
    pub sets: Vec<String>,
    /// From these sites: all, or an identifier; may be repeated
    #[arg(long, value_name = "SITES", default_value = "all")]
    pub sites: Vec<String>,
    /// Also a row from outside for each published service that has none: mail, federation, hybrid
    #[arg(long)]
    pub inbound: bool,
    /// Where the plan is written [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<String>,
}

/// `twopath flows`.
#[derive(Args, Debug)]
#[command(
    after_help = "All logs together are one measure; one given twice counts once. Rows are found again by what they \
    connect, so the same logs taken twice change nothing the second time. What is in no row is told with its share.\n\n\
    Exit codes: 0 all of it was read; 1 a part of it wasn't; 2 nothing was, or the plan is unusable."
)]
pub struct Flows {
    /// The plan, a JSON file
    pub plan: String,
    /// Flow logs of any length: nfdump CSV, NSG and VNet flow logs, rows of the ExpressRoute Traffic Collector as CSV
    /// or JSON, other CSV with --columns; gzip is unpacked
    #[arg(value_name = "LOG", required = true)]
    pub logs: Vec<String>,
    /// Read them in this format, whatever they look like
    #[arg(long = "as", value_name = "FORMAT", value_parser = log_name())]
    pub format: Option<String>,
    /// Which columns of a CSV hold what, e.g. source=SrcIP,destination=DstIP,bytes=Octets,start=First
    ///
    /// Also bytes-back, end, duration, source-port, destination-port, flows, sampling. A number is a column by its
    /// place. The plan remembers it: a log with the same heading needs it no more.
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    pub columns: Option<String>,
    /// One packet in so many was looked at: bytes count that often
    ///
    /// Where a log says its rate itself, or is multiplied already, as nfdump's and the Traffic Collector's are, don't.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub sampling: Option<u64>,
    /// Which rate the rows are given [default: p95]
    #[arg(long, value_enum)]
    pub rate: Option<RateName>,
    /// Print the plan with what changes, and say on standard error what that is
    #[arg(long, conflicts_with = "json")]
    pub into: bool,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// Which rate rows are given.
#[derive(clap::ValueEnum, Copy, Clone, PartialEq, Eq, Debug)]
pub enum RateName {
    /// What 95 of 100 means of five minutes don't exceed, or the mean where that is more
    P95,
    /// The mean of all the log's time
    Mean,
    /// The highest mean of five minutes
    Peak,
}

impl From<RateName> for twopath::desk::flows::Rate {
    fn from(name: RateName) -> Self {
        match name {
            RateName::P95 => Self::P95,
            RateName::Mean => Self::Mean,
            RateName::Peak => Self::Peak,
        }
    }
}

/// `twopath export`.
#[derive(Args, Debug)]
pub struct Export {
    /// The plan, a JSON file
    pub plan: String,
    /// What is written, e.g. learned:er-chicago
    ///
    /// Lists of prefixes: inside:SITE, learned:EXIT, advertised:EXIT, admitted:CIRCUIT, service:ID, source:ID,
    /// addresses:POOL. For IOS and Junos also pool:ID, networks:EXIT, policy-in:EXIT, policy-out:EXIT.
    #[arg(long, value_name = "WHAT:ID")]
    pub what: String,
    /// Whose configuration
    #[arg(long = "as", value_name = "VENDOR", value_parser = vendor_name())]
    pub vendor: String,
    /// What it is called there [default: as in --what]
    #[arg(long, short = 'l')]
    pub name: Option<String>,
    /// Put entries together where that matches the same
    #[arg(long, short = 'A', visible_alias = "aggregate")]
    pub minimal: bool,
    /// Also match more specific prefixes up to this length
    #[arg(long, short = 'R', value_name = "LENGTH")]
    pub longest: Option<u8>,
    /// Match only more specific prefixes, of this length or longer
    #[arg(long, short = 'r', value_name = "LENGTH")]
    pub shortest: Option<u8>,
    /// Leave out prefixes longer than this
    #[arg(long, short = 'm', value_name = "LENGTH")]
    pub at_most: Option<u8>,
    /// Write IPv4 alone
    #[arg(long, short = '4', conflicts_with = "ipv6")]
    pub ipv4: bool,
    /// Write IPv6 alone
    #[arg(long, short = '6')]
    pub ipv6: bool,
}

/// `twopath reality`.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 all is as planned; 1 something differs; 2 the input, or a part of it, is unusable."
)]
pub struct Reality {
    /// The plan, a JSON file
    pub plan: String,
    /// Microsoft's view: the circuit's route table, as the Azure CLI or PowerShell print it
    #[arg(long, value_name = "FILE", required_unless_present = "router")]
    pub microsoft: Option<String>,
    /// Our view: the router's BGP or routing table
    #[arg(long, value_name = "FILE")]
    pub router: Option<String>,
    /// The site where the router stands [default: the plan's first]
    #[arg(long, value_name = "ID")]
    pub site: Option<String>,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// `twopath checklist`.
#[derive(Args, Debug)]
pub struct Checklist {
    /// The plan, a JSON file
    pub plan: String,
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Only the flows of the catalogue, not every service from every site
    #[arg(long)]
    pub catalogue: bool,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

fn vendor_name() -> clap::builder::PossibleValuesParser {
    twopath::report::config::Vendor::ALL.map(twopath::report::config::Vendor::name).into()
}

fn kept_kind() -> impl clap::builder::TypedValueParser<Value = twopath::journey::Kept> {
    use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
    use twopath::journey::Kept;
    let kinds = Kept::ALL.map(|kind| PossibleValue::new(kind.name()).help(words::catalogue::kept_sentence(kind)));
    PossibleValuesParser::new(kinds).map(|name| Kept::named(&name).unwrap_or(Kept::SeparatePool))
}

fn format_name() -> clap::builder::PossibleValuesParser {
    let lists = twopath::intake::Format::ALL.map(|format| (format.name(), format.title()));
    let configs = twopath::intake::config::ConfigFormat::ALL.map(|format| (format.name(), format.title()));
    let all = lists.into_iter().chain(configs);
    all.map(|(name, title)| clap::builder::PossibleValue::new(name).help(title)).collect::<Vec<_>>().into()
}

fn log_name() -> clap::builder::PossibleValuesParser {
    let names = twopath::intake::flows::LogFormat::ALL;
    names.map(|format| clap::builder::PossibleValue::new(format.name()).help(format.title())).into()
}

fn config_name() -> clap::builder::PossibleValuesParser {
    let names = twopath::intake::config::ConfigFormat::ALL;
    names.map(|format| clap::builder::PossibleValue::new(format.name()).help(format.title())).into()
}
