//! Making one, as the role that this process has on the control database; it may read all there is.

use cloison_archive::{BackupError, BackupOrder, KeyName, Subject, Written, write};
use cloison_catalog::DATABASE;
use uuid::Uuid;

use super::key::key;
use crate::backups::Backups;
use crate::control::Control;
use crate::master_key::random_bytes;
use crate::operations::StepError;
use crate::pg::ddl;
use crate::schema;

/// Makes one now. Killed at any moment, it leaves nothing that is taken for a backup.
pub async fn back_up(control: &Control, backups: &Backups) -> Result<Written, StepError> {
    back_up_as(control, backups, Uuid::now_v7()).await
}

/// The same, under an id that somebody was promised. Of two that write under one id, the first to end has made it.
pub(super) async fn back_up_as(
    control: &Control,
    backups: &Backups,
    id: Uuid,
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
        id,
        // Another for each, so that none writes over the other's dump.
        attempt: i64::from_ne_bytes(random_bytes()),
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
