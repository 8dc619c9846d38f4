//! Text and JSON of hand-made answers.

use super::answers::{Check, Imported, Traced};
use super::words::Names;
use super::{json, samples, text};
use crate::intake::{LineIndex, Note, read};
use crate::routing::{Part, Scenario};
use expect_test::expect;
use serde_json::Value;
use std::collections::BTreeSet;

fn scenario() -> Scenario {
    Scenario { down: [Part::Exit("er2".into())].into(), other_return_model: true, ..Scenario::default() }
}

fn with_check<T>(use_it: impl FnOnce(&Check) -> T) -> T {
    let (plan, rows, summary) = (samples::plan(), samples::rows(), samples::summary());
    let names = Names::of(&plan);
    use_it(&Check {
        plan: &plan,
        names: &names,
        scenario: &scenario(),
        summary: &summary,
        rows: &rows,
        findings: &samples::findings(),
    })
}

fn traces() -> [(String, String); 2] {
    let plan = samples::plan();
    let names = Names::of(&plan);
    [samples::trace(), samples::inbound()].map(|trace| {
        let scenario = Scenario::default();
        let answer = Traced::new(&plan, &names, &scenario, &trace);
        (text::trace(&answer, text::Style::default()), json::trace(&answer, &plan))
    })
}

const LIST: &str = "10.0.0.0/8 localpref=150 med=5 origin=egp community=12076:5050,12076:51004 aspath=65010 {1,2}\n\
    2001:db8::/32 weight=7 distance=9 protocol=static nexthop=192.0.2.1 ge=40 le=48 prepend=2\n\
    198.51.100.1/24\nwhat\n";

fn import() -> (String, String) {
    let reading = read(LIST, None);
    let lines = LineIndex::new(LIST);
    let answer = Imported {
        file: "list.txt",
        notes: &[Note::Gzip],
        reading: &reading,
        lines: &lines,
        start: 0,
        part: (1, 2),
        command: "r1 show ip bgp",
        usual: crate::desk::import::Use::LearnedRoutes,
        choices: None,
    };
    (text::import(&answer, text::Style::default()), json::import(&answer))
}

fn lookup() -> String {
    let mut form = json::Lookup::default();
    let (mut out, ids) = (Vec::new(), ["er".into(), "net".into()]);
    form.begin(&mut out, "Plan “1”", &"chi".into(), &[(&ids[0], "ER Chicago"), (&ids[1], "net")]);
    let exits = json::exits_as_json(&[&ids[0], &ids[1]]);
    form.found(&mut out, [13, 64, 0, 1].into(), "13.64.0.0/11".parse().ok(), &exits);
    form.found(&mut out, [0x20, 1, 0, 0, 0, 0, 0, 1].into(), None, "[]");
    form.end(&mut out, 2, 1, &[json::BadLine { line: 3, text: "\"what\"".to_owned() }]);
    String::from_utf8(out).unwrap()
}

#[test]
fn check_reads_well() {
    let said = with_check(|answer| text::check(answer, text::Style::default()));
    expect![[r#"
        One pool, two firewalls
        With er2 down, and with the other return model.
        2 of 3 flows fail and 1 works. 1 flow has no addresses to judge.

          ✗ Not published        1 flow
          ✗ Asymmetric, dropped  1 flow
          ✓ Symmetric            1 flow

            VERDICT              FLOW     FIRST PACKET            ANSWER
          ✗ Asymmetric, dropped  Backup   Internet A, ER Chicago  ER Chicago
          ✓ Symmetric            Web      Internet A              Internet A
          ✗ Not published        mail in  ER Chicago              -
          - No addresses         Nothing  -                       -

        Backup: Chicago to Azure Storage
          ✗ Asymmetric, dropped: IPv4 to Microsoft, 25.0% of addresses
            Leaves by Internet A, translated to Pool; comes back by ER Chicago: Firewall 1 drops it, for it
            didn't see the first packet and has no session; or it misses Firewall 2, which alone can turn
            the translation back.
            twopath trace PLAN --site chi --from 10.0.0.1 --to 13.64.0.1
          ✓ Symmetric: IPv4 to Microsoft, 75.0% of addresses
            Leaves by ER Chicago, translated to Pool; comes back by ER Chicago.
            twopath trace PLAN --site chi --from 10.0.0.1 --to 13.64.0.1
          ? Assume instead that Microsoft answers over ExpressRoute, whatever the length on the Internet:
            then the verdict is “Symmetric”.

        mail in: everywhere to Mail, inbound
          ✗ Not published: IPv4 from Microsoft, 100% of addresses
            Comes in by ER Chicago, its source translated to Pool: the service isn't published there.
            twopath trace PLAN --inbound mail --from 10.0.0.1 --to 13.64.0.1

          EXIT        LEARNED     ADVERTISED
          ER Chicago  120 of 128  1
          Internet A  128         1 of 2
          er2         128         1           down
          - ER Chicago, 8 routes not received: outside the SKU.
          - Not accepted: 10.0.0.0/8 over Internet A: Private, shared and unique local space isn't taken
            outside. (advertisements of Internet A, line 2)
          - er2 is down.

        The rulebook finds 1 error; 1 accepted.
          ✗ TP109 Private prefix advertised
            10.0.0.0/8 is advertised over Internet A and refused: it is private or reserved.
            See: advertisements of Internet A, line 2
            Mend: Withdraw it.
            Source: Microsoft: ExpressRoute routing requirements
          ✗ TP109 Private prefix advertised
            10.0.0.0/8 is advertised over Internet A and refused: it is private or reserved.
            Accepted: Our provider filters it
    "#]]
    .assert_eq(&said);
}

#[test]
fn a_trace_reads_well() {
    let [(outbound, _), (inbound, _)] = traces();
    expect![[r#"
        From 10.0.0.1 at Chicago to 13.64.0.1
        13.64.0.1: It is Microsoft's: ER Chicago offers a route to it.

        ? Uncertain: The plan can't tell: equal paths end differently, or an assumption set to unknown
          decides.

        1. Way out
           Chicago sends it by ER Chicago: 13.64.0.0/11 is the longest prefix that covers it.
           [ER asymmetric]
           >  ER Chicago  13.64.0.0/11  local preference 100, AS-path length 1
                learned routes of ER Chicago, line 2: 13.64.0.0/11 community=12076:5050
              Internet A  0.0.0.0/0     longest prefix: /0 against /11
                learned routes of Internet A, line 1: default
           - er2 is down.

        2. Translation
           Firewall 1 translates the source to Pool: outside it is 198.51.100.0/24 (256 addresses). [ER NAT]
           - Firewall 1: rule 1 “Out” translates to Pool.
           - Firewall 2: no rule matches, the source stays as it is.

        3. Admission
           Microsoft's edge takes the source over ER Chicago: it lies in the admitted prefix
           198.51.100.0/24. [ER routing]
           - admitted prefixes of Circuit 1, Microsoft peering, line 1: 198.51.100.0/24

           ? Uncertain, for 198.51.100.0/25: 128 addresses, 50.0% of the translated ones

           4. Way back
              Microsoft's network holds ER Chicago and Internet A equal for 198.51.100.0/24: it may take
              either. [ER availability]
              >  ER Chicago  198.51.100.0/24  1 AS hop
                   advertisements of ER Chicago, line 1: 198.51.100.0/24
              >  Internet A  198.51.100.0/24  1 AS hop
                   advertisements of Internet A, line 1: 198.51.100.0/24
              - Not accepted: 10.0.0.0/8 over Internet A: Private, shared and unique local space isn't taken
                outside. (advertisements of Internet A, line 2: 10.0.0.0/8)

              ✓ Symmetric, by ER Chicago

              5. Sessions
                 The answer takes ER Chicago, as the first packet did, and arrives. [SP 800-41]
                 - Firewall 1 knows the session and turns the translation back. Entered by zone outside.

              ✗ Asymmetric, dropped, by Internet A

              5. Sessions
                 The answer takes Internet A, where the first packet took ER Chicago: Firewall 2 drops it,
                 for it didn't see the first packet and has no session. [ER asymmetric]
                 - Firewall 1 didn't see the first packet, has no session, and drops it. Entered by zone
                   outside.

           ✓ Symmetric, for 198.51.100.128/25: 128 addresses, 50.0% of the translated ones

           4. Way back
              Microsoft's network sends it over ER Chicago: for 198.51.100.0/24, advertised on both,
              Microsoft prefers ExpressRoute to the Internet. [ER asymmetric]
              >  ER Chicago  198.51.100.0/24  1 AS hop
                   advertisements of ER Chicago, line 1: 198.51.100.0/24
                 Internet A  198.51.100.0/24  ExpressRoute over Internet
                   advertisements of Internet A, line 1: 198.51.100.0/24
              - Not accepted: 10.0.0.0/8 over Internet A: Private, shared and unique local space isn't taken
                outside. (advertisements of Internet A, line 2: 10.0.0.0/8)

           5. Sessions
              The answer takes ER Chicago, as the first packet did, and arrives. [SP 800-41]
              - Firewall 1 knows the session and turns the translation back. Entered by zone outside.

        ? Assume instead that among equal ExpressRoute exits the answer takes the one that the first packet
          took: then the verdict is “Symmetric”.

        Sources
          [ER asymmetric] Microsoft: Asymmetric routing with multiple network paths
            https://learn.microsoft.com/azure/expressroute/expressroute-asymmetric-routing
          [ER NAT] Microsoft: ExpressRoute NAT requirements
            https://learn.microsoft.com/azure/expressroute/expressroute-nat
          [ER routing] Microsoft: ExpressRoute routing requirements
            https://learn.microsoft.com/azure/expressroute/expressroute-routing
          [ER availability] Microsoft: Designing for high availability with ExpressRoute
            https://learn.microsoft.com/azure/expressroute/designing-for-high-availability-with-expressroute
          [SP 800-41] NIST SP 800-41: Guidelines on firewalls, stateful inspection
            https://csrc.nist.gov/pubs/sp/800/41/r1/final
    "#]]
    .assert_eq(&outbound);
    expect![[r#"
        From 40.92.0.1 to 198.51.100.25, Mail at Chicago
        40.92.0.1: It is Microsoft's: ER Chicago offers a route to it.

        ✗ Not admitted: Microsoft's edge drops the packet: its source lies outside the peering's admitted
          prefixes.

        1. Way in
           Microsoft's network sends it over ER Chicago: for 198.51.100.0/24, advertised on both, Microsoft
           prefers ExpressRoute to the Internet. [ER asymmetric]
           >  ER Chicago  198.51.100.0/24  1 AS hop
                advertisements of ER Chicago, line 1: 198.51.100.0/24
              Internet A  198.51.100.0/24  ExpressRoute over Internet
                advertisements of Internet A, line 1: 198.51.100.0/24
           - Not accepted: 10.0.0.0/8 over Internet A: Private, shared and unique local space isn't taken
             outside. (advertisements of Internet A, line 2: 10.0.0.0/8)

        2. Publication
           Firewall 1 publishes the service on ER Chicago: it goes on to 10.0.0.25, and its source is
           translated to Pool. [ER NAT]

        3. Way of the answer
           Chicago sends it by ER Chicago: 13.64.0.0/11 is the longest prefix that covers it.
           [ER asymmetric]
           >  ER Chicago  13.64.0.0/11  local preference 100, AS-path length 1
                learned routes of ER Chicago, line 2: 13.64.0.0/11 community=12076:5050
              Internet A  0.0.0.0/0     longest prefix: /0 against /11
                learned routes of Internet A, line 1: default
           - er2 is down.

        4. Admission
           Microsoft's edge drops it on ER Chicago: the source lies outside the peering's admitted prefixes.
           [ER routing]

        Sources
          [ER asymmetric] Microsoft: Asymmetric routing with multiple network paths
            https://learn.microsoft.com/azure/expressroute/expressroute-asymmetric-routing
          [ER NAT] Microsoft: ExpressRoute NAT requirements
            https://learn.microsoft.com/azure/expressroute/expressroute-nat
          [ER routing] Microsoft: ExpressRoute routing requirements
            https://learn.microsoft.com/azure/expressroute/expressroute-routing
    "#]]
    .assert_eq(&inbound);
}

#[test]
fn an_import_is_a_plain_list_again() {
    let (said, _) = import();
    expect![[r#"
        # list.txt: plain list
        # part 1 of 2, from line 1: r1 show ip bgp
        # 4 lines; 2 IPv4 and 1 IPv6 prefixes
        # routes: become learned routes of an exit
        # 1 error, 1 warning; 1 skipped
        10.0.0.0/8 localpref=150 med=5 origin=egp community=12076:5050,12076:51004 aspath=65010 {1,2}
        198.51.100.0/24
        2001:db8::/32 weight=7 prepend=2 distance=9 ge=40 le=48 protocol=static nexthop=192.0.2.1
    "#]]
    .assert_eq(&said);
    let (before, after) = (read(LIST, None), read(&said, None));
    assert!(after.faults.is_empty(), "{:?}", after.faults);
    let all = |reading: &crate::intake::Reading| {
        let v4 = reading.v4.iter().map(|entry| (entry.prefix.to_string(), reading.attributes_of(entry).clone()));
        let v6 = reading.v6.iter().map(|entry| (entry.prefix.to_string(), reading.attributes_of(entry).clone()));
        v4.chain(v6).collect::<Vec<_>>()
    };
    assert_eq!(all(&before), all(&after));
}

#[test]
fn colour_only_where_it_is_wanted() {
    let plain = with_check(|answer| text::check(answer, text::Style::default()));
    let coloured = with_check(|answer| text::check(answer, text::Style { colour: true }));
    assert!(!plain.contains('\x1b') && coloured.contains('\x1b'));
    let mut stripped = coloured;
    for code in ["\x1b[0m", "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[33m"] {
        stripped = stripped.replace(code, "");
    }
    assert_eq!(stripped, plain);
}

/// Every key of every object in a value; keys that are the plan's own identifiers are passed over.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                found.insert(key.clone());
                let named = ["sites", "circuits", "exits", "devices", "pools"].contains(&key.as_str());
                if !(named && value.is_object()) {
                    keys(value, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

#[test]
fn json_begins_with_its_format_and_every_field_is_documented() {
    let [(_, outbound), (_, inbound)] = traces();
    let forms = [
        ("twopath.check", with_check(json::check)),
        ("twopath.trace", outbound),
        ("twopath.trace", inbound),
        ("twopath.lookup", lookup()),
        ("twopath.import", import().1),
    ];
    let document = include_str!("../../static/docs/cli-json.md");
    let mut found = BTreeSet::new();
    for (format, json) in &forms {
        assert!(json.starts_with(&format!("{{\"format\":\"{format}\",\"version\":1,")), "{json}");
        assert!(json.ends_with("}\n"), "{json}");
        assert!(document.contains(&format!("`{format}`")), "{format}");
        keys(&serde_json::from_str(json).unwrap(), &mut found);
    }
    assert!(found.len() > 80, "{found:?}");
    let missing: Vec<_> = found
        .iter()
        .filter(|key| !document.contains(&format!("`{key}`")) && !document.contains(&format!("{{\"{key}\":")))
        .collect();
    assert!(missing.is_empty(), "static/docs/cli-json.md says nothing of {missing:?}");
}
