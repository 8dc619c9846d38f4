//! What the user typed or pasted, kept to the letter.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A list as text: the truth of every prefix list, route list and pool of a plan.
///
/// What it means is derived by the room `intake`, so faults can be shown where they stand and nothing
/// that was typed is ever lost. Shared, so undo and several exits cost one copy.
/// In JSON an array of its lines, or one string; either is read, the array is written. Splitting at `\n`
/// and joining again is exact for every text.
#[derive(Clone, Default)]
pub struct Text(Arc<Shared>);

#[derive(Default)]
struct Shared {
    text: Box<str>,
    /// The content's hash once it was asked for: long texts are asked at every edit of a plan.
    hash: OnceLock<u128>,
}

impl Text {
    /// A text whose content hash is known: the sender worked it out.
    pub fn hashed(text: String, hash: u128) -> Self {
        Self(Arc::new(Shared { text: text.into(), hash: hash.into() }))
    }

    /// The text itself, UTF-8.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Whether there is not one character.
    pub fn is_empty(&self) -> bool {
        self.0.text.is_empty()
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.0.text.len()
    }

    /// A stable 128-bit hash of the content (XXH3), the same natively and in wasm. Worked out once.
    pub fn content_hash(&self) -> u128 {
        *self.0.hash.get_or_init(|| xxhash_rust::xxh3::xxh3_128(self.0.text.as_bytes()))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.text == other.0.text
    }
}

impl Eq for Text {}

impl std::hash::Hash for Text {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.text.hash(state);
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Arc::new(Shared { text: text.into(), hash: OnceLock::new() }))
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.as_str();
        match text.char_indices().nth(60) {
            Some((cut, _)) => write!(f, "{:?}… ({} bytes)", &text[..cut], text.len()),
            None => write!(f, "{text:?}"),
        }
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_empty() {
            return serializer.collect_seq(std::iter::empty::<&str>());
        }
        serializer.collect_seq(self.as_str().split('\n'))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Lines;
        impl<'de> de::Visitor<'de> for Lines {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or an array of its lines")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(text.into())
            }

            fn visit_seq<S: de::SeqAccess<'de>>(self, mut lines: S) -> Result<Text, S::Error> {
                let mut text = String::new();
                let mut first = true;
                while let Some(line) = lines.next_element::<String>()? {
                    if !first {
                        text.push('\n');
                    }
                    first = false;
                    text.push_str(&line);
                }
                Ok(text.into())
            }
        }
        deserializer.deserialize_any(Lines)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A list as it was typed or pasted: an array of its lines, or one string.",
            "anyOf": [
                { "type": "array", "items": { "type": "string" } },
                { "type": "string" }
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_survives_json() {
        for text in ["", "\n", "a", "a\n", "\na", "10.0.0.0/8\r\n# über\n", "\n\n"] {
            let json = serde_json::to_string(&Text::from(text)).unwrap();
            assert_eq!(serde_json::from_str::<Text>(&json).unwrap().as_str(), text, "{json}");
        }
        assert_eq!(serde_json::from_str::<Text>("\"a\\nb\"").unwrap().as_str(), "a\nb");
    }
}
