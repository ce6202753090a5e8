//! What tenants use, on a real server: counted once, whatever happens to whoever counts.

mod databases;
mod limits;
mod requests;
mod statements;

use cloison_catalog::DATABASE;
use cloison_control::usage::{Booked, book, claim, collect, read};
use jiff::Timestamp;

use crate::backups::{Safe, world};
use crate::world::World;

/// Ten seconds before midnight.
const EVENING: &str = "2026-11-29T23:59:50Z";
const MORNING: &str = "2026-11-30T00:00:20Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// With these tenants, looked at once; nobody works or counts unless the test does.
async fn fleet(subdomains: &[&str]) -> (World, Safe) {
    let (world, safe) = world().await;
    world.populate(subdomains).await;
    (world, safe)
}

impl World {
    async fn populate(&self, subdomains: &[&str]) {
        for subdomain in subdomains {
            self.made(subdomain).await;
        }
        self.settled().await;
        self.count_up(EVENING).await;
    }

    /// Whatever was counted a moment ago, it is due again.
    async fn due(&self) {
        self.execute("update usage_sources set due_at = now()").await;
    }

    /// Counts up what was done since, at that time of the process.
    async fn count_up(&self, now: &str) -> usize {
        self.due().await;
        collect(&self.control, at(now)).await.unwrap()
    }

    /// Makes so many rows in a database, and has the session tell the server before the answer.
    async fn write_rows(&self, database: &str, rows: i32) {
        let client = self.server.connect(database).await;
        client
            .simple_query(&format!(
                "insert into notes select 'a row' from generate_series(1, {rows});
                 select pg_stat_force_next_flush();"
            ))
            .await
            .unwrap();
    }

    /// A figure of all days of a tenant, or of one day.
    async fn used(&self, subdomain: &str, what: &str, day: Option<&str>) -> i64 {
        let client = self.server.connect(DATABASE).await;
        let statement = format!(
            "select coalesce(sum({what}), 0)::bigint
             from usage_days
             join organizations on organizations.id = usage_days.organization_id
             where organizations.subdomain = $1::text::citext and ($2::text is null or day = $2::text::date)"
        );
        client.query_one(&statement, &[&subdomain, &day]).await.unwrap().get(0)
    }

    async fn rows_of(&self, subdomain: &str) -> i64 {
        self.used(subdomain, "rows_changed", None).await
    }

    /// One look of a collector of its own.
    async fn look(&self) -> (cloison_control::usage::Claim, cloison_control::usage::Counters) {
        self.due().await;
        let claim = claim(&self.control).await.unwrap()[0];
        (claim, read(&self.control, claim.server).await.unwrap())
    }

    async fn booked(
        &self,
        (claim, counters): &(cloison_control::usage::Claim, cloison_control::usage::Counters),
    ) -> Booked {
        book(&self.control, *claim, counters, at(EVENING)).await.unwrap()
    }

    /// What others were told of limits, in order: type, limit and day.
    async fn limits_told(&self) -> Vec<String> {
        let client = self.server.connect(DATABASE).await;
        let told = "select type || ' ' || (data ->> 'limit') || ' ' || (data ->> 'day')
            from events where type like 'tenant.limit%' order by sequence";
        client.query(told, &[]).await.unwrap().iter().map(|it| it.get(0)).collect()
    }
}
