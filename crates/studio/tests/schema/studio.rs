//! A studio for a test: a copy of a template with the migrations and, unless said otherwise, the first data.

use anyhow::Result;
use cloison_router::{Location, Login, Route, Router, Secret, ServerId, Tenant, TenantId};
use cloison_studio::migrations::MIGRATIONS;
use cloison_testkit::{Database, Server};
use jiff::Timestamp;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Error};
use uuid::Uuid;

/// A Tuesday morning. Nothing in these tests asks what time it really is.
pub(crate) fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// That hour of the Tuesday in UTC, which is one less than on the studio's wall; 24 is midnight.
pub(crate) fn hour(hour: f64) -> Timestamp {
    let midnight: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
    midnight + jiff::SignedDuration::from_secs_f64(hour * 3600.0)
}

pub(crate) struct Studio {
    database: Database,
}

impl Studio {
    /// With its owner, settings, opening hours and the rooms "Studio A" and "Studio B".
    pub(crate) async fn new(hint: &str) -> Self {
        let studio = Self::bare(hint).await;
        studio.first_data(&first_data("2027-01-01T00:00:00Z")).await.unwrap();
        studio
    }

    /// With its schema alone.
    pub(crate) async fn bare(hint: &str) -> Self {
        let server = Server::shared();
        let template =
            server.template("studio", MIGRATIONS, async |it| migrate(it, MIGRATIONS).await).await;
        Self { database: server.database_from(&template, hint).await }
    }

    pub(crate) async fn first_data(&self, data: &serde_json::Value) -> Result<(), Error> {
        let owner = self.owner().await;
        owner.execute("select cloison_first_data($1)", &[data]).await.map(drop)
    }

    pub(crate) async fn superuser(&self) -> Client {
        self.database.connect().await
    }

    pub(crate) async fn owner(&self) -> Client {
        self.role("cloison_owner").await
    }

    /// The role whose rights the runtime roles have.
    pub(crate) async fn app(&self) -> Client {
        self.role("cloison_app").await
    }

    pub(crate) async fn reader(&self) -> Client {
        self.role("cloison_reader").await
    }

    async fn role(&self, role: &str) -> Client {
        let client = self.superuser().await;
        client.execute(&format!("set role {role}"), &[]).await.unwrap();
        client
    }

    /// The studio as the product reaches it: through the router, as a login role of its own.
    pub(crate) async fn tenant(&self, group: &str) -> (Router, Tenant) {
        let (name, password) = (self.database.name(), "secret enough for a test");
        let client = self.superuser().await;
        client
            .simple_query(&format!(
                "create role {name} login password '{password}' in role {group}; grant connect on database {name} to {name}"
            ))
            .await
            .unwrap();
        let tenant = TenantId::of_key(name);
        let location = Location {
            server: ServerId::of_key("shared"),
            host: "127.0.0.1".to_owned(),
            port: self.database.server().port(),
            database: name.parse().unwrap(),
        };
        let login = Login { role: name.parse().unwrap(), password: Secret::new(password) };
        let route = Route::new(tenant, "test".parse().unwrap(), location, login);
        let router = Router::fixed([route], 24);
        let tenant = router.tenant(tenant).unwrap();
        (router, tenant)
    }

    /// One value of one row.
    pub(crate) async fn fetch<T>(&self, sql: &str) -> T
    where
        T: for<'a> tokio_postgres::types::FromSql<'a>,
    {
        self.superuser().await.query_one(sql, &[]).await.unwrap().get(0)
    }

    pub(crate) async fn room(&self, name: &str) -> Uuid {
        self.fetch(&format!("select id from rooms where name = '{name}'")).await
    }

    /// Somebody who can be booked with a session.
    pub(crate) async fn engineer(&self, name: &str) -> Uuid {
        let client = self.owner().await;
        let user: Uuid = client
            .query_one(
                "insert into users (email, display_name, role) values ($1 || '@example.org', $1, 'ENGINEER') returning id",
                &[&name],
            )
            .await
            .unwrap()
            .get(0);
        let resource: Uuid = client
            .query_one("insert into resources (kind) values ('STAFF') returning id", &[])
            .await
            .unwrap()
            .get(0);
        client
            .execute("insert into staff (id, user_id) values ($1, $2)", &[&resource, &user])
            .await
            .unwrap();
        resource
    }

    pub(crate) async fn client(&self, name: &str) -> Uuid {
        let client = self.owner().await;
        client
            .query_one(
                "insert into clients (kind, display_name) values ('BAND', $1) returning id",
                &[&name],
            )
            .await
            .unwrap()
            .get(0)
    }
}

pub(crate) fn first_data(link_expires_at: &str) -> serde_json::Value {
    serde_json::json!({
        "name": "Studio Marée",
        "locale": "fr",
        "time_zone": "Europe/Paris",
        "owner_email": "Solene@Example.org",
        "sign_in_token_hash": "ab".repeat(32),
        "sign_in_expires_at": link_expires_at,
    })
}

/// The name of the constraint that an error is about; panics for an error about none.
pub(crate) fn broken<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    let error = result.unwrap_err();
    let error = error.as_db_error().unwrap();
    error.constraint().unwrap_or_else(|| panic!("not about a constraint: {error}")).to_owned()
}

pub(crate) fn state<T: std::fmt::Debug>(result: Result<T, Error>) -> SqlState {
    result.unwrap_err().code().unwrap().clone()
}

/// As the platform does it: the roles are there, the superuser makes the extensions that the headers ask for, and
/// `cloison_owner` runs the rest.
pub(crate) async fn migrate(database: &Database, migrations: &[(&str, &str)]) -> Result<()> {
    let client = database.connect().await;
    for role in ["cloison_owner", "cloison_app", "cloison_reader"] {
        client
            .simple_query(&format!(
                "do $$ begin create role {role} nologin; exception when duplicate_object then null; end $$"
            ))
            .await?;
    }
    client
        .execute(&format!("alter database {} owner to cloison_owner", database.name()), &[])
        .await?;
    for (_, sql) in migrations {
        for line in sql.lines().filter_map(|line| line.strip_prefix("-- extensions: ")) {
            for extension in line.split(", ") {
                client.execute(&format!("create extension if not exists {extension}"), &[]).await?;
            }
        }
    }
    for (_, sql) in migrations {
        client.simple_query(&format!("begin; set local role cloison_owner; {sql}; commit")).await?;
    }
    Ok(())
}
