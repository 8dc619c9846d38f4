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
    let statements = branches(text, pace).await;
    let mut rules: Vec<Rule> = Vec::new();
    for statement in &statements {
        pace.work(4).await;
        let name = statement.at(0).split("; index:").next().unwrap_or_default();
        let start = statement.place(0);
        if rules.last().is_none_or(|rule| rule.name != name || rule.span.start != start.start) {
            rules.push(Rule { name: name.to_owned(), span: start, ..Rule::default() });
        }
        if let Some(rule) = rules.last_mut() {
            rule.span.end = statement.span().end.max(rule.span.end);
            let values = statement.words.iter().skip(2).map(|word| word.text.to_string());
            rule.said.entry(statement.at(1).to_owned()).or_default().extend(values);
        }
    }
    for rule in &mut rules {
        pace.work(16).await;
        let done = translation(rule, draft).and_then(|()| panos::apply(rule, &mut book, draft));
        if let Err(reason) = done {
            draft.left_out(rule.span.clone(), reason);
        }
    }
}

/// What `translate-to` says, as configuration has it.
fn translation(rule: &mut Rule, draft: &mut Draft) -> Result<(), Reason> {
    rule.said.retain(|_, values| !values.is_empty());
    // `service any/any/any`, or `protocol/source port/destination port`; several in a row.
    if let Some(services) = rule.said.get("service")
        && services.iter().all(|service| service == "any/any/any" || service.ends_with(":any/any/any"))
    {
        rule.said.remove("service");
    }
    for service in rule.said.get_mut("service").into_iter().flatten() {
        // Protocol, source port, destination port.
        let parts: Vec<&str> = service.rsplit(':').next().unwrap_or_default().split('/').collect();
        if let [protocol, "any", port] = parts.as_slice() {
            *service = format!("{protocol} {port}");
        }
    }
    let Some(said) = rule.said.remove("translate-to").map(|words| words.join(" ")) else { return Ok(()) };
    let wrong = || Reason::NotUnderstood { statement: crate::intake::fault::quote(&said) };
    // `src: … (kind) (pool idx: 1); dst: …` or either alone.
    let (source, destination) = match said.find("dst:") {
        Some(at) => said.split_at(at),
        None => (said.as_str(), ""),
    };
    if let Some(source) = source.trim().strip_prefix("src:") {
        let kind = ["static-ip", "dynamic-ip-and-port", "dynamic-ip"]
            .into_iter()
            .find(|kind| source.contains(&format!("({kind})")));
        let kind = kind.ok_or_else(wrong)?;
        let words: Vec<&str> = source
            .split('(')
            .next()
            .unwrap_or_default()
            .split([' ', ',', ';'])
            .filter(|word| !word.is_empty())
            .collect();
        let addresses: Vec<String> =
            words.iter().filter(|word| draft::addresses(word).is_some()).map(|word| (*word).to_owned()).collect();
        let interface = words.first().filter(|word| draft::addresses(word).is_none());
        match (addresses.is_empty(), interface) {
            (false, Some(interface)) => {
                let key = "source-translation dynamic-ip-and-port interface-address";
                rule.said.insert(format!("{key} interface"), vec![(*interface).to_owned()]);
                rule.said.insert(format!("{key} ip"), addresses);
            }
            (false, None) => {
                rule.said.insert(format!("source-translation {kind} translated-address"), addresses);
            }
            (true, Some(interface)) => {
                let key = "source-translation dynamic-ip-and-port interface-address interface";
                rule.said.insert(key.to_owned(), vec![(*interface).to_owned()]);
            }
            (true, None) => return Err(wrong()),
        }
    }
    if let Some(destination) = destination.strip_prefix("dst:") {
        let words = destination.split([' ', ',', ';', '(']).filter(|word| !word.is_empty());
        let addresses: Vec<String> =
            words.take_while(|word| draft::addresses(word).is_some()).map(str::to_owned).collect();
        if addresses.is_empty() {
            return Err(wrong());
        }
        if destination.contains("port") && !rule.said.contains_key("service") {
            draft.simplified(rule.span.clone(), Reason::Ports { ports: destination.trim().to_owned() });
        }
        rule.said.insert("destination-translation translated-address".into(), addresses);
    }
    Ok(())
}
