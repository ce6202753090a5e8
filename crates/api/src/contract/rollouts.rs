//! The calls of `/v1/migrations`, `/v1/releases` and `/v1/rollouts`.

use super::tenants::WAIT;
use super::{CURSOR, Endpoint, of};
use crate::operations::Accepted;
use crate::problem::Code;
use crate::rollouts::{
    FleetStatus, Migration, ResumeRollout, RollBack, Rollout, RolloutBegun, StartRollout,
};
use crate::tenants::Page;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get(
        "fleet_status",
        "/v1/migrations",
        "How many tenants are at which version, what is pending, and who was left behind",
    )
    .answers(&[200], of::<FleetStatus>),
    Endpoint::get("release_list", "/v1/releases", "Every migration that was released, in order")
        .answers(&[200], of::<Page<Migration>>),
    Endpoint::post("rollout_start", "/v1/rollouts", "Bring the fleet to another version, in waves")
        .takes(of::<StartRollout>)
        .answers(&[200, 202], of::<RolloutBegun>)
        .refuses(&[
            Code::InvalidField,
            Code::OlderBuild,
            Code::ReleaseBroken,
            Code::ReleaseRefused,
            Code::RolloutBusy,
            Code::TooEarly,
        ]),
    Endpoint::get("rollout_list", "/v1/rollouts", "All rollouts, the newest first")
        .query(&[CURSOR])
        .answers(&[200], of::<Page<Rollout>>),
    Endpoint::get("rollout_fetch", "/v1/rollouts/{number}", "One rollout, and who failed in it")
        .answers(&[200], of::<Rollout>)
        .refuses(&[Code::NotFound]),
    Endpoint::post(
        "rollout_pause",
        "/v1/rollouts/{number}/pause",
        "Start no more tenants; those under way go on to the end",
    )
    .answers(&[200], of::<Rollout>)
    .refuses(&[Code::NotFound, Code::RolloutEnded]),
    Endpoint::post(
        "rollout_resume",
        "/v1/rollouts/{number}/resume",
        "Go on with a rollout that was paused, or has halted",
    )
    .takes(of::<ResumeRollout>)
    .answers(&[200], of::<Rollout>)
    .refuses(&[Code::NotFound, Code::InvalidField, Code::RolloutEnded]),
    Endpoint::post(
        "rollout_cancel",
        "/v1/rollouts/{number}/cancel",
        "End a rollout for good; tenants stay where they are",
    )
    .query(&[WAIT])
    .answers(&[200, 202], of::<Rollout>)
    .refuses(&[Code::NotFound, Code::RolloutEnded, Code::TooLateToCancel]),
    Endpoint::post(
        "rollout_roll_back",
        "/v1/rollouts/{number}/rollback",
        "Take the fleet back to where it was before a rollout, by the down files",
    )
    .takes(of::<RollBack>)
    .answers(&[200, 202], of::<RolloutBegun>)
    .refuses(&[
        Code::NotFound,
        Code::InvalidField,
        Code::NoWayBack,
        Code::NothingToTakeBack,
        Code::ReleaseBroken,
        Code::RolloutBusy,
    ]),
    Endpoint::post(
        "tenant_migrate",
        "/v1/tenants/{subdomain}/migrate",
        "Try a tenant again whose migration has failed",
    )
    .query(&[WAIT])
    .answers(&[200, 202], of::<Accepted>)
    .refuses(&[Code::NotFound, Code::NotInThisState, Code::TenantBusy]),
];
