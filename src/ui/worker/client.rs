//! The page's end of the worker.

use super::{PANIC, PING, PONG, READY, text};
use crate::desk::door::{Reply, Request};
use crate::plan::Text;
use crate::ui::dom;
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::{Interval, Timeout};
use js_sys::{Array, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, MessageEvent, Worker};
use yew::Callback;

/// The worker is asked once in so many milliseconds whether it is there.
const BEAT: u32 = 1_000;

/// After so many questions without an answer it is terminated and started again.
const PATIENCE: u32 = 15;

/// A worker that was told to stop and hasn't answered a word after so many milliseconds is started again.
const STOPS_WITHIN: u32 = 2_000;

/// After so many workers in a row that ended before they were ready, none is started until something is asked anew.
const MAX_STARTS: u32 = 3;

/// Where no frame is painted, what waits for one is sent after so many milliseconds: a page that nobody sees has none.
const NO_FRAME: u32 = 100;

/// What the page hears from its engine.
pub enum Heard {
    /// A reply.
    Reply(Box<Reply>),
    /// The worker was told to stop, didn't, and was started again: it knows nothing.
    Restarted,
    /// It failed or went silent, and was started again; what it said.
    Failed(String),
    /// It doesn't start at all.
    Lost,
}

/// Bytes that go beside a request.
pub enum Payload {
    /// None.
    Nothing,
    /// A text.
    Text(Text),
    /// A file, read in the worker.
    Blob(Blob),
}

/// The engine in its worker. Dropping it ends the worker.
pub struct Engine {
    inner: Rc<RefCell<Inner>>,
    _beat: Interval,
}

struct Inner {
    worker: Option<Running>,
    hear: Callback<Heard>,
    unanswered: u32,
    /// Workers in a row that ended before they were ready.
    starts: u32,
    /// Runs while a worker that was told to stop hasn't answered.
    stopping: Option<Timeout>,
    /// Until the next frame is painted nothing is sent.
    painting: Option<Painting>,
}

/// Waits for a frame; dropped, it waits no longer.
struct Painting {
    _frame: AnimationFrame,
    _anyway: Timeout,
}

struct Running {
    worker: Worker,
    ready: bool,
    /// What isn't sent yet, each with what is handed over.
    queue: Vec<(Array, Array)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(web_sys::Event)>,
}

impl Inner {
    /// Sends what waits, if the worker is ready for it.
    fn flush(&mut self) {
        self.painting = None;
        if let Some(running) = self.worker.as_mut().filter(|running| running.ready) {
            for (message, transfer) in running.queue.drain(..) {
                let _ = running.worker.post_message_with_transfer(&message, &transfer);
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Engine {
    /// Starts the worker; what it says goes to `hear`.
    pub fn start(hear: Callback<Heard>) -> Self {
        let inner = Rc::new(RefCell::new(Inner {
            worker: None,
            hear,
            unanswered: 0,
            starts: 0,
            stopping: None,
            painting: None,
        }));
        begin(&inner);
        let beat = {
            let inner = Rc::clone(&inner);
            Interval::new(BEAT, move || beat(&inner))
        };
        Self { inner, _beat: beat }
    }

    /// Sends a request; before the worker is ready, as soon as it is.
    pub fn send(&self, request: &Request, payload: Payload) {
        let Some((message, transfer)) = super::packed(request) else { return };
        match payload {
            Payload::Nothing => {}
            Payload::Text(text) => {
                let buffer = Uint8Array::from(text.as_str().as_bytes()).buffer();
                message.push(&buffer);
                transfer.push(&buffer);
            }
            Payload::Blob(blob) => {
                message.push(&blob);
            }
        }
        if self.inner.borrow().worker.is_none() {
            // It was given up: a new request is a new chance.
            self.inner.borrow_mut().starts = MAX_STARTS - 1;
            begin(&self.inner);
        }
        let cancels = matches!(request, Request::Cancel);
        {
            let mut inner = self.inner.borrow_mut();
            if let Some(running) = &mut inner.worker {
                running.queue.push((message, transfer));
            }
            if cancels || inner.painting.is_none() {
                inner.flush();
            }
        }
        if cancels {
            self.expect_an_end();
        }
    }

    /// What is sent from now on waits until the next frame is painted. Where much of the page changes at once, the
    /// worker would otherwise take the cores that the browser needs for it, and the page would stand still for longer.
    pub fn after_frame(&self) {
        let weak = Rc::downgrade(&self.inner);
        let send = move || {
            if let Some(inner) = weak.upgrade() {
                inner.borrow_mut().flush();
            }
        };
        let painted = send.clone();
        // A task that a frame puts behind itself comes when that frame is painted.
        let frame = request_animation_frame(move |_| {
            Timeout::new(0, painted).forget();
        });
        let anyway = Timeout::new(NO_FRAME, send);
        self.inner.borrow_mut().painting = Some(Painting { _frame: frame, _anyway: anyway });
    }

    /// A worker hears that it is to stop between two steps. One that doesn't answer for long is in a step without end:
    /// it is terminated and another started; [`Heard::Restarted`] follows.
    fn expect_an_end(&self) {
        let inner = Rc::clone(&self.inner);
        let mut now = self.inner.borrow_mut();
        if let Some(running) = now.worker.as_ref().filter(|running| running.ready) {
            let _ = running.worker.post_message(&PING.into());
            now.stopping = Some(Timeout::new(STOPS_WITHIN, move || restart(&inner)));
        }
    }
}

fn begin(inner: &Rc<RefCell<Inner>>) {
    let Some(worker) = worker() else {
        inner.borrow().hear.emit(Heard::Lost);
        return;
    };
    let on_message = {
        let inner = Rc::clone(inner);
        Closure::new(move |event: MessageEvent| message(&inner, &event.data()))
    };
    let on_error = {
        let inner = Rc::clone(inner);
        Closure::new(move |event: web_sys::Event| failed(&inner, message_of(&event)))
    };
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    let _ = worker.post_message(&wasm_bindgen::module());
    let mut inner = inner.borrow_mut();
    inner.unanswered = 0;
    inner.stopping = None;
    inner.worker =
        Some(Running { worker, ready: false, queue: Vec::new(), _on_message: on_message, _on_error: on_error });
}

/// A worker that waits for the compiled program and starts it: what it runs is said by the script that started the
/// page (`static/boot.js`, `static/single.js`). A classic one: Chromium refuses module workers to a page from disk.
fn worker() -> Option<Worker> {
    let address = dom::document().document_element()?.get_attribute("data-worker")?;
    Worker::new(&address).ok()
}

fn message(inner: &Rc<RefCell<Inner>>, data: &JsValue) {
    let word = data.as_string();
    match word.as_deref() {
        Some(READY) => {
            let mut inner = inner.borrow_mut();
            inner.starts = 0;
            if let Some(running) = &mut inner.worker {
                running.ready = true;
            }
            inner.flush();
        }
        Some(PONG) => {
            let mut inner = inner.borrow_mut();
            inner.unanswered = 0;
            inner.stopping = None;
        }
        Some(word) => {
            if let Some(said) = word.strip_prefix(PANIC) {
                failed(inner, said.to_owned());
            }
        }
        None => {
            let message: &Array = data.unchecked_ref();
            let Some(mut reply) = super::unpacked::<Reply>(&message.get(0)) else { return };
            if message.length() > 1 {
                // Long texts: they come in by and by.
                let (inner, message) = (Rc::clone(inner), message.clone());
                wasm_bindgen_futures::spawn_local(async move {
                    for at in 1..message.length() {
                        let Ok(bytes) = message.get(at).dyn_into::<js_sys::ArrayBuffer>() else { continue };
                        reply.put_beside(text::take_in(&bytes).await.unwrap_or_default());
                    }
                    heard(&inner, reply);
                });
                return;
            }
            heard(inner, reply);
        }
    }
}

fn heard(inner: &Rc<RefCell<Inner>>, reply: Reply) {
    let hear = {
        let mut inner = inner.borrow_mut();
        inner.unanswered = 0;
        inner.hear.clone()
    };
    hear.emit(Heard::Reply(Box::new(reply)));
}

fn beat(inner: &Rc<RefCell<Inner>>) {
    let hangs = {
        let mut inner = inner.borrow_mut();
        inner.unanswered += 1;
        if let Some(running) = inner.worker.as_ref().filter(|running| running.ready) {
            let _ = running.worker.post_message(&PING.into());
        }
        inner.worker.is_some() && inner.unanswered > PATIENCE
    };
    if hangs {
        failed(inner, String::new());
    }
}

/// What an error of the worker's says, where it says anything: it is an `ErrorEvent`, or a plain event when the
/// worker's script isn't there.
fn message_of(event: &web_sys::Event) -> String {
    js_sys::Reflect::get(event, &"message".into()).ok().and_then(|said| said.as_string()).unwrap_or_default()
}

/// Another worker is started in the place of one that failed. Whether it is asked the same again is the desk's matter;
/// one that fails before it is ready may fail for ever, and that is counted here.
fn failed(inner: &Rc<RefCell<Inner>>, said: String) {
    let (ready, starts) = {
        let mut inner = inner.borrow_mut();
        // A trap follows the words of a panic, and may be told of once more.
        let Some(running) = inner.worker.take() else { return };
        inner.starts += u32::from(!running.ready);
        (running.ready, inner.starts)
    };
    if ready || starts < MAX_STARTS {
        begin(inner);
    }
    let hear = inner.borrow().hear.clone();
    hear.emit(match (ready, starts < MAX_STARTS) {
        (true, _) => Heard::Failed(said),
        (false, true) => Heard::Restarted,
        (false, false) => Heard::Lost,
    });
}

fn restart(inner: &Rc<RefCell<Inner>>) {
    inner.borrow_mut().worker = None;
    begin(inner);
    let hear = inner.borrow().hear.clone();
    hear.emit(Heard::Restarted);
}
