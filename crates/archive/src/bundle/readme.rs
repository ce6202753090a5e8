//! `README.txt`: what the owner of the data is told about the bundle, in French and in English.
//!
//! The commands in it are for a stock PostgreSQL; the tests run them as they stand here.

use jiff::Timestamp;

/// What the text depends on.
pub(super) struct Readme<'a> {
    pub(super) title: &'a str,
    pub(super) made_at: Timestamp,
    /// In the bundle; it needs no quotes in a command.
    pub(super) dump_path: &'a str,
    pub(super) dump_made_with: &'a str,
    /// As in 15.
    pub(super) server_major: i32,
    /// The name of the database to restore into; it needs no quotes either.
    pub(super) database: &'a str,
    pub(super) extensions: &'a [String],
    /// Tables and columns that CSV and JSON lack, as `schema.table.column`.
    pub(super) left_out: &'a [String],
    /// Those of them that the dump has.
    pub(super) held_by_dump: &'a [String],
}

impl Readme<'_> {
    pub(super) fn text(&self) -> String {
        let line = "=".repeat(72);
        format!("English below.\n\n{}\n{line}\n\n{}", self.french(), self.english())
    }

    /// Whoever restores it has none of the roles that owned it.
    fn commands(&self) -> String {
        let Self { database, dump_path, .. } = self;
        format!(
            "    createdb --template=template0 --encoding=UTF8 {database}\n    \
                 pg_restore --no-owner --no-privileges --exit-on-error --dbname={database} {dump_path}"
        )
    }

    fn french(&self) -> String {
        let Self { title, dump_path, dump_made_with, server_major, .. } = self;
        let day = self.made_at.strftime("%d/%m/%Y à %H:%M UTC");
        let commands = self.commands();
        let left_out = self.left_out_in_french();
        let whole = if self.is_dump_whole() {
            "La base entière"
        } else {
            "La base, sauf ce qui est dit plus bas"
        };
        let extensions = match self.extensions {
            [] => String::new(),
            some => format!(
                "\nIl faut les extensions {}.\nCelles de PostgreSQL viennent sous Debian et Ubuntu avec le paquet postgresql,\nailleurs souvent avec postgresql-contrib.\n",
                some.join(", ")
            ),
        };
        format!(
            "{title} : vos données
Export du {day}

Cette archive contient toutes les données de votre base. Elle se lit sans nous.

CE QU'ELLE CONTIENT

{dump_path}
    {whole}, pour PostgreSQL ; faite avec {dump_made_with}.
tables/*.csv
    Une table par fichier, pour un tableur. UTF-8, séparateur virgule, les noms
    des colonnes d'abord. Une case vide est une valeur absente, \"\" un texte
    vide. Les heures sont en UTC. Importez les colonnes comme texte : un tableur
    peut prendre pour une formule ce qui commence par =, +, - ou @.
tables/*.json
    Les mêmes lignes, pour un programme : un tableau, un objet par ligne.
files/
    Vos fichiers, s'il y en a.
manifest.json
    La liste de tout cela, avec le nombre de lignes de chaque table.
SHA256SUMS
    L'empreinte de chaque fichier.
{left_out}
VÉRIFIER

Décompressez l'archive, puis dans le dossier obtenu :

    sha256sum -c SHA256SUMS

(sous macOS : shasum -a 256 -c SHA256SUMS). Chaque ligne doit finir par OK ou
par Réussi.

RESTAURER

Avec PostgreSQL {server_major} ou plus récent, dans le dossier obtenu :

{commands}
{extensions}
La base est alors complète ; elle appartient à qui l'a restaurée.
"
        )
    }

    fn english(&self) -> String {
        let Self { title, dump_path, dump_made_with, server_major, .. } = self;
        let day = self.made_at.strftime("%-d %B %Y, %H:%M UTC");
        let commands = self.commands();
        let left_out = self.left_out_in_english();
        let whole = if self.is_dump_whole() {
            "The whole database"
        } else {
            "The database but for what is named below"
        };
        let extensions = match self.extensions {
            [] => String::new(),
            some => format!(
                "\nIt needs the extensions {}.\nPostgreSQL's own come on Debian and Ubuntu with the package postgresql,\nelsewhere often with postgresql-contrib.\n",
                some.join(", ")
            ),
        };
        format!(
            "{title}: your data
Exported on {day}

This archive holds all data of your database. It can be read without us.

WHAT IS IN IT

{dump_path}
    {whole}, for PostgreSQL; made with {dump_made_with}.
tables/*.csv
    A table a file, for a spreadsheet. UTF-8, separated by commas, the names of
    the columns first. An empty cell is no value, \"\" is an empty text. Times
    are in UTC. Import the columns as text: a spreadsheet may take for a formula
    what begins with =, +, - or @.
tables/*.json
    The same rows, for a program: one array, an object a row.
files/
    Your files, if there are any.
manifest.json
    The list of all this, with the number of rows of each table.
SHA256SUMS
    The checksum of each file.
{left_out}
VERIFY

Unpack the archive, then in the folder that you get:

    sha256sum -c SHA256SUMS

(on macOS: shasum -a 256 -c SHA256SUMS). Each line has to end in OK.

RESTORE

With PostgreSQL {server_major} or newer, in the folder that you get:

{commands}
{extensions}
The database is complete then, and belongs to whoever restored it.
"
        )
    }

    fn left_out_in_french(&self) -> String {
        if self.left_out.is_empty() {
            return String::new();
        }
        let dump = match self.held_by_dump {
            [] => "La copie dans dump/ ne les contient pas non plus.".to_owned(),
            held if held.len() == self.left_out.len() => format!(
                "La copie dans dump/ les contient, sans quoi personne ne pourrait se connecter à\n{FRENCH_WARNING}"
            ),
            held => format!(
                "La copie dans dump/ ne les contient pas non plus, sauf :\n\n{}\nsans quoi personne ne pourrait se connecter à\n{FRENCH_WARNING}",
                lines(held)
            ),
        };
        let list = lines(self.left_out);
        format!(
            "\nCE QUI N'Y EST PAS\n\nPar sécurité, les fichiers CSV et JSON sont sans :\n\n{list}\n{dump}\n"
        )
    }

    fn left_out_in_english(&self) -> String {
        if self.left_out.is_empty() {
            return String::new();
        }
        let dump = match self.held_by_dump {
            [] => "Nor does the dump in dump/ hold them.".to_owned(),
            held if held.len() == self.left_out.len() => format!(
                "The dump in dump/ holds them, as without them nobody could sign in to the\n{ENGLISH_WARNING}"
            ),
            held => format!(
                "Nor does the dump in dump/ hold them, but for\n\n{}\nas without that nobody could sign in to the\n{ENGLISH_WARNING}",
                lines(held)
            ),
        };
        let list = lines(self.left_out);
        format!(
            "\nWHAT IS NOT IN IT\n\nTo be safe, the CSV and JSON files are without:\n\n{list}\n{dump}\n"
        )
    }

    fn is_dump_whole(&self) -> bool {
        self.held_by_dump.len() == self.left_out.len()
    }
}

const FRENCH_WARNING: &str =
    "l'application restaurée : gardez cette archive comme un mot de passe.";
const ENGLISH_WARNING: &str = "restored application: keep this archive as you keep a password.";

fn lines(names: &[String]) -> String {
    names.iter().flat_map(|it| ["    ", it, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `left_out` and, of that, what the dump has.
    fn check(left_out: &[&str], held: &[&str]) -> String {
        let owned = |names: &[&str]| names.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
        let (left_out, held) = (owned(left_out), owned(held));
        Readme {
            title: "Studio Marée",
            made_at: "2026-11-24T09:00:00Z".parse().unwrap(),
            dump_path: "dump/maree.dump",
            dump_made_with: "pg_dump 15.18",
            server_major: 15,
            database: "maree_restored",
            extensions: &["btree_gist".to_owned(), "pg_trgm".to_owned()],
            left_out: &left_out,
            held_by_dump: &held,
        }
        .text()
    }

    #[test]
    fn both_languages_give_the_same_commands() {
        let text = check(&[], &[]);
        for line in [
            "    createdb --template=template0 --encoding=UTF8 maree_restored",
            "    pg_restore --no-owner --no-privileges --exit-on-error --dbname=maree_restored dump/maree.dump",
            "    sha256sum -c SHA256SUMS",
        ] {
            assert_eq!(text.lines().filter(|it| *it == line).count(), 2, "{line}\n{text}");
        }
        assert!(text.contains("Export du 24/11/2026 à 09:00 UTC"), "{text}");
        assert!(text.contains("Exported on 24 November 2026, 09:00 UTC"), "{text}");
        assert!(!text.contains("WHAT IS NOT IN IT"), "{text}");
    }

    #[test]
    fn what_is_left_out_is_said_and_whether_the_dump_has_it() {
        let held = check(&["public.users.password_hash"], &["public.users.password_hash"]);
        assert!(held.contains("    The whole database, for PostgreSQL"), "{held}");
        assert_eq!(held.matches("    public.users.password_hash\n").count(), 2, "{held}");
        assert!(held.contains("gardez cette archive comme un mot de passe"), "{held}");
        assert!(held.contains("keep this archive as you keep a password"), "{held}");
        let absent = check(&["public.sign_ins"], &[]);
        assert!(absent.contains("ne les contient pas non plus"), "{absent}");
        assert!(absent.contains("    The database but for what is named below, for"), "{absent}");
        assert!(absent.contains("Nor does the dump in dump/ hold them"), "{absent}");
        let both = check(
            &["public.users.password_hash", "public.sign_ins"],
            &["public.users.password_hash"],
        );
        assert!(both.contains("    The database but for what is named below, for"), "{both}");
        assert!(
            both.contains("hold them, but for\n\n    public.users.password_hash\n\nas"),
            "{both}"
        );
        assert!(
            both.contains("non plus, sauf :\n\n    public.users.password_hash\n\nsans"),
            "{both}"
        );
        assert!(both.contains("gardez cette archive comme un mot de passe"), "{both}");
        assert!(both.contains("keep this archive as you keep a password"), "{both}");
    }
}
