//! Flow logs in the preview: looked at, streamed, measured, applied, as the command line does it.

use crate::desk::door::{Reply, Request};
use crate::desk::flows::{FlowChange, LogChoice, Rate, Taking, ends_of, take_in};
use crate::desk::import::{LogTurn, Turn};
use crate::desk::state::Desk;
use crate::desk::{Action, Effect, Engine, ImportInto, Notice};
use crate::intake::flows::{Field, LogFormat};
use crate::plan::examples::EXAMPLES;
use crate::plan::{Ends, Plan};
use std::collections::BTreeMap;
use std::rc::Rc;

const NFDUMP: &str = "\
ts,te,sa,da,sp,dp,ibyt,obyt
2026-11-16 08:00:00,2026-11-16 08:05:00,OURS,THEIRS,50000,443,75000000,150000000
2026-11-16 08:05:00,2026-11-16 08:10:00,OURS,THEIRS,50001,443,7500000,1500000
2026-11-16 08:15:00,2026-11-16 08:20:00,OURS,100.64.7.7,50001,443,1000,1000
";
const NAMED: &str = "\
Von;Nach;Octets;Zeit
OURS;THEIRS;75000000;2026-11-17 08:00:00
";

/// A desk, its engine, and the files that were given.
struct Both {
    desk: Desk,
    engine: Engine,
    files: BTreeMap<u64, Vec<u8>>,
    /// So many bytes are handed over at a time.
    piece: usize,
    asked: u32,
}

fn ours(text: &str) -> String {
    let plan = plan();
    let first =
        |text: &str| text.lines().next().and_then(|line| line.split(['/', ' ']).next()).unwrap().to_owned();
    let service = plan.services.iter().find(|service| !service.destinations.as_str().is_empty()).unwrap();
    text.replace("OURS", &first(plan.sites[0].inside.as_str()))
        .replace("THEIRS", &first(service.destinations.as_str()))
}

fn plan() -> Plan {
    EXAMPLES.iter().find(|example| example.json.contains("\"er-chicago\"")).unwrap().plan()
}

impl Both {
    fn new() -> Self {
        let (desk, engine) = (Desk::new(Rc::default()), Engine::default());
        let mut both = Self { desk, engine, files: BTreeMap::new(), piece: 100, asked: 0 };
        both.act(Action::Open { plan: Rc::new(plan()), passed_over: Vec::new() });
        both
    }

    fn act(&mut self, action: Action) {
        let mut effects = self.desk.act(action);
        while !effects.is_empty() {
            let mut replies = Vec::new();
            for effect in effects {
                match effect {
                    Effect::Send { request, bytes } => {
                        let bytes = bytes.map(|text| text.as_str().as_bytes().to_vec());
                        replies.extend(self.engine.handle(request, bytes));
                    }
                    Effect::SendFile { request, ticket, .. } => {
                        let log = matches!(request, Request::Log { .. });
                        let bytes = self.files.get(&ticket).filter(|_| !log).cloned();
                        replies.extend(self.engine.handle(request, bytes));
                    }
                    _ => {}
                }
            }
            replies.extend(self.finish());
            effects =
                replies.into_iter().flat_map(|reply| self.desk.act(Action::Engine(Box::new(reply)))).collect();
        }
    }

    /// As the worker does: a piece at a time.
    fn finish(&mut self) -> Vec<Reply> {
        let mut replies = self.engine.finish();
        while let Some((ticket, at)) = self.engine.wants() {
            let from = at as usize;
            let file = self.files.get(&ticket);
            let bytes = file.map(|file| file[from.min(file.len())..(from + self.piece).min(file.len())].to_vec());
            assert!(bytes.as_ref().is_none_or(|bytes| bytes.len() <= self.piece));
            self.asked += 1;
            replies.extend(self.engine.handle(Request::LogBytes { ticket, at }, bytes));
            replies.extend(self.engine.finish());
        }
        replies
    }

    fn give(&mut self, ticket: u64, name: &str, bytes: &[u8]) {
        self.files.insert(ticket, bytes.to_vec());
        let (name, bytes) = (name.to_owned(), bytes.len() as u64);
        self.act(Action::Import { ticket, name, into: ImportInto::Preview, bytes });
    }

    fn turn(&mut self, turn: LogTurn) {
        self.act(Action::Preview(Turn::Log(turn)));
    }

    fn logs(&self) -> &crate::desk::import::Logs {
        &self.desk.preview.as_ref().unwrap().logs
    }
}

/// What the command line makes of logs.
fn by_command(plan: &Plan, logs: &[&str], rate: Rate) -> Plan {
    let mut plan = plan.clone();
    let mut taking = Taking::new(&plan, ends_of(&plan), LogChoice::default());
    for log in logs {
        taking.begin("log");
        taking.feed(log.as_bytes());
        taking.end();
    }
    let (measured, columns) = (taking.measured(&plan), taking.new_columns(&plan));
    take_in(&mut plan, &measured, rate, &columns);
    plan
}

#[test]
fn a_log_is_streamed_previewed_and_applied_as_the_command_line_does() {
    let mut both = Both::new();
    let log = ours(NFDUMP);
    both.give(1, "week.csv", log.as_bytes());
    assert_eq!(both.asked as usize, log.len().div_ceil(100), "piece by piece");
    let logs = both.logs();
    assert_eq!(logs.files[0].told.as_ref().unwrap().read.format, Some(LogFormat::Nfdump));
    assert_eq!(logs.measured.as_ref().unwrap().all.records, 3);
    assert_eq!(logs.changes.len(), 1);
    assert!(!logs.is_reading() && both.desk.progress.is_none());
    assert_eq!(*both.desk.plan, plan(), "nothing changes before it is applied");
    // Another rate is another preview of what was read.
    both.turn(LogTurn::Rate(Rate::Mean));
    assert_eq!(both.asked as usize, log.len().div_ceil(100));
    both.act(Action::Preview(Turn::Apply));
    assert_eq!(*both.desk.plan, by_command(&plan(), &[&log], Rate::Mean));
    assert!(matches!(&both.desk.notice, Some(Notice::Imported(done)) if !done.is_nothing()));
    both.act(Action::Undo);
    assert_eq!(*both.desk.plan, plan());
    // Applied again and again: nothing.
    both.act(Action::Redo);
    both.give(2, "week.csv", log.as_bytes());
    both.turn(LogTurn::Rate(Rate::Mean));
    assert_eq!(both.logs().count(FlowChange::Same), 1);
    let before = both.desk.plan.clone();
    both.act(Action::Preview(Turn::Apply));
    assert_eq!(both.desk.plan, before);
    assert!(matches!(&both.desk.notice, Some(Notice::Imported(done)) if done.is_nothing()));
}

#[test]
fn columns_are_named_once_and_kept_in_the_plan() {
    let mut both = Both::new();
    let log = ours(NAMED).replace("Von;Nach", "src ip;dst ip");
    both.give(1, "odd.csv", log.as_bytes());
    assert!(both.logs().files[0].waits() && both.logs().measured.is_none());
    assert_eq!(both.logs().files[0].lacks(), Some(Field::Start), "the rest is proposed");
    both.turn(LogTurn::Named(1));
    assert!(both.logs().files[0].told.is_none(), "not before it says enough");
    both.turn(LogTurn::Column(1, Field::Start, "Zeit".to_owned()));
    both.turn(LogTurn::Named(1));
    assert_eq!(both.logs().measured.as_ref().unwrap().all.records, 1);
    both.act(Action::Preview(Turn::Apply));
    assert_eq!(both.desk.plan.log_columns.len(), 1);
    assert_eq!(both.desk.plan.log_columns[0].start, "Zeit");
    both.give(2, "odd2.csv", log.replace("75000000", "85000000").as_bytes());
    assert!(!both.logs().files[0].waits());
    assert_eq!(both.logs().measured.as_ref().unwrap().all.records, 1, "the plan knows them");
}

#[test]
fn a_log_without_heading_is_named_by_place() {
    let mut both = Both::new();
    let log = ours("OURS,THEIRS,443,75000000,2026-11-17 08:00:00\nOURS,THEIRS,443,75000000,2026-11-17 08:04:00\n");
    both.give(1, "bare.csv", log.as_bytes());
    let item = both.desk.preview.as_ref().unwrap().items[0].key;
    both.act(Action::Preview(Turn::Format(item, Some("csv-columns".into()))));
    assert!(both.desk.preview.as_ref().unwrap().items.is_empty());
    let file = &both.logs().files[0];
    assert!(file.waits() && file.is_without_heading());
    assert_eq!(file.choices()[3], ("4".to_owned(), "75000000".to_owned()));
    for (field, place) in [(Field::Source, "1"), (Field::Destination, "2"), (Field::Bytes, "4"), (Field::End, "5")]
    {
        both.turn(LogTurn::Column(1, field, place.to_owned()));
    }
    both.turn(LogTurn::Named(1));
    assert_eq!(both.logs().measured.as_ref().unwrap().all.records, 2);
    // And back to a list.
    both.turn(LogTurn::List(1));
    assert_eq!(both.desk.preview.as_ref().unwrap().items.len(), 1);
    assert!(both.logs().files.is_empty() && both.logs().measured.is_none());
}

#[test]
fn several_logs_are_measured_together_and_one_left_out_is_not() {
    let (mut both, log) = (Both::new(), ours(NFDUMP));
    let other = log.replace("2026-11-16", "2026-11-17");
    both.give(1, "a.csv", log.as_bytes());
    both.give(2, "b.csv", other.as_bytes());
    both.give(3, "a again.csv", log.as_bytes());
    assert_eq!(both.logs().measured.as_ref().unwrap().all.records, 6);
    assert_eq!(both.logs().files[2].told.as_ref().unwrap().same_as.as_deref(), Some("a.csv"));
    both.turn(LogTurn::Leave(1));
    assert_eq!(both.logs().files[1].told.as_ref().unwrap().same_as, None);
    both.turn(LogTurn::Leave(3));
    assert_eq!(both.logs().measured.as_ref().unwrap().all.records, 3);
    both.turn(LogTurn::Sampling(10));
    let sampled = both.logs().measured.as_ref().unwrap().all.bytes;
    both.turn(LogTurn::Sampling(1));
    assert_eq!(sampled, 10 * both.logs().measured.as_ref().unwrap().all.bytes);
}

#[test]
fn reading_is_left_at_any_step_and_what_was_read_stands() {
    let (mut both, log) = (Both::new(), ours(NFDUMP));
    both.give(1, "a.csv", log.as_bytes());
    let bytes = log.len() as u64;
    both.files.insert(2, log.replace("2026-11-16", "2026-11-17").into_bytes());
    let effects = both.desk.act(Action::Import { ticket: 2, name: "b".into(), into: ImportInto::Preview, bytes });
    let [Effect::SendFile { request: look @ Request::Look { .. }, begin: true, .. }] = &effects[..] else {
        panic!("{effects:?}")
    };
    let looked = both.engine.handle(look.clone(), Some(both.files[&2].clone())).pop().unwrap();
    let effects = both.desk.act(Action::Engine(Box::new(looked)));
    let [Effect::SendFile { request: log @ Request::Log { .. }, begin: false, .. }] = &effects[..] else {
        panic!("{effects:?}")
    };
    both.engine.handle(log.clone(), None);
    assert!(both.desk.is_previewing());
    let (ticket, at) = both.engine.wants().unwrap();
    let piece = both.files[&2][..50].to_vec();
    assert!(both.engine.handle(Request::LogBytes { ticket, at }, Some(piece)).is_empty());
    both.act(Action::Stop);
    assert_eq!((both.engine.wants(), both.logs().files.len()), (None, 1));
    assert_eq!(both.logs().measured.as_ref().unwrap().all.records, 3);
    // It goes on from there, and bytes that come too late say nothing.
    assert!(both.engine.handle(Request::LogBytes { ticket, at: 50 }, Some(vec![0; 9])).is_empty());
    let other = both.files[&2].clone();
    both.give(3, "b.csv", &other);
    assert_eq!(both.logs().measured.as_ref().unwrap().all.records, 6);
    // A worker that was lost: all are read anew.
    both.engine = Engine::default();
    both.act(Action::EngineRestarted);
    let third = String::from_utf8(other).unwrap().replace("2026-11-17", "2026-11-18");
    both.give(4, "c.csv", third.as_bytes());
    assert_eq!(both.logs().measured.as_ref().unwrap().all.records, 9);
}

#[test]
fn damage_is_told_and_the_rest_counts() {
    let (mut both, log) = (Both::new(), ours(NFDUMP));
    both.give(1, "a.csv", log.replace("08:05:00,2026-11-16 08:10:00", "noon,never").as_bytes());
    let told = both.logs().files[0].told.clone().unwrap();
    assert_eq!((told.read.faults.errors, told.read.faults.kept[0].line), (1, 3));
    assert_eq!(both.logs().measured.as_ref().unwrap().all.records, 2);
    // A file that is gone by the time its bytes are wanted.
    let bytes = log.len() as u64;
    both.files.insert(2, log.into_bytes());
    let effects = both.desk.act(Action::Import { ticket: 2, name: "b".into(), into: ImportInto::Preview, bytes });
    let [Effect::SendFile { request, .. }] = &effects[..] else { panic!("{effects:?}") };
    let looked = both.engine.handle(request.clone(), both.files.remove(&2)).pop().unwrap();
    both.act(Action::Engine(Box::new(looked)));
    let gone = &both.logs().files[1];
    assert!(gone.told.is_none() && !gone.reading && !gone.waits());
    assert_eq!(both.logs().measured.as_ref().unwrap().all.records, 2);
}

#[test]
fn ends_pass_the_door_unchanged() {
    for flow in EXAMPLES.iter().flat_map(|example| example.plan().flows) {
        let bytes = borsh::to_vec(&flow.ends).unwrap();
        assert_eq!(borsh::from_slice::<Ends>(&bytes).unwrap(), flow.ends);
    }
}
