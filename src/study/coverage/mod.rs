//! Coverage: for a site, what becomes of every address there is, and the reverse for every address of ours.
//!
//! Every address of both families is in exactly one class of each site, and a class says what a flow row to any of
//! its addresses would say, for the same functions judge both.

mod back;
mod class;
mod prefixes;
mod services;
mod totals;
mod view;

pub use back::{BackRow, Ours, Way};
pub(crate) use back::{decisions, ours, senders};
pub use class::{Class, ClassPart, Unjudged};
pub(crate) use class::{SiteClasses, Tags};
pub use view::{
    ExitTotal, Filter, Rows, ServiceRow, ServiceWay, Show, TableRow, Totals, VerdictTotal, View, Window,
};

use super::MAX_ROWS;
use crate::journey::World;
use crate::pace::{Pace, Phase};
use crate::plan::Id;
use back::Ways;
use ipnet::IpNet;
use prefixes::Index;
use services::Counted;
use std::net::IpAddr;

/// The coverage of every site.
#[derive(Clone, Debug)]
pub struct Coverage {
    sites: Vec<SiteCoverage>,
    back: Ways,
    sticky: Vec<Id>,
}

/// The coverage of one site.
#[derive(Clone, Debug)]
pub struct SiteCoverage {
    /// The site.
    pub site: Id,
    /// All addresses, IPv4 first.
    pub totals: Vec<Totals>,
    found: SiteClasses,
    index: Index,
    services: Vec<Counted>,
}

impl Coverage {
    /// Works it out, in steps.
    pub async fn new(world: &World, pace: &Pace) -> Self {
        let tags = Tags::new(world, pace).await;
        let mut services = Vec::new();
        for service in &world.plan().services {
            let set = world.ground.network.service_addresses(&service.id);
            pace.work((set.v4.spans().len() + set.v6.spans().len()) as u64).await;
            services.push((service.id.clone(), set));
        }
        let mut sites = Vec::new();
        let all = 3 * world.plan().sites.len() as u64;
        for (index, site) in world.plan().sites.iter().enumerate() {
            let at = |stage: u64| pace.at(Phase::Studying, 3 * index as u64 + stage, all);
            at(0);
            let mut found = SiteClasses::new(world, index, &tags, pace).await;
            at(1);
            let lists = Index::new(world, index, &found, pace).await;
            for (number, class) in found.classes.iter_mut().enumerate() {
                class.prefixes = lists.prefixes(number);
            }
            at(2);
            let counted = services::count(world, &services, &found, pace).await;
            sites.push(SiteCoverage {
                site: site.id.clone(),
                totals: totals::totals(world, &found.classes),
                found,
                index: lists,
                services: counted,
            });
        }
        Self { sites, back: Ways::new(world, pace).await, sticky: back::sticky(world) }
    }

    /// Every site, in the plan's order.
    pub fn sites(&self) -> &[SiteCoverage] {
        &self.sites
    }

    /// Every way back.
    pub fn back(&self) -> &[BackRow] {
        &self.back.rows
    }

    /// The shortest prefix list of a way back, by the number of its row.
    pub fn back_prefixes(&self, row: u32) -> impl Iterator<Item = IpNet> + '_ {
        self.back.set(row as usize).into_iter().flat_map(|set| set.nets())
    }

    /// The exits whose peering answers by the exit that a packet left by, whatever [`Self::back`] says.
    pub fn sticky(&self) -> &[Id] {
        &self.sticky
    }

    /// What a view shows. The world is the one that the coverage was worked out from.
    pub fn window(&self, world: &World, view: View) -> Window {
        // A site that was taken out of the plan since: the first stands for it, and the window says which it is.
        let named = |id: &Id| self.sites.iter().position(|site| site.site == *id);
        let first = (!self.sites.is_empty()).then_some(0);
        let place = view.site.as_ref().and_then(named).or(first);
        let site = place.and_then(|place| self.sites.get(place));
        let mut window = Window {
            site: site.map(|site| site.site.clone()),
            totals: site.map(|site| site.totals.clone()).unwrap_or_default(),
            sticky: self.sticky.clone(),
            class: None,
            back: None,
            total: 0,
            at: None,
            rows: Rows::Classes(Vec::new()),
            view,
        };
        let (from, count) = (window.view.from as usize, window.view.count.min(MAX_ROWS) as usize);
        let total = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        match (&window.view.show, place.zip(site)) {
            (Show::Back, _) => {
                window.total = self.back.rows.len() as u32;
                window.rows = Rows::Back(self.back.rows.iter().skip(from).take(count).cloned().collect());
            }
            (Show::BackRow(row), _) => {
                window.back = self.back.rows.get(*row as usize).cloned();
                window.total = window.back.as_ref().map_or(0, |row| total(row.prefixes));
                let nets = self.back_prefixes(*row).skip(from).take(count);
                window.rows = Rows::Prefixes(nets.map(|net| net.to_string()).collect());
            }
            (_, None) => {}
            (Show::Classes, Some((_, site))) => {
                window.total = site.classes().len() as u32;
                window.rows = Rows::Classes(site.classes().iter().skip(from).take(count).cloned().collect());
            }
            (Show::Class(number), Some((_, site))) => {
                window.class = site.classes().get(*number as usize).cloned();
                window.total = window.class.as_ref().map_or(0, |class| total(class.prefixes));
                let nets = site.index.list(&site.found, *number as usize, from as u64).take(count);
                window.rows = Rows::Prefixes(nets.map(|net| net.to_string()).collect());
            }
            (Show::Services, Some((_, site))) => {
                window.total = site.services.len() as u32;
                let rows = site.services.iter().skip(from).take(count);
                window.rows = Rows::Services(rows.map(|counted| counted.row(&site.found)).collect());
            }
            (Show::Prefixes(filter), Some((place, site))) => {
                let shown = prefixes::shown(site.classes(), filter);
                window.total = total(site.index.total(&shown));
                window.at = filter
                    .find
                    .map(|address| total(site.index.index_of(world, place, &site.found, &shown, address)));
                let rows = site.index.window(world, place, &site.found, &shown, (from as u64, count));
                window.rows = Rows::Table(rows.into_iter().filter_map(|row| site.table_row(row)).collect());
            }
        }
        window
    }
}

impl SiteCoverage {
    /// The destination classes, worst first.
    pub fn classes(&self) -> &[Class] {
        &self.found.classes
    }

    /// The classes, and for every address its class.
    pub(crate) fn found(&self) -> &SiteClasses {
        &self.found
    }

    /// The class of an address.
    pub fn class_of(&self, address: IpAddr) -> Option<&Class> {
        self.found.at(address)
    }

    /// The shortest prefix list of a class, by its number.
    pub fn prefixes(&self, class: u32) -> impl Iterator<Item = IpNet> + '_ {
        self.index.list(&self.found, class as usize, 0)
    }

    /// The services, worst first.
    pub fn services(&self) -> impl Iterator<Item = ServiceRow> + '_ {
        self.services.iter().map(|counted| counted.row(&self.found))
    }

    fn table_row(&self, row: prefixes::Named) -> Option<TableRow> {
        let class = self.found.classes.get(row.class as usize)?;
        Some(TableRow {
            first: row.first,
            last: row.last,
            prefix: row.prefix.map(|prefix| prefix.to_string()),
            class: row.class,
            out: class.out.clone(),
            far_side: class.far_side,
            verdict: class.verdict,
        })
    }
}
