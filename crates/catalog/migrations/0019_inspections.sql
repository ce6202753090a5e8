-- phase: expand
--
-- A copy can be looked at under a host of its own, read-only and for some hours. To routers an inspection is a tenant by the copy's
-- id, with a role and a password of its own, so nothing else has to know of it.

create table inspections (
    copy_id uuid constraint inspections_pkey primary key
        constraint inspections_copy_id_fkey references copies (id) on delete cascade,
    -- Its host under the base domain. Nobody guesses it.
    subdomain text not null constraint inspections_subdomain_key unique,
    role_password_sealed bytea not null,
    role_password_verifier text not null,
    opened_by text not null,
    opened_at timestamptz not null default now(),
    -- Then it is closed by itself.
    open_until timestamptz not null,
    epoch bigint not null default 0
);

create index inspections_epoch_index on inspections (epoch);

alter table copies
    drop constraint copies_state_check,
    add constraint copies_state_check
        check (state in ('MAKING', 'READY', 'OPENING', 'OPEN', 'CLOSING', 'SWAPPING', 'DROPPING'));

-- What a router has to know of one. It is served while its copy is open and its tenant is there.
create view inspection_routes as
select
    inspections.copy_id as id,
    inspections.subdomain,
    'READ_ONLY' as access_mode,
    inspections.epoch,
    case when copies.state = 'OPEN' and tenants.phase in ('READY', 'RESTORING', 'MOVING') then 'READY' else 'ARCHIVED' end as phase,
    coalesce(copies.schema_version, 0) as schema_version,
    copies.database_name,
    copies.database_name as role_name,
    inspections.role_password_sealed as database_password_sealed,
    servers.id as server_id,
    servers.host,
    servers.port,
    least(routes.connection_limit, 5) as connection_limit,
    routes.statement_timeout_ms,
    routes.lock_timeout_ms,
    routes.idle_in_transaction_timeout_ms,
    array[]::text[] as hostnames,
    1::smallint as connection_weight,
    coalesce(
        (
            select max(migrations.version)
            from migrations
            where migrations.phase = 'contract'
                and migrations.version <= copies.schema_version
        ),
        0
    ) as schema_floor,
    null::bigint as awaits_version
from inspections
join copies on copies.id = inspections.copy_id
join tenants on tenants.organization_id = copies.organization_id
join servers on servers.id = copies.server_id
join routes on routes.id = copies.organization_id;

-- As `route_changed`, under the same lock, since tenants and inspections are one sequence of epochs.
create function inspection_changed(p_copy_id uuid) returns bigint
    language plpgsql
as $$
declare
    next_epoch bigint;
begin
    perform pg_advisory_xact_lock(hashtext('cloison route epoch'));
    next_epoch := nextval('route_epoch');
    update inspections set epoch = next_epoch where copy_id = p_copy_id;
    perform pg_notify('cloison_routes', p_copy_id || ' ' || next_epoch);
    return next_epoch;
end
$$;

create function inspection_changed_by_itself() returns trigger
    language plpgsql
as $$
begin
    perform inspection_changed(new.copy_id);
    return null;
end
$$;

create trigger inspections_route
    after insert or update of subdomain, role_password_sealed on inspections
    for each row execute function inspection_changed_by_itself();

create function inspection_changed_by_copy() returns trigger
    language plpgsql
as $$
begin
    perform inspection_changed(inspections.copy_id)
    from inspections
    where inspections.copy_id = new.id;
    return null;
end
$$;

create trigger copies_route
    after update of state, schema_version on copies
    for each row execute function inspection_changed_by_copy();

-- Whatever becomes of a tenant becomes of its copies.
create or replace function route_changed_by_tenant() returns trigger
    language plpgsql
as $$
begin
    perform route_changed(new.organization_id);
    perform inspection_changed(inspections.copy_id)
    from copies
    join inspections on inspections.copy_id = copies.id
    where copies.organization_id = new.organization_id;
    return null;
end
$$;

create or replace function route_changed_by_server() returns trigger
    language plpgsql
as $$
begin
    perform route_changed(tenants.organization_id)
    from tenants
    where tenants.server_id = new.id;
    perform inspection_changed(inspections.copy_id)
    from copies
    join inspections on inspections.copy_id = copies.id
    where copies.server_id = new.id;
    return null;
end
$$;

-- A password of theirs is sealed like a tenant's.
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
from inspections;

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
    end case;
    return found;
end
$$;

grant select, insert, update, delete on inspections to cloison_control;
grant select on inspection_routes to cloison_control;
