//! What a failed attempt to connect calls for, by what the server said.

use tokio_postgres::error::SqlState;

use crate::error::ConnectError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// The password is not the known one: have it reset, then try once more.
    Heal,
    /// The route may be out of date, or the server is not ready: ask again, then try once more.
    Resolve,
    /// Trying again would give the same.
    Nothing,
}

pub(crate) fn remedy(error: &ConnectError) -> Remedy {
    match error {
        ConnectError::NotLocal { .. } => Remedy::Nothing,
        ConnectError::Unreachable { .. } | ConnectError::Slow { .. } => Remedy::Resolve,
        // Without a code it is the network's or the protocol's failure: the server went away.
        ConnectError::Postgres(error) => error.code().map_or(Remedy::Resolve, remedy_of_code),
    }
}

/// Whether it may pass in a moment, as a restart does: the server has let nobody in, or has not answered.
pub(crate) fn is_outage(error: &ConnectError) -> bool {
    match error {
        ConnectError::NotLocal { .. } => false,
        ConnectError::Unreachable { .. } | ConnectError::Slow { .. } => true,
        // Without a code nobody has answered.
        ConnectError::Postgres(error) => error.code().is_none_or(is_code_of_server_down),
    }
}

fn is_code_of_server_down(code: &SqlState) -> bool {
    const DOWN: [SqlState; 3] =
        [SqlState::CANNOT_CONNECT_NOW, SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN];
    DOWN.contains(code)
}

fn remedy_of_code(code: &SqlState) -> Remedy {
    const RESOLVE: [SqlState; 6] = [
        SqlState::INVALID_CATALOG_NAME,
        SqlState::DATABASE_DROPPED,
        // It takes no connections, as a place does that the tenant has left.
        SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE,
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
        SqlState::INSUFFICIENT_PRIVILEGE,
        SqlState::TOO_MANY_CONNECTIONS,
    ];
    if *code == SqlState::INVALID_PASSWORD {
        Remedy::Heal
    } else if RESOLVE.contains(code)
        || is_code_of_server_down(code)
        || code.code().starts_with("08")
    {
        Remedy::Resolve
    } else {
        Remedy::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_code() {
        for (code, remedy) in [
            ("28P01", Remedy::Heal),
            ("3D000", Remedy::Resolve),
            ("28000", Remedy::Resolve),
            ("42501", Remedy::Resolve),
            ("55000", Remedy::Resolve),
            ("57P04", Remedy::Resolve),
            ("53300", Remedy::Resolve),
            ("57P03", Remedy::Resolve),
            ("08006", Remedy::Resolve),
            ("42601", Remedy::Nothing),
            ("22023", Remedy::Nothing),
        ] {
            assert_eq!(remedy_of_code(&SqlState::from_code(code)), remedy, "{code}");
        }
    }
}
