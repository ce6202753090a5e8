//! The names that exports have in a store, and the files that go into them.

use uuid::Uuid;

use crate::backup::folder_of_tenant;
use crate::store::ObjectKey;

/// With whatever its attempts have left, so that all of it goes as one.
pub fn folder_of_export(organization: Uuid, export: Uuid) -> ObjectKey {
    below(organization, &format!("exports/{export}"))
}

/// Where the application keeps the tenant's files, by the names that the tenant's database has for them.
pub fn folder_of_files(organization: Uuid) -> ObjectKey {
    below(organization, "files")
}

/// Another for each attempt, so that none writes over what another has written.
pub(super) fn object(organization: Uuid, export: Uuid, attempt: i64) -> ObjectKey {
    below(organization, &format!("exports/{export}/{attempt:016x}.zip.zst.age"))
}

fn below(organization: Uuid, name: &str) -> ObjectKey {
    folder_of_tenant(organization).join(name).expect("ids are letters of a name")
}
