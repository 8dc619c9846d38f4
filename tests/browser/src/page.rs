//! The page under test: opening, waiting, typing, files, logs.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use base64::Engine;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use twopath::plan::Plan;
use xtask::serve::{Running, Server};

use crate::chrome::{Driver, devtools, driver_log};
use crate::element::plain;
use crate::log::{Entry, Level, foreign, requested};
use crate::{PATIENCE, Result, Screen, Theme, keys};

/// The page in a browser of its own, served by a server of its own: nothing is shared between tests.
pub struct Page {
    /// The WebDriver session, for what is not offered here.
    pub client: Client,
    driver: Driver,
    server: RefCell<Running>,
    base: String,
    /// For files that the test gives to the page or gets from it.
    folder: PathBuf,
    patience: Cell<Duration>,
    console: RefCell<Vec<Entry>>,
    requests: RefCell<Vec<String>>,
    accepted: RefCell<Vec<String>>,
    /// The address of the tool in one file, once it was opened.
    from_disk: RefCell<String>,
}

impl Page {
    pub(crate) async fn start() -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let dist = std::env::var_os("TWOPATH_DIST").ok_or("run these by `cargo xtask test --only browser`")?;
        // Links are pictured with the port in them: `cargo xtask screenshots` asks for always the same.
        let port = std::env::var("TWOPATH_PORT").map_or(Ok(0), |port| port.parse())?;
        let server = Server::bind(Path::new(&dist), port)?.spawn()?;
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("twopath-browser-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let (driver, client) = Driver::session(&folder).await?;
        let page = Self {
            client,
            driver,
            base: server.url(),
            server: RefCell::new(server),
            folder,
            patience: Cell::new(PATIENCE),
            console: RefCell::default(),
            requests: RefCell::default(),
            accepted: RefCell::default(),
            from_disk: RefCell::default(),
        };
        let downloads = json!({ "behavior": "allow", "downloadPath": page.downloads() });
        page.devtools("Browser.setDownloadBehavior", downloads).await?;
        page.screen(Screen::Wide).await?;
        page.theme(Theme::Light).await?;
        Ok(page)
    }

    pub(crate) async fn end(self) {
        drop(self.client.close().await);
        drop(self.driver);
        // The browser's last processes may write for a moment more.
        for _ in 0..20 {
            if fs::remove_dir_all(&self.folder).is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Where the page is served, with a slash at its end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Opens the page; `path` is what follows the host: empty, `#…`, `?…`, a file.
    pub async fn open(&self, path: &str) -> Result {
        Ok(self.client.goto(&format!("{}{path}", self.base)).await?)
    }

    /// Opens the tool in one file, alone in a folder, from disk.
    pub async fn open_from_disk(&self) -> Result {
        let dist = std::env::var_os("TWOPATH_DIST").ok_or("run these by `cargo xtask test --only browser`")?;
        let file = self.folder.join("twopath.html");
        fs::copy(Path::new(&dist).join("twopath.html"), &file)?;
        let address = format!("file://{}", file.display());
        self.from_disk.replace(address.clone());
        Ok(self.client.goto(&address).await?)
    }

    /// Whether an address is that of the file that was opened from disk, or of a worker that it made.
    fn opened(&self, url: &str) -> bool {
        let file = self.from_disk.borrow();
        !file.is_empty() && (*url == **file || url.starts_with("blob:null/") || url.starts_with("blob:file://"))
    }

    /// Loads the page again.
    pub async fn reload(&self) -> Result {
        Ok(self.client.refresh().await?)
    }

    /// Stops the server: from now on the page is offline.
    pub fn stop_server(&self) {
        self.server.borrow_mut().stop();
    }

    /// The plans in the browser's database, the latest first, as JSON.
    pub async fn kept(&self) -> Result<Vec<String>> {
        let script = "
            const done = arguments[0];
            const opening = indexedDB.open('twopath');
            opening.onupgradeneeded = () => opening.transaction.abort();
            opening.onerror = () => done([]);
            opening.onsuccess = () => {
                const database = opening.result;
                const work = database.transaction(['entries', 'plans']);
                const [keys, lines, plans] = [
                    work.objectStore('entries').getAllKeys(), work.objectStore('entries').getAll(),
                    work.objectStore('plans').getAll()];
                work.oncomplete = () => {
                    database.close();
                    const when = index => Number(lines.result[index].split(' ')[2]);
                    const order = keys.result.map((_, index) => index).sort((a, b) => when(b) - when(a));
                    done(order.map(index => plans.result[index]));
                };
            };";
        let kept = self.client.execute_async(script, Vec::new()).await?;
        Ok(kept.as_array().into_iter().flatten().filter_map(|plan| plan.as_str().map(str::to_owned)).collect())
    }

    /// Waits until the plan that the browser kept last is this one.
    pub async fn keeps(&self, wanted: &Plan) -> Result {
        self.until("the plan is as the native engine makes it", async || {
            let kept = self.kept().await?;
            let loaded = twopath::plan::load(kept.first().map_or("", String::as_str));
            Ok(loaded.is_ok_and(|loaded| loaded.plan == *wanted))
        })
        .await
    }

    /// Deletes what the browser keeps of the page, behind the page's back.
    pub async fn forget(&self) -> Result {
        let script = "
            const done = arguments[0];
            localStorage.clear();
            sessionStorage.clear();
            const opening = indexedDB.open('twopath');
            opening.onupgradeneeded = () => opening.transaction.abort();
            opening.onerror = () => done();
            opening.onsuccess = () => {
                const stores = ['entries', 'plans', 'texts'];
                const work = opening.result.transaction(stores, 'readwrite');
                for (const name of stores) work.objectStore(name).clear();
                work.oncomplete = () => { opening.result.close(); done(); };
            };";
        self.client.execute_async(script, Vec::new()).await?;
        Ok(())
    }

    /// Serves a copy of the page from now on, at the same address, and gives its folder: for tests that change it.
    pub fn serve_copy(&self) -> Result<PathBuf> {
        let dist = std::env::var_os("TWOPATH_DIST").ok_or("run these by `cargo xtask test --only browser`")?;
        let copy = self.folder.join("site");
        fs::create_dir_all(&copy)?;
        for entry in fs::read_dir(dist)?.flatten().filter(|entry| entry.path().is_file()) {
            fs::copy(entry.path(), copy.join(entry.file_name()))?;
        }
        let port = url::Url::parse(&self.base)?.port().ok_or("the server has no port")?;
        self.stop_server();
        self.server.replace(Server::bind(&copy, port)?.spawn()?);
        Ok(copy)
    }

    /// Waits until a text is shown anywhere on the page.
    pub async fn wait_for(&self, text: &str) -> Result {
        let wanted = plain(text);
        self.until(&format!("{text:?} is shown"), async || Ok(self.text().await?.contains(&wanted))).await
    }

    /// Waits until a text is shown nowhere on the page.
    pub async fn wait_gone(&self, text: &str) -> Result {
        let wanted = plain(text);
        self.until(&format!("{text:?} is gone"), async || Ok(!self.text().await?.contains(&wanted))).await
    }

    /// Waits until something holds; errors on the way count as not yet.
    pub async fn until(&self, what: &str, mut holds: impl AsyncFnMut() -> Result<bool>) -> Result {
        let start = Instant::now();
        loop {
            let answer = holds().await;
            if matches!(answer, Ok(true)) {
                return Ok(());
            }
            if !self.patient_since(start) {
                let why = answer.err().map(|error| format!(": {error}")).unwrap_or_default();
                return Err(format!(
                    "after {} s it is still not so that {what}{why}",
                    self.patience.get().as_secs()
                )
                .into());
            }
            self.pause().await;
        }
    }

    /// How long searches and waits go on from now on; [`PATIENCE`] where nothing is said.
    pub fn patience(&self, patience: Duration) {
        self.patience.set(patience);
    }

    pub(crate) fn patient_since(&self, start: Instant) -> bool {
        start.elapsed() <= self.patience.get()
    }

    pub(crate) async fn pause(&self) {
        tokio::time::sleep(Duration::from_millis(25)).await;
    }

    /// The text that the page shows, white space made single blanks.
    pub async fn text(&self) -> Result<String> {
        let text = self.eval("return document.body.innerText").await?;
        Ok(plain(text.as_str().unwrap_or_default()))
    }

    /// Runs a script's body and gives what it returns.
    pub async fn eval(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Runs a script's body and gives what it hands to its last argument, a function.
    pub async fn eval_later(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute_async(script, Vec::new()).await?)
    }

    /// A command of the DevTools protocol.
    pub async fn devtools(&self, command: &str, params: Value) -> Result<Value> {
        devtools(&self.client, command, params).await
    }

    /// Presses keys where the focus is: `Tab`, `Shift+Tab`, `Control+z`, `ArrowDown`, …
    pub async fn press(&self, combination: &str) -> Result {
        let keys = keys::combination(combination)?;
        Ok(self.client.active_element().await?.send_keys(&keys).await?)
    }

    /// Puts a text in at the focus in one go, as pasting does.
    pub async fn insert(&self, text: &str) -> Result {
        self.devtools("Input.insertText", json!({ "text": text })).await.map(drop)
    }

    /// Role and name of what has the focus, as `button "Undo"`.
    pub async fn focused(&self) -> Result<String> {
        let script = "return document.activeElement";
        let active = self.devtools("Runtime.evaluate", json!({ "expression": &script[7..] })).await?;
        let object = &active["result"]["objectId"];
        let tree = self
            .devtools("Accessibility.getPartialAXTree", json!({ "objectId": object, "fetchRelatives": false }))
            .await?;
        let node = &tree["nodes"][0];
        let text = |key: &str| plain(node[key]["value"].as_str().unwrap_or_default());
        Ok(format!("{} {:?}", text("role"), text("name")))
    }

    /// A file for [`crate::Found::upload`], gone with the test.
    pub fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> Result<PathBuf> {
        let path = self.folder.join(name);
        fs::write(&path, contents)?;
        Ok(path)
    }

    /// Gives a file to the file input that a CSS selector names; also one that is not shown.
    pub async fn upload(&self, selector: &str, file: &Path) -> Result {
        let input = self.client.find(Locator::Css(selector)).await?;
        Ok(input.send_keys(&file.canonicalize()?.to_string_lossy()).await?)
    }

    /// Drops a file onto the element that a CSS selector names.
    pub async fn drop_file(&self, selector: &str, name: &str, contents: impl AsRef<[u8]>) -> Result {
        let script = "
            const [selector, name, contents] = arguments;
            const bytes = Uint8Array.from(atob(contents), letter => letter.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], name));
            const target = document.querySelector(selector);
            for (const kind of ['dragenter', 'dragover', 'drop'])
                target.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: data}));";
        let contents = base64::engine::general_purpose::STANDARD.encode(contents);
        self.client.execute(script, vec![selector.into(), name.into(), contents.into()]).await?;
        Ok(())
    }

    /// From now on the browser's own picker is not shown; what it asks for is given by [`Page::pick`].
    pub async fn hold_picker(&self) -> Result {
        let script = "HTMLInputElement.prototype.click = function () {
            if (this.type === 'file') { this.id = 'picker'; document.body.append(this); }
            else HTMLElement.prototype.click.call(this);
        };";
        self.eval(script).await.map(drop)
    }

    /// Picks a file in the picker that the page has just asked for.
    pub async fn pick(&self, file: &Path) -> Result {
        self.until("the page asks for a file", async || {
            Ok(self.eval("return !!document.getElementById('picker')").await? == true)
        })
        .await?;
        self.upload("#picker", file).await?;
        self.eval("document.getElementById('picker').remove()").await.map(drop)
    }

    /// Presses Tab until something has the focus that is said like this, as `button "Undo"` or the begin of it.
    pub async fn tab_to(&self, wanted: &str) -> Result {
        let mut passed = Vec::new();
        for _ in 0..200 {
            self.press("Tab").await?;
            let now = self.focused().await?;
            if now.starts_with(wanted) {
                return Ok(());
            }
            passed.push(now);
        }
        Err(format!("Tab doesn't lead to {wanted}; it led to {passed:?}").into())
    }

    /// Where the page's downloads go.
    #[must_use]
    pub fn downloads(&self) -> PathBuf {
        self.folder.join("downloads")
    }

    /// Waits for a download of that name and reads it. Chromium first puts an empty file in its place, and moves the
    /// whole one over it: what stays empty isn't downloaded.
    pub async fn downloaded(&self, name: &str) -> Result<Vec<u8>> {
        let path = self.downloads().join(name);
        self.until(&format!("{name} is downloaded"), async || {
            let there =
                fs::read_dir(self.downloads()).map(|all| all.flatten().map(|file| file.file_name()).collect());
            let there: Vec<_> = there.unwrap_or_default();
            let whole = fs::metadata(&path).is_ok_and(|file| file.len() > 0);
            if whole { Ok(true) } else { Err(format!("there is {there:?}").into()) }
        })
        .await?;
        Ok(fs::read(path)?)
    }

    /// All that was said on the console so far.
    pub async fn console(&self) -> Result<Vec<Entry>> {
        let new = driver_log(&self.client, "browser").await?;
        self.console.borrow_mut().extend(new.iter().map(Entry::read));
        Ok(self.console.borrow().clone())
    }

    /// All addresses asked for so far.
    pub async fn requests(&self) -> Result<Vec<String>> {
        let new = driver_log(&self.client, "performance").await?;
        self.requests.borrow_mut().extend(new.iter().filter_map(requested));
        Ok(self.requests.borrow().clone())
    }

    /// Lets console errors pass that contain a text: for tests that provoke them.
    pub fn accept_error(&self, part: &str) {
        self.accepted.borrow_mut().push(part.to_owned());
    }

    /// Fails where there is an error on the console or another host was asked; done at the end of every
    /// test without being called.
    pub async fn is_quiet(&self) -> Result {
        let accepted = self.accepted.borrow().clone();
        let bad = |entry: &Entry| {
            entry.level == Level::Error && !accepted.iter().any(|part| entry.message.contains(part))
        };
        let errors: Vec<String> =
            self.console().await?.iter().filter(|entry| bad(entry)).map(ToString::to_string).collect();
        if !errors.is_empty() {
            return Err(format!("errors on the console:\n{}", errors.join("\n")).into());
        }
        let strangers: Vec<String> = self
            .requests()
            .await?
            .into_iter()
            .filter(|url| foreign(url, &self.base) && !self.opened(url))
            .collect();
        if strangers.is_empty() { Ok(()) } else { Err(format!("other hosts were asked: {strangers:?}").into()) }
    }
}
