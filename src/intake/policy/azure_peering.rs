//! The peering of an ExpressRoute circuit, as `az network express-route peering show` and `list` print it, and within
//! the circuit that `az network express-route show` prints; and route filters with their rules, as `az network
//! route-filter show`, `list` and `rule list` print them. JSON, also of PowerShell's `ConvertTo-Json`.
//!
//! In a peering the route filter is an identifier; its communities are in the filter, which names the circuits that it
//! is attached to. Objects are found wherever they are, so a piece cut out of a print is read as well as the print.

use crate::intake::address::{self, Problem};
use crate::intake::config::{ConfigDefinition, Draft, PeeringObject, Reason, RouteFilterObject, draft};
use crate::intake::fault::{FaultCode, Severity, quote};
use crate::intake::json::{Frame, Scanner, Token, Written};
use crate::intake::reading::offset;
use crate::intake::recognise::{Reason as Why, Sample, keys_found};
use crate::pace::{Pace, Phase};
use crate::plan::{Community, PeeringKind};
use ipnet::IpNet;
use std::ops::Range;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "azure-peering",
    title: "az network express-route peering show, az network route-filter show (Azure CLI)",
    recognise,
    read: |text, draft, pace| Box::pin(read(text, draft, pace)),
};

fn recognise(sample: &Sample<'_>) -> Option<(u8, Why)> {
    let peering = ["PeeringType", "PrimaryPeerAddressPrefix", "SecondaryPeerAddressPrefix"];
    let filter = ["RouteFilterRuleType", "Communities"];
    [&peering[..], &filter[..]].into_iter().find_map(|keys| {
        let found = sample.keys_of_any_case(keys);
        (found.len() == keys.len()).then(|| (95, keys_found(&found)))
    })
}

/// What may be said of an object, by its keys.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Key {
    Id,
    /// The identifier of the route filter that a peering has.
    FilterId,
    /// The identifier of a peering that a route filter is attached to.
    PeeringId,
    Name,
    Type,
    PeeringType,
    PeerAsn,
    Primary,
    Secondary,
    Admitted,
    RuleType,
    Access,
    Community,
}

impl Key {
    fn of(key: &str) -> Option<Self> {
        let known = [
            ("id", Self::Id),
            ("name", Self::Name),
            ("type", Self::Type),
            ("peeringType", Self::PeeringType),
            ("peerASN", Self::PeerAsn),
            ("primaryPeerAddressPrefix", Self::Primary),
            ("secondaryPeerAddressPrefix", Self::Secondary),
            ("advertisedPublicPrefixes", Self::Admitted),
            ("routeFilterRuleType", Self::RuleType),
            ("access", Self::Access),
            ("communities", Self::Community),
        ];
        // PowerShell's keys begin with capitals.
        known.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, key)| key)
    }

    /// What it is of the object around one that is neither a peering nor a rule, and stands under this key.
    fn around(self, under: &str) -> Option<Self> {
        match self {
            Self::Id if under.eq_ignore_ascii_case("routeFilter") => Some(Self::FilterId),
            Self::Id if under.eq_ignore_ascii_case("peerings") || under.eq_ignore_ascii_case("ipv6Peerings") => {
                Some(Self::PeeringId)
            }
            // The IPv6 part of a peering, and the Microsoft part of either.
            Self::Primary | Self::Secondary | Self::Admitted | Self::FilterId | Self::Community => Some(self),
            _ => None,
        }
    }
}

/// An object that is open.
#[derive(Default)]
struct Object<'a> {
    said: Vec<(Key, Written<'a>)>,
    at: usize,
}

/// How much of one object is kept.
const MAX_SAID: usize = 10_000;

impl<'a> Object<'a> {
    fn first(&self, key: Key) -> Option<&Written<'a>> {
        self.said.iter().find(|(own, _)| *own == key).map(|(_, written)| written)
    }

    fn all(&self, key: Key) -> impl Iterator<Item = &Written<'a>> {
        self.said.iter().filter(move |(own, _)| *own == key).map(|(_, written)| written)
    }

    fn has(&self, key: Key) -> bool {
        self.first(key).is_some()
    }
}

async fn read(text: &str, draft: &mut Draft, pace: &Pace) {
    let mut scanner = Scanner::new(text);
    let mut problems: Vec<(usize, Box<Problem>)> = Vec::new();
    let mut open: Vec<Object<'_>> = Vec::new();
    loop {
        let before = scanner.at;
        let token = scanner.next(&mut problems);
        for (at, problem) in problems.drain(..) {
            let span = offset(at + problem.span.start)..offset(at + problem.span.end);
            draft.setup.faults.add(problem.severity, span, || (problem.code, None));
        }
        match token {
            Token::End => break,
            Token::Open => {
                if let Some(frame) = scanner.frames.last().filter(|frame| !frame.array) {
                    open.push(Object { said: Vec::new(), at: frame.at });
                }
            }
            Token::Close => {
                if scanner.frames.last().is_some_and(|frame| !frame.array)
                    && let Some(object) = open.pop()
                {
                    close(object, under(&scanner.frames), open.last_mut(), draft);
                }
            }
            Token::Text(written) | Token::Literal(written) => {
                if let (Some(frame), Some(object)) = (scanner.frames.last(), open.last_mut())
                    && let Some(key) = Key::of(if frame.array { frame.name } else { frame.key })
                    && written.text != "null"
                    && object.said.len() < MAX_SAID
                {
                    object.said.push((key, written));
                }
            }
            Token::Outside(_) | Token::Nothing => {}
        }
        pace.at(Phase::Reading, scanner.at as u64, text.len() as u64);
        pace.work(1 + (scanner.at - before) as u64 / 16).await;
    }
    // The text is cut off: what is open is taken as far as it goes.
    while let Some(object) = open.pop() {
        close(object, "", open.last_mut(), draft);
    }
}

/// The key under which the last frame stands; that of its array, where it is in one.
fn under<'a>(frames: &[Frame<'a>]) -> &'a str {
    match frames {
        [.., around, frame] if frame.name.is_empty() && around.array => around.name,
        [.., frame] => frame.name,
        [] => "",
    }
}

/// An object is whole: it is a peering, a rule or a filter, or a part of the object around it.
fn close<'a>(object: Object<'a>, under: &str, around: Option<&mut Object<'a>>, draft: &mut Draft) {
    let span = offset(object.at)..offset(object.at);
    if object.has(Key::PeeringType) {
        peering(&object, span, draft);
        return;
    }
    let is_filter = object.first(Key::Type).is_some_and(|kind| ends(kind, "/routeFilters"));
    let is_rule = object.has(Key::RuleType);
    let is_named = object.first(Key::Id).is_some_and(|id| segment(&id.meaning(), "routeFilters").is_some());
    if is_filter || is_rule && (is_named || around.is_none()) {
        filter(&object, span, draft);
        return;
    }
    if is_rule && denies(&object) {
        draft.left_out(span, Reason::Feature { what: "access deny".into() });
        return;
    }
    let Some(around) = around else { return };
    for (key, written) in object.said {
        // A rule that doesn't say of which filter it is: of the one around it.
        let of_rule = is_rule.then_some(key).filter(|key| *key == Key::RuleType);
        if let Some(key) = of_rule.or_else(|| key.around(under))
            && around.said.len() < MAX_SAID
        {
            around.said.push((key, written));
        }
    }
}

/// Whether a rule lets nothing through: Microsoft knows of no such rule yet.
fn denies(object: &Object<'_>) -> bool {
    object.first(Key::Access).is_some_and(|access| !access.text.eq_ignore_ascii_case("allow"))
}

fn ends(written: &Written<'_>, end: &str) -> bool {
    let text = written.text;
    let from = text.len().saturating_sub(end.len());
    text.get(from..).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// What stands behind this word in an identifier: `…/expressRouteCircuits/NAME/…`.
fn segment(id: &str, word: &str) -> Option<String> {
    let mut parts = id.split('/');
    parts.by_ref().find(|part| part.eq_ignore_ascii_case(word))?;
    parts.next().filter(|name| !name.is_empty()).map(str::to_owned)
}

fn peering(object: &Object<'_>, span: Range<u32>, draft: &mut Draft) {
    let said = object.first(Key::PeeringType).map(|kind| kind.meaning().into_owned()).unwrap_or_default();
    let kind = match said.as_str() {
        "MicrosoftPeering" => PeeringKind::Microsoft,
        "AzurePublicPeering" => PeeringKind::LegacyPublic,
        "AzurePrivatePeering" => PeeringKind::Private,
        _ => return draft.left_out(span, Reason::Feature { what: quote(&said) }),
    };
    let peer_asn = object.first(Key::PeerAsn).and_then(|asn| asn.text.parse().ok());
    let admitted = nets(object, Key::Admitted, draft);
    let (primary, secondary) = (nets(object, Key::Primary, draft), nets(object, Key::Secondary, draft));
    let id = object.first(Key::Id).map(|id| id.meaning().into_owned()).unwrap_or_default();
    let route_filter = object.first(Key::FilterId).and_then(|id| segment(&id.meaning(), "routeFilters"));
    let place = object.first(Key::PeeringType).map_or(span, place);
    draft.peering(PeeringObject {
        kind,
        peer_asn,
        admitted,
        primary,
        secondary,
        route_filter,
        circuit: segment(&id, "expressRouteCircuits"),
        span: place,
    });
}

/// A filter, or a rule of one: its identifier names the filter.
fn filter(object: &Object<'_>, span: Range<u32>, draft: &mut Draft) {
    let id = object.first(Key::Id).map(|id| id.meaning().into_owned()).unwrap_or_default();
    let name =
        segment(&id, "routeFilters").or_else(|| object.first(Key::Name).map(|name| name.meaning().into_owned()));
    let mut communities: Vec<Community> = Vec::new();
    if denies(object) {
        draft.left_out(span.clone(), Reason::Feature { what: "access deny".into() });
    } else {
        for written in object.all(Key::Community) {
            match written.meaning().trim().parse() {
                Ok(community) => communities.push(community),
                Err(_) => {
                    let statement = quote(&written.meaning());
                    draft.left_out(place(written), Reason::NotUnderstood { statement });
                }
            }
        }
    }
    let circuits =
        object.all(Key::PeeringId).filter_map(|id| segment(&id.meaning(), "expressRouteCircuits")).collect();
    draft.route_filter(RouteFilterObject { name: name.unwrap_or_default(), communities, circuits, span });
}

fn place(written: &Written<'_>) -> Range<u32> {
    offset(written.at)..offset(written.at + written.text.len())
}

/// The prefixes of this key; a fault for what is none.
fn nets(object: &Object<'_>, key: Key, draft: &mut Draft) -> Vec<IpNet> {
    let mut found = Vec::new();
    for written in object.all(key) {
        match address::address_and_length(written.meaning().trim()) {
            Ok((address, length)) => {
                let net = draft::net(draft::prefix_of(address, length));
                if !found.contains(&net) {
                    found.push(net);
                }
            }
            Err(_) => {
                let code = FaultCode::NotAnAddress { token: quote(written.text) };
                draft.setup.faults.add(Severity::Error, place(written), || (code, None));
            }
        }
    }
    // IPv4 first, whichever part of the object came first.
    crate::sort::by_key(&mut found, |net| matches!(net, IpNet::V6(_)));
    found
}
