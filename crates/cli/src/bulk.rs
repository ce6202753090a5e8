//! Reads a list of tenants to create, as a spreadsheet writes it: CSV with a header row.
//!
//! All or nothing: a file with a mistake creates no tenant. Whether a subdomain is allowed or free is the
//! server's to say.

use std::collections::HashMap;
use std::fmt;

use cloison_api::CreateTenant;
use csv::{Position, ReaderBuilder, StringRecord, Trim};

/// What a person still looks through, and what a server can take in an afternoon.
const ROWS_MAX: usize = 10_000;
const COLUMNS: [&str; 7] =
    ["subdomain", "name", "owner_email", "region", "plan", "locale", "time_zone"];

/// One tenant, and the line of the file where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) tenant: CreateTenant,
}

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CsvMistake {
    pub(crate) line: u64,
    pub(crate) why: String,
}

impl fmt::Display for CsvMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Row>, CsvMistake> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|it| *it == b'\n').count();
        mistake(line as u64, "is not UTF-8; in Excel, save it as \"CSV UTF-8\"")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        // A row that is too long or too short is refused here, with words of our own.
        .flexible(true)
        .has_headers(false)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut records = reader.records();
    let Some(header) = records.next() else { return Err(mistake(1, "there is nothing in it")) };
    let header = header.map_err(|it| malformed(&it, &mut lines))?;
    let columns = columns(lines.of(header.position()), &header)?;

    let mut rows = Vec::new();
    let mut seen: HashMap<String, u64> = HashMap::new();
    for record in records {
        let record = record.map_err(|it| malformed(&it, &mut lines))?;
        // A spreadsheet writes its empty rows too.
        if record.iter().all(str::is_empty) {
            continue;
        }
        let row = row(lines.of(record.position()), &columns, &record)?;
        if let Some(first) = seen.insert(row.tenant.subdomain.to_ascii_lowercase(), row.line) {
            let why = format!("subdomain '{}' is on line {first} too", row.tenant.subdomain);
            return Err(mistake(row.line, why));
        }
        if rows.len() == ROWS_MAX {
            return Err(mistake(row.line, "more than 10000 rows; cut it into several files"));
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return Err(mistake(1, "there is a header and no row below it"));
    }
    Ok(rows)
}

/// In French, and wherever the comma stands in numbers, Excel separates by semicolons.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    if header.contains(';') && !header.contains(',') { b';' } else { b',' }
}

/// Which column is where.
fn columns(line: u64, header: &StringRecord) -> Result<Vec<&'static str>, CsvMistake> {
    let mut columns = Vec::new();
    for name in header {
        let known = COLUMNS.into_iter().find(|it| it.eq_ignore_ascii_case(name));
        let Some(known) = known else {
            let why = format!("no column is called '{name}'; there are: {}", COLUMNS.join(", "));
            return Err(mistake(line, why));
        };
        if columns.contains(&known) {
            return Err(mistake(line, format!("two columns are called '{known}'")));
        }
        columns.push(known);
    }
    match ["subdomain", "owner_email"].into_iter().find(|it| !columns.contains(it)) {
        Some(missing) => {
            let why = format!("the header has no column '{missing}', which every tenant needs");
            Err(mistake(line, why))
        }
        None => Ok(columns),
    }
}

fn row(line: u64, columns: &[&str], record: &StringRecord) -> Result<Row, CsvMistake> {
    if record.len() != columns.len() {
        let why =
            format!("has {} where the header has {}", cells(record.len()), cells(columns.len()));
        return Err(mistake(line, why));
    }
    let cell = |name: &str| {
        let at = columns.iter().position(|it| *it == name)?;
        record.get(at).filter(|it| !it.is_empty()).map(str::to_owned)
    };
    let needed = |name: &str| cell(name).ok_or_else(|| mistake(line, format!("has no {name}")));
    let subdomain = needed("subdomain")?;
    let tenant = CreateTenant {
        name: cell("name").unwrap_or_else(|| subdomain.clone()),
        subdomain,
        region: cell("region"),
        plan: cell("plan"),
        owner_email: needed("owner_email")?,
        locale: cell("locale"),
        time_zone: cell("time_zone"),
    };
    Ok(Row { line, tenant })
}

fn cells(count: usize) -> String {
    if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") }
}

fn malformed(error: &csv::Error, lines: &mut Lines<'_>) -> CsvMistake {
    mistake(lines.of(error.position()), error.to_string())
}

/// Counts lines as an editor does: the parser lets a record begin at the end of the line before it, and
/// counts no empty lines.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// To be asked from the top to the bottom.
    fn of(&mut self, position: Option<&Position>) -> u64 {
        let start = position.map_or(0, |it| usize::try_from(it.byte()).unwrap_or(usize::MAX));
        for byte in self.text.bytes().skip(self.at) {
            if self.at >= start && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.at += 1;
            self.line += u64::from(byte == b'\n');
        }
        self.line
    }
}

fn mistake(line: u64, why: impl Into<String>) -> CsvMistake {
    CsvMistake { line, why: why.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows as `line:subdomain/name/email` a word, or what is wrong.
    fn check(text: &str) -> String {
        match read(text.as_bytes()) {
            Ok(rows) => rows
                .iter()
                .map(|it| {
                    let CreateTenant { subdomain, name, owner_email, .. } = &it.tenant;
                    format!("{}:{subdomain}/{name}/{owner_email}", it.line)
                })
                .collect::<Vec<_>>()
                .join(" "),
            Err(mistake) => mistake.to_string(),
        }
    }

    #[test]
    fn as_spreadsheets_write_it() {
        assert_eq!(check("subdomain,owner_email\nblue,a@b.fr\n"), "2:blue/blue/a@b.fr");
        assert_eq!(check("owner_email,name,Subdomain\na@b.fr,B,blue"), "2:blue/B/a@b.fr");
        assert_eq!(check("\u{feff}subdomain;owner_email\r\nblue;a@b.fr\r\n"), "2:blue/blue/a@b.fr");
        assert_eq!(
            check("subdomain,name,owner_email\nblue,\"Bleu, rouge\nnoir\",a@b.fr\nred, ,c@d.fr"),
            "2:blue/Bleu, rouge\nnoir/a@b.fr 4:red/red/c@d.fr"
        );
        assert_eq!(
            check("subdomain,owner_email\nblue,a@b.fr\n\n,\nred,c@d.fr\n,\n"),
            "2:blue/blue/a@b.fr 5:red/red/c@d.fr"
        );
        let rows =
            read(b"subdomain,owner_email,region,plan,locale,time_zone\nblue,a@b.fr,us,label,en,")
                .unwrap();
        let CreateTenant { region, plan, locale, time_zone, .. } = &rows[0].tenant;
        assert_eq!(
            [region, plan, locale, time_zone].map(Option::as_deref),
            [Some("us"), Some("label"), Some("en"), None]
        );
    }

    #[test]
    fn a_mistake_has_its_line() {
        for (text, why) in [
            ("", "line 1: there is nothing in it"),
            ("\u{feff}\n\n", "line 1: there is nothing in it"),
            ("subdomain,owner_email\n", "line 1: there is a header and no row below it"),
            (
                "subdomain\nblue",
                "line 1: the header has no column 'owner_email', which every tenant needs",
            ),
            (
                "subdomain,owner_email,colour\nblue,a@b.fr,blue",
                "line 1: no column is called 'colour'; there are: subdomain, name, owner_email, region, plan, locale, time_zone",
            ),
            ("subdomain,subdomain,owner_email\n", "line 1: two columns are called 'subdomain'"),
            (
                "subdomain,owner_email\nblue,a@b.fr\nred,c@d.fr,x",
                "line 3: has 3 cells where the header has 2 cells",
            ),
            ("subdomain,owner_email\nblue", "line 2: has 1 cell where the header has 2 cells"),
            ("subdomain,owner_email\nblue,", "line 2: has no owner_email"),
            (
                "subdomain,owner_email\nblue,a@b.fr\nred,a@b.fr\nBlue,a@b.fr",
                "line 4: subdomain 'Blue' is on line 2 too",
            ),
        ] {
            assert_eq!(check(text), why);
        }
        assert_eq!(
            read(b"subdomain,owner_email,name\nblue,a@b.fr,Caf\xe9").unwrap_err().to_string(),
            "line 2: is not UTF-8; in Excel, save it as \"CSV UTF-8\""
        );
    }

    #[test]
    fn there_is_an_end_to_it() {
        let rows: Vec<String> = (0..=ROWS_MAX).map(|it| format!("s{it},a@b.fr\n")).collect();
        let words = check(&format!("subdomain,owner_email\n{}", rows.concat()));
        assert_eq!(words, "line 10002: more than 10000 rows; cut it into several files");
    }
}
