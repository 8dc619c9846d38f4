//! Junos `show route | display json`, each value in an array of one object, or as it is (`display json compact`).
//!
//! ```json
//! {"route-information": [{"route-table": [{"table-name": [{"data": "inet.0"}], "rt": [
//!   {"rt-destination": [{"data": "198.51.100.0/24"}], "rt-entry": [
//!     {"active-tag": [{"data": "*"}], "protocol-name": [{"data": "BGP"}], "preference": [{"data": "170"}],
//!      "med": [{"data": "10"}], "local-preference": [{"data": "100"}], "as-path": [{"data": "64701 64702 I"}],
//!      "nh": [{"to": [{"data": "192.0.2.9"}], "via": [{"data": "ge-0/0/0.0"}]}]}]}]}]}]}
//! ```

use super::holds_prefixes;
use super::route::Route;
use crate::intake::address::{AnyPrefix, prefix};
use crate::intake::fault::Expected;
use crate::intake::format::{Definition, Kind};
use crate::intake::json::{Frame, Handler, JsonReader, Token, Written, bad_value, key_of};
use crate::intake::mark::Choice;
use crate::intake::reading::Draft;
use crate::intake::recognise::keys_found;
use crate::intake::tables::Tables;
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "junos-route-json",
    title: "show route | display json (Junos)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let found =
            sample.keys(&["rt-destination", "rt-entry", "route-table", "protocol-name", "rt-prefix-length"]);
        let confidence = match found.len() {
            0 => return None,
            1 => 75,
            _ => 90,
        };
        Some((confidence, keys_found(&found)))
    },
    open: |text| Box::new(JsonReader::new(text, Entries::default())),
};

#[derive(Default)]
struct Entries {
    tables: Tables,
    /// Whether the table's rows aren't prefixes.
    other: bool,
    prefix: Option<(AnyPrefix, usize)>,
    /// The route being read, and at how many frames it stands.
    route: Option<(usize, Route)>,
}

impl<'a> Handler<'a> for Entries {
    fn token(&mut self, frames: &[Frame<'a>], token: &Token<'a>, draft: &mut Draft) {
        match token {
            Token::Text(written) | Token::Literal(written) => self.value(frames, written, draft),
            Token::Open => {
                let entry = frames.iter().rev().take(2).any(|frame| frame.name == "rt-entry");
                if entry && frames.last().is_some_and(|frame| !frame.array) && self.route.is_none() {
                    self.route = Some((frames.len(), Route::new("", false)));
                }
            }
            Token::Close => {
                if self.route.as_ref().is_some_and(|(depth, _)| *depth >= frames.len())
                    && let Some((_, route)) = self.route.take()
                    && let Some((prefix, at)) = self.prefix
                {
                    route.add(prefix, at, draft);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        if let Some((_, route)) = self.route.take()
            && let Some((prefix, at)) = self.prefix
        {
            route.add(prefix, at, draft);
        }
        self.tables.close(draft);
    }
}

impl Entries {
    fn value(&mut self, frames: &[Frame<'_>], written: &Written<'_>, draft: &mut Draft) {
        // `"med": [{"data": "10"}]`: the name is two frames up.
        let key = match (key_of(frames), frames.len().checked_sub(2).and_then(|at| frames.get(at))) {
            ("data", Some(array)) => array.name,
            (key, _) => key,
        };
        let meaning = written.meaning();
        let word = meaning.trim();
        match key {
            "table-name" => {
                self.prefix = None;
                self.other = !holds_prefixes(word);
                if !self.other {
                    self.tables.begin(word, written.at, draft);
                }
                return;
            }
            "rt-destination" => {
                self.prefix = None;
                if self.other {
                    draft.skipped = draft.skipped.saturating_add(1);
                    return bad_value(draft, key, written, Expected::Address);
                }
                match prefix(word) {
                    Ok((read, warning)) => {
                        let at = written.at + (written.text.len() - written.text.trim_start().len());
                        self.prefix = Some((read, at));
                        if let Some(warning) = warning.filter(|_| !written.text.contains('\\')) {
                            draft.problem(at, warning);
                        }
                    }
                    Err(_) => {
                        draft.skipped = draft.skipped.saturating_add(1);
                        bad_value(draft, key, written, Expected::Address);
                    }
                }
                return;
            }
            _ => {}
        }
        let Some((_, route)) = &mut self.route else { return };
        let number = Expected::Number { from: 0, to: u32::MAX };
        match key {
            "active-tag" if word.contains(['*', '+']) => route.mark.choice = Some(Choice::Best),
            "protocol-name" => {
                // What came before as a metric of whatever protocol stays what it is.
                let (med, metric) = (route.attributes.med, route.mark.metric);
                route.protocol(word);
                route.attributes.med = med;
                route.mark.metric = metric;
            }
            "preference" if !route.preference(word) => bad_value(draft, key, written, number),
            "med" => match word.parse() {
                Ok(med) => route.attributes.med = Some(med),
                Err(_) => bad_value(draft, key, written, number),
            },
            "metric" if !route.metric(word) => bad_value(draft, key, written, number),
            "local-preference" if !route.local_preference(word) => bad_value(draft, key, written, number),
            "as-path" if !route.path(word) => bad_value(draft, key, written, Expected::AsPath),
            "to" => route.next_hop(word),
            _ => {}
        }
    }
}
