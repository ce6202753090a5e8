//! A Vault that denies, throttles, is sealed, says nothing, or is not one. See the module of the stand-in for what answers here.

use futures_util::future::join_all;

use super::tenant;
use super::vault_stand_in::{Fault, StandIn, keystore_with};
use crate::keystore::{KeyName, Keystore, KeystoreError};

const SECRET: &[u8] = b"a secret";

#[tokio::test]
async fn what_passes_is_waited_for() {
    let stand_in = StandIn::start().await;
    let keystore = stand_in.keystore();
    for fault in [
        Fault::Answer(429, "request path \"transit/keys/control\": rate limit quota exceeded"),
        Fault::Answer(500, "internal error"),
        Fault::Answer(502, ""),
        Fault::Answer(503, "local node not active but active cluster node not found"),
        Fault::Silence,
    ] {
        stand_in.inside().faults.extend([fault.clone(), fault]);
        keystore.ensure(KeyName::Control).await.unwrap();
    }
    keystore.wrap(KeyName::Control, SECRET).await.unwrap();
}

#[tokio::test]
async fn tries_are_bounded() {
    let stand_in = StandIn::start().await;
    let keystore = stand_in.keystore();
    for (fault, why) in [
        (
            Fault::Answer(429, "rate limit quota exceeded"),
            "429 rate limit quota exceeded (3 tries)",
        ),
        (Fault::Silence, "said nothing for 1s (3 tries)"),
    ] {
        let before = stand_in.inside().asked;
        stand_in.inside().faults.extend([fault.clone(), fault.clone(), fault]);
        let error = keystore.ensure(KeyName::Control).await.unwrap_err();
        assert!(error.may_pass() && error.to_string().contains(why), "{error}");
        assert_eq!(stand_in.inside().asked - before, 3);
    }
}

#[tokio::test]
async fn a_lost_answer_does_no_harm() {
    // At once, since each waits for an answer that does not come.
    join_all((0..10).map(lose_an_answer)).await;
}

/// That of the call number `lost`, of making a key and of destroying it.
async fn lose_an_answer(lost: usize) {
    let stand_in = StandIn::start().await;
    let keystore = stand_in.keystore();
    let lose = || {
        let mut inside = stand_in.inside();
        inside.faults = (0..lost).map(|_| Fault::None).chain([Fault::AnswerLost]).collect();
    };
    lose();
    keystore.ensure(tenant(1)).await.unwrap();
    stand_in.inside().faults.clear();
    let wrapped = keystore.wrap(tenant(1), SECRET).await.unwrap();
    assert_eq!(keystore.unwrap(tenant(1), &wrapped).await.unwrap().expose(), SECRET);
    lose();
    let destroyed = keystore.destroy(tenant(1)).await.unwrap();
    stand_in.inside().faults.clear();
    assert_eq!(keystore.destroy(tenant(1)).await.unwrap(), destroyed);
    assert_eq!(stand_in.names(), [format!("{}.destroyed", tenant(1))], "{lost}");
}

#[tokio::test]
async fn a_sealed_vault_is_said_at_once() {
    let stand_in = StandIn::start().await;
    stand_in.inside().faults.push_back(Fault::Answer(503, "Vault is sealed"));
    let error = stand_in.keystore().ensure(KeyName::Control).await.unwrap_err();
    assert!(error.may_pass() && error.to_string().contains("it is sealed"), "{error}");
    assert_eq!(stand_in.inside().asked, 1);
}

#[tokio::test]
async fn a_denied_call_names_the_rule_that_is_missing() {
    let stand_in = StandIn::start().await;
    let keystore = stand_in.keystore();
    keystore.ensure(tenant(1)).await.unwrap();
    stand_in.inside().faults.extend([
        Fault::None,
        Fault::None,
        Fault::Answer(403, "permission denied"),
    ]);
    let error = keystore.wrap(tenant(1), SECRET).await.unwrap_err();
    let rule = "path \"transit/encrypt/*\" { capabilities = [\"update\"] }";
    assert!(!error.may_pass() && error.to_string().contains(rule), "{error}");
    assert!(keystore.policy().contains(rule));
}

#[tokio::test]
async fn a_missing_engine_is_not_a_missing_key() {
    let stand_in = StandIn::start().await;
    let mut settings = stand_in.settings();
    "elsewhere".clone_into(&mut settings.mount);
    let keystore = keystore_with(&settings);
    for error in [
        keystore.ensure(tenant(1)).await.unwrap_err(),
        keystore.destroy(tenant(1)).await.unwrap_err(),
    ] {
        let why = "vault secrets enable -path=elsewhere transit";
        assert!(!error.may_pass() && error.to_string().contains(why), "{error}");
    }
}

#[tokio::test]
async fn a_vault_that_is_not_there_may_come_back() {
    let stand_in = StandIn::start().await;
    let keystore = stand_in.keystore();
    drop(stand_in);
    // Its port is closed when its task has ended.
    let error = keystore.unwrap(tenant(1), b"vault:v1:AAAA").await.unwrap_err();
    assert!(matches!(error, KeystoreError::Away { .. }), "{error}");
}
