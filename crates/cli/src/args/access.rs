//! What can be asked about people, tokens and the audit log.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Subcommand)]
pub(crate) enum UsersCommand {
    /// Everybody who works on the platform
    #[command(after_help = "Example:\n  cloison users list")]
    List,

    /// Invite somebody; they choose their password with a token that works once
    #[command(after_help = "\
Example:
  cloison users create kim@example.com --role operator --name 'Kim Leroy'")]
    Create {
        email: String,

        /// What they may do
        #[arg(long)]
        role: RoleWord,

        /// Their name; the e-mail by default
        #[arg(long)]
        name: Option<String>,
    },

    /// One of them
    #[command(after_help = "Example:\n  cloison users show kim@example.com")]
    Show { email: String },

    /// Change what somebody may do, from now on and with every token they have
    #[command(after_help = "Example:\n  cloison users set-role kim@example.com auditor")]
    SetRole { email: String, role: RoleWord },

    /// Stop somebody's tokens and sign-ins at once
    #[command(after_help = "Example:\n  cloison users disable kim@example.com")]
    Disable { email: String },

    /// Let somebody in again
    #[command(after_help = "Example:\n  cloison users enable kim@example.com")]
    Enable { email: String },

    /// Another invitation, for who has lost the first, the password or the telephone
    #[command(after_help = "Example:\n  cloison users invite kim@example.com")]
    Invite { email: String },
}

#[derive(Subcommand)]
pub(crate) enum TokensCommand {
    /// Your tokens, the newest first
    #[command(after_help = "Example:\n  cloison tokens list --all")]
    List {
        /// Everybody's; for owners
        #[arg(long)]
        all: bool,
    },

    /// A token for a program; it is shown once
    #[command(after_help = "\
Examples:
  cloison tokens create 'nightly report' --role auditor --days 365
  cloison tokens create deploy --json | jq -r .secret")]
    Create(CreateTokenOptions),

    /// End a token at once
    #[command(
        after_help = "Example:\n  cloison tokens revoke 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5"
    )]
    Revoke { id: uuid::Uuid },
}

#[derive(Args)]
pub(crate) struct CreateTokenOptions {
    /// What it is for
    pub(crate) name: String,

    /// What it may do at most; your own role by default
    #[arg(long)]
    pub(crate) role: Option<RoleWord>,

    /// How long it is good for, 1 to 365; 90 by default
    #[arg(long, value_name = "DAYS")]
    pub(crate) days: Option<u16>,

    /// It never expires; for owners
    #[arg(long, conflicts_with = "days")]
    pub(crate) never: bool,
}

#[derive(Args)]
pub(crate) struct LoginOptions {
    /// Who you are; asked for on a terminal
    #[arg(long)]
    pub(crate) email: Option<String>,

    #[command(flatten)]
    pub(crate) source: SecretSource,
}

/// Where secrets come from. Never from arguments: every user of a machine sees those.
#[derive(Args, Clone, Copy)]
pub(crate) struct SecretSource {
    /// Read secrets from standard input, one a line in the order in which they are asked for
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

#[derive(Subcommand)]
pub(crate) enum MeCommand {
    /// Choose a password
    #[command(after_help = "\
Examples:
  cloison me password
  cloison me password --invitation      the first one, with the token that you were sent")]
    Password {
        /// Use the one-time token of an invitation, which is asked for, instead of the current password
        #[arg(long)]
        invitation: bool,

        #[command(flatten)]
        source: SecretSource,
    },

    /// The second factor: a code from your telephone at each sign-in
    Totp {
        #[command(subcommand)]
        command: TotpCommand,
    },
}

#[derive(Subcommand)]
pub(crate) enum TotpCommand {
    /// Get the link for your authenticator application
    #[command(after_help = "Example:\n  cloison me totp begin")]
    Begin(SecretSource),

    /// Show with a first code that the application has it; from here on sign-ins ask for one
    #[command(after_help = "Example:\n  cloison me totp confirm")]
    Confirm(SecretSource),

    /// Do without it
    #[command(after_help = "Example:\n  cloison me totp end")]
    End(SecretSource),
}

#[derive(Subcommand)]
pub(crate) enum AuditCommand {
    /// Who did what, the newest first
    #[command(after_help = "\
Examples:
  cloison audit list --subject blue
  cloison audit list --actor kim@example.com --action tenant.create")]
    List {
        /// Only what they did
        #[arg(long, value_name = "EMAIL")]
        actor: Option<String>,

        /// Only this, as in `tenant.create`
        #[arg(long)]
        action: Option<String>,

        /// Only what was done to it: a subdomain, or an e-mail
        #[arg(long)]
        subject: Option<String>,

        /// Only what was before this row
        #[arg(long, value_name = "ID")]
        before: Option<i64>,
    },

    /// Say whether the log is what was written; exits with 1 if it is not
    #[command(after_help = "\
Examples:
  cloison audit verify
  cloison audit verify --expect 1204:9f2c..   also that this earlier head is still in it

Note the head somewhere that the platform cannot write: who rewrites the whole log cannot
rewrite your note.")]
    Verify {
        /// A head that was noted earlier
        #[arg(long, value_name = "ID:HASH")]
        expect: Option<String>,
    },
}

/// A role, as the API knows it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum RoleWord {
    /// Everything, users and keys included
    Owner,
    /// Runs the fleet
    Operator,
    /// Helps customers: sees tenants and lets their owners in again
    Support,
    /// Sees what was done, and by whom; changes nothing
    Auditor,
}

impl RoleWord {
    pub(crate) fn word(self) -> String {
        match self {
            Self::Owner => "owner",
            Self::Operator => "operator",
            Self::Support => "support",
            Self::Auditor => "auditor",
        }
        .to_owned()
    }
}
