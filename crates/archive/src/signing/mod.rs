//! Documents that can be checked by anybody, for as long as Ed25519 holds.
//!
//! A signed document is one JSON object that carries its text, its signature and the public key, so a stock tool can check it:
//!
//! ```sh
//! jq -j .payload document.json > payload
//! jq -r .signature.value document.json | base64 -d > signature
//! { printf '\060\052\060\005\006\003\053\145\160\003\041\000'; jq -r .signature.public_key document.json | base64 -d; } > key.der
//! openssl pkeyutl -verify -rawin -pubin -inkey key.der -keyform DER -in payload -sigfile signature
//! ```
//!
//! That shows that nothing was altered since. Whose key it was, a document cannot say itself: compare the key's fingerprint with one
//! that came another way.

mod signed;
mod signer;
#[cfg(test)]
mod tests;
mod verifying_key;

pub use signed::{SignatureError, Signed};
pub use signer::{Signer, SignerError};
pub use verifying_key::{MalformedKey, VerifyingKey};
