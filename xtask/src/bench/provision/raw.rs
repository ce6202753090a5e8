//! `create database` by itself: what provisioning could not be faster than.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use anyhow::{Context, Result};
use tokio::task::JoinSet;
use tokio_postgres::Client;

use crate::clusters::{Cluster, connect};

/// Databases to make at each concurrency, to find the best.
const SAMPLE: u32 = 24;

pub(super) struct Raw {
    clients: Vec<Arc<Client>>,
    /// Connections that make them fastest.
    pub(super) concurrency: usize,
}

impl Raw {
    pub(super) async fn new(server: &Cluster) -> Result<Self> {
        let mut clients = Vec::new();
        for _ in 0..8 {
            clients.push(Arc::new(connect(&server.database("postgres")).await?));
        }
        let mut raw = Self { clients, concurrency: 1 };
        let mut best = 0.0;
        for concurrency in [1, 2, 4, 8] {
            let rate = raw.at(concurrency, SAMPLE).await?;
            if rate > best {
                (best, raw.concurrency) = (rate, concurrency);
            }
        }
        Ok(raw)
    }

    /// Makes so many, and drops them when the clock has stopped.
    pub(super) async fn per_second(&self, count: u32) -> Result<f64> {
        self.at(self.concurrency, count).await
    }

    async fn at(&self, concurrency: usize, count: u32) -> Result<f64> {
        let started = Instant::now();
        self.each(concurrency, count, |number| {
            format!("create database raw_{number} template cloison_template strategy wal_log")
        })
        .await
        .context("create databases")?;
        let took = started.elapsed();
        self.each(self.clients.len(), count, |number| format!("drop database raw_{number}"))
            .await
            .context("drop the databases again")?;
        // What was dropped is not to be flushed in somebody else's time.
        self.clients[0].execute("checkpoint", &[]).await?;
        Ok(f64::from(count) / took.as_secs_f64())
    }

    async fn each(
        &self,
        concurrency: usize,
        count: u32,
        statement: fn(u32) -> String,
    ) -> Result<()> {
        let next = Arc::new(AtomicU32::new(0));
        let mut working = JoinSet::new();
        for client in self.clients.iter().take(concurrency) {
            let (client, next) = (Arc::clone(client), Arc::clone(&next));
            working.spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return anyhow::Ok(());
                    }
                    client.execute(&statement(number), &[]).await?;
                }
            });
        }
        while let Some(worked) = working.join_next().await {
            worked??;
        }
        Ok(())
    }
}
