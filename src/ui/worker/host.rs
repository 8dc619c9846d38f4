//! The worker's end: requests in, steps of about 10 ms, replies out.
//!
//! Between two steps the loop gives way through a message channel, so that a newer request is heard at once.

use super::{PING, PONG, READY};
use crate::desk::door::{Reply, Request};
use crate::ui::dom;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageChannel, MessageEvent};

/// How long a step takes, in milliseconds.
const STEP: f64 = 10.0;

struct Host {
    scope: DedicatedWorkerGlobalScope,
    engine: RefCell<Engine>,
    channel: MessageChannel,
    pumping: Cell<bool>,
}

/// Runs the engine in this worker.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let Ok(channel) = MessageChannel::new() else { return };
    let host =
        Rc::new(Host { scope, engine: RefCell::new(Engine::default()), channel, pumping: Cell::new(false) });
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
        let json = message.get(0).as_string().unwrap_or_default();
        let Ok(request) = serde_json::from_str::<Request>(&json) else { return };
        let payload = message.get(1);
        if let Some(buffer) = payload.dyn_ref::<ArrayBuffer>() {
            self.take(request, Some(Uint8Array::new(buffer).to_vec()));
        } else if let Ok(blob) = payload.dyn_into::<Blob>() {
            wasm_bindgen_futures::spawn_local(async move {
                let read = wasm_bindgen_futures::JsFuture::from(blob.array_buffer()).await;
                let bytes = read.map(|buffer| Uint8Array::new(&buffer).to_vec()).unwrap_or_default();
                self.take(request, Some(bytes));
            });
        } else {
            self.take(request, None);
        }
    }

    fn take(&self, request: Request, bytes: Option<Vec<u8>>) {
        self.engine.borrow_mut().handle(request, bytes);
        if !self.pumping.replace(true) {
            self.pump_later();
        }
    }

    fn pump_later(&self) {
        let _ = self.channel.port2().post_message(&JsValue::NULL);
    }

    fn pump(&self) {
        let began = dom::now();
        loop {
            let (replies, busy) = self.engine.borrow_mut().step();
            for reply in replies {
                self.reply(&reply);
            }
            if !busy {
                self.pumping.set(false);
                return;
            }
            if dom::now() - began >= STEP {
                return self.pump_later();
            }
        }
    }

    fn reply(&self, reply: &Reply) {
        let Ok(json) = serde_json::to_string(reply) else { return };
        let message = Array::of1(&json.into());
        let transfer = Array::new();
        if let Reply::Imported { imported: Ok(imported), .. } = reply
            && imported.text.is_none()
            && let Some(text) = self.engine.borrow().text(&imported.hash)
        {
            // The page keeps the text too: it is what is saved.
            let buffer = Uint8Array::from(text.as_bytes()).buffer();
            message.push(&buffer);
            transfer.push(&buffer);
        }
        let _ = self.scope.post_message_with_transfer(&message, &transfer);
    }
}

/// Stands in for the engine until it is there: answers every plan with nothing.
#[derive(Default)]
struct Engine {
    replies: Vec<Reply>,
}

impl Engine {
    fn handle(&mut self, request: Request, _bytes: Option<Vec<u8>>) {
        if let Request::Solve { generation, .. } = request {
            let summary = crate::desk::door::Summary {
                verdicts: Vec::new(),
                empty: 0,
                other_verdicts: None,
                differs: Vec::new(),
                exits: Vec::new(),
                lists: Vec::new(),
                plan_faults: Vec::new(),
            };
            self.replies.push(Reply::Solved { generation, summary: Box::new(summary) });
        }
    }

    fn step(&mut self) -> (Vec<Reply>, bool) {
        (std::mem::take(&mut self.replies), false)
    }

    fn text(&self, _hash: &str) -> Option<std::sync::Arc<str>> {
        None
    }
}
