//! BIRD 2: `show route` and `show route all`.
//!
//! ```text
//! Table master4:
//! 198.51.100.0/24      unicast [edge1 2026-11-01 from 192.0.2.10] * (100/20) [AS64702i]
//!         via 192.0.2.9 on eth0
//!         Type: BGP univ
//!         BGP.origin: IGP
//!         BGP.as_path: 64701 64702
//!         BGP.next_hop: 192.0.2.9
//!         BGP.local_pref: 100
//!         BGP.community: (64701,100)
//!                      unicast [edge2 2026-11-01] (100) [AS64702i]
//! ```
//! Without `all` the path isn't shown, only its last AS. BIRD prefers the higher preference, so it is no
//! administrative distance and isn't taken for one.

use crate::intake::address::{AnyPrefix, prefix};
use crate::intake::as_path::{self, number};
use crate::intake::communities::communities;
use crate::intake::fault::{Expected, FaultCode, Severity, quote};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::{Line, LineReader, Rows, is_noise, words};
use crate::intake::mark::{Choice, Mark, Via};
use crate::intake::reading::Draft;
use crate::intake::recognise::by_rows;
use crate::intake::tables::Tables;
use crate::plan::{Attributes, Origin, Protocol, Stage};

pub(crate) static FORMAT: Definition = Definition {
    name: "bird",
    title: "show route (BIRD 2)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let own = |line: &str| {
            (line.starts_with("BIRD ") && line.ends_with(" ready."))
                || (line.starts_with("Table ") && line.ends_with(':') && words(line).count() == 2)
                || ["BGP.as_path:", "BGP.origin:", "BGP.local_pref:"].iter().any(|key| line.starts_with(key))
        };
        if let Some(reason) = sample.line(own) {
            return Some((92, reason));
        }
        by_rows(sample.rows(|line| head(line).is_some() || line.trim_start().starts_with("via ")))
    },
    open: |text| Box::new(LineReader::new(text, Bird::default())),
};

/// What may stand behind the network.
const KINDS: [&str; 5] = ["unicast", "blackhole", "unreachable", "prohibit", "via"];

/// The first line of a route: the network, if it is there, and the column of what stands behind it.
fn head(line: &str) -> Option<(Option<(usize, &str)>, usize)> {
    let mut behind = words(line);
    let (at, first) = behind.next()?;
    let is_kind = |word: &str| KINDS.contains(&word);
    // BIRD 1 has its brackets behind the next hop.
    let bracketed = line.contains(" [");
    if is_kind(first) && bracketed && at >= 8 {
        return Some((None, at));
    }
    let (kind_at, kind) = behind.next()?;
    (is_kind(kind) && bracketed && first.contains('/')).then_some((Some((at, first)), kind_at))
}

/// What its client says first.
fn is_greeting(line: &str) -> bool {
    line.starts_with("Access restricted") || (line.starts_with("BIRD ") && line.ends_with("ready."))
}

#[derive(Default)]
struct Bird {
    tables: Tables,
    prefix: Option<(AnyPrefix, usize)>,
    route: Option<Route>,
}

/// A route being read.
struct Route {
    prefix: AnyPrefix,
    at: usize,
    attributes: Attributes,
    mark: Mark,
}

impl Rows for Bird {
    fn line(&mut self, line: &Line<'_>, draft: &mut Draft) {
        let text = line.text.trim_start();
        if let Some((network, behind)) = head(line.text) {
            self.close(draft);
            if let Some((at, word)) = network {
                self.network(line, at, word, draft);
            }
            self.begin(line, behind, draft);
        } else if let Some(name) = text.strip_prefix("Table ").and_then(|name| name.strip_suffix(':')) {
            self.close(draft);
            self.prefix = None;
            self.tables.begin(name, line.whole().start, draft);
        } else if self.detail(line, text, draft) || is_noise(text) || is_greeting(text) {
            // Understood, or nothing to understand.
        } else {
            line.not_understood(draft);
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        self.close(draft);
        self.tables.close(draft);
    }
}

impl Bird {
    fn close(&mut self, draft: &mut Draft) {
        if let Some(route) = self.route.take() {
            let attributes = draft.intern(route.attributes);
            draft.add_route(route.prefix, route.at, attributes, route.mark);
        }
    }

    fn network(&mut self, line: &Line<'_>, at: usize, word: &str, draft: &mut Draft) {
        let place = line.place(at);
        self.prefix = match prefix(word) {
            Ok((prefix, warning)) => {
                if let Some(warning) = warning {
                    line.problem(at, warning, draft);
                }
                Some((prefix, place))
            }
            Err(problem) => {
                line.problem(at, problem, draft);
                None
            }
        };
    }

    /// What stands behind the network: `unicast [edge1 2026-11-01 from 192.0.2.10] * (100/20) [AS64702i]`.
    fn begin(&mut self, line: &Line<'_>, from: usize, draft: &mut Draft) {
        let Some((prefix, at)) = self.prefix else {
            draft.skipped = draft.skipped.saturating_add(1);
            let text = quote(line.text.trim_start());
            return draft.fault(Severity::Error, line.whole(), || (FaultCode::NoPrefixAbove { line: text }, None));
        };
        let text = line.text.get(from..).unwrap_or_default();
        let mut route = Route { prefix, at, attributes: Attributes::default(), mark: Mark::default() };
        let (before, inside) = text.split_once('[').unwrap_or((text, ""));
        let (inside, behind) = inside.split_once(']').unwrap_or((inside, ""));
        route.attributes.next_hop =
            before.strip_prefix("via ").and_then(|rest| rest.split(' ').next()?.parse().ok());
        let primary = words(behind).any(|(_, word)| word == "*");
        route.mark.choice = Some(if primary { Choice::Best } else { Choice::Valid });
        if let Some((_, metrics)) = behind.split_once('(')
            && let Some((metrics, _)) = metrics.split_once(')')
            && let Some((_, metric)) = metrics.split_once('/')
        {
            // What the next hop costs is shown where it is looked up inside, as iBGP's are.
            match number(metric.as_bytes()) {
                Some((metric, _)) => route.mark.metric = Some(metric),
                None => route.mark.choice = Some(Choice::Unusable),
            }
        }
        let last = behind.split_once('[').map(|(_, last)| last.trim_end_matches(']'));
        match last.and_then(|last| last.chars().next_back()) {
            Some(letter @ ('i' | 'e' | '?')) => {
                route.attributes.protocol = Some(Protocol::Bgp);
                route.attributes.origin = as_path::origin(letter.encode_utf8(&mut [0; 4]));
                route.mark.via = route.mark.metric.map(|_| Via::Internal);
            }
            _ => by_name(inside.split(' ').next().unwrap_or_default(), &mut route),
        }
        if !text.starts_with("unicast") && !text.starts_with("via") {
            // It leads nowhere: the router's own.
            route.mark.via = Some(Via::Own);
        }
        self.route = Some(route);
    }

    /// A line below the first; whether it was understood.
    fn detail(&mut self, line: &Line<'_>, text: &str, draft: &mut Draft) -> bool {
        let key = text.split([' ', ':']).next().unwrap_or_default();
        let known = ["via", "dev", "Type", "Internal", "preference", "from", "source", "igp_metric", "onlink"];
        let Some(route) = &mut self.route else {
            return known.contains(&key) || key.starts_with("BGP.") || key.starts_with("OSPF.");
        };
        let value = text.split_once(':').map_or("", |(_, value)| value.trim());
        let expected = match key {
            "via" => {
                if route.attributes.next_hop.is_none() {
                    route.attributes.next_hop =
                        text.split(' ').nth(1).and_then(|word| word.split('%').next()?.parse().ok());
                }
                return true;
            }
            "dev" => return true,
            "Type" => {
                by_type(value, route);
                return true;
            }
            "BGP.origin" => {
                route.attributes.origin = match value {
                    "IGP" => Some(Origin::Igp),
                    "EGP" => Some(Origin::Egp),
                    _ => Some(Origin::Incomplete),
                };
                return true;
            }
            "BGP.as_path" => {
                let scanned = as_path::scan(value);
                let whole = scanned.end == value.len();
                route.mark.cut = scanned.cut;
                route.attributes.as_path = whole.then_some(scanned.path);
                if whole {
                    return true;
                }
                Expected::AsPath
            }
            "BGP.next_hop" => {
                route.attributes.next_hop = value.split(' ').next().and_then(|hop| hop.parse().ok());
                return true;
            }
            "BGP.community" => {
                route.attributes.communities = communities(value);
                return true;
            }
            "BGP.med" | "BGP.local_pref" => match value.parse::<u32>() {
                Ok(number) => {
                    let field = if key == "BGP.med" {
                        &mut route.attributes.med
                    } else {
                        &mut route.attributes.local_preference
                    };
                    *field = Some(number);
                    return true;
                }
                Err(_) => Expected::Number { from: 0, to: u32::MAX },
            },
            _ => {
                return known.contains(&key)
                    || ["BGP.", "OSPF.", "RIP.", "Babel.", "Kernel."].iter().any(|begin| key.starts_with(begin))
                    || line.text.starts_with("        ") && text.contains(':');
            }
        };
        let code = FaultCode::BadValue { name: key.to_owned(), value: quote(value), expected };
        draft.fault(Severity::Error, line.whole(), || (code, None));
        true
    }
}

/// A route without a BGP path, by the name of the protocol that it has from its kind unless its owner renames it.
fn by_name(name: &str, route: &mut Route) {
    let is = |kinds: &[&str]| kinds.iter().any(|kind| name.starts_with(kind));
    if is(&["ospf", "rip", "babel", "isis"]) {
        route.attributes.protocol = Some(Protocol::Igp);
    } else {
        route.attributes.protocol = Some(Protocol::Static);
        if is(&["direct", "device"]) {
            route.mark.via = Some(Via::Connected);
        }
    }
}

/// What the line `Type:` says.
fn by_type(value: &str, route: &mut Route) {
    match value.split(' ').next().unwrap_or_default() {
        "BGP" => route.attributes.protocol = Some(Protocol::Bgp),
        "device" => {
            route.attributes.protocol = Some(Protocol::Static);
            route.mark.via = Some(Via::Connected);
        }
        "static" | "inherit" | "kernel" => route.attributes.protocol = Some(Protocol::Static),
        kind if kind.starts_with("OSPF") || matches!(kind, "RIP" | "Babel") => {
            route.attributes.protocol = Some(Protocol::Igp);
        }
        _ => {}
    }
}
