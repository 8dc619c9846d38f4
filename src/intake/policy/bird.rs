//! BIRD: prefix sets that are given a name.
//!
//! ```text
//! define OURS = [ 203.0.113.0/24{24,28}, 198.51.100.0/24, 10.0.0.0/8+ ];
//! ```

use crate::intake::config::{
    ConfigDefinition, Draft, PrefixList, PrefixListEntry, Statement, Word, draft, statements,
};
use crate::pace::Pace;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "bird-config",
    title: "prefix sets (BIRD)",
    recognise: |sample| {
        let reason = sample.line(|line| line.starts_with("define ") && line.contains("= ["))?;
        Some((94, reason))
    },
    read: |text, draft, pace| Box::pin(read(text, draft, pace)),
};

async fn read(text: &str, draft: &mut Draft, pace: &Pace) {
    let statements = statements(text, &['#'], pace).await;
    let mut open = None;
    for statement in &statements.all() {
        pace.work(2 + statement.words.len() as u64).await;
        let mut from = 0;
        if statement.at(0) == "define" && statement.at(2) == "=" && statement.at(3).starts_with('[') {
            let name = statement.at(1).to_owned();
            open = Some(draft.setup.prefix_lists.len());
            draft.setup.prefix_lists.push(PrefixList { name, entries: Vec::new(), span: statement.span() });
            from = 3;
        }
        let Some(list) = open else { continue };
        for word in statement.words.iter().skip(from) {
            items(word, list, draft);
            if word.text.contains(']') {
                open = None;
                break;
            }
        }
    }
}

/// The prefixes of a word; a comma between braces is no separator.
fn items(word: &Word, list: usize, draft: &mut Draft) {
    let mut depth = 0;
    let parts = word.text.split(|letter| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth == 0 && matches!(letter, ',' | '[' | ']' | ';')
    });
    for part in parts.filter(|part| !part.is_empty()) {
        let (text, how) = match part.find(['{', '+', '-']) {
            Some(at) => part.split_at(at),
            None => (part, ""),
        };
        let one = [Word { text: text.into(), span: word.span.clone() }];
        let one = Statement { indent: 0, words: &one };
        let Some(prefix) = draft.prefix(&one, 0).map(draft::net) else { continue };
        let (length, most) = (prefix.prefix_len(), prefix.max_prefix_len());
        let bounds = match how {
            "" => Some((length, length)),
            "+" => Some((length, most)),
            how => how.strip_prefix('{').and_then(|how| how.strip_suffix('}')).and_then(|how| {
                let (low, high) = how.split_once(',')?;
                Some((low.parse().ok()?, high.parse().ok()?))
            }),
        };
        match (bounds, draft.setup.prefix_lists.get_mut(list)) {
            (Some((shortest, longest)), Some(list))
                if length <= shortest && shortest <= longest && longest <= most =>
            {
                list.entries.push(PrefixListEntry { permit: true, prefix, shortest, longest });
            }
            _ => draft.not_understood(&Statement { indent: 0, words: std::slice::from_ref(word) }),
        }
    }
}
