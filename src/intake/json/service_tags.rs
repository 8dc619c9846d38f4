//! Azure IP ranges and service tags: Microsoft's weekly download, and what `az network list-service-tags` and
//! `Get-AzNetworkServiceTag | ConvertTo-Json` print (whose keys begin with capitals).
//!
//! ```json
//! {"values": [{"name": "Storage.WestUS", "properties": {"region": "westus", "systemService": "AzureStorage",
//!   "addressPrefixes": ["192.0.2.0/24"]}}]}
//! ```

use super::scan::{Frame, Token};
use super::{Handler, JsonReader, key_of, no_prefix, read_prefix};
use crate::intake::format::{Definition, Kind};
use crate::intake::reading::{Draft, NamedSet, offset};
use crate::intake::recognise::{Reason, Sample, keys_found};
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "service-tags",
    title: "Azure Service Tags (JSON)",
    kind: Kind::Destinations,
    stage: Stage::Offered,
    recognise,
    open: |text| Box::new(JsonReader::new(text, ServiceTags::default())),
};

fn recognise(sample: &Sample<'_>) -> Option<(u8, Reason)> {
    let keys = ["addressPrefixes", "systemService", "changeNumber", "cloud", "regionId"];
    let mut found = sample.keys(&keys);
    if found.is_empty() {
        found = sample.keys(&["AddressPrefixes", "SystemService", "ChangeNumber", "Cloud"]);
    }
    let confidence = match found.as_slice() {
        [] => return None,
        ["addressPrefixes" | "AddressPrefixes", ..] => 80,
        ["systemService" | "SystemService", ..] => 70,
        [_] => 30,
        _ => 60,
    };
    Some((confidence, keys_found(&found)))
}

#[derive(Default)]
pub(crate) struct ServiceTags {
    /// The last name, and at how many frames it stands.
    name: Option<(usize, String)>,
    /// The tag whose properties are being read, and at how many frames it stands.
    tag: Option<(usize, NamedSet)>,
    /// At how many frames prefixes stand, while they do.
    prefixes: Option<usize>,
}

impl<'a> Handler<'a> for ServiceTags {
    fn token(&mut self, frames: &[Frame<'a>], token: &Token<'a>, draft: &mut Draft) {
        let depth = frames.len();
        match token {
            Token::Text(written) if self.prefixes == Some(depth) => read_prefix(draft, written),
            Token::Literal(written) if self.prefixes == Some(depth) => no_prefix(draft, written),
            Token::Text(written) => {
                let key = key_of(frames);
                if key.eq_ignore_ascii_case("name") {
                    match &mut self.tag {
                        Some((at, tag)) if *at == depth => tag.name = written.meaning().into_owned(),
                        _ => self.name = Some((depth, written.meaning().into_owned())),
                    }
                } else if let Some((at, tag)) = &mut self.tag
                    && depth <= *at + 1
                {
                    if key.eq_ignore_ascii_case("region") {
                        tag.details.region = written.meaning().into_owned();
                    } else if key.eq_ignore_ascii_case("systemService") {
                        tag.details.category = written.meaning().into_owned();
                    }
                }
            }
            Token::Open => self.opened(frames, draft),
            Token::Close => self.closed(depth, draft),
            _ => {}
        }
    }
}

impl ServiceTags {
    fn opened(&mut self, frames: &[Frame<'_>], draft: &Draft) {
        let depth = frames.len();
        let Some(frame) = frames.last() else { return };
        let name = frame.name;
        if !frame.array && self.tag.is_none() && name.eq_ignore_ascii_case("properties") {
            self.begin(frames, depth - 1, draft);
        } else if frame.array && name.eq_ignore_ascii_case("addressPrefixes") {
            if self.tag.is_none() {
                self.begin(frames, depth - 1, draft);
            }
            self.prefixes = Some(depth);
        } else if !frame.array && self.name.as_ref().is_some_and(|(at, _)| *at >= depth) {
            self.name = None;
        }
    }

    /// A tag, which is the object at this many frames; at none, where the text begins inside of it, its part.
    fn begin(&mut self, frames: &[Frame<'_>], depth: usize, draft: &Draft) {
        let depth = depth.max(1);
        let name = self.name.take().filter(|(at, _)| *at == depth).map(|(_, name)| name);
        let at = depth.checked_sub(1).and_then(|index| frames.get(index)).map_or(0, |frame| frame.at);
        let (v4, v6) = (offset(draft.v4.len()), offset(draft.v6.len()));
        let set = NamedSet {
            name: name.unwrap_or_default(),
            v4: v4..v4,
            v6: v6..v6,
            at: offset(at),
            ..NamedSet::default()
        };
        self.tag = Some((depth, set));
    }

    fn closed(&mut self, depth: usize, draft: &mut Draft) {
        if self.prefixes == Some(depth) {
            self.prefixes = None;
        }
        if self.tag.as_ref().is_some_and(|(at, _)| *at >= depth)
            && let Some((_, mut tag)) = self.tag.take()
        {
            tag.v4.end = offset(draft.v4.len());
            tag.v6.end = offset(draft.v6.len());
            tag.title.clone_from(&tag.details.category);
            draft.add_set(tag);
        }
    }
}
