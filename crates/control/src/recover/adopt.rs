//! Taking a tenant into the catalog again that was made after the backup. Its database is on a server, and the manifest of a backup of its
//! own says whose it is.
//!
//! Its password was only in the control database, so it gets another. The rows are committed when the server has it; a crash in between
//! leaves a password that nobody knows, and the next recovery sets the next.

use std::collections::BTreeSet;

use anyhow::Context as _;
use cloison_catalog::queries::servers::Server;
use cloison_catalog::queries::tenants;
use cloison_model::{DatabaseName, Subdomain};
use uuid::Uuid;

use super::error::RecoverError;
use super::evidence::Told;
use super::report::TakenIn;
use crate::control::{Control, TENANT_PASSWORD};
use crate::master_key::random_secret;
use crate::operations::Target;
use crate::pg::{Admin, Verifier, ddl};

/// What nobody remembers is set to this.
const PLAN: &str = "standard";
const LOCALE: &str = "fr";

/// Answers what was done, or why it was not.
pub(super) async fn adopt(
    control: &Control,
    (server, admin): (&Server, &Admin),
    told: &Told,
    taken: &BTreeSet<String>,
) -> Result<Result<TakenIn, String>, RecoverError> {
    let Some(subdomain) = free_subdomain(&told.subdomain, told.number, taken) else {
        return Ok(Err(format!("its subdomain {} is taken by another tenant", told.subdomain)));
    };
    let database: DatabaseName = told.database.parse().map_err(anyhow::Error::from)?;
    let refused = RecoverError::of_server(&server.name, &told.database);
    let schema_version = {
        let client = admin.connect(database.as_str()).await.map_err(&refused)?;
        ddl::schema_version(&client).await.map_err(&refused)?
    };
    let password = random_secret();
    let sealed = control.key.seal(TENANT_PASSWORD, told.organization, &password);

    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    let id = told.organization;
    tenants::organization_insert()
        .bind(
            &txn,
            &id,
            &Some(told.number),
            &subdomain.as_str(),
            &subdomain.as_str(),
            &server.region,
            &LOCALE,
        )
        .one()
        .await?;
    tenants::tenant_insert()
        .bind(
            &txn,
            &id,
            &server.id,
            &database.as_str(),
            &database.role().as_str(),
            &sealed.as_slice(),
            &Verifier::of(&password).as_str(),
        )
        .await?;
    tenants::subscription_insert().bind(&txn, &Uuid::now_v7(), &id, &PLAN).await?;
    tenants::tenant_admit().bind(&txn, &schema_version, &id).await?;
    let role = tenants::tenant_role().bind(&txn, &id).opt().await?;
    let role = role.with_context(|| format!("there is no plan '{PLAN}'"))?;
    let target = Target::of_tenant(&role).map_err(anyhow::Error::from)?;
    let pg = admin.connect("postgres").await.map_err(&refused)?;
    ddl::tenant_role_put(
        &pg,
        &target.role,
        &target.database,
        &target.verifier,
        target.limits,
        target.rights,
    )
    .await
    .map_err(&refused)?;
    txn.commit().await?;
    Ok(Ok(taken_in(told, &subdomain, server)))
}

fn taken_in(told: &Told, subdomain: &Subdomain, server: &Server) -> TakenIn {
    let mut notes = vec![format!(
        "its display name, region, language, domains, plan and suspension are not in a backup of its own: it is called {subdomain}, on the plan {PLAN} with full access; set them right"
    )];
    if subdomain.as_str() != told.subdomain {
        notes.push(format!("another tenant has its subdomain {} by now", told.subdomain));
    }
    TakenIn {
        organization: told.organization,
        number: told.number,
        subdomain: subdomain.to_string(),
        server: server.name.clone(),
        database: told.database.clone(),
        said_at: told.written.manifest.taken_at,
        notes,
    }
}

/// Its own, or with its number behind it.
fn free_subdomain(wanted: &str, number: i64, taken: &BTreeSet<String>) -> Option<Subdomain> {
    let mut names = [wanted.to_owned(), format!("{wanted}-{number}")].into_iter();
    names.find_map(|it| it.parse::<Subdomain>().ok().filter(|it| !taken.contains(it.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subdomain_that_is_taken_gets_the_number() {
        let taken = BTreeSet::from(["blue".to_owned(), "rose".to_owned(), "rose-7".to_owned()]);
        let check = |wanted| free_subdomain(wanted, 7, &taken).map(|it| it.to_string());
        assert_eq!(check("green").as_deref(), Some("green"));
        assert_eq!(check("blue").as_deref(), Some("blue-7"));
        assert_eq!(check("rose"), None);
    }
}
