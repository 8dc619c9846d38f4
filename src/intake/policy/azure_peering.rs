//! The peering of an ExpressRoute circuit, as `az network express-route peering show` and `list` print it, and within
//! the circuit that `az network express-route show` prints. JSON.
//!
//! The route filter is an identifier; its communities are in another object (`az network route-filter show`).

use crate::intake::config::{ConfigDefinition, Draft, PeeringObject, Reason};
use crate::intake::lines::Lines;
use crate::intake::reading::offset;
use crate::intake::recognise::keys_found;
use crate::plan::PeeringKind;
use serde_json::Value;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "azure-peering",
    title: "az network express-route peering show (Azure CLI)",
    recognise: |sample| {
        let found = sample.keys(&["peeringType", "primaryPeerAddressPrefix", "secondaryPeerAddressPrefix"]);
        (found.len() == 3).then(|| (95, keys_found(&found)))
    },
    read,
};

fn read(text: &str, draft: &mut Draft) {
    // A mail's marks and a pager's stand before lines, and JSON has none of them.
    let (mut cleaned, mut places) = (String::new(), Vec::new());
    let mut lines = Lines::new(text);
    while let Some(line) = lines.next() {
        places.push(line.whole().start);
        cleaned.push_str(line.text);
        cleaned.push('\n');
    }
    let (Some(first), Some(last)) = (cleaned.find(['{', '[']), cleaned.rfind(['}', ']'])) else { return };
    let before = cleaned.get(..first).map_or(0, |before| before.matches('\n').count());
    let value: Value = match serde_json::from_str(cleaned.get(first..=last).unwrap_or_default()) {
        Ok(value) => value,
        Err(error) => {
            let at = places.get(before + error.line().saturating_sub(1)).copied().unwrap_or(0);
            let at = offset(text.floor_char_boundary(at));
            return draft.left_out(at..at, Reason::NotUnderstood { statement: "JSON".into() });
        }
    };
    // Peerings stand in the text in the order in which they are met below.
    let mut places = text.match_indices("\"peeringType\"").map(|(at, key)| offset(at)..offset(at + key.len()));
    let mut open = vec![&value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(fields) if fields.contains_key("peeringType") => {
                let span = places.next().unwrap_or(0..0);
                match peering(value, &span, draft) {
                    Some(peering) => draft.setup.peerings.push(peering),
                    None => {
                        let what = value.get("peeringType").map(ToString::to_string).unwrap_or_default();
                        draft.left_out(span, Reason::Feature { what });
                    }
                }
            }
            Value::Object(fields) => open.extend(fields.values()),
            _ => {}
        }
    }
}

fn peering(value: &Value, span: &std::ops::Range<u32>, draft: &mut Draft) -> Option<PeeringObject> {
    let kind = match value.get("peeringType")?.as_str()? {
        "MicrosoftPeering" => PeeringKind::Microsoft,
        "AzurePublicPeering" => PeeringKind::LegacyPublic,
        "AzurePrivatePeering" => PeeringKind::Private,
        _ => return None,
    };
    let v6 = value.get("ipv6PeeringConfig").filter(|config| config.is_object());
    let mut nets = |key: &str| {
        let said = [value.get(key), v6.and_then(|config| config.get(key))];
        let texts = said.into_iter().flatten().filter_map(Value::as_str);
        parsed(texts, span, draft)
    };
    let (primary, secondary) = (nets("primaryPeerAddressPrefix"), nets("secondaryPeerAddressPrefix"));
    let configs =
        [value.get("microsoftPeeringConfig"), v6.and_then(|config| config.get("microsoftPeeringConfig"))];
    let lists = configs.into_iter().flatten().filter_map(|config| config.get("advertisedPublicPrefixes"));
    let admitted = parsed(lists.filter_map(Value::as_array).flatten().filter_map(Value::as_str), span, draft);
    let filter = [value.get("routeFilter"), v6.and_then(|config| config.get("routeFilter"))];
    let filter = filter.into_iter().flatten().find_map(|filter| filter.get("id")).and_then(Value::as_str);
    let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
    let mut parts = id.split('/');
    let circuit =
        parts.by_ref().find(|part| part.eq_ignore_ascii_case("expressRouteCircuits")).and_then(|_| parts.next());
    Some(PeeringObject {
        kind,
        peer_asn: value.get("peerASN").and_then(Value::as_u64).and_then(|asn| u32::try_from(asn).ok()),
        admitted,
        primary,
        secondary,
        route_filter: filter.and_then(|id| id.rsplit('/').next()).map(str::to_owned),
        communities: None,
        circuit: circuit.map(str::to_owned),
        span: span.clone(),
    })
}

fn parsed<'a>(
    texts: impl Iterator<Item = &'a str>,
    span: &std::ops::Range<u32>,
    draft: &mut Draft,
) -> Vec<ipnet::IpNet> {
    let mut found = Vec::new();
    for text in texts {
        match text.parse::<ipnet::IpNet>() {
            Ok(net) => found.push(net.trunc()),
            Err(_) => draft.left_out(span.clone(), Reason::NotUnderstood { statement: text.to_owned() }),
        }
    }
    found
}
