//! The engine's worker: its start, its messages, its supervision; and, inside it, the loop of steps.
//!
//! The worker runs the same wasm as the page (see `static/boot.js`). Messages are arrays: a request or reply as
//! JSON, and beside it an `ArrayBuffer` or `Blob` where there are bytes. Strings are the supervision's:
//! the worker says `ready` once, and `pong` to every `ping`.

mod bytes;
mod client;
mod host;
mod text;

pub use client::{Engine, Heard, Payload};
pub use host::serve;

const READY: &str = "ready";
const PING: &str = "ping";
const PONG: &str = "pong";
