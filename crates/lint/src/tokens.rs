//! A text as PostgreSQL's scanner cuts it: the tokens that count, without spaces and comments.

use squawk_lexer::{LiteralKind, TokenKind, tokenize};

/// One token, and where its text is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'a> {
    pub kind: TokenKind,
    pub text: &'a str,
    /// In bytes, from the start of the whole text.
    pub start: usize,
}

impl Token<'_> {
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this word, in any case and without quotes.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.kind == TokenKind::Ident && self.text.eq_ignore_ascii_case(word)
    }
}

pub(crate) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    let mut start = 0;
    'text: while start < sql.len() {
        for token in tokenize(&sql[start..]) {
            let end = start + token.len as usize;
            let text = &sql[start..end];
            match token.kind {
                TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. } => {
                }
                TokenKind::Literal { kind: LiteralKind::Str { .. } }
                    if found.last().is_some_and(|it| goes_on(it, &sql[it.end()..start])) =>
                {
                    // Two pieces of one string, and a backslash in the second escapes as in the first.
                    let last = found.last_mut().expect("it was looked at just now");
                    let length = escaped_length(&sql[start..]);
                    last.text = &sql[last.start..start + length];
                    start += length;
                    continue 'text;
                }
                kind => found.push(Token { kind, text, start }),
            }
            start = end;
        }
        break;
    }
    found
}

/// Whether a quote after `between` goes on with the string `token`: only the next line's does, and only for strings that
/// escape does it make a difference.
fn goes_on(token: &Token<'_>, between: &str) -> bool {
    let escapes = matches!(token.kind, TokenKind::Literal { kind: LiteralKind::EscStr { .. } });
    escapes && between.contains(['\n', '\r']) && !between.contains("/*")
}

/// The length of a string that begins with its quote and in which a backslash escapes.
fn escaped_length(text: &str) -> usize {
    let mut rest = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = rest.next() {
        match character {
            '\\' => drop(rest.next()),
            '\'' if rest.peek().is_some_and(|it| it.1 == '\'') => drop(rest.next()),
            '\'' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
