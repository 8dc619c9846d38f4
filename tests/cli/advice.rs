//! The rulebook by the command line: codes, exit codes, and the log for continuous integration.

use super::{SMALL, examples, file, json, run};
use serde_json::Value;

/// The least plan, with a private prefix advertised: two findings of one rule would be one.
fn flawed() -> String {
    SMALL.replace("\"198.51.100.0/24\"]", "\"198.51.100.0/24\", \"10.0.0.0/8\"]")
}

#[test]
fn deny_and_allow_decide_the_exit_code() {
    let plan = file("flawed.json", flawed());
    for (arguments, code) in [
        (vec![], 0),
        (vec!["--deny", "TP109"], 1),
        (vec!["--deny", "all"], 1),
        (vec!["--deny", "TP101"], 0),
        (vec!["--deny", "all", "--allow", "TP109"], 0),
        (vec!["--deny", "TP109", "--allow", "all"], 0),
        (vec!["--deny", "TP999"], 2),
        (vec!["--allow", "109"], 2),
    ] {
        let run = run(&[&["check", plan.as_str()], arguments.as_slice()].concat());
        assert_eq!(run.code, code, "{arguments:?}: {}{}", run.out, run.err);
    }
    assert!(run(&["check", &plan]).out.contains("✗ TP109 Private prefix advertised"));
    assert!(!run(&["check", &plan, "--allow", "TP109"]).out.contains("TP109"));
}

#[test]
fn what_the_plan_accepts_is_printed_and_never_denied() {
    let accepted =
        r#""accepted_findings": [{"code": "TP109", "about": ["net"], "reason": "Our provider filters it"}], "#;
    let plan = file("accepted.json", flawed().replace("\"sites\"", &format!("{accepted}\"sites\"")));
    let run = run(&["check", &plan, "--deny", "all"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.contains("Accepted: Our provider filters it"), "{}", run.out);
    let form = json(&["check", &plan, "--json"]);
    assert_eq!(form["findings"][0]["accepted"], "Our provider filters it");
}

#[test]
fn sarif_has_the_shape_that_repositories_read() {
    let to = file("findings.sarif", "");
    for example in examples() {
        let answer = json(&["check", &example, "--json", "--sarif", &to]);
        let log: Value = serde_json::from_str(&std::fs::read_to_string(&to).unwrap()).unwrap();
        assert_eq!(log["version"], "2.1.0");
        assert!(log["$schema"].as_str().unwrap().contains("sarif-schema-2.1.0"));
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(run["tool"]["driver"]["name"], "Twopath");
        assert!(rules.iter().all(|rule| rule["helpUri"].as_str().unwrap().starts_with("https://")));
        let (results, findings) = (run["results"].as_array().unwrap(), answer["findings"].as_array().unwrap());
        assert_eq!(results.len(), findings.len(), "{example}");
        let text = std::fs::read_to_string(&example).unwrap();
        for (result, finding) in results.iter().zip(findings) {
            assert_eq!(result["ruleId"], finding["code"]);
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], finding["code"]);
            assert_eq!(result["level"], finding["severity"]);
            assert_eq!(result["message"]["text"], finding["sentence"]);
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(place["artifactLocation"]["uri"], example.as_str());
            let line = usize::try_from(place["region"]["startLine"].as_u64().unwrap()).unwrap();
            let id = finding["about"][0]["id"].as_str().unwrap();
            assert!(
                text.lines().nth(line - 1).unwrap().contains(&format!("\"id\": \"{id}\"")),
                "{example}:{line}: {id}"
            );
        }
    }
    let run = run(&["check", &examples()[0], "--sarif", "/nowhere/at/all"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("Can't write it"), "{}", run.err);
}

#[test]
fn sarif_prints_what_it_printed() {
    let to = file("golden.sarif", "");
    run(&["check", "static/examples/08-inbound-mail.json", "--sarif", &to]);
    let log = std::fs::read_to_string(to).unwrap();
    expect_test::expect_file!["../golden/cli/08-inbound-mail.sarif"].assert_eq(&log);
}

#[test]
fn fix_prints_what_it_printed() {
    for name in ["02-microsoft-peering", "03-one-pool-two-firewalls", "04-separate-pools", "08-inbound-mail"] {
        let run = run(&["fix", &format!("static/examples/{name}.json")]);
        expect_test::expect_file![format!("../golden/cli/{name}.fix.txt")]
            .assert_eq(&format!("exit code {}\n{}", run.code, run.out));
    }
    let form = json(&["fix", "static/examples/08-inbound-mail.json", "--json"]);
    let pretty = serde_json::to_string_pretty(&form).unwrap() + "\n";
    expect_test::expect_file!["../golden/cli/08-inbound-mail.fix.json"].assert_eq(&pretty);
}

#[test]
fn a_fix_is_applied_and_the_plan_written_works() {
    for name in ["03-one-pool-two-firewalls", "06-not-admitted", "08-inbound-mail"] {
        let (plan, to) = (format!("static/examples/{name}.json"), file(&format!("{name}.json"), ""));
        assert_eq!(run(&["check", &plan]).code, 1);
        let applied = run(&["fix", &plan, "--apply", "all", "-o", &to]);
        assert_eq!((applied.code, applied.out.as_str(), applied.err.as_str()), (0, "", ""), "{name}");
        assert_eq!(run(&["check", &to]).code, 0, "{name}");
        assert_eq!(run(&["fix", &plan, "--apply", "all"]).out, std::fs::read_to_string(&to).unwrap());
        assert_eq!(run(&["fix", &plan, "--apply", "1"]).code, 0);
    }
    for (number, said) in [("0", "numbered from 1"), ("99", "numbered from 1"), ("some", "numbered from 1")] {
        let run = run(&["fix", "static/examples/08-inbound-mail.json", "--apply", number]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains(said), "{}", run.err);
    }
    let works = run(&["fix", "static/examples/04-separate-pools.json", "--apply", "all"]);
    assert!(works.code == 2 && works.err.contains("works already"), "{}", works.err);
}
