//! Which tenants' schemas a build of the application works with, and why it does not with another.
//!
//! A pure decision of three numbers. Not here: running migrations.

use crate::route::Route;

/// The schemas that a build of the application works with.
///
/// Versions are those of migrations that expand and then contract. One that *expands* adds: a table, a
/// column that may be left out, an index. Programs that know nothing of it go on working, as long as
/// they name the columns that they read and write. One that *contracts* takes away what no program of
/// the newer build uses any more. So a database that is ahead of the build is served, as long as all
/// that it is ahead by was added; while a fleet is migrated, the old build and the new one serve side by
/// side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemaSupport {
    /// The oldest schema version that has all that the build reads and writes.
    pub oldest: i64,
    /// The newest migration that the build knows. It can use a database from which a later one has taken
    /// something away no more.
    pub newest: i64,
}

/// Why a build does not work with a tenant's schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SchemaMismatch {
    /// The tenant has not been migrated as far as the build needs.
    #[error("its schema is at version {version}, and this build needs {oldest} at least")]
    Behind {
        /// What the database has.
        version: i64,
        /// What it should have.
        oldest: i64,
    },
    /// The tenant's schema has lost what the build may use.
    #[error(
        "migration {floor} has taken something away from its schema, and this build knows migrations \
         up to {newest} only"
    )]
    Ahead {
        /// The newest migration that took something away.
        floor: i64,
        /// The newest that the build knows.
        newest: i64,
    },
}

impl SchemaSupport {
    pub(crate) fn check(self, route: &Route) -> Result<(), SchemaMismatch> {
        let Self { oldest, newest } = self;
        let (version, floor) = (route.schema_version, route.schema_floor);
        if version < oldest {
            return Err(SchemaMismatch::Behind { version, oldest });
        }
        if floor > newest {
            return Err(SchemaMismatch::Ahead { floor, newest });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use cloison_model::{Secret, ServerId, TenantId};

    use super::*;
    use crate::route::{Location, Login};

    /// Of a build that needs 3 and knows 5, on a database with this version and floor.
    fn check(schema_version: i64, schema_floor: i64) -> String {
        let location = Location {
            server: ServerId::of_key("eu-1"),
            host: String::new(),
            port: 0,
            database: "blue".parse().unwrap(),
        };
        let login = Login { role: "blue".parse().unwrap(), password: Secret::new("") };
        let subdomain = "blue".parse().unwrap();
        let route = Route::new(TenantId::of_key("blue"), subdomain, location, login);
        let route = Route { schema_version, schema_floor, ..route };
        let checked = SchemaSupport { oldest: 3, newest: 5 }.check(&route);
        checked.map_or_else(|it| it.to_string(), |()| "served".to_owned())
    }

    #[test]
    fn what_was_added_is_served_and_what_was_taken_away_is_not() {
        let behind = "its schema is at version 2, and this build needs 3 at least";
        assert_eq!(check(2, 0), behind);
        assert_eq!(check(3, 0), "served");
        assert_eq!(check(5, 5), "served");
        assert_eq!(check(9, 0), "served");
        assert_eq!(check(9, 5), "served");
        let ahead = "migration 6 has taken something away from its schema, and this build knows \
                     migrations up to 5 only";
        assert_eq!(check(6, 6), ahead);
        assert_eq!(check(9, 6), ahead);
    }
}
