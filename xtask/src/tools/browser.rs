//! A Chromium or Chrome and its driver.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::version_in;
use crate::command::{apt_install, is_root, on_path};
use crate::failure::{Failure, Result};

/// Flags for a browser without a screen, also as root, that stays quiet on the network.
pub const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

const BROWSERS: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// A browser and the driver that fits it.
pub struct Browser {
    /// The browser's program.
    pub browser: PathBuf,
    /// Its WebDriver server.
    pub driver: PathBuf,
}

/// Finds both (`CHROME` and `CHROMEDRIVER` name them where set), or installs them as root on Debian.
/// Nothing where neither works: the caller decides whether that is a failure.
pub fn ready() -> Result<Option<Browser>> {
    if let Some(found) = find()? {
        return Ok(Some(found));
    }
    if on_path("apt-get").is_none() || !is_root() {
        return Ok(None);
    }
    println!("    apt-get install chromium chromium-driver");
    apt_install(&["chromium", "chromium-driver"])?;
    find()
}

/// Finds both without installing anything.
pub fn find() -> Result<Option<Browser>> {
    let named = |variable: &str| env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    let browser = named("CHROME").or_else(|| BROWSERS.iter().find_map(|name| on_path(name)));
    let driver = named("CHROMEDRIVER").or_else(|| on_path("chromedriver"));
    let (Some(browser), Some(driver)) = (browser, driver) else {
        return Ok(None);
    };
    let (one, other) = (major(&browser), major(&driver));
    if one.is_none() || one != other {
        return Err(Failure::new(
            format!("{} and {} are not of one version ({one:?}, {other:?})", browser.display(), driver.display()),
            "install the driver of your browser's version; CHROME and CHROMEDRIVER can name the two programs",
        ));
    }
    Ok(Some(Browser { browser, driver }))
}

fn major(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").output().ok()?;
    major_in(&String::from_utf8_lossy(&output.stdout))
}

fn major_in(text: &str) -> Option<u32> {
    version_in(text)?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_and_driver_are_compared_by_their_first_number() {
        assert_eq!(major_in("Chromium 156.0.8078.79 built on Debian"), Some(156));
        assert_eq!(major_in("ChromeDriver 156.0.8078.12 (x)"), Some(156));
        assert_eq!(major_in(""), None);
    }
}
