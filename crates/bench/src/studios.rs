//! A database for each studio, filled as the product's demo is: same seed, same studio.
//!
//! This is the layout that the product has. The others get copies of these rows, so that all give the same answers.

use anyhow::{Context, Result};
use cloison_model::DatabaseName;
use cloison_studio::demo::{self, LANTERN_YARD, MAREE, Size};
use cloison_studio::migrations::MIGRATIONS;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use tokio_postgres::Client;
use uuid::Uuid;

use crate::cluster::{PASSWORD, Server};

pub(crate) const TEMPLATE: &str = "studio_template";
/// What a caller picks clients from; more would only be more memory.
const CLIENTS_MAX: i64 = 200;

/// A studio, and what its callers need to know to ask something sensible.
pub(crate) struct Studio {
    /// From 1; the tenant's number in the shared tables as well.
    pub(crate) number: i64,
    pub(crate) database: DatabaseName,
    pub(crate) zone: TimeZone,
    pub(crate) room: Uuid,
    pub(crate) engineer: Uuid,
    pub(crate) owner: Uuid,
    pub(crate) clients: Vec<(Uuid, String)>,
}

/// A Tuesday morning, for everybody and for ever: what is asked for does not depend on the day of the run.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(1_795_510_800).expect("a time of this century is one")
}

/// The roles that a studio's schema names, and a database with that schema and nothing in it.
pub(crate) async fn make_template(server: &Server) -> Result<()> {
    let client = server.connect("postgres").await?;
    for role in ["cloison_owner", "cloison_app", "cloison_reader"] {
        client.execute(&format!("create role {role} nologin"), &[]).await?;
    }
    client.execute(&format!("create database {TEMPLATE} owner cloison_owner"), &[]).await?;
    let client = server.connect(TEMPLATE).await?;
    for (name, sql) in MIGRATIONS {
        let headers = sql.lines().filter_map(|line| line.strip_prefix("-- extensions: "));
        for extension in headers.flat_map(|line| line.split(", ")) {
            client.execute(&format!("create extension if not exists {extension}"), &[]).await?;
        }
        client
            .simple_query(&format!("begin; set local role cloison_owner; {sql}; commit"))
            .await
            .with_context(|| format!("apply {name}"))?;
    }
    Ok(())
}

pub(crate) async fn make(server: &Server, number: i64, seed: u64, size: Size) -> Result<Studio> {
    let database = DatabaseName::of_number(number);
    let (name, quoted) = (database.to_string(), database.quoted().to_string());
    let maker = server.connect("postgres").await?;
    maker
        .execute(&format!("create database {quoted} template {TEMPLATE} owner cloison_owner"), &[])
        .await?;
    maker
        .execute(
            &format!("create role {quoted} login password '{PASSWORD}' in role cloison_app"),
            &[],
        )
        .await?;
    let client = server.connect(&name).await?;
    fill(&client, number, seed, size).await.with_context(|| format!("fill {name}"))?;
    tidy(&client).await.with_context(|| format!("vacuum {name}"))?;
    know(&client, number, database).await
}

async fn fill(client: &Client, number: i64, seed: u64, size: Size) -> Result<()> {
    client.execute("set role cloison_owner", &[]).await?;
    let profile = if number % 2 == 0 { &LANTERN_YARD } else { &MAREE };
    let data = json!({
        "name": profile.name,
        "locale": profile.locale,
        "time_zone": profile.time_zone,
        "owner_email": format!("owner-{number}@{}", profile.mail_domain),
        "sign_in_token_hash": format!("{number:064x}"),
        "sign_in_expires_at": (now() + jiff::SignedDuration::from_hours(24)).to_string(),
    });
    client.execute("select cloison_first_data($1)", &[&data]).await?;
    let own_seed = seed.wrapping_mul(1_000_003).wrapping_add(number.unsigned_abs());
    demo::fill(client, profile, size, own_seed, now()).await?;
    client.execute("reset role", &[]).await?;
    Ok(())
}

/// The demo updates rows that it has written, and the copies come without that: here, too, tables and indexes are
/// written anew, so that nobody has more to read through.
async fn tidy(client: &Client) -> Result<()> {
    for table in tables(client).await? {
        client.execute(&format!("vacuum (full) {table}"), &[]).await?;
        client.execute(&format!("vacuum (analyze) {table}"), &[]).await?;
    }
    Ok(())
}

/// A studio's tables, in the order of their names.
pub(crate) async fn tables(client: &Client) -> Result<Vec<String>> {
    let rows = client
        .query(
            "select quote_ident(relname)
             from pg_class
             where relnamespace = 'public'::regnamespace and relkind = 'r'
             order by relname",
            &[],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

async fn know(client: &Client, number: i64, database: DatabaseName) -> Result<Studio> {
    let row = client
        .query_one(
            "select (select id from rooms order by position limit 1),
                 (select id from staff order by id limit 1),
                 (select id from users where role = 'OWNER'),
                 (select time_zone from studio_settings)",
            &[],
        )
        .await?;
    let clients = client
        .query(
            "select id, display_name from clients where status = 'ACTIVE' order by id limit $1",
            &[&CLIENTS_MAX],
        )
        .await?;
    let zone: String = row.get(3);
    Ok(Studio {
        number,
        database,
        zone: TimeZone::get(&zone)?,
        room: row.get(0),
        engineer: row.get(1),
        owner: row.get(2),
        clients: clients.iter().map(|row| (row.get(0), row.get(1))).collect(),
    })
}
