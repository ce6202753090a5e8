//! The outline of a statement: what it does to which kind of object, by what name.
//!
//! Read from the first words, which are regular in PostgreSQL's language. Not here: what is inside expressions and bodies.

use squawk_lexer::{LiteralKind, TokenKind};

use crate::statements::Statement;
use crate::tokens::{Token, tokens};

pub(crate) struct Command<'a> {
    /// In bytes, in the text of the file.
    pub offset: usize,
    /// The tokens of the statement; their places count from its start.
    pub tokens: Vec<Token<'a>>,
    /// In lower case, without quotes; a word that is none is empty.
    words: Vec<String>,
    /// `table`, `materialized view`, ..; empty where the verb is followed by no kind of object.
    pub kind: String,
    /// What is created, altered or dropped, without `public.`.
    pub names: Vec<String>,
    /// The table that it changes or is about.
    pub table: Option<String>,
    /// Tables in which it writes rows, as many as there are; without those that it gets row by row (VALUES).
    pub writes: Vec<String>,
    /// IF EXISTS, IF NOT EXISTS.
    pub is_guarded: bool,
    pub or_replaces: bool,
    pub is_temporary: bool,
}

/// Words between a verb and a kind of object, which change neither.
const MODIFIERS: [&str; 11] = [
    "or",
    "replace",
    "global",
    "local",
    "temp",
    "temporary",
    "unlogged",
    "unique",
    "recursive",
    "trusted",
    "procedural",
];

/// Kinds of object with a name of more than one word, longest first.
const LONG_KINDS: [&[&str]; 13] = [
    &["text", "search", "configuration"],
    &["text", "search", "dictionary"],
    &["text", "search", "parser"],
    &["text", "search", "template"],
    &["foreign", "data", "wrapper"],
    &["materialized", "view"],
    &["foreign", "table"],
    &["constraint", "trigger"],
    &["event", "trigger"],
    &["user", "mapping"],
    &["default", "privileges"],
    &["operator", "class"],
    &["operator", "family"],
];

/// What is on a table, and named after it: `create index i on t`.
const ON_TABLE: [&str; 5] = ["index", "trigger", "constraint trigger", "policy", "rule"];

impl<'a> Command<'a> {
    pub(crate) fn read(statement: &Statement<'a>) -> Self {
        let tokens = tokens(statement.text);
        let words: Vec<String> = tokens.iter().map(word).collect();
        let mut command = Self {
            offset: statement.offset,
            tokens,
            words,
            kind: String::new(),
            names: Vec::new(),
            table: None,
            writes: Vec::new(),
            is_guarded: false,
            or_replaces: false,
            is_temporary: false,
        };
        match command.verb() {
            "create" | "alter" | "drop" => command.read_object(),
            "update" => command.table = command.name_at(1).map(|it| it.0),
            "delete" => command.table = command.name_at(2).map(|it| it.0),
            "truncate" | "lock" => {
                let first = 1 + usize::from(command.word(1) == "table");
                (command.kind, command.names) = ("table".to_owned(), command.names_at(first));
            }
            "refresh" => {
                let first = command.skip_guard(3);
                let names = command.names_at(first);
                (command.kind, command.names) = ("materialized view".to_owned(), names);
            }
            _ => {}
        }
        if ["update", "delete", "insert", "merge", "with"].contains(&command.verb()) {
            let all = 0..command.words.len();
            command.writes = all.filter_map(|it| command.written_at(it)).collect();
        }
        command
    }

    /// Where it ends, in bytes, in the text of the file.
    pub(crate) fn end(&self) -> usize {
        self.offset + self.tokens.last().map_or(0, Token::end)
    }

    pub(crate) fn verb(&self) -> &str {
        self.word(0)
    }

    pub(crate) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    pub(crate) fn starts(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(at, it)| self.word(at) == *it)
    }

    pub(crate) fn ends(&self, words: &[&str]) -> bool {
        self.words.ends_with(&words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    }

    /// Whether these words are in it, one after the other, in brackets or not.
    pub(crate) fn has(&self, words: &[&str]) -> bool {
        self.words.windows(words.len()).any(|it| it.iter().zip(words).all(|(a, b)| a == b))
    }

    /// Whether it calls a function of this name when it is run; what it only makes, and others run, does not count.
    pub(crate) fn runs(&self, name: &str) -> bool {
        let is_kept = self.verb() == "create"
            && !["table", "materialized view"].contains(&self.kind.as_str());
        let in_body = || self.bodies().any(|it| calls(&tokens(it), name));
        !is_kept && (calls(&self.tokens, name) || (self.verb() == "do" && in_body()))
    }

    /// What is in its strings: of a DO, the code.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = &'a str> {
        self.tokens.iter().filter_map(|it| match it.kind {
            TokenKind::Literal { kind: LiteralKind::DollarQuotedString { .. } } => {
                it.text.splitn(3, '$').last()
            }
            TokenKind::Literal { .. } => Some(it.text.trim_matches('\'')),
            _ => None,
        })
    }

    /// Whether the word is in it outside brackets.
    pub(crate) fn has_outside(&self, word: &str) -> bool {
        let mut depth = 0_usize;
        self.tokens.iter().zip(&self.words).any(|(token, found)| {
            match token.kind {
                TokenKind::OpenParen => depth += 1,
                TokenKind::CloseParen => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && found == word
        })
    }

    pub(crate) fn detaches_concurrently(&self) -> bool {
        self.starts(&["alter", "table"])
            && self.has_outside("detach")
            && self.has_outside("concurrently")
    }

    /// The actions of an ALTER TABLE: the first words of each part, cut at commas outside brackets.
    pub(crate) fn actions(&self) -> Vec<&[String]> {
        let Some(first) = self.after_name() else { return Vec::new() };
        let mut depth = 0_usize;
        let (mut actions, mut start) = (Vec::new(), first);
        for (at, token) in self.tokens.iter().enumerate().skip(first) {
            match token.kind {
                TokenKind::OpenParen => depth += 1,
                TokenKind::CloseParen => depth = depth.saturating_sub(1),
                TokenKind::Comma if depth == 0 => {
                    actions.push(&self.words[start..at]);
                    start = at + 1;
                }
                _ => {}
            }
        }
        actions.push(&self.words[start..]);
        actions
    }

    /// The actions that add a column to a table, each from the column's name on.
    pub(crate) fn added_columns(&self) -> impl Iterator<Item = &[String]> {
        let is_alter = self.verb() == "alter" && self.kind == "table";
        let actions = if is_alter { self.actions() } else { Vec::new() };
        actions.into_iter().filter_map(|it| {
            let rest = it.strip_prefix(&["add".to_owned()])?;
            let is_constraint = ["constraint", "check", "unique", "primary", "foreign", "exclude"];
            if rest.first().is_none_or(|it| is_constraint.contains(&it.as_str())) {
                return None;
            }
            let rest = rest.strip_prefix(&["column".to_owned()]).unwrap_or(rest);
            let guard = ["if", "not", "exists"].map(str::to_owned);
            Some(rest.strip_prefix(&guard).unwrap_or(rest))
        })
    }

    fn read_object(&mut self) {
        let mut at = 1;
        while MODIFIERS.contains(&self.word(at)) {
            self.or_replaces |= self.word(at) == "replace";
            self.is_temporary |= self.word(at).starts_with("temp");
            at += 1;
        }
        let long =
            LONG_KINDS.iter().find(|it| it.iter().zip(at..).all(|(w, i)| self.word(i) == *w));
        self.kind = long.map_or_else(|| self.word(at).to_owned(), |it| it.join(" "));
        at += long.map_or(1, |it| it.len());
        at = self.skip_guard(at);
        self.names = match (self.verb(), self.kind.as_str()) {
            // An index may go without a name.
            ("create", "index") if self.word(at) == "on" => Vec::new(),
            ("drop", _) => self.names_at(at),
            _ => self.names_at(at).into_iter().take(1).collect(),
        };
        self.is_temporary |= self.names.iter().any(|it| it.starts_with("pg_temp"));
        if ON_TABLE.contains(&self.kind.as_str()) {
            self.table = self.table_after_on(at);
        } else if self.kind == "table" && self.verb() == "alter" {
            self.table = self.attached().or_else(|| self.names.first().cloned());
        }
    }

    /// The table whose rows are written by what begins here, in a WITH query or not.
    fn written_at(&self, at: usize) -> Option<String> {
        let last = at.checked_sub(1).map_or("", |it| self.word(it));
        match (self.word(at), self.word(at + 1)) {
            // FOR UPDATE, FOR NO KEY UPDATE, ON CONFLICT DO UPDATE, WHEN MATCHED THEN UPDATE.
            ("update", _) if !["for", "key", "do", "then"].contains(&last) => {
                self.name_at(at + 1).map(|it| it.0)
            }
            ("delete", "from") | ("merge", "into") => self.name_at(at + 2).map(|it| it.0),
            ("insert", "into") => {
                let (table, mut end) = self.name_at(at + 2)?;
                end += if self.word(end) == "as" { 2 } else { 0 };
                end = self.skip_brackets(end);
                end += if self.word(end) == "overriding" { 3 } else { 0 };
                (!["values", "default"].contains(&self.word(end))).then_some(table)
            }
            _ => None,
        }
    }

    /// The table that becomes a partition: it is the one that is locked and read then, and not its parent.
    fn attached(&self) -> Option<String> {
        let at = self.after_name()?;
        let attaches = self.word(at) == "attach" && self.word(at + 1) == "partition";
        attaches.then(|| self.name_at(at + 2))?.map(|it| it.0)
    }

    fn skip_guard(&mut self, mut at: usize) -> usize {
        while ["concurrently", "if", "not", "exists", "only"].contains(&self.word(at)) {
            self.is_guarded |= self.word(at) == "exists";
            at += 1;
        }
        at
    }

    fn table_after_on(&self, start: usize) -> Option<String> {
        let on = (start..self.words.len()).find(|it| self.word(*it) == "on")?;
        self.name_at(on + 1).map(|it| it.0)
    }

    /// The place after the name of the altered table.
    fn after_name(&self) -> Option<usize> {
        let mut at = 2;
        while ["if", "exists", "only"].contains(&self.word(at)) {
            at += 1;
        }
        Some(self.skip_star(self.name_at(at)?.1))
    }

    fn skip_star(&self, at: usize) -> usize {
        at + usize::from(self.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Star))
    }

    fn names_at(&self, mut at: usize) -> Vec<String> {
        let mut names = Vec::new();
        while let Some((name, end)) = self.name_at(at) {
            names.push(name);
            // A function's arguments are no part of its name here, and no more is a star after a table.
            at = self.skip_brackets(self.skip_star(end));
            if self.tokens.get(at).is_none_or(|it| it.kind != TokenKind::Comma) {
                break;
            }
            at += 1;
        }
        names
    }

    /// A name with its schema, and the place after it.
    fn name_at(&self, mut at: usize) -> Option<(String, usize)> {
        while self.word(at) == "only" {
            at += 1;
        }
        let mut parts = vec![self.named(at)?];
        while self.tokens.get(at + 1).is_some_and(|it| it.kind == TokenKind::Dot) {
            parts.push(self.named(at + 2)?);
            at += 2;
        }
        let name = parts.join(".");
        Some((name.strip_prefix("public.").map_or(name.clone(), str::to_owned), at + 1))
    }

    fn named(&self, at: usize) -> Option<String> {
        let token = self.tokens.get(at)?;
        match token.kind {
            TokenKind::Ident => Some(token.text.to_lowercase()),
            TokenKind::QuotedIdent { .. } => {
                Some(token.text.trim_matches('"').replace("\"\"", "\""))
            }
            _ => None,
        }
    }

    fn skip_brackets(&self, start: usize) -> usize {
        let mut depth = 0_usize;
        for (at, token) in self.tokens.iter().enumerate().skip(start) {
            match token.kind {
                TokenKind::OpenParen => depth += 1,
                TokenKind::CloseParen => depth = depth.saturating_sub(1),
                _ if depth == 0 => return at,
                _ => {}
            }
        }
        self.tokens.len()
    }
}

/// Whether a function of this name is called.
fn calls(tokens: &[Token<'_>], name: &str) -> bool {
    tokens.windows(2).any(|it| is_named(&it[0], name) && it[1].kind == TokenKind::OpenParen)
}

/// Whether it is this name, which is in lower case and needs no quotes, with them or without.
pub(crate) fn is_named(token: &Token<'_>, name: &str) -> bool {
    let quoted = token.text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    token.is(name) || quoted == Some(name)
}

fn word(token: &Token<'_>) -> String {
    if token.kind == TokenKind::Ident { token.text.to_lowercase() } else { String::new() }
}
