//! Making one, as the role that this process has on the control database; it may read all there is.

use cloison_archive::{BackupOrder, KeyName, Subject, Written, write};
use cloison_catalog::DATABASE;
use jiff::Timestamp;
use uuid::{NoContext, Uuid};

use super::key::key;
use crate::backups::{Backups, open_source};
use crate::control::Control;
use crate::master_key::random_bytes;
use crate::operations::StepError;

/// Makes one, whose id says that it was begun at this moment. Killed at any other, it leaves nothing that is taken for a backup.
pub async fn back_up(
    control: &Control,
    backups: &Backups,
    now: Timestamp,
) -> Result<Written, StepError> {
    back_up_as(control, backups, id_of(now)).await
}

/// The same, under an id that somebody was promised. Of two that write under one id, the first to end has made it.
pub(super) async fn back_up_as(
    control: &Control,
    backups: &Backups,
    id: Uuid,
) -> Result<Written, StepError> {
    let admin = control.of_control_database();
    let key = key(backups).await?;
    let signer = backups.signer().await?;
    let client = admin.connect(DATABASE).await?;
    let mut source = open_source(control, backups, &admin, client, DATABASE).await?;
    // In which language a server complains is a superuser's to say.
    source.dump.env("PGOPTIONS", "-c client_connection_check_interval=1000");
    let order = BackupOrder {
        id,
        // Another for each, so that none writes over the other's dump.
        attempt: i64::from_ne_bytes(random_bytes()),
        subject: Subject::Control { database: DATABASE.to_owned() },
        source,
        key: &key,
        key_name: KeyName::Control,
        keystore: backups.keystore.describe(),
        signer: &signer,
    };
    Ok(write(&backups.store, order).await?)
}

/// Of none before 1970.
fn id_of(now: Timestamp) -> Uuid {
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, nanoseconds))
}
