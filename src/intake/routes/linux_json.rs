//! Linux `ip -j route`.
//!
//! ```json
//! [{"dst": "default", "gateway": "192.0.2.9", "dev": "eth0", "protocol": "static", "metric": 100, "flags": []},
//!  {"dst": "198.51.100.0/24", "protocol": "bird", "nexthops": [{"gateway": "192.0.2.13", "dev": "eth1"}]}]
//! ```

use crate::intake::address::{AnyPrefix, prefix};
use crate::intake::fault::Expected;
use crate::intake::format::{Definition, Kind};
use crate::intake::json::{Frame, Handler, JsonReader, Token, Written, bad_value, key_of};
use crate::intake::mark::{Choice, Mark, Via};
use crate::intake::reading::Draft;
use crate::intake::recognise::keys_found;
use crate::intake::tables::Tables;
use crate::plan::{Attributes, Protocol, Stage};
use crate::space::Prefix;
use std::net::IpAddr;

pub(crate) static FORMAT: Definition = Definition {
    name: "ip-route-json",
    title: "ip -j route (Linux)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let found = sample.keys(&["dst", "gateway", "dev", "prefsrc", "nexthops"]);
        let confidence = match found.as_slice() {
            ["dst", _, ..] => 82,
            ["dst"] => 60,
            _ => return None,
        };
        Some((confidence, keys_found(&found)))
    },
    open: |text| Box::new(JsonReader::new(text, Routes::default())),
};

#[derive(Default)]
struct Routes {
    tables: Tables,
    route: Option<Route>,
}

/// A route being read.
#[derive(Default)]
struct Route {
    depth: usize,
    network: Option<(Option<AnyPrefix>, usize)>,
    kind: String,
    protocol: String,
    metric: Option<u32>,
    down: bool,
    hops: Vec<IpAddr>,
}

impl<'a> Handler<'a> for Routes {
    fn token(&mut self, frames: &[Frame<'a>], token: &Token<'a>, draft: &mut Draft) {
        match token {
            Token::Text(written) | Token::Literal(written) => self.value(frames, written, draft),
            Token::Open => self.opened(frames),
            Token::Close if self.route.as_ref().is_some_and(|route| route.depth >= frames.len()) => {
                self.close(draft);
            }
            _ => {}
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        self.close(draft);
        self.tables.close(draft);
    }
}

impl Routes {
    fn opened(&mut self, frames: &[Frame<'_>]) {
        if self.route.is_none() && frames.last().is_some_and(|frame| !frame.array) {
            self.route = Some(Route { depth: frames.len(), ..Route::default() });
        }
    }

    fn value(&mut self, frames: &[Frame<'_>], written: &Written<'_>, draft: &mut Draft) {
        let Some(route) = &mut self.route else { return };
        let meaning = written.meaning();
        let word = meaning.trim();
        let in_flags = frames.last().is_some_and(|frame| frame.array && frame.name == "flags");
        match key_of(frames) {
            "dst" if frames.len() == route.depth => {
                let at = written.at + (written.text.len() - written.text.trim_start().len());
                if word == "default" {
                    route.network = Some((None, at));
                    return;
                }
                match prefix(word) {
                    Ok((read, warning)) => {
                        route.network = Some((Some(read), at));
                        if let Some(warning) = warning.filter(|_| !written.text.contains('\\')) {
                            draft.problem(at, warning);
                        }
                    }
                    Err(_) => {
                        draft.skipped = draft.skipped.saturating_add(1);
                        bad_value(draft, "dst", written, Expected::Address);
                    }
                }
            }
            "type" => route.kind = word.to_owned(),
            "protocol" => route.protocol = word.to_owned(),
            "metric" => match word.parse() {
                Ok(metric) => route.metric = Some(metric),
                Err(_) => bad_value(draft, "metric", written, Expected::Number { from: 0, to: u32::MAX }),
            },
            "gateway" | "host" => route.hops.extend(word.parse::<IpAddr>()),
            "table" if frames.len() == route.depth => self.tables.begin(word, written.at, draft),
            "" if in_flags && matches!(word, "linkdown" | "dead") && frames.len() == route.depth + 1 => {
                route.down = true;
            }
            _ => {}
        }
    }

    fn close(&mut self, draft: &mut Draft) {
        let Some(route) = self.route.take() else { return };
        let Some((network, at)) = route.network else { return };
        let protocol = match route.protocol.as_str() {
            "bgp" | "bird" | "zebra" | "gobgp" | "exabgp" => Protocol::Bgp,
            "ospf" | "isis" | "rip" | "eigrp" | "babel" => Protocol::Igp,
            _ => Protocol::Static,
        };
        let via = match (route.kind.as_str(), route.protocol.as_str()) {
            ("" | "unicast", "kernel") => Some(Via::Connected),
            ("local" | "broadcast" | "multicast" | "anycast", _) => Some(Via::Connected),
            ("" | "unicast" | "nat", _) => None,
            _ => Some(Via::Own),
        };
        let hops = if route.hops.is_empty() { vec![None] } else { route.hops.iter().copied().map(Some).collect() };
        for (index, hop) in hops.into_iter().enumerate() {
            let prefix = network.unwrap_or(match hop {
                Some(IpAddr::V6(_)) => AnyPrefix::V6(Prefix::ALL),
                _ => AnyPrefix::V4(Prefix::ALL),
            });
            let choice = match index {
                _ if route.down => Choice::Unusable,
                0 => Choice::Best,
                _ => Choice::Multipath,
            };
            let attributes =
                draft.intern(Attributes { next_hop: hop, protocol: Some(protocol), ..Attributes::default() });
            let mark = Mark { choice: Some(choice), via, metric: route.metric, cut: false };
            draft.add_route(prefix, at, attributes, mark);
        }
    }
}
