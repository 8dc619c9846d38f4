//! `twopath export`.

use crate::output::{Failure, note, print};
use crate::{Outcome, args, input};
use twopath::desk::export::{Exported, WORDS, What, export};
use twopath::plan::Loaded;
use twopath::report::config::{self, Vendor};
use twopath::report::words;

/// Writes a part of a plan as configuration.
pub fn run(arguments: &args::Export) -> Result<Outcome, Failure> {
    let Loaded { plan, .. } = input::plan(&arguments.plan)?;
    let file = input::shown(&arguments.plan);
    let what: What = arguments.what.parse().map_err(|()| {
        let known = words::listing(&WORDS, "or");
        Failure(format!("--what “{}”: write WORD:ID, the word being {known}.", arguments.what))
    })?;
    let vendor = Vendor::ALL.into_iter().find(|vendor| vendor.name() == arguments.vendor).unwrap_or(Vendor::Cidr);
    let name = config::safe_name(arguments.name.as_deref().unwrap_or(what.id().as_str()));
    let exported = export(&plan, &what, &name)
        .ok_or_else(|| Failure::of(file, &format!("There is nothing called “{}” in it.", arguments.what)))?;
    let cannot = || Failure(format!("“{}” is written for ios and junos only.", arguments.what));
    let text = match exported {
        Exported::Prefixes(mut entries) => {
            if let Some(longest) = arguments.longest {
                for entry in &mut entries {
                    let most = entry.prefix.max_prefix_len();
                    entry.longest = entry.longest.max(longest.min(most));
                }
            }
            let bounded = vendor != Vendor::Cidr;
            if !bounded && entries.iter().any(|entry| entry.longest > entry.prefix.prefix_len()) {
                note("note: prefixes alone have no place for bounds of lengths; they were left out.");
            }
            if arguments.minimal {
                entries = config::merged(&entries, bounded);
            }
            if entries.is_empty() {
                return Err(Failure::of(file, &format!("“{}” holds no prefix.", arguments.what)));
            }
            config::prefix_list(vendor, &name, &entries)
        }
        Exported::Pool(addresses) => config::pool(vendor, &name, &addresses).ok_or_else(cannot)?,
        Exported::Networks(asn, nets) => config::networks(vendor, asn, &nets).ok_or_else(cannot)?,
        Exported::Policy(policy, asn, lacks) => {
            if lacks > 0 {
                let rules = words::count(lacks as u64, "rule");
                note(&format!(
                    "note: {rules} for some sites alone can't be said to one device, and were left out."
                ));
            }
            config::policy(vendor, &policy, asn).ok_or_else(cannot)?
        }
    };
    print(&text)?;
    Ok(Outcome::Works)
}
