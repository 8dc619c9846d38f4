//! What is printed for every plan of the gallery. `UPDATE_EXPECT=1 cargo test --test cli` writes it anew.

use super::{Run, examples, file, json, run, run_with};
use expect_test::expect_file;
use std::fmt::Write;

#[test]
fn check_prints_what_it_printed() {
    for example in examples() {
        same(&example, "check.txt", &run(&["check", &example]));
        same(&example, "check.json", &run(&["check", &example, "--json"]));
    }
}

#[test]
fn trace_prints_what_it_printed() {
    for example in examples() {
        let answer = json(&["check", &example, "--json"]);
        // The flow that matters most: the first of the worst.
        let worst = answer["verdicts"][0]["verdict"].clone();
        let flows = answer["flows"].as_array().unwrap();
        let flow = flows.iter().find(|flow| flow["verdict"] == worst).unwrap();
        let part = &flow["parts"][0];
        let (from, to) = (part["from"].as_str().unwrap(), part["to"].as_str().unwrap());
        let (how, id) = match flow["published"].as_str() {
            Some(published) => ("--inbound", published),
            None => ("--site", flow["site"].as_str().unwrap()),
        };
        let arguments = ["trace", &example, how, id, "--from", from, "--to", to];
        let text = run(&arguments);
        same(&example, "trace.txt", &text);
        let form = run(&[arguments.as_slice(), &["--json"]].concat());
        same(&example, "trace.json", &form);
        let form: serde_json::Value = serde_json::from_str(&form.out).unwrap();
        assert_eq!(form["verdict"], part["verdict"], "{example}: the trace says what the check says");
    }
}

#[test]
fn coverage_prints_what_it_printed() {
    for example in examples() {
        same(&example, "coverage.txt", &run(&["coverage", &example]));
    }
    let example = "static/examples/03-one-pool-two-firewalls.json";
    same(example, "coverage.json", &run(&["coverage", example, "--json"]));
    let class = run(&["coverage", example, "--site", "hq", "--class", "2"]);
    same(example, "coverage-class.txt", &class);
    let form = json(&["coverage", example, "--site", "hq", "--class", "2", "--json"]);
    let listed: Vec<_> = form["sites"][0]["classes"][0]["list"].as_array().unwrap().iter().collect();
    assert!(class.out.lines().eq(listed.iter().map(|net| net.as_str().unwrap())));
}

#[test]
fn diff_prints_what_it_printed() {
    let examples = examples();
    for pair in examples.windows(2) {
        same(&pair[1], "diff.txt", &run(&["diff", &pair[0], &pair[1]]));
    }
    let (before, after) = ("static/examples/08-inbound-mail.json", "static/examples/09-inbound-mail-mended.json");
    same(after, "diff.json", &run(&["diff", before, after, "--json"]));
    let run_same = run(&["diff", before, before]);
    assert_eq!(run_same.code, 0);
    same(before, "diff-itself.txt", &run_same);
    for (name, flags) in [("diff.txt", vec![]), ("diff.json", vec!["--json"])] {
        let (before, after) = ("tests/golden/lists/november.txt", "tests/golden/lists/december.txt");
        same("lists", name, &run(&[&["diff", before, after], flags.as_slice()].concat()));
    }
    let example = "static/examples/04-separate-pools.json";
    let replace = "er-chicago=tests/golden/lists/december.txt";
    same(example, "diff-replace.txt", &run(&["diff", example, "--replace", replace]));
}

#[test]
fn rollout_prints_what_it_printed() {
    let pairs = [
        ("03-one-pool-two-firewalls", "04-separate-pools"),
        ("02-microsoft-peering", "04-separate-pools"),
        ("08-inbound-mail", "09-inbound-mail-mended"),
    ];
    for (before, after) in pairs {
        let (before, after) = (format!("static/examples/{before}.json"), format!("static/examples/{after}.json"));
        same(
            &after,
            &format!("from-{}.rollout.txt", &before[16..18]),
            &run(&["rollout", &after, "--from", &before]),
        );
    }
    let (before, after) = ("static/examples/02-microsoft-peering.json", "static/examples/04-separate-pools.json");
    same(after, "rollout.json", &run(&["rollout", after, "--from", before, "--json"]));
    // The order that is written is the one judged, and none is better.
    let to = file("rollout.json", "");
    let written = run(&["rollout", after, "--from", before, "--write", "-o", &to]);
    assert_eq!((written.out.as_str(), written.err.as_str()), ("", ""));
    let form = json(&["rollout", after, "--from", before, "--json"]);
    let again = json(&["rollout", &to, "--from", before, "--json"]);
    let order = |form: &serde_json::Value| -> Vec<serde_json::Value> {
        form["steps"].as_array().unwrap().iter().map(|step| step["key"].clone()).collect()
    };
    match form["better"]["order"].as_array() {
        Some(better) => assert_eq!(order(&again), *better),
        None => assert_eq!(order(&again), order(&form)),
    }
    assert!(again["better"].is_null());
    let nothing = run(&["rollout", before, "--from", before]);
    assert_eq!(nothing.code, 0);
    assert!(nothing.out.contains("Nothing has to change"), "{}", nothing.out);
    for (arguments, said) in [
        (vec!["rollout", after], "--from"),
        (vec!["rollout", "-", "--from", "-"], "standard input"),
        (vec!["rollout", after, "--from", "nowhere.json"], "nowhere.json"),
        (vec!["rollout", after, "--from", before, "-o", "x.json"], "--write"),
    ] {
        let run = run(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(run.err.contains(said), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn what_cannot_be_compared_is_said() {
    let (plan, list) = ("static/examples/04-separate-pools.json", "tests/golden/lists/november.txt");
    for (arguments, said) in [
        (vec!["diff", plan, list], "is a plan"),
        (vec!["diff", list, plan], "is a plan"),
        (vec!["diff", "-", "-"], "standard input"),
        (vec!["diff", plan], "required"),
        (vec!["diff", plan, "--replace", "nothing"], "LIST=FILE"),
        (vec!["diff", plan, "--replace", "nowhere=x.txt"], "no source or exit"),
        (vec!["coverage", plan, "--site", "nowhere"], "no site"),
        (vec!["coverage", plan, "--site", "hq", "--class", "999"], "numbered from 0"),
    ] {
        let run = run(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(run.err.contains(said), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn catalogue_prints_what_it_printed() {
    for (name, form, end) in [
        ("04-separate-pools", "tsv", "tsv"),
        ("08-inbound-mail", "markdown", "md"),
        ("09-inbound-mail-mended", "json", "json"),
    ] {
        let example = format!("static/examples/{name}.json");
        let answer = run(&["catalogue", &example, "--as", form, "--group", "service"]);
        same(&example, &format!("catalogue.{end}"), &answer);
    }
}

#[test]
fn failures_and_capacity_print_what_they_printed() {
    for name in ["01-field-report", "05-fallback-aggregate", "10-two-circuits"] {
        let example = format!("static/examples/{name}.json");
        same(&example, "failures.txt", &run(&["failures", &example]));
        same(&example, "capacity.txt", &run(&["capacity", &example]));
    }
    let example = "static/examples/08-inbound-mail.json";
    same(example, "failures.json", &run(&["failures", example, "--pairs", "no", "--only-harm", "--json"]));
    let before = "static/examples/01-field-report.json";
    same(example, "capacity.json", &run(&["capacity", example, "--before", before, "--json"]));
}

#[test]
fn lookup_and_import_print_what_they_printed() {
    let example = "static/examples/10-two-circuits.json";
    let addresses = "# destinations\n13.107.6.152\n\n8.8.8.8\r\n  40.92.0.1 \n2603:1000::1\nnot an address\n";
    for (name, flags) in [("lookup.txt", vec![]), ("lookup.json", vec!["--json"])] {
        let run = super::run_with(&[&["lookup", example], flags.as_slice()].concat(), addresses.as_bytes());
        assert_eq!(run.code, 2);
        same(example, name, &run);
    }
    let list = "10.0.0.0/8 localpref=150 aspath=65010 65020\n192.0.2.1/24\nwhat 192.0.2.0/24\n2001:db8::/32\n";
    for (name, flags) in [("import.txt", vec![]), ("import.json", vec!["--json"])] {
        let run = super::run_with(&[&["import", "-"], flags.as_slice()].concat(), list.as_bytes());
        assert_eq!(run.code, 1);
        same("list", name, &run);
    }
    let print = include_str!("../golden/intake/ios-bgp.txt");
    for (name, flags) in [("import.txt", vec![]), ("import.json", vec!["--json"])] {
        let arguments = [&["import", "-", "--as", "ios-bgp"], flags.as_slice()].concat();
        let run = super::run_with(&arguments, print.as_bytes());
        assert_eq!(run.code, 0);
        same("ios-bgp", name, &run);
    }
}

/// The run as one text: exit code, standard error, standard output, JSON indented.
fn same(example: &str, kind: &str, run: &Run) {
    let name = example.rsplit('/').next().unwrap_or(example).trim_end_matches(".json");
    let mut said = format!("exit code {}\n", run.code);
    for line in run.err.lines() {
        writeln!(said, "stderr: {line}").unwrap();
    }
    if kind.ends_with(".json") {
        assert!(run.out.starts_with("{\"format\":\"twopath."), "{}", run.out);
        said.push_str(&indented(&run.out));
    } else {
        said.push_str(&run.out);
    }
    expect_file![format!("../golden/cli/{name}.{kind}")].assert_eq(&said);
}

/// JSON with line ends and blanks put in and nothing else changed, so that a difference can be read.
fn indented(json: &str) -> String {
    let (mut out, mut depth, mut in_text, mut escaped) = (String::new(), 0, false, false);
    let mut letters = json.chars().filter(|c| *c != '\n').peekable();
    while let Some(c) = letters.next() {
        if in_text {
            out.push(c);
            in_text = escaped || c != '"';
            escaped = c == '\\' && !escaped;
            continue;
        }
        let line = |out: &mut String, depth: usize| {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', depth));
        };
        match c {
            '"' => {
                in_text = true;
                out.push(c);
            }
            '{' | '[' => {
                out.push(c);
                depth += 1;
                if !matches!(letters.peek(), Some('}' | ']')) {
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth -= 1;
                if !out.ends_with(['{', '[']) {
                    line(&mut out, depth);
                }
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            _ => out.push(c),
        }
    }
    out.push('\n');
    out
}

#[test]
fn import_prints_what_it_printed() {
    let mixed = "tests/golden/lists/mixed.txt";
    let import = run(&["import", mixed]);
    same("lists", "import.txt", &import);
    assert_eq!(import.code, 1, "a line was not read");
    for place in ["mixed.txt:7:2: error: ", "mixed.txt:15:1: warning: "] {
        assert!(import.err.contains(place), "{}", import.err);
    }
    let forms = run(&["import", mixed, "tests/golden/lists/november.txt", "--json"]);
    same("lists", "import.json", &forms);
    let forms: Vec<serde_json::Value> =
        forms.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let becomes: Vec<_> = forms.iter().map(|form| form["becomes"].as_str().unwrap()).collect();
    assert_eq!(becomes, ["learned_routes", "service", "source", "learned_routes"]);
    assert_eq!(forms[2]["part"]["first_line"], forms[2]["faults"][0]["line"]);
    // A format that is chosen is that of the whole file.
    assert_eq!(run(&["import", mixed, "--as", "ios-bgp", "--json"]).out.lines().count(), 1);
}

const TAGS: &str = r#"{"values": [
 {"name": "Sql", "properties": {"addressPrefixes": ["13.64.0.0/11"]}},
 {"name": "Storage", "properties": {"addressPrefixes": ["20.60.0.0/16", "2603:1000::/40"]}}
]}"#;

const NEIGHBOURS: &str = "\
     Network          Next Hop            Metric LocPrf Weight Path
 *>  0.0.0.0          203.0.113.1              0             0 64496 i
 *>  13.107.6.152/31  198.51.100.129           0             0 12076 i
 *                    203.0.113.1              5             0 64496 8075 i
 *>i 10.0.0.0         10.9.9.9                 0    100      0 i
 *>  203.0.113.0      0.0.0.0                  0         32768 i
";

#[test]
fn a_routers_table_goes_neighbour_by_neighbour_or_says_whose_all_of_it_would_be() {
    let plan = "static/examples/03-one-pool-two-firewalls.json";
    let mut told = String::new();
    for options in [&[][..], &["--learned-by", "er-chicago"]] {
        let put = run_with(&[&["import", "--into", plan, "-"], options].concat(), NEIGHBOURS.as_bytes());
        assert_eq!(put.code, 0, "{}", put.err);
        told.push_str(&put.err);
        let sources = twopath::plan::load(&put.out).unwrap().plan.sources.len();
        assert_eq!(sources, if options.is_empty() { 2 } else { 1 });
    }
    same("lists", "import-neighbours.txt", &Run { code: 0, out: told, err: String::new() });
}

#[test]
fn files_are_put_into_a_plan_once() {
    let (plan, mixed) = ("static/examples/03-one-pool-two-firewalls.json", "tests/golden/lists/mixed.txt");
    let into = run(&["import", "--into", plan, mixed]);
    same("lists", "import-into.txt", &Run { code: into.code, out: into.err.clone(), err: String::new() });
    let loaded = twopath::plan::load(&into.out).unwrap();
    assert_eq!(loaded.faults, []);
    let exit = loaded.plan.exits.iter().find(|exit| exit.id.as_str() == "er-chicago").unwrap();
    assert_eq!((loaded.plan.sources.len(), exit.learned_from.len()), (3, 1));
    assert_eq!(loaded.plan.services.last().unwrap().name, "mixed.txt, part 2");
    // Again it changes nothing, to the byte.
    let again = run_with(&["import", "--into", "-", mixed], into.out.as_bytes());
    assert_eq!(again.out, into.out);
    assert!(again.err.contains("Nothing changed"), "{}", again.err);
    // Elsewhere, where that is said.
    let counts = |out: &str| {
        let plan = twopath::plan::load(out).unwrap().plan;
        let exit = plan.exits.into_iter().find(|exit| exit.id.as_str() == "isp").unwrap();
        (plan.sources.len(), plan.services.len(), exit.learned_from.len(), exit.advertised.len() > 20)
    };
    for (options, holds) in [
        (&["--learned-by", "isp"][..], (1, 8, 1, false)),
        (&["--advertised-by", "isp"], (0, 8, 0, true)),
        (&["--service"], (1, 9, 0, false)),
        (&["--source"], (1, 8, 0, false)),
    ] {
        let list = "tests/golden/lists/november.txt";
        let put = run(&[&["import", "--into", plan, list], options].concat());
        assert_eq!(put.code, 0, "{options:?}: {}", put.err);
        assert_eq!(counts(&put.out), holds, "{options:?}");
        assert!(!put.err.contains("Nothing changed"), "{options:?}: {}", put.err);
    }
    let tags = file("tags.json", TAGS);
    let tags = tags.as_str();
    for (options, services) in [(&["--each-set"][..], 10), (&["--each-set", "--set", "Sql"], 9), (&[], 9)] {
        let put = run(&[&["import", "--into", plan, tags], options].concat());
        assert_eq!(counts(&put.out).1, services, "{options:?}");
    }
    for (arguments, said) in [
        (vec!["import", "--into", plan, mixed, "--learned-by", "nowhere"], "no exit"),
        (vec!["import", "--into", plan, plan], "both the plan"),
        (vec!["import", "--into", plan, tags, "--set", "nothing"], "no set"),
        (vec!["import", mixed, "--service"], "--into"),
        (vec!["import", "--into", plan, mixed, "--service", "--source"], "cannot be used with"),
        (vec!["import"], "required"),
    ] {
        let run = run(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(run.err.contains(said), "{arguments:?}: {}", run.err);
    }
}
