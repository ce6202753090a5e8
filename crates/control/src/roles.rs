//! What a tenant can change about its own role although it should not: its password and its
//! settings. PostgreSQL cannot forbid either, so they are compared with what we set, and set back.
//!
//! The router asks for one tenant when a password no longer works; `doctor` asks for all.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use cloison_catalog::Client;
use cloison_catalog::queries::tenants::{Role, tenant_role, tenant_role_page};
use cloison_catalog::queries::{audit, servers};
use cloison_model::{DatabaseName, RoleName, ServerId, TenantId};
use cloison_router::Healed;
use serde_json::json;
use tokio_postgres::types::{Json, Type};

use crate::control::Control;
use crate::pg::ddl::{self, RoleLimits};
use crate::pg::{Admin, Verifier};
use crate::provision::limits_of;

/// Tenants that are compared in one go; a fleet is walked in pages of this size.
const PAGE: i64 = 500;
const SERVERS_MAX: i64 = 1_000;

/// A tenant whose role is not as we set it.
#[derive(Clone, Debug)]
pub struct Deviation {
    pub subdomain: String,
    /// Each in words, fit for an operator.
    pub problems: Vec<String>,
    pub fixed: bool,
}

/// How many were looked at, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub tenants: usize,
    pub deviations: Vec<Deviation>,
}

/// A role as the server has it.
#[derive(Debug, PartialEq, Eq)]
struct Observed {
    verifier: Option<String>,
    connection_limit: i32,
    can_login: bool,
    privileged: bool,
    groups: Vec<String>,
    settings: Vec<String>,
    settings_in_database: Vec<String>,
}

/// Compares every tenant's role with what we set, and with `fix` sets the others back.
pub async fn doctor(control: &Control, fix: bool, actor: &str) -> Result<Report> {
    let client = control.catalog.client().await?;
    let mut report = Report::default();
    for server in servers::server_list().bind(&**client, &SERVERS_MAX).all().await? {
        let admin = control.admin_of(&server)?;
        let pg = admin
            .connect("postgres")
            .await
            .with_context(|| format!("connect to server {}", server.name))?;
        let observed = observe(&pg)
            .await
            .with_context(|| format!("read the roles of server {}", server.name))?;
        let mut after = None;
        loop {
            let page = tenant_role_page().bind(&**client, &server.id, &after, &PAGE).all().await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            report.tenants += page.len();
            for role in page {
                let problems = problems(&role, observed.get(&role.role_name));
                if problems.is_empty() {
                    continue;
                }
                if fix {
                    put_back(&client, &admin, &role, actor, &problems).await?;
                }
                report.deviations.push(Deviation {
                    subdomain: role.subdomain,
                    problems,
                    fixed: fix,
                });
            }
        }
    }
    Ok(report)
}

/// Sets one tenant's role back to what the control database says. Safe to run twice.
pub async fn heal(control: &Control, tenant: TenantId) -> Result<Healed> {
    let client = control.catalog.client().await?;
    let role =
        tenant_role().bind(&**client, &tenant.0).opt().await?.context("the tenant has gone")?;
    let admin = control.admin(&**client, ServerId(role.server_id)).await?;
    let pg = admin.connect("postgres").await.context("connect to the server")?;
    let observed = observe(&pg).await?;
    let problems = problems(&role, observed.get(&role.role_name));
    if problems.is_empty() {
        return Ok(Healed::Intact);
    }
    put_back(&client, &admin, &role, "cloison", &problems).await?;
    tracing::error!(
        tenant = %tenant, subdomain = role.subdomain,
        "the role of {} was not as we set it ({}); it was set back: somebody holds its credentials, rotate them",
        role.subdomain, problems.join("; ")
    );
    Ok(Healed::Reset)
}

async fn put_back(
    catalog: &Client,
    admin: &Admin,
    role: &Role,
    actor: &str,
    problems: &[String],
) -> Result<()> {
    let pg = admin.connect("postgres").await.context("connect to the server")?;
    let name: RoleName = role.role_name.parse()?;
    let database: DatabaseName = role.database_name.parse()?;
    let verifier = Verifier::parse(&role.password_verifier)?;
    ddl::tenant_role_put(&pg, &name, &verifier, limits_of(role))
        .await
        .context("set the role back")?;
    ddl::tenant_role_reset_in(&pg, &name, &database)
        .await
        .context("reset the role's settings in its database")?;
    audit::audit_append()
        .bind(
            &***catalog,
            &actor,
            &"tenant.role_set_back",
            &role.subdomain,
            &Json(&json!({ "problems": problems })),
        )
        .one()
        .await?;
    Ok(())
}

/// Pure: what is not as it should be.
fn problems(role: &Role, observed: Option<&Observed>) -> Vec<String> {
    let Some(observed) = observed else {
        return vec![format!("the role {} is missing on its server", role.role_name)];
    };
    let limits: RoleLimits = limits_of(role);
    let mut problems = Vec::new();
    let mut found = |wrong: bool, words: String| {
        if wrong {
            problems.push(words);
        }
    };
    found(
        observed.verifier.as_deref() != Some(role.password_verifier.as_str()),
        "its password was changed".to_owned(),
    );
    found(
        observed.settings != limits.settings(),
        format!("its settings are [{}]", observed.settings.join(", ")),
    );
    found(
        !observed.settings_in_database.is_empty(),
        format!(
            "it has settings of its own in its database: [{}]",
            observed.settings_in_database.join(", ")
        ),
    );
    found(
        observed.connection_limit != limits.connections,
        format!(
            "its connection limit is {}, not {}",
            observed.connection_limit, limits.connections
        ),
    );
    found(!observed.can_login, "it may not log in".to_owned());
    found(observed.privileged, "it has rights of an administrator".to_owned());
    found(
        observed.groups != [ddl::APP] && observed.groups != [ddl::READER],
        format!("it is a member of [{}]", observed.groups.join(", ")),
    );
    problems
}

/// One query for a whole server.
async fn observe(
    client: &tokio_postgres::Client,
) -> Result<BTreeMap<String, Observed>, tokio_postgres::Error> {
    let rows = client
        .query_typed(
            "select
                 roles.rolname::text,
                 roles.rolpassword,
                 roles.rolconnlimit,
                 roles.rolcanlogin,
                 roles.rolsuper or roles.rolcreatedb or roles.rolcreaterole or roles.rolreplication or roles.rolbypassrls,
                 array(
                     select groups.rolname::text
                     from pg_auth_members
                     join pg_authid as groups on groups.oid = pg_auth_members.roleid
                     where pg_auth_members.member = roles.oid
                     order by groups.rolname
                 ),
                 array(
                     select setting
                     from pg_db_role_setting, unnest(setconfig) as setting
                     where setrole = roles.oid and setdatabase = 0
                     order by setting
                 ),
                 array(
                     select setting
                     from pg_db_role_setting, unnest(setconfig) as setting
                     where setrole = roles.oid and setdatabase <> 0
                     order by setting
                 )
             from pg_authid as roles
             where roles.rolname like $1",
            &[(&"studio\\_%\\_db", Type::TEXT)],
        )
        .await?;
    Ok(rows
        .iter()
        .map(|it| {
            let observed = Observed {
                verifier: it.get(1),
                connection_limit: it.get(2),
                can_login: it.get(3),
                privileged: it.get(4),
                groups: it.get(5),
                settings: it.get(6),
                settings_in_database: it.get(7),
            };
            (it.get(0), observed)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role() -> Role {
        Role {
            id: uuid::Uuid::nil(),
            subdomain: "demo".into(),
            server_id: uuid::Uuid::nil(),
            database_name: "studio_1_db".into(),
            role_name: "studio_1_db".into(),
            phase: "READY".into(),
            password_verifier: "SCRAM-SHA-256$4096:a$b:c".into(),
            connection_limit: 20,
            statement_timeout_ms: 1,
            lock_timeout_ms: 2,
            idle_in_transaction_timeout_ms: 3,
        }
    }

    fn as_set() -> Observed {
        Observed {
            verifier: Some("SCRAM-SHA-256$4096:a$b:c".into()),
            connection_limit: 20,
            can_login: true,
            privileged: false,
            groups: vec!["cloison_app".into()],
            settings: limits_of(&role()).settings().to_vec(),
            settings_in_database: vec![],
        }
    }

    #[test]
    fn as_we_set_it() {
        assert_eq!(problems(&role(), Some(&as_set())), Vec::<String>::new());
    }

    #[test]
    fn each_deviation_is_named() {
        let check = |change: fn(&mut Observed)| {
            let mut observed = as_set();
            change(&mut observed);
            problems(&role(), Some(&observed)).join("; ")
        };
        assert_eq!(check(|it| it.verifier = None), "its password was changed");
        assert_eq!(
            check(|it| it.settings = vec!["work_mem=1GB".into()]),
            "its settings are [work_mem=1GB]"
        );
        assert_eq!(check(|it| it.connection_limit = -1), "its connection limit is -1, not 20");
        assert_eq!(check(|it| it.privileged = true), "it has rights of an administrator");
        assert_eq!(check(|it| it.groups = vec![]), "it is a member of []");
        assert_eq!(problems(&role(), None), ["the role studio_1_db is missing on its server"]);
    }
}
