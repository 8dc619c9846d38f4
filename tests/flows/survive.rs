//! Damage costs what is damaged.

use crate::golden::{naming, samples};
use crate::sound::{read, sound};
use proptest::prelude::*;
use twopath::intake::flows::LogFormat;

/// Cut off anywhere, what stands before the cut is read as if nothing were missing.
#[test]
fn a_cut_costs_no_record_before_it() {
    for (name, log) in samples() {
        let (whole, all) = read(&log, None, &[naming()]);
        for end in (0..log.len()).step_by(23) {
            // Before it is recognised there is nothing to compare.
            let (told, records) = read(&log[..end], whole.format, &[naming()]);
            sound(&log[..end], &told, &records);
            assert!(records.len() <= all.len(), "{name} cut at {end}");
            let same = records.len().saturating_sub(1);
            assert_eq!(records[..same], all[..same], "{name} cut at {end}");
        }
    }
}

/// A line of something else in the middle is named, and costs nothing around it.
#[test]
fn a_strange_line_costs_no_record_around_it() {
    for (name, log) in samples().into_iter().filter(|(name, _)| name.ends_with("csv") && !name.starts_with("bad-"))
    {
        let (_, all) = read(&log, None, &[naming()]);
        let text = String::from_utf8(log).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines.insert(3, "what, is, this?");
        let (told, records) = read(lines.join("\n").as_bytes(), None, &[naming()]);
        assert_eq!(records, all, "{name}");
        assert_eq!((told.faults.errors, told.faults.kept[0].line), (1, 4), "{name}");
    }
}

#[test]
fn what_is_no_log_is_said() {
    for (text, heading) in [
        ("10.0.0.0/8\n", ""),
        ("{\"records\": []}", ""),
        ("a,b,c,d,e\n1,2,3,4,5\n", "a,b,c,d,e"),
        ("prose goes on and on", ""),
    ] {
        let (told, records) = read(text.as_bytes(), None, &[]);
        assert_eq!((told.format, records.len(), told.faults.errors), (None, 0, 1), "{text}");
        assert_eq!(told.heading, heading);
    }
    let (told, _) = read(b" \n", None, &[]);
    assert_eq!(told.faults.errors, 0, "nothing at all is no fault");
}

#[test]
fn faults_are_counted_beyond_those_that_are_kept() {
    let rows = "2026-11-16 08:00:00,10.0.0.1,192.0.2.1,many\n".repeat(3000);
    let log = format!("ts,sa,da,ibyt\n{rows}2026-11-16 08:00:00,10.0.0.1,192.0.2.1,7\n");
    let (told, records) = read(log.as_bytes(), None, &[]);
    assert_eq!((records.len(), told.faults.errors, told.faults.kept.len()), (1, 3000, 1000));
    assert_eq!((told.faults.kept[0].line, told.faults.kept[0].column), (2, 40));
    let long = format!("ts,sa,da,ibyt\n{}\n2026-11-16 08:00:00,10.0.0.1,192.0.2.1,7\n", "9".repeat(200_000));
    let (told, records) = read(long.as_bytes(), None, &[]);
    assert_eq!((records.len(), told.faults.errors), (1, 1), "{:?}", told.faults.kept);
    let long = format!("[{{\"SourceIp\": \"{}\"}}]", "9".repeat(200_000));
    let (told, _) = read(long.as_bytes(), Some(LogFormat::CollectorJson), &[]);
    assert_eq!(told.faults.errors, 1, "{:?}", told.faults.kept);
}

#[test]
fn columns_may_be_named_by_their_numbers() {
    let names = twopath::plan::LogColumns {
        source: "2".into(),
        destination: "3".into(),
        bytes: "4".into(),
        start: "1".into(),
        ..Default::default()
    };
    let log = b"1794816000,10.0.0.1,192.0.2.1,700\n1794816001,10.0.0.1,192.0.2.1,800\n";
    let (told, records) = read(log, Some(LogFormat::Named), std::slice::from_ref(&names));
    assert_eq!((records.len(), told.faults.errors), (2, 0));
    let (told, _) = read(log, None, &[names]);
    assert_eq!(told.format, None, "numbers fit any log, so they are never taken unasked");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn mangled_logs_are_survived(
        which in 0..100_usize,
        format in prop::option::of(0..LogFormat::ALL.len()),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..4_u8, any::<u8>()), 1..30),
    ) {
        let all = samples();
        let mut log = all[which % all.len()].1.clone();
        for (at, kind, byte) in edits {
            let at = at.index(log.len().max(1));
            match kind {
                0 if at < log.len() => log[at] = byte,
                1 if at < log.len() => { log.remove(at); }
                2 => log.insert(at.min(log.len()), byte),
                _ => {
                    let piece: Vec<u8> = log[at.min(log.len())..].iter().copied().take(usize::from(byte)).collect();
                    log.splice(at / 2..at / 2, piece);
                }
            }
        }
        let format = format.map(|index| LogFormat::ALL[index]);
        let (told, records) = read(&log, format, &[naming()]);
        sound(&log, &told, &records);
        prop_assert_eq!(crate::sound::in_pieces(&log, format, &[naming()], &[5, 1, 33]), (told, records));
    }
}
