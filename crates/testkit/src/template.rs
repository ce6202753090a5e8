//! A database that is built once and copied for each test, which takes a twentieth of the time.

use std::hash::{DefaultHasher, Hash, Hasher as _};

use anyhow::{Context as _, Result};

use crate::{
    database::{Database, plain},
    server::{Server, connect},
};

/// Held while a template is built. One for all templates, because building makes roles, which all share.
const LOCK: i64 = 0x0063_6c6f_6973_6f6e;

/// The name of a database that is complete and takes no connections.
#[derive(Clone, Debug)]
pub struct Template {
    name: String,
}

impl Template {
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Server {
    /// A template whose content follows from `content`, such as its SQL: the first to ask builds it, in whatever
    /// process, and all others wait for that. `build` gets an empty database and may open connections to it.
    pub async fn template(
        &self,
        hint: &str,
        content: impl Hash,
        build: impl AsyncFnOnce(&Database) -> Result<()>,
    ) -> Template {
        let mut hasher = DefaultHasher::new();
        content.hash(&mut hasher);
        let template =
            Template { name: format!("template_{}_{:016x}", plain(hint), hasher.finish()) };
        let ensured = self.ensure(&template, build).await;
        ensured.unwrap_or_else(|error| panic!("no template {hint}: {error:#}"));
        template
    }

    /// A copy of a template, dropped with the handle.
    pub async fn database_from(&self, template: &Template, hint: &str) -> Database {
        let created = Database::create(self, hint, Some(template)).await;
        created.unwrap_or_else(|error| panic!("no database for {hint}: {error:#}"))
    }

    async fn ensure(
        &self,
        template: &Template,
        build: impl AsyncFnOnce(&Database) -> Result<()>,
    ) -> Result<()> {
        let client = connect(&self.config("postgres")).await?;
        let name = template.name();
        let exists = "select 1 from pg_database where datname = $1";
        if client.query_opt(exists, &[&name]).await?.is_some() {
            return Ok(());
        }
        // Ends with the connection, so with this function at the latest.
        client
            .execute("select pg_advisory_lock($1)", &[&LOCK])
            .await
            .context("wait for another build")?;
        if client.query_opt(exists, &[&name]).await?.is_some() {
            return Ok(());
        }
        let unfinished = format!("{name}_unfinished");
        client
            .execute(&format!("drop database if exists \"{unfinished}\" with (force)"), &[])
            .await?;
        // From here on a failure drops it.
        let database = Database::create_named(self, unfinished, None).await?;
        build(&database).await.context("build it")?;

        let unfinished = database.name();
        client
            .execute(
                &format!(
                    "alter database \"{unfinished}\" allow_connections false is_template true"
                ),
                &[],
            )
            .await?;
        let disconnect =
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1";
        client.execute(disconnect, &[&unfinished]).await.context("disconnect the builder")?;
        client
            .execute(&format!("alter database \"{unfinished}\" rename to \"{name}\""), &[])
            .await?;
        // The old name is gone, so dropping the handle drops nothing.
        drop(database);
        Ok(())
    }
}
