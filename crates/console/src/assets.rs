//! The console's style and script, embedded in the binary.

use axum::extract::Path;
use axum::response::Response;
use cloison_pages::{Asset, BASE_CSS, FORMS_CSS, FRAME_CSS, MARK, TOKENS_CSS};
use std::sync::LazyLock;

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let own = include_str!("../assets/console.css");
    Asset::style(&[TOKENS_CSS, BASE_CSS, FRAME_CSS, FORMS_CSS, own])
});

static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::script(include_str!("../assets/console.js")));

/// The address of the stylesheet.
pub(crate) fn style() -> &'static str {
    STYLE.href()
}

/// The address of the script.
pub(crate) fn script() -> &'static str {
    SCRIPT.href()
}

/// The address of the mark in the browser's tab.
pub(crate) fn mark() -> &'static str {
    MARK.href()
}

/// Serves an asset by its full name.
pub(crate) async fn serve(Path(name): Path<String>) -> Response {
    cloison_pages::serve(&name, &[&STYLE, &SCRIPT, &MARK])
}
