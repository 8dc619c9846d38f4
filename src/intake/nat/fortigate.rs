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
    Book, ConfigDefinition, Draft, Matched, NatRule, Published, Reason, Statement, Word, draft, statements,
};
use crate::pace::Pace;
use crate::space::AddressSet;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::rc::Rc;

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
    read: |text, draft, pace| {
        Box::pin(async move {
            let statements = statements(text, &['#'], pace).await;
            Fortigate::read(&statements.all(), draft, pace).await;
        })
    },
};

/// An entry of a table.
struct Edit<'s> {
    table: Rc<str>,
    name: &'s str,
    /// What is set: an entry has few, and a later one stands for one before.
    set: Vec<(&'s str, &'s [Word<'s>])>,
    span: Range<u32>,
}

impl<'s> Edit<'s> {
    fn words(&self, key: &str) -> &'s [Word<'s>] {
        self.set.iter().rev().find(|(own, _)| *own == key).map_or(&[], |(_, words)| words)
    }

    fn values(&self, key: &str) -> Vec<&'s str> {
        self.words(key).iter().map(|word| &*word.text).collect()
    }

    fn value(&self, key: &str) -> &'s str {
        self.words(key).first().map_or("", |word| &*word.text)
    }

    fn is(&self, key: &str, value: &str) -> bool {
        self.value(key) == value
    }
}

/// The entries of all tables, in the order of the text.
async fn entries<'s>(statements: &'s [Statement<'_>], draft: &mut Draft, pace: &Pace) -> Vec<Edit<'s>> {
    let mut found: Vec<Edit<'s>> = Vec::new();
    // Tables that are open, each with the entry that is open in it.
    let mut open: Vec<(Rc<str>, Option<usize>)> = Vec::new();
    let mut vdom = String::new();
    for statement in statements {
        pace.work(2).await;
        match statement.at(0) {
            "config" => {
                let table = statement.rest(1);
                if matches!(table.as_str(), "router bgp" | "router prefix-list" | "router route-map") {
                    draft.left_out(statement.span(), Reason::Feature { what: table.clone() });
                }
                open.push((Rc::from(table), None));
            }
            "end" => {
                open.pop();
            }
            "edit" => {
                let Some((table, entry)) = open.last_mut() else { continue };
                if &**table == "vdom" {
                    let name = statement.at(1).to_owned();
                    if !vdom.is_empty() && vdom != name {
                        let reason = Reason::Instance { name: name.clone() };
                        draft.simplified(statement.span(), reason);
                    }
                    vdom = name;
                    continue;
                }
                *entry = Some(found.len());
                let (table, name) = (Rc::clone(table), statement.at(1));
                found.push(Edit { table, name, set: Vec::new(), span: statement.span() });
            }
            "next" => {
                if let Some((_, entry)) = open.last_mut() {
                    *entry = None;
                }
            }
            "set" => {
                let values = statement.words.get(2..).unwrap_or_default();
                let key = statement.at(1);
                match open.last() {
                    Some((_, Some(index))) => {
                        if let Some(edit) = found.get_mut(*index) {
                            edit.span.end = statement.span().end.max(edit.span.start);
                            edit.set.push((key, values));
                        }
                    }
                    Some((table, None)) => {
                        let (table, set) = (Rc::clone(table), vec![(key, values)]);
                        found.push(Edit { table, name: "", set, span: statement.span() });
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
    pools: FxHashMap<String, AddressSet>,
    vips: FxHashMap<String, Vip>,
    groups: FxHashMap<String, Vec<String>>,
    central: bool,
}

impl Fortigate {
    async fn read(statements: &[Statement<'_>], draft: &mut Draft, pace: &Pace) {
        let entries = entries(statements, draft, pace).await;
        let mut gate = Self::default();
        for edit in &entries {
            pace.work(4).await;
            gate.gather(edit, draft);
        }
        for edit in entries.iter().filter(|edit| &*edit.table == "system zone") {
            for interface in edit.values("interface") {
                pace.work(1).await;
                draft.interface_alias(edit.name, interface);
            }
        }
        for edit in &entries {
            pace.work(16).await;
            let done = match &*edit.table {
                "firewall policy" | "firewall policy6" => gate.policy(edit, draft),
                "firewall central-snat-map" => gate.central(edit, draft),
                _ => Ok(()),
            };
            if let Err(reason) = done {
                draft.left_out(edit.span.clone(), reason);
            }
        }
        if gate.central {
            for edit in entries.iter().filter(|edit| &*edit.table == "firewall vip") {
                pace.work(4).await;
                gate.publish(edit.name, &[], None, edit.span.clone(), draft);
            }
        }
    }

    fn gather(&mut self, edit: &Edit, draft: &mut Draft) {
        match &*edit.table {
            "system global" if !edit.words("hostname").is_empty() => {
                edit.value("hostname").clone_into(&mut draft.setup.device)
            }
            "system settings" if edit.is("central-nat", "enable") => self.central = true,
            "system interface" => {
                if let Some(address) = crate::intake::address::address(edit.value("ip")) {
                    draft.interface(edit.name, address);
                }
            }
            "firewall address" | "firewall address6" | "firewall multicast-address" => self.address(edit),
            "firewall addrgrp" | "firewall addrgrp6" => {
                self.book.begin(edit.name);
                for member in edit.values("member") {
                    self.book.add_name(edit.name, member);
                }
                if edit.is("exclude", "enable") {
                    self.book.add_other(edit.name, Reason::Feature { what: "exclude".into() });
                }
            }
            "firewall ippool" | "firewall ippool6" => {
                let range = format!("{}-{}", edit.value("startip"), edit.value("endip"));
                match draft::addresses(&range) {
                    Some(set) => drop(self.pools.insert(edit.name.to_owned(), set)),
                    None => draft.left_out(edit.span.clone(), Reason::NotUnderstood { statement: range }),
                }
            }
            "firewall vip" | "firewall vip6" => self.vip(edit, draft),
            "firewall vipgrp" => {
                let members = edit.values("member").into_iter().map(str::to_owned);
                self.groups.insert(edit.name.to_owned(), members.collect());
            }
            _ => {}
        }
    }

    fn address(&mut self, edit: &Edit) {
        let name = edit.name;
        let set = match edit.value("type") {
            "fqdn" | "geography" | "wildcard-fqdn" | "dynamic" => {
                let said = [edit.value("fqdn"), edit.value("country"), name];
                let name_said = said.into_iter().find(|said| !said.is_empty()).unwrap_or_default();
                return self.book.add_other(name, Reason::HostName { name: name_said.to_owned() });
            }
            "iprange" => draft::addresses(&format!("{}-{}", edit.value("start-ip"), edit.value("end-ip"))),
            _ => match (edit.values("subnet").as_slice(), edit.value("ip6")) {
                ([address, mask], _) => draft::addresses(&format!("{address}/{mask}")),
                ([prefix], _) => draft::addresses(prefix),
                // An address without one is 0.0.0.0/0, as the built-in "all" is.
                ([], "") => Some(AddressSet::all()),
                ([], prefix) => draft::addresses(prefix),
                _ => None,
            },
        };
        match set {
            Some(set) => self.book.add(name, set),
            None => self.book.add_other(name, Reason::NotUnderstood { statement: format!("edit {name}") }),
        }
    }

    fn vip(&mut self, edit: &Edit, draft: &mut Draft) {
        let mapped: Option<AddressSet> = edit
            .values("mappedip")
            .into_iter()
            .flat_map(|word| word.split_ascii_whitespace())
            .map(draft::addresses)
            .try_fold(AddressSet::empty(), |all, one| Some(all.union(&one?)));
        // Balanced, or by name: what stands behind it isn't one server's address.
        if !matches!(edit.value("type"), "" | "static-nat") {
            let what = format!("vip of type {}", edit.value("type"));
            return draft.left_out(edit.span.clone(), Reason::Feature { what });
        }
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
        for (key, off) in [("src-filter", ""), ("nat-source-vip", "disable"), ("srcintf-filter", "")] {
            let value = edit.value(key);
            if !value.is_empty() && value != off {
                draft.simplified(edit.span.clone(), Reason::Feature { what: key.into() });
            }
        }
        self.vips.insert(edit.name.to_owned(), Vip { published, inside, interface, ports });
    }

    fn matched(&mut self, names: &[&str], negate: bool) -> Result<Matched, Reason> {
        if names.is_empty() {
            return Ok(Matched::Any);
        }
        let mut all = AddressSet::empty();
        for name in names {
            if *name == "all" && !self.book.has("all") {
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
        // It holds for some users, services of the Internet or times alone: a rule without that would hold for all.
        let narrowed = ["internet-service", "internet-service-src", "internet-service6"]
            .iter()
            .find(|key| edit.is(key, "enable"));
        let narrowed =
            narrowed.or_else(|| ["users", "groups", "fsso-groups"].iter().find(|key| !edit.words(key).is_empty()));
        if let Some(key) = narrowed {
            return Err(Reason::Feature { what: (*key).to_owned() });
        }
        if !matches!(edit.value("schedule"), "" | "always") {
            let what = format!("schedule {}", edit.value("schedule"));
            draft.simplified(edit.span.clone(), Reason::Feature { what });
        }
        for key in ["nat64", "nat46"] {
            if edit.is(key, "enable") {
                return Err(Reason::Feature { what: key.to_owned() });
            }
        }
        let services = edit.values("service");
        let every = services.is_empty() || services.iter().any(|service| service.eq_ignore_ascii_case("all"));
        let is_vip = |gate: &Self, name: &str| gate.vips.contains_key(name) || gate.groups.contains_key(name);
        let named = [edit.values("dstaddr"), edit.values("dstaddr6")].concat();
        let (vips, others): (Vec<&str>, Vec<&str>) = named.iter().partition(|name| is_vip(self, name));
        let mut vips: Vec<String> = vips
            .into_iter()
            .flat_map(|name| self.groups.get(name).cloned().unwrap_or_else(|| vec![name.to_owned()]))
            .collect();
        crate::sort::up(&mut vips);
        vips.dedup();
        let incoming: Vec<String> = names_but_any(edit, "srcintf");
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
        let names = [edit.values("srcaddr"), edit.values("srcaddr6")].concat();
        let sources = self.matched(&names, edit.is("srcaddr-negate", "enable"))?;
        let destinations = self.matched(&others, edit.is("dstaddr-negate", "enable"))?;
        let rules = match nat {
            true => self.source_pools(edit, draft)?.into_iter().map(|(pool, to)| (Some(pool), to)).collect(),
            false => vec![(None, outgoing(edit))],
        };
        for (pool, to) in rules {
            let name = if edit.value("name").is_empty() { edit.name } else { edit.value("name") }.to_owned();
            let (sources, destinations) = (sources.clone(), destinations.clone());
            draft.rule(NatRule { name, sources, destinations, to, pool, span: edit.span.clone() });
        }
        Ok(())
    }

    /// The pools of a policy with NAT, each with the interfaces it is for.
    fn source_pools(&self, edit: &Edit, draft: &mut Draft) -> Result<Vec<(usize, Vec<String>)>, Reason> {
        if edit.is("ippool", "enable") {
            let pool = self.named_pool(&edit.values("poolname"), edit, draft)?;
            return Ok(vec![(pool, outgoing(edit))]);
        }
        let to = outgoing(edit);
        if to.is_empty() {
            return Err(Reason::InterfaceAddress { interface: "any".into() });
        }
        Ok(to.into_iter().map(|to| (draft.interface_pool(&to, edit.span.clone()), vec![to])).collect())
    }

    fn named_pool(&self, names: &[&str], edit: &Edit, draft: &mut Draft) -> Result<usize, Reason> {
        let mut all = AddressSet::empty();
        for name in names {
            let Some(set) = self.pools.get(*name) else {
                return Err(Reason::UnknownName { name: (*name).to_owned() });
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
        let sources = self.matched(&edit.values("orig-addr"), false)?;
        let destinations = self.matched(&edit.values("dst-addr"), false)?;
        let rules = if edit.is("nat", "disable") {
            vec![(None, outgoing(edit))]
        } else if edit.words("nat-ippool").is_empty() {
            let to = outgoing(edit);
            if to.is_empty() {
                return Err(Reason::InterfaceAddress { interface: "any".into() });
            }
            to.into_iter().map(|to| (Some(draft.interface_pool(&to, edit.span.clone())), vec![to])).collect()
        } else {
            vec![(Some(self.named_pool(&edit.values("nat-ippool"), edit, draft)?), outgoing(edit))]
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
    names_but_any(edit, "dstintf")
}

fn names_but_any(edit: &Edit, key: &str) -> Vec<String> {
    edit.values(key).into_iter().filter(|name| *name != "any").map(str::to_owned).collect()
}
