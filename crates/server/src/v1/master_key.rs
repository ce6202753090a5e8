//! `/v1/master-key`.

use axum::extract::State;
use cloison_api::{Code, KeyRotation};
use cloison_control::key_rotation::{
    Rotation, RotationError, forget_old as forget, rotate as turn,
};

use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::Json;
use crate::platform::Platform;

pub(super) async fn rotate(
    State(platform): State<Platform>,
    actor: Actor,
) -> Result<Json<KeyRotation>, ApiError> {
    answer(turn(&platform.control, &actor.call).await)
}

pub(super) async fn forget_old(
    State(platform): State<Platform>,
    actor: Actor,
) -> Result<Json<KeyRotation>, ApiError> {
    answer(forget(&platform.control, &actor.call).await)
}

fn answer(turned: Result<Rotation, RotationError>) -> Result<Json<KeyRotation>, ApiError> {
    let Rotation { resealed, keys, backup, closed } = turned.map_err(|error| match error {
        RotationError::NoNewKey => ApiError::new(
            Code::NoNewKey,
            "The master key comes from the environment, and there is one. Start every process with `<new>,<old>` in CLOISON_MASTER_KEY, then ask again.",
        ),
        RotationError::NoOldKey => {
            ApiError::new(Code::NoNewKey, "There is one master key, and nothing to forget.")
        }
        RotationError::StillInUse => ApiError::new(
            Code::NoNewKey,
            "Another process still seals with the old key. Give it the new one first, then ask again.",
        ),
        RotationError::Unavailable(it) => it.into(),
        RotationError::Call(it) => it.into(),
        RotationError::Database(it) => it.into(),
        RotationError::Key(_) | RotationError::File(_) | RotationError::Backup(_) => {
            ApiError::internal(error)
        }
    })?;
    Ok(Json(KeyRotation { resealed, keys, backup, closed }))
}
