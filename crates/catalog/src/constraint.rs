//! What a broken constraint means, said at the statement that can break it.

/// On a statement's result: gives a violation of one named constraint its meaning.
pub trait OnConstraint<T> {
    /// Any other error passes through `E::from`.
    fn on_constraint<E: From<tokio_postgres::Error>>(
        self,
        constraint: &str,
        meaning: impl FnOnce() -> E,
    ) -> Result<T, E>;
}

impl<T> OnConstraint<T> for Result<T, tokio_postgres::Error> {
    fn on_constraint<E: From<tokio_postgres::Error>>(
        self,
        constraint: &str,
        meaning: impl FnOnce() -> E,
    ) -> Result<T, E> {
        self.map_err(|error| {
            let broken = error.as_db_error().and_then(|it| it.constraint());
            if broken == Some(constraint) { meaning() } else { E::from(error) }
        })
    }
}
