//! Backups of whole servers in their own archives, made when they are due.
//!
//! A reconciler over what has been configured in this process's folder of archives; what there is and what is due, it asks of
//! pgBackRest each time. A backup that somebody else has made counts, so a schedule of one's own is not added to, and of several
//! processes that look after one folder one makes it.

use std::collections::BTreeMap;
use std::time::Duration;

use cloison_pgbackrest::{Error, Policy, Stanza, StanzaName, due};
use jiff::Timestamp;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::control::Control;

/// Often enough for backups that are hours apart, and for one that was refused because another was under way.
const LOOK_EVERY: Duration = Duration::from_mins(5);

/// Until shutdown, one server after the other. A backup that is under way then ends, and the next start makes it.
pub async fn keep(control: Control, shutdown: CancellationToken) {
    let mut told = BTreeMap::new();
    loop {
        tokio::select! {
            () = round(&control, &mut told) => {}
            () = shutdown.cancelled() => return,
        }
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// What is wrong with a server's archive is told when it begins to be so.
async fn round(control: &Control, told: &mut BTreeMap<StanzaName, String>) {
    let Some(point_in_time) = &control.point_in_time else { return };
    let stanzas = match point_in_time.stanzas() {
        Ok(stanzas) => stanzas,
        Err(error) => {
            tracing::warn!("cannot look after the servers' archives: {error}");
            return;
        }
    };
    for stanza in stanzas {
        let Err(error) = look(&stanza).await else {
            told.remove(stanza.name());
            continue;
        };
        let words = format!("{:#}", anyhow::Error::from(error));
        if told.get(stanza.name()) != Some(&words) {
            tracing::warn!("there is no new backup of {}: {words}", stanza.name());
        }
        told.insert(stanza.name().clone(), words);
    }
}

async fn look(stanza: &Stanza) -> Result<(), Error> {
    let info = stanza.info().await?;
    if info.archives.is_empty() {
        stanza.create().await?;
    }
    let Some(due) = due(&info, Timestamp::now(), &Policy::USUAL) else {
        return Ok(());
    };
    match stanza.backup(due.kind).await {
        Ok(()) => {
            tracing::info!("made a backup of {} ({})", stanza.name(), due.kind.as_str());
            Ok(())
        }
        // One that an earlier process began, and that goes on.
        Err(Error::Busy { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}
