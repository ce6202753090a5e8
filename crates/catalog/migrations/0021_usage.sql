-- phase: expand
--
-- What tenants use, as one row a day, and what their plans allow.

-- Null is no limit. A limit informs: nothing is refused because of it, and what is done about it is a person's decision.
alter table plans
    add column database_bytes_max bigint
        constraint plans_database_bytes_max_check check (database_bytes_max > 0),
    add column requests_per_day_max bigint
        constraint plans_requests_per_day_max_check check (requests_per_day_max > 0);

-- A plan is never edited, so whoever has the version before goes on without limits.
insert into plans (
    code, version, name, price_cents, currency, connection_limit, statement_timeout_ms, lock_timeout_ms,
    idle_in_transaction_timeout_ms, connection_weight, database_bytes_max, requests_per_day_max
)
select distinct on (plans.code)
    plans.code, plans.version + 1, plans.name, plans.price_cents, plans.currency, plans.connection_limit,
    plans.statement_timeout_ms, plans.lock_timeout_ms, plans.idle_in_transaction_timeout_ms, plans.connection_weight,
    limits.database_bytes_max, limits.requests_per_day_max
from plans
join (
    values
        ('standard', 5000000000, 100000),
        ('label', 25000000000, 500000)
) as limits (code, database_bytes_max, requests_per_day_max) on limits.code = plans.code
order by plans.code, plans.version desc;

-- Whoever asks for everybody's plan looks here once for each, and reads no other's subscriptions.
create index subscriptions_newest_index on subscriptions (organization_id, created_at);

-- What a tenant is held to by the plan that it has now.
create view tenant_limits as
select
    organizations.id as organization_id,
    organizations.subdomain::text as subdomain,
    plans.code as plan,
    plans.connection_limit,
    plans.database_bytes_max,
    plans.requests_per_day_max
from organizations
join lateral (
    select subscriptions.plan_code, subscriptions.plan_version
    from subscriptions
    where subscriptions.organization_id = organizations.id
    order by subscriptions.created_at desc
    limit 1
) as newest on true
join plans on plans.code = newest.plan_code and plans.version = newest.plan_version;

-- Days are those of UTC.
create table usage_days (
    organization_id uuid not null
        constraint usage_days_organization_id_fkey references organizations (id) on delete cascade,
    day date not null,
    -- As the processes that serve have counted.
    requests bigint not null default 0,
    busy_us bigint not null default 0,
    sent_bytes bigint not null default 0,
    -- As the tenant's server has counted.
    transactions bigint not null default 0,
    rows_changed bigint not null default 0,
    query_us bigint not null default 0,
    sessions bigint not null default 0,
    temp_bytes bigint not null default 0,
    deadlocks bigint not null default 0,
    -- Null where the server does not count statements.
    statements bigint,
    statement_us bigint,
    -- The most that were seen at once, and the newest size.
    connections_max bigint not null default 0,
    database_bytes bigint,
    -- The highest standing that others were told of on that day.
    requests_told text not null default 'WITHIN'
        constraint usage_days_requests_told_check check (requests_told in ('WITHIN', 'NEAR', 'OVER')),
    database_told text not null default 'WITHIN'
        constraint usage_days_database_told_check check (database_told in ('WITHIN', 'NEAR', 'OVER')),
    constraint usage_days_pkey primary key (organization_id, day)
) with (fillfactor = 70);

create index usage_days_day_index on usage_days (day);

-- Up to where a tenant's database has been counted: its counters as they were then. Written in the commit that adds what came since.
create table usage_marks (
    organization_id uuid constraint usage_marks_pkey primary key
        constraint usage_marks_organization_id_fkey references organizations (id) on delete cascade,
    -- Which database: not its name, which another may get.
    server_id uuid not null
        constraint usage_marks_server_id_fkey references servers (id) on delete cascade,
    database_oid bigint not null,
    -- Microseconds since 1970; 0 if it has not been.
    reset_us bigint not null,
    commits bigint not null,
    rollbacks bigint not null,
    rows_written bigint not null,
    temp_bytes bigint not null,
    deadlocks bigint not null,
    sessions bigint not null,
    active_us bigint not null,
    -- Null where the server does not count statements.
    statements bigint,
    statement_us bigint,
    statements_reset_us bigint,
    day date not null,
    database_bytes bigint,
    database_standing text not null
        constraint usage_marks_database_standing_check check (database_standing in ('WITHIN', 'NEAR', 'OVER'))
) with (fillfactor = 50);

-- Who reads a server's counters: whoever has its newest token. What was read under an older one is not counted.
create table usage_sources (
    server_id uuid constraint usage_sources_pkey primary key
        constraint usage_sources_server_id_fkey references servers (id) on delete cascade,
    token bigint not null default 0,
    due_at timestamptz not null default now(),
    collected_at timestamptz,
    counts_statements boolean not null default false
) with (fillfactor = 50);

-- The newest bundle of counted requests that each process has added: one that is sent again is not added again.
create table usage_bundles (
    -- A new one for each start of a process.
    node_id uuid constraint usage_bundles_pkey primary key,
    number bigint not null,
    at timestamptz not null default now()
) with (fillfactor = 50);

grant select on tenant_limits to cloison_control;
grant select, insert, update, delete on usage_days, usage_marks, usage_sources, usage_bundles to cloison_control;
