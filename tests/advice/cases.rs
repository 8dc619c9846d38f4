//! The table: a line a rule.

use super::{Change, base, both, codes, dallas, learned, many, peering, set};
use serde_json::json;

struct Case {
    code: u16,
    has: Change,
    mended: Change,
    near: Change,
}

const fn case(code: u16, has: Change, mended: Change, near: Change) -> Case {
    Case { code, has, mended, near }
}

/// Nothing is changed.
fn nothing(_: &mut serde_json::Value) {}

#[rustfmt::skip]
static CASES: &[Case] = &[
    case(101, |p| set(p, "/exits/0/advertised/-", json!("198.51.100.0/24")),
        |p| set(p, "/exits/0/advertised/1", json!("198.51.0.0/16")),
        // The fallback design: an aggregate on the Internet.
        |p| set(p, "/exits/0/advertised/-", json!("198.51.100.0/23"))),
    case(102, |p| { both(p, "advertised", &json!(["198.51.0.0/16"])); set(p, "/circuits/0/peerings/0/admitted", json!(["198.51.0.0/16"])); set(p, "/exits/0/advertised/-", json!("198.51.100.0/24")) },
        |p| set(p, "/exits/0/advertised/1", json!("198.0.0.0/8")),
        // More specific, but beside the pool.
        |p| set(p, "/exits/0/advertised/-", json!("198.51.101.0/24"))),
    case(103, |p| both(p, "advertised", &json!(["198.51.100.128/25"])),
        |p| both(p, "advertised", &json!(["198.51.100.0/24"])),
        // A sticky peering needs none.
        |p| { both(p, "advertised", &json!([])); set(p, "/circuits/0/peerings/0/return_model", json!("sticky")) }),
    case(104, |p| both(p, "policy_out", &json!([{"action": "deny"}])),
        |p| both(p, "policy_out", &json!([{"action": {"accept": {"prepend": 1}}}])),
        |p| both(p, "policy_out", &json!([{"prefixes": ["198.51.100.128/25"], "action": "deny"}]))),
    case(105, |p| set(p, "/circuits/0/peerings/0/admitted", json!(["198.51.100.128/25"])),
        |p| set(p, "/circuits/0/peerings/0/admitted/-", json!("198.51.100.0/25")),
        |p| set(p, "/circuits/0/peerings/0/admitted", json!(["198.51.100.0/25", "198.51.100.128/25"]))),
    case(106, |p| set(p, "/pools/1/addresses", json!(["198.51.100.250-198.51.101.5"])),
        |p| set(p, "/pools/1/addresses", json!(["198.51.100.250-198.51.100.255"])),
        // Two advertisements that cover it together.
        |p| { both(p, "advertised", &json!(["198.51.100.0/28", "198.51.100.16/29", "198.51.100.24/29"])) }),
    case(107, |p| set(p, "/pools/0/addresses", json!(["192.168.7.0/28"])),
        |p| set(p, "/pools/0/addresses", json!(["203.0.113.16/28"])),
        // A private pool for what comes in is what it is for.
        nothing),
    case(108, |p| set(p, "/devices/0/rules", json!([{"sources": ["10.20.0.0/17"], "pool": "internet"}])),
        |p| set(p, "/devices/0/rules/0/sources", json!(["10.20.0.0/16"])),
        |p| set(p, "/devices/0/rules", json!([{"sources": ["10.20.0.0/17"], "pool": "internet"}, {"pool": "internet"}]))),
    case(109, |p| set(p, "/exits/0/advertised/-", json!("10.20.0.0/16")),
        |p| set(p, "/exits/0/advertised", json!(["203.0.113.0/24"])),
        |p| { set(p, "/exits/0/advertised/-", json!("10.20.0.0/16")); set(p, "/exits/0/policy_out", json!([{"prefixes": ["10.0.0.0/8"], "action": "deny"}])) }),
    case(110, |p| set(p, "/exits/1/advertised/-", json!("0.0.0.0/0")),
        |p| set(p, "/exits/1/advertised", json!(["198.51.100.0/24"])),
        |p| set(p, "/exits/0/advertised/-", json!("0.0.0.0/0"))),
    case(111, |p| set(p, "/exits/1/advertised", many(201)),
        |p| set(p, "/exits/1/advertised", many(200)),
        // The same prefix twice is one.
        |p| { let mut all = many(200); all.as_array_mut().unwrap().push(json!("198.51.100.0/32")); set(p, "/exits/1/advertised", all) }),
    case(112, |p| set(p, "/exits/1/advertised", many(180)),
        |p| set(p, "/exits/1/advertised", many(179)),
        // Private peering takes more.
        |p| peering(p, "private", many(180))),
    case(113, |p| { set(p, "/pools/0/addresses", json!(["198.51.100.64/28"])); set(p, "/exits/0/advertised/-", json!("198.51.0.0/16")) },
        |p| set(p, "/pools/0/addresses", json!(["203.0.113.16/28"])),
        // Nothing to Microsoft leaves by it.
        |p| { set(p, "/pools/0/addresses", json!(["198.51.100.64/28"])); set(p, "/exits/0/advertised/-", json!("198.51.0.0/16")); set(p, "/exits/0/learned", json!(["192.0.2.0/25"])) }),
    case(114, |p| set(p, "/exits/0/advertised/-", json!("203.0.113.0/25")),
        |p| set(p, "/exits/0/advertised", json!(["203.0.113.0/24"])),
        // On ExpressRoute any length will do.
        |p| both(p, "advertised", &json!(["198.51.100.16/28"]))),
    case(115, |p| set(p, "/exits/2/advertised", json!(["198.51.100.128/25"])),
        |p| set(p, "/exits/2/advertised", json!(["198.51.100.0/24"])),
        // Another form of the same.
        |p| set(p, "/exits/2/advertised", json!(["198.51.100.0/25", "198.51.100.128/25"]))),
    case(116, |p| set(p, "/exits/0/learned", json!(["192.0.2.0/25", "40.96.0.0/13"])),
        |p| set(p, "/exits/0/learned/-", json!("20.60.0.0/16")),
        // One link of two is lost all the time.
        |p| set(p, "/exits/2/learned", json!([]))),
    case(117, nothing,
        |p| { set(p, "/devices/0/rules", json!([{"services": ["storage"], "pool": "microsoft"}, {"pool": "internet"}])); set(p, "/exits/0/advertised/-", json!("198.51.0.0/16")) },
        // Nothing goes on.
        |p| set(p, "/exits/0/learned", json!(["192.0.2.0/25", "40.96.0.0/13"]))),
    case(118, |p| set(p, "/exits/1/advertised/-", json!("192.0.2.128/29")),
        |p| set(p, "/exits/1/advertised/1", json!("192.0.2.0/25")),
        |p| set(p, "/exits/1/advertised/-", json!("192.0.2.136/29"))),
    case(119, |p| { dallas(p, "20.60.48.0/22 community=12076:51008", "198.18.7.0/24"); set(p, "/pools/3/addresses", json!(["198.51.102.0/28"])); set(p, "/exits/3/advertised", json!(["198.51.102.0/24"])); set(p, "/exits/1/advertised/-", json!("198.51.102.0/24")) },
        |p| set(p, "/exits/1/advertised", json!(["198.51.100.0/24"])),
        // Both circuits carry the pool.
        |p| { dallas(p, "20.60.48.0/22 community=12076:51008", "198.51.100.0/24"); set(p, "/devices/2/rules/0/pool", json!("microsoft")) }),
    case(120, |p| set(p, "/exits/2/advertised/-", json!("198.51.100.0/25")),
        |p| set(p, "/exits/1/advertised/-", json!("198.51.100.0/25")),
        // In another order, and twice.
        |p| { set(p, "/exits/1/advertised", json!(["198.51.100.0/25", "198.51.100.0/24"])); set(p, "/exits/2/advertised", json!(["198.51.100.0/24", "198.51.100.0/25", "198.51.100.0/25"])) }),
    case(121, |p| set(p, "/pools/0/addresses/-", json!("198.51.100.31")),
        |p| set(p, "/pools/0/addresses/1", json!("198.51.100.32")),
        // A pool for inbound sources lies inside on purpose.
        nothing),
    case(122, |p| both(p, "advertised", &json!(["198.51.100.0/24 aspath=64500"])),
        |p| both(p, "advertised", &json!(["198.51.100.0/24 aspath=1000000001"])),
        |p| both(p, "advertised", &json!(["198.51.100.0/24 aspath=64495"]))),
    case(123, |p| { set(p, "/circuits/0/peerings/0/customer_asn", json!(65001)); set(p, "/exits/2/advertised", json!(["198.51.100.0/24 prepend=2"])) },
        |p| set(p, "/circuits/0/peerings/0/customer_asn", json!(1_000_000_001)),
        // A private AS of one's own is allowed, where nothing is prepended.
        |p| set(p, "/circuits/0/peerings/0/customer_asn", json!(65001))),
    case(124, |p| set(p, "/exits/1/advertised", json!(["198.51.100.0/24 community=64500:77"])),
        |p| set(p, "/exits/1/advertised", json!(["198.51.100.0/24"])),
        // An Internet provider may well heed them.
        |p| set(p, "/exits/0/advertised", json!(["203.0.113.0/24 community=64500:77"]))),
    case(201, |p| both(p, "learned", &json!(["20.60.28.0/23 community=12076:51007 aspath=8075"])),
        |p| both(p, "learned", &json!(["20.60.28.0/23 community=12076:51007 aspath=12076"])),
        // By way of a provider.
        |p| both(p, "learned", &json!(["20.60.28.0/23 community=12076:51007 aspath=64999,12076"]))),
    case(202, |p| set(p, "/circuits/0/peerings/0/route_filter", json!(null)),
        |p| set(p, "/circuits/0/peerings/0/route_filter", json!(["12076:51007"])),
        // Another peering needs none.
        |p| peering(p, "legacy_public", json!([]))),
    case(203, |p| set(p, "/circuits/0/peerings/0/route_filter", json!(["12076:51008"])),
        |p| set(p, "/circuits/0/peerings/0/route_filter/-", json!("12076:51007")),
        |p| both(p, "learned", &json!(["20.60.28.0/23 community=12076:51007", "13.65.0.0/16 community=12076:51008"]))),
    case(204, |p| set(p, "/circuits/0/peerings/0/route_filter/-", json!("12076:5010")),
        |p| { set(p, "/circuits/0/sku", json!("premium")); set(p, "/circuits/0/microsoft_365_authorised", json!(true)) },
        // No Microsoft 365 community.
        |p| set(p, "/circuits/0/peerings/0/route_filter/-", json!("12076:5060"))),
    case(205, |p| set(p, "/circuits/0/peerings/0/route_filter/-", json!("12076:51002")),
        |p| set(p, "/circuits/0/sku", json!("premium")),
        // The same area.
        |p| set(p, "/circuits/0/peerings/0/route_filter/-", json!("12076:51020"))),
    case(206, |p| set(p, "/exits/1/learned/-", json!("0.0.0.0/0")),
        |p| set(p, "/exits/1/learned", json!(["20.60.28.0/23 community=12076:51007"])),
        |p| set(p, "/exits/1/learned/-", json!("0.0.0.0/1"))),
    case(207, |p| set(p, "/exits/1/local_preference", json!(200)),
        |p| set(p, "/exits/2/local_preference", json!(200)),
        // A longer path is no preference.
        |p| set(p, "/exits/2/learned", json!(["20.60.28.0/23 community=12076:51007 aspath=12076,12076"]))),
    case(208, |p| dallas(p, "20.60.28.0/23 community=12076:51007", "198.18.7.0/24"),
        |p| set(p, "/exits/3/local_preference", json!(90)),
        |p| dallas(p, "20.60.48.0/22 community=12076:51008", "198.18.7.0/24")),
    case(209, |p| { set(p, "/exits/2/local_preference", json!(90)) },
        |p| set(p, "/exits/2/local_preference", json!(100)),
        // Nothing is learned there at all.
        |p| set(p, "/exits/2/learned", json!([]))),
    case(210, |p| set(p, "/services/0/express_route", json!(false)),
        |p| set(p, "/services/0/express_route", json!(true)),
        // It goes by the Internet, as it should.
        |p| set(p, "/services/1/express_route", json!(false))),
    case(211, |p| { set(p, "/pools/0/addresses", json!(["198.51.100.64/28"])); set(p, "/exits/0/advertised/-", json!("198.51.0.0/16")) },
        |p| set(p, "/pools/0/addresses", json!(["203.0.113.16/28"])),
        // An assumption that is set otherwise and decides nothing.
        |p| set(p, "/assumptions", json!({"out_of_area": "limited"}))),
    case(212, |p| set(p, "/circuits/0/peerings/0/return_model", json!("sticky")),
        |p| set(p, "/circuits/0/peerings/0/return_model", json!("longest_prefix")),
        |p| { peering(p, "legacy_public", json!([])); set(p, "/circuits/0/peerings/1/return_model", json!("sticky")) }),
    case(213, |p| peering(p, "legacy_public", json!([])),
        |p| { p["exits"].as_array_mut().unwrap().pop(); },
        // It is there, and nothing runs over it.
        |p| set(p, "/circuits/0/peerings/-", json!({"kind": "legacy_public"}))),
    case(214, |p| peering(p, "private", json!([])),
        |p| { p["exits"].as_array_mut().unwrap().pop(); },
        |p| set(p, "/circuits/0/peerings/-", json!({"kind": "private"}))),
    case(215, |p| { peering(p, "private", json!(["198.51.100.0/24"])); set(p, "/exits/3/learned", learned(1001)) },
        |p| set(p, "/exits/3/learned", learned(1000)),
        // Microsoft peering brings as many as it has.
        |p| set(p, "/exits/1/learned", learned(1001))),
    case(216, |p| both(p, "learned", &json!(["20.60.28.0/23 community=12076:51007", "10.1.2.0/24 community=12076:51007"])),
        |p| both(p, "learned", &json!(["20.60.28.0/23 community=12076:51007"])),
        // Private peering has private prefixes.
        |p| { peering(p, "private", json!([])); set(p, "/exits/3/learned", json!(["10.1.2.0/24"])) }),
    case(217, |p| set(p, "/exits/0/learned", json!(["0.0.0.0/0", "192.0.2.0/25", "192.0.2.0/25"])),
        |p| set(p, "/exits/0/learned", json!(["0.0.0.0/0", "192.0.2.0/25"])),
        // The same prefix by another path.
        |p| set(p, "/exits/0/learned", json!(["0.0.0.0/0", "192.0.2.0/25", "192.0.2.0/25 aspath=64999,65000"]))),
    case(218, |p| { set(p, "/circuits/0/local_regions", json!([])); set(p, "/circuits/0/peerings/0/route_filter/-", json!("12076:51002")) },
        |p| set(p, "/circuits/0/sku", json!("premium")),
        // Several regions of one area, Canada and the United States.
        |p| { set(p, "/circuits/0/local_regions", json!([])); set(p, "/circuits/0/peerings/0/route_filter/-", json!("12076:51020")) }),
    case(301, |p| set(p, "/devices/0/rules/-", json!({"sources": ["10.20.7.0/24"], "pool": "internet"})),
        |p| { p["devices"][0]["rules"].as_array_mut().unwrap().swap(0, 1); },
        |p| { set(p, "/devices/0/rules", json!([{"sources": ["10.20.0.0/17"], "pool": "internet"}, {"sources": ["10.20.0.0/16"], "pool": "internet"}])); }),
    case(302, |p| both(p, "policy_in", &json!([{"prefixes": ["20.0.0.0/8"], "action": {"accept": {}}}, {"prefixes": ["20.60.0.0/16"], "action": {"accept": {}}}])),
        |p| { for exit in [1, 2] { p["exits"][exit]["policy_in"].as_array_mut().unwrap().swap(0, 1); } },
        // The first holds for a site only.
        |p| both(p, "policy_in", &json!([{"sites": ["hq"], "action": {"accept": {}}}, {"prefixes": ["20.60.0.0/16"], "action": {"accept": {}}}]))),
    case(303, |p| set(p, "/published/0/entries/-", json!({"exit": "primary", "device": "fw-er", "source_pool": "inbound"})),
        |p| { p["published"][0]["entries"].as_array_mut().unwrap().pop(); },
        // Of no role that the rule knows.
        |p| { set(p, "/published/0/role", json!(null)); set(p, "/published/0/entries/-", json!({"exit": "primary", "device": "fw-er", "source_pool": "inbound"})) }),
    case(304, |p| { set(p, "/published/0/entries/0/source_pool", json!(null)); both(p, "learned", &json!(["40.96.0.0/13 community=12076:51007"])) },
        |p| set(p, "/published/0/entries/0/source_pool", json!("inbound")),
        // Untranslated, but the answers leave as they came.
        |p| set(p, "/published/0/entries/0/source_pool", json!(null))),
    case(305, |p| { set(p, "/published/0/entries/0/source_pool", json!(null)); p["flows"].as_array_mut().unwrap().pop(); },
        |p| { for exit in [1, 2] { set(p, &format!("/exits/{exit}/policy_in"), json!([{"sites": ["hq"], "action": "deny"}])) } },
        |p| { p["flows"].as_array_mut().unwrap().pop(); }),
    case(306, |p| set(p, "/published/0/published", json!(["198.51.100.1"])),
        |p| { for exit in ["primary", "secondary"] { set(p, "/published/0/entries/-", json!({"exit": exit, "device": "fw-er", "source_pool": "inbound"})) } },
        // Only by an aggregate that loses.
        |p| { both(p, "advertised", &json!(["198.51.100.0/24", "203.0.0.0/16"])); set(p, "/circuits/0/peerings/0/admitted/-", json!("203.0.0.0/16")) }),
    case(307, |p| set(p, "/published/0/entries/-", json!({"exit": "primary", "device": "fw-er"})),
        |p| set(p, "/published/0/entries/1/source_pool", json!("inbound")),
        // By the Internet it is another matter.
        |p| set(p, "/published/0/entries/0/source_pool", json!(null))),
    case(308, |p| { set(p, "/exits/1/path", json!([{"device": "fw-er"}])); set(p, "/exits/2/path", json!([{"device": "fw-er"}])) },
        |p| both(p, "path", &json!([{"device": "fw-er", "zone": "microsoft"}])),
        // One exit alone has no other interface; and a device without sessions has no zones.
        |p| { set(p, "/exits/0/path", json!([{"device": "fw-isp"}])); both(p, "path", &json!([{"device": "fw-er"}])); set(p, "/devices/1/stateful", json!(false)) }),
    case(401, |p| set(p, "/circuits/0/peerings/0/primary_subnets", json!(["192.0.2.128/31"])),
        |p| set(p, "/circuits/0/peerings/0/primary_subnets", json!(["192.0.2.128/30"])),
        |p| set(p, "/circuits/0/peerings/0/primary_subnets/-", json!("2001:db8:1::/126"))),
    case(402, |p| { set(p, "/circuits/0/peerings/0/primary_subnets", json!(["192.0.2.132/30"])); set(p, "/circuits/0/peerings/0/secondary_subnets", json!(["192.0.2.128/30"])) },
        |p| { set(p, "/circuits/0/peerings/0/primary_subnets", json!(["192.0.2.128/30"])); set(p, "/circuits/0/peerings/0/secondary_subnets", json!(["192.0.2.132/30"])) },
        // Two subnets that are no halves of one may lie as they like.
        |p| set(p, "/circuits/0/peerings/0/primary_subnets", json!(["192.0.2.140/30"]))),
    case(403, |p| set(p, "/circuits/0/peerings/0/secondary_subnets", json!(["192.0.2.128/30"])),
        |p| set(p, "/circuits/0/peerings/0/secondary_subnets", json!(["192.0.2.132/30"])),
        // One /29 for both.
        |p| { for side in ["primary", "secondary"] { set(p, &format!("/circuits/0/peerings/0/{side}_subnets"), json!(["192.0.2.128/29"])) } }),
    case(404, |p| set(p, "/circuits/0/peerings/0/primary_subnets", json!(["192.168.1.0/30"])),
        |p| set(p, "/circuits/0/peerings/0/primary_subnets", json!(["192.0.2.128/30"])),
        // Private peering may have private subnets.
        |p| { peering(p, "private", json!([])); set(p, "/circuits/0/peerings/1/primary_subnets", json!(["192.168.1.0/30"])) }),
    case(405, |p| set(p, "/circuits/0/peerings/0/customer_asn", json!(65515)),
        |p| set(p, "/circuits/0/peerings/0/customer_asn", json!(65514)),
        |p| set(p, "/circuits/0/peerings/0/customer_asn", json!(65521))),
    case(406, |p| set(p, "/circuits/0/bandwidth", json!(300)),
        |p| set(p, "/circuits/0/bandwidth", json!(500)),
        // ExpressRoute Direct has more.
        |p| set(p, "/circuits/0/bandwidth", json!(40_000))),
    case(407, |p| { p["exits"].as_array_mut().unwrap().pop(); },
        |p| set(p, "/exits/-", json!({"id": "second", "site": "hq", "link": {"express_route": {"circuit": "chicago", "peering": "microsoft", "side": "secondary"}}})),
        // A circuit that no exit runs over.
        |p| set(p, "/circuits/-", json!({"id": "dallas"}))),
    case(501, |p| set(p, "/flows/1/mbps_out", json!(101)),
        |p| set(p, "/flows/1/mbps_out", json!(99)),
        // Exactly full.
        |p| set(p, "/flows/1/mbps_out", json!(99))),
    case(502, |p| set(p, "/flows/0/mbps_out", json!(95)),
        |p| set(p, "/flows/0/mbps_out", json!(90)),
        // More than ever fits, and the Internet link is lost with it.
        |p| set(p, "/exits/0/link/internet", json!({}))),
    case(503, |p| { set(p, "/flows/1/mbps_out", json!(101)); set(p, "/exits/1/learned/-", json!("40.96.0.0/14 community=12076:51007")) },
        |p| set(p, "/flows/1/mbps_out", json!(30)),
        |p| set(p, "/flows/1/mbps_out", json!(101))),
    case(504, |p| set(p, "/flows/0/sessions", json!(1_100_000)),
        // The Internet's pool has to carry them too, when the circuit is lost.
        |p| { set(p, "/pools/0/addresses", json!(["203.0.113.0/26"])); set(p, "/pools/1/addresses", json!(["198.51.100.0/26"])) },
        |p| set(p, "/flows/0/sessions", json!(1_024_000))),
    case(901, |p| set(p, "/accepted_findings", json!([{"code": "TP101", "about": ["internet"], "reason": "As agreed"}])),
        |p| set(p, "/accepted_findings", json!([])),
        |p| set(p, "/accepted_findings", json!([{"code": "TP117", "about": ["chicago"], "reason": "Agreed"}]))),
];

/// Rules that speak for more than one reason: plans beside those above.
#[rustfmt::skip]
static MORE: &[Case] = &[
    // Too long to spread on the Internet: that is why, and not that nobody advertises it.
    case(104, |p| set(p, "/exits/0/advertised", json!(["203.0.113.16/28"])),
        |p| set(p, "/exits/0/advertised", json!(["203.0.113.0/24"])),
        // The aggregate spreads beside it.
        |p| set(p, "/exits/0/advertised/-", json!("203.0.113.16/28"))),
    case(103, |p| set(p, "/exits/0/advertised", json!([])),
        |p| set(p, "/exits/0/advertised", json!(["203.0.113.0/24"])),
        // Advertised, and not taken.
        |p| set(p, "/exits/0/advertised", json!(["203.0.113.16/28"]))),
    // A route filter that names no community lets nothing through either.
    case(202, |p| set(p, "/circuits/0/peerings/0/route_filter", json!([])),
        |p| set(p, "/circuits/0/peerings/0/route_filter", json!(["12076:51007"])),
        nothing),
    // The other half of a published service is no rule without packets.
    case(301, |p| { set(p, "/pools/-", json!({"id": "mail", "addresses": ["203.0.113.1"]})); set(p, "/devices/0/rules/-", json!({"sources": ["10.20.5.2"], "pool": "mail"})) },
        |p| { p["devices"][0]["rules"].as_array_mut().unwrap().swap(0, 1); },
        |p| { set(p, "/pools/-", json!({"id": "mail", "addresses": ["203.0.113.1"]})); set(p, "/devices/0/rules/-", json!({"sources": ["10.20.5.1"], "pool": "mail"})) }),
];

#[test]
fn each_rule_speaks_where_it_holds_and_nowhere_else() {
    let mut wrong = Vec::new();
    for Case { code, has, mended, near } in CASES.iter().chain(MORE) {
        let mut plan = base();
        has(&mut plan);
        let found = codes(&plan);
        if !found.contains(code) {
            wrong.push(format!("TP{code} doesn't speak; these do: {found:?}"));
        }
        mended(&mut plan);
        let found = codes(&plan);
        if found.contains(code) {
            wrong.push(format!("TP{code} speaks of its mended twin: {found:?}"));
        }
        let mut plan = base();
        near(&mut plan);
        let found = codes(&plan);
        if found.contains(code) {
            wrong.push(format!("TP{code} speaks of a near miss: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_rule_has_its_three_plans() {
    let rules: Vec<u16> = twopath::advice::rules().iter().map(|rule| rule.code.0).collect();
    assert_eq!(CASES.iter().map(|case| case.code).collect::<Vec<_>>(), rules);
}

#[test]
fn the_plan_they_begin_with_is_sound() {
    assert_eq!(codes(&base()), [117]);
}
