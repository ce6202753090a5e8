//! Whoever was erased after the backup stays so.
//!
//! An erasure leaves its signed certificate in the store, under the organization's id. A tombstone that cannot be believed stops the
//! recovery if it stands for somebody whom the backup knows: going on would bring back a customer who was promised to be gone, or lose
//! one because somebody has written into the store.

use cloison_archive::{Store, VerifyingKey};
use cloison_catalog::Transaction;
use cloison_catalog::queries::erasures::hold_delete;
use cloison_catalog::queries::operations::operations_scrub;
use cloison_catalog::queries::recover as queries;
use futures_util::TryStreamExt as _;
use uuid::Uuid;

use super::error::RecoverError;
use super::known::Known;
use super::report::{Buried, Recovered};
use crate::control::Control;
use crate::erasures::{StoredTombstone, stored_tombstones};

pub(super) struct Tombstones {
    believed: Vec<StoredTombstone>,
}

impl Tombstones {
    pub(super) async fn collect(
        store: &Store,
        key: &VerifyingKey,
        known: &Known,
        report: &mut Recovered,
    ) -> Result<Self, RecoverError> {
        let mut stored = stored_tombstones(store);
        let mut believed = Vec::new();
        while let Some((organization, object)) = stored.try_next().await? {
            match StoredTombstone::read(store, (organization, &object), key).await? {
                Ok(tombstone) => believed.push(tombstone),
                Err(why) => {
                    let object = object.to_string();
                    if let Some(it) = known.organizations.get(&organization.0) {
                        let subdomain = it.subdomain.clone();
                        return Err(RecoverError::Tombstone { object, subdomain, why });
                    }
                    report.ask(
                        object,
                        format!("this tombstone is not to be believed ({why}); the backup knows nobody of its name, so nothing depends on it: find out who wrote it"),
                    );
                }
            }
        }
        Ok(Self { believed })
    }

    pub(super) fn number_max(&self) -> i64 {
        self.believed.iter().map(|it| it.certificate.organization_number).max().unwrap_or_default()
    }

    pub(super) fn has_number(&self, number: i64) -> bool {
        self.believed.iter().any(|it| it.certificate.organization_number == number)
    }

    pub(super) fn has(&self, organization: Uuid) -> bool {
        self.believed.iter().any(|it| it.certificate.organization_id == organization)
    }

    /// As the erasure did it: the tombstone comes, the rows go, and what operations have kept about a person with them.
    pub(super) async fn replay(
        &self,
        control: &Control,
        known: &Known,
        report: &mut Recovered,
    ) -> Result<(), RecoverError> {
        let mut client = control.catalog.client().await?;
        let txn = client.transaction().await?;
        for it in &self.believed {
            bury(&txn, known, it).await?;
            let it = &it.certificate;
            if let Some(row) = known.organizations.get(&it.organization_id) {
                report.erased.push(Buried {
                    organization: row.id,
                    number: row.number,
                    subdomain: row.subdomain.clone(),
                    erased_at: it.done.tombstone_written_at,
                });
            }
        }
        txn.commit().await?;
        Ok(())
    }
}

async fn bury(
    txn: &Transaction<'_>,
    known: &Known,
    tombstone: &StoredTombstone,
) -> Result<(), RecoverError> {
    let id = tombstone.certificate.organization_id;
    let row = known.organizations.get(&id);
    tombstone.learn(txn, row.and_then(|it| it.database_name.as_deref())).await?;
    if row.is_some() {
        queries::recovered_operations_end().bind(txn, &id).await?;
        operations_scrub().bind(txn, &id).await?;
        // The certificate says that nobody had one any more.
        hold_delete().bind(txn, &id).await?;
        queries::recovered_organization_delete().bind(txn, &id).await?;
    }
    Ok(())
}
