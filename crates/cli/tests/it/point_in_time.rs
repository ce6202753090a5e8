//! What `up` archives by itself can be restored, whatever has become of `up` meanwhile.

use std::path::Path;
use std::time::{Duration, Instant};

use cloison_local_postgres::{Account, Cluster, Installation};
use cloison_pgbackrest::{
    Error, Kind, Moment, Order, Program, Stanza, Wanted, archive_now, clear_leftovers, restore,
};

use serde_json::json;

use crate::http::eventually;
use crate::output::{json, stdout};
use crate::up::{Up, cloison, fresh_data_dir};

fn start(data_dir: &Path) -> Up {
    let mut command = cloison(data_dir);
    command.env("CLOISON_POINT_IN_TIME", "true").env("CLOISON_WORK_SPARES_PER_SERVER", "0");
    Up::start_as(data_dir, &[], command)
}

/// As `up` makes it.
fn stanza(data_dir: &Path, name: &str) -> Stanza {
    let home = Cluster::home_of(&data_dir.join("clusters").join(name));
    let parent = data_dir.join("point-in-time");
    // Where a data directory is closed to the server's user, there is a file that says where it went instead.
    let elsewhere = std::fs::read_to_string(parent.join(format!("{name}-at"))).ok();
    let folder = elsewhere.map_or_else(|| parent.join(name), |it| it.trim_end().into());
    let account = Account::choose(&home.join("data")).unwrap();
    Stanza::new(Program::find(None).unwrap(), name.parse().unwrap(), folder, account)
}

async fn backups(stanza: &Stanza) -> usize {
    stanza.info().await.map_or(0, |it| it.backups.len())
}

/// Before a swap the tenant had another database than today, and today's was there already, as a copy.
async fn had_back_from_before_a_swap(up: &Up, database: &str) {
    stdout(&up.run(&["backups", "create", "late"]));
    let made = json(&up.run(&["backups", "restore", "late", "--json"]));
    let copy = made["copy"]["id"].as_str().unwrap();
    let live = Up::superuser(&up.server_home(), database).await;
    live.execute("create table written_since ()", &[]).await.unwrap();
    let now = "select replace(clock_timestamp()::timestamp::text, ' ', 'T') || 'Z'";
    live.execute("set timezone = 'UTC'", &[]).await.unwrap();
    let then: String = live.query_one(now, &[]).await.unwrap().get(0);
    drop(live);
    stdout(&up.run(&["backups", "swap", "late", "--copy", copy, "--confirm", "late"]));

    let had = json(&up.run(&["backups", "restore", "late", "--at", &then, "--json"]));
    let story = had["restore"]["events"].to_string();
    assert!(story.contains("replayed the server's log up to "), "{story}");
    let copy = Up::superuser(&up.server_home(), had["copy"]["database"].as_str().unwrap()).await;
    let is_there = "select to_regclass('written_since') is not null";
    assert!(copy.query_one(is_there, &[]).await.unwrap().get::<_, bool>(0), "as it was {then}");
}

#[tokio::test]
async fn a_tenant_is_had_back_from_what_up_has_archived() {
    let data_dir = fresh_data_dir();
    // Made without an archive, as by an earlier build.
    let up = Up::start_without_spares(&data_dir, &[]);
    up.stop();
    assert!(!data_dir.join("point-in-time").exists());

    let up = start(&data_dir);
    let (control, server) = (stanza(&data_dir, "control"), stanza(&data_dir, "server-eu-1"));
    for stanza in [&control, &server] {
        eventually("there is a backup", async || backups(stanza).await == 1).await;
    }

    let told = json(&up.run(&["backups", "status", "--json"]));
    let archive = &told["servers"][0];
    assert_eq!((&archive["server"], &archive["backups"]), (&json!("eu-1"), &json!(1)), "{told}");
    assert!(archive["restorable_from"].is_string() && archive["why"].is_null(), "{told}");

    // Younger than the backup, so it is in none.
    let made = up.run(&["tenants", "create", "late", "--owner-email", "kim@example.com"]);
    assert!(made.status.success(), "{made:?}");
    let shown = json(&up.run(&["tenants", "show", "late", "--json"]));
    let database = shown["database"].as_str().unwrap();
    let live = Up::superuser(&up.server_home(), "postgres").await;
    archive_now(&live, Duration::from_mins(1)).await.unwrap();
    drop(live);

    // Killed, it leaves no lock in the way of the next one, which goes on with what is there.
    let data_dir = up.kill();
    let up = start(&data_dir);
    assert_eq!(backups(&server).await, 1);
    let order = Order {
        databases: vec![Wanted { name: database.to_owned(), oid: None }],
        anchor: "cloison_pitr_anchor".to_owned(),
        templates: vec!["cloison_template".to_owned()],
        at: Moment::Latest,
        folder: data_dir.join("scratch"),
        replay_within: Duration::from_mins(1),
    };
    let installation = Installation::find(None).unwrap();
    let scratch = restore(&server, &installation, &order).await.unwrap();
    assert_eq!(scratch.amcheck(database).await.unwrap(), Vec::<String>::new());
    scratch.close().await.unwrap();
    assert_eq!(clear_leftovers(&order.folder).unwrap(), 0);
    had_back_from_before_a_swap(&up, database).await;

    eventually("a backup is made", async || match server.backup(Kind::Incr).await {
        Ok(()) => true,
        Err(Error::Busy { .. }) => false,
        Err(error) => panic!("{error}"),
    })
    .await;
    let stopping = Instant::now();
    up.stop();
    assert!(stopping.elapsed() < Duration::from_secs(20), "it took {:?}", stopping.elapsed());
}
