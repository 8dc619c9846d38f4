//! Pictures of every view in every form, and what changed in them since an earlier time.

use std::fs;
use std::path::{Path, PathBuf};

use crate::checks::BROWSER_TESTS;
use crate::command::run;
use crate::failure::{Failure, OrFail, Result};
use crate::project::Project;
use crate::steps::step;
use crate::tools::browser;

/// Where they are written, below the target folder; and where differences are marked.
const FOLDERS: [&str; 2] = ["views", "views-changed"];

/// Links are pictured with the port in them, so it is always the same: one below those that systems give by themselves.
const PORT: &str = "28473";

const NEXT: &str = "look at the rights and the room of target/";

/// Pictures the views of `dist/` as it lies there into `target/views`, one browser after the other, and compares them
/// with an earlier folder where one is given. Ends in failure where anything changed.
pub fn take(project: &Project, against: Option<&Path>) -> Result<()> {
    let [views, marked] = FOLDERS.map(|name| project.target.join(name));
    let earlier = against.map(|given| apart(given, &[&views, &marked])).transpose()?;
    if !project.dist().join("index.html").is_file() {
        return Err(Failure::new("there is no dist/", "run `cargo xtask build` first"));
    }
    let found = step("browser", browser::ready)?.ok_or_else(|| {
        Failure::new("there is no browser", "install Chromium, or name it by CHROME and CHROMEDRIVER")
    })?;
    for folder in [&views, &marked] {
        if folder.exists() {
            fs::remove_dir_all(folder).or_fail(format!("cannot empty {}", folder.display()), NEXT)?;
        }
    }
    step("pictures", || {
        let mut test = project.cargo();
        test.args(["test", "--locked", "--package", BROWSER_TESTS, "--test", "views", "--no-fail-fast"])
            .args(["--", "--test-threads=1", "--nocapture"])
            .env("TWOPATH_VIEWS", "1")
            .env("TWOPATH_PORT", PORT)
            .env("TWOPATH_DIST", project.dist())
            .env("TWOPATH_SCREENSHOTS", &views)
            .env("CHROME", &found.browser)
            .env("CHROMEDRIVER", &found.driver);
        run(&mut test, format!("mend the view that is named above; is port {PORT} free?").as_str())
    })?;
    println!("    {}", views.display());
    let Some(earlier) = earlier else { return Ok(()) };
    step("comparison", || {
        let mut compare = project.cargo();
        compare
            .args(["run", "--quiet", "--locked", "--package", BROWSER_TESTS, "--bin", "compare", "--"])
            .args([&earlier, &views, &marked]);
        run(
            &mut compare,
            "look at the pictures; where the change is meant, they are the ones to compare with from now on",
        )
    })
}

/// An earlier folder, which must lie apart from what is emptied and written: compared with itself, nothing ever changes.
fn apart(given: &Path, written: &[&PathBuf]) -> Result<PathBuf> {
    let next = "name a copy of an earlier target/views, outside of target/views and target/views-changed";
    let earlier = given.canonicalize().or_fail(format!("cannot read {}", given.display()), next)?;
    for folder in written {
        // One that isn't there yet holds nothing that could be given.
        let Ok(folder) = folder.canonicalize() else { continue };
        if earlier.starts_with(&folder) || folder.starts_with(&earlier) {
            return Err(Failure::new(
                format!("{} is, holds or lies in {}, which is written anew", earlier.display(), folder.display()),
                next,
            ));
        }
    }
    Ok(earlier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_never_what_is_compared_with() {
        let root = std::env::temp_dir().join(format!("twopath-screenshots-{}", std::process::id()));
        let views = root.join("views");
        fs::create_dir_all(views.join("old")).unwrap();
        fs::create_dir_all(root.join("views-of-before")).unwrap();
        for given in
            [views.clone(), views.join("old"), root.clone(), root.join("views/../views"), root.join("none")]
        {
            assert!(apart(&given, &[&views]).is_err(), "{}", given.display());
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&views, root.join("link")).unwrap();
            assert!(apart(&root.join("link"), &[&views]).is_err());
        }
        assert!(apart(&root.join("views-of-before"), &[&views, &root.join("not-there")]).is_ok());
        fs::remove_dir_all(root).unwrap();
    }
}
