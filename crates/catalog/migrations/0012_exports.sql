-- phase: expand
--
-- All that a tenant has, packed for its owner: kept in the object store until it expires.
create table exports (
    -- That of the operation that makes it.
    id uuid constraint exports_pkey primary key,
    organization_id uuid not null
        constraint exports_organization_id_fkey references organizations (id) on delete cascade,
    made_by text not null,
    asked_at timestamptz not null default now(),
    -- Then it goes by itself. Counted anew once it is made.
    expires_at timestamptz not null,
    -- Null until it is made, all of them.
    taken_at timestamptz,
    object_key text,
    -- Of the zip, as it is when it has been opened.
    bytes bigint,
    sha256 text,
    tables integer,
    total_rows bigint,
    files integer,
    constraint exports_object_key_key unique (object_key),
    constraint exports_made_check check (
        num_nulls(taken_at, object_key, bytes, sha256, tables, total_rows, files) in (0, 7)
    ),
    constraint exports_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint exports_bytes_check check (bytes > 0)
);

create index exports_organization_index on exports (organization_id, asked_at desc);
create index exports_expires_at_index on exports (expires_at);

-- Who has the token gets this export, and nothing else. The row stays for a while after the export has gone, so that whoever comes late
-- is told that.
create table export_links (
    -- SHA-256.
    token_hash bytea constraint export_links_pkey primary key,
    export_id uuid not null,
    organization_id uuid not null
        constraint export_links_organization_id_fkey references organizations (id) on delete cascade,
    made_by text not null,
    made_at timestamptz not null default now(),
    expires_at timestamptz not null,
    constraint export_links_token_hash_check check (octet_length(token_hash) = 32)
);

create index export_links_expires_at_index on export_links (expires_at);
create index export_links_organization_index on export_links (organization_id);

grant select, insert, update, delete on exports, export_links to cloison_control;
