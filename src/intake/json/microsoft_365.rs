//! Microsoft 365 endpoints: the answer of the web service at endpoints.office.com.
//!
//! ```json
//! [{"id": 1, "serviceArea": "Exchange", "serviceAreaDisplayName": "Exchange Online", "urls": ["mail.example"],
//!   "ips": ["192.0.2.0/24"], "tcpPorts": "80,443", "expressRoute": true, "category": "Optimize", "required": true}]
//! ```
//! `ips` is absent where a set is known by its host names only.

use super::scan::{Frame, Token, Written};
use super::{Handler, JsonReader, bad_value, key_of, no_prefix, read_prefix};
use crate::intake::fault::Expected;
use crate::intake::format::{Definition, Kind};
use crate::intake::reading::{Draft, NamedSet, offset};
use crate::intake::recognise::{Reason, Sample, keys_found};
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "microsoft-365",
    title: "Microsoft 365 endpoints (JSON)",
    kind: Kind::Destinations,
    stage: Stage::Offered,
    recognise,
    open: |text| Box::new(JsonReader::new(text, Endpoints::default())),
};

fn recognise(sample: &Sample<'_>) -> Option<(u8, Reason)> {
    let keys = ["serviceArea", "expressRoute", "serviceAreaDisplayName", "tcpPorts", "udpPorts", "ips"];
    let found = sample.keys(&keys);
    let confidence = match found.as_slice() {
        [] => return None,
        [_] => 30,
        ["serviceArea" | "expressRoute", ..] => 80,
        _ => 60,
    };
    Some((confidence, keys_found(&found)))
}

#[derive(Default)]
pub(crate) struct Endpoints {
    set: Option<Endpoint>,
    /// At how many frames prefixes or host names stand, while they do.
    list: Option<(usize, List)>,
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum List {
    Prefixes,
    Urls,
}

/// An endpoint set being read.
struct Endpoint {
    depth: usize,
    /// Whether anything was said that only an endpoint set says.
    known: bool,
    id: String,
    area: String,
    tcp: String,
    udp: String,
    set: NamedSet,
}

impl<'a> Handler<'a> for Endpoints {
    fn token(&mut self, frames: &[Frame<'a>], token: &Token<'a>, draft: &mut Draft) {
        let depth = frames.len();
        match token {
            Token::Text(written) | Token::Literal(written) => {
                let text = matches!(token, Token::Text(_));
                match self.list {
                    Some((at, List::Prefixes)) if at == depth && text => read_prefix(draft, written),
                    Some((at, List::Prefixes)) if at == depth => no_prefix(draft, written),
                    Some((at, List::Urls)) if at == depth && text => {
                        if let Some(endpoint) = &mut self.set
                            && draft.one_more_url(written.at)
                        {
                            endpoint.set.details.urls.push(written.meaning().into_owned());
                        }
                    }
                    _ => {
                        if let Some(endpoint) = self.set.as_mut().filter(|endpoint| endpoint.depth == depth) {
                            endpoint.value(key_of(frames), written, text, draft);
                        }
                    }
                }
            }
            Token::Open => self.opened(frames, draft),
            Token::Close => {
                if self.list.is_some_and(|(at, _)| at == depth) {
                    self.list = None;
                }
                if self.set.as_ref().is_some_and(|endpoint| endpoint.depth >= depth)
                    && let Some(endpoint) = self.set.take()
                {
                    endpoint.close(draft);
                }
            }
            _ => {}
        }
    }
}

impl Endpoints {
    fn opened(&mut self, frames: &[Frame<'_>], draft: &Draft) {
        let depth = frames.len();
        let Some(frame) = frames.last() else { return };
        if !frame.array {
            if self.set.as_ref().is_none_or(|endpoint| !endpoint.known) {
                self.set = Some(Endpoint::new(depth, frame.at, draft));
            }
            return;
        }
        let list = match frame.name {
            "ips" => List::Prefixes,
            "urls" => List::Urls,
            _ => return,
        };
        if depth == 1 {
            // The text begins inside of a set.
            self.set = Some(Endpoint::new(depth, frame.at, draft));
        }
        if let Some(endpoint) = self.set.as_mut().filter(|endpoint| depth <= endpoint.depth + 1) {
            endpoint.known = true;
            self.list = Some((depth, list));
        }
    }
}

impl Endpoint {
    fn new(depth: usize, at: usize, draft: &Draft) -> Self {
        let (v4, v6) = (offset(draft.v4.len()), offset(draft.v6.len()));
        let set = NamedSet { v4: v4..v4, v6: v6..v6, at: offset(at), ..NamedSet::default() };
        Self {
            depth,
            known: false,
            id: String::new(),
            area: String::new(),
            tcp: String::new(),
            udp: String::new(),
            set,
        }
    }

    fn value(&mut self, key: &str, written: &Written<'_>, text: bool, draft: &mut Draft) {
        let meaning = || written.meaning().trim().to_owned();
        let field = match key {
            "id" => &mut self.id,
            "serviceArea" => &mut self.area,
            "serviceAreaDisplayName" => &mut self.set.title,
            "tcpPorts" => &mut self.tcp,
            "udpPorts" => &mut self.udp,
            "category" => &mut self.set.details.category,
            "expressRoute" => {
                self.known = true;
                match written.text {
                    "true" => self.set.details.express_route = Some(true),
                    "false" => self.set.details.express_route = Some(false),
                    "null" if !text => {}
                    _ => bad_value(draft, key, written, Expected::Boolean),
                }
                return;
            }
            _ => return,
        };
        self.known |= key != "id";
        if text || key == "id" {
            *field = meaning();
        } else if written.text != "null" {
            bad_value(draft, key, written, Expected::Text);
        }
    }

    fn close(self, draft: &mut Draft) {
        if !self.known {
            return;
        }
        let mut set = self.set;
        set.v4.end = offset(draft.v4.len());
        set.v6.end = offset(draft.v6.len());
        let words = [self.area.as_str(), self.id.as_str()];
        set.name = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if !set.details.category.is_empty() {
            if !set.name.is_empty() {
                set.name.push(' ');
            }
            set.name.push_str(&format!("({})", set.details.category));
        }
        let ports = [("tcp", self.tcp), ("udp", self.udp)].into_iter().filter(|(_, ports)| !ports.is_empty());
        set.details.ports = ports.map(|(name, ports)| format!("{name} {ports}")).collect::<Vec<_>>().join(" ");
        draft.add_set(set);
    }
}
