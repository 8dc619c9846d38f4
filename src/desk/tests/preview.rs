//! The preview of an import: what is recognised, where it goes, what it changes, and what it doesn't.

use super::requests;
use crate::desk::door::{Reply, Request};
use crate::desk::import::{Outcome, Target, Turn};
use crate::desk::state::Desk;
use crate::desk::{Action, Effect, Engine, ImportInto, Notice};
use crate::plan::examples::EXAMPLES;
use std::rc::Rc;

const IOS: &str = "\
r1#show ip bgp
BGP table version is 412, local router ID is 192.0.2.1
     Network          Next Hop            Metric LocPrf Weight Path
 *>  20.60.28.0/23    192.0.2.9                0             0 12076 i
 *>  52.240.0.0/16    192.0.2.9                0             0 12076 i
 *   198.18.0.0/15    192.0.2.9                0             0 12076 i
 *>                   192.0.2.13               0             0 12076 12076 i
";
const TAGS: &str = r#"{"values": [
 {"name": "Sql", "properties": {"addressPrefixes": ["13.64.0.0/11"]}},
 {"name": "Storage", "properties": {"addressPrefixes": ["20.60.0.0/16", "2603:1000::/40"]}}
]}"#;

/// A desk with an engine behind it.
pub(super) struct Both {
    pub(super) desk: Desk,
    engine: Engine,
    ticket: u64,
}

impl Both {
    pub(super) fn new() -> Self {
        let example = EXAMPLES.iter().find(|example| example.json.contains("\"er-chicago\"")).unwrap();
        let mut both = Self { desk: Desk::new(Rc::default()), engine: Engine::default(), ticket: 0 };
        both.act(Action::Open { plan: Rc::new(example.plan()), passed_over: Vec::new() });
        both
    }

    fn act(&mut self, action: Action) {
        let mut effects = self.desk.act(action);
        while !effects.is_empty() {
            let mut replies = Vec::new();
            for effect in effects {
                if let Effect::Send { request, bytes } = effect {
                    let bytes = bytes.map(|text| text.as_str().as_bytes().to_vec());
                    replies.extend(self.engine.handle(request, bytes));
                }
            }
            replies.extend(self.engine.finish());
            replies.iter_mut().for_each(|reply| self.put_beside(reply));
            effects =
                replies.into_iter().flat_map(|reply| self.desk.act(Action::Engine(Box::new(reply)))).collect();
        }
    }

    /// As the page does with long texts: they come beside the reply.
    fn put_beside(&self, reply: &mut Reply) {
        let hashes: Vec<String> = reply.beside().into_iter().map(str::to_owned).collect();
        for hash in hashes {
            reply.put_beside(self.engine.text(&hash).unwrap().as_str().to_owned());
        }
    }

    pub(super) fn give(&mut self, name: &str, text: &str) {
        self.ticket += 1;
        let (ticket, name) = (self.ticket, name.to_owned());
        self.desk.act(Action::Import { ticket, name: name.clone(), into: ImportInto::Preview, bytes: 1 });
        let request = Request::Import { ticket, name, format: None, apart: true };
        let replies = self.engine.handle(request, Some(text.as_bytes().to_vec()));
        assert!(replies.is_empty());
        for mut reply in self.engine.finish() {
            self.put_beside(&mut reply);
            self.desk.act(Action::Engine(Box::new(reply)));
        }
    }

    pub(super) fn turn(&mut self, turn: Turn) {
        self.act(Action::Preview(turn));
    }

    fn told(&self) -> Vec<(String, String, String)> {
        let items = &self.desk.preview.as_ref().unwrap().items;
        let told = |item: &crate::desk::import::Item| {
            (item.title(), item.imported.summary.format.clone(), item.target.to_string())
        };
        items.iter().map(told).collect()
    }

    pub(super) fn outcomes(&self) -> Vec<Outcome> {
        self.desk.preview.as_ref().unwrap().items.iter().map(|item| item.outcome).collect()
    }
}

fn told(title: &str, format: &str, target: &str) -> (String, String, String) {
    (title.to_owned(), format.to_owned(), target.to_owned())
}

#[test]
fn several_at_once_are_shown_chosen_and_done_in_one_step() {
    let mut both = Both::new();
    let before = Rc::clone(&both.desk.plan);
    both.give("Pasted list", &format!("{IOS}\n{TAGS}\n\n192.0.2.0/24\n"));
    both.give("tags.json", TAGS);
    assert_eq!(
        both.told(),
        [
            told("r1 show ip bgp", "ios-bgp", "learned:er-chicago"),
            told("Pasted list, part 2", "service-tags", "service"),
            told("Pasted list, part 3", "plain", "source"),
            told("tags.json", "service-tags", "service"),
        ]
    );
    assert!(Rc::ptr_eq(&before, &both.desk.plan), "nothing has changed yet");
    both.turn(Turn::Target((2, 0), Target::EachSet));
    both.turn(Turn::Set((2, 0), 0, false));
    both.turn(Turn::Target((1, 2), Target::Leave));
    use Outcome::{Changes, Left};
    assert_eq!(both.outcomes(), [Changes, Changes, Left, Changes]);
    both.turn(Turn::Apply);
    assert!(both.desk.preview.is_none());
    let plan = &both.desk.plan;
    let er = plan.exits.iter().find(|exit| exit.id.as_str() == "er-chicago").unwrap();
    assert_eq!(er.learned_from[0].source.as_str(), "r1-show-ip-bgp");
    let names: Vec<&str> = plan.services.iter().rev().take(2).map(|service| service.name.as_str()).collect();
    assert_eq!(names, ["Storage", "Pasted list, part 2"]);
    assert!(plan.services.iter().rev().take(2).all(|service| service.microsoft));
    let Some(Notice::Imported(done)) = &both.desk.notice else { panic!("{:?}", both.desk.notice) };
    // Both pastes of the tags are one source.
    assert_eq!((done.sources, done.services, done.exits.len(), done.there, done.left), (2, 2, 1, 0, 1));
    // The engine read what the plan now has.
    assert!(!both.desk.stale());
    let device = both.desk.answered.as_ref().unwrap().summary.lists.iter().find_map(|list| list.device.clone());
    let device = device.unwrap();
    assert_eq!((device.prefixes, device.differing), (3, 1));
    assert_eq!((device.rows[0].device[0].next_hop.as_str(), device.rows[0].line), ("192.0.2.13", 6));
    both.act(Action::Undo);
    assert_eq!(*before, *both.desk.plan, "one step");
    assert!(both.desk.notice.is_none());
}

#[test]
fn the_same_again_changes_nothing_and_says_so() {
    let mut both = Both::new();
    both.give("a.txt", IOS);
    both.give("tags.json", TAGS);
    both.turn(Turn::Apply);
    let after = Rc::clone(&both.desk.plan);
    both.give("other name.txt", &format!("{IOS}\r\n\n"));
    both.give("tags.json", TAGS);
    assert_eq!(both.outcomes(), [Outcome::There, Outcome::There]);
    assert!(!both.desk.preview.as_ref().unwrap().changes());
    both.turn(Turn::Apply);
    assert!(Rc::ptr_eq(&after, &both.desk.plan));
    let Some(Notice::Imported(done)) = &both.desk.notice else { panic!() };
    assert!(done.is_nothing() && done.there == 2);
    // Elsewhere it is new, but its text isn't there twice.
    both.give("a.txt", IOS);
    both.turn(Turn::Target((5, 0), Target::Learned("isp".into())));
    assert_eq!(both.outcomes(), [Outcome::Changes]);
    both.turn(Turn::Apply);
    assert_eq!(both.desk.plan.sources.len(), after.sources.len());
    // Another set of the same source joins those that are used.
    both.give("tags.json", TAGS);
    both.turn(Turn::Target((6, 0), Target::Learned("isp".into())));
    both.turn(Turn::Sets((6, 0), vec![0, 1], false));
    assert_eq!(both.outcomes(), [Outcome::NoSet]);
    both.turn(Turn::Set((6, 0), 1, true));
    both.turn(Turn::Apply);
    let sets = |both: &Both| {
        let exit = both.desk.plan.exits.iter().find(|exit| exit.id.as_str() == "isp").unwrap();
        exit.learned_from.last().unwrap().sets.clone()
    };
    assert_eq!(sets(&both), ["Storage"]);
    both.give("tags.json", TAGS);
    both.turn(Turn::Target((7, 0), Target::Learned("isp".into())));
    both.turn(Turn::Apply);
    assert!(sets(&both).is_empty(), "all of it holds the one");
}

#[test]
fn the_users_format_wins_and_is_kept() {
    let mut both = Both::new();
    both.give("a.txt", IOS);
    let lines = both.desk.preview.as_ref().unwrap().items[0].imported.summary.entries_v4;
    both.turn(Turn::Format((1, 0), Some("plain".into())));
    let item = &both.desk.preview.as_ref().unwrap().items[0];
    assert_eq!((item.imported.summary.format.as_str(), item.reading), ("plain", None));
    assert_ne!(item.imported.summary.entries_v4, lines);
    both.turn(Turn::Format((1, 0), None));
    assert_eq!(both.told()[0].1, "ios-bgp");
    both.turn(Turn::Format((1, 0), Some("eos-bgp".into())));
    both.turn(Turn::Apply);
    assert_eq!(both.desk.plan.sources.last().unwrap().format.as_deref(), Some("eos-bgp"));
    // The same text in another format is another source.
    both.give("a.txt", IOS);
    assert_eq!(both.outcomes(), [Outcome::Changes]);
}

#[test]
fn cancelled_or_lost_it_leaves_the_plan_alone() {
    let mut both = Both::new();
    let before = Rc::clone(&both.desk.plan);
    both.give("a.txt", IOS);
    both.turn(Turn::Cancel);
    assert!(both.desk.preview.is_none() && Rc::ptr_eq(&before, &both.desk.plan) && !both.desk.can_undo());
    // While a file is being read it stops the engine, and what was solved goes on.
    both.desk.act(Action::Import { ticket: 90, name: "b".into(), into: ImportInto::Preview, bytes: 1 });
    let effects = both.desk.act(Action::Preview(Turn::Cancel));
    assert!(matches!(requests(&effects)[..], [Request::Cancel, ..]) && both.desk.imports.is_empty());
    // What still arrives is not taken.
    both.give("c", IOS);
    both.turn(Turn::Cancel);
    let late =
        both.engine.handle(Request::Import { ticket: 90, name: "b".into(), format: None, apart: true }, None);
    assert!(late.is_empty());
    for reply in both.engine.finish() {
        both.act(Action::Engine(Box::new(reply)));
    }
    assert!(both.desk.preview.is_none());
    // A worker that is lost while it reads: what was read stays.
    both.give("d", IOS);
    both.desk.act(Action::Import { ticket: 91, name: "e".into(), into: ImportInto::Preview, bytes: 1 });
    both.desk.act(Action::Preview(Turn::Format((3, 0), Some("plain".into()))));
    both.desk.act(Action::EngineRestarted);
    let item = &both.desk.preview.as_ref().unwrap().items[0];
    assert_eq!((item.reading, item.format.as_deref()), (None, None));
    both.engine = Engine::default();
    both.turn(Turn::Format((3, 0), Some("plain".into())));
    assert_eq!(both.told()[0].1, "plain", "the text goes to the new worker first");
}

#[test]
fn what_cannot_be_read_is_told_in_the_preview() {
    let mut both = Both::new();
    both.give("a.zip", "PK\u{3}\u{4}rest");
    both.give("empty.txt", "");
    let preview = both.desk.preview.as_ref().unwrap();
    assert_eq!(preview.unreadable[0].0, "a.zip");
    assert_eq!(both.told(), [told("empty.txt", "plain", "leave")]);
}

#[test]
fn parts_that_arrive_late_stand_where_they_belong() {
    let mut both = Both::new();
    both.desk.act(Action::Import { ticket: 9, name: "a".into(), into: ImportInto::Preview, bytes: 1 });
    let text = format!("{IOS}\n{TAGS}");
    let request = Request::Import { ticket: 9, name: "a".into(), format: None, apart: true };
    both.engine.handle(request, Some(text.into_bytes()));
    let mut replies = both.engine.finish();
    assert!(matches!(replies[..], [Reply::Imported { parts: 2, .. }, Reply::Imported { part: 1, .. }]));
    replies.reverse();
    for reply in replies {
        assert!(!both.desk.imports.is_empty());
        both.act(Action::Engine(Box::new(reply)));
    }
    assert!(both.desk.imports.is_empty());
    let formats: Vec<String> = both.told().into_iter().map(|(_, format, _)| format).collect();
    assert_eq!(formats, ["ios-bgp", "service-tags"]);
}

#[test]
fn advertisements_join_those_that_are_there() {
    let mut both = Both::new();
    let exit = "er-chicago";
    let advertised = |both: &Both| {
        let exit = both.desk.plan.exits.iter().find(|other| other.id.as_str() == exit).unwrap();
        exit.advertised.as_str().to_owned()
    };
    let before = format!("{}\n", advertised(&both)).trim_start().to_owned();
    both.give("ours.txt", "203.0.113.64/26\n");
    both.turn(Turn::Target((1, 0), Target::Advertised(exit.into())));
    both.turn(Turn::Apply);
    assert_eq!(advertised(&both), format!("{before}203.0.113.64/26\n"));
    assert!(both.desk.plan.sources.is_empty());
    both.give("ours.txt", "203.0.113.64/26\n");
    both.turn(Turn::Target((2, 0), Target::Advertised(exit.into())));
    assert_eq!(both.outcomes(), [Outcome::There]);
}

#[test]
fn microsofts_view_of_a_circuit_becomes_accepted_advertisements() {
    let table = r#"{"value": [
 {"locPrf": "", "network": "198.51.100.0/24", "nextHop": "192.0.2.1*", "path": "64700 64700", "weight": 0},
 {"locPrf": "", "network": "198.51.100.0/24", "nextHop": "192.0.2.5", "path": "64700 64700", "weight": 0},
 {"locPrf": "", "network": "20.60.28.0/23", "nextHop": "192.0.2.9", "path": "12076", "weight": 0},
 {"locPrf": "", "network": "203.0.113.0/24", "nextHop": "192.0.2.1", "path": "64700 64701", "weight": 0}
]}"#;
    let mut both = Both::new();
    both.act(Action::edit(|plan| {
        plan.exits.iter_mut().for_each(|exit| exit.advertised = "203.0.113.0/24".into())
    }));
    both.give("table.json", table);
    assert_eq!(both.told(), [told("table.json", "azure-circuit", "advertised:er-chicago")]);
    both.turn(Turn::Apply);
    let exit = both.desk.plan.exits.iter().find(|exit| exit.id.as_str() == "er-chicago").unwrap();
    let wanted = "203.0.113.0/24\n198.51.100.0/24 aspath=64700 64700\n203.0.113.0/24 aspath=64700 64701\n";
    assert_eq!(exit.advertised.as_str(), wanted);
    both.give("table.json", table);
    assert_eq!(both.outcomes(), [Outcome::There]);
    // Its rows may also be routes that someone learned.
    both.turn(Turn::Target((2, 0), Target::Source));
    assert_eq!(both.outcomes(), [Outcome::Changes]);
}

const FORTIGATE: &str = include_str!("../../../tests/golden/config/fortigate-config.txt");

/// Configuration with this many bytes of what has nothing to do with translation behind it, as whole backups have.
fn backup(bytes: usize) -> String {
    let mut text = FORTIGATE.to_owned();
    text.push_str("config webfilter urlfilter\n");
    while text.len() < bytes {
        text.push_str("    edit 1\n        set url \"example.com\"\n        set action block\n    next\n");
    }
    text.push_str("end\n");
    text
}

#[test]
fn configuration_of_megabytes_is_taken_in_as_a_short_one_is_and_a_longer_one_says_so() {
    let setup = |text: &str| {
        let mut both = Both::new();
        both.give("backup.conf", text);
        let item = &both.desk.preview.as_ref().unwrap().items[0];
        assert!(item.imported.config.is_some());
        item.setup.clone()
    };
    let (short, long) = (setup(FORTIGATE).unwrap(), setup(&backup(1_200_000)).unwrap());
    assert!(!short.pools.is_empty() && !short.rules.is_empty());
    assert_eq!((&short.pools, &short.rules, &short.published), (&long.pools, &long.rules, &long.published));
    assert_eq!(*short, crate::intake::config::read(FORTIGATE, short.format), "as it is read natively");
    let longer = format!("{FORTIGATE}# {}\n", "x".repeat(crate::desk::door::MAX_CONFIG));
    assert!(setup(&longer).is_none(), "longer than is taken in");
}
