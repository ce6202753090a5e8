-- phase: expand
--
-- A one-time link for the studio's owner, and nothing else: for whoever looks at a copy of the studio, which is to stay as it was. The
-- owner whose e-mail is given, or else whoever has been owner for longest.

create function cloison_sign_in_link(data jsonb) returns void
    language sql
    set search_path = public, pg_temp
    as $$
        insert into sign_in_links (token_hash, user_id, expires_at)
        select decode(data ->> 'sign_in_token_hash', 'hex'), owner.id, (data ->> 'sign_in_expires_at')::timestamptz
        from (
            select users.id
            from users
            where users.role = 'OWNER'
                and users.status <> 'DISABLED'
            order by lower(users.email) = lower(trim(data ->> 'owner_email')) desc, users.created_at, users.id
            limit 1
        ) as owner
        on conflict (token_hash) do nothing
    $$;

revoke execute on function cloison_sign_in_link(jsonb) from public;
