//! What tenants' owners are given of their data, as the application says it.

use anyhow::Result;
use cloison_control::exports::{ExportRules, LeftOut};
use cloison_model::Release;

use super::release::is_studio;

/// Of another program's database we know of nothing that would have to stay.
pub(crate) fn export_rules(release: &Release) -> Result<ExportRules> {
    let secrets = if is_studio(release)? { cloison_studio::SECRETS } else { &[] };
    let leave_out = secrets.iter().map(|(table, column)| match column {
        Some(column) => LeftOut::column("public", table, column),
        None => LeftOut::table("public", table),
    });
    Ok(ExportRules { leave_out: leave_out.collect() })
}
