//! The cut-over: tables beside the plan, kept by the engine, and given again to one that lost them.

use super::{desk, named, requests};
use crate::desk::cutover::{View, Whose, Window};
use crate::desk::door::{Question, Request, Writing};
use crate::desk::state::Tab;
use crate::desk::{Action, Desk, Effect, Engine, ImportInto};
use crate::plan::Plan;
use std::rc::Rc;

const PLAN: &str = r#"{
  "schema_version": 1,
  "sites": [{"id": "hq", "inside": ["10.0.0.0/8"]}],
  "circuits": [{"id": "chi", "peerings": [{"kind": "microsoft", "customer_asn": 64700,
    "admitted": ["203.0.112.0/23"], "route_filter": ["12076:51004"],
    "primary_subnets": ["192.0.2.0/30"], "secondary_subnets": ["192.0.2.4/30"]}]}],
  "exits": [
    {"id": "isp", "site": "hq", "link": {"internet": {"provider_asn": 3356}}, "path": [{"device": "fw", "zone": "a"}],
     "learned": ["0.0.0.0/0 nexthop=198.51.100.1"], "advertised": ["198.51.100.0/24"]},
    {"id": "er", "site": "hq", "link": {"express_route": {"circuit": "chi"}}, "path": [{"device": "fw", "zone": "b"}],
     "learned": ["20.60.28.0/23 community=12076:51004"], "advertised": ["203.0.113.0/24", "203.0.112.0/24"]}
  ],
  "devices": [{"id": "fw", "stateful": true, "rules": [{"exits": ["er"], "pool": "er"}, {"pool": "isp"}]}],
  "pools": [{"id": "er", "addresses": ["203.0.113.0/26"]}, {"id": "isp", "addresses": ["198.51.100.0/26"]}],
  "services": [{"id": "storage", "destinations": ["20.60.28.0/23"], "microsoft": true}],
  "flows": [
    {"id": "backup", "ends": {"outbound": {"site": "hq", "service": "storage"}}},
    {"id": "web", "ends": {"outbound": {"site": "hq"}}}
  ]
}"#;

const MICROSOFTS: &str = r#"{"value": [
    {"locPrf": "", "network": "203.0.113.0/24", "nextHop": "192.0.2.1*", "path": "64700 I", "weight": 0},
    {"locPrf": "", "network": "203.0.113.0/25", "nextHop": "192.0.2.1", "path": "64700 I", "weight": 0}
]}"#;

const OURS: &str = "\
BGP table version is 412, local router ID is 192.0.2.1
     Network          Next Hop            Metric LocPrf Weight Path
 *>  0.0.0.0          198.51.100.1             0             0 3356 i
 *>  20.60.28.0/23    198.51.100.1             0    200      0 3356 8075 i
 *                    192.0.2.2                0             0 12076 i
";

fn plan() -> Plan {
    crate::plan::load(PLAN).unwrap().plan
}

/// The desk and its engine, and the files on their way.
struct Both {
    desk: Desk,
    engine: Engine,
}

impl Both {
    fn new() -> Self {
        let mut both = Self { desk: desk(), engine: Engine::default() };
        let effects = both.desk.act(Action::Open { plan: Rc::new(plan()), passed_over: Vec::new() });
        both.talk(effects, None);
        both
    }

    /// Carries out what the desk sends until nothing is left; `file` is the text of a file that is sent.
    fn talk(&mut self, mut effects: Vec<Effect>, file: Option<&str>) -> Vec<Effect> {
        let mut others = Vec::new();
        while !effects.is_empty() {
            let mut replies = Vec::new();
            for effect in std::mem::take(&mut effects) {
                match effect {
                    Effect::Send { request, bytes } => {
                        let bytes = bytes.map(|text| text.as_str().as_bytes().to_vec());
                        replies.extend(self.engine.handle(request, bytes));
                    }
                    Effect::SendFile { request, .. } => {
                        replies.extend(self.engine.handle(request, file.map(|text| text.as_bytes().to_vec())));
                    }
                    other => others.push(other),
                }
            }
            replies.extend(self.engine.finish());
            effects = replies.into_iter().flat_map(|reply| self.act(Action::Engine(Box::new(reply)))).collect();
        }
        others
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        self.desk.act(action)
    }

    fn give(&mut self, ticket: u64, whose: Whose, text: &str) {
        let (name, into, bytes) = ("table.txt".to_owned(), ImportInto::Table(whose), text.len() as u64);
        let effects = self.act(Action::Import { ticket, name, into, bytes });
        self.talk(effects, Some(text));
    }

    fn window(&self) -> &Window {
        assert!(!self.desk.study_stale());
        self.desk.studies.cutover.told.as_ref().map(|told| &*told.window).unwrap()
    }
}

#[test]
fn tables_are_compared_and_the_plan_is_left_alone() {
    let mut both = Both::new();
    let effects = both.act(Action::Tab(Tab::Cutover));
    both.talk(effects, None);
    assert_eq!(both.window().tables, [None, None]);
    assert!(both.window().total >= 2, "each flow has something to trace");
    let before = (both.desk.plan.clone(), both.desk.can_redo());
    let effects = both.act(named("Undone"));
    both.talk(effects, None);
    let effects = both.act(Action::Undo);
    both.talk(effects, None);

    both.give(1, Whose::Microsofts, MICROSOFTS);
    let [Some(microsofts), None] = &both.window().tables else { panic!() };
    assert!(!microsofts.as_planned);
    let told: Vec<&str> = microsofts.told.iter().map(|(_, said)| said.as_str()).collect();
    assert!(told.iter().any(|said| said.starts_with("203.0.112.0/24")), "{told:?}");
    // The second row of the table, on its third line.
    assert!(microsofts.told.iter().any(|(line, said)| *line == Some(3) && said.starts_with("203.0.113.0/25")));

    both.give(2, Whose::Ours, OURS);
    let [Some(_), Some(ours)] = &both.window().tables else { panic!() };
    assert!(
        ours.told
            .iter()
            .any(|(_, said)| said.starts_with("20.60.28.0/23 is learned over ExpressRoute and not used"))
    );
    assert_eq!(both.desk.plan, before.0);
    assert!(both.desk.can_redo() && !before.1, "they are no edit, which would end what can be done again");

    // An edit is compared anew.
    let effects =
        both.act(Action::edit(|plan| plan.exits[1].advertised = "203.0.113.0/24\n203.0.113.0/25".into()));
    both.talk(effects, None);
    let [Some(microsofts), Some(_)] = &both.window().tables else { panic!() };
    assert!(microsofts.as_planned, "{microsofts:?}");

    // An engine that lost what it was given is given it again.
    both.engine = Engine::default();
    let effects = both.act(named("Another name"));
    both.talk(effects, None);
    let [Some(microsofts), Some(_)] = &both.window().tables else { panic!() };
    assert!(microsofts.as_planned);

    let effects = both.act(Action::DropTable(Whose::Microsofts));
    both.talk(effects, None);
    assert!(matches!(both.window().tables, [None, Some(_)]));
    assert!(both.desk.tables[0].is_none());
}

#[test]
fn a_table_that_says_nothing_is_no_table_as_planned() {
    let mut both = Both::new();
    let effects = both.act(Action::Tab(Tab::Cutover));
    both.talk(effects, None);
    both.give(1, Whose::Microsofts, "What is this?\nNo route at all\n");
    let [Some(compared), None] = &both.window().tables else { panic!() };
    assert!(!compared.as_planned);
    assert!(both.desk.tables[0].as_ref().is_some_and(|table| table.summary.errors + table.summary.warnings > 0));
}

#[test]
fn a_table_that_arrives_elsewhere_takes_nobody_there() {
    let mut both = Both::new();
    both.give(1, Whose::Ours, OURS);
    assert_eq!(both.desk.tab, Tab::Flows);
    let effects = both.act(Action::Tab(Tab::Cutover));
    both.talk(effects, None);
    assert!(matches!(both.window().tables, [None, Some(_)]));
}

#[test]
fn the_checklist_is_copied_as_the_command_line_prints_it() {
    let mut both = Both::new();
    let effects = both.act(Action::Write(Writing::Checklist));
    let done = both.talk(effects, None);
    let Some(Effect::Copy(text)) = done.last() else { panic!("{done:?}") };
    assert!(text.contains("[ ] backup at hq: ") && text.contains("look for"), "{text}");
}

#[test]
fn a_window_is_a_part_of_the_whole() {
    let mut both = Both::new();
    let effects = both.act(Action::Tab(Tab::Cutover));
    both.talk(effects, None);
    let whole = both.window().clone();
    let view = View { from: 1, count: 1, ..whole.view.clone() };
    let effects = both.act(Action::Study(Question::Cutover(view)));
    assert!(matches!(requests(&effects)[..], [Request::Study { .. }]));
    both.talk(effects, None);
    assert_eq!(both.window().total, whole.total);
    assert_eq!(both.window().checks, whole.checks[1..2]);
}
