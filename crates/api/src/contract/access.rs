//! The calls about people, tokens and the audit log.

use super::{CURSOR, Endpoint, of};
use crate::access::{
    AuditEntry, AuditReport, ChangePassword, ChangeUser, ConfirmTotp, ConsoleLink, CreateToken,
    CreateUser, CreatedToken, InvitedUser, Me, ProvePassword, SignIn, SignedIn, Token, TotpBegun,
    User, VerifyAudit,
};
use crate::problem::Code;
use crate::tenants::Page;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get("openapi", "/v1/openapi.json", "This document")
        .answers(&[200], of::<serde_json::Value>)
        .public(),
    Endpoint::post("sign_in", "/v1/sign-ins", "A token for twelve hours, by e-mail and password")
        .takes(of::<SignIn>)
        .unkeyed()
        .answers(&[200], of::<SignedIn>)
        .refuses(&[Code::SignInRefused, Code::CodeNeeded, Code::TooManyAttempts])
        .public(),
    Endpoint::get("me", "/v1/me", "Who is asking, and what they may do").answers(&[200], of::<Me>),
    Endpoint::put("password_change", "/v1/me/password", "Choose a password; other sign-ins end")
        .takes(of::<ChangePassword>)
        .unkeyed()
        .refuses(&[Code::InvalidField, Code::TooManyAttempts]),
    Endpoint::post("totp_begin", "/v1/me/totp", "Begin with a second factor: the shared secret")
        .takes(of::<ProvePassword>)
        .unkeyed()
        .answers(&[200], of::<TotpBegun>)
        .refuses(&[Code::InvalidField, Code::SecondFactor, Code::TooManyAttempts]),
    Endpoint::post("totp_confirm", "/v1/me/totp/confirm", "From here on sign-ins ask for a code")
        .takes(of::<ConfirmTotp>)
        .unkeyed()
        .refuses(&[Code::InvalidField, Code::SecondFactor]),
    Endpoint::delete("totp_end", "/v1/me/totp", "Do without the second factor")
        .takes(of::<ProvePassword>)
        .unkeyed()
        .refuses(&[Code::InvalidField, Code::TooManyAttempts]),
    Endpoint::post(
        "console_link_create",
        "/v1/me/console-links",
        "A link that signs a browser in to the console, once and within the hour",
    )
    .unkeyed()
    .answers(&[200], of::<ConsoleLink>),
    Endpoint::get("user_list", "/v1/users", "Who works on the platform, by e-mail")
        .query(&[CURSOR])
        .answers(&[200], of::<Page<User>>),
    Endpoint::post("user_create", "/v1/users", "Invite somebody to work on the platform")
        .takes(of::<CreateUser>)
        .answers(&[200], of::<InvitedUser>)
        .refuses(&[Code::InvalidField, Code::EmailTaken]),
    Endpoint::get("user_fetch", "/v1/users/{email}", "One platform user")
        .answers(&[200], of::<User>)
        .refuses(&[Code::NotFound]),
    Endpoint::patch("user_change", "/v1/users/{email}", "Change a user's role, or disable them")
        .takes(of::<ChangeUser>)
        .answers(&[200], of::<User>)
        .refuses(&[Code::InvalidField, Code::NotFound, Code::LastOwner]),
    Endpoint::post(
        "invitation_create",
        "/v1/users/{email}/invitations",
        "Another one-time token, for who has lost the first, the password or the telephone",
    )
    .answers(&[200], of::<InvitedUser>)
    .refuses(&[Code::NotFound]),
    Endpoint::get("token_list", "/v1/tokens", "One's own tokens, the newest first")
        .query(&[CURSOR, ("all", "boolean", "everybody's, for owners")])
        .answers(&[200], of::<Page<Token>>),
    Endpoint::post("token_create", "/v1/tokens", "A token for a program")
        .takes(of::<CreateToken>)
        .answers(&[200], of::<CreatedToken>)
        .refuses(&[Code::InvalidField]),
    Endpoint::delete("token_revoke", "/v1/tokens/{id}", "End a token at once")
        .refuses(&[Code::NotFound]),
    Endpoint::get("audit_list", "/v1/audit", "Who did what, the newest first")
        .query(&[
            CURSOR,
            ("actor", "string", "only what they did"),
            ("action", "string", "only this, as in `tenant.create`"),
            ("subject", "string", "only what was done to it"),
        ])
        .answers(&[200], of::<Page<AuditEntry>>),
    Endpoint::post("audit_verify", "/v1/audit/verify", "Whether the log is what was written")
        .takes(of::<VerifyAudit>)
        .answers(&[200], of::<AuditReport>)
        .refuses(&[Code::InvalidField]),
];
