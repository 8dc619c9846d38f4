//! Every lookup of ours is every peer's: the full table, a million addresses of each mix, each family.

use twopath_bench::native::Tables;
use twopath_bench::ours;
use twopath_bench::peers::{Peer, Peers};
use twopath_bench::queries::{COUNT, Mix, queries};
use twopath_bench::shape::Shape;
use twopath_bench::table::{Table, next_month, routes, shuffled};

fn table() -> Table {
    Table::real().unwrap_or_else(|| {
        eprintln!("!!! NOT ON REAL DATA: ../shared/data is not there, so a made-up table stands in !!!");
        Table::made_up((300_000, 100_000))
    })
}

fn all_agree<A: Peers + Shape>(table: &[(A, u8)]) {
    let sorted = routes(table);
    let partition = ours::build(&sorted);
    let peers = Tables::<A>::new(&sorted);
    for mix in Mix::ALL {
        let queries = queries(mix, table, COUNT);
        assert_eq!(queries.len(), COUNT);
        let mut many = Vec::new();
        ours::lookup_many(&partition, &queries, &mut many);
        let mut hits = 0;
        for (&query, &many) in queries.iter().zip(&many) {
            let ours = ours::lookup(&partition, query);
            let theirs = [
                many,
                peers.prefix_trie.lookup(query),
                peers.poptrie.lookup(query),
                peers.treebitmap.lookup(query),
                peers.bart.lookup(query),
            ];
            assert_eq!(theirs, [ours; 5], "{} {}", query.to_ip(), mix.name());
            hits += u32::from(ours != ours::NOTHING);
        }
        // Where all are outside, agreeing is easy.
        assert!(mix == Mix::Uniform || hits > COUNT as u32 / 2, "{hits} of {COUNT} in announced space");
    }
    // The same from prefixes in no order; and next month's table differs exactly where the difference says.
    assert!(ours::build(&shuffled(&sorted)) == partition);
    let next = ours::build(&next_month(&sorted));
    let pieces = ours::difference(&partition, &next);
    assert!(!pieces.is_empty());
    for query in queries(Mix::Announced, table, COUNT / 4) {
        let (before, after) = (ours::lookup(&partition, query), ours::lookup(&next, query));
        let at = pieces.partition_point(|(span, ..)| span.last < query);
        let piece = pieces.get(at).filter(|(span, ..)| span.first <= query);
        assert_eq!(piece.map(|&(_, one, other)| (one, other)), (before != after).then_some((before, after)));
    }
}

#[test]
fn ipv4_lookups_are_every_peers() {
    all_agree::<u32>(&table().v4);
}

#[test]
fn ipv6_lookups_are_every_peers() {
    all_agree::<u128>(&table().v6);
}
