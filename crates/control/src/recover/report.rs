//! What a recovery has found and done, for people and programs.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

/// Fields may be added.
#[derive(Clone, Debug, Serialize)]
pub struct Recovered {
    /// Of the control database.
    pub backup: Uuid,
    /// What was done later was found out otherwise, or is lost.
    pub taken_at: Timestamp,
    /// Newer backups that are no good.
    pub passed_over: Vec<PassedOver>,
    /// That the control database knows now.
    pub tenants: i64,
    /// They were erased after the backup, and stay so.
    pub erased: Vec<Buried>,
    /// They were made after the backup, and are known again.
    pub taken_in: Vec<TakenIn>,
    /// Their databases are at another schema version than the backup says.
    pub moved: Vec<Moved>,
    /// What a person has to look at.
    pub to_do: Vec<ToDo>,
    pub spares_kept: usize,
    pub spares_forgotten: usize,
    /// Of tenants: made after the backup and known again; and pruned after it.
    pub backups_found: usize,
    pub backups_gone: usize,
    /// Settings and passwords of tenants' roles that were not as the control database says.
    pub roles_set_back: usize,
    /// They were under way.
    pub operations_going_on: u64,
    /// What the next organization's number is above.
    pub number_max: i64,
    /// Every route's epoch is above this.
    pub epoch: i64,
    /// What was there under the control database's name has this name now.
    pub put_aside: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassedOver {
    pub backup: Uuid,
    pub why: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Buried {
    pub organization: Uuid,
    pub number: i64,
    pub subdomain: String,
    pub erased_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TakenIn {
    pub organization: Uuid,
    pub number: i64,
    pub subdomain: String,
    pub server: String,
    pub database: String,
    /// Of the backup that said whose it is.
    pub said_at: Timestamp,
    /// What is not as it was.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    pub subdomain: String,
    pub from: i64,
    pub to: i64,
}

/// One thing, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToDo {
    /// A subdomain, a database or a server.
    pub subject: String,
    pub what: String,
}

impl Recovered {
    pub(super) fn of(backup: Uuid, taken_at: Timestamp, passed_over: Vec<PassedOver>) -> Self {
        Self {
            backup,
            taken_at,
            passed_over,
            tenants: 0,
            erased: Vec::new(),
            taken_in: Vec::new(),
            moved: Vec::new(),
            to_do: Vec::new(),
            spares_kept: 0,
            spares_forgotten: 0,
            backups_found: 0,
            backups_gone: 0,
            roles_set_back: 0,
            operations_going_on: 0,
            number_max: 0,
            epoch: 0,
            put_aside: None,
        }
    }

    pub(super) fn ask(&mut self, subject: impl Into<String>, what: impl Into<String>) {
        self.to_do.push(ToDo { subject: subject.into(), what: what.into() });
    }
}
