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

#[test]
fn the_catalogue_is_filtered_by_how_symmetry_is_kept() {
    let example = "static/examples/09-inbound-mail-mended.json";
    let all = run(&["catalogue", example]);
    let kept = run(&["catalogue", example, "--kept", "separate-pool"]);
    let lines = |run: &super::Run| run.out.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let (all, kept) = (lines(&all), lines(&kept));
    assert!(!kept.is_empty() && kept.len() < all.len());
    assert!(kept.iter().all(|line| line.contains("separate pool") && all.contains(line)));
    let wrong = run(&["catalogue", example, "--kept", "separate"]);
    assert!(wrong.code == 2 && wrong.err.contains("separate-pool"), "{}", wrong.err);
}

#[test]
fn many_rows_are_added_once() {
    let first = run(&["add-flows", PLAN, "--sets", "microsoft", "--sites", "all"]);
    assert_eq!(first.code, 0, "{}", first.err);
    let (before, after) = (load(&std::fs::read_to_string(PLAN).unwrap()).unwrap().plan, load(&first.out).unwrap());
    assert_eq!(after.faults, []);
    assert_eq!(after.plan.flows[..before.flows.len()], before.flows);
    let added = after.plan.flows.len() - before.flows.len();
    assert!(added > 0 && first.err.contains(&format!("{added} rows added; ")), "{}", first.err);
    assert!(first.err.contains("added: Dallas plant: Azure Storage, North Central US"), "{}", first.err);
    let again = run(&["add-flows", &file("many.json", &first.out), "--sets", "microsoft"]);
    assert_eq!((again.code, &again.out), (0, &first.out));
    assert!(again.err.contains("0 rows added"), "{}", again.err);
}

#[test]
fn rows_from_outside_are_offered_and_added_where_asked() {
    let mut plan = load(&std::fs::read_to_string("static/examples/08-inbound-mail.json").unwrap()).unwrap().plan;
    plan.flows.retain(|flow| matches!(flow.ends, twopath::plan::Ends::Outbound(_)));
    let plan = file("no-inbound.json", twopath::plan::save(&plan));
    let told = run(&["add-flows", &plan, "--sets", "exchange-online", "--sites", "hq"]);
    assert!(
        told.err.contains("Mail gateway has no row for what the outside begins; --inbound adds it."),
        "{}",
        told.err
    );
    let out = file("inbound.json", "");
    let added = run(&["add-flows", &plan, "--inbound", "-o", &out]);
    assert_eq!((added.code, added.out.as_str()), (0, ""));
    assert_eq!(added.err.trim(), "added: Mail gateway: from outside\n1 row added.");
    assert!(std::fs::read_to_string(out).unwrap().contains("\"smtp-inbound\""));
    for (arguments, said) in [
        (vec!["--sets", "exchange-onlin"], "Did you mean “exchange-online”?"),
        (vec!["--sets", "all", "--sites", "qh"], "There is no site with the id “qh”. There are: hq."),
        (vec!["--sets", "expressroute"], "No service of the plan is known to be offered over ExpressRoute."),
        (vec![], "--sets"),
    ] {
        let told = run(&[vec!["add-flows", plan.as_str()], arguments].concat());
        assert_eq!((told.code, told.out.as_str()), (2, ""), "{}", told.err);
        assert!(told.err.contains(said), "{}", told.err);
    }
}
