//! Rollout: what a field, a rule or a policy is and was, in clauses.

use super::rollout::{NAMED, devices, several};
use super::{Names, listing};
use crate::plan::Id;
use crate::study::rollout::{Does, Field, Value};

/// What of a part changes, with what it was and what it becomes: `the SKU from Standard to Premium`.
pub(super) fn fields(before: &Value, after: &Value, names: &Names) -> String {
    let (Value::Fields(before), Value::Fields(after)) = (before, after) else { return String::new() };
    let one = |(old, new): (&Field, &Field)| {
        format!("{} from {} to {}", field(new, names), field_value(old, names), field_value(new, names))
    };
    let named: Vec<String> = before.iter().zip(after).map(one).collect();
    listing(&named, "and")
}

fn field(field: &Field, names: &Names) -> String {
    let of = field.of.clone().unwrap_or_default();
    match field.name.as_str() {
        "sku" => "the SKU",
        "bandwidth" => "the bandwidth",
        "local_regions" => "the local regions",
        "microsoft_365_authorised" => "the authorisation for Microsoft 365",
        "return_model" => "Microsoft's way back",
        "customer_asn" => "our AS number",
        "provider_asn" => "the provider's AS number",
        "primary_subnets" => "the primary subnets",
        "secondary_subnets" => "the secondary subnets",
        "site" => "the home site",
        "link" => "the link",
        "circuit" => "the circuit",
        "peering" => "the peering",
        "side" => "the circuit's link",
        "path" => "the devices",
        "hold_time_seconds" => "the hold time",
        "bfd" => "BFD",
        "multipath" => "multipath",
        "ebgp" => "the distance of eBGP",
        "ibgp" => "the distance of iBGP",
        "static" => "the distance of static routes",
        "igp" => "the distance of interior routes",
        "published" => "the published addresses",
        "inside" => "the inside addresses",
        "entries" => "the number of ways in",
        "device" => return format!("the device that translates by {}", names.exit(&of)),
        "source_pool" => return format!("the pool of inbound sources by {}", names.exit(&of)),
        "cost" => return format!("that of {}", names.exit(&of)),
        "zone" => return format!("the zone on {}", names.device(&of)),
        other => other,
    }
    .to_owned()
}

fn field_value(field: &Field, names: &Names) -> String {
    let Some(value) = &field.value else { return "none".to_owned() };
    let id = Id::from(value.as_str());
    match (field.name.as_str(), value.as_str()) {
        ("site", _) => names.site(&id).to_owned(),
        ("device", _) => names.device(&id).to_owned(),
        ("source_pool", _) => names.pool(&id).to_owned(),
        ("circuit", _) => names.circuit(&id).to_owned(),
        ("path", devices) => {
            let ids: Vec<Id> = devices.split_whitespace().map(Id::from).collect();
            self::devices(&ids, names)
        }
        ("bandwidth", rate) => format!("{rate} Mbps"),
        ("hold_time_seconds", seconds) => format!("{seconds} s"),
        ("sku", "local") => "Local".to_owned(),
        ("sku", "standard") => "Standard".to_owned(),
        ("sku", "premium") => "Premium".to_owned(),
        ("link", "internet") => "an Internet link".to_owned(),
        ("link", _) => "ExpressRoute".to_owned(),
        ("peering", "microsoft") => "Microsoft peering".to_owned(),
        ("peering", "legacy_public") => "public peering".to_owned(),
        ("peering", _) => "private peering".to_owned(),
        ("return_model", "sticky") => "the way it came".to_owned(),
        ("return_model", _) => "the longest prefix".to_owned(),
        (_, "true") => "on".to_owned(),
        (_, "false") => "off".to_owned(),
        (_, value) => value.to_owned(),
    }
}

/// What a translation rule does, in a clause.
pub(super) fn rule(value: &Value, names: &Names) -> String {
    let Value::Rule { exits, sources, destinations, services, pool, .. } = value else { return String::new() };
    let mut which = "what".to_owned();
    if !sources.is_empty() {
        which.push_str(&format!(" comes from {}", first_of(sources)));
    }
    let mut to: Vec<String> = services.iter().map(|id| names.service(id).to_owned()).collect();
    to.extend(destinations.iter().cloned());
    if !to.is_empty() {
        which.push_str(&format!(" goes to {}", first_of(&to)));
    }
    match (exits.is_empty(), sources.is_empty() && to.is_empty()) {
        (true, true) => which.push_str(" passes"),
        (true, false) => {}
        (false, true) => which.push_str(&format!(" leaves by {}", names.exits(exits, "or"))),
        (false, false) => which.push_str(&format!(" and leaves by {}", names.exits(exits, "or"))),
    }
    match pool {
        Some(pool) => format!("{which} is translated to {}", names.pool(pool)),
        None => format!("{which} stays untranslated"),
    }
}

/// The first of what a rule names.
fn first_of(named: &[String]) -> String {
    if named.len() > NAMED {
        return format!("{} and others", named.get(..NAMED).unwrap_or_default().join(", "));
    }
    listing(named, "or")
}

/// What a rule does that did another thing before.
pub(super) fn rule_in_place(before: &Value, after: &Value, names: &Names) -> String {
    if let (Value::Rule { pool: from, .. }, Value::Rule { pool: to, .. }) = (before, after)
        && from != to
        && told_alike(before, after)
    {
        let from = from.as_ref().map_or("no translation", |pool| names.pool(pool));
        return format!("{}, in place of {from}", rule(after, names));
    }
    format!("{}; before, {}", rule(after, names), rule(before, names))
}

/// Whether two rules differ by their pool alone, as far as is told of them.
fn told_alike(one: &Value, other: &Value) -> bool {
    let without = |value: &Value| {
        let mut value = value.clone();
        if let Value::Rule { pool, .. } = &mut value {
            *pool = None;
        }
        value
    };
    without(one) == without(other)
}

/// What a policy does, in a clause.
pub(super) fn policy(value: &Value, names: &Names) -> String {
    let Value::Policy { sites, communities, some, does } = value else { return String::new() };
    let mut which = if communities.is_empty() {
        "routes".to_owned()
    } else {
        let named: Vec<String> = communities.iter().map(ToString::to_string).collect();
        format!("routes of {}", several(&named, named.len()))
    };
    if *some {
        which = format!("some {which}");
    }
    if !sites.is_empty() {
        let named: Vec<&str> = sites.iter().map(|site| names.site(site)).collect();
        which = format!("{which}, for {} only,", listing(&named, "and"));
    }
    match does {
        Does::Deny => format!("{which} are dropped"),
        Does::Accept { local_preference, weight, prepend } => {
            let set: Vec<String> = [
                local_preference.map(|own| format!("local preference {own}")),
                weight.map(|own| format!("weight {own}")),
                prepend.map(|own| format!("{own} prepends")),
            ]
            .into_iter()
            .flatten()
            .collect();
            if set.is_empty() {
                format!("{which} are taken as they are")
            } else {
                format!("{which} get {}", listing(&set, "and"))
            }
        }
    }
}
