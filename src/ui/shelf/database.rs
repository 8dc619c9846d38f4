//! The shelf in IndexedDB: entries, plans and their long lists, in one database.
//!
//! A revision is read and compared inside of the transaction that writes, and the browser lets one such transaction
//! after the other, across tabs.

use super::Taken;
use crate::desk::shelf::{self, Entry, Judgement, PlanKey, Trouble};
use crate::plan::Text;
use crate::ui::{dom, store, worker};
use gloo::timers::callback::Timeout;
use js_sys::{Array, ArrayBuffer, Promise, Reflect, Uint8Array};
use std::collections::{BTreeMap, BTreeSet};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbFactory, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode,
};

const NAME: &str = "twopath";
const ENTRIES: &str = "entries";
const PLANS: &str = "plans";
const TEXTS: &str = "texts";
const STORES: [&str; 3] = [ENTRIES, PLANS, TEXTS];

/// So many bytes of a long list are written at a time: the page never stands still for them.
const PIECE: usize = 1 << 20;

/// A database that doesn't open in so many milliseconds isn't waited for.
const OPENS_WITHIN: u32 = 3_000;

pub struct Database(IdbDatabase);

impl Database {
    /// The database, where what is written can be read back.
    pub async fn open() -> Option<Self> {
        // By name: asking the window for it throws where it is forbidden, and there are browsers without.
        let factory = Reflect::get(&dom::window(), &"indexedDB".into()).ok()?.dyn_into::<IdbFactory>().ok()?;
        let request = factory.open_with_u32(NAME, 1).ok()?;
        let upgrade = {
            let request = request.clone();
            Closure::<dyn FnMut()>::new(move || {
                if let Some(database) = request.result().ok().and_then(|it| it.dyn_into::<IdbDatabase>().ok()) {
                    for name in STORES {
                        let _ = database.create_object_store(name);
                    }
                }
            })
        };
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let database = opened(&request).await?.dyn_into::<IdbDatabase>().ok()?;
        let database = Self(database);
        database.probe().await.then_some(database)
    }

    async fn probe(&self) -> bool {
        let value = JsValue::from_f64(js_sys::Math::random());
        let key = "probe".into();
        let written = self
            .work(IdbTransactionMode::Readwrite, async |stores| {
                answer(&stores.texts.put_with_key(&value, &key)?).await
            })
            .await;
        // One that is full may still be read.
        let full = matches!(&written, Err(error) if store::trouble_of(error) == Trouble::Full);
        if full {
            return !self.list().await.is_empty();
        }
        let read = self
            .work(IdbTransactionMode::Readwrite, async |stores| {
                let read = answer(&stores.texts.get(&key)?).await;
                answer(&stores.texts.delete(&key)?).await?;
                read
            })
            .await;
        written.is_ok() && read.is_ok_and(|read| read == value)
    }

    /// Does something in a transaction of its own, which is over, and on disk, when this is.
    async fn work<T>(
        &self,
        mode: IdbTransactionMode,
        work: impl AsyncFnOnce(&Stores) -> Result<T, JsValue>,
    ) -> Result<T, JsValue> {
        let names = STORES.iter().map(|name| JsValue::from_str(name)).collect::<Array>();
        let transaction = self.0.transaction_with_str_sequence_and_mode(&names, mode)?;
        let over = Promise::new(&mut |resolve, reject| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
        });
        let stores = Stores::of(&transaction)?;
        let done = work(&stores).await;
        if done.is_err() {
            let _ = transaction.abort();
        }
        let over = JsFuture::from(over).await;
        let done = done?;
        match over {
            Ok(_) => Ok(done),
            // Why is the transaction's to say.
            Err(_) => Err(Reflect::get(&transaction, &"error".into())?),
        }
    }

    pub async fn list(&self) -> Vec<Entry> {
        self.work(IdbTransactionMode::Readonly, async |stores| stores.list().await).await.unwrap_or_default()
    }

    pub async fn put(
        &self,
        mut entry: Entry,
        json: &str,
        texts: &BTreeMap<u128, Text>,
        known: Option<u64>,
    ) -> Result<Judgement, Trouble> {
        let done = self
            .work(IdbTransactionMode::Readwrite, async |stores| {
                let key = name_of(entry.key);
                let there = stores.entry(entry.key).await?.map(|entry| entry.revision);
                let judgement = shelf::judge(there, known);
                let Judgement::Write(revision) = judgement else { return Ok(judgement) };
                entry.revision = revision;
                for (hash, text) in texts {
                    if answer(&stores.texts.count_with_key(&piece_name(*hash, 0))?).await?
                        != JsValue::from_f64(0.0)
                    {
                        continue;
                    }
                    for (at, piece) in pieces(text.as_str()).enumerate() {
                        let bytes = Uint8Array::from(piece.as_bytes()).buffer();
                        answer(&stores.texts.put_with_key(&bytes, &piece_name(*hash, at))?).await?;
                    }
                }
                answer(&stores.plans.put_with_key(&json.into(), &key)?).await?;
                answer(&stores.entries.put_with_key(&entry.to_line().into(), &key)?).await?;
                stores.sweep().await?;
                Ok(judgement)
            })
            .await;
        done.map_err(|error| store::trouble_of(&error))
    }

    pub async fn take(&self, key: PlanKey) -> Option<Taken> {
        let (entry, json, buffers) = self
            .work(IdbTransactionMode::Readonly, async |stores| {
                let Some(entry) = stores.entry(key).await? else { return Ok(None) };
                let json = answer(&stores.plans.get(&name_of(key))?).await?;
                let mut buffers = BTreeMap::new();
                for hash in &entry.texts {
                    let mut pieces = Vec::new();
                    loop {
                        let piece = answer(&stores.texts.get(&piece_name(*hash, pieces.len()))?).await?;
                        let Ok(piece) = piece.dyn_into::<ArrayBuffer>() else { break };
                        pieces.push(piece);
                    }
                    buffers.insert(*hash, pieces);
                }
                Ok(Some((entry, json, buffers)))
            })
            .await
            .ok()??;
        let (mut loaded, lists) = shelf::wanted(&json.as_string()?).ok()?;
        let mut texts: BTreeMap<u128, Text> = BTreeMap::new();
        for (list, hash) in lists {
            let text = match texts.get(&hash) {
                Some(text) => text.clone(),
                None => {
                    let mut text = String::new();
                    for piece in buffers.get(&hash).filter(|pieces| !pieces.is_empty())? {
                        text.push_str(&worker::take_in(piece).await?);
                    }
                    Text::hashed(text, hash)
                }
            };
            texts.insert(hash, text.clone());
            shelf::fill(&mut loaded.plan, &list, text);
        }
        Some(Taken { entry, loaded })
    }

    pub async fn delete(&self, key: PlanKey) -> Result<(), Trouble> {
        let done = self
            .work(IdbTransactionMode::Readwrite, async |stores| {
                for store in [&stores.plans, &stores.entries] {
                    answer(&store.delete(&name_of(key))?).await?;
                }
                stores.sweep().await
            })
            .await;
        done.map_err(|error| store::trouble_of(&error))
    }

    pub async fn clear(&self) -> Result<(), Trouble> {
        let done = self
            .work(IdbTransactionMode::Readwrite, async |stores| {
                for store in [&stores.plans, &stores.entries, &stores.texts] {
                    answer(&store.clear()?).await?;
                }
                Ok(())
            })
            .await;
        done.map_err(|error| store::trouble_of(&error))
    }
}

/// The stores in a transaction.
struct Stores {
    entries: IdbObjectStore,
    plans: IdbObjectStore,
    texts: IdbObjectStore,
}

impl Stores {
    fn of(transaction: &IdbTransaction) -> Result<Self, JsValue> {
        Ok(Self {
            entries: transaction.object_store(ENTRIES)?,
            plans: transaction.object_store(PLANS)?,
            texts: transaction.object_store(TEXTS)?,
        })
    }

    async fn entry(&self, key: PlanKey) -> Result<Option<Entry>, JsValue> {
        let line = answer(&self.entries.get(&name_of(key))?).await?;
        Ok(line.as_string().and_then(|line| Entry::of_line(key, &line)))
    }

    async fn list(&self) -> Result<Vec<Entry>, JsValue> {
        let keys = Array::from(&answer(&self.entries.get_all_keys()?).await?);
        let lines = Array::from(&answer(&self.entries.get_all()?).await?);
        let both = keys.iter().zip(lines.iter()).filter_map(|(key, line)| {
            let key = PlanKey::from_str_radix(&key.as_string()?, 16).ok()?;
            Entry::of_line(key, &line.as_string()?)
        });
        Ok(both.collect())
    }

    /// Lists that no plan has any more go.
    async fn sweep(&self) -> Result<(), JsValue> {
        let texts = Array::from(&answer(&self.texts.get_all_keys()?).await?);
        if texts.length() == 0 {
            return Ok(());
        }
        let used: BTreeSet<String> = self
            .list()
            .await?
            .iter()
            .flat_map(|entry| entry.texts.iter().map(|hash| format!("{hash:032x}")).collect::<Vec<_>>())
            .collect();
        let unused = |name: &JsValue| {
            let name = name.as_string().unwrap_or_default();
            !used.contains(name.split('.').next().unwrap_or_default())
        };
        for name in texts.iter().filter(unused) {
            answer(&self.texts.delete(&name)?).await?;
        }
        Ok(())
    }
}

/// A long list in pieces of whole letters.
fn pieces(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (piece, rest) = text.split_at(text.floor_char_boundary(PIECE));
        text = rest;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Where a piece lies.
fn piece_name(hash: u128, at: usize) -> JsValue {
    format!("{hash:032x}.{at}").into()
}

fn name_of(key: PlanKey) -> JsValue {
    format!("{key:016x}").into()
}

/// What a request brings. Its handlers run, and what awaits it goes on, while the transaction is still open.
async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(done).await {
        Ok(_) => request.result(),
        Err(_) => Err(Reflect::get(request, &"error".into())?),
    }
}

/// The opened database; nothing where it fails, is held back by another tab, or takes too long.
async fn opened(request: &IdbOpenDbRequest) -> Option<JsValue> {
    let mut timeout = None;
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onblocked(Some(&reject));
        timeout = Some(Timeout::new(OPENS_WITHIN, move || {
            let _ = reject.call0(&JsValue::NULL);
        }));
    });
    let done = JsFuture::from(done).await;
    drop(timeout);
    done.ok()?;
    request.result().ok()
}
