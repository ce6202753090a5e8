//! The steps that operations are made of. Each names the work that is still to be done.

use crate::words::words;

words! {
    /// Whether an operation goes towards its end or takes back what it has made.
    Direction {
        Forward = "FORWARD",
        Undo = "UNDO",
    }
}

words! {
    /// One effect, then one commit. Stored in the operation's row, so a word is never given another meaning.
    Step {
        /// The database is cloned from the template, closed to everybody.
        MakeDatabase = "make_database",
        /// The login role is as the catalog says, and gets into its database.
        OpenDatabase = "open_database",
        /// The application's first data is written; with its commit the tenant is READY.
        WriteFirstData = "write_first_data",
        /// With its commit the spare can be taken.
        KeepSpare = "keep_spare",
        /// With its commit the catalog, and so every router, knows the new access mode.
        SetAccess = "set_access",
        /// The role's rights on the server are those of the access mode.
        ApplyRights = "apply_rights",
        /// With its commit no router serves the tenant any more.
        CloseTenant = "close_tenant",
        /// With its commit no router serves the tenant any more; what there is of it is to be archived.
        RetireTenant = "retire_tenant",
        /// The time to think again has passed, and nobody has to keep the data.
        AwaitGrace = "await_grace",
        /// What a law wants kept lies in the store, encrypted with a key of its own. It is the last step that can be taken back.
        MakeFiscalArchive = "make_fiscal_archive",
        /// What was kept for an erasure that does not come about does not lie there any more.
        DropFiscalArchive = "drop_fiscal_archive",
        /// With its commit the tenant is what it was before it was closed.
        ReopenTenant = "reopen_tenant",
        /// Nobody gets in and nobody is left inside.
        Fence = "fence",
        DropDatabase = "drop_database",
        DropRole = "drop_role",
        /// What encrypts the tenant's backups is destroyed, and so are they, wherever they lie.
        DestroyKey = "destroy_key",
        /// They do not lie in our store any more, either.
        DeleteBackups = "delete_backups",
        /// With its commit nothing but the tombstone tells of the tenant.
        Bury = "bury",
        /// The certificate lies in the store, too, where the tombstone survives the control database.
        PublishCertificate = "publish_certificate",
        /// With its commit the rows of a tenant that never was are gone.
        ForgetTenant = "forget_tenant",
        /// With its commit the spare's row is gone.
        ForgetSpare = "forget_spare",
        /// With its commit the next password is known, and not yet in use.
        PreparePassword = "prepare_password",
        /// The server takes the next password; with its commit routers use it.
        ChangePassword = "change_password",
        /// The database is at the version that it was to come to.
        MigrateTenant = "migrate_tenant",
        /// It went well on copies.
        ShadowRun = "shadow_run",
        /// Every tenant whose turn it was is at the version, or has failed or been skipped.
        MigrateFleet = "migrate_fleet",
        /// With its commit there is a backup.
        WriteBackup = "write_backup",
        /// All of a backup was read, and is what its manifest says.
        VerifyBackup = "verify_backup",
        /// There is a database beside the tenant's that holds what a backup holds, or what the tenant's held at a moment.
        FillCopy = "fill_copy",
        /// It was compared with what it should be.
        CheckCopy = "check_copy",
        /// With its commit the copy can be taken for the tenant's database.
        KeepCopy = "keep_copy",
        DropCopy = "drop_copy",
        /// With its commit routers find the copy under the host that it was given.
        OpenCopy = "open_copy",
        /// Nobody but an administrator gets into the copy.
        CloseCopy = "close_copy",
        /// With its commit the copy's row is gone.
        ForgetCopy = "forget_copy",
        /// With its commit what came of a drill is on record, and its copy's row is gone.
        NoteDrill = "note_drill",
        /// With its commit there is an export.
        WriteExport = "write_export",
        /// With its commit visitors are told to wait.
        HoldTenant = "hold_tenant",
        /// The copy and the tenant's database have each other's name.
        ExchangeDatabases = "exchange_databases",
        /// With its commit visitors find whichever database has the tenant's name.
        AdmitTenant = "admit_tenant",
        /// No effect at all: what the engine costs by itself.
        Nothing = "nothing",
    }
}

impl Step {
    /// What an operator reads once it is done.
    pub fn done(self) -> &'static str {
        match self {
            Self::MakeDatabase => "made the database",
            Self::OpenDatabase => "opened the database to its role",
            Self::WriteFirstData => "wrote the first data; the tenant is ready",
            Self::KeepSpare => "the spare is ready",
            Self::SetAccess => "set the access mode",
            Self::ApplyRights => "set the role's rights on the server",
            Self::CloseTenant => "closed the tenant",
            Self::AwaitGrace => "waited for the end of the grace period",
            Self::MakeFiscalArchive => "saw to what a law wants kept",
            Self::DropFiscalArchive => "dropped what was kept for the erasure",
            Self::ReopenTenant => "opened the tenant again",
            Self::MigrateTenant => "migrated the database",
            Self::ShadowRun => "ran it on copies",
            Self::MigrateFleet => "migrated the fleet",
            Self::RetireTenant => "closed the tenant, to be archived",
            Self::Fence => "fenced the database",
            Self::DropDatabase => "dropped the database",
            Self::DropRole => "dropped the role",
            Self::DestroyKey => "destroyed the key of its backups",
            Self::DeleteBackups => "deleted its backups",
            Self::Bury => "left a tombstone",
            Self::PublishCertificate => "saw to the certificate in the store",
            Self::ForgetTenant => "took its rows back",
            Self::ForgetSpare => "forgot the spare",
            Self::PreparePassword => "prepared a new password",
            Self::ChangePassword => "changed the password",
            Self::WriteBackup => "wrote the backup",
            Self::VerifyBackup => "read the backup whole; it is what it says",
            Self::FillCopy => "restored into a database beside the tenant's",
            Self::CheckCopy => "compared it with what it should be",
            Self::KeepCopy => "the copy is ready",
            Self::DropCopy => "dropped the copy",
            Self::OpenCopy => "opened the copy, to be looked at",
            Self::CloseCopy => "saw to it that nobody gets into the copy",
            Self::ForgetCopy => "forgot the copy",
            Self::NoteDrill => "noted what came of the drill",
            Self::WriteExport => "wrote the export",
            Self::HoldTenant => "had visitors wait",
            Self::ExchangeDatabases => "exchanged the databases",
            Self::AdmitTenant => "let visitors in again",
            Self::Nothing => "did nothing",
        }
    }
}
