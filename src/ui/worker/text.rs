//! A long text on its way from the worker into the page, a slice at a time, so that the page never stands still for it.

use crate::ui::dom;
use js_sys::{ArrayBuffer, Uint8Array};
use std::str;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// So many bytes are copied and checked at a time.
const SLICE: u32 = 1 << 18;

/// After so many milliseconds the page's other work has its turn.
const TURN: f64 = 8.0;

/// The text in a buffer; `None` where it isn't UTF-8, which the engine doesn't send.
pub async fn take_in(buffer: &ArrayBuffer) -> Option<String> {
    let all = Uint8Array::new(buffer);
    let length = all.length();
    // As long as it will be: what owns it in the end doesn't copy it once more.
    let mut text = String::with_capacity(length as usize);
    let mut slice = Vec::new();
    let mut at = 0;
    let mut began = dom::now();
    while at < length {
        let end = length.min(at.saturating_add(SLICE));
        slice.resize((end - at) as usize, 0);
        all.subarray(at, end).copy_to(&mut slice);
        let whole = match str::from_utf8(&slice) {
            Ok(whole) => whole,
            // A letter that the slice cuts in two belongs to the next.
            Err(error) if error.error_len().is_none() && end < length => {
                str::from_utf8(slice.get(..error.valid_up_to())?).ok()?
            }
            Err(_) => return None,
        };
        text.push_str(whole);
        at += u32::try_from(whole.len()).ok().filter(|taken| *taken > 0)?;
        if dom::now() - began > TURN {
            turn().await;
            began = dom::now();
        }
    }
    Some(text)
}

/// Gives way to what waits: the next task, without the pause that timers make.
async fn turn() {
    let Ok(channel) = MessageChannel::new() else { return };
    let port = channel.port1();
    let next = js_sys::Promise::new(&mut |resolve, _| port.set_onmessage(Some(&resolve)));
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        let _ = JsFuture::from(next).await;
    }
    port.close();
}
