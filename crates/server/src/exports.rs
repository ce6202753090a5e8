//! Giving exports out: to operators, to whoever has a link, and to a tenant's application for the tenant's owner.
//!
//! What is HTTP about it is here; who may have what is decided where it is asked for.

mod answer;
mod link;
mod range;
mod refused;
mod services;

pub(crate) use answer::{Asked, answer};
pub(crate) use link::by_link;
pub(crate) use refused::refuse;
pub(crate) use services::OfTenant;

use cloison_api::{Export, ExportContent};
use cloison_control::exports;

/// As the API shows it.
pub(crate) fn shown(export: exports::Export) -> Export {
    Export {
        id: export.id,
        subdomain: export.subdomain,
        state: export.state.to_string(),
        made_by: export.made_by,
        asked_at: export.asked_at,
        expires_at: export.expires_at,
        content: export.made.map(|made| ExportContent {
            taken_at: made.taken_at,
            bytes: made.bytes,
            sha256: made.sha256,
            tables: made.tables,
            rows: made.rows,
            files: made.files,
        }),
        error: export.error,
    }
}
