//! axum composition: extract, call, render.
