//! Why nothing was recovered, in three lines. All but one of them have left things as they were.

use cloison_catalog::DATABASE;
use cloison_control::recover::RecoverError;

use crate::complaint::{self, Complaint};

pub(super) fn complaint(error: &RecoverError) -> Complaint {
    let of = |meaning: &str, advice: &str| Complaint::new(error.to_string(), meaning, advice);
    match error {
        RecoverError::InUse { .. } => of(
            "it may be in use, and what was done since the backup would be gone from it",
            &format!(
                "if it is to make way all the same: cloison recover --replace --confirm {DATABASE}"
            ),
        ),
        RecoverError::Busy => of("two would be in each other's way", "wait for the other"),
        RecoverError::OtherStore { .. } | RecoverError::NoBackup { .. } => of(
            "there is nothing to recover from",
            "is it the store of this installation? see: cloison config check",
        ),
        RecoverError::NoneGood { .. } | RecoverError::NotThat { .. } => of(
            "what is in the store is not what was written there",
            "see which there are: cloison recover --list; a store that keeps versions may have what was there before",
        ),
        RecoverError::Newer { .. } => of(
            "this build would not know what is in it",
            "recover with the build that made it, or a newer one",
        ),
        RecoverError::OtherMasterKey { closed, of: all } if closed < all => of(
            "the key was changed, and the backup is from before that was done",
            "put the old key back into the key file, below the new one, or take a newer backup: cloison recover --list",
        ),
        RecoverError::OtherMasterKey { .. } => of(
            "tenants' passwords and servers' are sealed with the one it was made with, and nobody else has that",
            "give the key that this installation was made with; if it was changed since the backup, the old one as well",
        ),
        RecoverError::StaysClosed { source, .. } => Complaint::new(
            error.to_string(),
            format!("nobody gets in there now: {}", complaint::innermost(source)),
            format!("recover again, or open it: alter database {DATABASE} connection limit -1"),
        ),
        RecoverError::Tombstone { object, .. } => of(
            "nobody can tell whether that customer was erased: going on could bring back who was promised to be gone, or lose one who was not",
            &format!(
                "find out who wrote {object} into the store; if there was no erasure, take it away, and recover again"
            ),
        ),
        RecoverError::Different(_) => of(
            "what was restored is thrown away at the next attempt",
            "recover again; if it says so again, take an older one: cloison recover --list",
        ),
        RecoverError::Backup(_)
        | RecoverError::Postgres(_)
        | RecoverError::Server { .. }
        | RecoverError::Killed => Complaint::new(
            error.to_string(),
            complaint::innermost(error),
            "nothing has taken effect; set that right, and recover again",
        ),
        RecoverError::Other(source) => Complaint::new(
            format!("{source:#}"),
            "nothing has taken effect",
            "set that right, and recover again",
        ),
    }
}
