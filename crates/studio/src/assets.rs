//! Style, script and images, embedded in the binary and named by their content.
//!
//! A name changes when its bytes change, so a browser may keep each for ever and never has a page
//! and a stylesheet of two builds. Nothing is read from disk when the program runs.

#[cfg(test)]
mod contrast;
mod positions;

pub(crate) use positions::{LANES_MAX, ROOMS_MAX};

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write;
use std::sync::LazyLock;

struct Asset {
    /// Under `/assets/`, with the hash of the bytes in it.
    name: String,
    href: String,
    content_type: &'static str,
    bytes: Cow<'static, [u8]>,
}

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let mut css = [
        include_str!("../assets/css/tokens.css"),
        include_str!("../assets/css/base.css"),
        include_str!("../assets/css/frame.css"),
        include_str!("../assets/css/forms.css"),
        include_str!("../assets/css/calendar.css"),
    ]
    .join("\n");
    css.push_str(&positions::rules());
    Asset::new("app", "css", "text/css; charset=utf-8", css.into_bytes())
});

static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "app",
        "js",
        "text/javascript; charset=utf-8",
        &include_bytes!("../assets/app.js")[..],
    )
});

static MARK: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("mark", "svg", "image/svg+xml", &include_bytes!("../assets/mark.svg")[..])
});

/// The address of the stylesheet.
pub(crate) fn style() -> &'static str {
    &STYLE.href
}

/// The address of the script.
pub(crate) fn script() -> &'static str {
    &SCRIPT.href
}

/// The address of the mark in the browser's tab.
pub(crate) fn mark() -> &'static str {
    &MARK.href
}

/// Serves an asset by its full name; any other name, an outdated one too, is not found.
pub(crate) async fn serve(Path(name): Path<String>) -> Response {
    let Some(asset) = [&*STYLE, &*SCRIPT, &*MARK].into_iter().find(|it| it.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, asset.bytes.clone()).into_response()
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
}
