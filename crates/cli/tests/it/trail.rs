//! Every change leaves a line in the audit log, and the log is verified. On platforms of their own:
//! others write into the shared one's log.

use cloison_api::{AuditFilter, VerifyAudit};
use cloison_catalog::queries::audit::audit_head;
use cloison_server::served;
use reqwest::Method;
use serde_json::{Value, json};

use crate::fleet::{Fleet, NOTE, STRICT};
use crate::http::{PASSWORD, api, client};
use crate::up::{Up, fresh_data_dir};

/// What is no change although it is not a GET; `doctor` is one where it sets something back, and `drift_refresh` keeps what it
/// has read.
const NO_CHANGES: [&str; 3] = ["audit_verify", "doctor", "drift_refresh"];

/// A walk through all changes.
struct Trail {
    fleet: Fleet,
    owner: String,
    made: Vec<&'static str>,
}

impl Trail {
    /// Makes a call that must succeed and leave a line, and answers its body.
    async fn change(
        &mut self,
        name: &'static str,
        token: &str,
        (method, path): (Method, &str),
        body: Value,
    ) -> Value {
        let before = self.last().await;
        let url = format!("{}{path}", self.fleet.up.url("console.localhost"));
        let request = client().request(method, url).bearer_auth(token).json(&body);
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{name}: {text}");
        assert!(self.last().await > before, "{name} left no line in the audit log");
        self.made.push(name);
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// One that waits for requests, and one that the tenant cannot take up.
    async fn rollouts(&mut self) {
        let (owner, post) = (self.owner.clone(), Method::POST);
        let lazily = json!({ "lazy_hours": 1, "skip_shadow": true });
        self.fleet.put(NOTE);
        self.change("rollout_start", &owner, (post.clone(), "/v1/rollouts"), lazily).await;
        for (name, path) in [
            ("rollout_pause", "/v1/rollouts/1/pause"),
            ("rollout_resume", "/v1/rollouts/1/resume"),
            ("rollout_cancel", "/v1/rollouts/1/cancel?wait=30s"),
        ] {
            self.change(name, &owner, (post.clone(), path), json!({})).await;
        }
        let (_, text) = STRICT;
        self.fleet.put(("0010_strict.sql", &text.replace("Studio Marée", "Blue")));
        for file in ["0009_note.down.sql", "0010_strict.down.sql"] {
            self.fleet.put((file, "select"));
        }
        self.fleet.failed(&["rollout", "--skip-shadow"]);
        let path = "/v1/tenants/blue/migrate?wait=30s";
        self.change("tenant_migrate", &owner, (post.clone(), path), Value::Null).await;
        let path = "/v1/rollouts/2/rollback";
        self.change("rollout_roll_back", &owner, (post, path), json!({})).await;
        self.fleet.told(&["watch", "3"]);
    }

    /// All that is done with a tenant's backups.
    async fn backups(&mut self) {
        let (owner, post) = (self.owner.clone(), Method::POST);
        let path = "/v1/tenants/blue/backups?wait=60s";
        let made = self.change("backup_create", &owner, (post.clone(), path), json!({})).await;
        let backup = made["operation"]["id"].as_str().unwrap();
        for (name, what, body) in [
            ("backup_verify", "verify?wait=60s", Value::Null),
            ("backup_hold", "hold", json!({ "reason": "case 2026-113" })),
            ("backup_release", "release", Value::Null),
        ] {
            let path = format!("/v1/tenants/blue/backups/{backup}/{what}");
            self.change(name, &owner, (post.clone(), &path), body).await;
        }
        let path = "/v1/tenants/blue/restore?wait=60s";
        let restored = self.change("tenant_restore", &owner, (post.clone(), path), json!({})).await;
        let copy = restored["operation"]["id"].as_str().unwrap();
        for (name, what) in [("copy_open", "open?wait=60s"), ("copy_close", "close?wait=60s")] {
            let path = format!("/v1/tenants/blue/copies/{copy}/{what}");
            self.change(name, &owner, (post.clone(), &path), Value::Null).await;
        }
        for (name, what) in [("copy_swap", "swap?wait=60s"), ("copy_drop", "drop?wait=60s")] {
            let path = format!("/v1/tenants/blue/copies/{copy}/{what}");
            let body = json!({ "confirm": "blue" });
            self.change(name, &owner, (post.clone(), &path), body).await;
        }
        let path = "/v1/tenants/blue/drill?wait=60s";
        self.change("drill_start", &owner, (post.clone(), path), Value::Null).await;
        for (name, path) in
            [("backups_create", "/v1/backups"), ("backups_prune", "/v1/backups/prune")]
        {
            self.change(name, &owner, (post.clone(), path), json!({})).await;
        }
        let path = "/v1/backups/control";
        self.change("control_backup_create", &owner, (post.clone(), path), Value::Null).await;
    }

    /// All that is done with webhooks. Nobody listens there.
    async fn webhooks(&mut self) {
        let (owner, post) = (self.owner.clone(), Method::POST);
        let new = json!({ "url": "http://127.0.0.1:1/hooks/hunter2" });
        let made = self.change("webhook_create", &owner, (post.clone(), "/v1/webhooks"), new).await;
        let path = format!("/v1/webhooks/{}", made["webhook"]["id"].as_str().unwrap());
        let disabled = json!({ "enabled": false });
        self.change("webhook_change", &owner, (Method::PATCH, &path), disabled).await;
        for (name, what, body) in [
            ("webhook_rotate_secret", "rotate-secret", Value::Null),
            ("webhook_replay", "replay", json!({ "after": 0 })),
            ("webhook_test", "test", Value::Null),
        ] {
            let path = format!("{path}/{what}");
            self.change(name, &owner, (post.clone(), &path), body).await;
        }
        self.change("webhook_delete", &owner, (Method::DELETE, &path), Value::Null).await;
        let control = self.fleet.up.control();
        let client = control.catalog.client().await.unwrap();
        let leaks = "select count(*) from audit_log where detail::text like '%hunter2%'";
        let leaked: i64 = client.query_one(leaks, &[]).await.unwrap().get(0);
        assert_eq!(leaked, 0, "some put a secret into the path");
    }

    /// All that is done with a domain. Nobody answers for it in any DNS, so it is taken for proven.
    async fn domains(&mut self) {
        let (owner, post) = (self.owner.clone(), Method::POST);
        let all = "/v1/tenants/blue/domains";
        let new = json!({ "hostname": "booking.hunter2.invalid" });
        self.change("domain_claim", &owner, (post.clone(), all), new).await;
        let path = format!("{all}/booking.hunter2.invalid");
        let check = format!("{path}/check");
        self.change("domain_check", &owner, (post.clone(), &check), Value::Null).await;
        let control = self.fleet.up.control();
        let client = control.catalog.client().await.unwrap();
        client.execute("update domains set verified_at = now()", &[]).await.unwrap();
        let primary = format!("{path}/primary");
        self.change("domain_make_primary", &owner, (post, &primary), Value::Null).await;
        self.change("domain_remove", &owner, (Method::DELETE, &path), Value::Null).await;
        let named = "select count(*) from audit_log where audit_log::text like '%hunter2%'";
        let named: i64 = client.query_one(named, &[]).await.unwrap().get(0);
        assert_eq!(named, 0, "the log can never be cleaned");
    }

    /// What people do with AI credits, and what programs spend: of that the tenant's ledger has the line.
    async fn ai_credits(&mut self) {
        let (owner, post) = (self.owner.clone(), Method::POST);
        let of_blue = "/v1/tenants/blue/ai-credits";
        let new = json!({ "source": "PROMO", "amount": 50, "reason": "a test" });
        let path = format!("{of_blue}/grants");
        let granted = self.change("ai_credits_grant", &owner, (post, &path), new).await;
        let amount =
            |request: &str| json!({ "request_id": request, "amount": 5, "feature": "a test" });
        let path = format!("{of_blue}/reservations");
        let one = self.spend("ai_credits_reserve", &path, amount("one")).await;
        let path = format!("{of_blue}/reservations/{}", one["id"].as_str().unwrap());
        self.spend("ai_credits_settle", &format!("{path}/settle"), json!({ "spent": 3 })).await;
        let two = serde_json::from_value(amount("two")).unwrap();
        let two =
            crate::access::owner(&self.fleet.up).ai_credits_reserve("blue", &two).await.unwrap();
        let path = format!("{of_blue}/reservations/{}", two.id);
        self.spend("ai_credits_release", &format!("{path}/release"), Value::Null).await;
        let path = format!("{of_blue}/grants/{}", granted["id"].as_str().unwrap());
        self.change("ai_credits_void", &owner, (Method::DELETE, &path), Value::Null).await;
    }

    /// As [`Self::change`], with a line in the ledger.
    async fn spend(&mut self, name: &'static str, path: &str, body: Value) -> Value {
        let entries = async |up: &Up| {
            let page = crate::access::owner(up).ai_credits_ledger("blue", None).await.unwrap();
            page.items.first().map_or(0, |it| it.number)
        };
        let before = entries(&self.fleet.up).await;
        let answer = api(&self.fleet.up, Method::POST, path).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{name}: {}", answer.status());
        assert!(entries(&self.fleet.up).await > before, "{name} left no entry in the ledger");
        self.made.push(name);
        answer.json().await.unwrap()
    }

    async fn last(&self) -> i64 {
        let control = self.fleet.up.control();
        let client = control.catalog.client().await.unwrap();
        audit_head().bind(&client).one().await.unwrap().last_id
    }
}

/// A new call that changes something has to be added here; the last assertion says so.
#[tokio::test]
async fn each_change_leaves_a_line() {
    let fleet = Fleet::start_empty();
    let owner = fleet.up.token.trim().to_owned();
    let mut trail = Trail { fleet, owner: owner.clone(), made: Vec::new() };
    let (post, put, patch, delete) = (Method::POST, Method::PUT, Method::PATCH, Method::DELETE);

    let tenant = json!({ "subdomain": "blue", "name": "Blue", "owner_email": "kim@example.com" });
    trail.change("tenant_create", &owner, (post.clone(), "/v1/tenants?wait=30s"), tenant).await;
    let path = "/v1/tenants/blue/sign-in-links";
    trail.change("sign_in_link_create", &owner, (post.clone(), path), Value::Null).await;

    trail.rollouts().await;
    let path = "/v1/tenants/blue/export?wait=30s";
    let made = trail.change("tenant_export", &owner, (post.clone(), path), Value::Null).await;
    let path = format!("/v1/exports/{}/link", made["operation"]["id"].as_str().unwrap());
    trail.change("export_link_create", &owner, (post.clone(), &path), Value::Null).await;
    let path = path.trim_end_matches("/link");
    trail.change("export_delete", &owner, (delete.clone(), path), Value::Null).await;
    trail.backups().await;
    trail.webhooks().await;
    trail.domains().await;
    trail.ai_credits().await;
    for (name, path, body) in [
        ("tenant_credentials", "/v1/tenants/blue/credentials", Value::Null),
        ("tenant_rotate_password", "/v1/tenants/blue/rotate-password?wait=30s", Value::Null),
        ("tenant_suspend", "/v1/tenants/blue/suspend?wait=30s", json!({})),
        ("tenant_resume", "/v1/tenants/blue/resume?wait=30s", json!({})),
        ("tenant_cancel", "/v1/tenants/blue/cancel?wait=30s", json!({})),
        ("tenant_archive", "/v1/tenants/blue/archive?wait=60s", Value::Null),
        ("tenant_unarchive", "/v1/tenants/blue/unarchive?wait=60s", Value::Null),
        ("tenant_hold", "/v1/tenants/blue/hold", json!({ "reason": "a lawsuit" })),
        ("tenant_release_hold", "/v1/tenants/blue/release-hold", Value::Null),
        (
            "tenant_erase",
            "/v1/tenants/blue/erase?wait=30s",
            json!({ "confirm": "blue", "grace": "0d" }),
        ),
    ] {
        trail.change(name, &owner, (post.clone(), path), body).await;
    }
    // Nothing can be cloned, so there is something to cancel.
    let held = trail.fleet.up.hold_template().await;
    let tenant = json!({ "subdomain": "red", "name": "Red", "owner_email": "kim@example.com" });
    let begun =
        api(&trail.fleet.up, post.clone(), "/v1/tenants").json(&tenant).send().await.unwrap();
    let begun: Value = begun.json().await.unwrap();
    let path =
        format!("/v1/operations/{}/cancel?wait=30s", begun["operation"]["id"].as_str().unwrap());
    trail.change("operation_cancel", &owner, (post.clone(), &path), Value::Null).await;
    drop(held);

    let admitted = json!({ "shared": { "role": "app_pool", "connections": 5 } });
    let path = "/v1/servers/eu-1/pgbouncer";
    trail.change("pgbouncer_admit", &owner, (post.clone(), path), admitted).await;

    // Kept in a file, so that a new one can be made.
    for (name, path) in [
        ("master_key_rotate", "/v1/master-key/rotate"),
        ("master_key_forget_old", "/v1/master-key/forget-old"),
    ] {
        trail.change(name, &owner, (post.clone(), path), Value::Null).await;
    }

    let kim = json!({ "email": "kim@example.com", "role": "auditor" });
    trail.change("user_create", &owner, (post.clone(), "/v1/users"), kim).await;
    let (path, role) = ("/v1/users/kim@example.com", json!({ "role": "support" }));
    trail.change("user_change", &owner, (patch, path), role).await;
    let path = "/v1/users/kim@example.com/invitations";
    let invited =
        trail.change("invitation_create", &owner, (post.clone(), path), Value::Null).await;
    let invitation = invited["invitation"].as_str().unwrap();
    let (path, new) = ("/v1/me/password", json!({ "new": PASSWORD }));
    trail.change("password_change", invitation, (put, path), new).await;

    let sign_in = json!({ "email": "kim@example.com", "password": PASSWORD });
    let signed_in = trail.change("sign_in", "", (post.clone(), "/v1/sign-ins"), sign_in).await;
    let kim = signed_in["token"].as_str().unwrap();
    let proof = json!({ "password": PASSWORD });
    let begun = trail.change("totp_begin", kim, (post.clone(), "/v1/me/totp"), proof.clone()).await;
    let totp = totp_rs::Totp::from_url(begun["url"].as_str().unwrap()).unwrap();
    let now = jiff::Timestamp::now().as_second().try_into().unwrap();
    let (path, code) = ("/v1/me/totp/confirm", json!({ "code": totp.generate(now).to_string() }));
    trail.change("totp_confirm", kim, (post.clone(), path), code).await;
    trail.change("totp_end", kim, (delete.clone(), "/v1/me/totp"), proof).await;

    let path = "/v1/me/console-links";
    trail.change("console_link_create", kim, (post.clone(), path), Value::Null).await;
    let token = json!({ "name": "a robot" });
    let made = trail.change("token_create", kim, (post, "/v1/tokens"), token).await;
    let path = format!("/v1/tokens/{}", made["token"]["id"].as_str().unwrap());
    trail.change("token_revoke", kim, (delete, &path), Value::Null).await;

    let changes = served().into_iter().map(|it| it.endpoint).filter(|it| !it.verb.is_reading());
    let mut changes: Vec<&str> =
        changes.map(|it| it.name).filter(|it| !NO_CHANGES.contains(it)).collect();
    changes.sort_unstable();
    trail.made.sort_unstable();
    assert_eq!(trail.made, changes, "every change belongs in this walk");
    trail.fleet.up.stop();
}

#[tokio::test]
async fn the_log_is_read_and_verified_by_an_auditor() {
    let up = Up::start(&fresh_data_dir(), &[]);
    let kim = crate::access::hire(&up, "kim@example.com", cloison_model::Role::Auditor).await;
    let filter =
        AuditFilter { actor: Some("owner@localhost".to_owned()), ..AuditFilter::default() };
    let entries = kim.audit_list(&filter, None).await.unwrap().items;
    assert_eq!(entries[0].action, "user.create");
    assert_eq!(entries[0].subject, "kim@example.com");
    let report = kim.audit_verify(&VerifyAudit::default()).await.unwrap();
    assert!(report.intact && report.rows >= 3, "{report:?}");
    let noted = VerifyAudit { expect: Some(report.head) };
    assert!(kim.audit_verify(&noted).await.unwrap().intact);
    up.stop();
}
