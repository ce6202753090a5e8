--: ApiToken(expires_at?, last_used_at?, revoked_at?)

--! api_token_insert (expires_at?)
insert into api_tokens (id, platform_user_id, name, token_hash, role, kind, expires_at)
values (:id, :platform_user_id, :name, :token_hash, :role, :kind, :expires_at);

--! api_token_ensure : (revoked_at?)
insert into api_tokens (id, platform_user_id, name, token_hash, role)
values (:id, :platform_user_id, :name, :token_hash, :role)
on conflict on constraint api_tokens_token_hash_key do update
set name = excluded.name
returning revoked_at;

--! api_token_authenticate : (id, kind, role, platform_user_id, email, user_role)
select
    api_tokens.id,
    api_tokens.kind,
    api_tokens.role,
    api_tokens.platform_user_id,
    platform_users.email::text as email,
    platform_users.role as user_role
from api_tokens
join platform_users on platform_users.id = api_tokens.platform_user_id
where api_tokens.token_hash = :token_hash
    and api_tokens.revoked_at is null
    and (api_tokens.expires_at is null or api_tokens.expires_at > now())
    and platform_users.disabled_at is null;

--! api_token_touch
update api_tokens
set last_used_at = now()
where id = :id
    and (last_used_at is null or last_used_at < now() - interval '1 minute');

--! api_token_fetch : ApiToken
select
    api_tokens.id,
    api_tokens.platform_user_id,
    platform_users.email::text as email,
    api_tokens.name,
    api_tokens.role,
    api_tokens.kind,
    api_tokens.created_at,
    api_tokens.expires_at,
    api_tokens.last_used_at,
    api_tokens.revoked_at
from api_tokens
join platform_users on platform_users.id = api_tokens.platform_user_id
where api_tokens.id = :id;

--! api_token_page (platform_user_id?, before?) : ApiToken
select
    api_tokens.id,
    api_tokens.platform_user_id,
    platform_users.email::text as email,
    api_tokens.name,
    api_tokens.role,
    api_tokens.kind,
    api_tokens.created_at,
    api_tokens.expires_at,
    api_tokens.last_used_at,
    api_tokens.revoked_at
from api_tokens
join platform_users on platform_users.id = api_tokens.platform_user_id
where (:platform_user_id::uuid is null or api_tokens.platform_user_id = :platform_user_id::uuid)
    and (:before::uuid is null or api_tokens.id < :before::uuid)
order by api_tokens.id desc
limit :row_limit;

--! api_token_use : (id, role, platform_user_id, email)
-- What is good once. Of two who come with it, one finds it.
update api_tokens
set revoked_at = now(),
    last_used_at = now()
from platform_users
where api_tokens.token_hash = :token_hash
    and api_tokens.kind = :kind
    and api_tokens.revoked_at is null
    and api_tokens.expires_at > now()
    and platform_users.id = api_tokens.platform_user_id
    and platform_users.disabled_at is null
returning api_tokens.id, api_tokens.role, api_tokens.platform_user_id, platform_users.email::text as email;

--! api_token_revoke
update api_tokens
set revoked_at = now()
where id = :id
    and revoked_at is null;

--! api_token_revoke_kind
update api_tokens
set revoked_at = now()
where platform_user_id = :platform_user_id
    and kind = :kind
    and id <> :except
    and revoked_at is null;

--! api_token_forget
delete from api_tokens
where id in (
    select old.id
    from api_tokens as old
    where old.kind <> 'api'
        and old.expires_at < now() - make_interval(days => :days)
    order by old.id
    limit :row_limit
    for update skip locked
);
