//! The templates of all servers, and with them every new tenant, come to a version.

use cloison_catalog::queries::{migrations, rollouts, servers};
use cloison_model::Release;

use super::Rollout;
use super::one::migrate_database;
use crate::control::{Control, SERVERS_MAX};
use crate::operations::StepError;
use crate::pg::ddl;

/// Known to be done by the histories of the templates, and noted in the rollout's row.
///
/// The fleet's version is written first: a spare that is at the old one is not handed out from then on, and a tenant that was
/// cloned from a template a moment too early follows after the rollout.
pub(super) async fn move_templates(
    control: &Control,
    rollout: &Rollout,
    release: &Release,
) -> Result<(), StepError> {
    let client = control.catalog.client().await?;
    migrations::fleet_set_version().bind(&client, &rollout.to).await?;
    for server in servers::server_list().bind(&client, &SERVERS_MAX).all().await? {
        let admin = control.admin_of(&server)?;
        migrate_database(&admin, ddl::TEMPLATE, release, rollout.to).await?;
    }
    rollouts::rollout_move_templates().bind(&client, &rollout.number).await?;
    control.spares_wanted.notify_one();
    Ok(())
}
