//! What a tenant can do with its own credentials, when somebody has stolen them: nothing to anybody else.
//!
//! The pairs are made of the demo's two studios, both ways, and of each with the control database. Every
//! refusal is asserted by its SQLSTATE.

use cloison_catalog::DATABASE;
use cloison_local_postgres::Cluster;
use cloison_router::{Directory, Key, Route};
use reqwest::StatusCode;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config, NoTls};

use crate::http::Person;
use crate::up::{SHARED, Up};

struct Fleet {
    demo: Route,
    lantern: Route,
}

async fn fleet(up: &Up) -> Fleet {
    let control = up.control();
    let route = async |subdomain: &str| {
        control.fetch(&Key::Subdomain(subdomain.parse().unwrap())).await.unwrap().unwrap()
    };
    Fleet { demo: route("demo").await, lantern: route("lantern").await }
}

fn config(route: &Route) -> Config {
    config_at(route, route.port)
}

/// The tenant's credentials, presented at some port.
fn config_at(route: &Route, port: u16) -> Config {
    let mut config = Config::new();
    config.host(&route.host).port(port).user(route.role.as_str()).password(route.password.expose());
    config
}

async fn connect(config: &Config) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = config.connect(NoTls).await?;
    #[expect(clippy::disallowed_methods, reason = "the task ends with the client")]
    tokio::spawn(connection);
    Ok(client)
}

async fn own(route: &Route) -> Client {
    connect(config(route).dbname(route.database.as_str())).await.unwrap()
}

/// The SQLSTATE with which a connection is refused.
async fn refusal(config: &Config) -> SqlState {
    let error = connect(config).await.err().unwrap_or_else(|| panic!("{config:?} was let in"));
    error.code().cloned().unwrap_or_else(|| panic!("refused without a SQLSTATE: {error:?}"))
}

#[tokio::test]
async fn no_other_database_opens() {
    let up = &*SHARED;
    let Fleet { demo, lantern } = fleet(up).await;
    for (thief, victim) in [(&demo, &lantern), (&lantern, &demo)] {
        for database in
            [victim.database.as_str(), "postgres", "template1", "cloison_template", DATABASE]
        {
            let code = refusal(config(thief).dbname(database)).await;
            assert_eq!(code, SqlState::INVALID_AUTHORIZATION_SPECIFICATION, "{database} by TCP");
        }
        // The victim's name with the thief's password.
        let code =
            refusal(config(thief).user(victim.role.as_str()).dbname(victim.database.as_str()))
                .await;
        assert_eq!(code, SqlState::INVALID_PASSWORD);
        // Nor the administrator's, with any.
        let code = refusal(config(thief).user("postgres").dbname(thief.database.as_str())).await;
        assert_eq!(code, SqlState::INVALID_AUTHORIZATION_SPECIFICATION);
    }
}

#[tokio::test]
async fn the_socket_opens_to_no_tenant() {
    let up = &*SHARED;
    let Fleet { demo, lantern } = fleet(up).await;
    let socket = up.server_socket_dir().await;
    for (thief, victim) in [(&demo, &lantern), (&lantern, &demo)] {
        for database in [victim.database.as_str(), thief.database.as_str(), "postgres"] {
            let mut config = Config::new();
            config
                .host_path(&socket)
                .port(thief.port)
                .user(thief.role.as_str())
                .password(thief.password.expose())
                .dbname(database);
            assert_eq!(
                refusal(&config).await,
                SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
                "{database}"
            );
        }
    }
}

#[tokio::test]
async fn the_control_database_knows_no_tenants_role() {
    let up = &*SHARED;
    let Fleet { demo, lantern } = fleet(up).await;
    let home = Cluster::home_of(&up.data_dir.join("clusters/control"));
    for thief in [&demo, &lantern] {
        for database in [DATABASE, thief.database.as_str(), "postgres"] {
            let code = refusal(config_at(thief, up.control_port()).dbname(database)).await;
            assert_eq!(
                code,
                SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
                "{database} on {}",
                home.display()
            );
        }
        // As Cloison's own role there, with the tenant's password.
        let code =
            refusal(config_at(thief, up.control_port()).user("cloison_control").dbname(DATABASE))
                .await;
        assert_eq!(code, SqlState::INVALID_PASSWORD);
    }
}

/// Each as one statement, by what it would give.
const FORBIDDEN: &[(&str, &str)] = &[
    ("become the owner", "set role cloison_owner"),
    ("become the administrator", "set role postgres"),
    ("become another by session", "set session authorization postgres"),
    ("grant oneself the owner", "grant cloison_owner to current_user"),
    ("reach out by dblink", "create extension dblink"),
    ("reach out by a foreign server", "create extension postgres_fdw"),
    ("reach out by file", "create extension file_fdw"),
    (
        "reach out by subscription",
        "create subscription s connection 'host=127.0.0.1' publication p",
    ),
    ("run a program", "copy (select 1) to program 'id'"),
    ("read a program", "copy clients (display_name) from program 'id'"),
    ("write a file of the server", "copy (select 1) to '/tmp/cloison-isolation'"),
    ("read a file of the server by COPY", "copy clients (display_name) from '/etc/passwd'"),
    ("read a file of the server", "select pg_read_file('postgresql.conf')"),
    ("read a binary file of the server", "select pg_read_binary_file('global/pg_control')"),
    ("list files of the server", "select pg_ls_dir('.')"),
    ("import a file as large object", "select lo_import('/etc/passwd')"),
    ("export a large object", "select lo_export(1, '/tmp/cloison-isolation')"),
    ("create a large object", "select lo_create(0)"),
    ("create a large object the old way", "select lo_creat(-1)"),
    ("create a large object with content", "select lo_from_bytea(0, 'x')"),
    ("open a large object", "select lo_open(1, 131072)"),
    ("create a table", "create table t ()"),
    ("create a temporary table", "create temporary table t ()"),
    ("select into a temporary table", "select 1 into temporary t"),
    ("create a view", "create view v as select 1"),
    ("create a function", "create function f() returns int language sql as 'select 1'"),
    ("create a schema", "create schema s"),
    ("create a type", "create type t as (a int)"),
    ("create a sequence", "create sequence s"),
    ("create a role", "create role r"),
    ("create a database", "create database d"),
    ("read raw pages", "create extension pageinspect"),
    ("create a language", "create language l handler plpgsql_call_handler"),
    (
        "create an event trigger",
        "create event trigger e on ddl_command_start execute function session_transition_guard()",
    ),
    ("create a publication", "create publication p"),
    ("create a replication slot", "select pg_create_logical_replication_slot('s', 'pgoutput')"),
    ("read other people's queries", "select query from pg_stat_activity"),
    ("read other people's queries underneath", "select * from pg_stat_get_activity(null)"),
    ("read one backend's query", "select pg_stat_get_backend_activity(1)"),
    ("read password verifiers", "select rolpassword from pg_authid"),
    ("read password verifiers in the old view", "select passwd from pg_shadow"),
    ("look a verifier up", "select * from cloison_pgbouncer.login('studio_1_db')"),
    ("read the access rules", "select * from pg_hba_file_rules"),
    ("read the settings' files", "select * from pg_file_settings"),
    ("change the server's settings", "alter system set work_mem = '1GB'"),
    ("reload the server", "select pg_reload_conf()"),
    ("raise one's connection limit", "alter role current_user connection limit 1000"),
    ("give oneself rights", "alter role current_user superuser"),
    ("write beyond the file limit", "set temp_file_limit = -1"),
    ("switch off constraints", "set session_replication_role = replica"),
    ("change the template", "alter database cloison_template with is_template false"),
    ("change one's own database", "alter database current with connection limit 1000"),
    ("empty a table", "truncate sessions"),
    ("empty the fiscal journal", "truncate fiscal_journal"),
    ("rewrite the fiscal journal", "update fiscal_journal set payload = ''"),
    ("thin out the fiscal journal", "delete from fiscal_journal"),
    ("drop a table", "drop table invoices"),
    ("drop a constraint", "alter table allocations drop constraint no_double_booking"),
    ("switch off a trigger", "alter table invoices disable trigger all"),
    ("make an owner by the platform's function", "select cloison_first_data('{}')"),
    ("read the migration history", "select * from cloison_migrations"),
    ("take a checkpoint", "checkpoint"),
];

#[tokio::test]
async fn a_tenants_role_can_do_nothing_but_its_work() {
    let Fleet { demo, lantern } = fleet(&SHARED).await;
    for tenant in [&demo, &lantern] {
        let client = own(tenant).await;
        client.query("select count(*) from sessions", &[]).await.unwrap();
        for (what, statement) in FORBIDDEN {
            let statement = statement
                .replace("database current ", &format!("database {} ", tenant.database.quoted()))
                .replace(
                    "alter role current_user",
                    &format!("alter role {}", tenant.role.quoted()),
                );
            let refused = client.simple_query(&statement).await;
            let error = refused.err().unwrap_or_else(|| panic!("{what}: {statement} was allowed"));
            assert_eq!(error.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{what}: {error:?}");
        }
    }
}

#[tokio::test]
async fn no_tenant_becomes_or_ends_another() {
    let up = &*SHARED;
    let Fleet { demo, lantern } = fleet(up).await;
    for (thief, victim) in [(&demo, &lantern), (&lantern, &demo)] {
        let victims = own(victim).await;
        let pid: i32 = victims.query_one("select pg_backend_pid()", &[]).await.unwrap().get(0);
        let client = own(thief).await;
        for statement in [
            format!("set role {}", victim.role.quoted()),
            format!("grant {} to {}", victim.role.quoted(), thief.role.quoted()),
            format!("alter role {} password 'x'", victim.role.quoted()),
            format!("alter role {} set work_mem = '1MB'", victim.role.quoted()),
            format!("drop role {}", victim.role.quoted()),
            format!("select pg_terminate_backend({pid})"),
            format!("select pg_cancel_backend({pid})"),
        ] {
            let error = client.simple_query(&statement).await.expect_err(&statement);
            assert_eq!(
                error.code(),
                Some(&SqlState::INSUFFICIENT_PRIVILEGE),
                "{statement}: {error:?}"
            );
        }
        let drop = format!("drop database {}", victim.database.quoted());
        let error = client.simple_query(&drop).await.unwrap_err();
        assert_eq!(error.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE));
        victims.query_one("select 1", &[]).await.unwrap();
    }
}

/// What is visible of the others are numbers, never a customer's name.
#[tokio::test]
async fn no_catalogue_names_a_customer() {
    let Fleet { demo, lantern } = fleet(&SHARED).await;
    for (thief, victim) in [(&demo, &lantern), (&lantern, &demo)] {
        let client = own(thief).await;
        for query in [
            "select datname::text from pg_database",
            "select rolname::text from pg_roles",
            "select setconfig::text from pg_db_role_setting",
            "select description from pg_shdescription",
            "select datname::text from pg_stat_database where datname is not null",
        ] {
            for row in client.query(query, &[]).await.unwrap() {
                let text: String = row.get(0);
                assert!(!text.contains(victim.subdomain.as_str()), "{query} says {text}");
            }
        }
    }
}

#[tokio::test]
async fn a_cookie_of_one_studio_is_nothing_to_the_other() {
    let up = &*SHARED;
    let link = up.fresh_sign_in_url("demo");
    let mut person = Person::by_link(up, "demo", &link).await;
    assert_eq!(person.get("/calendar").await.status(), StatusCode::OK);

    let mut stranger = Person::at(up, "lantern");
    stranger.cookie = person.cookie.take();
    for path in ["/calendar", "/clients", "/sessions/new"] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        let location = answer.headers()["location"].to_str().unwrap();
        assert!(location.starts_with("/sign-in"), "{path} leads to {location}");
    }
    let answer = stranger.post("/sessions", &[("title", "x")]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_sign_in_link_of_one_studio_is_nothing_to_the_other() {
    let up = &*SHARED;
    let link = up.fresh_sign_in_url("demo");
    let path = reqwest::Url::parse(&link).unwrap().path().to_owned();
    let stranger = Person::at(up, "lantern");
    let fields = [("password", crate::http::PASSWORD)];
    let answer = stranger.post(&path, &fields).await;
    assert!(
        answer
            .headers()
            .get("set-cookie")
            .is_none_or(|it| !it.to_str().unwrap().contains("__Host-cloison="))
    );
    // Nor was it used up.
    Person::by_link(up, "demo", &link).await;
}

#[tokio::test]
async fn an_id_of_one_studio_is_not_found_in_the_other() {
    let up = &*SHARED;
    let Fleet { demo, lantern } = fleet(up).await;
    for (home, other, subdomain) in [(&demo, &lantern, "demo"), (&lantern, &demo, "lantern")] {
        let person = Person::by_link(up, subdomain, &up.fresh_sign_in_url(subdomain)).await;
        for (table, path) in [("sessions", "sessions"), ("clients", "clients")] {
            let id = async |route: &Route| -> String {
                let query = format!(
                    "select id::text from {table} where status <> 'CANCELLED' order by id limit 1"
                );
                own(route).await.query_one(&query, &[]).await.unwrap().get(0)
            };
            assert_eq!(
                person.get(&format!("/{path}/{}", id(home).await)).await.status(),
                StatusCode::OK,
                "own {table}"
            );
            let foreign = id(other).await;
            assert_ne!(foreign, id(home).await, "an id is one studio's alone");
            assert_eq!(
                person.get(&format!("/{path}/{foreign}")).await.status(),
                StatusCode::NOT_FOUND,
                "{table}"
            );
            let answer = person
                .post(&format!("/{path}/{foreign}"), &[("title", "x"), ("version", "1")])
                .await;
            assert!(answer.status().is_client_error(), "{table}: {}", answer.status());
        }
    }
}

#[tokio::test]
async fn a_page_of_another_studio_cannot_post_here() {
    let up = &*SHARED;
    let person = Person::by_link(up, "demo", &up.fresh_sign_in_url("demo")).await;
    let forged = crate::http::client()
        .post(format!("{}/sessions", up.url("demo.localhost")))
        .header("cookie", person.cookie.as_deref().unwrap())
        .header("origin", up.url("lantern.localhost"))
        .header("sec-fetch-site", "same-site")
        .form(&[("title", "forged")])
        .send()
        .await
        .unwrap();
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
}
