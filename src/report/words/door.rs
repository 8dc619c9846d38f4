//! Why the engine has no answer.

use super::Names;
use crate::desk::door::TraceError;

/// Why there is no trace.
pub fn trace_error(error: &TraceError, names: &Names) -> String {
    match error {
        TraceError::NoSite(None) => "The plan has no site to set out from.".to_owned(),
        TraceError::NoSite(Some(id)) => format!("There is no site with the id “{id}”."),
        TraceError::NoPublished(id) => format!("There is no published service with the id “{id}”."),
        TraceError::NoSource { site, family } => {
            format!("{} has no inside {family} address to set out from.", names.site(site))
        }
        TraceError::NoPublishedAddress { published, family } => {
            format!("{} isn't published by such an {family} address.", names.published(published))
        }
    }
}
