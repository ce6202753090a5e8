//! What the tests of pages have in common. Never in a program: the feature `checks` is for dev-dependencies.

mod contrast;
mod files;
mod text;

pub use contrast::Tokens;
pub use files::{files, sources};
pub use text::{bare_text, keys_asked_for, messages};
