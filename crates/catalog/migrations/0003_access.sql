-- phase: expand
--
-- Who may do what: repetitions of a request are recognised, people sign in with a second factor,
-- tokens have a use, and the audit log's hashes leave no doubt about what they cover.

-- What a request with an Idempotency-Key has made, so that its repetition finds it.
create table idempotency_keys (
    -- The platform user; of the platform's own work, the nil UUID.
    actor_id uuid not null,
    key text not null
        constraint idempotency_keys_key_check check (char_length(key) between 1 and 200),
    -- SHA-256 of method, path and body: the same key with another one is a mistake.
    request_hash bytea not null
        constraint idempotency_keys_request_hash_check check (octet_length(request_hash) = 32),
    -- The operation, token or user that was made.
    subject_id uuid not null,
    created_at timestamptz not null default now(),
    constraint idempotency_keys_pkey primary key (actor_id, key)
);

create index idempotency_keys_created_at_index on idempotency_keys (created_at);

alter table platform_users
    add column password_changed_at timestamptz,
    -- The shared secret of the one-time codes, in base32, sealed with the master key.
    add column totp_secret_sealed bytea,
    -- From here on a code is asked for.
    add column totp_confirmed_at timestamptz,
    -- The period of the newest code that was taken: no code is good twice.
    add column totp_last_step bigint not null default 0,
    add constraint platform_users_totp_check check (totp_confirmed_at is null or totp_secret_sealed is not null);

-- What a token is for: programs, one sign-in of a person, or the choice of a first password and nothing else.
alter table api_tokens
    add column kind text not null default 'api'
        constraint api_tokens_kind_check check (kind in ('api', 'sign_in', 'invitation'));

create index api_tokens_platform_user_id_index on api_tokens (platform_user_id, id);

-- How the hash was made: 1 joined the fields by a bar, which a field may hold too.
alter table audit_log
    add column format smallint not null default 1;

create index audit_log_actor_index on audit_log (actor, id);
create index audit_log_action_index on audit_log (action, id);
create index audit_log_subject_index on audit_log (subject, id);

-- Format 2: each field as its length in bytes, a colon, the field and a comma, so no two rows have
-- the same text. `control::audit` computes the same outside the database.
create or replace function audit_append(p_actor text, p_action text, p_subject text, p_detail jsonb) returns bigint
    language plpgsql
    security definer
    set search_path = public, pg_temp
as $$
declare
    head audit_head;
    written timestamptz := clock_timestamp();
    fields text;
    link bytea;
begin
    -- The head's row lock puts writers in line.
    select * into head from audit_head for update;
    select string_agg(octet_length(convert_to(field, 'UTF8')) || ':' || field || ',', '' order by place)
    into fields
    from unnest(array[
        '2',
        (head.last_id + 1)::text,
        to_char(written at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        p_actor, p_action, p_subject, p_detail::text
    ]) with ordinality as listed (field, place);
    link := sha256(head.last_hash || convert_to(fields, 'UTF8'));
    insert into audit_log (id, at, actor, action, subject, detail, previous_hash, hash, format)
    values (head.last_id + 1, written, p_actor, p_action, p_subject, p_detail, head.last_hash, link, 2);
    update audit_head set last_id = head.last_id + 1, last_hash = link;
    return head.last_id + 1;
end
$$;

-- To lock a row that is to go, PostgreSQL asks for the right to update it.
grant select, insert, update, delete on idempotency_keys to cloison_control;
