//! The tenant schema as plain data: each migration's file name and text, in order. Whoever runs them decides
//! how; nothing here connects to anything.

/// Run in this order as `cloison_owner`, each in a transaction of its own. A committed migration is never edited.
pub const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_people.sql", include_str!("../migrations/0001_people.sql")),
    ("0002_bookings.sql", include_str!("../migrations/0002_bookings.sql")),
    ("0003_invoices.sql", include_str!("../migrations/0003_invoices.sql")),
    ("0004_audio.sql", include_str!("../migrations/0004_audio.sql")),
    ("0005_first_data.sql", include_str!("../migrations/0005_first_data.sql")),
    ("0006_alike_by_index.sql", include_str!("../migrations/0006_alike_by_index.sql")),
    ("0007_fiscal_tables.sql", include_str!("../migrations/0007_fiscal_tables.sql")),
    ("0008_sign_in_link.sql", include_str!("../migrations/0008_sign_in_link.sql")),
];

/// The oldest schema that the pages work with: audio files of 0004 are the newest that they touch, when a client is erased. The first data
/// (0005) is written before a studio has pages, 0006 only makes a search faster, 0007 is for whoever erases the studio, and 0008 for whoever
/// looks at a copy of it.
///
/// Raise it in the commit whose queries need more; `tests/schema/oldest.rs` tries them all.
pub const SCHEMA_MIN: i64 = 4;
