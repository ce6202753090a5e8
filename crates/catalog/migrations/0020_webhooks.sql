-- phase: expand
--
-- What became of tenants, as a log that others follow: by asking for what came after a number, or by webhooks.
create table events (
    sequence bigint generated always as identity constraint events_pkey primary key,
    id uuid not null constraint events_id_key unique,
    type text not null,
    -- Of no tenant where it is about the fleet. It stays when the tenant goes.
    organization_id uuid,
    subdomain text,
    at timestamptz not null,
    -- No secrets, and nothing about a person.
    data jsonb not null
);

create index events_at_index on events (at);
create index events_subdomain_index on events (subdomain, sequence);

-- The lock is held until the commit, so numbers become visible in their order and whoever asks for "everything after the last one
-- I saw" misses nothing. It is the last lock that a transaction takes. The commit waits for the disk, whatever else is in it: a
-- number that somebody has seen must not be given to another event after a crash.
create function event_append(p_id uuid, p_type text, p_organization_id uuid, p_subdomain text, p_data jsonb) returns bigint
    language plpgsql
as $$
declare
    written bigint;
begin
    perform set_config('synchronous_commit', 'on', true);
    perform pg_advisory_xact_lock(hashtext('cloison events'));
    insert into events (id, type, organization_id, subdomain, at, data)
    values (p_id, p_type, p_organization_id, p_subdomain, clock_timestamp(), p_data)
    returning sequence into written;
    perform pg_notify('cloison_events', written::text);
    return written;
end
$$;

create table webhook_endpoints (
    id uuid constraint webhook_endpoints_pkey primary key,
    url text not null,
    description text not null,
    -- All of them, if it is empty.
    event_types text[] not null,
    secret_sealed bytea not null,
    -- The one before, which signs too for a while.
    former_secret_sealed bytea,
    former_secret_until timestamptz,
    state text not null default 'ENABLED'
        constraint webhook_endpoints_state_check check (state in ('ENABLED', 'DISABLED')),
    disabled_why text,
    -- The last event that was delivered, or is none of its own.
    cursor bigint not null,
    -- Of the event after it.
    failures integer not null default 0,
    failing_since timestamptz,
    due_at timestamptz not null default now(),
    lease_token bigint not null default 0,
    leased_until timestamptz,
    created_at timestamptz not null default now(),
    constraint webhook_endpoints_former_check check ((former_secret_sealed is null) = (former_secret_until is null)),
    constraint webhook_endpoints_disabled_check check ((state = 'DISABLED') = (disabled_why is not null))
);

-- The last attempts of each endpoint.
create table webhook_deliveries (
    id bigint generated always as identity constraint webhook_deliveries_pkey primary key,
    endpoint_id uuid not null
        constraint webhook_deliveries_endpoint_id_fkey references webhook_endpoints (id) on delete cascade,
    event_id uuid not null,
    -- Empty for one that was only tried.
    sequence bigint,
    type text not null,
    at timestamptz not null default now(),
    -- Empty where nothing came back.
    status integer,
    -- Empty where it was delivered.
    why text,
    milliseconds integer not null
);

create index webhook_deliveries_endpoint_index on webhook_deliveries (endpoint_id, id);

create or replace view sealed_values as
select 'tenants.database_password' as place, 'present' as variant, organization_id as id, database_password_sealed as sealed
from tenants
union all
select 'tenants.database_password', 'next', organization_id, next_password_sealed
from tenants
where next_password_sealed is not null
union all
select 'tenants.database_password', 'spare', id, database_password_sealed
from spares
union all
select 'servers.admin_password', 'present', id, admin_password_sealed
from servers
where admin_password_sealed is not null
union all
select 'operations.secret', 'present', id, secret_sealed
from operations
where secret_sealed is not null
union all
select 'platform_users.totp_secret', 'present', id, totp_secret_sealed
from platform_users
where totp_secret_sealed is not null
union all
select 'tenants.database_password', 'inspection', copy_id, role_password_sealed
from inspections
union all
select 'webhook_endpoints.secret', 'present', id, secret_sealed
from webhook_endpoints
union all
select 'webhook_endpoints.secret', 'former', id, former_secret_sealed
from webhook_endpoints
where former_secret_sealed is not null;

create or replace function sealed_value_replace(p_place text, p_variant text, p_id uuid, p_old bytea, p_new bytea) returns boolean
    language plpgsql
as $$
begin
    case p_place || ' ' || p_variant
        when 'tenants.database_password present' then
            update tenants set database_password_sealed = p_new
            where organization_id = p_id and database_password_sealed = p_old;
        when 'tenants.database_password next' then
            update tenants set next_password_sealed = p_new
            where organization_id = p_id and next_password_sealed = p_old;
        when 'tenants.database_password spare' then
            update spares set database_password_sealed = p_new
            where id = p_id and database_password_sealed = p_old;
        when 'tenants.database_password inspection' then
            update inspections set role_password_sealed = p_new
            where copy_id = p_id and role_password_sealed = p_old;
        when 'servers.admin_password present' then
            update servers set admin_password_sealed = p_new
            where id = p_id and admin_password_sealed = p_old;
        when 'operations.secret present' then
            update operations set secret_sealed = p_new
            where id = p_id and secret_sealed = p_old;
        when 'platform_users.totp_secret present' then
            update platform_users set totp_secret_sealed = p_new
            where id = p_id and totp_secret_sealed = p_old;
        when 'webhook_endpoints.secret present' then
            update webhook_endpoints set secret_sealed = p_new
            where id = p_id and secret_sealed = p_old;
        when 'webhook_endpoints.secret former' then
            update webhook_endpoints set former_secret_sealed = p_new
            where id = p_id and former_secret_sealed = p_old;
    end case;
    return found;
end
$$;

grant select, insert, update, delete on events, webhook_endpoints, webhook_deliveries to cloison_control;
