-- phase: expand
-- extensions: pg_trgm
--
-- Who works here and for whom: the studio's settings, its users and their sign-ins, its clients.
-- Runs as cloison_owner, which owns every object. The runtime roles get what is granted below, table
-- by table, and nothing is left to PUBLIC.

alter default privileges revoke execute on functions from public;
revoke all on schema public from public;
-- By name, since in a copy of this database another role may be the database's owner.
grant usage, create on schema public to cloison_owner;
grant usage on schema public to cloison_app, cloison_reader;

-- Text made comparable: no accents, no strokes, no case, no ligatures, one apostrophe. It decomposes before it
-- lowers, so it works under the C locale, where lower() knows ASCII alone.
create function fold(value text) returns text
    language sql immutable strict parallel safe
    return replace(replace(replace(replace(replace(replace(
        lower(translate(regexp_replace(normalize(value, nfkd), '[\u0300-\u036f]', '', 'g'), 'łŁøØđĐ', 'lloodd')),
        'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae'), 'ß', 'ss'), '’', '''');

create table studio_settings (
    one          boolean primary key default true,
    name         text    not null,
    time_zone    text    not null default 'Europe/Paris',
    locale       text    not null default 'fr',
    currency     text    not null default 'EUR',
    hold_hours   integer not null default 72,
    version      integer not null default 1,
    constraint studio_settings_one_row check (one),
    constraint studio_settings_name_length check (char_length(name) between 1 and 120),
    constraint studio_settings_locale_known check (locale in ('fr', 'en')),
    constraint studio_settings_currency_iso check (currency ~ '^[A-Z]{3}$'),
    constraint studio_settings_hold_hours_sane check (hold_hours between 1 and 720)
);

-- A duration and not a closing time, so that 18:00 for ten hours passes midnight without a special case.
create table opening_rules (
    id               uuid     primary key default gen_random_uuid(),
    weekday          smallint not null, -- 1 is Monday, as in ISO 8601
    opens_at         time     not null, -- local to the studio's time zone
    duration_minutes integer  not null,
    constraint opening_rules_weekday_iso check (weekday between 1 and 7),
    constraint opening_rules_duration_sane check (duration_minutes between 15 and 1440),
    constraint opening_rules_no_duplicate unique (weekday, opens_at)
);

create table users (
    id            uuid        primary key default gen_random_uuid(),
    email         text        not null,
    display_name  text        not null,
    role          text        not null,
    locale        text        not null default 'fr',
    status        text        not null default 'INVITED',
    password_hash text,
    created_at    timestamptz not null default now(),
    version       integer     not null default 1,
    constraint users_email_shape check (char_length(email) between 3 and 254 and email like '%_@_%'),
    constraint users_display_name_length check (char_length(display_name) between 1 and 120),
    constraint users_role_known check (role in ('OWNER', 'MANAGER', 'ENGINEER', 'ASSISTANT', 'RECEPTION', 'ACCOUNTANT', 'READONLY')),
    constraint users_locale_known check (locale in ('fr', 'en')),
    constraint users_status_known check (status in ('INVITED', 'ACTIVE', 'DISABLED'))
);
create unique index users_email_key on users (lower(email));

-- A browser that is signed in. The token is in the cookie alone; here is its SHA-256.
create table sign_ins (
    token_hash   bytea       primary key,
    user_id      uuid        not null,
    created_at   timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at   timestamptz not null,
    user_agent   text        not null default '',
    constraint sign_ins_token_hash_sha256 check (octet_length(token_hash) = 32),
    constraint sign_ins_expire_later check (expires_at > created_at),
    constraint sign_ins_user_agent_length check (char_length(user_agent) <= 400),
    constraint sign_ins_user_fkey foreign key (user_id) references users (id) on delete cascade
);
create index sign_ins_user_id_idx on sign_ins (user_id);
create index sign_ins_expires_at_idx on sign_ins (expires_at);

-- A link that signs one person in, once: the invitation, and later the forgotten password.
create table sign_in_links (
    token_hash bytea       primary key,
    user_id    uuid        not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at    timestamptz,
    constraint sign_in_links_token_hash_sha256 check (octet_length(token_hash) = 32),
    constraint sign_in_links_user_fkey foreign key (user_id) references users (id) on delete cascade
);
create index sign_in_links_user_id_idx on sign_in_links (user_id);

create table clients (
    id                 uuid        primary key default gen_random_uuid(),
    kind               text        not null,
    display_name       text        not null,
    legal_name         text,
    email              text,
    phone              text,
    siren              text,
    vat_number         text,
    is_vat_taxable     boolean     not null default false,
    country            text        not null default 'FR',
    locale             text        not null default 'fr',
    payment_terms_days integer     not null default 30,
    notes              text        not null default '',
    status             text        not null default 'ACTIVE',
    merged_into_id     uuid,
    erased_at          timestamptz,
    created_at         timestamptz not null default now(),
    version            integer     not null default 1,
    sort_name          text        not null generated always as (fold(display_name)) stored,
    search_text        text        not null generated always as (
        fold(display_name || ' ' || coalesce(legal_name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))
    ) stored,
    constraint clients_kind_known check (kind in ('PERSON', 'COMPANY', 'BAND')),
    constraint clients_display_name_length check (char_length(display_name) between 1 and 120),
    constraint clients_legal_name_length check (char_length(legal_name) between 1 and 200),
    constraint clients_email_shape check (char_length(email) between 3 and 254 and email like '%_@_%'),
    constraint clients_phone_length check (char_length(phone) between 3 and 40),
    constraint clients_siren_digits check (siren ~ '^[0-9]{9}$'),
    constraint clients_vat_number_shape check (vat_number ~ '^[A-Z]{2}[0-9A-Z]{2,13}$'),
    constraint clients_country_iso check (country ~ '^[A-Z]{2}$'),
    constraint clients_locale_known check (locale in ('fr', 'en')),
    constraint clients_payment_terms_legal check (payment_terms_days between 0 and 60),
    constraint clients_notes_length check (char_length(notes) <= 4000),
    constraint clients_status_known check (status in ('ACTIVE', 'ARCHIVED', 'RESTRICTED', 'ERASED', 'MERGED')),
    constraint clients_merged_names_its_heir check ((status = 'MERGED') = (merged_into_id is not null)),
    constraint clients_erased_says_when check ((status = 'ERASED') = (erased_at is not null)),
    constraint clients_merged_into_fkey foreign key (merged_into_id) references clients (id)
);
create index clients_search_text_idx on clients using gin (search_text gin_trgm_ops);
create index clients_sort_name_idx on clients (sort_name, id);

-- Clients that read nearly like what was typed: a letter swapped or left out. The threshold is set here because the
-- index obeys the setting and not an operator's argument.
create function clients_alike(folded text) returns table (id uuid, likeness real)
    language sql stable set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.4 as $$
    select c.id, word_similarity(folded, c.search_text)
    from clients c
    where folded <% c.search_text
$$;
grant execute on function clients_alike(text) to cloison_app, cloison_reader;

-- Search folds what was typed, so both roles call fold(); a person's rows are never deleted by the
-- application: users are disabled, clients archived or erased in place.
grant execute on function fold(text) to cloison_app, cloison_reader;
grant select, update on studio_settings to cloison_app;
grant select, insert, update, delete on opening_rules to cloison_app;
grant select, insert, update on users, clients to cloison_app;
grant select, insert, update, delete on sign_ins, sign_in_links to cloison_app;

-- Signing in has to work while a studio is read-only. That is why the reader sees password hashes
-- and writes sign-ins, and writes nothing else but that a link has been used.
grant select on studio_settings, opening_rules, users, clients, sign_ins, sign_in_links to cloison_reader;
grant insert, update, delete on sign_ins to cloison_reader;
grant update (used_at) on sign_in_links to cloison_reader;
