use super::*;
use crate::desk::action::Action;
use crate::desk::door::{Question, TraceQuery};
use crate::plan::examples::EXAMPLES;
use crate::report::words::{Names, page};

fn example(start: &str) -> Plan {
    EXAMPLES.iter().find(|example| example.file.starts_with(start)).unwrap().plan()
}

/// The answers as the page calls them.
fn told(plan: &Plan, question: &str) -> Vec<String> {
    let names = Names::of(plan);
    let found = find(plan, &[(Verdict::AsymmetricDropped, 3), (Verdict::Symmetric, 1)], question);
    let say = |lead: &Lead| page::find::lead(lead, &names);
    found.leads.iter().map(say).map(|(what, of)| format!("{what}: {of}")).collect()
}

#[test]
fn what_a_question_means() {
    let plan = example("01");
    for (question, wanted) in [
        ("", &[][..]),
        ("   ", &[]),
        ("nonsense", &[]),
        ("300.1.1.1", &[]),
        // An address: its trace, what decides for it, and the lines that hold it.
        (
            " 52.96.0.1 ",
            &[
                "Trace: to 52.96.0.1 from Head office",
                "Coverage: the prefix that decides for 52.96.0.1",
                "Input: 0.0.0.0/0 in learned routes of Internet link",
            ],
        ),
        (
            "10.20.0.9",
            &[
                "Trace: to 10.20.0.9 from Head office",
                "Coverage: the prefix that decides for 10.20.0.9",
                "Input: 10.20.0.0/16 in inside prefixes of Head office",
                "Input: 0.0.0.0/0 in learned routes of Internet link",
            ],
        ),
        (
            "2001:db8::1",
            &["Trace: to 2001:db8::1 from Head office", "Coverage: the prefix that decides for 2001:db8::1"],
        ),
        // Two: from the first to the second.
        (
            "10.20.0.9 -> 52.96.0.1",
            &["Trace: to 52.96.0.1 from 10.20.0.9", "Coverage: the prefix that decides for 52.96.0.1"],
        ),
        ("10.20.0.9 2001:db8::1", &[]),
        // A prefix, its host bits passed over.
        (
            "20.33.147.9/24",
            &[
                "Coverage: what becomes of 20.33.147.0/24, prefix by prefix",
                "Input: 0.0.0.0/0 in learned routes of Internet link",
                "Input: 20.33.147.0/24 in learned routes of ExpressRoute Chicago, public peering",
                "Input: 20.33.147.0/24 in destinations of Azure Storage, North Central US",
                "Trace: to 20.33.147.0 from Head office",
            ],
        ),
        // Names, any case.
        (
            "INTERNET LINK",
            &[
                "Exit: Internet link",
                "Flows: of Internet link",
                "Coverage: every address that leaves by Internet link",
                "Trace: of “StorSimple backup (it filled the Internet link)”",
                "Flow: “StorSimple backup (it filled the Internet link)”",
            ],
        ),
        ("cluster", &["Device: Firewall cluster"]),
        // Verdicts by their names, and by what people call them.
        ("dropped", &["Verdict: Asymmetric, dropped: 3 flows"]),
        ("black hole", &["Verdict: No way back: 0 flows"]),
        ("symmetric", &["Verdict: Symmetric: 1 flow"]),
        ("works", &["Verdict: 1 flow that works"]),
        ("Failing", &["Verdict: 3 flows that fail"]),
        ("covera", &["View: Coverage"]),
    ] {
        let found = told(&plan, question);
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        let shown = found.get(..wanted.len()).unwrap_or(&found);
        assert_eq!(shown, wanted, "{question}: {found:?}");
        assert!(!wanted.is_empty() || found.is_empty(), "{question}: {found:?}");
    }
}

#[test]
fn the_better_a_name_fits_the_earlier_it_stands() {
    for (name, question, fit) in [
        ("Exchange", "exchange", Some(0)),
        ("Exchange Online", "exchange", Some(1)),
        ("Microsoft Exchange", "exchange", Some(2)),
        ("(Exchange)", "exchange", Some(2)),
        ("MyExchange", "exchange", Some(3)),
        ("Online (Exchange)", "exchange online", Some(4)),
        ("Überwachung", "überw", Some(1)),
        ("Exchange", "teams", None),
        ("  ", "a", None),
    ] {
        assert_eq!(names::fit(name, question), fit, "{name}");
    }
}

#[test]
fn no_more_than_a_handful_are_given_and_the_rest_is_counted() {
    let mut plan = example("01");
    let flow = plan.flows[0].clone();
    plan.flows =
        (0..100).map(|at| crate::plan::Flow { id: format!("x{at}").as_str().into(), ..flow.clone() }).collect();
    let found = find(&plan, &[], "x");
    assert_eq!(found.leads.len(), MAX_LEADS);
    assert!(found.left_off > 150, "{}", found.left_off);
}

#[test]
fn every_answer_leads_somewhere() {
    let plan = example("01");
    let lead = |question: &str, at: usize| find(&plan, &[], question).leads[at].follow(50);
    let (action, place) = lead("52.96.0.1", 0);
    let query = TraceQuery::Outbound { site: Some("hq".into()), from: None, to: "52.96.0.1".parse().unwrap() };
    assert!(matches!(action, Action::Trace(asked) if asked == query));
    assert_eq!(place, Place::Why);
    let (action, place) = lead("52.96.0.0/14", 0);
    let Action::Study(Question::Coverage(view)) = action else { panic!("the coverage") };
    assert_eq!(place, Place::View(Tab::Coverage));
    let crate::study::coverage::Show::Prefixes(filter) = view.show else { panic!("the decision table") };
    assert_eq!(filter.find, Some("52.96.0.0".parse().unwrap()));
    let (action, place) = lead("dropped", 0);
    assert!(
        matches!(action, Action::View(view) if view.verdicts == [Verdict::AsymmetricDropped] && view.count == 50)
    );
    assert_eq!(place, Place::View(Tab::Flows));
    let (action, place) = lead("fails", 0);
    assert!(matches!(action, Action::View(view) if view.verdicts.len() == 6));
    assert_eq!(place, Place::View(Tab::Flows));
    assert!(matches!(lead("firewall cluster", 0), (Action::Reveal(_), Place::Inputs)));
    assert!(matches!(lead("storsimple", 0), (Action::Reveal(_) | Action::Select { .. }, _)));
    assert!(matches!(lead("capacity", 0), (Action::Tab(Tab::Capacity), Place::View(Tab::Capacity))));
}

#[test]
fn an_address_in_a_plan_without_a_site_leads_nowhere_and_that_can_be_said() {
    assert_eq!(find(&Plan::default(), &[], "52.96.0.1"), Found::default());
    assert!(is_address("52.96.0.1") && is_address("52.96.0.0/14") && !is_address("exchange"));
}

#[test]
fn a_service_leads_to_its_flows_first_and_a_code_to_its_rule() {
    let plan = example("02");
    let found = told(&plan, "exchange online");
    assert!(found[0].starts_with("Trace: of “"), "{found:?}");
    let at = |wanted: &str| found.iter().position(|said| said == wanted);
    assert!(at("Flows: of Exchange Online") < at("Service: Exchange Online"), "{found:?}");
    let flows: Vec<&String> = found.iter().filter(|said| said.starts_with("Trace: of")).collect();
    let mut once = flows.clone();
    once.dedup();
    assert_eq!(flows, once, "no flow is told twice");
    let title = crate::report::words::advice::title(crate::advice::Code(301));
    assert_eq!(told(&plan, " tp301"), [format!("Rule: TP301: {title}")]);
    assert!(told(&plan, "TP30").len() > 1);
    assert!(told(&plan, "TP999").is_empty());
    assert!(!told(&plan, "tp").iter().any(|said| said.starts_with("Rule")), "two letters are no code");
    let (action, place) = find(&plan, &[], "TP301").leads[0].follow(50);
    assert!(
        matches!(action, Action::Study(Question::Advice(view)) if view.code == Some(crate::advice::Code(301)))
    );
    assert_eq!(place, Place::View(Tab::Advice));
}
