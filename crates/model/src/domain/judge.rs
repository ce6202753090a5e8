//! What the DNS's answers say about a domain, and what that changes.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::{Challenge, DomainProblem, DomainState};

/// What others write into the DNS is shown to people, as far as this.
const SHOWN_CHARS_MAX: usize = 100;
const SHOWN_MAX: usize = 4;

/// What came of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DomainAnswer<T> {
    /// All records that there are; none, if there is no such name.
    Said(Vec<T>),
    /// Nobody has answered, because of this.
    Silence(String),
}

/// What was seen in one look at the DNS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainLook {
    /// The TXT records at the challenge's name.
    pub texts: DomainAnswer<String>,
    /// Where the name leads, whatever names are on the way.
    pub addresses: DomainAnswer<IpAddr>,
    /// Where our front door is. Without, a domain may lead anywhere.
    pub target: Option<DomainAnswer<IpAddr>>,
}

/// What is known of a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DomainStanding {
    /// It has been proven, so visitors are served there.
    pub verified: bool,
    pub problem: Option<DomainProblem>,
}

/// What others are told of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DomainNews {
    Verified,
    Failing,
    Recovered,
}

/// What a look has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainVerdict {
    /// The record that proves it is there, and nobody else's who has proven it before.
    pub proven: bool,
    pub problem: Option<DomainProblem>,
    /// The problem in words, with what was found.
    pub found: Option<String>,
}

impl DomainStanding {
    pub fn state(self) -> DomainState {
        match (self.verified, self.problem) {
            (false, _) => DomainState::Pending,
            (true, None) => DomainState::Serving,
            (true, Some(_)) => DomainState::Failing,
        }
    }

    /// What it is after a look. Where nothing was learnt nothing changes, but for a problem that nobody knew of: the DNS that does not
    /// answer today must lock nobody out.
    #[must_use]
    pub fn after(self, verdict: &DomainVerdict) -> Self {
        match (verdict.problem, self.is_known_to_fail()) {
            (Some(DomainProblem::Unanswered), true) => self,
            (Some(DomainProblem::Unanswered), false) => Self { problem: verdict.problem, ..self },
            (problem, _) => Self { verified: self.verified || verdict.proven, problem },
        }
    }

    /// What is new in `after`. Of claims that are not proven nobody is told.
    pub fn news(self, after: Self) -> Vec<DomainNews> {
        let mut news = Vec::new();
        if after.verified && !self.verified {
            news.push(DomainNews::Verified);
        }
        match (self.is_known_to_fail(), after.is_known_to_fail()) {
            (false, true) => news.push(DomainNews::Failing),
            (true, false) => news.push(DomainNews::Recovered),
            (true, true) | (false, false) => {}
        }
        news
    }

    /// The DNS has said so, and not merely nothing.
    fn is_known_to_fail(self) -> bool {
        match self.problem {
            Some(DomainProblem::Unproven | DomainProblem::Elsewhere) => self.verified,
            Some(DomainProblem::Unanswered) | None => false,
        }
    }
}

/// `holder` is the challenge of somebody else who has proven the domain: as long as that one's record is there, it is his.
pub fn judge(
    challenge: &Challenge,
    holder: Option<&Challenge>,
    look: &DomainLook,
) -> DomainVerdict {
    let verdict = |proven, problem, found| DomainVerdict {
        proven,
        problem: Some(problem),
        found: Some(found),
    };
    let Challenge { name, value } = challenge;
    let texts = match &look.texts {
        DomainAnswer::Silence(why) => {
            let found = format!("the DNS did not answer for the TXT record {name}: {why}");
            return verdict(false, DomainProblem::Unanswered, found);
        }
        DomainAnswer::Said(texts) => texts,
    };
    if !texts.iter().any(|it| it.trim() == value) {
        let found = if texts.is_empty() {
            format!("there is no TXT record {name}")
        } else {
            format!("the TXT record {name} says {}", quoted(texts))
        };
        return verdict(false, DomainProblem::Unproven, found);
    }
    if let Some(other) = holder.filter(|it| texts.iter().any(|text| text.trim() == it.value)) {
        let found = format!(
            "another tenant has this domain, and its record is still there: take away the TXT record {name} that says {}",
            other.value
        );
        return verdict(false, DomainProblem::Unproven, found);
    }
    match misled(look) {
        Some((problem, found)) => verdict(true, problem, found),
        None => DomainVerdict { proven: true, problem: None, found: None },
    }
}

/// Why it does not lead here, as far as that is asked for. One address of another place is one too many: whoever gets that one is led
/// astray.
fn misled(look: &DomainLook) -> Option<(DomainProblem, String)> {
    let unanswered = |found| Some((DomainProblem::Unanswered, found));
    let elsewhere = |found| Some((DomainProblem::Elsewhere, found));
    let target = match look.target.as_ref()? {
        DomainAnswer::Silence(why) => {
            return unanswered(format!("the DNS did not answer for our own front door: {why}"));
        }
        DomainAnswer::Said(target) if target.is_empty() => {
            return unanswered("the name of our own front door stands for no address".to_owned());
        }
        DomainAnswer::Said(target) => target.iter().collect::<BTreeSet<_>>(),
    };
    let addresses = match &look.addresses {
        DomainAnswer::Silence(why) => {
            return unanswered(format!("the DNS did not answer for where it leads: {why}"));
        }
        DomainAnswer::Said(addresses) => addresses.iter().collect::<BTreeSet<_>>(),
    };
    let strange: Vec<_> = addresses.difference(&target).map(ToString::to_string).collect();
    match (addresses.is_empty(), strange.is_empty()) {
        (true, _) => elsewhere("it leads nowhere: no address stands behind the name".to_owned()),
        (false, true) => None,
        (false, false) if strange.len() < addresses.len() => {
            elsewhere(format!("it leads here and to {}, where we are not", some(&strange)))
        }
        (false, false) => {
            let ours: Vec<_> = target.iter().map(ToString::to_string).collect();
            elsewhere(format!("it leads to {}, and we are at {}", some(&strange), some(&ours)))
        }
    }
}

fn quoted(texts: &[String]) -> String {
    let shown = |text: &String| {
        let short: String = text.chars().take(SHOWN_CHARS_MAX).collect();
        format!("'{}'", short.escape_debug())
    };
    some(&texts.iter().map(shown).collect::<Vec<_>>())
}

fn some(texts: &[String]) -> String {
    let shown = texts[..texts.len().min(SHOWN_MAX)].join(", ");
    match texts.len().saturating_sub(SHOWN_MAX) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests;
