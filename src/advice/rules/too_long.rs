//! TP114: a prefix longer than /24 or /48 is advertised to the Internet, where it generally doesn't spread.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(114), severity: Severity::Warning, citation: Citation::Inference, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    let spreads = Setting::Value(LongPrefixes::Spread);
    if case.plan().assumptions.long_prefixes == spreads {
        return;
    }
    for (exit, sent) in case.plan().exits.iter().zip(&case.network().advertised) {
        let list = ListId::Advertised(exit.id.clone());
        let v4 = sent.v4.iter().filter(|own| own.long).map(|own| (own.prefix.into(), own.at));
        let v6 = sent.v6.iter().filter(|own| own.long).map(|own| (own.prefix.into(), own.at));
        let long: Vec<(IpNet, u32)> = v4.chain(v6).collect();
        if !long.is_empty() && !is_express_route(exit) {
            let texts = Arg::Texts(long.iter().map(|(net, _)| net.to_string()).collect());
            let said = out.say(vec![(PartKind::Exit, exit.id.clone())], vec![exit_arg(exit), texts]);
            let places = long.iter().take(MAX_EVIDENCE).filter_map(|(_, at)| case.place(&list, *at));
            said.prefixes(long.iter().map(|(net, _)| *net)).places(places);
        }
    }
}
