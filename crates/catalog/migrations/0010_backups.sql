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

-- Work that changes nothing of what is the tenant's goes on beside other work, but not twice. A copy is somebody's who may wait for it,
-- so there may be several at once.
drop index operations_exclusive_key;
create unique index operations_exclusive_key on operations (organization_id)
    where state = 'RUNNING' and kind not in ('backup', 'verify_backup', 'restore', 'drop_copy', 'drill', 'export');
create unique index operations_beside_key on operations (organization_id, kind)
    where state = 'RUNNING' and kind in ('backup', 'drill', 'export');
create index operations_beside_index on operations (organization_id)
    where state = 'RUNNING';

-- Databases beside a tenant's own, on the same server, that nobody but the superuser can enter.
create table copies (
    -- That of the operation that has made it.
    id uuid constraint copies_pkey primary key,
    organization_id uuid not null
        constraint copies_organization_id_fkey references organizations (id) on delete cascade,
    server_id uuid not null constraint copies_server_id_fkey references servers (id),
    database_name text not null,
    state text not null default 'MAKING',
    -- What it was made of: a backup, or the server's history up to a moment.
    backup_id uuid,
    -- Which moment of the tenant's it holds.
    holds_at timestamptz,
    schema_version bigint,
    -- It is what was the tenant's own database until a swap.
    was_live boolean not null default false,
    created_at timestamptz not null default now(),
    -- Then it goes by itself.
    drop_after timestamptz not null,
    constraint copies_database_name_key unique (server_id, database_name),
    constraint copies_state_check check (state in ('MAKING', 'READY', 'DROPPING'))
);

create index copies_organization_index on copies (organization_id, created_at desc);

-- What came of restoring a backup to see whether it can be: the evidence that there are backups.
create table drills (
    -- That of the operation.
    id uuid constraint drills_pkey primary key,
    organization_id uuid not null
        constraint drills_organization_id_fkey references organizations (id) on delete cascade,
    backup_id uuid,
    -- Of the data in it.
    holds_at timestamptz,
    began_at timestamptz not null default now(),
    finished_at timestamptz,
    restore_seconds double precision,
    checked jsonb,
    failed_why text
);

create index drills_organization_index on drills (organization_id, began_at desc);

grant select, insert, update, delete on copies, drills to cloison_control;
grant select, insert, update, delete on backup_keys, backups, backup_states to cloison_control;
