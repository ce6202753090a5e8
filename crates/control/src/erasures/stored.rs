//! Tombstones as they lie in the store: the certificate of an erasure, under the id of the organization.
//!
//! A control database that is from before learns them here, the daily look and a recovery alike. One is believed if the platform has signed
//! it and it is of the organization whose name it bears: whoever can write into the store can put a real one in another's place.

use cloison_archive::{
    CERTIFICATE_BYTES_MAX, ErasureCertificate, KeptKind, ObjectKey, Store, StoreError,
    VerifyingKey, object_of_records, verify_file,
};
use cloison_catalog::GenericClient;
use cloison_catalog::queries::erasures as queries;
use cloison_model::{DatabaseName, TenantId};
use futures_util::{Stream, TryStreamExt as _, future};

use super::fiscal::keep_until;

/// Every certificate is below this.
const FOLDER: &str = "erasures";
/// The server of somebody whose place is in no document.
const UNKNOWN_SERVER: &str = "unknown";

/// Of this organization.
pub(super) fn place_of(organization: TenantId) -> ObjectKey {
    format!("{FOLDER}/{organization}.json").parse().expect("ids are letters of a name")
}

/// All that stand for somebody, whether they are to be believed or not.
pub(crate) fn stored_tombstones(
    store: &Store,
) -> impl Stream<Item = Result<(TenantId, ObjectKey), StoreError>> + use<> {
    let folder: ObjectKey = FOLDER.parse().expect("it is a name");
    store.list(Some(&folder)).try_filter_map(|object| {
        let organization = organization_in(object.key.as_str());
        future::ready(Ok(organization.map(|it| (it, object.key))))
    })
}

/// Of `erasures/<organization>.json`.
fn organization_in(key: &str) -> Option<TenantId> {
    let id = key.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".json")?;
    id.parse().ok().map(TenantId)
}

/// One that is believed.
pub(crate) struct StoredTombstone {
    pub(crate) certificate: ErasureCertificate,
    /// As it was signed.
    document: String,
}

impl StoredTombstone {
    /// Or why it is not to be believed.
    pub(crate) async fn read(
        store: &Store,
        (organization, object): (TenantId, &ObjectKey),
        key: &VerifyingKey,
    ) -> Result<Result<Self, String>, StoreError> {
        let Some(bytes) = store.get_small(object, CERTIFICATE_BYTES_MAX as u64).await? else {
            return Ok(Err("it went while it was read".to_owned()));
        };
        let certificate = match verify_file(&bytes, Some(key)) {
            Ok(verified) => verified.certificate,
            Err(error) => return Ok(Err(error.to_string())),
        };
        if certificate.organization_id != organization.0 {
            return Ok(Err("it is the certificate of another organization".to_owned()));
        }
        let Ok(document) = String::from_utf8(bytes.into()) else {
            return Ok(Err("it is no text".to_owned()));
        };
        Ok(Ok(Self { certificate, document }))
    }

    /// With what is kept of it. What is known already stays as it is.
    pub(crate) async fn learn(
        &self,
        client: &impl GenericClient,
        database: Option<&str>,
    ) -> Result<(), tokio_postgres::Error> {
        let it = &self.certificate;
        let usual = DatabaseName::of_number(it.organization_number);
        queries::tombstone_learn()
            .bind(
                client,
                &it.organization_id,
                &it.organization_number,
                &UNKNOWN_SERVER,
                &database.unwrap_or(usual.as_str()),
                // Which operation it was is not in the document.
                &it.certificate_id,
                &it.requested_by.as_str(),
                &it.done.tombstone_written_at,
                &it.requested_at,
                &self.document.as_str(),
            )
            .await?;
        for kept in &it.kept {
            let KeptKind::FiscalArchive = kept.what;
            queries::fiscal_archive_learn()
                .bind(
                    client,
                    &it.organization_id,
                    &object_of_records(TenantId(it.organization_id)).as_str(),
                    &i64::try_from(kept.bytes).unwrap_or(i64::MAX),
                    &kept.sha256.as_str(),
                    &kept.handed_over_at,
                    &keep_until(kept.handed_over_at),
                )
                .await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn only_a_document_with_an_id_stands_for_somebody() {
        let id = TenantId(Uuid::from_u128(7));
        assert_eq!(organization_in(place_of(id).as_str()), Some(id));
        for key in ["erasures/x.json", "erasures/a/b.json", "fiscal/7.json", "erasures/.json"] {
            assert_eq!(organization_in(key), None, "{key}");
        }
    }
}
