//! The guide through an empty plan: what each step is, why, and what its button says.

use crate::desk::begin::Step;

/// Its heading.
pub const TITLE: &str = "Build the plan step by step";
/// For those who don't see the ticks.
pub const DONE: &str = "done";

/// What a step is about.
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Site => "A site",
        Step::Inside => "Its inside prefixes",
        Step::Internet => "An Internet exit",
        Step::Default => "What it learns",
        Step::Circuit => "A circuit",
        Step::ExpressRoute => "An ExpressRoute exit",
        Step::Device => "A firewall",
        Step::Path => "The exits cross it",
        Step::Pool => "A pool",
        Step::Rule => "A translation rule",
        Step::Service => "A service",
        Step::Flow => "A flow",
    }
}

/// What it is for, while it is the next.
pub fn hint(step: Step) -> &'static str {
    match step {
        Step::Site => "Packets set out from a site. Begin with one: a name, and its inside prefixes.",
        Step::Inside => "Which addresses does it have inside? One prefix a line, e.g. 10.20.0.0/16.",
        Step::Internet => "An exit is a way out. Begin with the Internet link.",
        Step::Default => {
            "Most Internet links learn a default route: write 0.0.0.0/0, and ::/0 where there is IPv6."
        }
        Step::Circuit => {
            "An ExpressRoute circuit has a Microsoft peering: its admitted prefixes and its route filter stand there."
        }
        Step::ExpressRoute => {
            "Each link of the circuit is an exit of its own. Paste what it learns, and what you advertise over it."
        }
        Step::Device => "What do packets cross on their way out: a firewall, a NAT?",
        Step::Path => {
            "Say for each exit which devices it crosses, from inside to outside, and by which zone it enters them."
        }
        Step::Pool => {
            "Private sources are translated to a pool of public addresses. ExpressRoute wants one of its own."
        }
        Step::Rule => {
            "Which sources are translated to which pool, by which exit? The first rule that matches decides."
        }
        Step::Service => {
            "A service is a named set of destinations. Add one, or import Microsoft's list. Without one a \
             flow goes everywhere."
        }
        Step::Flow => {
            "A flow says who talks to what. Each is judged for every one of its addresses: which way its \
             packets go out, which way their answers come back."
        }
    }
}

/// What its button says.
pub fn button(step: Step) -> &'static str {
    match step {
        Step::Site => "Add a site",
        Step::Inside => "Write its inside prefixes",
        Step::Internet => "Add an Internet exit",
        Step::Default => "Write what it learns",
        Step::Circuit => "Add a circuit",
        Step::ExpressRoute => "Add an ExpressRoute exit",
        Step::Device => "Add a device",
        Step::Path => "Show the exit's devices",
        Step::Pool => "Add a pool",
        Step::Rule => "Show the device's rules",
        Step::Service => "Add a service",
        Step::Flow => "Add a flow",
    }
}
