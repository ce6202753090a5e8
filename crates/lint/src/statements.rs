//! Which statements a text has, as PostgreSQL's simple query protocol counts them: one answer for each.

use squawk_lexer::TokenKind;

use crate::tokens::{Token, tokens};

/// One statement of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// From its first token to its last, without the semicolon.
    pub text: &'a str,
    /// Of the first token, counted from 1.
    pub line: usize,
    /// Of the first token, in bytes.
    pub offset: usize,
}

/// In order; nothing for what is empty, since PostgreSQL answers nothing to it. The text need not be correct: what cannot
/// be is cut in some way, and PostgreSQL refuses all of it.
pub fn statements(sql: &str) -> Vec<Statement<'_>> {
    let tokens = tokens(sql);
    let mut statements = Vec::new();
    let mut first = 0;
    let mut depth = Depth::default();
    for (at, token) in tokens.iter().enumerate() {
        depth.pass(&tokens[first..=at]);
        if token.kind == TokenKind::Semi && depth.is_outside() {
            statements.extend(statement(sql, &tokens[first..at]));
            (first, depth) = (at + 1, Depth::default());
        }
    }
    statements.extend(statement(sql, &tokens[first..]));
    statements
}

fn statement<'a>(sql: &'a str, tokens: &[Token<'a>]) -> Option<Statement<'a>> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    Some(Statement {
        text: &sql[first.start..last.end()],
        line: line(sql, first.start),
        offset: first.start,
    })
}

/// The line of a place in a text, counted from 1.
pub(crate) fn line(sql: &str, offset: usize) -> usize {
    1 + sql[..offset].matches('\n').count()
}

/// How far inside a statement a place is. A semicolon in brackets is a rule's (`do also (..; ..)`), and one between BEGIN
/// ATOMIC and its END is a function's.
#[derive(Default)]
struct Depth {
    brackets: usize,
    /// BEGIN ATOMIC and each CASE in it, which end with the same word.
    blocks: usize,
}

impl Depth {
    fn is_outside(&self) -> bool {
        self.brackets == 0 && self.blocks == 0
    }

    /// Goes over the last of a statement's tokens so far.
    fn pass(&mut self, tokens: &[Token<'_>]) {
        let Some((token, before)) = tokens.split_last() else { return };
        // After `as` and a point any word is a name.
        let is_name = before.last().is_some_and(|it| it.is("as") || it.kind == TokenKind::Dot);
        match token.kind {
            TokenKind::OpenParen => self.brackets += 1,
            TokenKind::CloseParen => self.brackets = self.brackets.saturating_sub(1),
            TokenKind::Ident if is_name => {}
            TokenKind::Ident if self.blocks > 0 && token.is("case") => self.blocks += 1,
            TokenKind::Ident if self.blocks > 0 && token.is("end") => self.blocks -= 1,
            TokenKind::Ident if self.is_outside() && token.is("atomic") => {
                let begins = before.last().is_some_and(|it| it.is("begin"));
                self.blocks = usize::from(begins && creates_routine(before));
            }
            _ => {}
        }
    }
}

fn creates_routine(tokens: &[Token<'_>]) -> bool {
    let mut words = tokens.iter().skip(1).skip_while(|it| it.is("or") || it.is("replace"));
    tokens.first().is_some_and(|it| it.is("create"))
        && words.next().is_some_and(|it| it.is("function") || it.is("procedure"))
}
