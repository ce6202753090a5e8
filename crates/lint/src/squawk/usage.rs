//! What each of squawk's rules is to us: the table.

use squawk_linter::Rule;

use crate::report::Severity::{self, Noted, Refused};
use crate::rules::TAKES_AWAY_HELP;

/// How much one of squawk's rules counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Usage {
    /// In a file that may add only; nothing if it is no finding there.
    pub expand: Option<Severity>,
    /// In a file that may take away, and in one that takes another back.
    pub contract: Option<Severity>,
    /// It is no finding where all that the statement is about is made by the same release.
    pub spares_new: bool,
    pub help: &'static str,
}

impl Usage {
    pub(super) const OFF: Self = Self { expand: None, contract: None, spares_new: true, help: "" };
}

/// It locks or reads a table that programs use.
const fn hurts(help: &'static str) -> Usage {
    Usage { expand: Some(Refused), contract: Some(Refused), spares_new: true, help }
}

/// It breaks programs that know what is taken away; a file that says so may do it.
const TAKES_AWAY: Usage =
    Usage { expand: Some(Refused), contract: None, spares_new: true, help: TAKES_AWAY_HELP };

/// It is for a file that says contract, and even there it can hold a table for long.
const fn rewrites(help: &'static str) -> Usage {
    Usage { expand: Some(Refused), contract: Some(Noted), spares_new: true, help }
}

/// It may break programs, by what is in it rather than by what it is.
const fn may_break(help: &'static str) -> Usage {
    Usage { expand: Some(Noted), contract: None, spares_new: true, help }
}

/// Wrong on any table.
const fn wrong(severity: Severity, help: &'static str) -> Usage {
    Usage { expand: Some(severity), contract: Some(severity), spares_new: false, help }
}

const IN_TWO_STEPS: &str =
    "Add it NOT VALID, and validate it in a later file with -- no-transaction on top.";
const BY_INDEX: &str = "Build a unique index first, with CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS in a file with -- no-transaction; then ADD CONSTRAINT .. USING INDEX.";
const SAY_SO: &str = "If programs that run can do without it, there is nothing to do; else do it in a later release, with -- phase: contract.";

/// By name, so that a new version of squawk with a new rule does not compile until somebody has decided.
pub(super) fn usage(rule: Rule) -> Usage {
    match rule {
        // What locks or reads all of a table that is in use.
        Rule::RequireConcurrentIndexCreation => hurts(
            "Say CREATE INDEX CONCURRENTLY IF NOT EXISTS, in a file of its own with -- no-transaction on top.",
        ),
        Rule::RequireConcurrentReindex => {
            hurts("Say REINDEX CONCURRENTLY, in a file of its own with -- no-transaction on top.")
        }
        Rule::ConstraintMissingNotValid
        | Rule::AddingForeignKeyConstraint
        | Rule::BanAlterDomainWithAddConstraint => hurts(IN_TWO_STEPS),
        Rule::DisallowedUniqueConstraint | Rule::AddingSerialPrimaryKeyField => hurts(BY_INDEX),
        Rule::AddingFieldWithDefault => hurts(
            "Add the column without it, set the default in a second statement (it counts for new rows), and fill the old ones in a file with -- phase: backfill.",
        ),
        Rule::AddingRequiredField => hurts(
            "Give it a default that is a constant, or add it without NOT NULL, fill it (-- phase: backfill) and require it in a later release (-- phase: contract).",
        ),

        // What programs that run know and would miss.
        Rule::BanDropColumn
        | Rule::BanDropTable
        | Rule::BanDropView
        | Rule::BanDropFunction
        | Rule::BanDropType
        | Rule::BanDropDomain
        | Rule::BanDropSequence
        | Rule::BanDropSchema
        | Rule::BanDropDefault
        | Rule::BanDropGeneratedExpression
        | Rule::BanAlterIdentity
        | Rule::BanSetSchema
        | Rule::BanRevoke
        | Rule::BanDetachInheritance
        | Rule::RenamingColumn
        | Rule::RenamingTable
        | Rule::RenamingObject => TAKES_AWAY,
        Rule::ChangingColumnType => rewrites(
            "Add a column of the new type (expand), fill it (backfill), drop the old one in a later release (contract). The shadow run says whether a change of type writes the table anew.",
        ),
        // For what may add only it is a rule of our own, `set-not-null`, since squawk is content there if no rows are read.
        Rule::AddingNotNullableField => Usage {
            expand: None,
            contract: Some(Noted),
            spares_new: true,
            help: "It is done at once if a validated CHECK (.. IS NOT NULL) is there: add that NOT VALID, validate it in a file with -- no-transaction, then set NOT NULL.",
        },
        Rule::BanDropConstraint
        | Rule::BanDropNotNull
        | Rule::BanDropIndex
        | Rule::BanDropTrigger
        | Rule::BanDisableTrigger
        | Rule::BanDropPolicy
        | Rule::BanAlterRowLevelSecurity
        | Rule::BanAlterPolicyCondition
        | Rule::BanAlterPolicyRoles
        | Rule::BanReplicaIdentity => may_break(SAY_SO),

        // What is wrong on a new table, too.
        Rule::IdentifierTooLong => {
            wrong(Refused, "Find a name of at most 63 bytes; PostgreSQL cuts it off without asking.")
        }
        Rule::BanDuplicateColumnAssignments => wrong(Refused, "Name each column once."),
        Rule::BanTruncateCascade => {
            wrong(Refused, "Name each table that is to be emptied, and leave CASCADE out.")
        }
        Rule::BanCharField => wrong(Noted, "Use text; char(n) pads with spaces."),
        Rule::PreferTimestampTz => {
            wrong(Noted, "Use timestamptz, if a moment is meant and not a time on a wall clock.")
        }
        Rule::BanCreateDomainWithConstraint => wrong(
            Noted,
            "Put the constraint on the columns: a domain's is checked in all tables at once when it is changed.",
        ),

        // Ours say it, with how files are run here in mind.
        Rule::BanConcurrentIndexCreationInTransaction // needs-no-transaction
        | Rule::TransactionNesting // transaction-control
        | Rule::BanUncommittedTransaction // transaction-control
        | Rule::PreferRobustStmts // not-repeatable; in a transaction all of a file is done or nothing
        | Rule::BanDropDatabase // cluster-object
        | Rule::BanAlterRoleOptions // cluster-object
        | Rule::BanAlterDatabaseOptions // cluster-object
        | Rule::BanAlterSystemOptions // cluster-object
        | Rule::BanDropExtension // extension
        | Rule::BanAlterExtension // extension
        // Whoever runs the file sees to it: timeouts, and the schema by search_path.
        | Rule::RequireTimeoutSettings
        | Rule::RequireLockTimeout
        | Rule::RequireStatementTimeout
        | Rule::RequireTableSchema
        // A lock for a moment, and nobody waits behind it for longer than the lock timeout.
        | Rule::RequireConcurrentIndexDeletion
        | Rule::RequireConcurrentPartitionDetach
        // Taste. The studio counts minutes and cents in integers, and its types are text with a CHECK.
        | Rule::PreferBigintOverInt
        | Rule::PreferBigintOverSmallint
        | Rule::PreferIdentity
        | Rule::PreferTextField
        | Rule::RequireEnumValueOrdering
        // It is what a file that adds is for; programs name the columns they read and write.
        | Rule::BanAddColumn
        | Rule::BanAddEnumValue
        | Rule::BanAddCompositeAttribute
        | Rule::BanSetDefault
        | Rule::BanCreatePolicy
        // A function or view is changed by replacing it, and most new constraints say what programs do already.
        | Rule::BanReplaceViewFunction
        | Rule::BanAlterFunctionOptions
        | Rule::BanAlterViewOptions
        | Rule::BanAlterSequenceValues
        | Rule::BanNewWriteRestriction
        // `adding-field-with-default` says it of a column that is added; SET EXPRESSION came with PostgreSQL 17.
        | Rule::BanAlterGeneratedExpression
        // PostgreSQL 19.
        | Rule::PreferRepack
        // Comments of squawk's own do not count here.
        | Rule::UnusedIgnore => Usage::OFF,
    }
}
