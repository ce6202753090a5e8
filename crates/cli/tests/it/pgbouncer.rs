//! `cloison pgbouncer-config`, tried with the real PgBouncer: what it writes lets each tenant in, and nobody elsewhere.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::sync::LazyLock;

use cloison_model::Role;
use cloison_router::{Directory, Key, Route};
use futures_util::future::{join_all, select};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::access::hire;
use crate::http::{api, eventually};
use crate::output::{json, stderr, stdout};
use crate::pooler::{Pooler, number, text};
use crate::up::{Up, fresh_data_dir};

/// A platform of its own: shared roles share what a server has left.
static POOLED: LazyLock<Up> = LazyLock::new(|| Up::start(&fresh_data_dir(), &["--demo"]));

async fn route(subdomain: &str) -> Route {
    let key = Key::Subdomain(subdomain.parse().unwrap());
    POOLED.control().fetch(&key).await.unwrap().expect("it is there")
}

async fn make(subdomain: &str) -> Route {
    let body = json!({
        "subdomain": subdomain, "name": subdomain, "owner_email": "kim@example.com"
    });
    let path = "/v1/tenants?wait=60s";
    let made = api(&POOLED, Method::POST, path).json(&body).send().await.unwrap();
    assert_eq!(made.status(), StatusCode::OK, "{}", made.text().await.unwrap());
    route(subdomain).await
}

/// Asks for a change and waits for its end.
async fn change(subdomain: &str, what: &str, body: &serde_json::Value) {
    let path = format!("/v1/tenants/{subdomain}/{what}?wait=60s");
    let answer = api(&POOLED, Method::POST, &path).json(body).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{}", answer.text().await.unwrap());
}

#[tokio::test]
async fn a_tenant_gets_into_its_own_database_and_nobody_elsewhere() {
    let (demo, lantern) = (route("demo").await, route("lantern").await);
    for (options, works_as) in [
        (&[][..], None),
        (&["--entries", "tenants", "--auth-file"], None),
        (&["--shared-role", "app_pool", "--connections", "8"], Some("app_pool")),
        (
            &[
                "--shared-role",
                "file_pool",
                "--connections",
                "5",
                "--entries",
                "tenants",
                "--auth-file",
            ],
            Some("file_pool"),
        ),
    ] {
        let pooler = Pooler::start(&POOLED, options);
        for (own, other) in [(&demo, &lantern), (&lantern, &demo)] {
            let client = pooler.connect(own).await.unwrap();
            let expected = works_as.unwrap_or(own.role.as_str());
            assert_eq!(text(&client, "select current_user::text").await, expected);
            assert_eq!(
                text(&client, "select current_database()::text").await,
                own.database.as_str()
            );
            assert!(
                number(&client, "select count(*) from clients").await > 0,
                "the demo has clients"
            );

            let mut refused = vec![("its password, another database", pooler.config(own))];
            refused[0].1.dbname(other.database.as_str());
            let mut names = pooler.config(own);
            names.user(other.role.as_str()).dbname(other.database.as_str());
            refused.push(("its password, another's name", names));
            let mut wrong = pooler.config(own);
            wrong.password("wrong");
            refused.push(("a wrong password", wrong));
            let mut console = pooler.config(own);
            console.dbname("pgbouncer");
            refused.push(("PgBouncer's console", console));
            for (name, secret) in pooler.users() {
                // PgBouncer's own roles are for PgBouncer, and a verifier is no password.
                let mut config = pooler.config(own);
                config.user(&name).password(&secret);
                refused.push(("a line of the file as credentials", config));
            }
            for (what, config) in &refused {
                assert!(Pooler::try_connect(config).await.is_err(), "{options:?}: {what}");
            }
        }
    }
}

#[tokio::test]
async fn a_new_password_is_good_at_once_and_the_old_one_no_longer() {
    let before = make("turner").await;
    for options in [&[][..], &["--shared-role", "turn_pool", "--connections", "5"]] {
        let pooler = Pooler::start(&POOLED, options);
        let old = route("turner").await;
        let client = pooler.connect(&old).await.unwrap();
        number(&client, "select count(*) from clients").await;

        change("turner", "rotate-password", &serde_json::Value::Null).await;
        let new = route("turner").await;
        assert_ne!(old.password, new.password);
        assert!(pooler.connect(&old).await.is_err(), "{options:?}: the old password");
        // Who was there stays, and new connections to PostgreSQL are opened with the new keys.
        number(&client, "select count(*) from clients").await;
        let query = format!(
            "select pg_terminate_backend(pid, 5000)::text from pg_stat_activity where datname = '{}'",
            new.database
        );
        POOLED.on_server(&query).await;
        let client = pooler.connect(&new).await.unwrap();
        number(&client, "select count(*) from clients").await;
    }
    assert_ne!(before.password, route("turner").await.password);
}

#[tokio::test]
async fn a_new_tenant_is_there_and_a_suspended_one_is_refused() {
    let own = Pooler::start(&POOLED, &[]);
    let shared = Pooler::start(&POOLED, &["--shared-role", "life_pool", "--connections", "5"]);
    let tenant = make("waver").await;
    let (mine, ours) =
        (own.connect(&tenant).await.unwrap(), shared.connect(&tenant).await.unwrap());
    let write = "insert into clients (kind, display_name) values ('BAND', 'Marée haute')";
    for client in [&mine, &ours] {
        client.query_typed(write, &[]).await.unwrap();
    }

    change("waver", "suspend", &json!({ "access": "READ_ONLY" })).await;
    assert!(number(&mine, "select count(*) from clients").await > 0, "who may read reads");
    assert!(mine.query_typed(write, &[]).await.is_err());
    // The shared role could write, so it does not get in, and what it had open is gone.
    assert!(shared.connect(&tenant).await.is_err());
    let database = &tenant.database;
    let left = format!(
        "select usename::text from pg_stat_activity where datname = '{database}' and usename = 'life_pool'
         union all
         select rolname::text from pg_roles
         where rolname = 'life_pool' and has_database_privilege(oid, '{database}', 'connect')"
    );
    assert!(POOLED.on_server(&left).await.is_empty());

    change("waver", "suspend", &json!({ "access": "BLOCKED" })).await;
    for pooler in [&own, &shared] {
        assert!(pooler.connect(&tenant).await.is_err());
    }

    change("waver", "resume", &json!({})).await;
    for pooler in [&own, &shared] {
        // After a refusal, PgBouncer asks PostgreSQL again in two seconds.
        eventually("the tenant is back", async || match pooler.connect(&tenant).await {
            Ok(client) => client.query_typed(write, &[]).await.is_ok(),
            Err(_) => false,
        })
        .await;
    }
}

#[tokio::test]
async fn nothing_of_a_session_is_left_after_a_transaction() {
    let demo = route("demo").await;
    let pooler = Pooler::start(&POOLED, &[]);
    let (one, other) = (pooler.connect(&demo).await.unwrap(), pooler.connect(&demo).await.unwrap());
    let pid = "select pg_backend_pid()::text";
    let shown = "select current_setting('lock_timeout')";
    let before = text(&one, shown).await;
    one.query_typed("set lock_timeout = '1234ms'", &[]).await.unwrap();
    one.query_typed("select pg_advisory_lock(7)", &[]).await.unwrap();
    assert_eq!(text(&one, pid).await, text(&other, pid).await, "they share a connection");
    for client in [&one, &other] {
        assert_eq!(text(client, shown).await, before);
    }
    assert_eq!(
        number(&other, "select count(*) from pg_locks where locktype = 'advisory'").await,
        0
    );
}

/// 64 clients of 20 tenants want much more than there is.
#[tokio::test]
async fn the_total_holds_whoever_wants_more() {
    const CONNECTIONS: usize = 12;
    const TENANTS: usize = 20;
    const CLIENTS: usize = 64;
    const ROUNDS: usize = 5;
    let names: Vec<String> = (0..TENANTS).map(|it| format!("crowd-{it}")).collect();
    let mut tenants = Vec::new();
    for name in &names {
        tenants.push(make(name).await);
    }
    let limit = CONNECTIONS.to_string();
    let pooler = Pooler::start(&POOLED, &["--shared-role", "crowd_pool", "--connections", &limit]);

    let client = async |index: usize| {
        let client = pooler.connect(&tenants[index % TENANTS]).await.unwrap();
        for _ in 0..ROUNDS {
            client.query_typed("select pg_sleep(0.005), count(*) from clients", &[]).await.unwrap();
        }
    };
    let crowd = join_all((0..CLIENTS).map(client));
    let mut most = 0;
    let watch = async {
        loop {
            most = most.max(pooler.connections_to(tenants[0].port));
            tokio::task::yield_now().await;
        }
    };
    select(Box::pin(crowd), Box::pin(watch)).await.factor_first();
    assert!(most > CONNECTIONS / 2, "{most} connections are no crowd");
    assert!(most <= CONNECTIONS, "{most} connections, {CONNECTIONS} were allowed");
}

#[tokio::test]
async fn what_is_shown_holds_no_secret_and_what_is_written_is_closed_to_others() {
    let folder = POOLED.data_dir.join("pooler");
    let shown = stdout(&POOLED.run(&["pgbouncer-config"]));
    let as_json = json(&POOLED.run(&["pgbouncer-config", "--json"]));
    assert_eq!(as_json["files"].as_object().unwrap().len(), 2);

    let path = folder.to_str().unwrap();
    let written = POOLED.run(&["pgbouncer-config", "--dir", path]);
    let said = stdout(&written);
    let users = fs::read_to_string(folder.join("userlist.txt")).unwrap();
    let secret = users.split('"').nth(3).unwrap();
    assert!(secret.len() > 40, "{users}");
    for text in [&shown, &as_json.to_string(), &said] {
        assert!(!text.contains(secret), "{text}");
    }
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    for name in ["pgbouncer.ini", "hba.conf", "userlist.txt"] {
        let file = fs::metadata(folder.join(name)).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600, "{name}");
        assert_eq!(file.uid(), fs::metadata(&folder).unwrap().uid());
    }

    // The same again, so that a PgBouncer that runs is not locked out.
    stdout(&POOLED.run(&["pgbouncer-config", "--dir", path]));
    assert_eq!(fs::read_to_string(folder.join("userlist.txt")).unwrap(), users);
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words() {
    let folder = POOLED.data_dir.join("refused");
    let path = folder.to_str().unwrap();
    let refused = |options: &[&str]| {
        stderr(&POOLED.run(&[&["pgbouncer-config", "--dir", path], options].concat()))
    };
    let shared =
        |role, connections| refused(&["--shared-role", role, "--connections", connections]);
    for (said, words) in [
        (refused(&["--server", "mars"]), "there is no server 'mars'"),
        (refused(&["--shared-role", "x"]), "--connections"),
        (shared("x; drop", "8"), "cannot stand in"),
        (shared("postgres", "8"), "on the server already"),
        (shared("studio_1_db", "8"), "Choose another"),
        (shared("x", "90"), "do not fit"),
        (shared("x", "4"), "4 is not in"),
    ] {
        assert!(said.contains(words), "{said}");
    }
    assert!(!folder.join("userlist.txt").exists());
}

#[tokio::test]
async fn who_helps_customers_gets_no_credentials() {
    let support = hire(&POOLED, "pooler@example.com", Role::Support).await;
    support.pgbouncer_fetch("eu-1").await.unwrap();
    let asked = cloison_api::AdmitPgBouncer::default();
    let refused = support.pgbouncer_admit("eu-1", &asked).await.unwrap_err();
    assert!(refused.to_string().contains("pgbouncer.admit"), "{refused}");
    eventually("the log says who was given some", async || {
        stdout(&POOLED.run(&["audit", "list"])).contains("pgbouncer.admit")
    })
    .await;
}
