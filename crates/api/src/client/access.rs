//! The client's calls about people, tokens and the audit log.

use reqwest::Method;
use uuid::Uuid;

use super::{Client, ClientError};
use crate::access::{
    AuditEntry, AuditReport, ChangePassword, ChangeUser, ConfirmTotp, ConsoleLink, CreateToken,
    CreateUser, CreatedToken, InvitedUser, Me, ProvePassword, SignIn, SignedIn, Token, TotpBegun,
    User, VerifyAudit,
};
use crate::tenants::Page;

/// Which lines of the audit log; what is `None` does not matter.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    pub actor: Option<String>,
    pub action: Option<String>,
    pub subject: Option<String>,
}

impl Client {
    pub async fn sign_in(&self, sign_in: &SignIn) -> Result<SignedIn, ClientError> {
        self.send(self.request(Method::POST, "/v1/sign-ins").json(sign_in)).await
    }

    pub async fn me(&self) -> Result<Me, ClientError> {
        self.send(self.request(Method::GET, "/v1/me")).await
    }

    pub async fn password_change(&self, change: &ChangePassword) -> Result<(), ClientError> {
        self.send_for_nothing(self.request(Method::PUT, "/v1/me/password").json(change)).await
    }

    pub async fn totp_begin(&self, proof: &ProvePassword) -> Result<TotpBegun, ClientError> {
        self.send(self.request(Method::POST, "/v1/me/totp").json(proof)).await
    }

    pub async fn totp_confirm(&self, confirm: &ConfirmTotp) -> Result<(), ClientError> {
        self.send_for_nothing(self.request(Method::POST, "/v1/me/totp/confirm").json(confirm)).await
    }

    pub async fn totp_end(&self, proof: &ProvePassword) -> Result<(), ClientError> {
        self.send_for_nothing(self.request(Method::DELETE, "/v1/me/totp").json(proof)).await
    }

    pub async fn console_link_create(&self) -> Result<ConsoleLink, ClientError> {
        self.send(self.request(Method::POST, "/v1/me/console-links")).await
    }

    pub async fn user_list(&self, cursor: Option<&str>) -> Result<Page<User>, ClientError> {
        self.list("/v1/users", cursor).await
    }

    pub async fn user_create(&self, user: &CreateUser) -> Result<InvitedUser, ClientError> {
        self.send(self.request(Method::POST, "/v1/users").json(user)).await
    }

    pub async fn user_fetch(&self, email: &str) -> Result<User, ClientError> {
        self.send(self.request(Method::GET, &format!("/v1/users/{email}"))).await
    }

    pub async fn user_change(&self, email: &str, change: &ChangeUser) -> Result<User, ClientError> {
        self.send(self.request(Method::PATCH, &format!("/v1/users/{email}")).json(change)).await
    }

    pub async fn invitation_create(&self, email: &str) -> Result<InvitedUser, ClientError> {
        let path = format!("/v1/users/{email}/invitations");
        self.send(self.request(Method::POST, &path)).await
    }

    pub async fn token_list(
        &self,
        all: bool,
        cursor: Option<&str>,
    ) -> Result<Page<Token>, ClientError> {
        let request = self.request(Method::GET, "/v1/tokens").query(&[("all", all)]);
        self.send(request.query(&cursor.map(|it| ("cursor", it)).as_slice())).await
    }

    pub async fn token_create(&self, token: &CreateToken) -> Result<CreatedToken, ClientError> {
        self.send(self.request(Method::POST, "/v1/tokens").json(token)).await
    }

    pub async fn token_revoke(&self, id: Uuid) -> Result<(), ClientError> {
        self.send_for_nothing(self.request(Method::DELETE, &format!("/v1/tokens/{id}"))).await
    }

    pub async fn audit_list(
        &self,
        filter: &AuditFilter,
        cursor: Option<&str>,
    ) -> Result<Page<AuditEntry>, ClientError> {
        let asked = [
            ("actor", filter.actor.as_deref()),
            ("action", filter.action.as_deref()),
            ("subject", filter.subject.as_deref()),
            ("cursor", cursor),
        ];
        let asked: Vec<(&str, &str)> =
            asked.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        self.send(self.request(Method::GET, "/v1/audit").query(&asked)).await
    }

    pub async fn audit_verify(&self, verify: &VerifyAudit) -> Result<AuditReport, ClientError> {
        self.send(self.request(Method::POST, "/v1/audit/verify").json(verify)).await
    }
}
