//! Everything that the measurements need, made before a clock starts.

use crate::family::Ip;
use crate::ours::{self, Ours};
use crate::queries::{self, Mix, queries};
use crate::shape::Shape;
use crate::table::{Routes, Table, next_month, peering, routes, sample, shuffled};

/// What an ExpressRoute peering gives.
const FEW: usize = 128;
/// What a large private network has.
const SOME: usize = 10_000;

/// One family's share.
pub struct Half<A: Ip> {
    /// The table.
    pub table: Vec<(A, u8)>,
    /// Its routes in order.
    pub sorted: Routes<A>,
    /// And in no order.
    pub shuffled: Routes<A>,
    /// A few of them, for warming up.
    pub few: Routes<A>,
    /// The partition.
    pub ours: Ours<A>,
    /// Next month's routes.
    pub next_routes: Routes<A>,
    /// Next month's partition.
    pub next: Ours<A>,
    /// What is looked up, for each [`Mix`].
    pub queries: Vec<(Mix, Vec<A>)>,
    /// Small tables: routes, partition, and what is looked up in them.
    pub small: Vec<Small<A>>,
}

/// A table with few prefixes.
pub struct Small<A: Ip> {
    /// Its routes.
    pub routes: Routes<A>,
    /// Its partition.
    pub ours: Ours<A>,
    /// What is looked up: announced, and where these prefixes haven't that many addresses, uniform.
    pub queries: Vec<A>,
}

impl<A: Shape> Half<A> {
    fn new(table: &[(A, u8)], count: usize) -> Self {
        let sorted = routes(table);
        let next_routes = next_month(&sorted);
        Self {
            table: table.to_vec(),
            shuffled: shuffled(&sorted),
            few: routes(&sample(table, 5_000)),
            ours: ours::build(&sorted),
            next: ours::build(&next_routes),
            next_routes,
            queries: Mix::ALL.map(|mix| (mix, queries(mix, table, count))).into(),
            small: vec![Small::new(&peering(table, FEW), count), Small::new(&sample(table, SOME), count)],
            sorted,
        }
    }
}

impl<A: Ip> Small<A> {
    /// With everything made.
    #[must_use]
    pub fn new(table: &[(A, u8)], count: usize) -> Self {
        let routes = routes(table);
        Self { ours: ours::build(&routes), queries: queries(Mix::Announced, table, count), routes }
    }
}

/// Both families.
pub struct World {
    /// The text.
    pub table: Table,
    /// IPv4.
    pub v4: Half<u32>,
    /// IPv6.
    pub v6: Half<u128>,
}

impl World {
    /// A world that stays for the rest of the run.
    #[must_use]
    pub fn new(table: Table, quick: bool) -> &'static Self {
        let count = if quick { queries::COUNT / 16 } else { queries::COUNT };
        let (v4, v6) = (Half::new(&table.v4, count), Half::new(&table.v6, count));
        Box::leak(Box::new(Self { table, v4, v6 }))
    }
}
