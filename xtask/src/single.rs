//! `twopath.html`: the whole tool in one file that opens from disk and asks nobody for anything.
//!
//! Made from what Trunk built: styles and scripts inline, allowed by their hashes alone, the program gzipped and as
//! base64 in an inert element. Nothing in it may be fetched: its policy closes every connection.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::failure::{Failure, OrFail, Result};
use crate::html::{attribute, tags};
use crate::sizes::gzipped;

/// The file's name in `dist/`.
pub const NAME: &str = "twopath.html";

const NEXT: &str = "Trunk or wasm-bindgen writes otherwise than before: mend xtask/src/single.rs";

/// Writes the file beside the page that Trunk built.
pub fn write(dist: &Path, start: &str) -> Result<()> {
    let page = text(dist, "index.html")?;
    let single = inline(&page, start, &|name| {
        fs::read(dist.join(name)).or_fail(format!("dist/{name} cannot be read"), "build again")
    })?;
    fs::write(dist.join(NAME), single).or_fail(format!("cannot write {NAME}"), "look at the rights on dist/")
}

fn text(dist: &Path, name: &str) -> Result<String> {
    fs::read_to_string(dist.join(name)).or_fail(format!("dist/{name} cannot be read"), "build again")
}

fn inline(page: &str, start: &str, file: &dyn Fn(&str) -> Result<Vec<u8>>) -> Result<String> {
    let read = |name: &str| -> Result<String> {
        String::from_utf8(file(name)?).or_fail(format!("{name} is no text"), NEXT)
    };
    let mut out = page.to_owned();
    let (mut style, mut glue, mut wasm) = (String::new(), None, None);
    for tag in tags(page, "link") {
        let href = attribute(tag, "href").unwrap_or_default().trim_start_matches("./");
        let instead = match attribute(tag, "rel") {
            Some("stylesheet") => {
                style.push_str(&read(href)?);
                String::new()
            }
            Some("modulepreload") => {
                glue = Some(read(href)?);
                String::new()
            }
            Some("preload") if href.ends_with(".wasm") => {
                wasm = Some(file(href)?);
                String::new()
            }
            Some("manifest") => String::new(),
            Some("icon") => format!(
                "<link rel=\"icon\" type=\"image/svg+xml\" href=\"data:image/svg+xml;base64,{}\">",
                STANDARD.encode(file(href)?)
            ),
            _ => return Err(Failure::new(format!("index.html has a link of another kind: {tag}"), NEXT)),
        };
        out = once(&out, tag, &instead)?;
    }
    let (mut check, mut failed) = (None, None);
    for tag in tags(page, "script") {
        let source = attribute(tag, "src").unwrap_or_default().trim_start_matches("./");
        if source.starts_with("check") {
            check = Some(read(source)?);
        } else if source.starts_with("failed") {
            failed = Some(read(source)?);
        }
        out = once(&out, &format!("{tag}</script>"), "")?;
    }
    let (Some(glue), Some(wasm), Some(check), Some(failed)) = (glue, wasm, check, failed) else {
        return Err(Failure::new("index.html doesn't name the glue, the program, check.js and failed.js", NEXT));
    };
    let start = once(start, "// GLUE\n", &plain(&glue)?)?;
    for (what, inline) in [("styles", &style), ("check.js", &check), ("failed.js", &failed), ("single.js", &start)]
    {
        // Would end the element, or begin an address.
        if ["</", "<!--", "url(", "@import"].iter().any(|bad| inline.contains(bad)) {
            return Err(Failure::new(
                format!("the {what} can't stand inline"),
                "write them without </, <!-- and url(",
            ));
        }
    }
    let policy = format!(
        "default-src 'none'; script-src '{}' '{}' '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data: blob:; \
         connect-src 'none'; worker-src blob:; base-uri 'none'; form-action 'none'",
        hash(&check),
        hash(&failed),
        hash(&start),
        hash(&style)
    );
    let now = tags(page, "meta")
        .into_iter()
        .find(|tag| attribute(tag, "http-equiv") == Some("Content-Security-Policy"))
        .and_then(|tag| attribute(tag, "content"))
        .ok_or_else(|| Failure::new("index.html has no policy", NEXT))?;
    out = once(&out, now, &policy)?;
    // Where tags were; what follows is hashed, and stays as it is.
    out = out.lines().filter(|line| !line.trim().is_empty()).flat_map(|line| [line, "\n"]).collect();
    out = once(&out, "</head>", &format!("<style>{style}</style>\n</head>"))?;
    let program = STANDARD.encode(gzipped(&wasm)?);
    out = once(
        &out,
        "</body>",
        &format!(
            "<script id=\"wasm\" type=\"application/gzip;base64\">{program}</script>\n\
             <script>{check}</script>\n<script>{failed}</script>\n<script>{start}</script>\n</body>"
        ),
    )?;
    Ok(out)
}

/// The module that wasm-bindgen writes as the body of a function: without its exports and its own address.
fn plain(glue: &str) -> Result<String> {
    let glue = once(glue, "export { initSync, __wbg_init as default };", "")?;
    let glue = once(&glue, "import.meta.url", "location.href")?;
    match glue.lines().find(|line| line.starts_with("export ") || line.starts_with("import ")) {
        Some(line) => Err(Failure::new(format!("the glue has another import or export: {line}"), NEXT)),
        None => Ok(glue),
    }
}

fn once(text: &str, from: &str, to: &str) -> Result<String> {
    if text.matches(from).count() == 1 {
        Ok(text.replacen(from, to, 1))
    } else {
        let shown: String = from.chars().take(80).collect();
        Err(Failure::new(format!("{shown:?} is not there exactly once"), NEXT))
    }
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src x\">\n\
        <link rel=\"icon\" href=\"./i.svg\"/>\n<link rel=\"stylesheet\" href=\"./a.css\" integrity=\"y\"/>\n\
        <link rel=\"manifest\" href=\"m.webmanifest\">\n\
        <script defer src=\"./check-1.js\"></script><script defer src=\"./failed-1.js\"></script>\n<script src=\"./boot-1.js\" type=\"module\"></script>\n\
        <link rel=\"modulepreload\" href=\"./g.js\"><link rel=\"preload\" href=\"./p_bg.wasm\">\n</head>\n\
        <body>\n</body>\n";

    fn file(name: &str) -> Result<Vec<u8>> {
        Ok(match name {
            "a.css" => "p { margin: 0 }",
            "g.js" => "const at = import.meta.url;\nexport { initSync, __wbg_init as default };\n",
            other => other,
        }
        .as_bytes()
        .to_vec())
    }

    #[test]
    fn everything_lies_inside_and_the_policy_knows_it() {
        let single = inline(PAGE, "begin();\n// GLUE\nend();", &file).unwrap();
        let script = "begin();\nconst at = location.href;\n\nend();";
        assert!(single.contains("<style>p { margin: 0 }</style>"), "{single}");
        assert!(single.contains(&format!("style-src '{}'", hash("p { margin: 0 }"))), "{single}");
        assert!(single.contains("<script>check-1.js</script>"), "{single}");
        assert!(single.contains("<script>failed-1.js</script>"), "{single}");
        assert!(single.contains("connect-src 'none'") && !single.contains("unsafe-inline"), "{single}");
        for gone in ["./a.css", "./g.js", "boot-1.js", "m.webmanifest", "p_bg.wasm"] {
            assert!(!single.contains(gone), "{gone} in {single}");
        }
        // What is hashed is what stands there.
        let from = single.find("<script>begin").unwrap() + "<script>".len();
        let inside = &single[from..from + single[from..].find("</script>").unwrap()];
        assert!(single.contains(&hash(inside)), "{inside:?} for {script:?}");
    }

    #[test]
    fn hashes_are_those_of_browsers() {
        // The example of the Content Security Policy, level 3, section 8.3... of an alert.
        assert_eq!(hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }
}
