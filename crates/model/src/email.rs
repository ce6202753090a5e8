//! An e-mail address, as far as a program can tell. Whether mail arrives is only known by sending one.

use std::fmt;
use std::str::FromStr;

/// RFC 5321, section 4.5.3.1.3.
const BYTES_MAX: usize = 254;

/// Invariant: `user@domain.name`, at most 254 bytes, no white space, and nothing that would mean
/// something else in a header, a URL or a list. The case is kept; who compares ignores it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that is not an address like name@example.com")]
pub struct EmailError;

impl Email {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        let (user, domain) = text.split_once('@').ok_or(EmailError)?;
        let is_one = text.len() <= BYTES_MAX
            && !user.is_empty()
            && domain.split('.').all(|it| !it.is_empty())
            && !domain.contains('@')
            && !text.contains(|it: char| {
                it.is_whitespace() || it.is_control() || "<>\",:;/?#\\".contains(it)
            });
        if is_one { Ok(Self(text.to_owned())) } else { Err(EmailError) }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in
            ["a@b.fr", "owner@localhost", "marie.o'neil+x@studio.example.com", "é@exemple.fr"]
        {
            assert!(good.parse::<Email>().is_ok(), "{good}");
        }
        let long = format!("{}@b.fr", "a".repeat(250));
        for bad in [
            "",
            "a",
            "@b.fr",
            "a@",
            "a@@b.fr",
            "a@b..fr",
            "a b@c.fr",
            "a@b.fr\n",
            "a/b@c.fr",
            "a@b.fr,c@d.fr",
            &long,
        ] {
            assert_eq!(bad.parse::<Email>(), Err(EmailError), "{bad}");
        }
    }
}
