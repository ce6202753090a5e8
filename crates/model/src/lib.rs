//! What Cloison is about, as values: ids, names that parse, states, and pure decisions.
//!
//! Deliberately absent: I/O, clocks, randomness, async, and any knowledge of a driver or a wire format.
//! What is here can be tested without a database, a runtime or a sleep.
#![warn(clippy::wildcard_enum_match_arm)]

mod access;
mod activity;
mod ai_credits;
mod archiving;
mod backup;
mod calendar;
mod database_name;
mod domain;
mod drift;
mod email;
mod erasure;
mod event;
mod export;
mod hexadecimal;
mod hostname;
mod ids;
mod life_cycle;
mod limit;
mod migration;
mod operation;
mod placement;
mod release;
mod rollout;
mod row_words;
mod schema;
mod schema_diff;
mod seat_ledger;
mod seat_share;
mod secret;
mod spare;
mod subdomain;
mod tenant;
mod token_kind;
mod top;
mod trace;
mod webhook;
mod words;

pub use access::{Action, Authority, Role, may};
pub use activity::{Activity, Added, Reading, Statements};
pub use ai_credits::{
    AI_CREDITS_MAX, AI_GRANTS_MAX, AI_RESERVATION_SECONDS, AI_RESERVATION_SECONDS_MAX, BurntPart,
    CreditEntry, CreditSource, FewCredits, GrantEnd, HeldPart, OpenGrant, ReservationState,
    ReturnedPart, are_few, burn, give_back,
};
pub use archiving::{ArchiveTenant, archives_due};
pub use backup::{
    DRILL_EVERY_DAYS, DRILL_SLACK_DAYS, DrillState, DrillTenant, Drilled, DueBackup, DueWhy,
    KeepWhy, NightWindow, PruneWhy, RetentionPolicy, RetentionVerdict, ScheduleCaps,
    ScheduledTenant, Soundness, TenantArchive, WindowError, drill_second, drill_state, drills_due,
    drills_per_day, due_backups, retain as retain_archives,
};
pub use calendar::{Day, Month, UnixSeconds, Week};
pub use database_name::{DatabaseName, NameError, RoleName};
pub use domain::{
    CLAIM_DAYS, CertificateProblem, Challenge, Checks, ClaimError, DOMAINS_MAX, DomainAnswer,
    DomainLook, DomainNews, DomainProblem, DomainStanding, DomainState, DomainVerdict, claimable,
    judge as judge_domain, next_check,
};
pub use drift::{ExpectedFrom, SchemaCount, expected};
pub use email::{Email, EmailError};
pub use erasure::{
    ERASURE_GRACE_SECONDS, ERASURE_GRACE_SECONDS_MAX, ErasureRequest, LegalHold, MayBegin,
    erasure_may_begin,
};
pub use event::{Committed, EVENT_DAYS, EventType, event_of};
pub use export::{EXPORT_DAYS, EXPORTS_MAX, ExportState};
pub use hexadecimal::hexadecimal;
pub use hostname::{BaseDomain, HostError, Hostname, Site};
pub use ids::{ArchiveId, NodeId, OperationId, ServerId, SpareId, TenantId, TokenId, UserId};
pub use life_cycle::{Command, Refusal, Rights, TenantState, Transition, transition};
pub use limit::{Limit, Standing, standing};
pub use migration::{Migration, MigrationPhase, Script, header_values};
pub use operation::{
    ATTEMPTS_MAX, Cancel, Course, Direction, OperationKind, OperationState, Retry, RetryClass,
    Step, retry,
};
pub use placement::{Candidate, Placement, ServerState, place};
pub use release::{Applied, HistoryError, Part, Release, ReleaseError, Segment};
pub use rollout::{
    CANARY_WAVE, FleetCount, LazyState, LockMode, Move, Plan, Policy, PolicyError,
    RolloutDirection, RolloutTenantState, ShadowFailure, ShadowFile, ShadowLimits, ShadowOf,
    ShadowRefusal, ShadowRun, ShadowTenant, TableSize, Touch, WaveCount, duration_in_words,
    judge as judge_shadow, largest as shadow_largest, of_interest as shadow_of_interest,
    parse_waves, plan as plan_rollout, sample as shadow_sample, size_in_words, wave_sizes,
};
pub use row_words::{chain_without_rows, may_quote_a_row, without_rows};
pub use schema::{NotASchema, Schema, SchemaLine};
pub use schema_diff::{DIFF_LINES_MAX, SchemaDiff};
pub use seat_ledger::{SeatReport, SeatRow, Settled, settle};
pub use seat_share::{SeatWish, seat_shares};
pub use secret::Secret;
pub use spare::{SpareOrder, SpareState, Stock, plan_spares};
pub use subdomain::{Subdomain, SubdomainError};
pub use tenant::{AccessMode, Billing, Phase};
pub use token_kind::TokenKind;
pub use top::{Weight, top};
pub use trace::{NotATraceParent, SpanId, TraceId, TraceParent};
pub use webhook::{
    FORMER_SECRET_HOURS, Reach, RefusedAddress, WEBHOOK_ENDPOINTS_MAX, WebhookNext, WebhookOutcome,
    WebhookState, webhook_next,
};
pub use words::UnknownWord;
