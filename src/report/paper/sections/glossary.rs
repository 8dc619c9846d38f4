//! The words of the report.

use super::{Block, Reported, heading};

const TERMS: [(&str, &str); 15] = [
    ("Accepted", "What remains of an advertisement after what the other side refuses."),
    (
        "Admitted prefixes",
        "The addresses that a Microsoft peering lets in as sources. Others are dropped at the edge.",
    ),
    ("Advertisement", "A prefix of ours that we tell the other side over an exit."),
    ("Circuit", "An ExpressRoute circuit: two links to Microsoft, with peerings on them."),
    ("Device", "A firewall, NAT or router that exits cross; what shares one session table is one device."),
    ("Exit", "One way out: an Internet link, or one link of a circuit with a peering."),
    ("Far side", "Microsoft, or the rest of the Internet, which sees nothing of ExpressRoute."),
    ("Flow", "A row of the catalogue: who begins, from where, to what."),
    ("Learned route", "A prefix that an exit offers us, with its attributes."),
    ("Peering", "What a circuit carries: Microsoft peering or private peering; public peering is legacy."),
    ("Pool", "Addresses that sources are translated to."),
    ("Published service", "A server of ours that is reachable from outside by an address of ours."),
    ("Share of addresses", "How many of the pairs of addresses fare so; not a share of traffic."),
    ("Symmetric", "The answer comes back by the exit that the packet left by."),
    ("Zone", "The side of a device by which an exit enters it."),
];

pub(super) fn glossary(_: &Reported<'_>, blocks: &mut Vec<Block>) {
    heading(blocks, "Glossary");
    blocks.push(Block::Terms(TERMS.iter().map(|(term, said)| ((*term).to_owned(), (*said).to_owned())).collect()));
}
