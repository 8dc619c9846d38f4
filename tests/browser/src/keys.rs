//! Keys by the names that the web gives them.

/// The text that WebDriver takes for a combination such as `Tab`, `Shift+Tab` or `Control+Shift+z`.
pub(crate) fn combination(keys: &str) -> Result<String, String> {
    // A plus sign alone is a key.
    let (held, last) = keys.strip_suffix('+').map_or_else(
        || keys.rsplit_once('+').unwrap_or(("", keys)),
        |held| (held.strip_suffix('+').unwrap_or(held), "+"),
    );
    let mut text = String::new();
    for name in held.split('+').filter(|name| !name.is_empty()) {
        text.push(match name {
            "Shift" => '\u{E008}',
            "Control" => '\u{E009}',
            "Alt" => '\u{E00A}',
            "Meta" => '\u{E03D}',
            other => return Err(format!("{other} is no key to hold")),
        });
    }
    text.push(key(last)?);
    if !held.is_empty() {
        // Lets go of what is held.
        text.push('\u{E000}');
    }
    Ok(text)
}

fn key(name: &str) -> Result<char, String> {
    let mut chars = name.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return Ok(only);
    }
    Ok(match name {
        "Backspace" => '\u{E003}',
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "PageUp" => '\u{E00E}',
        "PageDown" => '\u{E00F}',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Insert" => '\u{E016}',
        "Delete" => '\u{E017}',
        "F1" => '\u{E031}',
        "F2" => '\u{E032}',
        other => return Err(format!("{other} is no known key")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations() {
        assert_eq!(combination("Tab").unwrap(), "\u{E004}");
        assert_eq!(combination("a").unwrap(), "a");
        assert_eq!(combination("+").unwrap(), "+");
        assert_eq!(combination("Control++").unwrap(), "\u{E009}+\u{E000}");
        assert_eq!(combination("Control+Shift+z").unwrap(), "\u{E009}\u{E008}z\u{E000}");
        assert!(combination("Hyper+x").is_err() && combination("Enterr").is_err());
    }
}
