//! Making one, as the role that this process has on the control database; it may read all there is.

use cloison_archive::{BackupError, BackupOrder, KeyName, Subject, Written, write};
use cloison_catalog::DATABASE;
use jiff::Timestamp;
use uuid::{NoContext, Uuid};

use super::key::key;
use crate::backups::Backups;
use crate::control::Control;
use crate::operations::StepError;
use crate::pg::ddl;
use crate::schema;

/// Each has an id of its own, so there is one attempt.
const ATTEMPT: i64 = 1;

/// Makes one, whose id says that it was begun at this moment. Killed at any other, it leaves nothing that is taken for a backup.
pub async fn back_up(
    control: &Control,
    backups: &Backups,
    now: Timestamp,
) -> Result<Written, StepError> {
    let admin = control.of_control_database();
    let client = admin.connect(DATABASE).await?;
    let major = ddl::server_major(&client).await?;
    let programs = backups.programs.find(major).map_err(BackupError::from)?;
    let dump_version = programs.suit(major).await.map_err(BackupError::from)?;
    let mut dump = admin.command(&programs.dump, DATABASE);
    // In which language a server complains is a superuser's to say.
    dump.env("PGOPTIONS", "-c client_connection_check_interval=1000");
    let key = key(backups).await?;
    let signer = backups.signer().await?;
    let order = BackupOrder {
        id: id_of(now),
        attempt: ATTEMPT,
        subject: Subject::Control { database: DATABASE.to_owned() },
        schema_version: ddl::schema_version(&client).await?,
        schema_fingerprint: schema::read(&client).await?.fingerprint(),
        key: &key,
        key_name: KeyName::Control,
        keystore: backups.keystore.describe(),
        signer: &signer,
        dump,
        dump_version,
        client: client.into_inner(),
        tracker: &control.tracker,
    };
    Ok(write(&backups.store, order).await?)
}

/// Of none before 1970.
fn id_of(now: Timestamp) -> Uuid {
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, nanoseconds))
}
