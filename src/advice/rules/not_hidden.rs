//! TP305: Microsoft can reach a published service by the Internet, its answers would leave by ExpressRoute and be
//! lost, and no flow of the catalogue shows it: the routes aren't hidden from its segment, and its entry translates no
//! source.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(305), severity: Severity::Warning, citation: Citation::AsymmetricRouting, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for published in &case.plan().published {
        let Some(site) = case.network().site(&published.site) else { continue };
        if !case.rows_to(&published.id).is_empty() {
            continue;
        }
        for entry in published.entries.iter().filter(|entry| entry.source_pool.is_none()) {
            let Some(from) = case.plan().exits.iter().find(|exit| exit.id == entry.exit) else { continue };
            if is_express_route(from) {
                continue;
            }
            for by in case.to_microsoft(site).iter() {
                let Some(exit) = case.exit(by).filter(|exit| is_express_route(exit)) else { continue };
                if loses(case, published, (from, entry), exit) {
                    let about =
                        vec![(PartKind::Published, published.id.clone()), (PartKind::Exit, exit.id.clone())];
                    let args =
                        vec![Arg::Part(PartKind::Published, published.id.clone()), exit_arg(from), exit_arg(exit)];
                    out.say(about, args).places(case.list(ListId::Published(published.id.clone())));
                }
            }
        }
    }
}

/// Whether an answer that leaves by an exit misses the device that holds the translation, or meets a stateful one
/// that doesn't know the session.
fn loses(case: &Case<'_>, published: &PublishedService, (from, entry): (&Exit, &Entry), by: &Exit) -> bool {
    let addresses = |list| case.network().addresses(&list);
    let translated = addresses(ListId::Published(published.id.clone()))
        != addresses(ListId::PublishedInside(published.id.clone()));
    let zone = |exit: &Exit, device: &Id| {
        exit.path.iter().find(|crossing| crossing.device == *device).map(|crossing| crossing.zone.clone())
    };
    let unknown = by.path.iter().any(|crossing| {
        case.device(&crossing.device).is_some_and(|device| device.stateful)
            && zone(from, &crossing.device).as_ref() != Some(&crossing.zone)
    });
    unknown || translated && zone(by, &entry.device).is_none()
}
