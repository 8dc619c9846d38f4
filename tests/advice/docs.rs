//! `static/docs/rules.md` is written from the rulebook. `UPDATE_EXPECT=1 cargo test --test advice` writes it anew.

use expect_test::expect_file;
use std::fmt::Write;
use twopath::advice::rules;
use twopath::report::words::{advice, citations};

const INTRO: &str = "# The rulebook

What Twopath says of a plan beside its verdicts, as a second person would who reads it: what is wrong, what breaks under
a condition, what is worth knowing. `twopath check` prints it, with `--deny CODE` and `--allow CODE` for scripts and
`--sarif FILE` for a repository's continuous integration; on the page it has a tab, Advice.

- An **error** loses packets, or Microsoft refuses it. A **warning** breaks under a condition: a failure, a server
  elsewhere, an undocumented choice. A **note** is worth knowing.
- A code is never used again for another rule. A rule says each combination of parts once.
- A finding may be accepted. The plan then keeps an entry of `accepted_findings`: the rule's `code`, the identifiers that
  it is `about`, and the `reason`, which is printed. Without `about` it holds for all that the rule finds. An
  acceptance of what isn't found any more is itself a note.
- Each rule is held by three plans in `tests/advice/cases.rs`: one that has it, its smallest mended twin that has not,
  and a near miss.

In a sentence, `…` stands for what the plan says: names, prefixes, numbers.
";

#[test]
fn the_document_lists_each_rule() {
    let mut text = INTRO.to_owned();
    let hundreds = [
        (1, "The way back: pools and advertisements"),
        (2, "The way out: routes, filters, communities"),
        (3, "Devices and published services"),
        (4, "Circuits and peerings"),
        (5, "Capacity"),
        (9, "The plan itself"),
    ];
    for (hundred, title) in hundreds {
        writeln!(text, "\n## {title}").unwrap();
        for rule in rules().iter().filter(|rule| rule.code.0 / 100 == hundred) {
            let mut sentence = advice::template(rule.code).to_owned();
            for hole in ["{0}", "{1}", "{2}", "{3}"] {
                sentence = sentence.replace(hole, "…");
            }
            let source = match citations::url(rule.citation) {
                Some(url) => format!("[{}]({url})", citations::title(rule.citation)),
                None => citations::title(rule.citation).to_owned(),
            };
            let (code, level) = (rule.code, advice::severity(rule.severity));
            writeln!(text, "\n### {code} {}\n", advice::title(code)).unwrap();
            writeln!(text, "{level}: {sentence}\n\n- Mend: {}\n- Source: {source}", advice::mend(code)).unwrap();
        }
    }
    let listed = rules().iter().filter(|rule| text.contains(&format!("### {} ", rule.code))).count();
    assert_eq!(listed, rules().len());
    expect_file![concat!(env!("CARGO_MANIFEST_DIR"), "/static/docs/rules.md")].assert_eq(&text);
}
