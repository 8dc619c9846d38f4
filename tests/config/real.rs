//! What real devices printed, where it is there.

use twopath::intake::config::{ConfigFormat, What, read, what};

/// ASA without `detail` prints names, whose addresses can't be known: every row is either read or named as left out.
#[test]
fn show_nat_of_an_asa() {
    let Some(text) = super::shared("routers/cisco_asa_show_nat.txt") else { return };
    assert_eq!(what(&text), What::Config(ConfigFormat::AsaShowNat));
    let setup = read(&text, ConfigFormat::AsaShowNat);
    let rows = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count();
    assert_eq!(rows, 58);
    let mut lines = std::collections::BTreeSet::new();
    let index = twopath::intake::LineIndex::new(&text);
    let line = |span: &std::ops::Range<u32>| index.line_column(span.start).line;
    lines.extend(setup.left_out.iter().map(|left| line(&left.span)));
    lines.extend(setup.rules.iter().map(|rule| line(&rule.span)));
    lines.extend(setup.published.iter().map(|published| line(&published.span)));
    assert_eq!(lines.len(), rows, "every row is accounted for");
    let codes: std::collections::BTreeSet<_> = setup.left_out.iter().map(|left| left.reason.code()).collect();
    assert!(codes.contains("unknown-name") && codes.contains("inactive") && codes.contains("ports"), "{codes:?}");
    // The one row that needs no names: from any to any, as it is.
    assert_eq!(setup.rules.len(), 1);
    assert_eq!((setup.rules[0].pool, setup.faults.errors), (None, 0));
}

#[test]
fn show_running_nat_policy_of_pan_os() {
    let Some(text) = super::shared("routers/paloalto_panos_show_running_nat-policy.txt") else { return };
    assert_eq!(what(&text), What::Config(ConfigFormat::PanosNatPolicy));
    let setup = read(&text, ConfigFormat::PanosNatPolicy);
    assert_eq!((setup.left_out.len(), setup.faults.total()), (0, 0));
    let [rule] = setup.rules.as_slice() else { panic!("{:?}", setup.rules) };
    assert_eq!((rule.name.as_str(), rule.sources.shown()), ("NAT default", vec!["10.1.1.0/24".to_owned()]));
    assert_eq!((rule.to.clone(), rule.destinations.shown()), (vec!["Untrust".to_owned()], vec![]));
    assert_eq!(setup.pool_of(rule.pool).unwrap().shown(), ["200.10.10.1"]);
    let [server] = setup.published.as_slice() else { panic!("{:?}", setup.published) };
    assert_eq!(server.shown(), (vec!["200.10.10.100".to_owned()], vec!["10.1.2.10".to_owned()]));
    assert_eq!(server.from, ["Untrust"]);
}
