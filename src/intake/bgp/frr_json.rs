//! FRR `show bgp ipv4 unicast json`, also of all VRFs.
//!
//! ```json
//! {"vrfId": 0, "vrfName": "default", "routerId": "192.0.2.1", "localAS": 64700, "routes": {
//!   "198.51.100.0/24": [{"valid": true, "bestpath": true, "pathFrom": "external", "metric": 0, "weight": 0,
//!     "locPrf": 100, "path": "64701 64702", "origin": "IGP", "nexthops": [{"ip": "192.0.2.9", "used": true}]}]}}
//! ```

use crate::intake::address::{AnyPrefix, prefix};
use crate::intake::as_path;
use crate::intake::communities::communities;
use crate::intake::fault::{Expected, FaultCode, Severity};
use crate::intake::format::{Definition, Kind};
use crate::intake::json::{Frame, Handler, JsonReader, Token, Written, bad_value, key_of};
use crate::intake::mark::{Choice, Mark, Via};
use crate::intake::reading::Draft;
use crate::intake::recognise::keys_found;
use crate::intake::tables::Tables;
use crate::plan::{Attributes, Origin, Stage};

pub(crate) static FORMAT: Definition = Definition {
    name: "frr-bgp-json",
    title: "show bgp ipv4 unicast json (FRR)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let found = sample.keys(&["pathFrom", "locPrf", "vrfName", "bestpath", "nexthops", "routerId"]);
        let confidence = match found.as_slice() {
            [] => return None,
            ["pathFrom", _, ..] => 92,
            [_, _, ..] => 80,
            ["pathFrom"] => 75,
            _ => 30,
        };
        Some((confidence, keys_found(&found)))
    },
    open: |text| Box::new(JsonReader::new(text, Paths { start: text.as_ptr() as usize, ..Paths::default() })),
};

#[derive(Default)]
struct Paths {
    /// Where the text is, to know the places of keys.
    start: usize,
    tables: Tables,
    prefix: Option<(AnyPrefix, usize)>,
    path: Option<Path>,
}

/// A path being read.
struct Path {
    depth: usize,
    at: usize,
    /// Whether anything was said that only a path says.
    known: bool,
    attributes: Attributes,
    valid: bool,
    best: bool,
    multipath: bool,
    gone: bool,
    via: Option<Via>,
    cut: bool,
}

impl<'a> Handler<'a> for Paths {
    fn token(&mut self, frames: &[Frame<'a>], token: &Token<'a>, draft: &mut Draft) {
        let depth = frames.len();
        match token {
            Token::Open => self.opened(frames, draft),
            Token::Close if self.path.as_ref().is_some_and(|path| path.depth >= depth) => self.close(draft),
            Token::Text(written) | Token::Literal(written) => self.value(frames, written, draft),
            _ => {}
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        self.close(draft);
        self.tables.close(draft);
    }
}

impl Paths {
    fn opened(&mut self, frames: &[Frame<'_>], draft: &mut Draft) {
        let Some(frame) = frames.last() else { return };
        if frame.array {
            if let Ok((read, warning)) = prefix(frame.name)
                && frame.name.contains('/')
            {
                let at = (frame.name.as_ptr() as usize).wrapping_sub(self.start);
                if let Some(warning) = warning {
                    draft.problem(at, warning);
                }
                self.prefix = Some((read, at));
            }
            return;
        }
        let inside = frames.len().checked_sub(2).and_then(|at| frames.get(at));
        let due = inside.is_none_or(|above| above.array && (above.name.contains('/') || above.name == "paths"));
        if due && self.path.as_ref().is_none_or(|path| !path.known) {
            self.path = Some(Path {
                depth: frames.len(),
                at: frame.at,
                known: false,
                attributes: Attributes::default(),
                valid: false,
                best: false,
                multipath: false,
                gone: false,
                via: None,
                cut: false,
            });
        }
    }

    fn close(&mut self, draft: &mut Draft) {
        let Some(path) = self.path.take() else { return };
        if !path.known {
            return;
        }
        let Some((prefix, at)) = self.prefix else {
            draft.skipped = draft.skipped.saturating_add(1);
            let code = FaultCode::NoPrefixAbove { line: "{".to_owned() };
            return draft.fault(Severity::Error, path.at..path.at + 1, || (code, None));
        };
        let choice = match path {
            Path { gone: true, .. } | Path { valid: false, .. } => Choice::Unusable,
            Path { best: true, .. } => Choice::Best,
            Path { multipath: true, .. } => Choice::Multipath,
            _ => Choice::Valid,
        };
        let unspecified = path.attributes.next_hop.is_some_and(|hop| hop.is_unspecified());
        let own = unspecified || path.attributes.weight == Some(32768);
        let mut attributes = path.attributes;
        if unspecified {
            attributes.next_hop = None;
        }
        let attributes = draft.intern(attributes);
        let via = if own { Some(Via::Own) } else { path.via };
        let mark = Mark { choice: Some(choice), via, metric: None, cut: path.cut };
        draft.add_route(prefix, at, attributes, mark);
    }

    fn value(&mut self, frames: &[Frame<'_>], written: &Written<'_>, draft: &mut Draft) {
        let key = key_of(frames);
        let meaning = written.meaning();
        let word = meaning.trim();
        match key {
            "vrfName" => {
                self.prefix = None;
                return self.tables.begin(word, written.at, draft);
            }
            "routerId" if self.prefix.is_none() => {
                self.tables.details().router_id = word.parse().ok();
                return;
            }
            "localAS" if self.prefix.is_none() => {
                self.tables.details().local_as = word.parse().ok();
                return;
            }
            _ => {}
        }
        let Some(path) = &mut self.path else { return };
        let yes = word == "true";
        let name = frames.last().map_or("", |frame| frame.name);
        let within = frames.len().saturating_sub(path.depth);
        let number = Expected::Number { from: 0, to: u32::MAX };
        let attributes = &mut path.attributes;
        match (within, name, key) {
            (0, _, "valid") => path.valid = yes,
            (0, _, "bestpath") | (1, "bestpath", "overall") => path.best = yes,
            (0, _, "multipath") => path.multipath = yes,
            (0, _, "removed" | "history" | "dampened") => path.gone = yes,
            (0, _, "pathFrom") => {
                path.via = match word {
                    "external" => Some(Via::External),
                    "internal" => Some(Via::Internal),
                    "confed" | "confederation" => Some(Via::Confederation),
                    _ => None,
                };
            }
            (0, _, "metric" | "med" | "locPrf" | "localpref" | "weight") => {
                let field = match key {
                    "metric" | "med" => &mut attributes.med,
                    "weight" => &mut attributes.weight,
                    _ => &mut attributes.local_preference,
                };
                match word.parse() {
                    Ok(value) => *field = Some(value),
                    Err(_) => return bad_value(draft, key, written, number),
                }
            }
            (0, _, "path") | (1, "aspath", "string") => {
                let text = if word == "Local" { "" } else { word };
                let scanned = as_path::scan(text);
                if scanned.end != text.len() {
                    return bad_value(draft, key, written, Expected::AsPath);
                }
                path.cut = scanned.cut;
                attributes.as_path = Some(scanned.path);
            }
            (0, _, "origin") => {
                attributes.origin = match word.to_ascii_lowercase().as_str() {
                    "igp" => Some(Origin::Igp),
                    "egp" => Some(Origin::Egp),
                    "incomplete" => Some(Origin::Incomplete),
                    _ => return bad_value(draft, key, written, Expected::Origin),
                };
            }
            (1, "community", "string") => attributes.communities = communities(word),
            (2, _, "ip") => {
                if attributes.next_hop.is_none() {
                    attributes.next_hop = word.parse().ok();
                }
            }
            _ => return,
        }
        path.known = true;
    }
}
