//! What the studio's pages and the console's have in common: languages and their words, cookies, preferences, forms, style, and
//! the headers around every answer.
//!
//! Deliberately absent: any word that a person reads, any address, and who may see what; those are each application's own.

mod assets;
#[cfg(feature = "checks")]
pub mod checks;
pub mod cookies;
mod fields;
mod guard;
mod lang;
mod notices;
pub mod numbers;
pub mod preferences;
mod words;

pub use assets::{Asset, BASE_CSS, FORMS_CSS, FRAME_CSS, MARK, TOKENS_CSS, serve};
pub use fields::{Fields, local_path};
pub use guard::{guarded, headed};
pub use lang::Lang;
pub use notices::with_page;
pub use preferences::Theme;
pub use words::{Arg, Say, Sources, Words};
