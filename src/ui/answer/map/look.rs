//! What a kind looks like: a hue that says what it is, and a pattern that tells it from others of the hue.

use crate::journey::Verdict;
use crate::plan::{Id, Link, Plan};
use crate::report::words::Names;
use crate::report::words::page::map as words;
use crate::space::{Count, Share};
use crate::study::map::{Kind, Window};

/// What colours mean.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum By {
    Exit,
    Verdict,
    Change,
}

/// A hue; the style sheet has its colour for each theme.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Hue {
    Internet,
    Express,
    Works,
    Depends,
    Fails,
    Plain,
}

impl Hue {
    pub(super) const ALL: [Self; 6] =
        [Self::Internet, Self::Express, Self::Works, Self::Depends, Self::Fails, Self::Plain];

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Internet => "hue-internet",
            Self::Express => "hue-express",
            Self::Works => "hue-works",
            Self::Depends => "hue-depends",
            Self::Fails => "hue-fails",
            Self::Plain => "hue-plain",
        }
    }

    pub(super) fn at(self) -> usize {
        Self::ALL.iter().position(|hue| *hue == self).unwrap_or(0)
    }
}

/// A hue and the number of a pattern, 0 for none.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) struct Paint {
    pub(super) hue: Hue,
    pub(super) pattern: u8,
}

/// So many patterns there are; the next begins anew.
pub(super) const PATTERNS: u8 = 6;

/// Whether a pattern is light at a pixel.
pub(super) fn is_light(pattern: u8, x: u32, y: u32) -> bool {
    match pattern % PATTERNS {
        0 => false,
        1 => (x + y) % 8 < 3,
        2 => x % 6 < 3 && y % 6 < 3,
        3 => y % 6 < 3,
        4 => x % 6 < 3,
        _ => (x + 8 - y % 8) % 8 < 3,
    }
}

/// Kinds that look alike.
pub(super) struct Group {
    pub(super) paint: Paint,
    pub(super) name: String,
    pub(super) addresses: Count,
    pub(super) share: Share,
}

/// The groups of a window, and for each of its kinds the place of its group.
pub(super) fn groups(window: &Window, by: By, plan: &Plan, names: &Names) -> (Vec<Group>, Vec<usize>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut of = Vec::new();
    for (kind, amount) in window.kinds.iter().zip(&window.all) {
        let name = match by {
            By::Exit => words::exits(&kind.now, names),
            By::Verdict => words::verdict(&kind.now),
            By::Change => words::change(kind).to_owned(),
        };
        let at = groups.iter().position(|group| group.name == name).unwrap_or_else(|| {
            let paint = paint(kind, by, plan);
            groups.push(Group { paint, name, addresses: Count::ZERO, share: Share::ZERO });
            groups.len() - 1
        });
        groups[at].addresses += amount.addresses;
        groups[at].share += amount.share;
        of.push(at);
    }
    (groups, of)
}

fn paint(kind: &Kind, by: By, plan: &Plan) -> Paint {
    let of = |hue, pattern| Paint { hue, pattern };
    let now = &kind.now;
    match by {
        By::Change => match words::change(kind) {
            words::AS_BEFORE => of(Hue::Plain, 0),
            words::WORSE => of(Hue::Fails, 0),
            words::BETTER => of(Hue::Works, 0),
            words::OTHER_EXIT => of(Hue::Depends, 0),
            _ => of(Hue::Depends, 1),
        },
        _ if now.unjudged.is_some() => of(Hue::Plain, 0),
        By::Exit => match now.out.as_slice() {
            [] => of(Hue::Fails, 1),
            [exit] => {
                let (hue, place) = place(exit, plan);
                of(hue, place)
            }
            several => of(Hue::Depends, several.iter().map(|exit| place(exit, plan).1).sum()),
        },
        By::Verdict => match now.verdict {
            Some(Verdict::Symmetric) => of(Hue::Works, 0),
            Some(Verdict::AsymmetricTolerated) => of(Hue::Works, 1),
            Some(Verdict::Uncertain) => of(Hue::Depends, 0),
            Some(Verdict::AsymmetricDropped) => of(Hue::Fails, 0),
            Some(Verdict::NoRoute) => of(Hue::Fails, 1),
            Some(Verdict::NoReturn) => of(Hue::Fails, 2),
            Some(Verdict::NotTranslated) => of(Hue::Fails, 3),
            Some(Verdict::NotAdmitted) => of(Hue::Fails, 4),
            Some(Verdict::NotPublished) => of(Hue::Fails, 5),
            None => of(Hue::Plain, 0),
        },
    }
}

/// The hue of an exit, and its place among those of its kind.
fn place(exit: &Id, plan: &Plan) -> (Hue, u8) {
    let is_express = |link: &Link| matches!(link, Link::ExpressRoute(_));
    let Some(own) = plan.exits.iter().find(|other| other.id == *exit) else { return (Hue::Plain, 0) };
    let express = is_express(&own.link);
    let before =
        plan.exits.iter().take_while(|other| other.id != *exit).filter(|other| is_express(&other.link) == express);
    (if express { Hue::Express } else { Hue::Internet }, (before.count() % usize::from(PATTERNS)) as u8)
}
