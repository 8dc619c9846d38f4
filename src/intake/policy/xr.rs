//! Cisco IOS-XR: prefix sets.
//!
//! ```text
//! prefix-set OURS
//!   203.0.113.0/24 le 28,
//!   198.51.100.0/24
//! end-set
//! ```
//! Route policies of IOS-XR are programs, with branches and calls; they are named as left out.

use super::ios::bounds;
use crate::intake::config::{
    ConfigDefinition, Draft, PrefixList, PrefixListEntry, Reason, Statement, Word, draft, statements,
};
use crate::pace::Pace;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "xr-config",
    title: "prefix sets (Cisco IOS-XR)",
    recognise: |sample| {
        let reason =
            sample.line(|line| line.strip_prefix("prefix-set ").is_some_and(|name| !name.contains(' ')))?;
        Some((94, reason))
    },
    read: |text, draft, pace| Box::pin(read(text, draft, pace)),
};

async fn read(text: &str, draft: &mut Draft, pace: &Pace) {
    let statements = statements(text, &['!', '#'], pace).await;
    let mut open = None;
    for statement in &statements.all() {
        pace.work(4).await;
        match statement.at(0) {
            "prefix-set" => {
                let name = statement.at(1).to_owned();
                open = Some(draft.setup.prefix_lists.len());
                draft.setup.prefix_lists.push(PrefixList { name, entries: Vec::new(), span: statement.span() });
            }
            "end-set" => open = None,
            "route-policy" => draft.left_out(statement.span(), Reason::Feature { what: statement.rest(0) }),
            _ => {
                if let Some(list) = open {
                    entries(statement, list, draft);
                }
            }
        }
    }
}

/// The entries of a line, with commas between them.
fn entries(statement: &Statement, list: usize, draft: &mut Draft) {
    for words in statement.words.split_inclusive(|word| word.text.ends_with(',')) {
        let trimmed = words
            .iter()
            .map(|word| Word { text: word.text.trim_end_matches(',').into(), span: word.span.clone() });
        let words: Vec<Word> = trimmed.filter(|word| !word.text.is_empty()).collect();
        let entry = Statement { indent: 0, words: &words };
        if entry.words.is_empty() {
            continue;
        }
        let Some(prefix) = draft.prefix(&entry, 0).map(draft::net) else { continue };
        match (bounds(&entry, 1, prefix), draft.setup.prefix_lists.get_mut(list)) {
            (Some((shortest, longest)), Some(list)) => {
                list.entries.push(PrefixListEntry { permit: true, prefix, shortest, longest });
            }
            _ => draft.not_understood(&entry),
        }
    }
}
