//! What of the map is shown, and what that is.

use super::hilbert::{self, Square};
use crate::journey::Verdict;
use crate::plan::Id;
use crate::space::{Count, Family, Share};
use crate::study::coverage::{Class, Unjudged};
use borsh::{BorshDeserialize, BorshSerialize};
use ipnet::IpNet;
use serde::Serialize;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A map has 2^`ORDER` cells each way.
pub const ORDER: u8 = 7;

/// So many cells each way.
pub const SIDE: u32 = 1 << ORDER;

/// So many cells in all.
pub const CELLS: u32 = SIDE * SIDE;

/// So many blocks of equal size are told of in words, each of four bits more than the whole.
pub const BLOCKS: u32 = 16;

/// What of the map is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct View {
    /// The site; absent, or not in the plan: the plan's first.
    pub site: Option<Id>,
    /// An address within what is shown,
    pub at: IpAddr,
    /// and how many of its bits all that is shown shares; see [`View::block`].
    pub length: u8,
    /// Whether the pinned plan is compared with.
    pub compare: bool,
}

impl Default for View {
    fn default() -> Self {
        Self { site: None, at: whole(Family::V4).addr(), length: 0, compare: false }
    }
}

/// All of a family.
pub fn whole(family: Family) -> IpNet {
    let all: IpAddr = match family {
        Family::V4 => Ipv4Addr::UNSPECIFIED.into(),
        Family::V6 => Ipv6Addr::UNSPECIFIED.into(),
    };
    net(all, 0)
}

/// The prefix around an address; a length beyond the family's is its longest.
fn net(address: IpAddr, length: u8) -> IpNet {
    IpNet::new(address, length.min(Family::of(address).bits()))
        .map_or_else(|_| IpNet::from(address), |net| net.trunc())
}

/// The longest prefix that a map is drawn of: there each cell is one address.
pub fn deepest(family: Family) -> u8 {
    family.bits() - 2 * ORDER
}

/// An address with its family's first bit at the top.
pub(crate) fn on_top(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(ip) => u128::from(ip.to_bits()) << 96,
        IpAddr::V6(ip) => ip.to_bits(),
    }
}

/// The same back.
fn off_top(bits: u128, family: Family) -> IpAddr {
    match family {
        Family::V4 => Ipv4Addr::from_bits((bits >> 96) as u32).into(),
        Family::V6 => Ipv6Addr::from_bits(bits).into(),
    }
}

impl View {
    /// The family.
    pub fn family(&self) -> Family {
        Family::of(self.at)
    }

    /// What is shown: a prefix of even length, for only those are squares, and none so long that a cell would be less
    /// than an address.
    pub fn block(&self) -> IpNet {
        net(self.at, self.length.min(deepest(self.family())) & !1)
    }

    /// Where what is shown lies on the map of the whole, and how.
    pub fn square(&self) -> Square {
        let block = self.block();
        Square::of(on_top(block.addr()), block.prefix_len())
    }

    /// The same map of another block.
    #[must_use]
    pub fn of(&self, block: IpNet) -> Self {
        Self { at: block.addr(), length: block.prefix_len(), ..self.clone() }
    }

    /// The block that a cell shows.
    pub fn cell(&self, number: u32) -> IpNet {
        self.part(number, 2 * ORDER)
    }

    /// One of the blocks that are told of in words.
    pub fn sixteenth(&self, number: u32) -> IpNet {
        self.part(number, 4)
    }

    fn part(&self, number: u32, bits: u8) -> IpNet {
        let block = self.block();
        let length = block.prefix_len() + bits;
        net(off_top(on_top(block.addr()) | u128::from(number) << (128 - length), self.family()), length)
    }

    /// Nearer, by a factor of two each way, to where a cell is; `None` where it can't be nearer.
    pub fn nearer(&self, cell: u32) -> Option<Self> {
        let length = self.block().prefix_len() + 2;
        (length <= deepest(self.family())).then(|| self.of(net(self.cell(cell).addr(), length)))
    }

    /// Farther, by a factor of two; `None` where all is shown.
    pub fn farther(&self) -> Option<Self> {
        let block = self.block();
        let length = block.prefix_len().checked_sub(2)?;
        Some(self.of(net(block.addr(), length)))
    }

    /// The square beside this one: so many to the right and down; `None` beyond the edge.
    pub fn beside(&self, right: i64, down: i64) -> Option<Self> {
        let (block, square) = (self.block(), self.square());
        let side = 1_u128 << (block.prefix_len() / 2);
        let within = |at: u64, by: i64| at.checked_add_signed(by).filter(|at| u128::from(*at) < side);
        let bits = hilbert::address(within(square.x, right)?, within(square.y, down)?, block.prefix_len());
        Some(self.of(net(off_top(bits, self.family()), block.prefix_len())))
    }
}

/// How addresses fare.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Fare {
    /// How their journeys end; absent: they aren't judged.
    pub verdict: Option<Verdict>,
    /// Why they aren't.
    pub unjudged: Option<Unjudged>,
    /// The exits that packets to them leave by; several are a tie; none: no route.
    pub out: Vec<Id>,
}

impl From<&Class> for Fare {
    fn from(class: &Class) -> Self {
        Self { verdict: class.verdict, unjudged: class.unjudged, out: class.out.clone() }
    }
}

/// What a map tells apart.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Kind {
    /// How the addresses fare.
    pub now: Fare,
    /// How they fared in the pinned plan, where anything of it changed; also where only the way back did.
    pub before: Option<Fare>,
}

/// Some addresses of one kind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Amount {
    /// Which of the window's kinds.
    pub kind: u32,
    /// How many.
    pub addresses: Count,
    /// Their share of what they are part of.
    pub share: Share,
}

/// A share of a cell.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Part {
    /// Which of the window's kinds.
    pub kind: u32,
    /// Its share of the cell; those of a cell add up to all.
    pub share: Share,
}

/// What is shown of the map.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Window {
    /// What was asked.
    pub view: View,
    /// The site; absent: there is none, and nothing is shown.
    pub site: Option<Id>,
    /// Whether there was a pinned plan to compare with, that has the site.
    pub compared: bool,
    /// The kinds that occur, worst first.
    pub kinds: Vec<Kind>,
    /// How much of each there is in all that is shown, in the order of the kinds.
    pub all: Vec<Amount>,
    /// How much there is in each of [`BLOCKS`] blocks, in the order of addresses; in each the most first.
    pub blocks: Vec<Vec<Amount>>,
    /// Where the parts of each cell begin, in the order of addresses; one more at the end.
    pub begins: Vec<u32>,
    /// The parts of all cells, in each the largest first.
    pub parts: Vec<Part>,
}

impl Window {
    /// What a cell is made of, the largest first; one part: it is of one kind.
    pub fn cell(&self, number: u32) -> &[Part] {
        let range = self.begins.get(number as usize).zip(self.begins.get(number as usize + 1));
        range.and_then(|(from, to)| self.parts.get(*from as usize..*to as usize)).unwrap_or_default()
    }
}
