--! platform_user_ensure : (id)
insert into platform_users (id, email, display_name, role)
values (:id, :email::text::citext, :display_name, :role)
on conflict on constraint platform_users_email_key do update
set email = excluded.email
returning id;

--! api_token_insert (expires_at?)
insert into api_tokens (id, platform_user_id, name, token_hash, role, expires_at)
values (:id, :platform_user_id, :name, :token_hash, :role, :expires_at);

--! api_token_fetch : (id, role, email)
select api_tokens.id, api_tokens.role, platform_users.email::text as email
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
