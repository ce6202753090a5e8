//! A dump and a restore by stock programs give equal facts.

use cloison_archive::tables::DatabaseFacts;
use cloison_testkit::Server;

use crate::world::{NASTY, database, dump, facts_of, restore, run, studio};

fn check_equal(here: &DatabaseFacts, copy: &DatabaseFacts) {
    assert_eq!(here.differences(copy), []);
    assert_eq!(here.tables, copy.tables);
    assert_eq!(here.sequences, copy.sequences);
    assert_eq!(here.large_objects, copy.large_objects);
}

fn rows(facts: &DatabaseFacts, schema: &str, name: &str) -> Option<u64> {
    let mut tables = facts.tables.iter();
    tables.find(|it| it.schema == schema && it.name == name).map(|it| it.rows)
}

#[tokio::test]
async fn a_nasty_database_is_the_same_when_restored() {
    let server = Server::shared();
    let original = database(&server, "nasty", NASTY).await;
    let here = facts_of(&original).await;
    for (schema, name, count) in [
        ("public", "kinds", Some(5)),
        ("Weird.Schema", "kinds", Some(5)),
        ("Weird.Schema", "Ta\"ble %séance 'x'", Some(3)),
        ("public", "empty", Some(0)),
        ("public", "no_columns", Some(3)),
        ("public", "unlogged", Some(500)),
        // Its own row alone.
        ("public", "parent", Some(1)),
        ("public", "child", Some(2)),
        // Rows are in the leaves.
        ("public", "measures", None),
        ("public", "measures_2026", None),
        ("public", "measures_2025", Some(121)),
        // Row level security hides nothing.
        ("public", "guarded", Some(50)),
        // Computed anew when restored.
        ("public", "computed", None),
        ("public", "seen", None),
    ] {
        assert_eq!(rows(&here, schema, name), count, "{schema}.{name}");
    }
    assert_eq!(here.large_objects, 3);
    // The session that used it took ten at once.
    let states = ["never_used", "set_back", "downwards", "used"].map(|name| {
        let sequence = here.sequences.iter().find(|it| it.name == name).unwrap();
        (sequence.last_value, sequence.is_called, sequence.increment)
    });
    assert_eq!(states, [(42, false, 1), (9, false, 1), (995, true, -5), (10, true, 1)]);

    let copy = server.database("nasty_copy").await;
    restore(&dump(&original, &["-Fc"]).await, &copy).await;
    // In the copy everything is written otherwise.
    run(
        &copy.connect().await,
        &format!(
            "alter database {0} set datestyle = 'SQL, DMY'; alter database {0} set timezone = 'America/St_Johns';
             alter database {0} set extra_float_digits = -5; alter database {0} set bytea_output = 'escape';
             alter database {0} set intervalstyle = 'sql_standard'; alter database {0} set search_path = '\"Weird.Schema\"';
             alter database {0} set quote_all_identifiers = on; alter database {0} set statement_timeout = '1min';",
            copy.name()
        ),
    )
    .await;
    check_equal(&here, &facts_of(&copy).await);
}

#[tokio::test]
async fn a_studio_is_the_same_when_restored() {
    // The studio's roles are for the whole server, so it has one of its own; and where it is restored, nobody knows them.
    let server = Server::private();
    let roles = "create role cloison_owner; create role cloison_app; create role cloison_reader;";
    run(&server.connect("postgres").await, roles).await;
    let original = database(&server, "studio", &studio()).await;
    let here = facts_of(&original).await;
    for (name, count) in [
        ("clients", 200),
        ("allocations", 200),
        ("invoices", 40),
        ("fiscal_journal", 30),
        ("sign_ins", 3),
    ] {
        assert_eq!(rows(&here, "public", name), Some(count), "{name}");
    }

    let copy = Server::shared().database("studio_copy").await;
    restore(&dump(&original, &["-Fc", "--no-owner", "--no-privileges"]).await, &copy).await;
    check_equal(&here, &facts_of(&copy).await);
}
