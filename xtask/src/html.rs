//! As much of HTML as the built page takes: the tags of Trunk's output, found and replaced.

/// The opening tags of that name, as they stand, in their order.
pub fn tags<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let mut found = Vec::new();
    let mut rest = html;
    let start = format!("<{name} ");
    while let Some(at) = rest.find(&start) {
        let Some(length) = rest[at..].find('>') else { break };
        found.push(&rest[at..=at + length]);
        rest = &rest[at + length..];
    }
    found
}

/// The value of an attribute, written in double quotes.
#[must_use]
pub fn attribute<'h>(tag: &'h str, name: &str) -> Option<&'h str> {
    let start = format!(" {name}=\"");
    let from = tag.find(&start)? + start.len();
    tag[from..].split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_their_attributes_are_found() {
        let html = r#"<head><link rel="icon" href="./a.svg"/><linked x="1"><script src="./b.js"></script>"#;
        let links = tags(html, "link");
        assert_eq!(links, [r#"<link rel="icon" href="./a.svg"/>"#]);
        assert_eq!(attribute(links[0], "href"), Some("./a.svg"));
        assert_eq!(attribute(links[0], "ref"), None);
        assert_eq!(tags(html, "script"), [r#"<script src="./b.js">"#]);
    }
}
