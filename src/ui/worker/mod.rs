//! The engine's worker: its start, its messages, its supervision; and, inside it, the loop of steps.
//!
//! The worker runs the same wasm as the page (see `static/boot.js`). Messages are arrays: an
//! `ArrayBuffer` with a request or reply (borsh: both ends are the same program, so nothing is named in it), and beside
//! it an `ArrayBuffer` or `Blob` where there is a text. Strings are the supervision's: the worker says `ready` once, and
//! `pong` to every `ping`, and before it dies of a panic, what the panic said.

mod bytes;
mod client;
mod host;
mod text;

use borsh::{BorshDeserialize, BorshSerialize};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

pub use client::{Engine, Heard, Payload};
pub use host::serve;
pub use text::take_in;

const READY: &str = "ready";
const PING: &str = "ping";
const PONG: &str = "pong";
/// What a panic said follows.
const PANIC: &str = "panic: ";

/// A message with a request or reply, and what is handed over with it.
fn packed(value: &impl BorshSerialize) -> Option<(Array, Array)> {
    let bytes = borsh::to_vec(value).ok()?;
    let buffer = Uint8Array::from(bytes.as_slice()).buffer();
    Some((Array::of1(&buffer), Array::of1(&buffer)))
}

/// The request or reply of a message.
fn unpacked<T: BorshDeserialize>(buffer: &JsValue) -> Option<T> {
    borsh::from_slice(&Uint8Array::new(buffer).to_vec()).ok()
}
