//! Statements that stay prepared while the schema changes under them, as during a rollout.
//!
//! PostgreSQL refuses a prepared statement whose columns have become others (0A000, "cached plan must not change result
//! type"), and a page would fail once on each connection. What is only added must not do that.

use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use crate::statements::statements;
use crate::studio::Studio;

/// Prepares all statements and runs each, changes the schema, and answers which are refused for that. With NULL for each
/// parameter many fail for that, which is not asked here.
async fn refused(hint: &str, change: impl AsyncFn(&Client)) -> Vec<String> {
    let studio = Studio::new(hint).await;
    let app = studio.app().await;
    let mut prepared = Vec::new();
    // What has no plan cannot lose it.
    for (name, sql) in statements().into_iter().filter(|(_, it)| !it.starts_with("analyze")) {
        let label = name.split_whitespace().next().unwrap().to_owned();
        let parameters = app.prepare(&sql).await.unwrap().params().len();
        app.simple_query(&format!("prepare {label} as {sql}")).await.unwrap();
        let nulls = vec!["null"; parameters].join(", ");
        let brackets = if parameters == 0 { nulls } else { format!("({nulls})") };
        let run = format!("execute {label}{brackets}");
        drop(app.simple_query(&run).await);
        prepared.push((label, run));
    }
    change(&studio.superuser().await).await;
    let mut refused = Vec::new();
    for (label, run) in prepared {
        let error = app.simple_query(&run).await.err();
        if error.is_some_and(|it| it.code() == Some(&SqlState::FEATURE_NOT_SUPPORTED)) {
            refused.push(label);
        }
    }
    refused
}

/// The studio's own tables.
const TABLES: &str = "select format('%I', relname)::text from pg_class
                      where relkind = 'r' and relnamespace = 'public'::regnamespace";

#[tokio::test]
async fn what_is_added_makes_no_prepared_statement_unfit() {
    let added = refused("plans_added", async |owner| {
        for row in owner.query(TABLES, &[]).await.unwrap() {
            let table: String = row.get(0);
            owner
                .simple_query(&format!(
                    "alter table {table} add column added integer not null default 7;
                     alter table {table} add column later text;
                     create index on {table} (added);
                     alter table {table} add constraint {table}_later check (later <> '') not valid;
                     alter table {table} validate constraint {table}_later"
                ))
                .await
                .unwrap();
        }
    });
    assert_eq!(added.await, [""; 0]);
}

#[tokio::test]
async fn a_column_whose_type_is_changed_in_place_does() {
    let changed = refused("plans_changed", async |owner| {
        owner
            .simple_query("alter table sessions alter column title type varchar(999)")
            .await
            .unwrap();
    });
    assert!(!changed.await.is_empty(), "and so it is no migration for a fleet that is in use");
}
