//! The product with real tenants, started again whenever its memory is to be looked at.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, bail};
use tokio::task::JoinSet;
use tokio_postgres::Client;

use crate::caller::{Caller, WAIT};
use crate::clusters::{Cluster, connect};
use crate::product::{Content, Ports, Product, Start};

/// Orders at the same time.
const CALLERS: u32 = 8;
/// No spares: what is done to tenants would be done to their databases as well.
const SETTINGS: [(&str, &str); 2] =
    [("CLOISON_WORK_SPARES_PER_SERVER", "0"), ("CLOISON_LOG", "warn")];

pub(super) struct Platform<'a> {
    program: &'a Path,
    content: Content<'a>,
    settings: &'a [(&'a str, &'a str)],
    data_dir: PathBuf,
    product: Product,
    pub(super) caller: Caller,
    /// The control database.
    pub(super) catalog: Client,
    /// Where the tenants are.
    pub(super) server: Cluster,
    /// For what is asked of that server itself.
    pub(super) admin: Client,
}

impl<'a> Platform<'a> {
    /// `settings` are variables `CLOISON_*` beside our own.
    pub(super) async fn start(
        program: &'a Path,
        data_dir: PathBuf,
        content: Content<'a>,
        settings: &'a [(&'a str, &'a str)],
    ) -> Result<Self> {
        let all = [&SETTINGS, settings].concat();
        let product = Product::start(&Start {
            program,
            data_dir: &data_dir,
            content,
            settings: &all,
            ports: Ports::free(),
        })?;
        let caller = Caller::new(&product)?;
        let control = Cluster::control(&data_dir)?;
        let catalog = connect(&control.database("studio_platform_master")).await?;
        let server = Cluster::tenants(&data_dir)?;
        let admin = connect(&server.database("postgres")).await?;
        Ok(Self { program, content, settings, data_dir, product, caller, catalog, server, admin })
    }

    /// Ends it and its servers, and starts all of it anew on the same data.
    pub(super) async fn start_again(self) -> Result<Self> {
        let Self { program, content, settings, data_dir, product, .. } = self;
        product.stop()?;
        Self::start(program, data_dir, content, settings).await
    }

    pub(super) fn product(&self) -> &Product {
        &self.product
    }

    pub(super) fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    pub(super) fn stop(self) -> Result<()> {
        self.product.stop()
    }

    /// Orders tenants until there are `wanted`, named by their numbers from 1.
    pub(super) async fn grow(&self, wanted: u32) -> Result<()> {
        let there = u32::try_from(self.databases().await?.len())?;
        let next = Arc::new(AtomicU32::new(there + 1));
        let mut callers = JoinSet::new();
        for _ in 0..CALLERS {
            let (caller, next) = (self.caller.clone(), Arc::clone(&next));
            callers.spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number > wanted {
                        return anyhow::Ok(());
                    }
                    create(&caller, &subdomain(number)).await?;
                }
            });
        }
        while let Some(called) = callers.join_next().await {
            called??;
        }
        Ok(())
    }

    /// The tenants' databases, in the order in which a rollout takes them.
    pub(super) async fn databases(&self) -> Result<Vec<String>> {
        let rows = self
            .catalog
            .query(
                "select database_name
                 from tenants
                 where phase = 'READY'
                 order by md5(organization_id::text)",
                &[],
            )
            .await?;
        Ok(rows.iter().map(|it| it.get(0)).collect())
    }

    /// What others have left to be written is not to be written in somebody's time.
    pub(super) async fn settle(&self) -> Result<()> {
        self.admin.execute("checkpoint", &[]).await?;
        rustix::fs::sync();
        Ok(())
    }

    pub(super) async fn version(&self) -> Result<String> {
        let version: String = self.admin.query_one("show server_version", &[]).await?.get(0);
        // Distributions add their own words after the number.
        Ok(version.split(' ').next().unwrap_or_default().to_owned())
    }
}

pub(super) fn subdomain(number: u32) -> String {
    format!("tenant-{number}")
}

async fn create(caller: &Caller, subdomain: &str) -> Result<()> {
    let made = caller.create(subdomain, Some(WAIT), None).await;
    let operation = made.with_context(|| format!("create {subdomain}"))?.operation;
    if operation.state != "DONE" {
        bail!("{subdomain} is {}: {}", operation.state, operation.error.unwrap_or_default());
    }
    Ok(())
}
