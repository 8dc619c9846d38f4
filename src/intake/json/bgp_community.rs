//! BGP service communities: what a circuit's Microsoft peering will receive, by community.
//!
//! PowerShell's `Get-AzBgpServiceCommunity` prints blocks of `Name : …` lines around JSON whose keys begin with
//! capitals; `az network route-filter rule list-service-communities` prints an array with the same keys in small
//! letters. Both read the same here.
//!
//! ```json
//! {"communityName": "Azure West US", "communityValue": "12076:51006", "communityPrefixes": ["192.0.2.0/24"],
//!  "serviceGroup": "Azure", "serviceSupportedRegion": "Global", "isAuthorizedToUse": true}
//! ```

use super::scan::{Frame, Token, Written};
use super::{Handler, JsonReader, bad_value, key_of, no_prefix, read_prefix};
use crate::intake::fault::{Expected, FaultCode, Severity};
use crate::intake::format::{Definition, Kind};
use crate::intake::reading::{Draft, NamedSet, offset};
use crate::intake::recognise::{Reason, Sample, keys_found};
use crate::plan::{Attributes, Stage};

const KEYS: [&str; 6] = [
    "CommunityPrefixes",
    "CommunityValue",
    "CommunityName",
    "ServiceSupportedRegion",
    "IsAuthorizedToUse",
    "ServiceGroup",
];

const CLI_KEYS: [&str; 6] = [
    "communityPrefixes",
    "communityValue",
    "communityName",
    "serviceSupportedRegion",
    "isAuthorizedToUse",
    "serviceGroup",
];

/// What stands before the colon of a line around the JSON of a print.
const LABELS: [&str; 7] = ["Name", "Id", "Type", "Location", "Tag", "Etag", "BgpCommunities"];

pub(crate) static PRINT: Definition = Definition {
    name: "bgp-service-community",
    title: "BGP service communities (Get-AzBgpServiceCommunity)",
    kind: Kind::Routes,
    stage: Stage::Offered,
    recognise: recognise_print,
    open: |text| Box::new(JsonReader::new(text, Communities::default())),
};

pub(crate) static CLI: Definition = Definition {
    name: "bgp-service-community-cli",
    title: "BGP service communities (az network route-filter rule list-service-communities)",
    kind: Kind::Routes,
    stage: Stage::Offered,
    recognise: |sample| by_keys(&sample.keys(&CLI_KEYS)),
    open: |text| Box::new(JsonReader::new(text, Communities::default())),
};

fn recognise_print(sample: &Sample<'_>) -> Option<(u8, Reason)> {
    let found = sample.keys(&KEYS);
    if sample.heading("BgpCommunities") {
        let confidence = if found.is_empty() { 60 } else { 90 };
        return Some((confidence, Reason::Heading { heading: "BgpCommunities :".to_owned() }));
    }
    by_keys(&found)
}

fn by_keys(found: &[&str]) -> Option<(u8, Reason)> {
    let confidence = match found {
        [] => return None,
        [_] => 60,
        _ => 80,
    };
    Some((confidence, keys_found(found)))
}

#[derive(Default)]
pub(crate) struct Communities {
    set: Option<Community>,
    /// At how many frames prefixes stand, while they do.
    prefixes: Option<usize>,
}

/// A community being read.
struct Community {
    depth: usize,
    /// Whether anything was said that only a community says.
    known: bool,
    set: NamedSet,
}

impl<'a> Handler<'a> for Communities {
    fn token(&mut self, frames: &[Frame<'a>], token: &Token<'a>, draft: &mut Draft) {
        let depth = frames.len();
        match token {
            Token::Text(written) if self.prefixes == Some(depth) => read_prefix(draft, written),
            Token::Literal(written) if self.prefixes == Some(depth) => no_prefix(draft, written),
            Token::Text(written) | Token::Literal(written) => {
                if let Some(community) = self.set.as_mut().filter(|community| community.depth == depth) {
                    community.value(key_of(frames), written, draft);
                }
            }
            Token::Open => self.opened(frames, draft),
            Token::Close => {
                if self.prefixes == Some(depth) {
                    self.prefixes = None;
                }
                if self.set.as_ref().is_some_and(|community| community.depth >= depth)
                    && let Some(community) = self.set.take()
                {
                    community.close(draft);
                }
            }
            _ => {}
        }
    }

    fn knows(&self, line: &str) -> bool {
        let line = line.trim_start_matches('>').trim_start();
        line.split_once(':').is_some_and(|(label, _)| LABELS.contains(&label.trim_end()))
    }
}

impl Communities {
    fn opened(&mut self, frames: &[Frame<'_>], draft: &Draft) {
        let depth = frames.len();
        let Some(frame) = frames.last() else { return };
        let begins = if frame.array {
            // The text begins inside of a community.
            depth == 1 && frame.name.eq_ignore_ascii_case("communityPrefixes")
        } else {
            self.set.as_ref().is_none_or(|community| !community.known)
        };
        if begins {
            let (v4, v6) = (offset(draft.v4.len()), offset(draft.v6.len()));
            let set = NamedSet { v4: v4..v4, v6: v6..v6, at: offset(frame.at), ..NamedSet::default() };
            self.set = Some(Community { depth, known: false, set });
        }
        if frame.array
            && frame.name.eq_ignore_ascii_case("communityPrefixes")
            && let Some(community) = self.set.as_mut().filter(|community| depth <= community.depth + 1)
        {
            community.known = true;
            self.prefixes = Some(depth);
        }
    }
}

impl Community {
    fn value(&mut self, key: &str, written: &Written<'_>, draft: &mut Draft) {
        let details = &mut self.set.details;
        let field = if key.eq_ignore_ascii_case("communityValue") {
            self.known = true;
            match written.meaning().trim().parse() {
                Ok(community) => details.community = Some(community),
                Err(_) => bad_value(draft, key, written, Expected::Community),
            }
            &mut self.set.name
        } else if key.eq_ignore_ascii_case("communityName") {
            self.known = true;
            &mut self.set.title
        } else if key.eq_ignore_ascii_case("serviceGroup") {
            &mut details.category
        } else if key.eq_ignore_ascii_case("serviceSupportedRegion") {
            &mut details.region
        } else {
            return;
        };
        *field = written.meaning().trim().to_owned();
    }

    fn close(self, draft: &mut Draft) {
        if !self.known {
            return;
        }
        let mut set = self.set;
        let (v4_from, v6_from) = (set.v4.start as usize, set.v6.start as usize);
        set.v4.end = offset(draft.v4.len());
        set.v6.end = offset(draft.v6.len());
        if let Some(community) = set.details.community {
            let index = draft.intern(Attributes { communities: vec![community], ..Attributes::default() });
            draft.set_attributes(v4_from, v6_from, index);
        } else if set.name.is_empty() {
            let at = set.at as usize;
            draft.fault(Severity::Error, at..at + 1, || {
                let (name, value) = ("communityValue".to_owned(), String::new());
                (FaultCode::BadValue { name, value, expected: Expected::Community }, None)
            });
        }
        draft.add_set(set);
    }
}
