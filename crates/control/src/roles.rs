//! What a tenant can change about its own role although it should not: its password and its
//! settings. PostgreSQL cannot forbid either, so they are compared with what we set, and set back.
//!
//! The router asks for one tenant when a password no longer works; [`crate::doctor`] asks for all.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use cloison_catalog::Client;
use cloison_catalog::queries::servers::Server;
use cloison_catalog::queries::tenants::{
    Role, tenant_promote_password, tenant_role, tenant_role_page,
};
use cloison_model::{Rights, ServerId, TenantId};
use cloison_router::Healed;
use serde_json::json;
use tokio_postgres::types::Type;

use crate::audit;
use crate::control::Control;
use crate::doctor::{Check, Finding, Seen};
use crate::operations::Target;
use crate::pg::{Admin, AdminClient, Verifier, ddl};

/// Tenants that are compared in one go; a fleet is walked in pages of this size.
const PAGE: i64 = 500;

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
    entry: Option<Entry>,
}

/// Whether anybody, and this role, may connect to the database of the same name. None if there is no such database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    is_open: bool,
    is_granted: bool,
}

/// Compares each role of a server with what we set, and with `fix`, in the name of this actor, sets the others back. One that cannot be
/// set back is told, and the others have their turn.
///
/// While the server is at work, no connection to the control database is held: it may take long, or hang.
pub(crate) async fn examine(
    control: &Control,
    admin: &Admin,
    server: &Server,
    fix: Option<&str>,
    seen: &mut Seen,
) -> Result<()> {
    let pg = &admin.connect("postgres").await.context("connect to the server")?;
    let observing = || format!("read the roles of server {}", server.name);
    let mut observed = observe(pg).await.with_context(observing)?;
    let mut after = None;
    loop {
        let page = {
            let client = control.catalog.client().await?;
            tenant_role_page().bind(&client, &server.id, &false, &after, &PAGE).all().await?
        };
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        seen.tenants += page.len();
        // A tenant may have been made after the server was asked.
        if page.iter().any(|it| !observed.contains_key(&it.role_name)) {
            observed = observe(pg).await.with_context(observing)?;
        }
        for role in page {
            let observed = observed.get(&role.role_name);
            seen.findings.extend(compared(control, pg, &role, observed, fix).await);
        }
    }
}

/// One tenant's findings. What cannot be set back is one more, and all of them stay.
async fn compared(
    control: &Control,
    pg: &AdminClient,
    role: &Role,
    observed: Option<&Observed>,
    fix: Option<&str>,
) -> Vec<Finding> {
    let mut problems = match Target::of_tenant(role) {
        Ok(target) => problems(&target, observed),
        Err(error) => vec![format!("its row cannot be read ({error})")],
    };
    let mut fixed = fix.is_some();
    if let Some(actor) = fix.filter(|_| !problems.is_empty()) {
        let set_back = async {
            put_back(pg, role).await?;
            let client = control.catalog.client().await?;
            note_put_back(&client, role, actor, &problems).await
        };
        if let Err(error) = set_back.await {
            fixed = false;
            problems.push(format!("its role cannot be set back ({error:#})"));
        }
    }
    let finding =
        |problem| Finding::new(Check::RoleNotAsSet, &role.subdomain, problem).fixed(fixed);
    problems.into_iter().map(finding).collect()
}

/// Sets one tenant's role back to what the control database says. Safe to run twice.
pub async fn heal(control: &Control, tenant: TenantId) -> Result<Healed> {
    let client = control.catalog.client().await?;
    let role =
        tenant_role().bind(&client, &tenant.0).opt().await?.context("the tenant has gone")?;
    let admin = control.admin(&client, ServerId(role.server_id)).await?;
    let pg = admin.connect("postgres").await.context("connect to the server")?;
    let observed = observe(&pg).await?;
    if promote(&client, &role, observed.get(&role.role_name)).await? {
        return Ok(Healed::Intact);
    }
    let problems = problems(&Target::of_tenant(&role)?, observed.get(&role.role_name));
    if problems.is_empty() {
        return Ok(Healed::Intact);
    }
    put_back(&pg, &role).await?;
    note_put_back(&client, &role, "cloison", &problems).await?;
    tracing::error!(
        tenant = %tenant, subdomain = role.subdomain,
        "the role of {} was not as we set it ({}); it was set back: somebody holds its credentials, rotate them",
        role.subdomain, problems.join("; ")
    );
    Ok(Healed::Reset)
}

/// A change of password that has reached the server and not yet the control database is taken to its end here, so
/// that whoever connects in between gets in.
async fn promote(catalog: &Client, role: &Role, observed: Option<&Observed>) -> Result<bool> {
    let Some(next) = role.next_password_verifier.as_deref() else { return Ok(false) };
    if observed.and_then(|it| it.verifier.as_deref()) != Some(next) {
        return Ok(false);
    }
    tenant_promote_password().bind(catalog, &role.id, &next).await?;
    Ok(true)
}

async fn put_back(pg: &AdminClient, role: &Role) -> Result<()> {
    let target = Target::of_tenant(role)?;
    let Target { role: name, database, verifier, limits, rights, .. } = &target;
    ddl::tenant_role_put(pg, name, database, verifier, *limits, *rights)
        .await
        .context("set the role back")?;
    ddl::tenant_role_reset_in(pg, name, database)
        .await
        .context("reset the role's settings in its database")
}

async fn note_put_back(
    catalog: &Client,
    role: &Role,
    actor: &str,
    problems: &[String],
) -> Result<()> {
    let detail = json!({ "problems": problems });
    Ok(audit::append(catalog, actor, "tenant.role_set_back", &role.subdomain, &detail).await?)
}

/// Pure: what is not as it should be.
fn problems(target: &Target, observed: Option<&Observed>) -> Vec<String> {
    let Some(observed) = observed else {
        return vec![format!("the role {} is missing on its server", target.role)];
    };
    let mut problems = Vec::new();
    let mut found = |wrong: bool, words: String| {
        if wrong {
            problems.push(words);
        }
    };
    let verifier = observed.verifier.as_deref();
    let next = target.next_verifier.as_ref().map(Verifier::as_str);
    found(
        verifier != Some(target.verifier.as_str()) && (next.is_none() || verifier != next),
        "its password was changed".to_owned(),
    );
    found(
        observed.settings != target.limits.settings(),
        format!("its settings are [{}]", observed.settings.join(", ")),
    );
    found(
        !observed.settings_in_database.is_empty(),
        format!(
            "it has settings of its own in its database: [{}]",
            observed.settings_in_database.join(", ")
        ),
    );
    let (connections, group) = match target.rights {
        Rights::Application => (target.limits.connections, Some(ddl::APP)),
        Rights::Reader => (target.limits.connections, Some(ddl::READER)),
        Rights::Nothing => (0, None),
    };
    found(
        observed.connection_limit != connections,
        format!("its connection limit is {}, not {connections}", observed.connection_limit),
    );
    found(!observed.can_login, "it may not log in".to_owned());
    found(observed.privileged, "it has rights of an administrator".to_owned());
    found(
        !observed.groups.iter().map(String::as_str).eq(group),
        format!(
            "it is a member of [{}], not [{}]",
            observed.groups.join(", "),
            group.unwrap_or_default()
        ),
    );
    // A database that is missing is a finding of its own.
    if let Some(entry) = observed.entry {
        let may = group.is_some();
        found(!entry.is_open, "its database takes no connections".to_owned());
        found(may && !entry.is_granted, "it may not connect to its database".to_owned());
        found(
            !may && entry.is_granted,
            "it may connect to its database, and is blocked".to_owned(),
        );
    }
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
                 ),
                 databases.datallowconn and databases.datconnlimit <> 0,
                 exists (
                     select
                     from aclexplode(databases.datacl)
                     where grantee = roles.oid and privilege_type = 'CONNECT'
                 )
             from pg_authid as roles
             left join pg_database as databases on databases.datname = roles.rolname
             where roles.rolname like $1",
            &[(&ddl::TENANTS_LIKE, Type::TEXT)],
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
                entry: it
                    .get::<_, Option<bool>>(8)
                    .map(|is_open| Entry { is_open, is_granted: it.get(9) }),
            };
            (it.get(0), observed)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target() -> Target {
        let verifier = |text| Verifier::parse(text).unwrap();
        let database: cloison_model::DatabaseName = "studio_1_db".parse().unwrap();
        Target {
            server: ServerId(uuid::Uuid::nil()),
            number: 1,
            role: database.role(),
            database,
            verifier: verifier("SCRAM-SHA-256$4096:a$b:c"),
            next_verifier: None,
            limits: ddl::RoleLimits {
                connections: 20,
                statement_timeout_ms: 1,
                lock_timeout_ms: 2,
                idle_in_transaction_timeout_ms: 3,
            },
            rights: Rights::Application,
        }
    }

    fn as_set() -> Observed {
        Observed {
            verifier: Some("SCRAM-SHA-256$4096:a$b:c".into()),
            connection_limit: 20,
            can_login: true,
            privileged: false,
            groups: vec!["cloison_app".into()],
            settings: target().limits.settings().to_vec(),
            settings_in_database: vec![],
            entry: Some(Entry { is_open: true, is_granted: true }),
        }
    }

    #[test]
    fn as_we_set_it() {
        assert_eq!(problems(&target(), Some(&as_set())), Vec::<String>::new());
    }

    #[test]
    fn each_deviation_is_named() {
        let check = |change: fn(&mut Observed)| {
            let mut observed = as_set();
            change(&mut observed);
            problems(&target(), Some(&observed)).join("; ")
        };
        assert_eq!(check(|it| it.verifier = None), "its password was changed");
        assert_eq!(
            check(|it| it.settings = vec!["work_mem=1GB".into()]),
            "its settings are [work_mem=1GB]"
        );
        assert_eq!(check(|it| it.connection_limit = -1), "its connection limit is -1, not 20");
        assert_eq!(check(|it| it.privileged = true), "it has rights of an administrator");
        assert_eq!(check(|it| it.groups = vec![]), "it is a member of [], not [cloison_app]");
        assert_eq!(check(|it| it.entry = None), "", "a missing database is told elsewhere");
        assert_eq!(
            check(|it| it.entry = Some(Entry { is_open: false, is_granted: true })),
            "its database takes no connections"
        );
        assert_eq!(
            check(|it| it.entry = Some(Entry { is_open: true, is_granted: false })),
            "it may not connect to its database"
        );
        assert_eq!(problems(&target(), None), ["the role studio_1_db is missing on its server"]);
    }
    #[test]
    fn a_suspended_role_is_held_to_less() {
        let check = |rights, change: fn(&mut Observed)| {
            let mut observed = as_set();
            change(&mut observed);
            problems(&Target { rights, ..target() }, Some(&observed)).join("; ")
        };
        assert_eq!(check(Rights::Reader, |it| it.groups = vec!["cloison_reader".into()]), "");
        assert_eq!(
            check(Rights::Reader, |_| ()),
            "it is a member of [cloison_app], not [cloison_reader]"
        );
        assert_eq!(
            check(Rights::Nothing, |it| it.groups = vec![]),
            "its connection limit is 20, not 0; it may connect to its database, and is blocked"
        );
    }

    #[test]
    fn a_password_that_is_being_changed_may_be_either() {
        let next = Verifier::parse("SCRAM-SHA-256$4096:d$e:f").unwrap();
        let changing = Target { next_verifier: Some(next.clone()), ..target() };
        for verifier in [target().verifier, next] {
            let observed = Observed { verifier: Some(verifier.as_str().to_owned()), ..as_set() };
            assert_eq!(problems(&changing, Some(&observed)), Vec::<String>::new());
        }
    }
}
