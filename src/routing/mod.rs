//! Routing: BGP best path and the return models, each decision leaving its steps.
//!
//! From a plan to a [`Network`] (every list read, sorted, policies and advertisements worked out), and from a network
//! and a [`Scenario`] to what is [`Up`], to the forward decision of every address at a site ([`SiteTable`]), and to
//! what attracts every address of ours ([`Attraction`]). This room knows nothing of translation.

mod advertisements;
mod attraction;
mod best_path;
mod chains;
mod device_choice;
mod exit_set;
mod far_side;
mod forward;
mod levers;
mod lists;
mod network;
mod offers;
mod policy;
mod return_levers;
mod scenario;
mod sided;
mod steps;
mod withheld;

pub use advertisements::MICROSOFT_PEERING_PREFIXES;
pub use attraction::{Asked, Attraction, Back, Resolved};
pub(crate) use attraction::{Attracted, AttractorFacts, is_express_route};
pub(crate) use chains::SiteChains;
pub use device_choice::{DeviceChoices, Differing, MAX_DIFFERING, Unseen, device_choices};
pub use exit_set::ExitSet;
pub(crate) use far_side::sides;
pub use far_side::{Because, Sides};
pub use forward::{ForwardTable, SiteTable};
pub(crate) use forward::{Preferred, explain as explain_forward, preferred, site_table};
pub use levers::Lever;
pub(crate) use lists::choose;
pub use lists::{Lists, Readings};
pub(crate) use network::UpKey;
pub use network::{Network, Up};
pub(crate) use offers::Learned;
pub use offers::RouteTable;
pub use scenario::{MAINTENANCE_PREPENDS, Part, Scenario};
pub use sided::Sided;
pub use steps::{
    FarSide, ForwardCandidate, ForwardRule, ForwardStep, MAX_CANDIDATES, NoSay, Place, Refusal, Refused,
    ReturnCandidate, ReturnRule, ReturnStep,
};
pub(crate) use withheld::reaches;
