//! The worker's end: requests in, steps of about 10 ms, replies out.
//!
//! Between two steps the loop gives way through a message channel, so that a newer request is heard at once.

use super::bytes::{self, Log};
use super::{PANIC, PING, PONG, READY};
use crate::desk::Engine;
use crate::desk::door::{Reply, Request};
use crate::plan::Text;
use crate::ui::dom;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageChannel, MessageEvent};

/// How long a step takes, in milliseconds.
const STEP: f64 = 10.0;

/// Progress is told once in so many milliseconds.
const TELL: f64 = 50.0;

/// How many units a step works at first, at least and at most.
const FIRST_UNITS: u64 = 20_000;
const LEAST_UNITS: u64 = 256;
const MOST_UNITS: u64 = 1 << 32;

struct Host {
    scope: DedicatedWorkerGlobalScope,
    engine: RefCell<Engine>,
    channel: MessageChannel,
    pumping: Cell<bool>,
    units: Cell<u64>,
    told: Cell<f64>,
    /// Flow logs that are read piece by piece, by ticket.
    logs: RefCell<HashMap<u64, Rc<Log>>>,
    fetching: Cell<bool>,
}

/// Runs the engine in this worker.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    std::panic::set_hook(Box::new(|info| {
        // Its last words: a trap follows, and the page starts another worker.
        if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
            let _ = scope.post_message(&format!("{PANIC}{info}").into());
        }
    }));
    let Ok(channel) = MessageChannel::new() else { return };
    let host = Rc::new(Host {
        scope,
        engine: RefCell::new(Engine::default()),
        channel,
        pumping: Cell::new(false),
        units: Cell::new(FIRST_UNITS),
        told: Cell::new(0.0),
        logs: RefCell::default(),
        fetching: Cell::new(false),
    });
    let pump = {
        let host = Rc::clone(&host);
        Closure::<dyn FnMut(MessageEvent)>::new(move |_| host.pump())
    };
    host.channel.port1().set_onmessage(Some(pump.as_ref().unchecked_ref()));
    pump.forget();
    let hear = {
        let host = Rc::clone(&host);
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| Rc::clone(&host).hear(&event.data()))
    };
    host.scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    host.post(&READY.into());
}

impl Host {
    fn post(&self, message: &JsValue) {
        let _ = self.scope.post_message(message);
    }

    fn hear(self: Rc<Self>, data: &JsValue) {
        if data.as_string().as_deref() == Some(PING) {
            return self.post(&PONG.into());
        }
        let message: &Array = data.unchecked_ref();
        let Some(request) = super::unpacked::<Request>(&message.get(0)) else { return };
        let payload = message.get(1);
        if let Some(buffer) = payload.dyn_ref::<ArrayBuffer>() {
            self.take(request, Some(Uint8Array::new(buffer).to_vec()));
        } else if let Request::Log { file, .. } = &request {
            if let Ok(blob) = payload.dyn_into::<Blob>() {
                self.logs.borrow_mut().insert(file.ticket, Rc::new(Log::new(blob)));
            }
            self.take(request, None);
        } else if let Ok(blob) = payload.dyn_into::<Blob>() {
            wasm_bindgen_futures::spawn_local(async move {
                let bytes = bytes::read(&blob).await;
                self.take(request, Some(bytes));
            });
        } else {
            self.take(request, None);
        }
    }

    fn take(self: &Rc<Self>, request: Request, bytes: Option<Vec<u8>>) {
        if matches!(request, Request::Cancel | Request::Logs { .. } | Request::NoLogs) {
            self.logs.borrow_mut().clear();
        }
        let replies = self.engine.borrow_mut().handle(request, bytes);
        for reply in &replies {
            self.reply(reply);
        }
        if self.engine.borrow().busy() && !self.pumping.replace(true) {
            self.pump_later();
        }
        self.fetch();
    }

    /// Reads the piece of a log that the engine wants, one at a time.
    fn fetch(self: &Rc<Self>) {
        let Some((ticket, at)) = self.engine.borrow().wants() else { return };
        if self.fetching.replace(true) {
            return;
        }
        let log = self.logs.borrow().get(&ticket).cloned();
        let host = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let bytes = match log {
                Some(log) => log.piece(at).await,
                None => None,
            };
            host.fetching.set(false);
            host.take(Request::LogBytes { ticket, at }, bytes);
        });
    }

    fn pump_later(&self) {
        let _ = self.channel.port2().post_message(&JsValue::NULL);
    }

    fn pump(self: &Rc<Self>) {
        let began = dom::now();
        let units = self.units.get();
        let replies = self.engine.borrow_mut().step(units);
        for reply in replies {
            let progress = matches!(reply, Reply::Progress { .. } | Reply::Importing { .. });
            if !progress || began - self.told.get() >= TELL {
                if progress {
                    self.told.set(began);
                }
                self.reply(&reply);
            }
        }
        if !self.engine.borrow().busy() {
            self.pumping.set(false);
            self.fetch();
            return;
        }
        // As many units as fill a step: half as many or twice as many at a time, so one odd step says little.
        let took = dom::now() - began;
        if took > STEP * 1.5 {
            self.units.set((units / 2).max(LEAST_UNITS));
        } else if took < STEP * 0.75 {
            self.units.set(units.saturating_mul(2).min(MOST_UNITS));
        }
        self.fetch();
        self.pump_later();
    }

    fn reply(&self, reply: &Reply) {
        if let Reply::LogRead { ticket, .. } = reply {
            self.logs.borrow_mut().remove(ticket);
        }
        let Some((message, transfer)) = super::packed(reply) else { return };
        for hash in reply.beside() {
            // The page keeps the text too: it is what is saved. One copy, and that is handed over.
            let engine = self.engine.borrow();
            let text = engine.text(hash).map(Text::as_str).unwrap_or_default();
            let buffer = Uint8Array::from(text.as_bytes()).buffer();
            message.push(&buffer);
            transfer.push(&buffer);
        }
        let _ = self.scope.post_message_with_transfer(&message, &transfer);
    }
}
