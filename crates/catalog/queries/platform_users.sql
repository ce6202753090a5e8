--: PlatformUser(password_changed_at?, totp_confirmed_at?, disabled_at?)
--: Secrets(password_hash?, totp_secret_sealed?, totp_confirmed_at?, disabled_at?)

--! platform_user_ensure : (id)
insert into platform_users (id, email, display_name, role)
values (:id, :email::text::citext, :display_name, :role)
on conflict on constraint platform_users_email_key do update
set email = excluded.email
returning id;

--! platform_user_insert
insert into platform_users (id, email, display_name, role)
values (:id, :email::text::citext, :display_name, :role);

--! platform_user_fetch : PlatformUser
select id, email::text as email, display_name, role, created_at, password_changed_at, totp_confirmed_at, disabled_at
from platform_users
where email = :email::text::citext;

--! platform_user_page (after?) : PlatformUser
select id, email::text as email, display_name, role, created_at, password_changed_at, totp_confirmed_at, disabled_at
from platform_users
where :after::text is null or platform_users.email > :after::text::citext
order by platform_users.email
limit :row_limit;

--! platform_user_secrets : Secrets
select id, email::text as email, role, password_hash, totp_secret_sealed, totp_confirmed_at, totp_last_step, disabled_at
from platform_users
where email = :email::text::citext;

--! platform_user_secrets_of_id : Secrets
select id, email::text as email, role, password_hash, totp_secret_sealed, totp_confirmed_at, totp_last_step, disabled_at
from platform_users
where id = :id;

--! platform_owner_lock : (id)
select platform_users.id
from platform_users
where platform_users.role = 'owner'
    and platform_users.disabled_at is null
    and (platform_users.password_hash is not null or exists (
        select
        from api_tokens
        where api_tokens.platform_user_id = platform_users.id
            and api_tokens.kind = 'api'
            and api_tokens.role = 'owner'
            and api_tokens.revoked_at is null
            and (api_tokens.expires_at is null or api_tokens.expires_at > now())
    ))
order by platform_users.id
limit :row_limit
for update of platform_users;

--! platform_user_set_role
update platform_users
set role = :role
where id = :id;

--! platform_user_set_disabled
update platform_users
set disabled_at = case when :disabled then coalesce(disabled_at, now()) end
where id = :id;

--! platform_user_set_password
update platform_users
set password_hash = :password_hash,
    password_changed_at = now()
where id = :id;

--! platform_user_begin_totp
update platform_users
set totp_secret_sealed = :totp_secret_sealed
where id = :id
    and totp_confirmed_at is null;

--! platform_user_confirm_totp
update platform_users
set totp_confirmed_at = now()
where id = :id
    and totp_secret_sealed = :totp_secret_sealed
    and totp_confirmed_at is null;

--! platform_user_spend_totp
update platform_users
set totp_last_step = :step
where id = :id
    and totp_last_step < :step;

--! platform_user_clear_totp
update platform_users
set totp_secret_sealed = null,
    totp_confirmed_at = null
where id = :id;
