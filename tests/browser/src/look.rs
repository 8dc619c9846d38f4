//! What the page looks like: screens, themes, paper, pictures.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use serde_json::{Value, json};

use crate::{Page, Result};

/// A size of screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 1440 by 900.
    Wide,
    /// A phone, 390 by 844.
    Narrow,
    /// Any other.
    Size(u32, u32),
}

/// What the system asks of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// Colours forced by the system, as high contrast does.
    Forced,
}

impl Page {
    /// Sets the size of the screen.
    pub async fn screen(&self, screen: Screen) -> Result {
        let (width, height, scale, mobile) = match screen {
            Screen::Wide => (1440, 900, 1, false),
            Screen::Narrow => (390, 844, 2, true),
            Screen::Size(width, height) => (width, height, 1, false),
        };
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
    }

    /// Sets the theme, on screen.
    pub async fn theme(&self, theme: Theme) -> Result {
        self.media("screen", theme).await
    }

    /// Shows the page as it would be printed, until [`Page::theme`] is called.
    pub async fn on_paper(&self) -> Result {
        self.media("print", Theme::Light).await
    }

    async fn media(&self, media: &str, theme: Theme) -> Result {
        let scheme = if theme == Theme::Dark { "dark" } else { "light" };
        let forced = if theme == Theme::Forced { "active" } else { "none" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "forced-colors", "value": forced },
            // Pictures shall not catch a movement half done.
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": media, "features": features }))
            .await
            .map(drop)
    }

    /// Leaves what is on the screen in `target/screenshots/<name>.png`.
    pub async fn screenshot(&self, name: &str) -> Result {
        self.picture(name, false).await
    }

    /// Leaves the whole page, however long, in `target/screenshots/<name>.png`.
    pub async fn screenshot_full(&self, name: &str) -> Result {
        self.picture(name, true).await
    }

    async fn picture(&self, name: &str, whole: bool) -> Result {
        let mut params = json!({ "format": "png", "captureBeyondViewport": whole });
        if whole {
            let metrics = self.devtools("Page.getLayoutMetrics", json!({})).await?;
            let size = &metrics["cssContentSize"];
            params["clip"] =
                json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 });
        }
        let reply = self.devtools("Page.captureScreenshot", params).await?;
        save(name, "png", &reply)
    }

    /// Prints the page to `target/screenshots/<name>.pdf`.
    pub async fn print(&self, name: &str) -> Result {
        // Printing keeps an emulated medium, so a page told to be a screen would be printed as one.
        self.on_paper().await?;
        let reply = self
            .devtools("Page.printToPDF", json!({ "printBackground": true, "preferCSSPageSize": true }))
            .await?;
        self.theme(Theme::Light).await?;
        save(name, "pdf", &reply)
    }

    /// Pictures of all the looks a page must have: wide and narrow, light and dark, forced colours, paper.
    /// They are named `<name>-wide-light` and so on; afterwards the page is wide and light.
    pub async fn portrait(&self, name: &str) -> Result {
        for (screen, size) in [(Screen::Narrow, "narrow"), (Screen::Wide, "wide")] {
            self.screen(screen).await?;
            for (theme, colours) in [(Theme::Dark, "dark"), (Theme::Forced, "forced"), (Theme::Light, "light")] {
                self.theme(theme).await?;
                let view = format!("{name}-{size}-{colours}");
                self.screenshot(&view).await?;
                self.has_no_barriers(&view).await?;
            }
        }
        self.print(&format!("{name}-paper")).await
    }
}

pub(crate) fn save(name: &str, extension: &str, reply: &Value) -> Result {
    let bytes = base64::engine::general_purpose::STANDARD.decode(reply["data"].as_str().unwrap_or_default())?;
    let folder = env::var_os("TWOPATH_SCREENSHOTS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/screenshots"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join(format!("{name}.{extension}")), bytes)?)
}
