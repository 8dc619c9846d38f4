//! Where an answer of the ask box leads.

use crate::advice::{self, Code};
use crate::desk::action::Action;
use crate::desk::door::{Question, RowView, TraceQuery};
use crate::desk::focus::{Spot, Target};
use crate::desk::state::Tab;
use crate::journey::{Standing, Verdict};
use crate::plan::{Id, ListId, PartKind};
use crate::study::coverage;
use ipnet::IpNet;
use std::net::IpAddr;

/// An answer: a place that the page can go to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lead {
    /// The trace to an address.
    Trace {
        /// The site; absent: the one that holds `from`.
        site: Option<Id>,
        /// The source, where it was asked for.
        from: Option<IpAddr>,
        /// The destination.
        to: IpAddr,
    },
    /// The row of a site's decision table around an address.
    Decision {
        /// The site.
        site: Id,
        /// The address.
        address: IpAddr,
        /// The prefix that was asked for, whose first address that is.
        net: Option<IpNet>,
    },
    /// The line of a list that holds what was asked for.
    Line {
        /// The list.
        list: ListId,
        /// The byte at which the prefix begins.
        at: u32,
        /// The prefix.
        prefix: IpNet,
    },
    /// A part in the inputs.
    Part(PartKind, Id),
    /// The flows whose row names a part.
    Rows(PartKind, Id, String),
    /// The addresses that leave by an exit, from the first site.
    Leaves(Id),
    /// A flow, with its picture and trace.
    Flow(Id),
    /// The flows of a verdict.
    Verdict {
        /// The verdict.
        verdict: Verdict,
        /// How many there are.
        flows: u32,
    },
    /// The flows that fail, depend or work.
    Standing {
        /// Which.
        standing: Standing,
        /// How many there are.
        flows: u32,
    },
    /// What a rule of the book finds.
    Rule(Code),
    /// A view.
    Tab(Tab),
}

/// Where on the page that is, so that the focus can follow.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// The inputs; they take the focus themselves.
    Inputs,
    /// A view of the answer.
    View(Tab),
    /// The trace.
    Why,
}

impl Lead {
    /// What a part of the plan leads to: itself, and what there is of it elsewhere.
    pub(super) fn of_part(kind: PartKind, id: Id, name: &str) -> Vec<Self> {
        let name = if name.trim().is_empty() { id.as_str() } else { name.trim() }.to_owned();
        let part = Self::Part(kind, id.clone());
        match kind {
            PartKind::Flow => vec![Self::Flow(id), part],
            PartKind::Exit => vec![part, Self::Rows(kind, id.clone(), name), Self::Leaves(id)],
            // A service is asked for to know how its flows fare.
            PartKind::Service => vec![Self::Rows(kind, id, name), part],
            // What the flow table's filter knows.
            PartKind::Site | PartKind::Pool | PartKind::Published => {
                vec![part, Self::Rows(kind, id, name)]
            }
            PartKind::Circuit | PartKind::Device | PartKind::Source | PartKind::ProviderCovered => vec![part],
        }
    }

    /// What has to be done to go there, and where that is. `rows` is how many rows of the flow table are asked for.
    pub fn follow(&self, rows: u32) -> (Action, Place) {
        let flows = |view: RowView| (Action::View(RowView { count: rows, ..view }), Place::View(Tab::Flows));
        let table = |site: Option<Id>, filter: coverage::Filter| {
            let show = coverage::Show::Prefixes(filter);
            let view = coverage::View { site, show, ..coverage::View::default() };
            (Action::Study(Question::Coverage(view)), Place::View(Tab::Coverage))
        };
        match self {
            Self::Trace { site, from, to } => {
                let query = TraceQuery::Outbound { site: site.clone(), from: *from, to: *to };
                (Action::Trace(query), Place::Why)
            }
            Self::Decision { site, address, .. } => {
                table(Some(site.clone()), coverage::Filter { find: Some(*address), ..Default::default() })
            }
            Self::Line { list, at, .. } => {
                (Action::Reveal(Target::List(list.clone(), Spot::Byte(*at))), Place::Inputs)
            }
            Self::Part(kind, id) => (Action::Reveal(Target::Part(*kind, id.clone())), Place::Inputs),
            Self::Rows(_, _, name) => flows(RowView { filter: name.clone(), ..RowView::default() }),
            Self::Leaves(exit) => table(None, coverage::Filter { exit: Some(exit.clone()), ..Default::default() }),
            Self::Flow(flow) => (Action::Select { flow: flow.clone(), part: 0 }, Place::Why),
            Self::Verdict { verdict, .. } => flows(RowView { verdicts: vec![*verdict], ..RowView::default() }),
            Self::Standing { standing, .. } => {
                let verdicts = Verdict::ALL.into_iter().filter(|v| v.standing() == *standing).collect();
                flows(RowView { verdicts, ..RowView::default() })
            }
            Self::Rule(code) => {
                let view = advice::View { code: Some(*code), accepted: true, ..advice::View::default() };
                (Action::Study(Question::Advice(view)), Place::View(Tab::Advice))
            }
            Self::Tab(tab) => (Action::Tab(*tab), Place::View(*tab)),
        }
    }
}
