//! What the user typed or pasted, kept to the letter.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::sync::Arc;

/// A list as text: the truth of every prefix list, route list and pool of a plan.
///
/// What it means is derived by the room `intake`, so faults can be shown where they stand and nothing
/// that was typed is ever lost. Shared, so undo and several exits cost one copy.
/// In JSON an array of its lines, or one string; either is read, the array is written. Splitting at `\n`
/// and joining again is exact for every text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Text(Arc<str>);

impl Text {
    /// The text itself, UTF-8.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is not one character.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// A stable 128-bit hash of the content (XXH3), the same natively and in wasm.
    pub fn content_hash(&self) -> u128 {
        xxhash_rust::xxh3::xxh3_128(self.0.as_bytes())
    }

    /// The shared text.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }
}

impl Default for Text {
    fn default() -> Self {
        Self("".into())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Arc<str>> for Text {
    fn from(text: Arc<str>) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(60) {
            Some((cut, _)) => write!(f, "{:?}… ({} bytes)", &self.0[..cut], self.0.len()),
            None => write!(f, "{:?}", &*self.0),
        }
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_empty() {
            return serializer.collect_seq(std::iter::empty::<&str>());
        }
        serializer.collect_seq(self.0.split('\n'))
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
