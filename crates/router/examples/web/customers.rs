//! The router's directory: a table of yours, `customers.sql`.
use std::{error::Error, sync::Arc};

use cloison_router::tokio_postgres::{Config, NoTls, Row, types::ToSql};
use cloison_router::tokio_util::task::TaskTracker;
use cloison_router::{
    Change, Changed, Changes, Directory, DirectoryError, Healed, Key, Location, Login, Phase,
    Route, Secret, ServerId, Snapshot, Subdomain, TenantId, listen,
};

type Failure = Box<dyn Error + Send + Sync>;

/// Asks the table. A connection for each question is simple; keep one if you count milliseconds.
pub(crate) struct Customers {
    pub(crate) control: Config,
    pub(crate) tasks: TaskTracker,
}

impl Customers {
    async fn ask(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Route>, Failure> {
        let (client, connection) = self.control.connect(NoTls).await?;
        self.tasks.spawn(connection);
        client.query(sql, params).await?.iter().map(route).collect()
    }

    async fn after(&self, epoch: i64) -> Result<Vec<Route>, DirectoryError> {
        let sql = "select * from customers where epoch > $1 order by epoch limit 1000";
        self.ask(sql, &[&epoch]).await.map_err(DirectoryError::new)
    }
}

fn route(row: &Row) -> Result<Route, Failure> {
    let (host, port): (String, i32) = (row.get("host"), row.get("port"));
    let location = Location {
        server: ServerId::of_key(&format!("{host}:{port}")),
        host,
        port: port.try_into()?,
        database: row.get::<_, &str>("database").parse()?,
    };
    let password = Secret::new(row.get::<_, &str>("password"));
    let login = Login { role: row.get::<_, &str>("role").parse()?, password };
    let subdomain = Subdomain::from_label(row.get("subdomain"))?;
    let domain = row.get::<_, Option<&str>>("domain").and_then(|it| it.parse().ok());
    Ok(Route {
        epoch: row.get("epoch"),
        hostnames: domain.into_iter().collect(),
        phase: if row.get("is_served") { Phase::Ready } else { Phase::Archived },
        ..Route::new(TenantId(row.get("id")), subdomain, location, login)
    })
}

impl Directory for Customers {
    async fn snapshot(&self) -> Result<Snapshot, DirectoryError> {
        let mut snapshot = Snapshot::default();
        loop {
            let page = self.after(snapshot.epoch).await?;
            let Some(last) = page.last() else { return Ok(snapshot) };
            snapshot.epoch = last.epoch;
            snapshot.budgets.extend(page.iter().map(|it| (it.server, 20)));
            snapshot.routes.extend(page.into_iter().map(Arc::new));
        }
    }

    async fn changed_since(&self, epoch: i64) -> Result<Vec<Change>, DirectoryError> {
        Ok(self.after(epoch).await?.into_iter().map(|it| Change::Route(Arc::new(it))).collect())
    }

    async fn fetch(&self, key: &Key) -> Result<Option<Route>, DirectoryError> {
        let (id, subdomain, domain) = match key {
            Key::Tenant(it) => (Some(it.0), None, None),
            Key::Subdomain(it) => (None, Some(it.as_str()), None),
            Key::Hostname(it) => (None, None, Some(it.as_str())),
        };
        let sql = "select * from customers where id = $1 or subdomain = $2 or domain = $3";
        let found = self.ask(sql, &[&id, &subdomain, &domain]).await;
        Ok(found.map_err(DirectoryError::new)?.pop())
    }

    async fn changes(&self) -> Result<Changes, DirectoryError> {
        let channel = "customers".parse().map_err(DirectoryError::new)?;
        let read = |payload: &str| {
            let (id, epoch) = payload.split_once(' ')?;
            Some(Changed { tenant: TenantId(id.parse().ok()?), epoch: epoch.parse().ok()? })
        };
        listen(&self.control, &channel, read).await
    }

    async fn heal(&self, _tenant: TenantId) -> Result<Healed, DirectoryError> {
        Err(DirectoryError::new("no password is set from here"))
    }
}
