-- phase: expand
--
-- Backups of single tenants: encrypted, signed, in an object store. What lies there tells of itself (a manifest beside each); this
-- is what is needed to plan, to list, and to find out that something lies there no more, or was put there by somebody else.

-- For whom a tenant's backups are encrypted. The private half is wrapped by a keystore that is not in this database, and of
-- which no copy is in its backups: with the tenant's key there, all of its backups are gone, wherever they lie.
create table backup_keys (
    organization_id uuid constraint backup_keys_pkey primary key
        constraint backup_keys_organization_id_fkey references organizations (id) on delete cascade,
    recipient text not null,
    identity_wrapped bytea not null,
    created_at timestamptz not null default now()
);

create table backups (
    -- That of the operation that has made it.
    id uuid constraint backups_pkey primary key,
    organization_id uuid not null
        constraint backups_organization_id_fkey references organizations (id) on delete cascade,
    -- Of the snapshot: what was committed before is in it, what was committed later is not.
    taken_at timestamptz not null,
    finished_at timestamptz not null default now(),
    seconds double precision not null,
    schema_version bigint not null,
    manifest_key text not null,
    -- SHA-256 of the manifest as it lies in the object store.
    manifest_hash bytea not null,
    -- Of what lies in the object store, and of the dump that is in it.
    stored_bytes bigint not null,
    dump_bytes bigint not null,
    tables integer not null,
    -- Rows of all tables.
    total_rows bigint not null,
    -- Read whole and compared with its manifest, or found not to be what it should.
    verified_at timestamptz,
    broken_why text,
    -- By a person: kept until that is taken back.
    held_by text,
    held_why text,
    constraint backups_manifest_key_key unique (manifest_key),
    constraint backups_manifest_hash_check check (octet_length(manifest_hash) = 32),
    constraint backups_bytes_check check (stored_bytes > 0 and dump_bytes > 0),
    constraint backups_held_check check ((held_by is null) = (held_why is null))
);

create index backups_organization_index on backups (organization_id, taken_at desc);

-- What the next backup of a tenant depends on. No row: nothing is known, so it is due.
create table backup_states (
    organization_id uuid constraint backup_states_pkey primary key
        constraint backup_states_organization_id_fkey references organizations (id) on delete cascade,
    -- Somebody has asked for one, whatever the schedule says.
    wanted_at timestamptz,
    -- How the server counted the changes of the database just before the newest backup; the same again means that nothing was
    -- changed since.
    change_mark text,
    -- When it was last seen to be the same.
    unchanged_at timestamptz,
    -- In a row, since the last that went well.
    failures integer not null default 0,
    failed_at timestamptz,
    constraint backup_states_failures_check check ((failures = 0) = (failed_at is null))
);

grant select, insert, update, delete on backup_keys, backups, backup_states to cloison_control;
