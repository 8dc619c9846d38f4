//! What terminals, pagers, mails and copies do to a text changes nothing of what is read.

#[path = "../support/mess.rs"]
mod shapes;

use crate::properties::named_samples;
use crate::show;
use shapes::MESSES;
use twopath::intake::{Format, decode, read, recognise};

#[test]
fn a_mess_changes_nothing() {
    let mut changed = String::new();
    for (name, text) in named_samples() {
        let clean = read(&text, None);
        for (mess, make) in MESSES {
            // Strings without their closing quote have another end then, and tabs separate CSV.
            let cut = ["communities-print.txt", "service-tags.json", "service-tags-cut.json"];
            let is_cut = cut.contains(&name.as_str());
            if (is_cut && mess == "colours") || (mess == "tabs" && clean.format == Format::Csv) {
                continue;
            }
            let text = decode(make(&text)).unwrap().text;
            let reading = read(&text, None);
            let same = reading.format == clean.format && show::entries(&reading) == show::entries(&clean);
            if !same || reading.faults.errors > clean.faults.errors {
                let lines = twopath::intake::LineIndex::new(&text);
                let first = reading.faults.kept.iter().take(2).map(|fault| show::fault(&text, &lines, fault));
                changed.push_str(&format!(
                    "{name}, {mess}: {} as {}, {} errors, not {} as {}, {} errors\n  {}\n",
                    show::entries(&reading).len(),
                    recognise(&text)[0].format,
                    reading.faults.errors,
                    show::entries(&clean).len(),
                    clean.format,
                    clean.faults.errors,
                    first.collect::<Vec<_>>().join("\n  ")
                ));
            }
        }
    }
    assert!(changed.is_empty(), "{changed}");
}
