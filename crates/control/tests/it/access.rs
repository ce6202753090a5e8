//! People and tokens, on a real control database.

use cloison_catalog::queries::platform_users::platform_user_fetch;
use cloison_control::access::{
    AccessError, Caller, Change, CurrentPassword, Expiry, NewPassword, NewToken, NewUser, SignIn,
    SignedIn, authenticate, invite, link_create, link_use, local_owner_ensure, local_owner_link,
    password_change, sign_in, token_create, token_revoke, totp_begin, totp_confirm, totp_end,
    user_change, user_create,
};
use cloison_control::call::{Call, IdempotencyKey};
use cloison_model::{Action, Role, Secret, TokenKind};
use jiff::{SignedDuration, Timestamp};

use crate::world::World;

const PASSWORD: &str = "correct horse battery";

/// A platform with its local owner and their token.
struct Office {
    world: World,
    owner: Secret,
}

impl Office {
    async fn new() -> Self {
        let world = World::new().await;
        let owner = Secret::new("the token in the data directory");
        let client = world.control.catalog.client().await.unwrap();
        assert!(local_owner_ensure(&client, &owner).await.unwrap());
        Self { world, owner }
    }

    async fn caller(&self, token: &Secret) -> Option<Caller> {
        let client = self.world.control.catalog.client().await.unwrap();
        authenticate(&client, token.expose()).await.unwrap()
    }

    /// The owner, calling for the first time.
    async fn owner(&self) -> (Caller, Call) {
        let caller = self.caller(&self.owner).await.unwrap();
        let call = Call { actor: caller.actor(), key: None };
        (caller, call)
    }

    async fn invite(&self, email: &str, role: Role) -> Secret {
        let (_, call) = self.owner().await;
        let new = NewUser { email: email.parse().unwrap(), name: email.to_owned(), role };
        user_create(&self.world.control, &call, &new, Timestamp::now()).await.unwrap()
    }

    /// Somebody who has chosen [`PASSWORD`].
    async fn hire(&self, email: &str, role: Role) {
        let invitation = self.invite(email, role).await;
        let caller = self.caller(&invitation).await.unwrap();
        self.choose(&caller, None, PASSWORD).await.unwrap();
    }

    async fn choose(
        &self,
        caller: &Caller,
        current: Option<&str>,
        new: &str,
    ) -> Result<(), AccessError> {
        let current = CurrentPassword(current.map(Secret::new));
        let new = NewPassword::new(Secret::new(new)).unwrap();
        password_change(&self.world.control, caller, current, new, Timestamp::now()).await
    }

    async fn sign_in(
        &self,
        email: &str,
        password: &str,
        code: Option<&str>,
        now: Timestamp,
    ) -> Result<SignedIn, AccessError> {
        let request = SignIn {
            email: email.parse().unwrap(),
            password: Secret::new(password),
            code: code.map(str::to_owned),
            address: Some([192, 0, 2, 7].into()),
        };
        sign_in(&self.world.control, request, now).await
    }

    async fn change(&self, email: &str, change: Change) -> Result<(), AccessError> {
        let (_, call) = self.owner().await;
        user_change(&self.world.control, &call, email, change).await.map(drop)
    }

    async fn token(&self, caller: &Caller, call: &Call, role: Role) -> Result<Secret, AccessError> {
        let new = NewToken { name: "a robot".to_owned(), role, expiry: Expiry::Default };
        let now = Timestamp::now();
        token_create(&self.world.control, caller, call, &new, now).await.map(|it| it.1)
    }
}

#[tokio::test]
async fn from_an_invitation_to_a_sign_in() {
    let office = Office::new().await;
    let invitation = office.invite("kim@example.com", Role::Operator).await;
    let invited = office.caller(&invitation).await.unwrap();
    assert_eq!(invited.kind, TokenKind::Invitation);
    let now = Timestamp::now();
    let early = office.sign_in("kim@example.com", "", None, now).await;
    assert!(matches!(early, Err(AccessError::Refused)), "{early:?}");

    office.choose(&invited, None, PASSWORD).await.unwrap();
    assert!(office.caller(&invitation).await.is_none(), "an invitation works once");
    let signed_in = office.sign_in("KIM@example.com", PASSWORD, None, now).await.unwrap();
    let caller = office.caller(&signed_in.token).await.unwrap();
    assert_eq!((caller.email.as_str(), caller.kind), ("kim@example.com", TokenKind::SignIn));
    assert!(
        caller.authority.may(Action::TenantCreate) && !caller.authority.may(Action::UserManage)
    );

    // Another password ends the other sign-ins, and needs the one before.
    let other = office.sign_in("kim@example.com", PASSWORD, None, now).await.unwrap();
    let wrong = office.choose(&caller, Some("wrong"), "another long password").await;
    assert!(matches!(wrong, Err(AccessError::WrongPassword)), "{wrong:?}");
    let none = office.choose(&caller, None, "another long password").await;
    assert!(matches!(none, Err(AccessError::WrongPassword)), "{none:?}");
    office.choose(&caller, Some(PASSWORD), "another long password").await.unwrap();
    assert!(office.caller(&signed_in.token).await.is_some());
    assert!(office.caller(&other.token).await.is_none());
    assert!(office.sign_in("kim@example.com", PASSWORD, None, now).await.is_err());
}

#[tokio::test]
async fn tokens_are_stored_as_hashes_and_stop_when_they_should() {
    let office = Office::new().await;
    office.hire("kim@example.com", Role::Operator).await;
    let now = Timestamp::now();
    let kim = office.sign_in("kim@example.com", PASSWORD, None, now).await.unwrap();
    let kim = office.caller(&kim.token).await.unwrap();
    let call = Call { actor: kim.actor(), key: None };
    let high = office.token(&kim, &call, Role::Owner).await;
    assert!(matches!(high, Err(AccessError::RoleTooHigh(Role::Owner))), "{high:?}");
    let token = office.token(&kim, &call, Role::Support).await.unwrap();
    assert!(token.expose().starts_with("cloison_") && token.expose().len() >= 50);
    let robot = office.caller(&token).await.unwrap();
    assert!(robot.authority.may(Action::SignInLinkCreate));
    assert!(!robot.authority.may(Action::TenantCreate));

    let superuser = office.world.server.connect(cloison_catalog::DATABASE).await;
    let stored = superuser
        .query_one(
            "select count(*) from api_tokens where token_hash = sha256($1::text::bytea)",
            &[&token.expose()],
        )
        .await
        .unwrap();
    assert_eq!(stored.get::<_, i64>(0), 1);
    let shown =
        superuser.query_one("select string_agg(api_tokens::text, ' ') from api_tokens", &[]);
    assert!(!shown.await.unwrap().get::<_, String>(0).contains(token.expose()));

    // The user's role counts as it is today.
    office
        .change("kim@example.com", Change { role: Some(Role::Auditor), disabled: None })
        .await
        .unwrap();
    let robot = office.caller(&token).await.unwrap();
    assert!(!robot.authority.may(Action::SignInLinkCreate));
    let restricted = office.choose(&robot, Some(PASSWORD), "another long password").await;
    assert!(matches!(restricted, Err(AccessError::Restricted)), "{restricted:?}");

    let disabled = |it| Change { role: None, disabled: Some(it) };
    office.change("kim@example.com", disabled(true)).await.unwrap();
    assert!(office.caller(&token).await.is_none());
    let refused = office.sign_in("kim@example.com", PASSWORD, None, now).await;
    assert!(matches!(refused, Err(AccessError::Refused)), "{refused:?}");
    office.change("kim@example.com", disabled(false)).await.unwrap();
    assert!(office.caller(&token).await.is_some());

    superuser
        .execute("update api_tokens set expires_at = now() - interval '1 second' where kind = 'api' and expires_at is not null", &[])
        .await
        .unwrap();
    assert!(office.caller(&token).await.is_none());
}

#[tokio::test]
async fn a_creation_that_is_sent_again_shows_the_same_secret() {
    let office = Office::new().await;
    let (owner, call) = office.owner().await;
    let keyed = |body: &[u8]| {
        let key = IdempotencyKey::new("k", "POST", "/v1/tokens", body).unwrap();
        Call { actor: call.actor.clone(), key: Some(key) }
    };
    let (one, two) = (keyed(b"1"), keyed(b"1"));
    let (one, two) = tokio::join!(
        office.token(&owner, &one, Role::Owner),
        office.token(&owner, &two, Role::Owner)
    );
    assert_eq!(one.unwrap(), two.unwrap());
    assert_eq!(office.world.count("api_tokens").await, 2, "the owner's own, and this one");
    assert!(office.token(&owner, &keyed(b"2"), Role::Owner).await.is_err());

    let new = NewUser {
        email: "kim@example.com".parse().unwrap(),
        name: "Kim".to_owned(),
        role: Role::Support,
    };
    let key = IdempotencyKey::new("u", "POST", "/v1/users", b"").unwrap();
    let call = Call { actor: call.actor.clone(), key: Some(key) };
    let (control, now) = (&office.world.control, Timestamp::now());
    let first = user_create(control, &call, &new, now).await.unwrap();
    assert_eq!(user_create(control, &call, &new, now).await.unwrap(), first);
    let taken = user_create(control, &Call { key: None, ..call }, &new, now).await;
    assert!(matches!(taken, Err(AccessError::EmailTaken(_))), "{taken:?}");
}

#[tokio::test]
async fn a_foreign_token_is_its_owners_business() {
    let office = Office::new().await;
    let (owner, call) = office.owner().await;
    office.hire("kim@example.com", Role::Operator).await;
    let kim = office.sign_in("kim@example.com", PASSWORD, None, Timestamp::now()).await.unwrap();
    let kim = office.caller(&kim.token).await.unwrap();
    let control = &office.world.control;

    let refused = token_revoke(control, &kim, &call, owner.token).await;
    assert!(matches!(refused, Err(AccessError::NoToken)), "{refused:?}");
    token_revoke(control, &owner, &call, kim.token).await.unwrap();
    token_revoke(control, &owner, &call, kim.token).await.unwrap();
    assert!(office.sign_in("kim@example.com", PASSWORD, None, Timestamp::now()).await.is_ok());

    // The local owner's own: the next start finds that it needs another.
    token_revoke(control, &owner, &call, owner.token).await.unwrap();
    let client = control.catalog.client().await.unwrap();
    assert!(!local_owner_ensure(&client, &office.owner).await.unwrap());
    assert!(local_owner_ensure(&client, &Secret::new("the next one")).await.unwrap());
}

#[tokio::test]
async fn an_invitation_outlives_a_change_of_role() {
    let office = Office::new().await;
    let invitation = office.invite("kim@example.com", Role::Auditor).await;
    office
        .change("kim@example.com", Change { role: Some(Role::Owner), disabled: None })
        .await
        .unwrap();
    let kim = office.caller(&invitation).await.unwrap();
    office.choose(&kim, None, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn the_platform_keeps_an_owner() {
    let office = Office::new().await;
    let demote = Change { role: Some(Role::Operator), disabled: None };
    let disable = Change { role: None, disabled: Some(true) };
    // Who was invited but never came does not count.
    office.invite("ghost@example.com", Role::Owner).await;
    for change in [demote, disable] {
        let refused = office.change("owner@localhost", change).await;
        assert!(matches!(refused, Err(AccessError::LastOwner)), "{refused:?}");
    }
    office.hire("kim@example.com", Role::Owner).await;
    // Both go at the same moment, each on the strength of the other.
    let (_, call) = office.owner().await;
    let control = &office.world.control;
    let (one, two) = tokio::join!(
        user_change(control, &call, "owner@localhost", disable),
        user_change(control, &call, "kim@example.com", demote)
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
}

#[tokio::test]
async fn a_second_factor_from_begin_to_end() {
    let office = Office::new().await;
    office.hire("kim@example.com", Role::Operator).await;
    let control = &office.world.control;
    let now = Timestamp::now();
    let kim = office.sign_in("kim@example.com", PASSWORD, None, now).await.unwrap();
    let kim = office.caller(&kim.token).await.unwrap();
    let proof = || CurrentPassword(Some(Secret::new(PASSWORD)));

    let wrong = CurrentPassword(Some(Secret::new("wrong")));
    assert!(totp_begin(control, &kim, wrong, now).await.is_err());
    let url = totp_begin(control, &kim, proof(), now).await.unwrap();
    // Begun is not on: nobody is locked out by half a set-up.
    assert!(office.sign_in("kim@example.com", PASSWORD, None, now).await.is_ok());
    let wrong = totp_confirm(control, &kim, "000", now).await;
    assert!(matches!(wrong, Err(AccessError::WrongCode)), "{wrong:?}");
    let first = code(&url, now);
    totp_confirm(control, &kim, &first, now).await.unwrap();
    let again = totp_begin(control, &kim, proof(), now).await;
    assert!(matches!(again, Err(AccessError::TotpOn)), "{again:?}");

    let without = office.sign_in("kim@example.com", PASSWORD, None, now).await;
    assert!(matches!(without, Err(AccessError::CodeNeeded)), "{without:?}");
    let without = office.sign_in("kim@example.com", "wrong password", None, now).await;
    assert!(matches!(without, Err(AccessError::Refused)), "a code is asked for after the password");
    let replayed = office.sign_in("kim@example.com", PASSWORD, Some(&first), now).await;
    assert!(matches!(replayed, Err(AccessError::WrongCode)), "{replayed:?}");
    let later = now + SignedDuration::from_secs(30);
    let next = code(&url, later);
    // Two people with the same code at once: one gets in.
    let (one, two) = tokio::join!(
        office.sign_in("kim@example.com", PASSWORD, Some(&next), later),
        office.sign_in("kim@example.com", PASSWORD, Some(&next), later)
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");

    totp_end(control, &kim, proof(), later).await.unwrap();
    assert!(office.sign_in("kim@example.com", PASSWORD, None, later).await.is_ok());
}

#[tokio::test]
async fn who_lost_the_telephone_is_invited_again() {
    let office = Office::new().await;
    office.hire("kim@example.com", Role::Operator).await;
    let control = &office.world.control;
    let now = Timestamp::now();
    let kim = office.sign_in("kim@example.com", PASSWORD, None, now).await.unwrap();
    let signed_in = office.caller(&kim.token).await.unwrap();
    let proof = CurrentPassword(Some(Secret::new(PASSWORD)));
    let url = totp_begin(control, &signed_in, proof, now).await.unwrap();
    totp_confirm(control, &signed_in, &code(&url, now), now).await.unwrap();

    let (_, call) = office.owner().await;
    let stale = invite(control, &call, "kim@example.com", now).await.unwrap();
    let invitation = invite(control, &call, "kim@example.com", now).await.unwrap();
    assert!(office.caller(&stale).await.is_none(), "the newest invitation is the only one");
    let invited = office.caller(&invitation).await.unwrap();
    office.choose(&invited, None, "another long password").await.unwrap();
    assert!(office.caller(&kim.token).await.is_none());
    assert!(office.sign_in("kim@example.com", "another long password", None, now).await.is_ok());
    let client = control.catalog.client().await.unwrap();
    let row = platform_user_fetch().bind(&client, &"kim@example.com").one().await.unwrap();
    assert!(row.totp_confirmed_at.is_none());
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let office = Office::new().await;
    office.hire("kim@example.com", Role::Operator).await;
    let now = Timestamp::now();
    for _ in 0..5 {
        let guessed = office.sign_in("kim@example.com", "a wrong guess", None, now).await;
        assert!(matches!(guessed, Err(AccessError::Refused)), "{guessed:?}");
    }
    let waiting = office.sign_in("kim@example.com", PASSWORD, None, now).await;
    assert!(matches!(waiting, Err(AccessError::SlowDown { seconds: 1 })), "{waiting:?}");
    let later = now + SignedDuration::from_secs(1);
    assert!(office.sign_in("kim@example.com", PASSWORD, None, later).await.is_ok());
}

#[tokio::test]
async fn the_audit_log_says_who_did_it_and_gives_no_secret_away() {
    let office = Office::new().await;
    let invitation = office.invite("kim@example.com", Role::Operator).await;
    let kim = office.caller(&invitation).await.unwrap();
    office.choose(&kim, None, PASSWORD).await.unwrap();
    let signed_in =
        office.sign_in("kim@example.com", PASSWORD, None, Timestamp::now()).await.unwrap();

    let superuser = office.world.server.connect(cloison_catalog::DATABASE).await;
    let rows = superuser
        .query("select actor || ' ' || action || ' ' || subject as said, audit_log::text from audit_log order by id", &[])
        .await
        .unwrap();
    let said: Vec<String> = rows.iter().map(|it| it.get(0)).collect();
    assert_eq!(
        said,
        [
            "owner@localhost user.create kim@example.com",
            "kim@example.com user.password kim@example.com",
            "kim@example.com user.sign_in kim@example.com",
        ]
    );
    for row in rows {
        let text: String = row.get(1);
        for secret in [PASSWORD, invitation.expose(), signed_in.token.expose()] {
            assert!(!text.contains(secret));
        }
    }
}

/// What an authenticator application shows for this link.
fn code(url: &Secret, now: Timestamp) -> String {
    let totp = totp_rs::Totp::from_url(url.expose()).unwrap();
    totp.generate(now.as_second().try_into().unwrap()).to_string()
}

#[tokio::test]
async fn a_link_signs_in_once_with_no_more_than_its_maker_may() {
    let office = Office::new().await;
    let (control, now) = (&office.world.control, Timestamp::now());
    let (owner, call) = office.owner().await;
    let new = NewToken { name: "report".to_owned(), role: Role::Auditor, expiry: Expiry::Default };
    let (_, restricted) = token_create(control, &owner, &call, &new, now).await.unwrap();
    let caller = office.caller(&restricted).await.unwrap();
    let (link, expires) = link_create(control, &caller, now).await.unwrap();
    assert!(expires > now);

    let signed_in = link_use(control, link.expose(), now).await.unwrap().unwrap();
    assert_eq!((signed_in.role, signed_in.email.as_str()), (Role::Auditor, "owner@localhost"));
    let visitor = office.caller(&signed_in.token).await.unwrap();
    assert_eq!((visitor.kind, visitor.authority.token), (TokenKind::SignIn, Role::Auditor));
    assert!(link_use(control, link.expose(), now).await.unwrap().is_none(), "once");
    assert!(office.caller(&link).await.is_none(), "it is good for nothing else either");
}

#[tokio::test]
async fn of_two_who_use_a_link_at_once_one_gets_in() {
    let office = Office::new().await;
    let (control, now) = (&office.world.control, Timestamp::now());
    let link = local_owner_link(control, &office.owner, now).await.unwrap().unwrap();
    let both =
        tokio::join!(link_use(control, link.expose(), now), link_use(control, link.expose(), now));
    let entered = [both.0.unwrap(), both.1.unwrap()].into_iter().flatten().count();
    assert_eq!(entered, 1);
}

#[tokio::test]
async fn what_is_no_link_or_a_link_that_is_over_signs_nobody_in() {
    let office = Office::new().await;
    let (control, now) = (&office.world.control, Timestamp::now());
    let invitation = office.invite("kim@example.com", Role::Operator).await;
    for token in [office.owner.expose(), invitation.expose(), "", "x"] {
        assert!(link_use(control, token, now).await.unwrap().is_none(), "{token}");
    }
    let wrong = Secret::new("not the token");
    assert!(local_owner_link(control, &wrong, now).await.unwrap().is_none());

    let (owner, _) = office.owner().await;
    let long_ago = now - SignedDuration::from_hours(2);
    let (expired, _) = link_create(control, &owner, long_ago).await.unwrap();
    assert!(link_use(control, expired.expose(), now).await.unwrap().is_none());

    office.hire("lou@example.com", Role::Operator).await;
    let lou = office.sign_in("lou@example.com", PASSWORD, None, now).await;
    let caller = office.caller(&lou.unwrap().token).await.unwrap();
    let (link, _) = link_create(control, &caller, now).await.unwrap();
    let (_, call) = office.owner().await;
    let change = Change { role: None, disabled: Some(true) };
    user_change(control, &call, "lou@example.com", change).await.unwrap();
    assert!(link_use(control, link.expose(), now).await.unwrap().is_none(), "disabled since");

    office.hire("max@example.com", Role::Operator).await;
    let max = office.sign_in("max@example.com", PASSWORD, None, now).await;
    let caller = office.caller(&max.unwrap().token).await.unwrap();
    let (link, _) = link_create(control, &caller, now).await.unwrap();
    office.choose(&caller, Some(PASSWORD), "another long password").await.unwrap();
    let entered = link_use(control, link.expose(), now).await.unwrap();
    assert!(entered.is_none(), "the password was changed since");
}
