//! AI credits on a real server: none is lost or spent twice, whoever comes at once and whatever is cut off.

mod cuts;
mod lives;
mod months;
mod races;

use cloison_catalog::DATABASE;
use cloison_catalog::queries::ai_credits::{AiGrant, AiReservation};
use cloison_control::ai_credits::{
    AiCreditsError, NewGrant, NewReservation, catch_up_due, grant, release, reserve, settle,
};
use cloison_control::call::{Actor, Call, IdempotencyKey};
use cloison_model::CreditSource;
use uuid::Uuid;

use crate::backups::{Safe, name, world};
use crate::world::{World, call};

/// What the plan of a tenant grants in a month.
const MONTHLY: i64 = 1_000;

/// With one tenant, and nobody at work.
async fn blue() -> (World, Safe) {
    let (world, safe) = world().await;
    world.made("blue").await;
    (world, safe)
}

/// With so many credits that do not expire, and no plan's.
async fn blue_with(credits: i64) -> (World, Safe) {
    let (world, safe) = blue().await;
    world.execute("update organizations set access_mode = 'READ_ONLY'").await;
    world.grant(CreditSource::Topup, credits).await;
    (world, safe)
}

/// One that can be told from others and sent again.
fn keyed(key: &str) -> Call {
    let actor = Actor { id: Uuid::from_u128(7), name: "kim@example.com".to_owned() };
    Call { actor, key: Some(IdempotencyKey::new(key, "POST", "/", b"{}").unwrap()) }
}

/// For ten minutes.
fn of(request_id: &str, credits: i64) -> NewReservation<'_> {
    NewReservation { request_id, feature: "transcription", credits, seconds: 600 }
}

fn new_grant(source: CreditSource, credits: i64) -> NewGrant<'static> {
    NewGrant { source, credits, expires_at: None, reason: "a test" }
}

impl World {
    async fn grant(&self, source: CreditSource, credits: i64) -> AiGrant {
        let new = new_grant(source, credits);
        grant(&self.control, &call(), &name("blue"), &new).await.unwrap()
    }

    async fn reserve(
        &self,
        request_id: &str,
        credits: i64,
    ) -> Result<AiReservation, AiCreditsError> {
        reserve(&self.control, &call(), &name("blue"), of(request_id, credits)).await
    }

    async fn settle(&self, id: Uuid, spent: i64) -> Result<AiReservation, AiCreditsError> {
        settle(&self.control, &call(), &name("blue"), id, spent).await
    }

    async fn release(&self, id: Uuid) -> Result<AiReservation, AiCreditsError> {
        release(&self.control, &call(), &name("blue"), id).await
    }

    /// One look of the keeper. Answers how many accounts it has brought up to date.
    async fn caught_up(&self) -> i64 {
        let look = catch_up_due(&self.control).await.unwrap();
        assert!(look.failed.is_none(), "{look:?}");
        look.done
    }

    /// What is available and held, and that it is in step with the ledger, the grants and the reservations.
    async fn balance(&self) -> (i64, i64) {
        let client = self.server.connect(DATABASE).await;
        for view in ["ai_credits_out_of_step", "ai_credits_ledger_broken"] {
            let wrong = client.query(&format!("select * from {view}"), &[]).await.unwrap();
            assert!(wrong.is_empty(), "{view}: {wrong:?}");
        }
        let sums = "select coalesce(sum(available_change), 0)::bigint, coalesce(sum(held_change), 0)::bigint
            from ai_credits_ledger";
        let sums = client.query_one(sums, &[]).await.unwrap();
        let balance = "select coalesce(sum(available), 0)::bigint, coalesce(sum(held), 0)::bigint
            from ai_credits_accounts";
        let balance = client.query_one(balance, &[]).await.unwrap();
        let balance = (balance.get(0), balance.get(1));
        assert_eq!((sums.get(0), sums.get(1)), balance, "a balance is the sum of its ledger");
        balance
    }

    /// The ledger, a line an entry: what it is, what it moves, and what is left.
    async fn ledger(&self) -> Vec<String> {
        let client = self.server.connect(DATABASE).await;
        let lines = "select kind, available_change, held_change, available_after, held_after
            from ai_credits_ledger order by organization_id, number";
        let line = |it: &tokio_postgres::Row| {
            let change = |at: usize| it.get::<_, i64>(at);
            format!(
                "{} {:+} {:+} = {} {}",
                it.get::<_, &str>(0),
                change(1),
                change(2),
                change(3),
                change(4)
            )
        };
        client.query(lines, &[]).await.unwrap().iter().map(line).collect()
    }

    /// What others were told of credits, in order.
    async fn credits_told(&self) -> Vec<String> {
        let client = self.server.connect(DATABASE).await;
        let told = "select type from events where type like 'tenant.ai_credits%' order by sequence";
        client.query(told, &[]).await.unwrap().iter().map(|it| it.get(0)).collect()
    }

    /// As if what expires had done so a second ago.
    async fn time_passes(&self, table: &str) {
        let past = format!(
            "update {table} set expires_at = now() - interval '2 seconds' where expires_at is not null"
        );
        self.execute(&past).await;
        self.execute("update ai_credits_accounts set due_at = now() - interval '1 second'").await;
    }
}
