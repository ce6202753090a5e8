//! Whoever was erased after the backup stays so.
//!
//! An erasure leaves its signed certificate in the store, under the organization's id. A tombstone that cannot be believed stops the
//! recovery if it stands for somebody whom the backup knows: going on would bring back a customer who was promised to be gone, or lose
//! one because somebody has written into the store.

use cloison_archive::{
    CERTIFICATE_BYTES_MAX, ErasureCertificate, ObjectKey, Signed, Store, VerifyingKey,
};
use cloison_catalog::Transaction;
use cloison_catalog::queries::operations::operations_scrub;
use cloison_catalog::queries::recover as queries;
use cloison_model::DatabaseName;
use futures_util::TryStreamExt as _;
use uuid::Uuid;

use super::error::RecoverError;
use super::known::Known;
use super::report::{Buried, Recovered};
use crate::control::Control;

const FOLDER: &str = "erasures";
/// The row of somebody whose place the backup does not know.
const UNKNOWN_SERVER: &str = "unknown";

pub(super) struct Tombstones {
    believed: Vec<ErasureCertificate>,
}

impl Tombstones {
    pub(super) async fn collect(
        store: &Store,
        key: &VerifyingKey,
        known: &Known,
        report: &mut Recovered,
    ) -> Result<Self, RecoverError> {
        let folder: ObjectKey = FOLDER.parse().expect("it is a name");
        let mut objects = store.list(Some(&folder));
        let mut believed = Vec::new();
        while let Some(object) = objects.try_next().await? {
            let Some(organization) = organization_in(object.key.as_str()) else { continue };
            match read(store, &object.key, organization, key).await? {
                Ok(certificate) => believed.push(certificate),
                Err(why) => {
                    let object = object.key.to_string();
                    if let Some(it) = known.organizations.get(&organization) {
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
        self.believed.iter().map(|it| it.organization_number).max().unwrap_or_default()
    }

    pub(super) fn has_number(&self, number: i64) -> bool {
        self.believed.iter().any(|it| it.organization_number == number)
    }

    pub(super) fn has(&self, organization: Uuid) -> bool {
        self.believed.iter().any(|it| it.organization_id == organization)
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
    certificate: &ErasureCertificate,
) -> Result<(), RecoverError> {
    let id = certificate.organization_id;
    let row = known.organizations.get(&id);
    let number = certificate.organization_number;
    let usual = DatabaseName::of_number(number);
    let database = row.and_then(|it| it.database_name.as_deref()).unwrap_or(usual.as_str());
    queries::recovered_erasure_insert()
        .bind(
            txn,
            &id,
            &number,
            &UNKNOWN_SERVER,
            &database,
            &certificate.certificate_id,
            &certificate.requested_by.as_str(),
            &certificate.done.tombstone_written_at,
        )
        .await?;
    if row.is_some() {
        queries::recovered_operations_end().bind(txn, &id).await?;
        operations_scrub().bind(txn, &id).await?;
        queries::recovered_organization_delete().bind(txn, &id).await?;
    }
    Ok(())
}

/// Or why it is not to be believed.
async fn read(
    store: &Store,
    object: &ObjectKey,
    organization: Uuid,
    key: &VerifyingKey,
) -> Result<Result<ErasureCertificate, String>, RecoverError> {
    let max = CERTIFICATE_BYTES_MAX;
    let Some(bytes) = store.get_small(object, max as u64).await? else {
        return Ok(Err("it went while it was read".to_owned()));
    };
    let read = Signed::<ErasureCertificate>::parse(&bytes, max).and_then(|it| it.verify(Some(key)));
    Ok(match read {
        Ok(it) if it.organization_id == organization => Ok(it),
        Ok(_) => Err("it is the certificate of another organization".to_owned()),
        Err(error) => Err(error.to_string()),
    })
}

/// Of `erasures/<organization>.json`.
fn organization_in(key: &str) -> Option<Uuid> {
    key.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".json")?.parse().ok()
}
