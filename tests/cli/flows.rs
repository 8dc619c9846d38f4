//! Flow logs.

use super::{file, json, run};
use twopath::plan::load;

const PLAN: &str = "static/examples/10-two-circuits.json";
const LOG: &str = "tests/golden/flows/nfdump-1.6.csv";

#[test]
fn flows_says_what_would_change() {
    let told = run(&["flows", PLAN, LOG]);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    for said in ["changed  Chicago: backup, near", "IN NO ROW", "2 rows changed."] {
        assert!(told.out.contains(said), "{}", told.out);
    }
    let form = json(&["flows", PLAN, LOG, "--json"]);
    assert_eq!((&form["format"], &form["version"]), (&"twopath.flows".into(), &1.into()));
    assert_eq!(form["rows"].as_array().unwrap().len(), 2);
    let in_rows: u64 = form["rows"].as_array().unwrap().iter().map(|row| row["bytes"].as_u64().unwrap()).sum();
    let apart: u64 = form["apart"].as_array().unwrap().iter().map(|total| total["bytes"].as_u64().unwrap()).sum();
    assert_eq!(in_rows + apart, form["bytes"].as_u64().unwrap());
}

#[test]
fn taken_into_a_plan_it_changes_nothing_the_second_time() {
    let first = run(&["flows", PLAN, LOG, "--into"]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert_eq!(load(&first.out).unwrap().faults, []);
    let again = run(&["flows", &file("flowed.json", &first.out), LOG, LOG, "--into"]);
    assert_eq!(again.out, first.out);
    assert!(again.err.contains("the same as") && again.err.contains("Nothing changes: 2 rows are so already."));
}

#[test]
fn columns_are_named_once() {
    let log = "tests/golden/flows/columns.csv";
    let unnamed = run(&["flows", PLAN, log]);
    assert_eq!(unnamed.code, 2);
    assert!(unnamed.err.contains("--columns 'source=Src IP,destination=Dst IP"), "{}", unnamed.err);
    let columns = "source=Src IP,destination=Dst IP,bytes=Sent,bytes-back=Received,end=Session End";
    let named = run(&["flows", PLAN, log, "--columns", columns, "--into"]);
    assert_eq!(named.code, 0, "{}", named.err);
    assert!(named.out.contains("\"log_columns\""));
    let again = run(&["flows", &file("named.json", &named.out), log, "--into"]);
    assert_eq!((again.code, again.out), (0, named.out));
    for (wrong, said) in
        [("source=a", "which column is destination"), ("from=a", "known are source"), ("source", "write")]
    {
        let told = run(&["flows", PLAN, log, "--columns", wrong]);
        assert_eq!(told.code, 2);
        assert!(told.err.contains(said), "{}", told.err);
    }
}
