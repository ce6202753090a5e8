//! One database is brought from version to version, and back; and everything goes wrong on the way.

mod alone;
mod cut_off;
mod ground;
mod locks;
mod refused;
mod several;
mod together;
