//! Style, script and images, embedded in the binary and named by their content.
//!
//! A name changes when its bytes change, so a browser may keep each for ever and never has a page
//! and a stylesheet of two builds. Nothing is read from disk when the program runs.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write;
use std::sync::LazyLock;

/// Every colour; the contrast checks read it.
pub const TOKENS_CSS: &str = include_str!("../assets/css/tokens.css");
/// Elements as they look everywhere.
pub const BASE_CSS: &str = include_str!("../assets/css/base.css");
/// What stands around every page.
pub const FRAME_CSS: &str = include_str!("../assets/css/frame.css");
/// Forms and tables.
pub const FORMS_CSS: &str = include_str!("../assets/css/forms.css");

/// The mark in the browser's tab.
pub static MARK: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("mark", "svg", "image/svg+xml", &include_bytes!("../assets/mark.svg")[..])
});

pub struct Asset {
    /// Under `/assets/`, with the hash of the bytes in it.
    name: String,
    href: String,
    content_type: &'static str,
    bytes: Cow<'static, [u8]>,
}

impl Asset {
    fn new(
        stem: &str,
        extension: &str,
        content_type: &'static str,
        bytes: impl Into<Cow<'static, [u8]>>,
    ) -> Self {
        /// Eight bytes tell any two builds apart.
        const HASH_BYTES: usize = 8;

        let bytes = bytes.into();
        let mut name = format!("{stem}.");
        for byte in &Sha256::digest(&bytes)[..HASH_BYTES] {
            write!(name, "{byte:02x}").expect("writing to a string does not fail");
        }
        write!(name, ".{extension}").expect("writing to a string does not fail");
        Self { href: format!("/assets/{name}"), name, content_type, bytes }
    }

    /// One stylesheet of these parts.
    pub fn style(parts: &[&str]) -> Self {
        Self::new("app", "css", "text/css; charset=utf-8", parts.join("\n").into_bytes())
    }

    pub fn script(text: &'static str) -> Self {
        Self::new("app", "js", "text/javascript; charset=utf-8", text.as_bytes())
    }

    /// Its address.
    pub fn href(&self) -> &str {
        &self.href
    }
}

/// Serves an asset by its full name; any other name, an outdated one too, is not found.
pub fn serve(name: &str, assets: &[&'static Asset]) -> Response {
    let Some(asset) = assets.iter().find(|it| it.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, asset.bytes.clone()).into_response()
}
