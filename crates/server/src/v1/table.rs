//! The route table: every call of the contract, what it needs, and who answers it.
//!
//! Router, authorisation and the test that walks all calls in all roles come from here. A call that
//! the contract has and this table has not, or the other way round, fails a test.

use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use cloison_api::{Endpoint, Verb, endpoints};
use cloison_model::Action;

use super::{
    ai_credits, audit, backups, control_backups, copies, credentials, doctor, domains, drift,
    erasures, events, exports, fleet, holds, life_cycle, master_key, me, migrations, openapi,
    operation_events, operations, pgbouncer, rollouts, router, sign_in_links, sign_ins, tenants,
    tokens, usage, users, webhooks,
};
use crate::access::Needs::{self, Invitation, Nothing, Token};
use crate::platform::Platform;

/// One call as it is served.
#[derive(Clone, Copy, Debug)]
pub struct Served {
    pub endpoint: &'static Endpoint,
    pub needs: Needs,
}

pub(super) type Row = (Served, MethodRouter<Platform>);

pub(super) fn table() -> Vec<Row> {
    vec![
        row("tenant_list", Token(Action::TenantRead), tenants::list),
        row("tenant_create", Token(Action::TenantCreate), tenants::create),
        row("tenant_fetch", Token(Action::TenantRead), tenants::fetch),
        row("domain_page", Token(Action::TenantRead), domains::of_all),
        row("domain_list", Token(Action::TenantRead), domains::list),
        row("domain_claim", Token(Action::DomainManage), domains::claim),
        row("domain_fetch", Token(Action::TenantRead), domains::fetch),
        row("domain_remove", Token(Action::DomainManage), domains::remove),
        row("domain_check", Token(Action::DomainManage), domains::check),
        row("domain_make_primary", Token(Action::DomainManage), domains::make_primary),
        row("tenant_usage", Token(Action::UsageRead), usage::of_tenant),
        row("usage_fetch", Token(Action::UsageRead), usage::top),
        row("ai_credits_top", Token(Action::AiCreditsRead), ai_credits::top),
        row("ai_credits_fetch", Token(Action::AiCreditsRead), ai_credits::fetch),
        row("ai_credits_ledger", Token(Action::AiCreditsRead), ai_credits::ledger),
        row("ai_credits_grant", Token(Action::AiCreditsGrant), ai_credits::grant),
        row("ai_credits_void", Token(Action::AiCreditsGrant), ai_credits::void),
        row("ai_credits_reserve", Token(Action::AiCreditsSpend), ai_credits::reserve),
        row("ai_credits_reservation", Token(Action::AiCreditsRead), ai_credits::reservation),
        row("ai_credits_settle", Token(Action::AiCreditsSpend), ai_credits::settle),
        row("ai_credits_release", Token(Action::AiCreditsSpend), ai_credits::release),
        row("sign_in_link_create", Token(Action::SignInLinkCreate), sign_in_links::create),
        row("tenant_suspend", Token(Action::TenantSuspend), life_cycle::suspend),
        row("tenant_resume", Token(Action::TenantResume), life_cycle::resume),
        row("tenant_cancel", Token(Action::TenantCancel), life_cycle::cancel),
        row("tenant_archive", Token(Action::TenantArchive), life_cycle::archive),
        row("tenant_unarchive", Token(Action::TenantArchive), life_cycle::unarchive),
        row("tenant_erase", Token(Action::TenantErase), life_cycle::erase),
        row("tenant_hold", Token(Action::TenantHold), holds::hold),
        row("tenant_release_hold", Token(Action::TenantHold), holds::release),
        row("erasure_list", Token(Action::ErasureRead), erasures::list),
        row("erasure_fetch", Token(Action::ErasureRead), erasures::fetch),
        row("erasure_certificate", Token(Action::ErasureRead), erasures::certificate),
        row("fiscal_archive_fetch", Token(Action::FiscalArchiveRead), erasures::fiscal),
        row("signing_key_fetch", Nothing, erasures::signing_key),
        row(
            "tenant_rotate_password",
            Token(Action::TenantRotatePassword),
            life_cycle::rotate_password,
        ),
        row("tenant_export", Token(Action::TenantExport), exports::begin),
        row("export_list", Token(Action::TenantRead), exports::list),
        row("export_fetch", Token(Action::TenantRead), exports::fetch),
        row("export_delete", Token(Action::TenantExport), exports::delete),
        row("export_content", Token(Action::TenantExport), exports::content),
        row("export_link_create", Token(Action::TenantExport), exports::link_create),
        row("tenant_credentials", Token(Action::TenantConnect), credentials::create),
        row("master_key_rotate", Token(Action::KeyRotate), master_key::rotate),
        row("master_key_forget_old", Token(Action::KeyRotate), master_key::forget_old),
        row("server_list", Token(Action::ServerRead), fleet::servers),
        row("router_fetch", Token(Action::RouterRead), router::fetch),
        row("pgbouncer_fetch", Token(Action::ServerRead), pgbouncer::fetch),
        row("pgbouncer_admit", Token(Action::PgBouncerAdmit), pgbouncer::admit),
        row("plan_list", Token(Action::PlanRead), fleet::plans),
        row("operation_list", Token(Action::OperationRead), operations::list),
        row("operation_fetch", Token(Action::OperationRead), operations::fetch),
        row("operation_cancel", Token(Action::OperationCancel), operations::cancel),
        row("operation_events", Token(Action::OperationRead), operation_events::follow),
        row("event_list", Token(Action::EventRead), events::list),
        row("webhook_list", Token(Action::WebhookRead), webhooks::list),
        row("webhook_create", Token(Action::WebhookManage), webhooks::create),
        row("webhook_fetch", Token(Action::WebhookRead), webhooks::fetch),
        row("webhook_change", Token(Action::WebhookManage), webhooks::change),
        row("webhook_delete", Token(Action::WebhookManage), webhooks::delete),
        row("webhook_rotate_secret", Token(Action::WebhookManage), webhooks::rotate_secret),
        row("webhook_replay", Token(Action::WebhookManage), webhooks::replay),
        row("webhook_test", Token(Action::WebhookManage), webhooks::test),
        row("webhook_deliveries", Token(Action::WebhookRead), webhooks::deliveries),
        row("backup_list", Token(Action::BackupRead), backups::list),
        row("backup_create", Token(Action::BackupMake), backups::create),
        row("backups_create", Token(Action::BackupMake), backups::create_many),
        row("control_backup_list", Token(Action::BackupRead), control_backups::list),
        row("control_backup_create", Token(Action::BackupMake), control_backups::create),
        row("backups_status", Token(Action::BackupRead), backups::status),
        row("backups_prune", Token(Action::BackupKeep), backups::prune),
        row("backup_verify", Token(Action::BackupMake), copies::verify),
        row("backup_hold", Token(Action::BackupKeep), backups::hold),
        row("backup_release", Token(Action::BackupKeep), backups::release),
        row("tenant_restore", Token(Action::TenantRestore), copies::restore),
        row("copy_list", Token(Action::BackupRead), copies::list),
        row("copy_swap", Token(Action::TenantRestore), copies::swap),
        row("copy_drop", Token(Action::TenantRestore), copies::drop_one),
        row("copy_open", Token(Action::TenantRestore), copies::open),
        row("copy_close", Token(Action::TenantRestore), copies::close),
        row("drill_start", Token(Action::BackupMake), copies::drill),
        row("drill_list", Token(Action::BackupRead), copies::drills),
        row("fleet_status", Token(Action::RolloutRead), migrations::status),
        row("release_list", Token(Action::RolloutRead), migrations::releases),
        row("rollout_start", Token(Action::RolloutStart), rollouts::start),
        row("rollout_list", Token(Action::RolloutRead), rollouts::list),
        row("rollout_fetch", Token(Action::RolloutRead), rollouts::fetch),
        row("rollout_pause", Token(Action::RolloutChange), rollouts::pause),
        row("rollout_resume", Token(Action::RolloutChange), rollouts::resume),
        row("rollout_cancel", Token(Action::RolloutChange), rollouts::cancel),
        row("rollout_roll_back", Token(Action::RolloutRollBack), rollouts::roll_back),
        row("tenant_migrate", Token(Action::TenantMigrate), migrations::retry),
        // With `?fix=true` the handler asks for `DoctorFix` too.
        row("doctor", Token(Action::DoctorExamine), doctor::examine),
        row("drift_fetch", Token(Action::DriftRead), drift::fetch),
        row("drift_refresh", Token(Action::DriftRefresh), drift::refresh),
        row("openapi", Nothing, openapi::fetch),
        row("sign_in", Nothing, sign_ins::create),
        row("me", Invitation(Action::SelfManage), me::fetch),
        row("password_change", Invitation(Action::SelfManage), me::password_change),
        row("console_link_create", Token(Action::SelfManage), me::console_link_create),
        row("totp_begin", Token(Action::SelfManage), me::totp_begin),
        row("totp_confirm", Token(Action::SelfManage), me::totp_confirm),
        row("totp_end", Token(Action::SelfManage), me::totp_end),
        row("user_list", Token(Action::UserRead), users::list),
        row("user_create", Token(Action::UserManage), users::create),
        row("user_fetch", Token(Action::UserRead), users::fetch),
        row("user_change", Token(Action::UserManage), users::change),
        row("invitation_create", Token(Action::UserManage), users::invite),
        // With `?all=true` the handler asks for `TokenManageAll` too.
        row("token_list", Token(Action::TokenManageOwn), tokens::list),
        row("token_create", Token(Action::TokenManageOwn), tokens::create),
        // Somebody else's token is not found without `TokenManageAll`.
        row("token_revoke", Token(Action::TokenManageOwn), tokens::revoke),
        row("audit_list", Token(Action::AuditRead), audit::list),
        row("audit_verify", Token(Action::AuditRead), audit::verify),
    ]
}

/// The table without who answers.
pub fn served() -> Vec<Served> {
    table().into_iter().map(|(served, _)| served).collect()
}

fn row<T: 'static>(name: &str, needs: Needs, handler: impl Handler<T, Platform>) -> Row {
    let endpoint = endpoints().find(|it| it.name == name);
    let endpoint = endpoint.expect("a test compares this table with the contract");
    let filter = match endpoint.verb {
        Verb::Get => MethodFilter::GET,
        Verb::Post => MethodFilter::POST,
        Verb::Put => MethodFilter::PUT,
        Verb::Patch => MethodFilter::PATCH,
        Verb::Delete => MethodFilter::DELETE,
    };
    (Served { endpoint, needs }, on(filter, handler))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contract_is_served_to_the_last_call() {
        let mut promised: Vec<&str> = endpoints().map(|it| it.name).collect();
        let mut served: Vec<&str> = served().iter().map(|it| it.endpoint.name).collect();
        promised.sort_unstable();
        served.sort_unstable();
        assert_eq!(served, promised);
    }

    #[test]
    fn what_needs_nothing_is_public_in_the_contract() {
        for call in served() {
            assert_eq!(call.needs == Nothing, call.endpoint.is_public, "{}", call.endpoint.name);
        }
    }
}
