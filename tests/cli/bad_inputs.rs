//! Input that is no plan, or nearly one: always exit code 2, one clear line, no panic.

use super::{SMALL, file, run, run_with};

#[track_caller]
fn refused(path: &str, saying: &str) {
    for command in [&["check", path][..], &["trace", path, "--to", "8.8.8.8"], &["lookup", path]] {
        let run = run(command);
        assert_eq!(run.code, 2, "{command:?}: {}", run.err);
        assert_eq!(run.out, "", "{command:?}");
        assert!(run.err.contains(path) && run.err.contains(saying), "{command:?}: {}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{command:?}: {}", run.err);
    }
}

#[test]
fn files_that_cannot_be_read() {
    refused("no/such/plan.json", "there is no such file");
    refused("static", "it is a directory");
    assert_eq!(run(&["import", "static"]).code, 2);
    assert_eq!(run(&["import", "no/such/list.txt"]).code, 2);
    let run = run(&["lookup", &file("lookup.json", SMALL), "no/such/addresses.txt"]);
    assert!(run.code == 2 && run.err.contains("no/such/addresses.txt: Can't read it"), "{}", run.err);
}

#[test]
fn files_that_are_no_plan() {
    refused(&file("empty.json", ""), "not JSON");
    refused(&file("words.json", "this is\nno plan"), "line 1");
    refused(&file("array.json", "[1, 2]"), "not a plan");
    refused(&file("other.json", "{\"name\": \"x\"}"), "schema_version");
    refused(&file("newer.json", "{\"schema_version\": 99}"), "newer Twopath");
    refused(&file("type.json", "{\"schema_version\": 1,\n\"sites\": 7}"), "line 2");
    refused(&file("cut.json", &SMALL[..200]), "not JSON");
    let every_byte: Vec<u8> = (0..=255).cycle().take(4096).collect();
    refused(&file("binary.json", every_byte), "not JSON");
    refused(&file("zip.json", b"PK\x03\x04rest"), "zip archive");
    refused(&file("broken-gzip.json", b"\x1f\x8b\x08rest"), "gzip");
    refused(&file("deep.json", "[".repeat(100_000)), "");
}

#[test]
fn a_huge_file_is_refused_before_it_fills_the_memory() {
    let path = file("huge.json", "");
    std::fs::File::options().write(true).open(&path).unwrap().set_len(3 << 30).unwrap();
    let run = run(&["check", &path]);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(run.code, 2);
    assert!(run.err.contains("3221225472") && run.err.contains("268435456"), "{}", run.err);
}

#[test]
fn any_line_ends_and_encodings_are_read() {
    let plain = run(&["check", &file("plain.json", SMALL), "--json"]);
    assert_eq!((plain.code, plain.err.as_str()), (0, ""), "{}", plain.out);
    let with_crlf = run(&["check", &file("crlf.json", SMALL.replace('\n', "\r\n")), "--json"]);
    assert_eq!((with_crlf.code, with_crlf.out), (0, plain.out.clone()));
    let marked = run(&["check", &file("bom.json", format!("\u{feff}{SMALL}")), "--json"]);
    assert_eq!((marked.code, marked.out), (0, plain.out.clone()));
    let wide: Vec<u8> = format!("\u{feff}{SMALL}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = run(&["check", &file("utf16.json", wide), "--json"]);
    assert_eq!((wide.code, wide.out), (0, plain.out.clone()));
    let latin = SMALL.replace("Small", "Z\u{fc}rich").chars().map(|c| c as u8).collect::<Vec<_>>();
    let latin = run(&["check", &file("latin1.json", latin)]);
    assert_eq!(latin.code, 0);
    assert!(latin.out.starts_with("Zürich\n") && latin.err.contains("Not UTF-8"), "{}{}", latin.out, latin.err);
    let from_stdin = run_with(&["check", "-", "--json"], SMALL.as_bytes());
    assert_eq!((from_stdin.code, from_stdin.out), (0, plain.out));
}

#[test]
fn faults_of_a_plan_are_named_and_the_rest_is_answered() {
    let unknown = run(&["check", &file("unknown.json", SMALL.replace("\"learned\"", "\"zone\": 1, \"learned\""))]);
    assert_eq!(unknown.code, 0, "a warning");
    assert!(unknown.err.contains("unknown.json: exits[0].zone: warning: "), "{}", unknown.err);
    let form = super::json(&["check", &file("unknown.json", SMALL.replace("\"flows\"", "\"flow\"")), "--json"]);
    assert_eq!(form["plan_faults"][0]["code"], "unknown-field");
    let dangling =
        run(&["check", &file("dangling.json", SMALL.replace("\"device\": \"fw\"", "\"device\": \"wf\""))]);
    assert_eq!(dangling.code, 2, "an error");
    assert!(dangling.err.contains("dangling.json: exits[0].path[0].device: error: "), "{}", dangling.err);
    assert!(dangling.out.contains("web"), "{}", dangling.out);
    let list = run(&["check", &file("list.json", SMALL.replace("\"0.0.0.0/0\"", "\"0.0.0.0/0\", \"x 10.1/99\""))]);
    assert_eq!(list.code, 2, "an error in a list");
    assert!(list.err.contains("list.json: learned routes of Internet:2:1: error: "), "{}", list.err);
}

#[test]
fn what_a_file_holds_cannot_steer_the_terminal() {
    let run = run(&["import", &file("escape.txt", "10.0.0.0/8 \x1b]0;title\x07\n")]);
    assert!(!run.err.contains('\x1b') && !run.out.contains('\x1b'), "{}{}", run.err, run.out);
}

#[test]
fn imports_end_by_what_was_read() {
    for (name, text, code) in [
        ("good.txt", "10.0.0.0/8\r\n2001:db8::/32\r\n", 0),
        ("warned.txt", "10.0.0.1/8\n", 0),
        ("partly.txt", "10.0.0.0/8\nwhat\n", 1),
        ("nothing.txt", "what\n", 2),
        ("empty.txt", "", 2),
    ] {
        let run = run(&["import", &file(name, text)]);
        assert_eq!(run.code, code, "{name}: {}", run.err);
    }
    let run = run(&["import", &file("place.txt", "10.0.0.0/8\n  é what\n")]);
    assert!(run.err.contains("place.txt:2:3: error: "), "{}", run.err);
}
