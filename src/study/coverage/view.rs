//! What of the coverage is shown, and what that is.

use super::back::BackRow;
use super::class::Class;
use crate::journey::Verdict;
use crate::plan::Id;
use crate::routing::FarSide;
use crate::space::{Count, Family, Share};
use crate::study::MAX_ROWS;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::net::IpAddr;

/// What of the coverage is shown, and how.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct View {
    /// The site; absent, or not in the plan: the plan's first.
    pub site: Option<Id>,
    /// Which rows.
    pub show: Show,
    /// The first row, from 0.
    pub from: u32,
    /// How many, at most [`MAX_ROWS`].
    pub count: u32,
}

impl Default for View {
    /// The first window of the first kind of rows.
    fn default() -> Self {
        Self { site: None, show: Show::default(), from: 0, count: MAX_ROWS }
    }
}

/// Which rows of the coverage.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// The destination classes, worst first.
    #[default]
    Classes,
    /// The shortest prefix list of a class, by its number.
    Class(u32),
    /// The services, worst first.
    Services,
    /// The reverse: which exits the far sides send to addresses of ours.
    Back,
    /// The shortest prefix list of a row of [`Show::Back`], by its number.
    BackRow(u32),
    /// Every prefix: the site's decision table row by row.
    Prefixes(Filter),
}

/// Which rows of the decision table are shown; what is absent doesn't filter.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Filter {
    /// Only this class, by its number.
    pub class: Option<u32>,
    /// Only what leaves by this exit, alone or in a tie.
    pub exit: Option<Id>,
    /// Only classes of this verdict.
    pub verdict: Option<Verdict>,
    /// Only this family.
    pub family: Option<Family>,
    /// Not a filter: an address to find, see [`Window::at`].
    pub find: Option<IpAddr>,
}

impl Filter {
    /// Whether it shows the rows of a class.
    pub fn shows(&self, class: &Class) -> bool {
        self.class.is_none_or(|number| number == class.class)
            && self.exit.as_ref().is_none_or(|exit| class.out.contains(exit))
            && self.verdict.is_none_or(|verdict| class.verdict == Some(verdict))
            && self.family.is_none_or(|family| class.family == family)
    }
}

/// What is shown of the coverage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Window {
    /// What was asked.
    pub view: View,
    /// The site; absent: there is none.
    pub site: Option<Id>,
    /// All addresses of the site, IPv4 first.
    pub totals: Vec<Totals>,
    /// The exits whose peering answers by the exit that a packet left by, whatever [`Show::Back`] says.
    pub sticky: Vec<Id>,
    /// The class asked for, with [`Show::Class`].
    pub class: Option<Class>,
    /// The row asked for, with [`Show::BackRow`].
    pub back: Option<BackRow>,
    /// How many rows there are.
    pub total: u32,
    /// How many of the rows shown lie before the one around the address to find: its index, where it is shown.
    pub at: Option<u32>,
    /// The rows of the window.
    pub rows: Rows,
}

/// The rows of a window.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// Destination classes.
    Classes(Vec<Class>),
    /// Services.
    Services(Vec<ServiceRow>),
    /// Ways back.
    Back(Vec<BackRow>),
    /// Prefixes, as text.
    Prefixes(Vec<String>),
    /// Rows of the decision table.
    Table(Vec<TableRow>),
}

/// All addresses of one family, as seen from a site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Totals {
    /// The family.
    pub family: Family,
    /// By the exits that packets leave by, each combination once: one exit alone in the plan's order, then ties, then
    /// no route. With [`Self::special`] they are the whole family.
    pub exits: Vec<ExitTotal>,
    /// By verdict, worst first. With [`Self::special`] and [`Self::no_sources`] they are the whole family.
    pub verdicts: Vec<VerdictTotal>,
    /// Addresses that no packet can cross the Internet to.
    pub special: Count,
    /// Their share of the family.
    pub special_share: Share,
    /// Addresses that could be judged, had the site an inside address of the family.
    pub no_sources: Count,
}

/// Addresses that packets leave to by the same exits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct ExitTotal {
    /// The exits; several are a tie; none: no route.
    pub out: Vec<Id>,
    /// How many addresses.
    pub addresses: Count,
    /// Their share of the family.
    pub share: Share,
}

/// Addresses with the same verdict.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct VerdictTotal {
    /// The verdict of the worst part.
    pub verdict: Verdict,
    /// How many addresses.
    pub addresses: Count,
    /// Their share of the family.
    pub share: Share,
}

/// A service as seen from a site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct ServiceRow {
    /// The service.
    pub service: Id,
    /// The worst verdict; absent: it has no address that is judged.
    pub verdict: Option<Verdict>,
    /// How many addresses it has, IPv4 and IPv6.
    pub addresses: (Count, Count),
    /// Its addresses by class, worst first.
    pub ways: Vec<ServiceWay>,
}

/// Addresses of a service that are in one class.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct ServiceWay {
    /// The class; its numbers are those of the whole space.
    pub class: Class,
    /// How many of the service's addresses.
    pub addresses: Count,
    /// Their share of the service's addresses of the family.
    pub share: Share,
}

/// A row of the decision table: addresses with one matched prefix and one class.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct TableRow {
    /// The first address,
    pub first: IpAddr,
    /// and the last.
    pub last: IpAddr,
    /// The prefix that decides; absent: no route.
    pub prefix: Option<String>,
    /// The class.
    pub class: u32,
    /// The exits that packets leave by.
    pub out: Vec<Id>,
    /// On which side they lie; absent for space that no packet can cross the Internet to.
    pub far_side: Option<FarSide>,
    /// The verdict of the class; absent: it isn't judged.
    pub verdict: Option<Verdict>,
}
