-- phase: expand
--
-- Erasures that can be taken back for some days, that somebody may forbid, and that leave evidence.

-- Somebody has to keep a tenant's data, whatever else is asked for. The reference does not cascade: while this row is there, the rows of
-- the tenant cannot go, whatever a program believes.
create table legal_holds (
    organization_id uuid constraint legal_holds_pkey primary key
        constraint legal_holds_organization_id_fkey references organizations (id),
    held_by text not null,
    reason text not null constraint legal_holds_reason_check check (char_length(reason) between 1 and 500),
    since timestamptz not null default now()
);

-- What was asked for, what the tenant was before, and what the steps of the erasure have come to. The certificate is made of it; it goes with
-- the tenant.
create table erasure_requests (
    organization_id uuid constraint erasure_requests_pkey primary key
        constraint erasure_requests_organization_id_fkey references organizations (id) on delete cascade,
    -- The operation that was begun by it; one that failed half-way is gone on with by another.
    operation_id uuid not null,
    asked_by text not null,
    asked_at timestamptz not null default now(),
    reason text,
    grace_seconds integer not null
        constraint erasure_requests_grace_check check (grace_seconds between 0 and 21 * 24 * 60 * 60),
    -- Somebody has said that nothing needs to be kept for the tax office.
    without_fiscal_archive boolean not null,
    former_billing text not null,
    former_access text not null,
    former_phase text not null,
    -- By step.
    made jsonb not null default '{}'
);

-- What a law wants kept of a tenant, made before the tenant was erased. It outlives the tenant, so nothing is referred to.
create table fiscal_archives (
    organization_id uuid constraint fiscal_archives_pkey primary key,
    -- Where it lies in the object store, encrypted; the key lies beside it, wrapped by the keystore.
    object_key text not null,
    -- Of what comes out when it is opened.
    bytes bigint not null,
    sha256 text not null constraint fiscal_archives_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
    tables integer not null,
    total_rows bigint not null,
    made_at timestamptz not null default now(),
    -- The law asks for it no longer.
    keep_until timestamptz not null
);

-- The signed document, and since when it lies in the object store, too. None where there was nothing to sign with.
alter table erasures
    add column certificate text,
    add column published_at timestamptz,
    -- None of an erasure by an earlier build.
    add column asked_at timestamptz;

grant select, insert, update, delete on legal_holds, erasure_requests, fiscal_archives to cloison_control;
grant update (certificate, published_at) on erasures to cloison_control;
