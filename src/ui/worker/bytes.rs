//! The bytes of a file, read in the worker; a gzip file unpacked by the browser, which is several times as fast at it.
//!
//! What the browser can't unpack (damaged, cut off, longer than any text may be) is left as it is: the engine unpacks it
//! again and says what is wrong with it.

use crate::intake::MAX_TEXT;
use js_sys::{Array, Function, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
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

/// About so many bytes of a log are in memory at a time.
const PIECE: usize = 1 << 20;

/// A log that is read piece by piece, as one stream: what a browser keeps for each slice that is read on its own it may
/// keep for half a gigabyte of them.
pub(super) struct Log {
    blob: Blob,
    /// Reads on from `at`; absent: not begun.
    reader: RefCell<Option<ReadableStreamDefaultReader>>,
    at: Cell<u64>,
}

impl Log {
    pub(super) fn new(blob: Blob) -> Self {
        Self { blob, reader: RefCell::default(), at: Cell::new(0) }
    }

    /// The piece from a byte on, nothing at the end; `None` where the file is gone, or has changed since it was given.
    pub(super) async fn piece(&self, at: u64) -> Option<Vec<u8>> {
        let going = self.reader.take().filter(|_| self.at.get() == at);
        let reader = match going {
            Some(reader) => reader,
            None => {
                let rest = self.blob.slice_with_f64(at as f64).ok()?;
                ReadableStreamDefaultReader::new(&rest.stream()).ok()?
            }
        };
        let mut bytes = Vec::new();
        while bytes.len() < PIECE {
            let Some(chunk) = chunk(&reader).await? else { break };
            append(&mut bytes, &chunk)?;
        }
        self.at.set(at + bytes.len() as u64);
        self.reader.replace(Some(reader));
        Some(bytes)
    }
}

/// What a stream brings next, `None` within at its end; `None` where it fails.
async fn chunk(reader: &ReadableStreamDefaultReader) -> Option<Option<Uint8Array>> {
    let chunk = JsFuture::from(reader.read()).await.ok()?;
    let value = Reflect::get(&chunk, &"value".into()).unwrap_or(JsValue::UNDEFINED);
    Some(value.dyn_into().ok())
}

fn append(bytes: &mut Vec<u8>, chunk: &Uint8Array) -> Option<()> {
    let from = bytes.len();
    bytes.resize(from + chunk.length() as usize, 0);
    chunk.copy_to(bytes.get_mut(from..)?);
    Some(())
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
        let Some(chunk) = chunk(&reader).await? else { break };
        if bytes.len() + chunk.length() as usize > MAX_TEXT {
            let _ = reader.cancel();
            return None;
        }
        append(&mut bytes, &chunk)?;
    }
    // Packed twice: the engine would unpack this once more, and natively it doesn't.
    (!bytes.starts_with(&GZIP)).then_some(bytes)
}
