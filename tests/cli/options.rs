//! Options, help, and exit codes.

use super::{SMALL, file, json, run};

/// A circuit and a site share an identifier, and so do an exit and a device.
fn twins() -> String {
    let plan = SMALL
        .replace("\"sites\"", "\"circuits\": [{\"id\": \"hq\"}], \"sites\"")
        .replace("\"id\": \"net\"", "\"id\": \"fw\"");
    file("twins.json", plan)
}

#[test]
fn exit_codes_say_how_it_went() {
    let plan = file("codes.json", SMALL);
    assert_eq!(run(&["check", &plan]).code, 0);
    assert_eq!(run(&["check", &plan, "--down", "net"]).code, 1);
    assert_eq!(run(&["trace", &plan, "--to", "8.8.8.8"]).code, 0);
    assert_eq!(run(&["trace", &plan, "--to", "8.8.8.8", "--down", "fw"]).code, 1);
    assert_eq!(run(&["trace", &plan, "--to", "2001:db8::1"]).code, 2, "no source of that family");
    assert_eq!(run(&["check"]).code, 2);
    assert_eq!(run(&["check", &plan, "--nonsense"]).code, 2);
    assert_eq!(run(&["trace", &plan]).code, 2);
    assert_eq!(run(&["trace", &plan, "--to", "8.8.8"]).code, 2);
    assert_eq!(run(&["trace", &plan, "--inbound", "mail"]).code, 2);
    let nothing = file("no-addresses.json", SMALL.replace("\"10.0.0.0/8\"", ""));
    let nothing = run(&["check", &nothing]);
    assert_eq!(nothing.code, 1, "a flow without addresses isn't known to work: {}", nothing.out);
}

#[test]
fn down_names_one_part() {
    let twins = twins();
    for (id, part) in [
        ("exit:fw", r#"{"exit":"fw"}"#),
        ("device:fw", r#"{"device":"fw"}"#),
        ("circuit:hq", r#"{"circuit":"hq"}"#),
        ("site:hq", r#"{"site":"hq"}"#),
    ] {
        let answer = json(&["check", &twins, "--down", id, "--json"]);
        assert_eq!(answer["scenario"]["down"][0].to_string(), part);
    }
    let plan = file("down.json", SMALL);
    for (plan, id, saying) in [
        (&twins, "fw", "ambiguous. Write exit:fw or device:fw."),
        (&twins, "hq", "ambiguous. Write circuit:hq or site:hq."),
        (&plan, "nett", "Did you mean “net”?"),
        (&plan, "exit:nte", "There is no exit with the id “nte”."),
        (&plan, "zzzzzz", "There are: fw, hq, net."),
        (&plan, "circuit:c", "There is no circuit with the id “c”."),
        (&plan, "", "There is no exit, circuit, device or site"),
    ] {
        let run = run(&["check", plan, "--down", id]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains(saying), "{id}: {}", run.err);
    }
}

#[test]
fn sites_and_services_that_are_not_there() {
    let plan = file("sites.json", SMALL);
    for (arguments, saying) in [
        (
            vec!["trace", &plan, "--to", "8.8.8.8", "--site", "qh"],
            "There is no site with the id “qh”. There are: hq.",
        ),
        (vec!["lookup", &plan, "--site", "qh"], "There is no site with the id “qh”. There are: hq."),
        (
            vec!["trace", &plan, "--inbound", "mail", "--from", "8.8.8.8"],
            "no published service with the id “mail”.",
        ),
    ] {
        let run = run(&arguments);
        assert_eq!(run.code, 2);
        assert!(run.err.contains(saying), "{}", run.err);
    }
}

#[test]
fn help_and_schema() {
    let help = run(&["--help"]);
    assert_eq!(help.code, 0);
    for word in ["check", "trace", "lookup", "import", "schema", "Exit codes", "Examples"] {
        assert!(help.out.contains(word), "{word}");
    }
    assert!(help.out.lines().all(|line| line.chars().count() <= 100), "{}", help.out);
    for command in ["check", "trace", "lookup", "import", "schema"] {
        let help = run(&[command, "--help"]);
        assert_eq!(help.code, 0);
        assert!(help.out.contains("Usage: twopath"), "{}", help.out);
    }
    assert_eq!(run(&["schema"]).out, twopath::plan::SCHEMA);
    let wrong = run(&["import", "-", "--as", "nonsense"]);
    assert!(wrong.code == 2 && wrong.err.contains("service-tags"), "{}", wrong.err);
    assert!(run(&["--version"]).out.starts_with("twopath "));
}

#[test]
fn the_other_return_model_is_another_answer() {
    let example = "static/examples/01-field-report.json";
    let own = json(&["check", example, "--json"]);
    let other = json(&["check", example, "--other-return-model", "--json"]);
    assert_eq!(other["scenario"]["other_return_model"], true);
    assert_ne!(own["flows"], other["flows"]);
}
