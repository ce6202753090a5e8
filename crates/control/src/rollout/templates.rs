//! The templates of all servers, and with them every new tenant, come to a version.

use cloison_catalog::queries::{migrations, rollouts, servers};
use cloison_model::{Release, RetryClass};

use super::Rollout;
use super::one::migrate_database;
use crate::control::{Control, SERVERS_MAX};
use crate::operations::StepError;
use crate::pg::ddl;

/// Known to be done by the histories of the templates, and noted in the rollout's row. Answers which servers are away;
/// nobody can be made there, so the tenants of the others need not wait for them.
///
/// The fleet's version is written first: a spare that is at the old one is not handed out from then on, and a tenant that was
/// cloned from a template a moment too early follows after the rollout.
pub(super) async fn move_templates(
    control: &Control,
    rollout: &Rollout,
    release: &Release,
) -> Result<Vec<String>, StepError> {
    let client = control.catalog.client().await?;
    let mut away = Vec::new();
    migrations::fleet_set_version().bind(&client, &rollout.to).await?;
    for server in servers::server_list().bind(&client, &SERVERS_MAX).all().await? {
        let admin = control.admin_of(&server)?;
        match migrate_database(&admin, ddl::TEMPLATE, release, rollout.to).await {
            Ok(_) => {}
            Err(error) if error.class() == RetryClass::Away => away.push(server.name),
            Err(error) => return Err(error),
        }
    }
    if away.is_empty() {
        rollouts::rollout_move_templates().bind(&client, &rollout.number).await?;
    }
    control.spares_wanted.notify_one();
    Ok(away)
}
