//! Pictures of a view that come out the same again: wide, dark, on a phone, on paper.

use std::env;
use std::time::Duration;

use serde_json::{Value, json};

use crate::look::save;
use crate::{Page, Result, Screen, Theme};

/// The tallest picture that Chromium takes, in pixels; what is below is left out without a word.
const TALLEST: u64 = 16_384;

/// What a page that changed its width needs to draw itself anew, on a machine with much to do.
const LAID_OUT: Duration = Duration::from_millis(400);

/// The time that all pictures are taken at: noon of 27 November 2026, in UTC.
const NOON: u64 = 1_795_780_800_000;

/// Whether `cargo xtask screenshots` asks for pictures of all views; a loud line where it doesn't.
#[must_use]
pub fn wanted() -> bool {
    if !asked_for() {
        println!("!!! SKIPPED: views are pictured by `cargo xtask screenshots` !!!");
    }
    asked_for()
}

pub(crate) fn asked_for() -> bool {
    env::var_os("TWOPATH_VIEWS").is_some()
}

impl Page {
    /// Stops the clock of pages that are opened from now on, and has them think that they are looked at.
    pub async fn at_noon(&self) -> Result {
        self.devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": "UTC" })).await?;
        // A window that nobody looks at has no focus, or has it sometimes.
        self.devtools("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })).await?;
        let script = format!(
            "const Running = Date;
            Date = class extends Running {{
                constructor(...parts) {{ super(...(parts.length ? parts : [{NOON}])); }}
                static now() {{ return {NOON}; }}
            }};"
        );
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await.map(drop)
    }

    /// Pictures of a view as it is now, in every form: `<name>-wide.png`, `-dark`, `-narrow` and `-paper`. The last two
    /// are as long as the view is; afterwards the page is wide and light.
    pub async fn pictures(&self, name: &str) -> Result {
        // Dark first: then both are painted anew, and not what a click changed of the picture before.
        for (theme, form) in [(Theme::Dark, "dark"), (Theme::Light, "wide")] {
            self.theme(theme).await?;
            self.settled(&format!("{name}-{form}"), None).await?;
        }
        self.whole(&format!("{name}-narrow"), (390, 844), true).await?;
        self.on_paper().await?;
        // A4 at 96 dpi.
        self.whole(&format!("{name}-paper"), (794, 1123), false).await?;
        self.theme(Theme::Light).await?;
        self.screen(Screen::Wide).await
    }

    /// A picture of all that a screen of this width shows. What scrolls in itself, as a dialog does, gets a taller screen.
    async fn whole(&self, name: &str, (width, height): (u32, u32), mobile: bool) -> Result {
        let mut tall = u64::from(height);
        for _ in 0..4 {
            let metrics = json!({ "width": width, "height": tall, "deviceScaleFactor": 1, "mobile": mobile });
            self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
            self.eval("scrollTo(0, 0)").await?;
            let hidden = self.eval(HIDDEN).await?.as_u64().unwrap_or_default();
            if hidden == 0 || tall == TALLEST {
                break;
            }
            tall = (tall + hidden * 5 / 4).min(TALLEST);
        }
        self.until(&format!("{name} has its length"), async || {
            let one = self.length().await?;
            tokio::time::sleep(LAID_OUT).await;
            Ok(self.eval(STILL).await? == true && self.length().await? == one)
        })
        .await?;
        let long = self.length().await?;
        if long > TALLEST {
            println!("!!! {name} is {long} px tall: its picture is cut at {TALLEST} px !!!");
            return self.settled(&format!("{name}-cut"), Some((width, TALLEST))).await;
        }
        self.settled(name, Some((width, long))).await
    }

    async fn length(&self) -> Result<u64> {
        let metrics = self.devtools("Page.getLayoutMetrics", json!({})).await?;
        Ok(metrics["cssContentSize"]["height"].as_f64().unwrap_or_default().ceil() as u64)
    }

    /// Takes pictures until three in a row are the same: what a change of the screen leads to comes some frames later.
    async fn settled(&self, name: &str, size: Option<(u32, u64)>) -> Result {
        self.until(&format!("{name} is there"), async || Ok(self.eval(STILL).await? == true)).await?;
        let mut params = json!({ "format": "png", "captureBeyondViewport": size.is_some() });
        if let Some((width, height)) = size {
            params["clip"] = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        }
        let (mut last, mut times) = (Value::Null, 0);
        self.until(&format!("{name} stands still"), async || {
            let now = self.devtools("Page.captureScreenshot", params.clone()).await?["data"].take();
            times = if now == last { times + 1 } else { 1 };
            last = now;
            Ok(times == 3)
        })
        .await?;
        save(name, "png", &json!({ "data": last }))
    }
}

/// Nothing is worked out, nothing is waited for, and no caret blinks.
const STILL: &str = "
    if (document.activeElement?.matches('input, textarea')) document.activeElement.style.caretColor = 'transparent';
    return document.fonts.status === 'loaded' && !document.querySelector(
        '#answer[aria-busy=true], [role=tabpanel][aria-busy=true], [role=progressbar], progress, .flows .dim, .stale')";

/// How much of what scrolls in an open dialog isn't seen, in pixels.
const HIDDEN: &str = "
    const all = [...document.querySelectorAll('dialog[open], dialog[open] *')];
    const scrolls = own => ['auto', 'scroll'].includes(getComputedStyle(own).overflowY);
    return Math.max(0, ...all.filter(scrolls).map(own => own.scrollHeight - own.clientHeight))";
