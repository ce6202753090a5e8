//! Which addresses a studio still has whose owner has left: those that lead to its data, and nothing else.

/// The page to begin with.
pub const WAY_OUT: &str = "/settings/export";

/// Whether it is on the way out: signing in, the page with the exports, and what these two are drawn with.
pub fn is_way_out(path: &str) -> bool {
    let below = |folder: &str| {
        path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    [WAY_OUT, "/sign-in", "/sign-out", "/preferences", "/assets"].into_iter().any(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_out_is_narrow() {
        for path in
            ["/settings/export", "/settings/export/1", "/sign-in", "/sign-in/x", "/assets/a.css"]
        {
            assert!(is_way_out(path), "{path}");
        }
        for path in ["/", "/calendar", "/clients", "/settings", "/settings/exports", "/sign-inn"] {
            assert!(!is_way_out(path), "{path}");
        }
    }
}
