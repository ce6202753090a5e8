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
];
