-- phase: expand
--
-- The fleet goes from one version of the tenants' schema to another by a rollout, which is an operation like any other:
-- its row names the step, and these tables what the step works on.

-- Every migration that was ever released, with its text: any build can run it, and an edited file is known by its name.
-- What no tenant has been given yet is not released, and may still be edited.
create table migrations (
    version bigint constraint migrations_pkey primary key constraint migrations_version_check check (version > 0),
    name text not null,
    phase text not null
        constraint migrations_phase_check check (phase in ('expand', 'backfill', 'contract')),
    checksum text not null,
    up_sql text not null,
    down_sql text,
    released_at timestamptz
);

-- What new tenants are made at, and all others are brought to.
create table fleet (
    only_row boolean not null default true constraint fleet_pkey primary key
        constraint fleet_only_row_check check (only_row),
    schema_version bigint not null
);

create table rollouts (
    number bigint generated always as identity constraint rollouts_pkey primary key,
    operation_id uuid not null
        constraint rollouts_operation_id_fkey references operations (id)
        constraint rollouts_operation_id_key unique,
    direction text not null
        constraint rollouts_direction_check check (direction in ('UP', 'DOWN')),
    -- The fleet's version before it, and after.
    from_version bigint not null,
    to_version bigint not null,
    -- On the way back: which one it takes back.
    rolls_back bigint constraint rollouts_rolls_back_fkey references rollouts (number),
    canaries text[] not null,
    -- Per cent of the fleet that have been started once a wave is through.
    waves smallint[] not null,
    max_failures integer not null constraint rollouts_max_failures_check check (max_failures >= 0),
    per_server integer not null constraint rollouts_per_server_check check (per_server > 0),
    in_total integer not null constraint rollouts_in_total_check check (in_total > 0),
    -- Until then tenants are left to their first request.
    lazy_until timestamptz,
    skip_shadow boolean not null default false,
    paused_by text,
    paused_why text,
    -- What the shadow run has found, for people.
    shadow jsonb,
    templates_moved boolean not null default false,
    created_at timestamptz not null default now(),
    -- When the first tenant could be started.
    started_at timestamptz,
    constraint rollouts_paused_check check ((paused_by is null) = (paused_why is null))
);

create table rollout_tenants (
    rollout bigint not null
        constraint rollout_tenants_rollout_fkey references rollouts (number) on delete cascade,
    organization_id uuid not null
        constraint rollout_tenants_organization_id_fkey references organizations (id) on delete cascade,
    -- 0 is the canaries'.
    wave smallint not null,
    server_id uuid not null,
    from_version bigint not null,
    state text not null default 'PENDING'
        constraint rollout_tenants_state_check
        check (state in ('PENDING', 'RUNNING', 'DONE', 'FAILED', 'SKIPPED')),
    started_at timestamptz,
    finished_at timestamptz,
    constraint rollout_tenants_pkey primary key (rollout, organization_id)
) with (fillfactor = 70);

create index rollout_tenants_pending_index on rollout_tenants (rollout, server_id, wave)
    where state = 'PENDING';
create index rollout_tenants_organization_id_index on rollout_tenants (organization_id);

-- Tenants whose migration has failed for good. They stay where they are until somebody has it tried again.
create table quarantines (
    organization_id uuid constraint quarantines_pkey primary key
        constraint quarantines_organization_id_fkey references organizations (id) on delete cascade,
    rollout bigint constraint quarantines_rollout_fkey references rollouts (number) on delete set null,
    -- The migration that failed, if one did.
    version bigint,
    name text,
    sqlstate text,
    statement text,
    message text not null,
    hint text,
    -- The version that the tenant is at.
    at_version bigint not null,
    quarantined_at timestamptz not null default now()
);

-- One rollout at a time.
create unique index operations_rollout_key on operations (kind) where kind = 'rollout' and state = 'RUNNING';

-- The version that a tenant is brought to when the next request comes for it.
alter table tenants add column awaits_version bigint;

drop trigger tenants_route on tenants;
create trigger tenants_route
    after update of server_id, database_name, role_name, database_password_sealed, phase, schema_version, awaits_version
    on tenants
    for each row execute function route_changed_by_tenant();

create or replace view routes as
select
    organizations.id,
    organizations.subdomain::text as subdomain,
    organizations.access_mode,
    tenants.epoch,
    tenants.phase,
    tenants.schema_version,
    tenants.database_name,
    tenants.role_name,
    tenants.database_password_sealed,
    servers.id as server_id,
    servers.host,
    servers.port,
    plans.connection_limit,
    plans.statement_timeout_ms,
    plans.lock_timeout_ms,
    plans.idle_in_transaction_timeout_ms,
    array(
        select domains.hostname::text
        from domains
        where domains.organization_id = organizations.id
            and domains.verified_at is not null
        order by domains.hostname
    ) as hostnames,
    plans.connection_weight,
    -- The newest migration it has had that takes something away: who does not know that one cannot use the database.
    coalesce(
        (
            select max(migrations.version)
            from migrations
            where migrations.phase = 'contract'
                and migrations.version <= tenants.schema_version
        ),
        0
    ) as schema_floor,
    tenants.awaits_version
from tenants
join organizations on organizations.id = tenants.organization_id
join servers on servers.id = tenants.server_id
join lateral (
    select subscriptions.plan_code, subscriptions.plan_version
    from subscriptions
    where subscriptions.organization_id = organizations.id
    order by subscriptions.created_at desc
    limit 1
) as newest on true
join plans on plans.code = newest.plan_code and plans.version = newest.plan_version;

grant select, insert, update, delete
    on migrations, fleet, rollouts, rollout_tenants, quarantines
    to cloison_control;
