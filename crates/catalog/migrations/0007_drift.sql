-- phase: expand
--
-- Drift: which schemas the tenants' databases really have, whatever version they are said to be at.

-- Each distinct schema once, however many databases have it.
create table schemas (
    -- SHA-256 of the lines, in hexadecimal.
    fingerprint text constraint schemas_pkey primary key,
    -- As model::Schema writes them.
    lines text not null,
    first_seen_at timestamptz not null default now(),
    -- When the log said that tenants have it and should have another. Once is enough.
    told_at timestamptz
);

alter table tenants
    -- When its schema was last read, or when somebody last set out to. Beside an empty fingerprint, that it failed.
    add column schema_fingerprinted_at timestamptz,
    add constraint tenants_schema_fingerprint_fkey foreign key (schema_fingerprint) references schemas (fingerprint);

create index tenants_schema_fingerprint_index on tenants (schema_fingerprint);

-- What each server's new tenants are cloned from: the schema that a version should have.
create table server_templates (
    server_id uuid constraint server_templates_pkey primary key
        constraint server_templates_server_id_fkey references servers (id) on delete cascade,
    schema_version bigint not null,
    fingerprint text not null
        constraint server_templates_fingerprint_fkey references schemas (fingerprint),
    fingerprinted_at timestamptz not null default now()
);

create index server_templates_fingerprint_index on server_templates (fingerprint);

-- What was read belongs to the version that it was read at. Whoever changes the version may give the new fingerprint
-- with it. No route changes with a fingerprint, so no epoch does.
create function tenants_schema_forget() returns trigger
    language plpgsql
as $$
begin
    new.schema_fingerprint := null;
    new.schema_fingerprinted_at := null;
    return new;
end
$$;

create trigger tenants_schema
    before update of schema_version on tenants
    for each row
    when (
        new.schema_version is distinct from old.schema_version
        and new.schema_fingerprint is not distinct from old.schema_fingerprint
    )
    execute function tenants_schema_forget();

grant select, insert, update, delete on schemas, server_templates to cloison_control;
