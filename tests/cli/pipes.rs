//! Pipelines: readers that go away, and writers that are slow.

use super::{SMALL, file, program};
use std::io::{BufRead, BufReader, Read, Write};

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let addresses = "8.8.8.8\n".repeat(200_000);
    let (plan, list) = (file("pipe.json", SMALL), file("addresses.txt", addresses));
    for arguments in [vec!["lookup", &plan, &list], vec!["lookup", &plan, &list, "--json"], vec!["import", &list]]
    {
        let mut child = program().args(&arguments).spawn().unwrap();
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut [0; 16]).unwrap();
        drop(out);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn each_address_is_answered_before_the_next_is_waited_for() {
    let mut child = program().args(["lookup", &file("slow.json", SMALL)]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for address in ["8.8.8.8", "9.9.9.9"] {
        writeln!(input, "{address}").unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert!(line.starts_with(address) && line.ends_with("0.0.0.0/0           Internet\n"), "{line:?}");
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}
