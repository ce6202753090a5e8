//! What PostgreSQL cannot refuse a tenant about its own role is noticed and set back.

use cloison_router::{Directory, Key};
use serde_json::{Value, json};
use tokio_postgres::NoTls;

use crate::http::Person;
use crate::up::{Up, fresh_data_dir};

/// On a platform of its own: the shared one's roles are compared by others.
#[tokio::test]
async fn a_tenant_that_locks_itself_out_is_back_with_the_next_request() {
    let up = Up::start(&fresh_data_dir(), &[]);
    let made = up.run(&["tenants", "create", "blue", "--owner-email", "kim@example.com", "--json"]);
    assert!(made.status.success(), "{made:?}");
    let made: Value = serde_json::from_slice(&made.stdout).unwrap();
    let link = made["operation"]["sign_in_url"].as_str().unwrap();

    let control = up.control();
    let route = control.fetch(&Key::Subdomain("blue".parse().unwrap())).await.unwrap().unwrap();
    let mut config = tokio_postgres::Config::new();
    config
        .host(&route.host)
        .port(route.port)
        .user(route.role.as_str())
        .password(route.password.expose())
        .dbname(route.database.as_str());
    let (client, connection) = config.connect(NoTls).await.unwrap();
    control.tracker.spawn(connection);
    let role = route.role.quoted();
    client.execute(&format!("alter role {role} password 'mine now'"), &[]).await.unwrap();
    client.execute(&format!("alter role {role} set statement_timeout = 0"), &[]).await.unwrap();

    // Seen, with an exit code that a script notices.
    let seen = up.run(&["doctor"]);
    assert!(!seen.status.success());
    let words = String::from_utf8(seen.stdout).unwrap();
    assert!(words.contains("blue: its password was changed"), "{words}");
    assert!(words.contains("statement_timeout=0"), "{words}");
    let found = up.run(&["doctor", "--json"]);
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    let first = &found["findings"][0];
    assert_eq!(
        (&first["check"], &first["severity"]),
        (&json!("role-not-as-set"), &json!("critical"))
    );
    assert_eq!((&first["mend"], &first["fixed"]), (&json!("cloison doctor --fix"), &json!(false)));

    // The next person to come in notices nothing: no connection is open yet, and the first one heals.
    let person = Person::by_link(&up, "blue", link).await;
    assert_eq!(person.get("/calendar").await.status(), 200);
    assert!(config.connect(NoTls).await.is_ok(), "the known password works again");

    let calm = up.run(&["doctor"]);
    assert!(calm.status.success(), "{calm:?}");
    assert!(String::from_utf8(calm.stdout).unwrap().contains("as they should be"));
    up.stop();
}
