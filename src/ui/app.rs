//! The page: the desk, its edges, and three columns.

use super::answer::Answer;
use super::export::Export;
use super::files::FilesHandle;
use super::find::AskBox;
use super::header::Header;
use super::import::Import;
use super::inputs::Inputs;
use super::keeping::{self, Begun};
use super::keys::Keys;
use super::notice::{ElsewhereBar, NoticeBar};
use super::plans::Plans;
use super::sheet::Sheet;
use super::shelf::{Shelf, Taken};
use super::why::Why;
use super::worker::{Engine, Heard, Payload};
use super::{dom, failure, files, progress, store};
use crate::desk::shelf::{Judgement, PlanKey, Trouble};
use crate::desk::{Action, Desk, Effect, ImportInto, Shelve, link};
use crate::intake::flows::LOOK_AT;
use crate::plan::Plan;
use crate::report::words::{page, verdicts};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Blob, ClipboardEvent, DragEvent, Element};
use yew::{Callback, Component, Context, ContextProvider, Html, html};

/// The plan is put into the browser's storage so many milliseconds after the last edit.
const STORE_AFTER: u32 = 400;

/// A pause of so many milliseconds ends the step that is being typed.
const SETTLE_AFTER: u32 = 1_500;

/// Where the stylesheet has one column, in which the answer comes first: the document has the same order, for Tab and
/// for those who have it read to them.
const NARROW: &str = "(max-width: 51.99rem)";

/// The verdict is read out once it has stood for so many milliseconds.
const ANNOUNCE_AFTER: u32 = 900;

/// What the page hears.
pub enum Message {
    /// Something happens at the desk.
    Act(Action),
    /// The engine speaks.
    Engine(Heard),
    /// A file is handed to the engine.
    Import(Blob, String, ImportInto),
    /// The shelf is found, and what was on it.
    Begun(Box<Begun>),
    /// What waits to be put on the shelf is put there.
    Store,
    /// The shelf took a plan, or didn't.
    Stored(PlanKey, Result<Judgement, Trouble>),
    /// The pinned plan is put into storage, or taken away.
    StoreBaseline(Option<Rc<Plan>>),
    /// The verdict has stood for a while.
    Announce,
    /// The sheet of shortcuts is shown, or closed.
    Sheet(bool),
    /// A file is dragged over the page, or no longer.
    Dragging(bool),
    /// The window has become narrow, or wide.
    Narrow(bool),
}

/// The page.
pub struct App {
    desk: Rc<Desk>,
    act: Callback<Action>,
    engine: Engine,
    files: FilesHandle,
    ticket: u64,
    /// Files that came in, by ticket, as long as they may be needed again.
    given: HashMap<u64, Blob>,
    announced: String,
    dragging: bool,
    sheet: bool,
    /// Whether there is room for one column only.
    narrow: bool,
    /// Nothing is shown, and nothing done, before it is there.
    shelf: Option<Shelf>,
    /// What was dropped, pasted or pressed before the shelf was there, in its order.
    early: Vec<Message>,
    /// Plans that wait to be put on the shelf.
    waiting: BTreeMap<PlanKey, Rc<Plan>>,
    /// Whether one is on its way there: one after the other, for each has to know the revision before it.
    writing: bool,
    storing: Option<Timeout>,
    storing_baseline: Option<Timeout>,
    settling: Option<Timeout>,
    announcing: Option<Timeout>,
    _keys: Keys,
    _leaving: EventListener,
    _links: EventListener,
    _drops: [EventListener; 4],
    _width: Option<EventListener>,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let act = ctx.link().callback(Message::Act);
        let import = ctx.link().callback(|(blob, name, into)| Message::Import(blob, name, into));
        let files = FilesHandle {
            pick_plan: {
                let act = act.clone();
                Callback::from(move |()| {
                    let act = act.clone();
                    files::pick(".json,application/json", false, move |file| files::open_plan(file, act.clone()));
                })
            },
            pick_list: {
                let (act, import) = (act.clone(), import.clone());
                Callback::from(move |into: ImportInto| {
                    let (act, import) = (act.clone(), import.clone());
                    files::pick("", into == ImportInto::Preview, move |file| {
                        if into == ImportInto::Preview {
                            return files::open(file, act.clone(), import.clone());
                        }
                        let name = file.name();
                        import.emit((file.into(), name, into.clone()));
                    });
                })
            },
            text: {
                let (act, import) = (act.clone(), import.clone());
                Callback::from(move |text: String| files::open_text(text, &act, &import))
            },
            open: {
                let (act, import) = (act.clone(), import.clone());
                Callback::from(move |file| files::open(file, act.clone(), import.clone()))
            },
            import,
        };
        let keys = Keys::listen(&act, files.pick_plan.clone(), ctx.link().callback(|()| Message::Sheet(true)));
        let narrow = dom::window().match_media(NARROW).ok().flatten();
        let begun = ctx.link().callback(|begun| Message::Begun(Box::new(begun)));
        wasm_bindgen_futures::spawn_local(async move { begun.emit(keeping::begin().await) });
        Self {
            desk: Rc::new(Desk::new(Rc::default())),
            act: act.clone(),
            engine: Engine::start(ctx.link().callback(Message::Engine)),
            _drops: drops(&files, &ctx.link().callback(Message::Dragging)),
            files,
            ticket: 0,
            given: HashMap::new(),
            announced: String::new(),
            dragging: false,
            sheet: false,
            narrow: narrow.as_ref().is_some_and(web_sys::MediaQueryList::matches),
            shelf: None,
            early: Vec::new(),
            waiting: BTreeMap::new(),
            writing: false,
            storing: None,
            storing_baseline: None,
            settling: None,
            announcing: None,
            _keys: keys,
            _width: narrow.map(|query| {
                let (link, asked) = (ctx.link().clone(), query.clone());
                EventListener::new(&query, "change", move |_| link.send_message(Message::Narrow(asked.matches())))
            }),
            _leaving: {
                // The page may be gone before its timer: what waits is put on the shelf at once.
                let link = ctx.link().clone();
                EventListener::new(&dom::document(), "visibilitychange", move |_| {
                    link.send_message(Message::Store)
                })
            },
            _links: {
                let act = act.clone();
                EventListener::new(&dom::window(), "hashchange", move |_| open_link(&act))
            },
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        if self.shelf.is_none() && matches!(message, Message::Act(_) | Message::Import(..)) {
            // The plan that lies on the shelf would be opened over it.
            self.early.push(message);
            return false;
        }
        match message {
            Message::Act(action) => self.act(ctx, action),
            Message::Engine(Heard::Reply(reply)) => {
                self.act(ctx, Action::Engine(reply));
                let link = ctx.link().clone();
                self.announcing = Some(Timeout::new(ANNOUNCE_AFTER, move || link.send_message(Message::Announce)));
                true
            }
            Message::Engine(Heard::Failed(said)) => self.act(ctx, Action::EngineFailed(said)),
            Message::Engine(Heard::Restarted) => self.act(ctx, Action::EngineRestarted),
            Message::Engine(Heard::Lost) => self.act(ctx, Action::EngineLost),
            Message::Import(blob, name, into) => {
                self.ticket += 1;
                let bytes = blob.size() as u64;
                self.given.insert(self.ticket, blob);
                self.act(ctx, Action::Import { ticket: self.ticket, name, into, bytes })
            }
            Message::Begun(begun) => self.begin(ctx, *begun),
            Message::Store => {
                self.store_next(ctx);
                false
            }
            Message::Stored(key, outcome) => {
                self.writing = false;
                if key == self.desk.shelf.key && outcome.is_ok() {
                    store::put_open(key);
                }
                let changed = self.act(ctx, Action::Stored { key, outcome });
                if self.storing.is_none() {
                    self.store_next(ctx);
                }
                changed
            }
            Message::StoreBaseline(plan) => {
                self.act(ctx, Action::BaselineStored(store::put_baseline(plan.as_deref())))
            }
            Message::Announce => {
                let Some(answered) = self.desk.answered.as_ref().filter(|_| !self.desk.stale()) else {
                    return false;
                };
                let text = verdicts::headline(&answered.summary.verdicts, answered.summary.empty);
                let changed = text != self.announced;
                self.announced = text;
                changed
            }
            Message::Sheet(sheet) => std::mem::replace(&mut self.sheet, sheet) != sheet,
            Message::Narrow(narrow) => std::mem::replace(&mut self.narrow, narrow) != narrow,
            Message::Dragging(dragging) => std::mem::replace(&mut self.dragging, dragging) != dragging,
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let desk = &self.desk;
        let act = self.act.clone();
        if self.shelf.is_none() {
            return Html::default();
        }
        html! {
            <ContextProvider<FilesHandle> context={self.files.clone()}>
                <nav class="skip" aria-label={page::SKIP}>
                    { for self.in_order([
                        html! { <a key="inputs" href="#inputs">{ page::SKIP_INPUTS }</a> },
                        html! { <a key="answer" href="#answer">{ page::SKIP_ANSWER }</a> },
                        html! { <a key="why" href="#why">{ page::SKIP_WHY }</a> },
                    ]) }
                </nav>
                <Header desk={Rc::clone(desk)} act={act.clone()} sheet={ctx.link().callback(|()| Message::Sheet(true))} />
                <ElsewhereBar desk={Rc::clone(desk)} act={act.clone()} />
                <NoticeBar desk={Rc::clone(desk)} act={act.clone()} />
                <main class="columns">{ for self.in_order(self.columns()) }</main>
                <Export desk={Rc::clone(desk)} act={act.clone()} />
                <Plans desk={Rc::clone(desk)} act={act.clone()} />
                <Import desk={Rc::clone(desk)} {act} />
                if self.sheet {
                    <Sheet close={ctx.link().callback(|()| Message::Sheet(false))} />
                }
                <p class="unseen" role="status">{ &self.announced }</p>
                if self.dragging {
                    <div class="drop-here" aria-hidden="true"><span>{ page::DROP_HERE }</span></div>
                }
            </ContextProvider<FilesHandle>>
        }
    }
}

impl App {
    /// Inputs, answer and reasons, in the order in which they are seen.
    fn in_order(&self, [inputs, answer, why]: [Html; 3]) -> [Html; 3] {
        if self.narrow { [answer, why, inputs] } else { [inputs, answer, why] }
    }

    /// Inputs, answer and reasons; told apart by keys, so that they keep what is in them when their order changes.
    fn columns(&self) -> [Html; 3] {
        let (desk, act) = (&self.desk, &self.act);
        [
            html! {
                <section key="inputs" id="inputs" class="column inputs" aria-labelledby="inputs-title" tabindex="-1">
                    <h2 id="inputs-title" class="column-title">{ page::INPUTS }</h2>
                    <Inputs desk={Rc::clone(desk)} act={act.clone()} />
                </section>
            },
            html! {
                <section key="answer" id="answer" class={answer_class(desk)} aria-labelledby="answer-title" tabindex="-1"
                    aria-busy={desk.stale().to_string()}>
                    <div class="column-head">
                        <h2 id="answer-title" class="column-title">{ page::ANSWER }</h2>
                        <AskBox desk={Rc::clone(desk)} act={act.clone()} />
                    </div>
                    { progress::place(desk, act) }
                    <Answer desk={Rc::clone(desk)} act={act.clone()} />
                </section>
            },
            html! {
                <section key="why" id="why" class="column why" aria-labelledby="why-title" tabindex="-1">
                    <h2 id="why-title" class="column-title">{ page::WHY }</h2>
                    <Why desk={Rc::clone(desk)} act={act.clone()} />
                </section>
            },
        ]
    }

    /// The shelf is there: the plan that lay on it is opened, or the first example; then what the address holds.
    fn begin(&mut self, ctx: &Context<Self>, begun: Begun) -> bool {
        let Begun { shelf, first_key, taken } = begun;
        self.act(ctx, Action::Keeps { keeper: shelf.keeper(), first_key });
        self.shelf = Some(shelf);
        match taken {
            Some(Taken { entry, loaded }) => {
                store::put_open(entry.key);
                self.act(ctx, Action::Restore { entry, plan: Rc::new(loaded.plan), passed_over: loaded.faults })
            }
            None => {
                let plan = Rc::new(crate::plan::examples::first());
                self.act(ctx, Action::Open { plan, passed_over: Vec::new() })
            }
        };
        if let Some(pinned) = store::baseline().and_then(|json| crate::plan::load(&json).ok()) {
            self.act(ctx, Action::Pinned(Rc::new(pinned.plan)));
        }
        // A link's plan is a plan of its own; Undo goes back to the other.
        open_link(&self.act);
        for message in std::mem::take(&mut self.early) {
            ctx.link().send_message(message);
        }
        true
    }

    /// Puts the next plan that waits on the shelf, unless one is on its way there.
    fn store_next(&mut self, ctx: &Context<Self>) {
        self.storing = None;
        let Some(shelf) = self.shelf.clone().filter(|_| !self.writing) else { return };
        let Some((key, plan)) = self.waiting.pop_first() else { return };
        self.writing = true;
        let known = self.desk.shelf.known(key);
        let stored = ctx.link().callback(move |outcome| Message::Stored(key, outcome));
        wasm_bindgen_futures::spawn_local(async move {
            stored.emit(keeping::put(shelf, key, plan, known).await);
        });
    }

    fn act(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        if matches!(action, Action::Settle) {
            // Nothing that is shown changes.
            Rc::make_mut(&mut self.desk).act(action);
            return false;
        }
        if matches!(action, Action::Edit { key: Some(_), .. }) {
            let link = ctx.link().clone();
            let settle = move || link.send_message(Message::Act(Action::Settle));
            self.settling = Some(Timeout::new(SETTLE_AFTER, settle));
        }
        let previewed = self.desk.preview.is_some();
        let effects = Rc::make_mut(&mut self.desk).act(action);
        if previewed != self.desk.preview.is_some() {
            // A dialog comes or goes: the browser looks at the whole page anew.
            self.engine.after_frame();
        }
        failure::note(self.desk.file_name(), &self.desk.plan);
        for effect in effects {
            match effect {
                Effect::Send { request, bytes } => {
                    self.engine.send(&request, bytes.map_or(Payload::Nothing, Payload::Text));
                }
                Effect::SendFile { request, ticket, begin } => {
                    let file = self.given.get(&ticket);
                    let file = file.and_then(|file| if begin { begin_of(file) } else { Some(file.clone()) });
                    self.engine.send(&request, file.map_or(Payload::Nothing, Payload::Blob));
                }
                Effect::SaveFile { name, text } => files::save(&name, &text),
                Effect::Copy(text) => {
                    if !dom::copy(&text) {
                        // No clipboard here: as a file that spreadsheets open.
                        files::save("flows.tsv", &text);
                    }
                }
                Effect::Store { key, plan } => {
                    self.waiting.insert(key, plan);
                    let link = ctx.link().clone();
                    let store = move || link.send_message(Message::Store);
                    self.storing = Some(Timeout::new(STORE_AFTER, store));
                }
                Effect::Shelve(what) => {
                    if let Some(shelf) = self.shelf.clone() {
                        if what == Shelve::ForgetAll {
                            self.waiting.clear();
                        }
                        wasm_bindgen_futures::spawn_local(keeping::shelve(shelf, what, self.act.clone()));
                    }
                }
                Effect::StoreBaseline(plan) => {
                    let link = ctx.link().clone();
                    let store = move || link.send_message(Message::StoreBaseline(plan));
                    self.storing_baseline = Some(Timeout::new(STORE_AFTER, store));
                }
            }
        }
        self.given.retain(|ticket, _| self.desk.needs_file(*ticket));
        true
    }
}

/// Opens the plan in the page's address, if there is one, and takes it out of the address: loaded again, the page
/// shows what became of the plan.
fn open_link(act: &Callback<Action>) {
    let fragment = dom::fragment();
    match link::read(&fragment) {
        None => return,
        Some(Ok(_)) => dom::forget_fragment(),
        // Stays, to be looked at.
        Some(Err(_)) => {}
    }
    act.emit(Action::OpenLink(fragment));
}

/// What tells what a file is.
fn begin_of(file: &Blob) -> Option<Blob> {
    file.slice_with_i32_and_i32(0, LOOK_AT as i32).ok()
}

fn answer_class(desk: &Desk) -> &'static str {
    if desk.stale() { "column answer stale" } else { "column answer" }
}

/// Files dropped anywhere are opened, and what is pasted where nothing is typed.
fn drops(files: &FilesHandle, dragging: &Callback<bool>) -> [EventListener; 4] {
    let document = dom::document();
    let stop = EventListenerOptions::enable_prevent_default;
    let over = {
        let dragging = dragging.clone();
        EventListener::new_with_options(&document, "dragover", stop(), move |event| {
            if has_files(event) {
                event.prevent_default();
                dragging.emit(true);
            }
        })
    };
    let left = {
        let dragging = dragging.clone();
        EventListener::new(&document, "dragleave", move |event| {
            if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
                dragging.emit(false);
            }
        })
    };
    let dropped = {
        let (files, dragging) = (files.clone(), dragging.clone());
        EventListener::new_with_options(&document, "drop", stop(), move |event| {
            dragging.emit(false);
            if event.default_prevented() || !has_files(event) {
                return;
            }
            event.prevent_default();
            if let Some(data) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) {
                files.take(&data);
            }
        })
    };
    let files = files.clone();
    let pasted = EventListener::new_with_options(&document, "paste", stop(), move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if event.default_prevented() || target.as_ref().is_some_and(dom::is_text_field) {
            return;
        }
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        if data.is_some_and(|data| files.take(&data)) {
            event.prevent_default();
        }
    });
    [over, left, dropped, pasted]
}

fn has_files(event: &web_sys::Event) -> bool {
    event
        .dyn_ref::<DragEvent>()
        .and_then(|event| event.data_transfer())
        .is_some_and(|data| data.types().includes(&"Files".into(), 0))
}
