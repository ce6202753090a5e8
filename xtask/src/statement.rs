//! One statement out of a `queries/<noun>.sql`, with values written in: to run it by itself.

use anyhow::{Context, Result, bail};

/// The statement called `name` in `file`, each `:parameter` replaced by the SQL that `values` has for it.
pub(crate) fn with_values(file: &str, name: &str, values: &[(&str, &str)]) -> Result<String> {
    let body = body(file, name).with_context(|| format!("there is no statement `{name}`"))?;
    let mut sql = String::new();
    let mut rest = body;
    while let Some(at) = rest.find(':') {
        let (before, after) = rest.split_at(at);
        sql.push_str(before);
        if let Some(cast) = after.strip_prefix("::") {
            sql.push_str("::");
            rest = cast;
            continue;
        }
        let word = &after[1..];
        let end = word.find(|it: char| !(it.is_alphanumeric() || it == '_')).unwrap_or(word.len());
        let (parameter, after) = word.split_at(end);
        let Some((_, value)) = values.iter().find(|(name, _)| *name == parameter) else {
            bail!("`{name}` has a parameter `{parameter}` that no value is known for");
        };
        sql.push_str(value);
        rest = after;
    }
    sql.push_str(rest);
    Ok(sql)
}

/// What stands between the statement's own header and the next one.
fn body<'a>(file: &'a str, name: &str) -> Option<&'a str> {
    let mut blocks = file.split("--!").skip(1).filter_map(|block| block.split_once('\n'));
    let (_, body) = blocks.find(|(header, _)| {
        let header = header.trim();
        header.split(|it: char| !(it.is_alphanumeric() || it == '_')).next() == Some(name)
    })?;
    Some(body.trim().trim_end_matches(';'))
}

#[cfg(test)]
mod tests {
    use super::with_values;

    const FILE: &str = "--: Row()\n\n--! rooms : Row\nselect id from rooms;\n\n--! rooms_of (id?) : Row\nselect id\nfrom rooms\nwhere :id::uuid is null or at < :now;\n";

    #[test]
    fn parameters_become_values_and_casts_stay() {
        let sql = with_values(FILE, "rooms_of", &[("id", "null"), ("now", "now()")]).unwrap();
        assert_eq!(sql, "select id\nfrom rooms\nwhere null::uuid is null or at < now()");
        assert_eq!(with_values(FILE, "rooms", &[]).unwrap(), "select id from rooms");
    }

    #[test]
    fn what_is_not_known_is_said() {
        let refused = |name, values: &[_]| with_values(FILE, name, values).unwrap_err().to_string();
        assert_eq!(refused("studios", &[]), "there is no statement `studios`");
        assert_eq!(
            refused("rooms_of", &[("id", "null")]),
            "`rooms_of` has a parameter `now` that no value is known for"
        );
    }
}
