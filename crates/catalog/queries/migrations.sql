--: Migration(down_sql?, released_at?)
--: Quarantine(rollout?, version?, name?, sqlstate?, statement?, hint?)

--! migration_list : Migration
select version, name, phase, checksum, up_sql, down_sql, released_at
from migrations
order by version
limit :row_limit;

--! migrations_withdraw
delete from migrations
where released_at is null;

--! migrations_held : (version)
select
    greatest(
        0,
        (select max(schema_version) from fleet),
        (select max(schema_version) from tenants where phase <> 'ERASED'),
        (select max(schema_version) from spares where state <> 'DROPPING'),
        (
            select max((input ->> 'to')::bigint)
            from operations
            where kind = 'migrate'
                and state = 'RUNNING'
        )
    ) as version;

--! migrations_recall
update migrations
set released_at = null
where version > :version
    and released_at is not null;

--! migration_propose (down_sql?)
insert into migrations (version, name, phase, checksum, up_sql, down_sql)
values (:version, :name, :phase, :checksum, :up_sql, :down_sql)
on conflict on constraint migrations_pkey do update
set down_sql = excluded.down_sql
where migrations.checksum = excluded.checksum
    and migrations.down_sql is distinct from excluded.down_sql;

--! migrations_release
update migrations
set released_at = now()
where released_at is null
    and version <= :version;

--! fleet_version : (schema_version)
select schema_version
from fleet;

--! fleet_set_version
insert into fleet (schema_version)
values (:schema_version)
on conflict on constraint fleet_pkey do update
set schema_version = excluded.schema_version;

--! fleet_counts : (schema_version, tenants, quarantined, under_way)
select
    tenants.schema_version,
    count(*) as tenants,
    count(quarantines.organization_id) as quarantined,
    count(operations.id) as under_way
from tenants
left join quarantines on quarantines.organization_id = tenants.organization_id
left join operations
    on operations.organization_id = tenants.organization_id
    and operations.kind = 'migrate'
    and operations.state = 'RUNNING'
where tenants.phase in ('READY', 'MOVING', 'RESTORING')
group by tenants.schema_version
order by tenants.schema_version
limit :row_limit;

--! fleet_ends : (oldest?, newest?)
select min(schema_version) as oldest, max(schema_version) as newest
from tenants
where phase in ('READY', 'MOVING', 'RESTORING');

--! tenants_below : (tenants)
select count(*) as tenants
from tenants
where phase in ('READY', 'MOVING', 'RESTORING')
    and schema_version < :version;

--! quarantine_list (rollout?) : Quarantine
select
    organizations.subdomain::text as subdomain,
    quarantines.rollout,
    quarantines.version,
    quarantines.name,
    quarantines.sqlstate,
    quarantines.statement,
    quarantines.message,
    quarantines.hint,
    quarantines.at_version,
    quarantines.quarantined_at
from quarantines
join organizations on organizations.id = quarantines.organization_id
where :rollout::bigint is null or quarantines.rollout = :rollout::bigint
order by quarantines.quarantined_at, organizations.subdomain
limit :row_limit;

--! quarantine_put (rollout?, version?, name?, sqlstate?, statement?, hint?)
insert into quarantines
    (organization_id, rollout, version, name, sqlstate, statement, message, hint, at_version)
values
    (:organization_id, :rollout, :version, :name, :sqlstate, :statement, :message, :hint, :at_version)
on conflict on constraint quarantines_pkey do update
set rollout = excluded.rollout,
    version = excluded.version,
    name = excluded.name,
    sqlstate = excluded.sqlstate,
    statement = excluded.statement,
    message = excluded.message,
    hint = excluded.hint,
    at_version = excluded.at_version,
    quarantined_at = now();

--! quarantine_lift : (rollout?)
delete from quarantines
where organization_id = :organization_id
returning rollout;

--! tenants_straggling : (id, subdomain, schema_version)
select organizations.id, organizations.subdomain::text as subdomain, tenants.schema_version
from tenants
join organizations on organizations.id = tenants.organization_id
join fleet on fleet.schema_version <> tenants.schema_version
where tenants.phase = 'READY'
    and not exists (
        select
        from quarantines
        where quarantines.organization_id = tenants.organization_id
    )
    and not exists (
        select
        from operations
        where operations.organization_id = tenants.organization_id
            and operations.state = 'RUNNING'
    )
    -- Whom a rollout was to take that was ended before its time stays where it has left him, until somebody decides.
    and not exists (
        select
        from rollout_tenants
        join rollouts on rollouts.number = rollout_tenants.rollout
        join operations on operations.id = rollouts.operation_id
        where rollout_tenants.organization_id = tenants.organization_id
            and operations.state <> 'DONE'
            and not exists (
                select
                from rollout_tenants as later
                where later.organization_id = rollout_tenants.organization_id
                    and later.rollout > rollout_tenants.rollout
            )
    )
order by organizations.number
limit :row_limit;

--! tenant_migrated
update tenants
set schema_version = :schema_version,
    awaits_version = null
where organization_id = :organization_id;

--! tenant_awaits_nothing
update tenants
set awaits_version = null
where organization_id = :organization_id
    and awaits_version is not null;

--! tenant_schema : (id, phase, schema_version, awaits_version?, is_quarantined)
select
    organizations.id,
    tenants.phase,
    tenants.schema_version,
    tenants.awaits_version,
    exists (
        select
        from quarantines
        where quarantines.organization_id = organizations.id
    ) as is_quarantined
from organizations
join tenants on tenants.organization_id = organizations.id
where organizations.subdomain = :subdomain::text::citext;

--! tenant_schema_of : (id, subdomain, phase, schema_version, awaits_version?)
select
    organizations.id,
    organizations.subdomain::text as subdomain,
    tenants.phase,
    tenants.schema_version,
    tenants.awaits_version
from organizations
join tenants on tenants.organization_id = organizations.id
where organizations.id = :organization_id;
