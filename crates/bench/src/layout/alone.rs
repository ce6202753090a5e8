//! A database for each studio: what the product does, by the product's own client.

use anyhow::Result;
use cloison_router::Tenant;
use cloison_studio::db::Db;

use crate::answers::{Answer, book, read};
use crate::calls::Call;

pub(super) async fn call(tenant: &Tenant, call: &Call) -> Result<Answer> {
    let mut db = Db::of(tenant).await?;
    let Call::Book(new) = call else { return read(&db, call).await };
    let txn = db.begin().await?;
    match book(&txn, new).await {
        Ok(booked) => {
            txn.commit().await?;
            Ok(booked)
        }
        Err(error) => {
            txn.rollback().await?;
            Err(error)
        }
    }
}
