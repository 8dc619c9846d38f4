//! The bytes of a file, read in the worker; a gzip file unpacked by the browser, which is several times as fast at it.
//!
//! What the browser can't unpack (damaged, cut off, longer than any text may be) is left as it is: the engine unpacks it
//! again and says what is wrong with it.

use crate::intake::MAX_TEXT;
use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair};

/// How a gzip file begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The bytes of a file; nothing where it is gone or can't be read.
pub(super) async fn read(blob: &Blob) -> Vec<u8> {
    let begin = match blob.slice_with_i32_and_i32(0, 2) {
        Ok(begin) => all(&begin).await,
        Err(_) => Vec::new(),
    };
    if begin == GZIP
        && let Some(unpacked) = unpack(blob).await
    {
        return unpacked;
    }
    all(blob).await
}

/// So many bytes of a log are in memory at a time.
const PIECE: f64 = (1 << 20) as f64;

/// The next piece of a log, from a byte on; nothing where the file is gone, or has changed since it was given.
pub(super) async fn piece(blob: &Blob, at: u64) -> Option<Vec<u8>> {
    let at = at as f64;
    let piece = blob.slice_with_f64_and_f64(at, at + PIECE).ok()?;
    let buffer = JsFuture::from(piece.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

async fn all(blob: &Blob) -> Vec<u8> {
    let buffer = JsFuture::from(blob.array_buffer()).await;
    buffer.map(|buffer| Uint8Array::new(&buffer).to_vec()).unwrap_or_default()
}

async fn unpack(blob: &Blob) -> Option<Vec<u8>> {
    let constructor = Reflect::get(&js_sys::global(), &"DecompressionStream".into()).ok()?;
    let made = Reflect::construct(constructor.dyn_ref::<Function>()?, &Array::of1(&"gzip".into())).ok()?;
    let stream: ReadableStream = blob.stream().pipe_through(made.unchecked_ref::<ReadableWritablePair>());
    let reader = ReadableStreamDefaultReader::new(&stream).ok()?;
    let mut bytes = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await.ok()?;
        let value = Reflect::get(&piece, &"value".into()).unwrap_or(JsValue::UNDEFINED);
        let Some(piece) = value.dyn_ref::<Uint8Array>() else { break };
        let (from, length) = (bytes.len(), piece.length() as usize);
        if from + length > MAX_TEXT {
            let _ = reader.cancel();
            return None;
        }
        bytes.resize(from + length, 0);
        piece.copy_to(bytes.get_mut(from..)?);
    }
    // Packed twice: the engine would unpack this once more, and natively it doesn't.
    (!bytes.starts_with(&GZIP)).then_some(bytes)
}
