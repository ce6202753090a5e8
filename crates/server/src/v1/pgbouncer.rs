//! `/v1/servers/{name}/pgbouncer`.

use axum::extract::{Path, State};
use cloison_api::{
    AdmitPgBouncer, Code, PgBouncerPlace, PgBouncerTenant, PgBouncerUser, PgBouncerUsers,
    SharedRole,
};
use cloison_control::pgbouncer::{
    LOOKUPS, PgBouncerError, SHARED_MIN, Shared, User, Wanted, admit as let_in, place,
};

use cloison_model::{NameError, RoleName};

use crate::access::Actor;
use crate::error::{ApiError, sentence};
use crate::extract::Json;
use crate::platform::Platform;

pub(super) async fn fetch(
    State(platform): State<Platform>,
    Path(name): Path<String>,
) -> Result<Json<PgBouncerPlace>, ApiError> {
    let found = place(&platform.control, &name).await.map_err(refusal)?;
    let shown = found.tenants.into_iter().map(|it| PgBouncerTenant {
        database: it.database.to_string(),
        connection_limit: it.connection_limit,
    });
    Ok(Json(PgBouncerPlace {
        port: u16::try_from(found.server.port).expect("the table checks the port"),
        server: found.server.name,
        host: found.server.host,
        connection_budget: found.server.connection_budget,
        lookups: LOOKUPS,
        tenants: shown.collect(),
    }))
}

pub(super) async fn admit(
    State(platform): State<Platform>,
    actor: Actor,
    Path(name): Path<String>,
    Json(body): Json<AdmitPgBouncer>,
) -> Result<Json<PgBouncerUsers>, ApiError> {
    let shared = body.shared.map(parse).transpose()?;
    let wanted = Wanted { shared, verifiers: body.verifiers };
    let users = let_in(&platform.control, &actor.call, &name, &wanted).await.map_err(refusal)?;
    let user = |it: User| PgBouncerUser {
        name: it.role.to_string(),
        secret: it.secret.expose().to_owned(),
    };
    Ok(Json(PgBouncerUsers { users: users.into_iter().map(user).collect() }))
}

/// How names begin that belong to PostgreSQL, to tenants and to Cloison.
const RESERVED: [&str; 3] = ["pg_", "studio_", "cloison_"];

/// A name like a tenant's would be taken for one by `doctor`; PostgreSQL keeps those with `pg_` for itself.
fn parse(shared: SharedRole) -> Result<Shared, ApiError> {
    let SharedRole { role, connections } = shared;
    let invalid = |rule, words: String| {
        ApiError::new(Code::InvalidField, words).of_field("shared.role", rule)
    };
    let role: RoleName =
        role.parse().map_err(|error: NameError| invalid("name", sentence(&format!("{error}."))))?;
    if RESERVED.iter().any(|it| role.as_str().starts_with(it)) {
        return Err(invalid(
            "reserved",
            "Names that begin with pg_, studio_ or cloison_ belong to PostgreSQL, to tenants and to Cloison. Choose another."
                .to_owned(),
        ));
    }
    if connections < SHARED_MIN {
        let words =
            format!("A PgBouncer for many tenants needs {SHARED_MIN} connections at least.");
        return Err(
            ApiError::new(Code::InvalidField, words).of_field("shared.connections", "range")
        );
    }
    Ok(Shared { role, connections })
}

fn refusal(error: PgBouncerError) -> ApiError {
    match error {
        PgBouncerError::NoServer(name) => {
            ApiError::not_found(format!("There is no server '{}'.", name.escape_debug()))
        }
        PgBouncerError::RoleTaken(role) => ApiError::new(
            Code::InvalidField,
            format!("The role {role} is on the server already, and no PgBouncer works as it. Choose another name."),
        )
        .of_field("shared.role", "unique"),
        PgBouncerError::DoesNotFit { wanted, fit } => ApiError::new(
            Code::InvalidField,
            format!(
                "{wanted} connections do not fit: beside those of Cloison's router, of administration and of other PgBouncers, the server has {} left. Ask for fewer, or raise its max_connections.",
                fit.max(0)
            ),
        )
        .of_field("shared.connections", "range"),
        PgBouncerError::Unreachable { ref name, .. } => {
            let words = format!("Server {name} cannot be reached. Nothing was changed; try again when it runs.");
            ApiError::new(Code::Unavailable, words)
        }
        PgBouncerError::Unavailable(it) => it.into(),
        PgBouncerError::Call(it) => it.into(),
        PgBouncerError::Database(it) => it.into(),
        PgBouncerError::Target(_)
        | PgBouncerError::Administrator(_)
        | PgBouncerError::Server { .. } => ApiError::internal(error),
    }
}
