//! FortiGate: `ippool`, `policy` with NAT, `central-snat-map` and `vip`.
//!
//! ```text
//! config firewall ippool
//!     edit "er"
//!         set startip 203.0.113.16
//!         set endip 203.0.113.31
//!     next
//! end
//! config firewall policy
//!     edit 1
//!         set srcintf "lan"
//!         set dstintf "er"
//!         set srcaddr "inside"
//!         set dstaddr "all"
//!         set service "ALL"
//!         set nat enable
//!         set ippool enable
//!         set poolname "er"
//!     next
//! end
//! ```
//! Policies and central rules are tried in their order. With `central-nat` on, policies translate nothing. A policy for
//! a part of the services can't be modelled, nor one that denies: a plan holds no filters.

use super::by_lines;
use crate::intake::config::{
    Book, ConfigDefinition, Draft, Matched, NatRule, Published, Reason, Statement, draft, statements,
};
use crate::space::AddressSet;
use std::collections::HashMap;
use std::ops::Range;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "fortigate-config",
    title: "configuration (FortiGate)",
    recognise: |sample| {
        by_lines(sample, 95, |line| {
            let firewall = line.strip_prefix("config firewall ").unwrap_or_default();
            matches!(
                firewall,
                "ippool" | "policy" | "vip" | "central-snat-map" | "address" | "addrgrp" | "ippool6"
            )
        })
    },
    read: |text, draft| {
        let (statements, _) = statements(text, &['#']);
        Fortigate::read(&statements, draft);
    },
};

/// An entry of a table.
struct Edit {
    table: String,
    name: String,
    set: HashMap<String, Vec<String>>,
    span: Range<u32>,
}

impl Edit {
    fn values(&self, key: &str) -> &[String] {
        self.set.get(key).map_or(&[], Vec::as_slice)
    }

    fn value(&self, key: &str) -> &str {
        self.values(key).first().map_or("", String::as_str)
    }

    fn is(&self, key: &str, value: &str) -> bool {
        self.value(key) == value
    }
}

/// The entries of all tables, in the order of the text.
fn entries(statements: &[Statement], draft: &mut Draft) -> Vec<Edit> {
    let mut found: Vec<Edit> = Vec::new();
    // Tables that are open, each with the entry that is open in it.
    let mut open: Vec<(String, Option<usize>)> = Vec::new();
    let mut vdom = String::new();
    for statement in statements {
        match statement.at(0) {
            "config" => open.push((statement.rest(1), None)),
            "end" => {
                open.pop();
            }
            "edit" => {
                let Some((table, entry)) = open.last_mut() else { continue };
                if table == "vdom" {
                    let name = statement.at(1).to_owned();
                    if !vdom.is_empty() && vdom != name {
                        let reason = Reason::Instance { name: name.clone() };
                        draft.simplified(statement.span(), reason);
                    }
                    vdom = name;
                    continue;
                }
                *entry = Some(found.len());
                let (table, name) = (table.clone(), statement.at(1).to_owned());
                found.push(Edit { table, name, set: HashMap::new(), span: statement.span() });
            }
            "next" => {
                if let Some((_, entry)) = open.last_mut() {
                    *entry = None;
                }
            }
            "set" => {
                let values = statement.words.iter().skip(2).map(|word| word.text.clone()).collect();
                let key = statement.at(1).to_owned();
                match open.last() {
                    Some((_, Some(index))) => {
                        if let Some(edit) = found.get_mut(*index) {
                            edit.span.end = statement.span().end.max(edit.span.start);
                            edit.set.insert(key, values);
                        }
                    }
                    Some((table, None)) => {
                        let (table, set) = (table.clone(), HashMap::from([(key, values)]));
                        found.push(Edit { table, name: String::new(), set, span: statement.span() });
                    }
                    None => {}
                }
            }
            _ => {}
        }
    }
    found
}

struct Vip {
    published: AddressSet,
    inside: AddressSet,
    interface: Option<String>,
    ports: String,
}

#[derive(Default)]
struct Fortigate {
    book: Book,
    pools: HashMap<String, AddressSet>,
    vips: HashMap<String, Vip>,
    groups: HashMap<String, Vec<String>>,
    central: bool,
}

impl Fortigate {
    fn read(statements: &[Statement], draft: &mut Draft) {
        let entries = entries(statements, draft);
        let mut gate = Self::default();
        for edit in &entries {
            gate.gather(edit, draft);
        }
        for edit in entries.iter().filter(|edit| edit.table == "system zone") {
            for interface in edit.values("interface") {
                draft.interface_alias(&edit.name, interface);
            }
        }
        for edit in &entries {
            let done = match edit.table.as_str() {
                "firewall policy" | "firewall policy6" => gate.policy(edit, draft),
                "firewall central-snat-map" => gate.central(edit, draft),
                _ => Ok(()),
            };
            if let Err(reason) = done {
                draft.left_out(edit.span.clone(), reason);
            }
        }
        if gate.central {
            for edit in entries.iter().filter(|edit| edit.table == "firewall vip") {
                gate.publish(&edit.name, &[], None, edit.span.clone(), draft);
            }
        }
    }

    fn gather(&mut self, edit: &Edit, draft: &mut Draft) {
        match edit.table.as_str() {
            "system global" if edit.set.contains_key("hostname") => {
                edit.value("hostname").clone_into(&mut draft.setup.device)
            }
            "system settings" if edit.is("central-nat", "enable") => self.central = true,
            "system interface" => {
                if let Some(address) = crate::intake::address::address(edit.value("ip")) {
                    draft.interface(&edit.name, address);
                }
            }
            "firewall address" | "firewall address6" | "firewall multicast-address" => self.address(edit),
            "firewall addrgrp" | "firewall addrgrp6" => {
                self.book.begin(&edit.name);
                for member in edit.values("member") {
                    self.book.add_name(&edit.name, member);
                }
                if edit.is("exclude", "enable") {
                    self.book.add_other(&edit.name, Reason::Feature { what: "exclude".into() });
                }
            }
            "firewall ippool" | "firewall ippool6" => {
                let range = format!("{}-{}", edit.value("startip"), edit.value("endip"));
                match draft::addresses(&range) {
                    Some(set) => drop(self.pools.insert(edit.name.clone(), set)),
                    None => draft.left_out(edit.span.clone(), Reason::NotUnderstood { statement: range }),
                }
            }
            "firewall vip" | "firewall vip6" => self.vip(edit, draft),
            "firewall vipgrp" => {
                self.groups.insert(edit.name.clone(), edit.values("member").to_vec());
            }
            _ => {}
        }
    }

    fn address(&mut self, edit: &Edit) {
        let name = &edit.name;
        let set = match edit.value("type") {
            "fqdn" | "geography" | "wildcard-fqdn" | "dynamic" => {
                let said = [edit.value("fqdn"), edit.value("country"), name.as_str()];
                let name_said = said.into_iter().find(|said| !said.is_empty()).unwrap_or_default();
                return self.book.add_other(name, Reason::HostName { name: name_said.to_owned() });
            }
            "iprange" => draft::addresses(&format!("{}-{}", edit.value("start-ip"), edit.value("end-ip"))),
            _ => match (edit.values("subnet"), edit.value("ip6")) {
                ([address, mask], _) => draft::addresses(&format!("{address}/{mask}")),
                ([prefix], _) => draft::addresses(prefix),
                // An address without one is 0.0.0.0/0, as the built-in "all" is.
                ([], "") => Some(AddressSet::all()),
                ([], prefix) => draft::addresses(prefix),
                _ => None,
            },
        };
        match set {
            Some(set) => self.book.add(name, &set),
            None => self.book.add_other(name, Reason::NotUnderstood { statement: format!("edit {name}") }),
        }
    }

    fn vip(&mut self, edit: &Edit, draft: &mut Draft) {
        let mapped: Option<AddressSet> = edit
            .values("mappedip")
            .iter()
            .flat_map(|word| word.split_ascii_whitespace())
            .map(draft::addresses)
            .try_fold(AddressSet::empty(), |all, one| Some(all.union(&one?)));
        let (Some(published), Some(inside)) = (draft::addresses(edit.value("extip")), mapped) else {
            let statement = format!("vip {} {}", edit.value("extip"), edit.value("mappedip"));
            return draft.left_out(edit.span.clone(), Reason::NotUnderstood { statement });
        };
        let interface = edit.value("extintf");
        let interface = (!matches!(interface, "" | "any")).then(|| interface.to_owned());
        let ports = match edit.is("portforward", "enable") {
            true => {
                let protocol = edit.value("protocol");
                format!("{} {}", if protocol.is_empty() { "tcp" } else { protocol }, edit.value("extport"))
            }
            false => String::new(),
        };
        if !edit.values("src-filter").is_empty() {
            draft.simplified(edit.span.clone(), Reason::Feature { what: "src-filter".into() });
        }
        self.vips.insert(edit.name.clone(), Vip { published, inside, interface, ports });
    }

    fn matched(&mut self, names: &[String], negate: bool) -> Result<Matched, Reason> {
        if names.is_empty() {
            return Ok(Matched::Any);
        }
        let mut all = AddressSet::empty();
        for name in names {
            if name == "all" && !self.book.has("all") {
                all = AddressSet::all();
                continue;
            }
            all = all.union(&self.book.find(name)?);
        }
        Ok(Matched::of(if negate { draft::complement(&all) } else { all }))
    }

    fn policy(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), Reason> {
        if edit.is("status", "disable") {
            return Err(Reason::Inactive);
        }
        if !edit.is("action", "accept") {
            return Err(Reason::Filter);
        }
        let services = edit.values("service");
        let every = services.is_empty() || services.iter().any(|service| service.eq_ignore_ascii_case("all"));
        let is_vip = |gate: &Self, name: &String| gate.vips.contains_key(name) || gate.groups.contains_key(name);
        let named: Vec<String> = match (edit.values("dstaddr"), edit.values("dstaddr6")) {
            ([], six) => six.to_vec(),
            (four, six) => four.iter().chain(six).cloned().collect(),
        };
        let (vips, others): (Vec<String>, Vec<String>) =
            named.iter().cloned().partition(|name| is_vip(self, name));
        let mut vips: Vec<String> = vips
            .into_iter()
            .flat_map(|name| self.groups.get(&name).cloned().unwrap_or_else(|| vec![name]))
            .collect();
        vips.sort_unstable();
        vips.dedup();
        let incoming: Vec<String> = edit.values("srcintf").iter().filter(|name| *name != "any").cloned().collect();
        let nat = edit.is("nat", "enable") && !self.central;
        for vip in &vips {
            if !every && self.vips.get(vip).is_some_and(|vip| vip.ports.is_empty()) {
                let ports = services.join(" ");
                draft.simplified(edit.span.clone(), Reason::Ports { ports });
            }
            let pool = match nat {
                true => self.source_pools(edit, draft)?.into_iter().next().map(|(pool, _)| pool),
                false => None,
            };
            self.publish(vip, &incoming, pool, edit.span.clone(), draft);
        }
        if (others.is_empty() && !vips.is_empty()) || self.central {
            return Ok(());
        }
        if !every {
            return Err(Reason::Ports { ports: services.join(" ") });
        }
        let names: Vec<String> = edit.values("srcaddr").iter().chain(edit.values("srcaddr6")).cloned().collect();
        let sources = self.matched(&names, edit.is("srcaddr-negate", "enable"))?;
        let destinations = self.matched(&others, edit.is("dstaddr-negate", "enable"))?;
        let rules = match nat {
            true => self.source_pools(edit, draft)?.into_iter().map(|(pool, to)| (Some(pool), to)).collect(),
            false => vec![(None, outgoing(edit))],
        };
        for (pool, to) in rules {
            let name = if edit.value("name").is_empty() { &edit.name } else { edit.value("name") }.to_owned();
            let (sources, destinations) = (sources.clone(), destinations.clone());
            draft.rule(NatRule { name, sources, destinations, to, pool, span: edit.span.clone() });
        }
        Ok(())
    }

    /// The pools of a policy with NAT, each with the interfaces it is for.
    fn source_pools(&self, edit: &Edit, draft: &mut Draft) -> Result<Vec<(usize, Vec<String>)>, Reason> {
        if edit.is("ippool", "enable") {
            let pool = self.named_pool(edit.values("poolname"), edit, draft)?;
            return Ok(vec![(pool, outgoing(edit))]);
        }
        let to = outgoing(edit);
        if to.is_empty() {
            return Err(Reason::InterfaceAddress { interface: "any".into() });
        }
        Ok(to.into_iter().map(|to| (draft.interface_pool(&to, edit.span.clone()), vec![to])).collect())
    }

    fn named_pool(&self, names: &[String], edit: &Edit, draft: &mut Draft) -> Result<usize, Reason> {
        let mut all = AddressSet::empty();
        for name in names {
            let Some(set) = self.pools.get(name) else {
                return Err(Reason::UnknownName { name: name.clone() });
            };
            all = all.union(set);
        }
        if all.is_empty() {
            return Err(Reason::UnknownName { name: "poolname".into() });
        }
        Ok(draft.pool(&names.join(" + "), all, edit.span.clone()))
    }

    fn central(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), Reason> {
        if edit.is("status", "disable") {
            return Err(Reason::Inactive);
        }
        let protocol = edit.value("protocol");
        if !matches!(protocol, "" | "0") || !matches!(edit.value("orig-port"), "" | "0" | "0-65535") {
            return Err(Reason::Ports {
                ports: format!("protocol {protocol} {}", edit.value("orig-port")).trim().to_owned(),
            });
        }
        let sources = self.matched(edit.values("orig-addr"), false)?;
        let destinations = self.matched(edit.values("dst-addr"), false)?;
        let rules = if edit.is("nat", "disable") {
            vec![(None, outgoing(edit))]
        } else if edit.values("nat-ippool").is_empty() {
            let to = outgoing(edit);
            if to.is_empty() {
                return Err(Reason::InterfaceAddress { interface: "any".into() });
            }
            to.into_iter().map(|to| (Some(draft.interface_pool(&to, edit.span.clone())), vec![to])).collect()
        } else {
            vec![(Some(self.named_pool(edit.values("nat-ippool"), edit, draft)?), outgoing(edit))]
        };
        for (pool, to) in rules {
            let (sources, destinations) = (sources.clone(), destinations.clone());
            let name = format!("central {}", edit.name);
            draft.rule(NatRule { name, sources, destinations, to, pool, span: edit.span.clone() });
        }
        Ok(())
    }

    fn publish(&self, name: &str, incoming: &[String], pool: Option<usize>, span: Range<u32>, draft: &mut Draft) {
        let Some(vip) = self.vips.get(name) else {
            return draft.left_out(span, Reason::UnknownName { name: name.to_owned() });
        };
        // A VIP on one interface is reached by that one alone, whatever its policy lets in.
        let from = match &vip.interface {
            Some(interface) => vec![interface.clone()],
            None => incoming.to_vec(),
        };
        draft.publish(Published {
            name: name.to_owned(),
            published: vip.published.clone(),
            inside: vip.inside.clone(),
            from,
            ports: vip.ports.clone(),
            source_pool: pool,
            span,
        });
    }
}

/// The interfaces that a policy's packets leave by; none: any.
fn outgoing(edit: &Edit) -> Vec<String> {
    edit.values("dstintf").iter().filter(|name| *name != "any").cloned().collect()
}
