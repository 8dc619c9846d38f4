//! Why the browser didn't keep something, by what its error says.

/// Why something isn't kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// There is no room.
    Full,
    /// The browser keeps nothing here: switched off, or a private window.
    Refused,
    /// Anything else, in the browser's words.
    Other(String),
}

/// Reads an error by its name, its old code (0: none) and its text.
///
/// No room is called `QuotaExceededError` (code 22) by the standard, `NS_ERROR_DOM_QUOTA_REACHED` (1014) or
/// `NS_ERROR_FILE_NO_DEVICE_SPACE` by Firefox, and by WebKit sometimes an `UnknownError` or nothing that has a code,
/// whose text alone tells.
pub fn trouble(name: &str, code: u32, text: &str) -> Trouble {
    let text_tells = || {
        let text = text.to_ascii_lowercase();
        ["quota", "no space", "not enough space", "disk full", "disk is full", "device space"]
            .iter()
            .any(|words| text.contains(words))
    };
    match (name, code) {
        ("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" | "NS_ERROR_FILE_NO_DEVICE_SPACE", _)
        | (_, 22 | 1014) => Trouble::Full,
        ("SecurityError", _) => Trouble::Refused,
        _ if text_tells() => Trouble::Full,
        ("InvalidStateError" | "NotAllowedError", _) => Trouble::Refused,
        _ => Trouble::Other(if text.is_empty() { name.to_owned() } else { text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_storage_is_known_in_every_browser() {
        for (name, code, text) in [
            ("QuotaExceededError", 22, "Failed to execute 'setItem' on 'Storage': exceeded the quota."),
            ("QuotaExceededError", 0, ""),
            ("NS_ERROR_DOM_QUOTA_REACHED", 1014, "Persistent storage maximum size reached"),
            ("NS_ERROR_FILE_NO_DEVICE_SPACE", 0, ""),
            ("", 22, ""),
            ("Error", 1014, ""),
            ("UnknownError", 0, "The operation failed because there was not enough space left on the device"),
            ("Error", 0, "QuotaExceededError: DOM Exception 22"),
            ("UnknownError", 0, "database or disk is full"),
            ("AbortError", 0, "The current transaction exceeded its quota limitations."),
        ] {
            assert_eq!(trouble(name, code, text), Trouble::Full, "{name} {code} {text}");
        }
        assert_eq!(trouble("SecurityError", 18, "denied"), Trouble::Refused);
        assert_eq!(trouble("InvalidStateError", 11, "A mutation operation was attempted"), Trouble::Refused);
        assert_eq!(trouble("DataError", 0, "no key"), Trouble::Other("no key".into()));
        assert_eq!(trouble("AbortError", 20, ""), Trouble::Other("AbortError".into()));
    }
}
