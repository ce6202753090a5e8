//! States as words: the same text in the control database, the API and the log.
//!
//! A macro, since a dozen enums need the same three things and none of it is a decision.

/// A word in the control database that this build does not know: it was written by a newer one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a state this version knows")]
pub struct UnknownWord(String);

impl UnknownWord {
    pub(crate) fn new(word: &str) -> Self {
        Self(word.to_owned())
    }
}

/// Defines an enum whose variants are words: `as_str`, `ALL`, `Display` and `FromStr`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// Every one of them, in the order of the source.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|it| it.as_str() == word)
                    .ok_or_else(|| $crate::words::UnknownWord::new(word))
            }
        }
    };
}

pub(crate) use words;

#[cfg(test)]
mod tests {
    use crate::{
        AccessMode, CertificateProblem, CreditEntry, CreditSource, DomainProblem, DomainState,
        DrillState, DueWhy, EventType, GrantEnd, KeepWhy, Limit, OperationKind, OperationState,
        Phase, PruneWhy, ReservationState, Standing, Step,
    };

    #[test]
    fn every_word_reads_back() {
        fn check<T: Copy + PartialEq + std::fmt::Debug + std::str::FromStr + ToString>(all: &[T]) {
            for it in all {
                assert_eq!(it.to_string().parse().ok(), Some(*it));
            }
        }
        check(AccessMode::ALL);
        check(Phase::ALL);
        check(OperationState::ALL);
        check(OperationKind::ALL);
        check(Step::ALL);
        check(KeepWhy::ALL);
        check(PruneWhy::ALL);
        check(DueWhy::ALL);
        check(DrillState::ALL);
        check(EventType::ALL);
        check(Limit::ALL);
        check(CreditSource::ALL);
        check(CreditEntry::ALL);
        check(GrantEnd::ALL);
        check(ReservationState::ALL);
        check(Standing::ALL);
        check(DomainState::ALL);
        check(DomainProblem::ALL);
        check(CertificateProblem::ALL);
        assert!("ready".parse::<Phase>().is_err());
    }
}
