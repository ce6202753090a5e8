//! Every SQL statement on the control database.
