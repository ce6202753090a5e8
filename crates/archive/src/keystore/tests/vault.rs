//! What is particular to keys in a Vault. See the module of the stand-in for what answers here.

use super::tenant;
use super::vault_stand_in::{StandIn, keystore_with};
use crate::keystore::{KeyName, Keystore, KeystoreError, VaultKeystore};

const SECRET: &[u8] = b"a secret";

#[tokio::test]
async fn destroyed_at_every_cut_and_taken_to_its_end() {
    for cut in 0.. {
        let stand_in = StandIn::start().await;
        let keystore = stand_in.keystore();
        keystore.ensure(tenant(1)).await.unwrap();
        stand_in.inside().denied_after = Some(cut);
        let destroyed = keystore.destroy(tenant(1)).await;
        stand_in.inside().denied_after = None;
        if let Ok(destroyed) = destroyed {
            assert_eq!(keystore.destroy(tenant(1)).await.unwrap(), destroyed);
            assert!(cut > 7, "{cut}: each call of it was cut off once");
            break;
        }
        if stand_in.names().len() == 2 {
            // The tombstone counts, even while the key is there.
            let error = keystore.wrap(tenant(1), SECRET).await.unwrap_err();
            assert!(matches!(error, KeystoreError::Destroyed { .. }), "{cut}: {error}");
        }
        keystore.destroy(tenant(1)).await.unwrap();
        assert_eq!(stand_in.names(), [format!("{}.destroyed", tenant(1))], "{cut}");
        assert!(
            matches!(keystore.ensure(tenant(1)).await, Err(KeystoreError::Destroyed { .. })),
            "{cut}"
        );
    }
}

#[tokio::test]
async fn the_same_key_under_another_name_does_not_open() {
    let stand_in = StandIn::start().await;
    let keystore = stand_in.keystore();
    keystore.ensure(tenant(1)).await.unwrap();
    stand_in.inside().copy_key(&tenant(1).to_string(), &tenant(2).to_string());
    let wrapped = keystore.wrap(tenant(1), SECRET).await.unwrap();
    let opened = keystore.unwrap(tenant(2), &wrapped).await;
    assert!(matches!(opened, Err(KeystoreError::DoesNotOpen { .. })));
}

#[tokio::test]
async fn wrapping_makes_no_key_although_vault_would() {
    let stand_in = StandIn::start().await;
    let keystore = stand_in.keystore();
    keystore.wrap(tenant(1), SECRET).await.unwrap_err();
    keystore.destroy(tenant(1)).await.unwrap();
    keystore.wrap(tenant(1), SECRET).await.unwrap_err();
    assert_eq!(stand_in.names(), [format!("{}.destroyed", tenant(1))]);
}

#[tokio::test]
async fn neither_debug_nor_errors_nor_describe_give_the_token_away() {
    let stand_in = StandIn::start().await;
    let keystore = stand_in.keystore();
    let mut settings = stand_in.settings();
    settings.token = cloison_model::Secret::new("hvs.another");
    let error = keystore_with(&settings).ensure(KeyName::Control).await.unwrap_err();
    for text in [
        format!("{keystore:?}"),
        format!("{settings:?}"),
        keystore.describe(),
        format!("{error} {error:?}"),
    ] {
        assert!(!text.contains("hvs."), "{text}");
    }
    assert!(keystore.describe().starts_with("vault http://127.0.0.1:"));
    assert!(keystore.describe().ends_with("/transit"));
}

#[tokio::test]
async fn settings_that_cannot_be_meant_are_refused() {
    let stand_in = StandIn::start().await;
    for (address, mount, token, why) in [
        ("vault.example:8200", "transit", "x", "is not like https://"),
        ("ftp://vault.example", "transit", "x", "is not like https://"),
        ("https://vault.example/?a=b", "transit", "x", "is not like https://"),
        ("http://vault.example:8200", "transit", "x", "use https://"),
        ("https://ada:hunter2@vault.example", "transit", "x", "Vault takes a token"),
        ("https://vault.example", "", "x", "the place of its engine"),
        ("https://vault.example", "a/../sys", "x", "the place of its engine"),
        ("https://vault.example", "transit", "two\nlines", "is not one word"),
    ] {
        let mut settings = stand_in.settings();
        address.clone_into(&mut settings.address);
        mount.clone_into(&mut settings.mount);
        settings.token = cloison_model::Secret::new(token);
        let error = VaultKeystore::new(&settings).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
    let mut settings = stand_in.settings();
    "https://vault.example:8200/".clone_into(&mut settings.address);
    "/team/transit/".clone_into(&mut settings.mount);
    let keystore = VaultKeystore::new(&settings).unwrap();
    assert_eq!(keystore.describe(), "vault https://vault.example:8200/team/transit");
    assert!(keystore.policy().contains("path \"team/transit/keys/tenant-*\""));
}
