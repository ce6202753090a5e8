//! The figures of `dedicated-vs-shared`, for people.

use std::fmt::Write as _;

use serde_json::Value;

const LAYOUTS: [(&str, &str); 3] = [
    ("dedicated", "a database each"),
    ("shared", "shared, tenant_id"),
    ("shared_rls", "shared, RLS"),
];

pub(super) fn table(figures: &Value) -> String {
    let mut text = format!(
        "dedicated-vs-shared: {} studios ({}), {} callers, {} connections a layout, {} answers compared and equal\n",
        figures["studios"],
        figures["size"].as_str().unwrap_or_default(),
        figures["clients"],
        figures["budget"],
        figures["answers_compared"],
    );
    row(
        &mut text,
        "query",
        "layout",
        ["n", "p50 ms", "p95 ms", "p99 ms", "per s"].map(str::to_owned),
    );
    let queries = figures["ratios"].as_object().into_iter().flat_map(|it| it.keys());
    for query in queries {
        for (key, words) in LAYOUTS {
            let of = &figures["layouts"][key]["queries"][query];
            let columns = ["n", "p50_ms", "p95_ms", "p99_ms", "per_second"];
            row(&mut text, query, words, columns.map(|column| of[column].to_string()));
        }
        let ratio = &figures["ratios"][query];
        writeln!(
            text,
            "    a database each, p95: {} of RLS, {} of shared",
            ratio["p95_vs_rls"], ratio["p95_vs_shared"]
        )
        .expect("a string takes any text");
    }
    for (key, words) in LAYOUTS {
        let of = &figures["layouts"][key];
        let [all, tables, indexes] =
            ["size_bytes", "table_bytes", "index_bytes"].map(|part| megabytes(&of[part]));
        writeln!(
            text,
            "{words:<20}{all:>9} MB on disk (tables {tables}, indexes {indexes}), {} calls a second, {} connects, {} evictions",
            of["per_second"], of["connects"], of["evictions"]
        )
        .expect("a string takes any text");
    }
    let [bare, schema] =
        ["empty_database_bytes", "empty_studio_bytes"].map(|part| megabytes(&figures[part]));
    write!(
        text,
        "a database with nothing in it takes {bare} MB, with the studio's schema {schema} MB"
    )
    .expect("a string takes any text");
    text
}

fn row(text: &mut String, query: &str, layout: &str, [n, p50, p95, p99, rate]: [String; 5]) {
    writeln!(text, "{query:<15}{layout:<20}{n:>8}{p50:>10}{p95:>10}{p99:>10}{rate:>10}")
        .expect("a string takes any text");
}

/// With one digit after the point.
fn megabytes(bytes: &Value) -> String {
    format!("{:.1}", bytes.as_f64().unwrap_or_default() / 1_000_000.0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::table;

    #[test]
    fn each_layout_is_beside_the_others() {
        let query = json!({ "week": { "n": 9, "p50_ms": 1.5, "p95_ms": 2.5, "p99_ms": 3.5, "per_second": 7.0 } });
        let layout = json!({ "size_bytes": 8_100_000, "queries": query });
        let figures = json!({
            "studios": 3,
            "layouts": { "dedicated": layout, "shared": layout, "shared_rls": layout },
            "ratios": { "week": { "p95_vs_rls": 0.5, "p95_vs_shared": 1.0 } },
        });
        let table = table(&figures);
        assert!(table.contains("week           shared, RLS"), "{table}");
        assert!(table.contains("p95: 0.5 of RLS, 1.0 of shared"), "{table}");
        assert!(table.contains("8.1 MB on disk"), "{table}");
    }
}
