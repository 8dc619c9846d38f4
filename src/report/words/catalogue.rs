//! The flow catalogue: its columns, how symmetry is kept, admission, groups.

use super::{Names, count};
use crate::desk::door::GroupBy;
use crate::journey::{Admitted, Direction, Kept};
use crate::plan::{Ends, Flow};

/// How symmetry is kept, in a few words.
pub fn kept(kept: Kept) -> &'static str {
    match kept {
        Kept::SeparatePool => "separate pool",
        Kept::SourceTranslation => "source translation at the edge",
        Kept::MoreSpecific => "more specific",
        Kept::SingleDevice => "single device",
        Kept::AdvertisedHereOnly => "advertised here only",
        Kept::InternetOnly => "Internet only",
        Kept::ExpressRoutePreferred => "ExpressRoute preferred",
        Kept::ShorterPath => "shorter AS path",
        Kept::SameExit => "answered by the same exit",
        Kept::OurRoutes => "our own routes",
        Kept::NothingStateful => "nothing stateful",
    }
}

/// What that means, in a sentence.
pub fn kept_sentence(kept: Kept) -> &'static str {
    match kept {
        Kept::SeparatePool => {
            "The pool is given at this exit or circuit alone, and its addresses are advertised there alone, so answers \
             have no other way."
        }
        Kept::SourceTranslation => {
            "The source is translated where the packet comes in, so our answer goes back to the device that knows it."
        }
        Kept::MoreSpecific => "The translated source lies in a longer prefix by this exit than by any other.",
        Kept::SingleDevice => {
            "The answer comes by another exit, but meets the device that knows the session, by the same zone."
        }
        Kept::AdvertisedHereOnly => {
            "The source's addresses are advertised by this exit alone, though no pool of their own keeps them apart."
        }
        Kept::InternetOnly => "The far side isn't Microsoft: it sees the Internet's advertisements and no others.",
        Kept::ExpressRoutePreferred => "Prefixes are equally long, and Microsoft prefers ExpressRoute.",
        Kept::ShorterPath => "Prefixes are equally long, and the AS path is shorter by this exit.",
        Kept::SameExit => "The far side answers by the exit that the packet came by, or the plan assumes so.",
        Kept::OurRoutes => "Our own routes lead the answer to the exit that the packet came by.",
        Kept::NothingStateful => "The answer comes by another exit, and nothing on its way keeps state.",
    }
}

/// What came of admission.
pub fn admitted(admitted: Admitted) -> &'static str {
    match admitted {
        Admitted::NotReached => "–",
        Admitted::NotAsked => "not asked",
        Admitted::Admitted => "yes",
        Admitted::Refused => "no",
    }
}

/// Who begins.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Outbound => "out",
        Direction::Inbound => "in",
    }
}

/// All of a site.
pub fn all_of(site: &str) -> String {
    format!("all of {site}")
}

/// What isn't listed any more.
pub fn and_more(number: usize) -> String {
    format!("and {} more", crate::space::Count::from(number as u64).grouped())
}

/// A set of a source.
pub fn set_of(set: &str, source: &str) -> String {
    format!("{set} ({source})")
}

/// What a flow is grouped by: a service or published service, or a site.
pub fn group(by: GroupBy, flow: Option<&Flow>, site: &crate::plan::Id, names: &Names) -> String {
    match (by, flow.map(|flow| &flow.ends)) {
        (GroupBy::None, _) => String::new(),
        (GroupBy::Site, _) => names.site(site).to_owned(),
        (GroupBy::Service, Some(Ends::Outbound(ends))) => {
            ends.service.as_ref().map_or(super::answer::EVERYWHERE, |id| names.service(id)).to_owned()
        }
        (GroupBy::Service, Some(Ends::Inbound(ends))) => names.published(&ends.published).to_owned(),
        (GroupBy::Service, None) => String::new(),
    }
}

/// How many flows a group has, and how many of them don't work.
pub fn group_sum(flows: u32, fail: u32, depend: u32) -> String {
    let mut text = count(u64::from(flows), "flow");
    if fail > 0 {
        text.push_str(&format!(", {fail} {}", if fail == 1 { "fails" } else { "fail" }));
    }
    if depend > 0 {
        text.push_str(&format!(", {depend} can't be told"));
    }
    text
}

/// What a row that we begin is called where nobody has named it: `Chicago: Exchange Online`.
pub fn outbound_row(site: &str, service: Option<&str>) -> String {
    match service {
        Some(service) => format!("{site}: {service}"),
        None => site.to_owned(),
    }
}

/// What a row that the outside begins is called where nobody has named it: `Mail: from outside`.
pub fn inbound_row(published: &str, from: Option<&str>) -> String {
    format!("{published}: from {}", from.unwrap_or("outside"))
}
