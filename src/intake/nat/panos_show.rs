//! PAN-OS: `show running nat-policy`.
//!
//! ```text
//! "NAT default" {
//!         nat-type ipv4;
//!         from Trust;
//!         source 10.1.1.0/24;
//!         to Untrust;
//!         destination any;
//!         service  any/any/any;
//!         translate-to "src: ethernet1/1 203.0.113.10 (dynamic-ip-and-port) (pool idx: 2)";
//! }
//! ```
//! Names are resolved by the device already. Newer versions print `"NAT default; index: 1" {`.

use super::panos::{self, Rule};
use crate::intake::config::{Book, ConfigDefinition, Draft, Reason, branches, draft};
use crate::pace::Pace;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "panos-nat-policy",
    title: "show running nat-policy (Palo Alto PAN-OS)",
    recognise: |sample| {
        let nat_type = sample.line(|line| line.starts_with("nat-type ") && line.ends_with(';'));
        let translate = sample.line(|line| line.starts_with("translate-to ") && line.ends_with(';'));
        let reason = translate.or(nat_type)?;
        Some((96, reason))
    },
    read: |text, draft, pace| Box::pin(read(text, draft, pace)),
};

async fn read(text: &str, draft: &mut Draft, pace: &Pace) {
    let mut book = Book::default();
    let statements = branches(text, draft, pace).await;
    let mut rule = Rule::default();
    for statement in &statements.all() {
        pace.work(4).await;
        let name = statement.at(0).split("; index:").next().unwrap_or_default();
        let start = statement.place(0);
        if rule.name != name || rule.span.start != start.start {
            finish(&mut rule, &mut book, draft);
            (rule.name, rule.span) = (name, start);
        }
        rule.span.end = statement.span().end.max(rule.span.end);
        let values = statement.words.iter().skip(2).map(|word| &*word.text);
        rule.say(statement.at(1), values);
    }
    finish(&mut rule, &mut book, draft);
}

/// Makes of a rule what it is, and leaves it empty.
fn finish(rule: &mut Rule, book: &mut Book, draft: &mut Draft) {
    if rule.said.is_empty() {
        return;
    }
    if let Err(reason) = translation(rule, draft).and_then(|()| panos::apply(rule, book, draft)) {
        draft.left_out(rule.span.clone(), reason);
    }
    rule.said.clear();
}

/// What `translate-to` says, as configuration has it.
fn translation(rule: &mut Rule, draft: &mut Draft) -> Result<(), Reason> {
    // `service any/any/any`, or `protocol/source port/destination port`; several in a row.
    let is_any = |service: &str| service == "any/any/any" || service.ends_with(":any/any/any");
    if rule.values("service").all(is_any) {
        rule.said.retain(|(key, _)| key != "service");
    }
    for (_, service) in rule.said.iter_mut().filter(|(key, _)| key == "service") {
        // Protocol, source port, destination port.
        let mut parts = service.rsplit(':').next().unwrap_or_default().split('/');
        if let (Some(protocol), Some("any"), Some(port), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        {
            *service = format!("{protocol} {port}").into();
        }
    }
    let said = rule.values("translate-to").collect::<Vec<_>>().join(" ");
    if said.is_empty() {
        return Ok(());
    }
    let wrong = || Reason::NotUnderstood { statement: crate::intake::fault::quote(&said) };
    // `src: … (kind) (pool idx: 1); dst: …` or either alone.
    let (source, destination) = match said.find("dst:") {
        Some(at) => said.split_at(at),
        None => (said.as_str(), ""),
    };
    if let Some(source) = source.trim().strip_prefix("src:") {
        let mut brackets = source.split('(').skip(1).filter_map(|behind| behind.split(')').next());
        let kind = brackets.find(|kind| ["static-ip", "dynamic-ip-and-port", "dynamic-ip"].contains(kind));
        let kind = kind.ok_or_else(wrong)?;
        let words = source.split('(').next().unwrap_or_default().split([' ', ',', ';']);
        let words = words.filter(|word| !word.is_empty());
        let is_addresses = |word: &&str| draft::addresses(word).is_some();
        let addresses: Vec<&str> = words.clone().filter(is_addresses).collect();
        let interface = words.clone().next().filter(|word| !is_addresses(word));
        match (addresses.is_empty(), interface) {
            (is_alone, Some(interface)) => {
                rule.add("source-translation dynamic-ip-and-port interface-address interface", &[interface]);
                if !is_alone {
                    rule.add("source-translation dynamic-ip-and-port interface-address ip", &addresses);
                }
            }
            (false, None) => rule.add(&format!("source-translation {kind} translated-address"), &addresses),
            (true, None) => return Err(wrong()),
        }
    }
    if let Some(destination) = destination.strip_prefix("dst:") {
        let words = destination.split([' ', ',', ';', '(']).filter(|word| !word.is_empty());
        let addresses: Vec<&str> = words.take_while(|word| draft::addresses(word).is_some()).collect();
        if addresses.is_empty() {
            return Err(wrong());
        }
        if destination.contains("port") && rule.values("service").next().is_none() {
            draft.simplified(rule.span.clone(), Reason::Ports { ports: destination.trim().to_owned() });
        }
        rule.add("destination-translation translated-address", &addresses);
    }
    Ok(())
}
