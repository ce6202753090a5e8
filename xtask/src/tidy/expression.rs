//! SPDX licence expressions, as far as manifests use them: names, `WITH`, `AND`, `OR` and brackets.

/// Whether some choice among the `OR`s is made of allowed licences alone. An expression that cannot be
/// read allows nothing.
pub(super) fn allows(expression: &str, allowed: impl Fn(&str) -> bool) -> bool {
    let words = words(expression);
    let mut reader = Reader { words: &words, allowed };
    reader.or() == Some(true) && reader.words.is_empty()
}

/// Old manifests separate alternatives by a slash.
fn words(expression: &str) -> Vec<String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

struct Reader<'a, F> {
    words: &'a [String],
    allowed: F,
}

impl<F: Fn(&str) -> bool> Reader<'_, F> {
    fn or(&mut self) -> Option<bool> {
        let mut any = self.and()?;
        while self.take("OR") {
            any |= self.and()?;
        }
        Some(any)
    }

    fn and(&mut self) -> Option<bool> {
        let mut all = self.licence()?;
        while self.take("AND") {
            all &= self.licence()?;
        }
        Some(all)
    }

    fn licence(&mut self) -> Option<bool> {
        if self.take("(") {
            let inner = self.or()?;
            return self.take(")").then_some(inner);
        }
        let mut name = self.next()?.to_owned();
        if self.take("WITH") {
            name = format!("{name} WITH {}", self.next()?);
        }
        Some((self.allowed)(&name))
    }

    fn next(&mut self) -> Option<&str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    fn take(&mut self, word: &str) -> bool {
        let is_next = self.words.first().is_some_and(|it| it == word);
        if is_next {
            self.words = &self.words[1..];
        }
        is_next
    }
}

#[cfg(test)]
mod tests {
    use super::allows;

    fn check(expression: &str) -> bool {
        allows(expression, |name| {
            ["MIT", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"].contains(&name)
        })
    }

    #[test]
    fn one_allowed_alternative_is_enough() {
        assert!(check("MIT"));
        assert!(check("GPL-3.0 OR MIT"));
        assert!(check("GPL-3.0/MIT"));
        assert!(check("(GPL-3.0 OR MIT) AND Unicode-3.0"));
        assert!(check("GPL-3.0 OR Apache-2.0 WITH LLVM-exception"));
    }

    #[test]
    fn what_must_hold_together_must_all_be_allowed() {
        assert!(!check("GPL-3.0"));
        assert!(!check("MIT AND GPL-3.0"));
        assert!(!check("Apache-2.0"));
    }

    #[test]
    fn what_cannot_be_read_allows_nothing() {
        assert!(!check(""));
        assert!(!check("(MIT"));
        assert!(!check("MIT MIT"));
        assert!(!check("MIT OR"));
    }
}
