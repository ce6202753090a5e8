//! Both ways, and everything that can be wrong with what lies there.

use tokio::io::AsyncReadExt as _;

use super::*;

async fn sealed(plain: &[u8], recipient: &Recipient) -> Vec<u8> {
    let mut read = Vec::new();
    seal(plain, recipient).read_to_end(&mut read).await.unwrap();
    read
}

async fn opened(sealed: &[u8], identity: &Identity) -> Result<Vec<u8>, String> {
    let mut plain = open(sealed, identity).await.map_err(|it| it.to_string())?;
    let mut read = Vec::new();
    plain.read_to_end(&mut read).await.map_err(|it| it.to_string())?;
    Ok(read)
}

/// Text that packs to more than one piece of age's.
fn text() -> Vec<u8> {
    let mut seed = 1_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_be_bytes()[0]
    };
    (0..300_000).map(|_| next()).collect()
}

#[tokio::test]
async fn what_is_sealed_opens_for_whom_it_was_sealed() {
    let (identity, other) = (Identity::generate(), Identity::generate());
    for plain in [Vec::new(), b"one row".to_vec(), text()] {
        let sealed = sealed(&plain, &identity.to_public()).await;
        assert!(opened(&sealed, &identity).await.unwrap() == plain);
        let refused = opened(&sealed, &other).await.unwrap_err();
        assert_eq!(refused, "it is encrypted for another key");
    }
}

#[tokio::test]
async fn a_changed_byte_and_a_missing_end_are_found() {
    let identity = Identity::generate();
    let whole = sealed(&text(), &identity.to_public()).await;
    let last = whole.len() - 1;
    for at in [0, 20, 100, 180, 250, 1_000, 65_000, 66_000, 131_500, last - 20, last] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        assert!(opened(&changed, &identity).await.is_err(), "the byte at {at}");
        assert!(opened(&whole[..at], &identity).await.is_err(), "without what follows {at}");
    }
    let longer = [&whole[..], b"x"].concat();
    assert!(opened(&longer, &identity).await.is_err(), "something behind it");
}

#[tokio::test]
async fn what_fails_while_it_is_sealed_does_not_look_whole() {
    struct Failing;
    impl AsyncRead for Failing {
        fn poll_read(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            _: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<io::Result<()>> {
            std::task::Poll::Ready(Err(io::Error::other("the dump has died")))
        }
    }
    let identity = Identity::generate();
    let recipient = identity.to_public();
    let text = text();
    let mut reader = seal(BufReader::new((&text[..]).chain(Failing)), &recipient);
    let error = reader.read_to_end(&mut Vec::new()).await.unwrap_err();
    assert!(error.to_string().contains("the dump has died"), "{error}");
}
