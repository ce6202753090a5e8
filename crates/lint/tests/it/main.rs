//! The lint beside what it speaks about: real PostgreSQL, and the migrations of our own product.

mod statements;
