//! Who may connect to each of our databases beside its own role, and whose it is: by the server's list of databases, in one statement.
//!
//! What a tenant's own role may is [`crate::roles`]'s; who owns what inside, and who was granted what there, is `drift`'s.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use cloison_model::{DatabaseName, RoleName};
use serde_json::json;
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::server::Place;
use super::{Check, Finding};
use crate::audit;
use crate::control::Control;
use crate::pg::ddl::{self, GATEWAY, LOOKUP, OURS_LIKE, OWNER};

/// A grantee as PostgreSQL names everybody.
const PUBLIC: &str = "public";

/// One of our databases that can be entered.
#[derive(Debug)]
struct Observed {
    database: String,
    owner: String,
    /// Who may connect or make temporary tables, beside the owner.
    let_in: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
struct Wrong {
    owner: Option<String>,
    strangers: Vec<String>,
}

/// Of databases that are nobody's, that is told already.
pub(super) async fn examine(
    place: Place<'_>,
    fix: Option<&str>,
    strays: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let Place { control, server, pg, .. } = place;
    for observed in observe(pg).await? {
        let wrong = wrong(&observed);
        let is_well = wrong.owner.is_none() && wrong.strangers.is_empty();
        if is_well || strays.contains(&observed.database) {
            continue;
        }
        let set_back = match fix {
            None => Ok(false),
            Some(actor) => {
                let done = put_back(control, pg, &observed.database, &wrong, actor).await;
                done.map(|()| true)
            }
        };
        findings.extend(tell(&observed, &wrong, &server.name, set_back));
    }
    Ok(())
}

/// Those that take no connections are being made, or are ours alone.
async fn observe(pg: &Client) -> Result<Vec<Observed>> {
    let rows = pg
        .query_typed(
            "select
                 datname::text,
                 pg_get_userbyid(datdba)::text,
                 array(
                     select distinct case grantee when 0 then $2 else pg_get_userbyid(grantee)::text end as name
                     from aclexplode(coalesce(datacl, acldefault('d', datdba)))
                     where privilege_type in ('CONNECT', 'TEMPORARY')
                         and grantee <> datdba
                     order by name
                 )
             from pg_database
             where datname like any ($1)
                 and datallowconn
                 and datconnlimit <> 0
             order by datname",
            &[(&OURS_LIKE, Type::TEXT_ARRAY), (&PUBLIC, Type::TEXT)],
        )
        .await
        .context("read who may connect to which database")?;
    let observed = |it: &tokio_postgres::Row| Observed {
        database: it.get(0),
        owner: it.get(1),
        let_in: it.get(2),
    };
    Ok(rows.iter().map(observed).collect())
}

/// A tenant's role is called as its database is.
fn wrong(observed: &Observed) -> Wrong {
    let Observed { database, owner, let_in } = observed;
    let is_stranger = |it: &&String| ![database, GATEWAY, LOOKUP, OWNER].contains(&it.as_str());
    Wrong {
        owner: (owner != OWNER).then(|| owner.clone()),
        strangers: let_in.iter().filter(is_stranger).cloned().collect(),
    }
}

/// What could not be set back is told with the reason.
fn tell(observed: &Observed, wrong: &Wrong, server: &str, set_back: Result<bool>) -> Vec<Finding> {
    let database = &observed.database;
    let (fixed, failed) = match set_back {
        Ok(fixed) => (fixed, String::new()),
        Err(error) => (false, format!("; it cannot be set back ({error:#})")),
    };
    let mut findings = Vec::new();
    if let Some(owner) = &wrong.owner {
        let what = format!("the database {database} belongs to {owner}, not to {OWNER}{failed}");
        findings.push(Finding::new(Check::WrongOwner, server, what).fixed(fixed));
    }
    if !wrong.strangers.is_empty() {
        let who = wrong.strangers.join(", ");
        let what = format!("the database {database} lets in {who}{failed}");
        findings.push(Finding::new(Check::ConnectOpen, server, what).fixed(fixed));
    }
    findings
}

/// The same again changes nothing.
async fn put_back(
    control: &Control,
    pg: &Client,
    database: &str,
    wrong: &Wrong,
    actor: &str,
) -> Result<()> {
    let name: DatabaseName = database.parse().context("read the database's name")?;
    if wrong.owner.is_some() {
        ddl::database_owner_put(pg, &name).await.context("set the owner back")?;
    }
    for stranger in &wrong.strangers {
        let stranger: Option<RoleName> = match stranger.as_str() {
            PUBLIC => None,
            role => Some(role.parse().context("read the role's name")?),
        };
        ddl::database_shut_to(pg, &name, stranger.as_ref()).await.context("let nobody else in")?;
    }
    let client = control.catalog.client().await?;
    let was = BTreeMap::from([("owner", json!(wrong.owner)), ("let_in", json!(wrong.strangers))]);
    Ok(audit::append(&client, actor, "database.entry_set_back", database, &json!(was)).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_own_role_and_the_poolers_are_no_strangers() {
        let check = |owner: &str, let_in: &[&str]| {
            let let_in = let_in.iter().map(|it| (*it).to_owned()).collect();
            let database = "studio_1_db".to_owned();
            let wrong = wrong(&Observed { database, owner: owner.to_owned(), let_in });
            (wrong.owner, wrong.strangers.join(", "))
        };
        let ours = ["cloison_gateway", "cloison_pgbouncer", "studio_1_db"];
        assert_eq!(check("cloison_owner", &ours), (None, String::new()));
        let strange = check("postgres", &["public", "studio_1_db", "studio_2_db"]);
        assert_eq!(strange, (Some("postgres".to_owned()), "public, studio_2_db".to_owned()));
    }
}
