//! The engine beside its peers, on this machine.

use crate::ask::{ask, warm};
use crate::clock::timed;
use crate::contest::{Contestant, OURS, Outcome, run};
use crate::ours;
use crate::peers::{Peer, Peers, prepared};
use crate::queries::{COUNT, Mix, queries};
use crate::rows::{self, LOOKUP, PREFIX, Row};
use crate::shape::{self, Shape};
use crate::table::{Routes, grouped, routes, sample};
use crate::world::{Half, World};
use std::hint::black_box;

/// How often each contestant runs.
const ROUNDS: usize = 15;
const ROUNDS_OF_GROWTH: usize = 5;
const QUICK: usize = 3;

/// What is asked for.
#[derive(Clone, Default)]
pub struct Wanted {
    /// Fewer rounds, fewer lookups, a small table.
    pub quick: bool,
    /// Only rows whose name has this in it.
    pub only: Option<String>,
}

impl Wanted {
    /// Whether a row is asked for.
    #[must_use]
    pub fn row(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|part| name.contains(part.as_str()))
    }

    fn rounds(&self, rounds: usize) -> usize {
        if self.quick { QUICK } else { rounds }
    }
}

/// Runs all rows that are asked for; says each as it is done.
pub fn all(world: &World, wanted: &Wanted, mut say: impl FnMut(&Outcome)) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut done = |outcome: Outcome| {
        say(&outcome);
        outcomes.push(outcome);
    };
    let mut own: Vec<Row> = rows::all(world).into_iter().filter(|row| wanted.row(&row.name)).collect();
    half(&world.v4, &mut own, wanted, &mut done);
    half(&world.v6, &mut own, wanted, &mut done);
    for row in own {
        let text = &world.table.text;
        let lines = (world.v4.sorted.len() + world.v6.sorted.len()) as f64;
        let std = Contestant::new("std's parser on the text alone", move || parse(text) / lines);
        let reading = Contestant::new("ours, reading alone", move || rows::read(text) / lines);
        let peers = if row.name == rows::FAILURES { Vec::new() } else { vec![std, reading] };
        done(contest(row, peers, wanted.rounds(ROUNDS)));
    }
    bytes(&world.v4, wanted, &mut done);
    bytes(&world.v6, wanted, &mut done);
    growth::<u32>(&world.v4, wanted, &mut done);
    growth::<u128>(&world.v6, wanted, &mut done);
    outcomes
}

fn contest<'a>(row: Row<'a>, mut peers: Vec<Contestant<'a>>, rounds: usize) -> Outcome {
    let Row { name, unit, run: work, .. } = row;
    peers.insert(0, Contestant { name: OURS, work });
    run(&name, unit, rounds, &mut peers)
}

/// Takes the rows of this family out of `own`.
fn half<A: Peers + Shape>(half: &Half<A>, own: &mut Vec<Row>, wanted: &Wanted, done: &mut impl FnMut(Outcome)) {
    let mine: Vec<Row> = own.extract_if(.., |row| row.name.ends_with(A::NAME)).collect();
    let mut full = None;
    for row in mine {
        let rounds = wanted.rounds(ROUNDS);
        let mut words = row.name.split(' ');
        match (words.next(), words.next().unwrap_or_default()) {
            (Some("build"), "shuffled") => done(contest(row, builders::<A>(&half.shuffled), rounds)),
            (Some("build" | "difference"), _) => done(contest(row, builders::<A>(&half.sorted), rounds)),
            (_, "at") => {
                let size = words.next().unwrap_or_default();
                let Some(small) = half.small.iter().find(|small| grouped(small.routes.len()) == size) else {
                    continue;
                };
                let tables = Tables::<A>::new(&small.routes);
                done(contest(row, tables.lookups(&small.queries), rounds));
            }
            (_, mix) => {
                let full = full.get_or_insert_with(|| Tables::<A>::new(&half.sorted));
                let Some((_, queries)) = half.queries.iter().find(|(known, _)| known.name() == mix) else {
                    continue;
                };
                done(contest(row, full.lookups(queries), rounds));
            }
        }
    }
}

fn builders<'a, A: Peers>(routes: &Routes<A>) -> Vec<Contestant<'a>> {
    fn one<'a, A: Peers, P: Peer<A>>(routes: &Routes<A>) -> Contestant<'a>
    where
        P::Prefix: 'a,
    {
        let prepared = prepared::<A, P>(routes);
        Contestant::new(P::NAME, move || {
            warm(&prepared);
            let (ns, made) = timed(|| P::build(black_box(&prepared)));
            black_box(&made);
            ns / prepared.len() as f64
        })
    }
    vec![
        one::<A, A::PrefixTrie>(routes),
        one::<A, A::Poptrie>(routes),
        one::<A, A::TreeBitmap>(routes),
        one::<A, A::Bart>(routes),
    ]
}

/// A table in every peer.
pub struct Tables<A: Peers> {
    /// `prefix-trie`.
    pub prefix_trie: A::PrefixTrie,
    /// `poptrie`.
    pub poptrie: A::Poptrie,
    /// `treebitmap`.
    pub treebitmap: A::TreeBitmap,
    /// `ts_bart`.
    pub bart: A::Bart,
}

impl<A: Peers> Tables<A> {
    /// Builds them.
    #[must_use]
    pub fn new(routes: &Routes<A>) -> Self {
        Self {
            prefix_trie: Peer::build(&prepared::<A, A::PrefixTrie>(routes)),
            poptrie: Peer::build(&prepared::<A, A::Poptrie>(routes)),
            treebitmap: Peer::build(&prepared::<A, A::TreeBitmap>(routes)),
            bart: Peer::build(&prepared::<A, A::Bart>(routes)),
        }
    }

    fn lookups<'a>(&'a self, queries: &'a [A]) -> Vec<Contestant<'a>> {
        fn one<'a, A: Peers, P: Peer<A>>(peer: &'a P, queries: &'a [A]) -> Contestant<'a> {
            Contestant::new(P::NAME, move || {
                ask(queries, |some| {
                    black_box(some.iter().fold(0, |sum: u32, &query| sum.wrapping_add(peer.lookup(query))));
                })
            })
        }
        vec![
            one(&self.prefix_trie, queries),
            one(&self.poptrie, queries),
            one(&self.treebitmap, queries),
            one(&self.bart, queries),
        ]
    }
}

fn bytes<A: Peers + Shape>(half: &Half<A>, wanted: &Wanted, done: &mut impl FnMut(Outcome)) {
    let name = format!("bytes {}", A::NAME);
    if !wanted.row(&name) {
        return;
    }
    let each = |bytes: usize| vec![bytes as f64 / half.sorted.len() as f64];
    let tables = Tables::<A>::new(&half.sorted);
    let mut values = vec![(OURS.to_owned(), each(ours::bytes(&half.ours)))];
    // The others don't say.
    let said = [
        (<A::PrefixTrie as Peer<A>>::NAME, tables.prefix_trie.bytes()),
        (<A::TreeBitmap as Peer<A>>::NAME, tables.treebitmap.bytes()),
    ];
    values.extend(said.into_iter().filter_map(|(name, bytes)| Some((name.to_owned(), each(bytes?)))));
    done(Outcome { name, unit: "bytes a prefix".into(), values });
}

/// What building and looking up cost as the table grows.
fn growth<A: Peers + Shape>(half: &Half<A>, wanted: &Wanted, done: &mut impl FnMut(Outcome)) {
    let full = half.table.len();
    let rounds = wanted.rounds(ROUNDS_OF_GROWTH);
    let count = if wanted.quick { COUNT / 16 } else { COUNT };
    for size in [1_000, 10_000, 100_000, full, 4 * full] {
        let names = ["build", "lookup"].map(|what| format!("growth {what} {} {}", grouped(size), A::NAME));
        if !names.iter().any(|name| wanted.row(name)) || (size > full && size != 4 * full) {
            continue;
        }
        let table = if size > full { shape::prefixes::<A>(size, 44) } else { sample(&half.table, size) };
        let routes = routes(&table);
        let own = ours::build(&routes);
        let mut builders = builders::<A>(&routes);
        builders.insert(
            0,
            Contestant::new(OURS, || {
                let (ns, made) = timed(|| ours::build(black_box(&routes)));
                black_box(&made);
                ns / routes.len() as f64
            }),
        );
        done(run(&names[0], PREFIX, rounds, &mut builders));
        drop(builders);
        let queries = queries(Mix::Announced, &table, count);
        let tables = Tables::<A>::new(&routes);
        let mut lookups = tables.lookups(&queries);
        lookups.insert(0, Contestant::new(OURS, || rows::lookup(&own, &queries)));
        done(run(&names[1], LOOKUP, rounds, &mut lookups));
    }
}

/// What std and ipnet need for the text alone: a prefix from each line, nothing kept.
fn parse(text: &str) -> f64 {
    let (ns, sum) = timed(|| {
        text.lines().fold(0_u32, |sum, line| match line.parse::<ipnet::IpNet>() {
            Ok(net) => sum.wrapping_add(u32::from(net.prefix_len())),
            Err(_) => sum,
        })
    });
    black_box(sum);
    ns
}
