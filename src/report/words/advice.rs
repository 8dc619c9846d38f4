//! The rulebook: for each rule a title, its one sentence, and what mends it.
//!
//! In a sentence `{0}` is its first argument: parts by their names, lists with at most three named.

use super::{Names, assumptions, capacity, failures, listing, steps};
use crate::advice::{Arg, Code, Finding, Severity};
use crate::plan::{Id, PartKind};

struct Words {
    code: u16,
    title: &'static str,
    sentence: &'static str,
    mend: &'static str,
}

const fn word(code: u16, title: &'static str, sentence: &'static str, mend: &'static str) -> Words {
    Words { code, title, sentence, mend }
}

/// In the order of their codes.
#[rustfmt::skip]
static WORDS: &[Words] = &[
    word(
        101,
        "Same prefix on both paths",
        "{0} is advertised by {1} both to the Internet and over ExpressRoute: Microsoft always answers over ExpressRoute, also what left by the Internet.",
        "Give each path a pool of its own, and advertise the ExpressRoute pool to the Internet not at all, or only by an aggregate that is shorter.",
    ),
    word(
        102,
        "More specific on the Internet",
        "{0} is advertised by {1} to the Internet and by the shorter {2} over ExpressRoute: it is not documented which way Microsoft answers.",
        "Advertise over ExpressRoute a prefix that is at least as long, or keep the two pools apart.",
    ),
    word(
        103,
        "Pool not advertised",
        "Packets leave by {1} with addresses of {0}, and nothing advertises them there: answers have no way back, or come by another path.",
        "Advertise the pool over this exit, or translate to one that is.",
    ),
    word(
        104,
        "Pool not accepted",
        "{0} is advertised over {1}, and nothing of it is accepted: {2}",
        "Mend what is refused, or advertise the pool in another form.",
    ),
    word(
        105,
        "Pool not admitted",
        "Packets leave by {1} with addresses of {0}, all outside the peering's admitted prefixes: Microsoft's edge drops them.",
        "Add the pool to the peering's advertised public prefixes, and have it validated.",
    ),
    word(
        106,
        "Pool partly covered",
        "Packets leave by {1} with addresses of {0}, of which {2} is not covered: sessions translated to it fail, others work.",
        "Admit and advertise the whole pool, or take out of the pool what is not covered.",
    ),
    word(
        107,
        "Translated to private addresses",
        "{0} translates to {1}, which is private or reserved: nobody outside can answer.",
        "Give the pool public addresses that are registered to you.",
    ),
    word(
        108,
        "Private sources leave untranslated",
        "Private sources of {0} leave by {1}, and no translation rule takes them.",
        "Translate them to a public pool before this exit.",
    ),
    word(
        109,
        "Private prefix advertised",
        "{1} is advertised over {0} and refused: it is private or reserved.",
        "Withdraw it.",
    ),
    word(
        110,
        "Default route advertised over ExpressRoute",
        "{1} is advertised over {0}: a default route is refused there.",
        "Withdraw it; it is often a leak.",
    ),
    word(
        111,
        "Too many prefixes",
        "{1} prefixes of a family are advertised over {0}, which takes {2}: the BGP session drops.",
        "Advertise fewer and larger prefixes.",
    ),
    word(
        112,
        "Near the limit of prefixes",
        "{1} prefixes of a family are advertised over {0}, which takes {2}: a small leak drops the session.",
        "Advertise fewer and larger prefixes.",
    ),
    word(
        113,
        "ExpressRoute attracts the Internet's answers",
        "Packets to Microsoft leave by {1} with addresses of {0}. ExpressRoute has {2}, and nothing as long spreads on the Internet for them: every server of Microsoft's answers over ExpressRoute, also those whose routes you don't receive there.",
        "Translate what leaves by the Internet to a pool that ExpressRoute doesn't advertise.",
    ),
    word(
        114,
        "Prefix too long for the Internet",
        "{1} is advertised over {0}: longer than /24 or /48, it generally doesn't spread on the Internet.",
        "Advertise a /24 or /48, or the aggregate around it.",
    ),
    word(
        115,
        "Pool dies with its link",
        "{0} is advertised over {1} only, not over the circuit's other link: when that link fails all its flows begin anew.",
        "Advertise the pool over both links, and translate before they part.",
    ),
    word(
        116,
        "No cover after a circuit's loss",
        "When {0} is lost these flows break: {1}.",
        "Have an Internet path that learns a route, and cover the translated addresses there by an aggregate or by a pool of its own.",
    ),
    word(
        117,
        "Translated address changes on failover",
        "When {0} is lost these flows go on with another translated address, and their sessions begin anew: {1}.",
        "Tell those who let you in by address both pools. One pool for all would keep the address, but Microsoft asks for separate ones (TP101).",
    ),
    word(
        118,
        "Peering's own addresses advertised",
        "{0} advertises its own peering's subnets, {1}.",
        "Leave the peering's subnets out of the advertisements.",
    ),
    word(
        119,
        "Another circuit's addresses advertised",
        "{0} advertises addresses that belong to another circuit: {1}.",
        "Advertise over each circuit its own pools only.",
    ),
    word(
        120,
        "Links of a circuit advertise different prefixes",
        "The links of {0} don't advertise the same: {1}. Microsoft may answer by either link.",
        "Advertise identical prefixes over both links.",
    ),
    word(
        121,
        "Addresses overlap",
        "{0} and {1} share {2}: answers to these addresses can't be told apart.",
        "Give each addresses of its own.",
    ),
    word(
        122,
        "Documentation AS number in a path",
        "The path of {1} over {0} names an AS number kept for documentation (64496 to 64511): Microsoft refuses it.",
        "Use a public AS number that is yours.",
    ),
    word(
        123,
        "Private AS numbers prepended",
        "{0} makes paths longer by private AS numbers, which Microsoft removes before it counts: the prepend moves nothing.",
        "Prepend a public AS number, or use other means, such as more specific prefixes.",
    ),
    word(
        124,
        "Communities that Microsoft ignores",
        "{0} advertises with communities, and Microsoft ignores those of customers: they move nothing.",
        "Don't count on them: advertise more specific prefixes, or make paths longer.",
    ),
    word(
        201,
        "Wrong AS number for Microsoft",
        "{0} counts on AS {1}; Microsoft's AS number on every ExpressRoute peering is 12076.",
        "Write 12076 (8075 is Microsoft's on the Internet).",
    ),
    word(
        202,
        "No route filter",
        "No route filter that names a community is attached to {0}: nothing is received over its Microsoft peering, and everything goes by the Internet.",
        "Attach a route filter with the communities of the services and regions that you need.",
    ),
    word(
        203,
        "Route filter lets nothing through",
        "Of {1} routes that {0} may be offered none passes the route filter and the SKU.",
        "Add the communities of these routes to the filter, or check the SKU.",
    ),
    word(
        204,
        "Microsoft 365 not authorised",
        "The route filter of {0} names {1}, which needs Premium and Microsoft's authorisation.",
        "Have Microsoft authorise it, or take the communities out of the filter.",
    ),
    word(
        205,
        "Region outside the SKU",
        "The route filter of {0} names {1}, regions that its SKU doesn't reach.",
        "Upgrade the circuit, or take the communities out of the filter.",
    ),
    word(
        206,
        "Default route expected over Microsoft peering",
        "{0} lists a default route as learned, and Microsoft sends none on Microsoft peering: it doesn't count.",
        "Take it out: what no route covers needs an Internet exit. A router's table that has one has it from another neighbour.",
    ),
    word(
        207,
        "A preference defeats maintenance",
        "{0} and {1}, links of one circuit, are preferred differently for {2} before the AS path is asked: when Microsoft drains one by prepending, packets stay on it while answers move.",
        "Give both links the same weight and local preference, and no static route.",
    ),
    word(
        208,
        "Region's circuit left to chance",
        "From {0} equal routes lead over {1}: which circuit carries a region is left to chance, and answers may take the other.",
        "Match each region's community and raise local preference on the near circuit.",
    ),
    word(
        209,
        "Learned but never used",
        "{1} routes are learned over {0}, and nothing leaves by it while all is up: it is only tried in a failure.",
        "Use it for some traffic, or test it.",
    ),
    word(
        210,
        "Never over ExpressRoute",
        "The plan sends {0} over ExpressRoute, and its endpoint list says that Microsoft doesn't offer it there.",
        "Plan it by the Internet, and check where the routes come from.",
    ),
    word(
        211,
        "An assumption decides",
        "Whether {0} works hangs on an assumption: {1}.",
        "Change the plan so that it works either way, or test it.",
    ),
    word(
        212,
        "Sticky Microsoft peering",
        "{0} is taken for a Microsoft peering that answers by the way the packet came, which Microsoft documents nowhere.",
        "Plan for the longest prefix, and look at both models side by side.",
    ),
    word(
        213,
        "Public peering is retired",
        "{0} uses public peering, which Microsoft retired on 2024-03-31.",
        "Plan the move to Microsoft peering.",
    ),
    word(
        214,
        "Private peering is not analysed",
        "{0} has private peering, which Twopath records and doesn't analyse; its load on the circuit isn't known.",
        "Judge it by other means.",
    ),
    word(
        215,
        "More prefixes than private peering brings",
        "{1} prefixes of a family are listed as learned over {0}, where virtual networks announce {2} at most.",
        "Give virtual networks fewer and larger address ranges, or check where the list comes from.",
    ),
    word(
        216,
        "Private prefix expected from Microsoft",
        "{0} lists {1} as learned, which is private or reserved: Microsoft announces public prefixes only on this peering.",
        "Take it out, or check where the list comes from.",
    ),
    word(
        217,
        "Line repeated",
        "{0} lists {1} more than once, line {2} again what line {3} says: such lines are taken as one.",
        "Take the repeated lines out.",
    ),
    word(
        218,
        "Regions of several areas",
        "The route filter of {0} names regions of several geopolitical areas, {1}, and its SKU reaches those of one: the plan doesn't say which are its own, so it believes them all.",
        "Fill in the circuit's own regions, or make it Premium.",
    ),
    word(
        301,
        "Translation rule never reached",
        "No packet reaches {1} of {0}.",
        "Move it before the rules that take all its packets; or take it out, where on the device nothing that comes in is translated by it.",
    ),
    word(
        302,
        "Policy never reached",
        "No route reaches {1} of {0}: a policy before takes all that it matches.",
        "Take it out, or move it up.",
    ),
    word(
        303,
        "Published over ExpressRoute",
        "{0} is reachable over {1}; Microsoft advises to keep mail, federation and hybrid services on the Internet.",
        "Publish it by the Internet only, and keep its addresses out of ExpressRoute's advertisements.",
    ),
    word(
        304,
        "Reply leaves elsewhere",
        "What comes in to {0} by {1} is answered by {2}, where the answer is lost.",
        "Translate the sources at the entry, or hide the ExpressRoute routes from the server's segment.",
    ),
    word(
        305,
        "Routes not hidden",
        "Microsoft can reach {0} by {1}, and its answers would leave by {2} and be lost.",
        "Hide the ExpressRoute routes from the server's segment, or translate the sources at the entry.",
    ),
    word(
        306,
        "Not published where it arrives",
        "The far side is led to {0} by {1}, which doesn't publish it.",
        "Publish it there too, or don't advertise its addresses there.",
    ),
    word(
        307,
        "Inbound over ExpressRoute untranslated",
        "{0} is published over {1}, and the sources of what comes in aren't translated.",
        "Translate them to inside addresses at the entry.",
    ),
    word(
        308,
        "Zones not said",
        "Several exits cross {0}, and for {1} the plan doesn't say the zone there: whether {0} takes an answer that comes by another exit than the packet is not known.",
        "Write the zone (interface) by which each exit enters the device: the same name where exits share sessions, another where they don't.",
    ),
    word(
        401,
        "Peering subnet of a wrong size",
        "{1} is no subnet that {0} can use: IPv4 takes one /29 or two /30, IPv6 one /125 or two /126.",
        "Give each link a /30 or /126.",
    ),
    word(
        402,
        "Peering subnets on the wrong sides",
        "{0} has {1} on its primary link and {2} on its secondary: Microsoft gives the first half to the primary.",
        "Swap them.",
    ),
    word(
        403,
        "Peering subnet overlaps",
        "{1} of {0} overlaps another peering subnet, or addresses of ours.",
        "Give each link a subnet of its own.",
    ),
    word(
        404,
        "Peering subnet not public",
        "{1} of {0} is private or reserved; Microsoft peering takes public subnets only.",
        "Use public addresses that are registered to you.",
    ),
    word(
        405,
        "Reserved AS number",
        "{0} has {1} as the customer's AS number, which Microsoft keeps for itself.",
        "Use an AS number of your own.",
    ),
    word(
        406,
        "No such bandwidth",
        "{0} has a bandwidth of {1}, and Microsoft has circuits of 50, 100, 200 and 500 Mbps, of 1, 2, 5 and 10 Gbps, and of up to 400 Gbps over ExpressRoute Direct.",
        "Write the bandwidth that was ordered: shares of it are counted by it.",
    ),
    word(
        407,
        "One link of a circuit",
        "Of {0} only one link is planned: Microsoft promises its availability for both links together, and maintains them one at a time.",
        "Plan an exit for the other link too, with the same advertisements.",
    ),
    word(
        501,
        "Over its bandwidth",
        "{0} has to carry {1} of {2} while all is up.",
        "Raise the bandwidth, or move flows.",
    ),
    word(
        502,
        "Over its bandwidth in a failure",
        "{0} has to carry {1} of {2} in this failure: {3}.",
        "Raise the bandwidth, or decide which flows may be lost then.",
    ),
    word(
        503,
        "Perhaps over its bandwidth",
        "{0} may have to carry {1} of {2}: that depends on how traffic is spread.",
        "Say rates of smaller flows, or make the ways unequal.",
    ),
    word(
        504,
        "Too few ports",
        "Up to {1} sessions are translated to {0}: {2} addresses with {3} ports each.",
        "Give the pool more addresses.",
    ),
    word(
        901,
        "Acceptance of nothing",
        "The plan accepts {0} for “{1}” (“{2}”), and no such finding is there any more.",
        "Take the acceptance out.",
    ),
];

fn words(code: Code) -> Option<&'static Words> {
    let index = WORDS.binary_search_by_key(&code.0, |words| words.code).ok()?;
    WORDS.get(index)
}

/// A rule's title.
pub fn title(code: Code) -> &'static str {
    words(code).map_or("", |words| words.title)
}

/// A rule's sentence, its arguments still open.
pub fn template(code: Code) -> &'static str {
    words(code).map_or("", |words| words.sentence)
}

/// What mends what a rule finds.
pub fn mend(code: Code) -> &'static str {
    words(code).map_or("", |words| words.mend)
}

/// A severity, in a word.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A severity's mark.
pub fn mark(severity: Severity) -> char {
    match severity {
        Severity::Error => '✗',
        Severity::Warning => '!',
        Severity::Note => 'i',
    }
}

/// How many findings of each severity there are, as one sentence.
pub fn headline(open: &[(Severity, u32)], accepted: u32) -> String {
    let named = open.iter().filter(|(_, count)| *count > 0);
    let named: Vec<String> =
        named.map(|(level, count)| super::count(u64::from(*count), severity(*level))).collect();
    let mut text = match named.as_slice() {
        [] => "The rulebook finds nothing".to_owned(),
        some => format!("The rulebook finds {}", listing(some, "and")),
    };
    if accepted > 0 {
        text.push_str(if named.is_empty() { " but " } else { "; " });
        text.push_str(&format!("{accepted} accepted"));
    }
    text.push('.');
    text
}

/// What a rule found, in the plan's own names.
pub fn finding(finding: &Finding, names: &Names) -> String {
    fill(template(finding.code), &finding.args, names)
}

/// A sentence with its arguments.
pub(super) fn fill(template: &str, args: &[Arg], names: &Names) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((number, behind)) = after.split_once('}') else { break };
        let index: Option<usize> = number.parse().ok();
        if let Some(arg) = index.and_then(|index| args.get(index)) {
            text.push_str(&argument(arg, names));
        }
        rest = behind;
    }
    text.push_str(rest);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}

/// At most so many of a list are named.
const NAMED: usize = 3;

fn several(mut names: Vec<String>) -> String {
    if names.len() > NAMED + 1 {
        let more = names.len() - NAMED;
        names.truncate(NAMED);
        names.push(format!("{more} more"));
    }
    listing(&names, "and")
}

fn argument(arg: &Arg, names: &Names) -> String {
    match arg {
        Arg::Part(kind, id) => part(*kind, id, names),
        Arg::Parts(kind, ids) => several(ids.iter().map(|id| part(*kind, id, names)).collect()),
        Arg::Rules(device, rules) => several(rules.iter().map(|rule| names.rule(device, *rule)).collect()),
        Arg::Text(text) => text.clone(),
        Arg::Texts(texts) => several(texts.clone()),
        Arg::Number(number) => crate::space::Count::from(*number).grouped(),
        Arg::Rate(kbps) => capacity::rate(*kbps),
        Arg::Failure(failure) => failures::failure(failure, names),
        Arg::Assumptions(all) => several(
            all.iter()
                .map(|one| assumptions::question(*one).trim_end_matches('?').to_owned())
                .map(|question| format!("“{question}?”"))
                .collect(),
        ),
        Arg::Refused(why) => steps::refused_sentence(*why).to_owned(),
    }
}

/// A part by its name.
pub fn part(kind: PartKind, id: &Id, names: &Names) -> String {
    let name = match kind {
        PartKind::Site => names.site(id),
        PartKind::Circuit => names.circuit(id),
        PartKind::Exit => names.exit(id),
        PartKind::Device => names.device(id),
        PartKind::Pool => names.pool(id),
        PartKind::Source => names.source(id),
        PartKind::Service => names.service(id),
        PartKind::Published => names.published(id),
        PartKind::Flow => names.flow(id),
        PartKind::ProviderCovered => names.provider(id),
    };
    // Its kind before it, where the name is but an identifier.
    match kind {
        _ if name == id.as_str() => format!("{} {name}", super::part_kind(kind)),
        PartKind::Flow => format!("“{name}”"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::rules;

    #[test]
    fn each_rule_has_its_words_and_no_others() {
        let codes: Vec<u16> = rules().iter().map(|rule| rule.code.0).collect();
        assert_eq!(codes, WORDS.iter().map(|words| words.code).collect::<Vec<_>>());
        assert!(codes.is_sorted_by(|a, b| a < b));
        for words in WORDS {
            assert!(words.title.len() <= 52 && !words.title.ends_with('.'), "{}", words.title);
            assert!(words.sentence.contains("{0}") && words.sentence.ends_with(['.', '}']), "{}", words.sentence);
            assert!(words.mend.ends_with('.'), "{}", words.mend);
        }
    }
}
