//! What every keystore promises.

use futures_util::future::join_all;
use jiff::{Timestamp, ToSpan};

use super::vault_stand_in::StandIn;
use super::{Folder, tenant};
use crate::keystore::{KeyName, Keystore, KeystoreError};

const SECRET: &[u8] = b"AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQ";

#[tokio::test]
async fn a_directory_keeps_the_promises() {
    let folder = Folder::new();
    // Two of them on one folder, as in two processes.
    keeps_the_promises(&folder.keystore(), &folder.keystore()).await;
}

#[tokio::test]
async fn a_vault_keeps_the_promises() {
    let stand_in = StandIn::start().await;
    keeps_the_promises(&stand_in.keystore(), &stand_in.keystore()).await;
}

async fn keeps_the_promises(one: &dyn Keystore, other: &dyn Keystore) {
    never_made(one).await;
    opens_where_it_was_wrapped_and_nowhere_else(one, other).await;
    two_makers_agree(one, other).await;
    destroyed_is_destroyed(one, other).await;
    what_never_was_can_be_destroyed(one).await;
    the_others_are_untouched(one, other).await;
}

async fn never_made(keystore: &dyn Keystore) {
    let name = tenant(1);
    let wrapped = keystore.wrap(name, SECRET).await;
    assert!(matches!(wrapped, Err(KeystoreError::NeverMade { name: it, .. }) if it == name));
    // Asking has not made it.
    assert!(matches!(keystore.wrap(name, SECRET).await, Err(KeystoreError::NeverMade { .. })));
    keystore.ensure(KeyName::Control).await.unwrap();
    let elsewhere = keystore.wrap(KeyName::Control, SECRET).await.unwrap();
    assert!(matches!(
        keystore.unwrap(name, &elsewhere).await,
        Err(KeystoreError::NeverMade { .. })
    ));
}

async fn opens_where_it_was_wrapped_and_nowhere_else(one: &dyn Keystore, other: &dyn Keystore) {
    for name in [tenant(2), tenant(3), KeyName::Signing] {
        one.ensure(name).await.unwrap();
    }
    for secret in [SECRET, b"", &[0, 255, 10]] {
        let wrapped = one.wrap(tenant(2), secret).await.unwrap();
        assert_eq!(other.unwrap(tenant(2), &wrapped).await.unwrap().expose(), secret);
        assert!(secret.is_empty() || !wrapped.windows(secret.len()).any(|it| it == secret));
    }
    let wrapped = one.wrap(tenant(2), SECRET).await.unwrap();
    for name in [tenant(3), KeyName::Signing] {
        let opened = one.unwrap(name, &wrapped).await;
        assert!(matches!(opened, Err(KeystoreError::DoesNotOpen { name: it, .. }) if it == name));
    }
    for length in 0..wrapped.len() {
        let opened = one.unwrap(tenant(2), &wrapped[..length]).await;
        assert!(matches!(opened, Err(KeystoreError::DoesNotOpen { .. })), "length {length}");
    }
    let longer = [&wrapped[..], b"="].concat();
    assert!(matches!(one.unwrap(tenant(2), &longer).await, Err(KeystoreError::DoesNotOpen { .. })));
}

async fn two_makers_agree(one: &dyn Keystore, other: &dyn Keystore) {
    for number in 100..110 {
        let name = tenant(number);
        let makers = (0..8).map(|it| if it % 2 == 0 { one } else { other });
        let wrapped = join_all(makers.map(|keystore| async move {
            keystore.ensure(name).await.unwrap();
            keystore.wrap(name, SECRET).await.unwrap()
        }));
        for wrapped in wrapped.await {
            assert_eq!(one.unwrap(name, &wrapped).await.unwrap().expose(), SECRET);
        }
    }
}

async fn destroyed_is_destroyed(one: &dyn Keystore, other: &dyn Keystore) {
    let name = tenant(4);
    one.ensure(name).await.unwrap();
    let wrapped = one.wrap(name, SECRET).await.unwrap();
    // A Vault counts in whole seconds.
    let before = Timestamp::now() - 1.second();
    let destroyed = one.destroy(name).await.unwrap();
    assert!((before..=Timestamp::now()).contains(&destroyed.gone_at));

    let is_dead = |error: KeystoreError| match error {
        KeystoreError::Destroyed { name: it, at } => it == name && at == destroyed.gone_at,
        _ => false,
    };
    for keystore in [one, other] {
        assert!(is_dead(keystore.ensure(name).await.unwrap_err()));
        assert!(is_dead(keystore.wrap(name, SECRET).await.unwrap_err()));
        assert!(is_dead(keystore.unwrap(name, &wrapped).await.unwrap_err()));
        // Again, and it tells the time of the first.
        assert_eq!(keystore.destroy(name).await.unwrap(), destroyed);
    }
    let text = one.ensure(name).await.unwrap_err().to_string();
    assert!(text.contains(&format!("'{name}' was destroyed at {}", destroyed.gone_at)), "{text}");
}

async fn what_never_was_can_be_destroyed(keystore: &dyn Keystore) {
    keystore.destroy(tenant(5)).await.unwrap();
    let made = keystore.ensure(tenant(5)).await;
    assert!(matches!(made, Err(KeystoreError::Destroyed { .. })));
}

async fn the_others_are_untouched(one: &dyn Keystore, other: &dyn Keystore) {
    let wrapped = one.wrap(tenant(2), SECRET).await.unwrap();
    one.destroy(tenant(3)).await.unwrap();
    assert_eq!(other.unwrap(tenant(2), &wrapped).await.unwrap().expose(), SECRET);
}
