//! One flow under one failure, and one flow in one scenario.

use super::notice::{Noticed, Sender, notice};
use crate::journey::{Catalogue, Change, Course, Judge, Mover, Outlook, Sessions, Standing, Verdict};
use crate::routing::ExitSet;
use crate::space::{Family, Share};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

/// What a failure does to a flow, worst first.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It fails, and didn't before.
    Breaks,
    /// It fails, as before.
    Fails,
    /// It can't be told whether it works; before it did.
    Doubtful,
    /// It can't be told, as before.
    Depends,
    /// It works, but some sessions end and begin anew.
    Resets,
    /// It works another way, and its sessions go on.
    Moves,
    /// It works, and nothing changes.
    #[default]
    Same,
    /// It works or may work now, and before it was worse.
    Better,
    /// It has no addresses to judge.
    Empty,
}

/// A flow under a failure.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Cell {
    /// Before and after; `None`: no addresses.
    pub(super) verdicts: Option<(Verdict, Verdict)>,
    pub(super) outcome: Outcome,
    pub(super) sessions: Sessions,
    /// The share of the addresses whose packets from us, and to us, go another way: of the family in which it is more.
    pub(super) moved: (Share, Share),
    /// Where they go then.
    pub(super) to: (ExitSet, ExitSet),
    pub(super) noticed: (Noticed, Noticed),
}

/// The pools that a flow may be translated to, each with a family.
pub(crate) type Pools = Vec<(usize, Family)>;

/// What becomes of a flow in one scenario.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Told {
    /// Of its worst addresses; `None`: it has none.
    pub(crate) verdict: Option<Verdict>,
    /// The exits by which its packets from us may go, as far as they arrive at all.
    pub(crate) out: ExitSet,
    /// And its packets to us.
    pub(crate) back: ExitSet,
    /// All its addresses work, whatever way they take.
    pub(crate) works: bool,
    /// None of its addresses work, whatever way they take.
    pub(crate) fails: bool,
    /// The pools along some way that may work, sorted.
    pub(crate) pools: Pools,
    /// Those along all such ways.
    pub(crate) always: Pools,
}

/// Every flow in one scenario.
pub(super) fn told(judge: &Judge<'_>, catalogue: &Catalogue, outlook: &Outlook) -> Vec<Told> {
    catalogue.flows.iter().map(|pieces| flow(judge, outlook, pieces)).collect()
}

fn flow(judge: &Judge<'_>, outlook: &Outlook, pieces: &[crate::journey::Piece]) -> Told {
    let mut told = Told { works: !pieces.is_empty(), fails: true, ..Told::default() };
    let mut always: Option<Pools> = None;
    for piece in pieces {
        let verdict = judge.verdict(outlook, piece);
        told.verdict = Some(told.verdict.map_or(verdict, |worst| worst.min(verdict)));
        told.works &= verdict.standing() == Standing::Works;
        let mut carried = |out: ExitSet, back: ExitSet, own: Pools| {
            told.fails = false;
            told.out = told.out.union(out);
            told.back = told.back.union(back);
            told.pools.extend(&own);
            match &mut always {
                Some(always) => always.retain(|pool| own.contains(pool)),
                None => always = Some(own),
            }
        };
        match &piece.course {
            Course::Inbound(entering) => {
                let Some(judged) = judge.of(outlook.of_entering(*entering)).filter(|judged| judged.may_work())
                else {
                    continue;
                };
                let own = judged.fate.pools.iter().map(|pool| (*pool, piece.family)).collect();
                carried(judged.fate.back, judged.fate.out, own);
            }
            Course::Outbound(exits) => {
                let chosen = outlook.chosen(piece);
                for (exit, leaves) in exits.iter().filter(|(exit, _)| chosen.contains(*exit)) {
                    for leaf in leaves {
                        let Some(judged) = judge.of(outlook.of_ask(leaf)).filter(|judged| judged.may_work())
                        else {
                            continue;
                        };
                        let own = judge.pools(leaf).map(|pool| (pool, piece.family)).collect();
                        carried(ExitSet::one(*exit), judged.fate.back, own);
                    }
                }
            }
        }
    }
    crate::sort::up(&mut told.pools);
    told.pools.dedup();
    told.always = always.unwrap_or_default();
    told
}

/// What is summed over the changes of one flow.
#[derive(Default)]
struct Sum {
    sessions: Option<Sessions>,
    /// By family: shares of first packets and of answers that move.
    moved: [(Share, Share); 2],
    /// Exits of those that move, before and after.
    first: (ExitSet, ExitSet),
    answer: (ExitSet, ExitSet),
    /// Exits of all whose way or end changes, before.
    used: (ExitSet, ExitSet),
}

impl Sum {
    fn add(&mut self, change: &Change) {
        let family = &mut self.moved[usize::from(change.family == Family::V6)];
        self.used = (self.used.0.union(change.first.0), self.used.1.union(change.answer.0));
        if change.first.0 != change.first.1 {
            family.0 += change.share;
            self.first = (self.first.0.union(change.first.0), self.first.1.union(change.first.1));
        }
        if change.answer.0 != change.answer.1 {
            family.1 += change.share;
            self.answer = (self.answer.0.union(change.answer.0), self.answer.1.union(change.answer.1));
        }
        if change.sessions != Sessions::NoneBefore {
            self.sessions = Some(self.sessions.map_or(change.sessions, |worst| worst.min(change.sessions)));
        }
    }
}

/// What a failure does to a flow.
pub(super) fn cell(
    mover: &mut Mover<'_>,
    catalogue: &Catalogue,
    flow: usize,
    (before, told_before): (&Outlook, &Told),
    (after, told_after): (&Outlook, &Told),
) -> Cell {
    let Some(verdicts) = told_before.verdict.zip(told_after.verdict) else {
        return Cell { outcome: Outcome::Empty, ..Cell::default() };
    };
    let pieces = catalogue.flows.get(flow).map(Vec::as_slice).unwrap_or_default();
    let mut sum = Sum::default();
    for piece in pieces {
        mover.changes(before, after, piece, |change| sum.add(&change));
    }
    // The first packet of what we begin is ours; of what the far side begins the answer is.
    let inbound = matches!(pieces.first().map(|piece| &piece.course), Some(Course::Inbound(_)));
    let ours_first = |(first, answer): (ExitSet, ExitSet)| if inbound { (answer, first) } else { (first, answer) };
    let (first, answer) =
        sum.moved.into_iter().fold((Share::ZERO, Share::ZERO), |most, own| (most.0.max(own.0), most.1.max(own.1)));
    let exits = &catalogue.ground.plan().exits;
    let (used, from) = (ours_first(sum.used), ours_first((sum.first.0, sum.answer.0)));
    let sessions = sum.sessions.unwrap_or_default();
    let moves = first > Share::ZERO || answer > Share::ZERO;
    let ours = notice(exits, (before, after), (used.0, from.0), Sender::Us);
    let theirs = notice(exits, (before, after), (used.1, from.1), Sender::FarSide);
    // Where all works again the answers follow our packets, to another translated address or because the peering is
    // sticky: the far side has nothing to notice then.
    let follows = theirs == Noticed::Never && verdicts.1.standing() == Standing::Works;
    Cell {
        verdicts: Some(verdicts),
        outcome: outcome(verdicts, sessions, moves),
        sessions,
        moved: if inbound { (answer, first) } else { (first, answer) },
        to: ours_first((sum.first.1, sum.answer.1)),
        noticed: (ours, if follows { Noticed::Inside } else { theirs }),
    }
}

fn outcome((before, after): (Verdict, Verdict), sessions: Sessions, moves: bool) -> Outcome {
    match (before.standing(), after.standing()) {
        (Standing::Fails, Standing::Fails) => Outcome::Fails,
        (_, Standing::Fails) => Outcome::Breaks,
        (Standing::Works, Standing::Depends) => Outcome::Doubtful,
        (Standing::Depends, Standing::Depends) => Outcome::Depends,
        (Standing::Fails, _) | (Standing::Depends, Standing::Works) => Outcome::Better,
        (Standing::Works, Standing::Works) if sessions.reset() || sessions == Sessions::Lost => Outcome::Resets,
        (Standing::Works, Standing::Works) if moves => Outcome::Moves,
        (Standing::Works, Standing::Works) => Outcome::Same,
    }
}
