//! Host to tenant to connection.
