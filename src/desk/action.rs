//! What happens at the desk, and what has to be done about it.

use super::cutover::Whose;
use super::door::{Question, Reply, Request, RowView, TraceQuery, Writing};
use super::focus::Target;
use super::history::EditKey;
use super::import::{Done, Turn};
use super::link::LinkError;
use super::shelf::{Entry, Judgement, Keeper, PlanKey, Trouble};
use super::state::Tab;
use crate::intake::BytesError;
use crate::plan::{Id, ListId, LoadError, Plan, PlanFault, Text};
use crate::routing::{Part, Scenario};
use std::fmt;
use std::rc::Rc;

/// What happens at the desk.
pub enum Action {
    /// Another plan is opened; the one before it can be brought back by undo.
    Open {
        /// The plan.
        plan: Rc<Plan>,
        /// What was found when it was read.
        passed_over: Vec<PlanFault>,
    },
    /// A file that should be a plan is opened.
    OpenText {
        /// The file's name.
        name: String,
        /// What is in it.
        json: String,
    },
    /// What follows the `#` of an address: a plan in it is opened.
    OpenLink(String),
    /// The plan is edited. Edits of the same key, one after the other, are one step to take back.
    Edit {
        /// The key, e.g. the field that is typed in; absent: a step of its own.
        key: Option<EditKey>,
        /// The edit.
        change: Box<dyn FnOnce(&mut Plan)>,
    },
    /// The field that was typed in is left, or nothing was typed for a while.
    Settle,
    /// The last step is taken back.
    Undo,
    /// The step taken back last is done again.
    Redo,
    /// A part fails or comes back.
    Down {
        /// The part.
        part: Part,
        /// Whether it is down.
        down: bool,
    },
    /// Everything comes back.
    AllUp,
    /// A whole scenario is supposed, as a failure study names it.
    Suppose(Scenario),
    /// The other return model is answered beside the chosen one, or not.
    Compare(bool),
    /// The flow table shows something else.
    View(RowView),
    /// A tab of the answer is opened.
    Tab(Tab),
    /// A study shows something else; its tab opens.
    Study(Question),
    /// The plan as it stands is pinned, to compare with.
    Pin,
    /// The pinned plan is forgotten.
    Unpin,
    /// A plan that was pinned before the page was loaded is pinned again.
    Pinned(Rc<Plan>),
    /// The browser's storage took the pinned plan, or didn't.
    BaselineStored(Storage),
    /// A flow of the table is chosen.
    Select {
        /// The flow.
        flow: Id,
        /// Which part of its row, from 0, worst first.
        part: usize,
    },
    /// A pair of addresses is traced.
    Trace(TraceQuery),
    /// The inputs bring something into view.
    Reveal(Target),
    /// The engine answers.
    Engine(Box<Reply>),
    /// The engine was started again and knows nothing.
    EngineRestarted,
    /// The engine failed on something, said this (perhaps nothing), and was started again.
    EngineFailed(String),
    /// The engine doesn't start.
    EngineLost,
    /// The engine is told to stop what it works on.
    Stop,
    /// The engine is asked again after it was stopped.
    Resume,
    /// A table of the cut-over is being typed.
    DraftTable(Whose, Rc<str>),
    /// A table of the cut-over isn't to be compared any more.
    DropTable(Whose),
    /// A file was handed to the engine under this ticket.
    Import {
        /// The ticket.
        ticket: u64,
        /// The file's name.
        name: String,
        /// Where its text goes.
        into: ImportInto,
        /// How many bytes it has.
        bytes: u64,
    },
    /// Something is done in the preview of an import.
    Preview(Turn),
    /// A window of a long list is looked at.
    Watch {
        /// The list.
        list: ListId,
        /// The first line, from 0.
        from: u32,
        /// How many.
        count: u32,
    },
    /// A long list is no longer looked at.
    Unwatch(ListId),
    /// What keeps plans in this browser is known, and a number from which keys of new plans count on.
    Keeps {
        /// What keeps them.
        keeper: Keeper,
        /// The first key that is given; others have others, for it is drawn.
        first_key: PlanKey,
    },
    /// A plan of the shelf is opened as it lies there.
    Restore {
        /// Its entry.
        entry: Entry,
        /// The plan.
        plan: Rc<Plan>,
        /// What was found when it was read.
        passed_over: Vec<PlanFault>,
    },
    /// The shelf took a plan, or didn't.
    Stored {
        /// Which.
        key: PlanKey,
        /// What became of it.
        outcome: Result<Judgement, Trouble>,
    },
    /// A plan of the shelf was asked for and isn't there, or not whole.
    NotThere,
    /// Of a plan that another tab has written or deleted since, ours becomes a plan of its own.
    KeepMine,
    /// Of such a plan the other tab's is shown; undo brings ours back.
    TakeTheirs,
    /// The list of plans is opened.
    Plans,
    /// These plans are there.
    Listed(Vec<Entry>),
    /// The list of plans is closed.
    ClosePlans,
    /// Something is done with a plan of the list.
    Shelve(Shelve),
    /// A plan of the shelf was deleted; it was this.
    Deleted {
        /// Which.
        key: PlanKey,
        /// The plan.
        plan: Rc<Plan>,
    },
    /// The plan that was deleted last comes back.
    PutBack,
    /// Everything that this browser keeps of the page was deleted.
    Forgotten,
    /// A part of the plan is written as configuration; none any more.
    Export(Option<super::export::View>),
    /// The plan is saved as a file.
    SaveFile,
    /// A picture is saved as a file: SVG as text.
    SavePicture(String),
    /// Something of the answer is written: to a file, or tab-separated to the clipboard.
    Write(Writing),
    /// Something should be told.
    Tell(Notice),
    /// What was told is dismissed.
    Dismiss,
}

impl Action {
    /// An edit that is a step of its own.
    pub fn edit(change: impl FnOnce(&mut Plan) + 'static) -> Self {
        Self::Edit { key: None, change: Box::new(change) }
    }

    /// An edit by typing in a field.
    pub fn typed(key: impl Into<EditKey>, change: impl FnOnce(&mut Plan) + 'static) -> Self {
        Self::Edit { key: Some(key.into()), change: Box::new(change) }
    }

    /// An edit of a whole list by typing in it.
    pub fn list(list: ListId, text: Text) -> Self {
        Self::typed(format!("{list:?}"), move |plan| {
            if let Some(place) = plan.list_mut(&list) {
                *place = text;
            }
        })
    }
}

/// Where the text of an imported file goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ImportInto {
    /// Into this list, in place of what is there.
    List(ListId),
    /// Into the preview, where the user says what becomes of it.
    Preview,
    /// Beside the plan, as what Microsoft or our router shows.
    Table(Whose),
}

/// What has to be done outside the desk.
#[derive(Clone)]
pub enum Effect {
    /// A request goes to the engine.
    Send {
        /// The request.
        request: Request,
        /// The text that goes beside it as bytes.
        bytes: Option<Text>,
    },
    /// A request goes to the engine, with the file that came by a ticket.
    SendFile {
        /// The request.
        request: Request,
        /// The ticket.
        ticket: u64,
        /// Only the file's beginning is looked at.
        begin: bool,
    },
    /// A text is saved as a file.
    SaveFile {
        /// The file's name.
        name: String,
        /// The text.
        text: String,
    },
    /// A text is put on the clipboard.
    Copy(String),
    /// The plan is put on the shelf, soon.
    Store {
        /// Which.
        key: PlanKey,
        /// The plan.
        plan: Rc<Plan>,
    },
    /// Something is done on the shelf; where the list is open, it is listed again.
    Shelve(Shelve),
    /// The pinned plan is put there, or taken away.
    StoreBaseline(Option<Rc<Plan>>),
}

impl fmt::Debug for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send { request, bytes } => write!(f, "Send({request:?}, {bytes:?})"),
            Self::SendFile { request, ticket, .. } => write!(f, "SendFile({request:?}, {ticket})"),
            Self::Copy(text) => write!(f, "Copy({} bytes)", text.len()),
            Self::SaveFile { name, .. } => write!(f, "SaveFile({name})"),
            Self::Store { key, plan } => write!(f, "Store({key}, {})", plan.name),
            Self::Shelve(what) => write!(f, "{what:?}"),
            Self::StoreBaseline(plan) => {
                write!(f, "StoreBaseline({:?})", plan.as_ref().map(|plan| &plan.name))
            }
        }
    }
}

/// Whether the plan is kept in this browser.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Storage {
    /// Nothing was tried yet.
    Unknown,
    /// It will be put there in a moment.
    Pending,
    /// It is there.
    Saved,
    /// There is no room for it.
    Full,
    /// The browser offers no storage here.
    Unavailable,
    /// It is an example or empty: kept as soon as it is changed.
    Untouched,
    /// The browser says no, for a reason of its own.
    Refused,
    /// Another tab has written it since: nothing is written over that.
    Elsewhere,
    /// Another tab has deleted it.
    Gone,
}

/// What is done with plans on the shelf.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shelve {
    /// They are listed.
    List,
    /// One is opened.
    Open(PlanKey),
    /// One is called otherwise.
    Rename(PlanKey, String),
    /// One is copied, under another key.
    Duplicate(PlanKey, PlanKey),
    /// One is deleted.
    Delete(PlanKey),
    /// All are deleted, and whatever else this browser keeps of the page.
    ForgetAll,
}

/// What people should be told.
#[derive(Clone, PartialEq, Debug)]
pub enum Notice {
    /// A file that should be a plan is none.
    NotAPlan {
        /// The file's name.
        name: String,
        /// Why.
        error: LoadError,
    },
    /// A plan was opened from a link.
    FromLink {
        /// Whether the plan that was open is one that someone made or changed: the way back to it is offered.
        over_mine: bool,
    },
    /// A plan of the shelf was deleted.
    Deleted {
        /// Its name.
        name: String,
    },
    /// A plan of the shelf isn't there any more, or not whole.
    NotThere,
    /// Everything was deleted.
    Forgotten,
    /// A link isn't opened.
    BadLink(LinkError),
    /// A file can't be read.
    Unreadable {
        /// The file's name.
        name: String,
        /// Why.
        error: BytesError,
    },
    /// An import was done.
    Imported(Done),
    /// The engine doesn't start.
    EngineLost,
    /// The engine failed and was started again.
    EngineFailed {
        /// What it said; nothing where it just went silent.
        said: String,
        /// Whether it was reading a file.
        file: bool,
    },
    /// The engine failed so often on the same plan that it isn't asked again by itself.
    EngineGaveUp {
        /// What it said last.
        said: String,
    },
    /// The engine didn't answer and was started again.
    EngineRestarted,
}
