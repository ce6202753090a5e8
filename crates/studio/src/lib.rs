//! The recording-studio product.
